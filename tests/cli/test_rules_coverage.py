"""``selfeval rules cases`` and ``rules used``, and what ``score`` says of rules that a year did not use."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SOURCED = "sources: [unit-2024]"
OWN = f"""
checks:
  heavy_indicator: {{limit: 95, {SOURCED}}}
"""


def lacking(workspace: Path) -> None:
    path = workspace / "rules" / "2024.cases.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").split("\n") if "逾期九十一天" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")


def test_what_has_no_case_is_counted_and_only_missing_writes_it(run: Run, workspace: Path) -> None:
    command = ("rules", "cases", "2024", "--workspace", workspace)
    assert run(*command).out == "2024 用例齐全。\n"
    lacking(workspace)
    pending = workspace / "rules" / "2024.cases.待确认.yaml"
    counted = run(*command)
    assert counted.code == 0
    assert "rules/2024.yaml 第52行第9列　deadline 计分标准第4档（91起）" in counted.out
    assert "2024 有1处没有用例（计分标准各档1处），补1个用例即可。" in counted.out
    assert not pending.exists()
    written = run(*command, "--missing")
    assert written.code == 0
    assert "rules/2024.cases.待确认.yaml" in written.out
    content = pending.read_bytes()
    facts = json.loads(run(*command, "--missing", "--format", "json").out)
    assert facts["format"] == "selfeval.rules.cases.v1"
    assert [found["covers"] for found in facts["cases"]] == [["deadline 计分标准第4档（91起）"]]
    assert pending.read_bytes() == content
    pending.write_bytes(content + b"\n")
    refused = run(*command, "--missing")
    assert refused.code == 4
    assert "E255" in refused.err
    assert pending.read_bytes() == content + b"\n"


def test_units_and_names_that_no_indicator_has_are_listed(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    added = (
        "\nunits:\n  - {id: barrels, same: [桶, 坛], sources: [unit-2024]}\n"
        "  - {id: sets, same: [套, 部], sources: [unit-2024]}\n"
        "plausible:\n  - {id: nowhere, names: [从没有的名称], highest: 50%, sources: [unit-2024]}\n"
        "  - {id: heard, names: [采纳率], highest: 100%, sources: [unit-2024]}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    ran = run("rules", "used", "2024", "--workspace", workspace)
    assert "同一单位 barrels" in ran.out
    assert "合理范围 nowhere" in ran.out
    assert "sets" not in ran.out
    assert "heard" not in ran.out


def test_what_a_year_did_not_use_is_listed_with_its_line(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    text = path.read_text(encoding="utf-8").replace(
        "overrides:\n",
        "  - {id: strive, kind: at_least, words: [力争], number: present}\n"
        "  - {id: not_applicable, exact: [不涉及, 免予考核]}\n"
        "\noverrides:\n  - {indicator: 99080023P000242100025-01, kind: judged, because: 试}\n",
    )
    path.write_text(text + OWN, encoding="utf-8")
    used = ("rules", "used", "2024", "--workspace", workspace)
    ran = run(*used)
    assert ran.code == 0
    for said in (
        "类型 range（区间）",
        "识别规则 strive\n",
        "识别规则 not_applicable 的“免予考核”",
        "单独指定的指标 99080023P000242100025-01",
        "核对 heavy_indicator（",
        "deadline 计分标准第4档（91起）",
    ):
        assert said in ran.out
    assert "类型 at_least" not in ran.out
    assert "“力争”" not in ran.out  # the entry itself is told
    assert "national-2020.yaml" not in ran.out
    assert run(*used).out == ran.out
    assert "rules/national-2020.yaml" in run(*used, "--inherited").out
    assert not (workspace / "outputs").exists()


def test_score_ends_with_one_line_about_what_was_not_used(run: Run, sample: Path) -> None:
    score = ("score", "2024", "--workspace", sample)
    ran = run(*score)
    said = [line for line in ran.out.splitlines() if "没有用到" in line]
    counted = "类型和单独计分办法1处，计分标准各档1处"
    command = f"selfeval rules used --workspace {sample} 2024"
    assert said == [f"规则文件中有2处今年没有用到（{counted}），列出：{command}"]
    record = (sample / "outputs" / "2024" / "run.json").read_bytes()
    facts = json.loads(run(*score, "--format", "json").out)
    listed = json.loads(run("rules", "used", "2024", "--workspace", sample, "--format", "json").out)
    assert facts["unused"] == listed["unused"]
    assert [thing["group"] for thing in listed["unused"]] == ["kinds", "steps"]
    assert (sample / "outputs" / "2024" / "run.json").read_bytes() == record


def test_a_rulebook_that_is_tried_is_judged_by_its_own_file(
    run: Run, workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    used = ("rules", "used", "2024", "--rules", "central-2021", "--workspace", workspace)
    ran = run(*used)
    assert ran.code == 0
    assert "rules/2024.yaml" not in ran.out
    assert "rules/central-2021.yaml" in ran.out
    away = tmp_path_factory.mktemp("away") / "away.yaml"
    text = (workspace / "rules" / "national-2020.yaml").read_text(encoding="utf-8")
    away.write_text(text.replace("id: national-2020", "id: away"), encoding="utf-8")
    tried = run("rules", "used", "2024", "--rules", away, "--workspace", workspace)
    assert "  away.yaml 第" in tried.out
    assert "national-2020" not in tried.out
