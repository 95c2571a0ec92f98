"""``selfeval rules override``: what no rule can read is read as a person says, in the year's rule file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

AMOUNT = "13080023P000242100025-04"  # 实际金额, which the file says a person scores
COUNT = "13080024P00010310005F-01"


def test_an_override_is_written_and_what_is_read_now_is_shown(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    before = path.read_text(encoding="utf-8")
    ran = run("rules", "override", COUNT, "--as", "≥6000次", "--because", "批复调整", "--workspace", workspace)
    assert ran.code == 0
    assert "识别为：≥　6000次" in ran.out
    printed = '    printed: "解答12348来电次数：≥7000次"\n'
    written = f'  - indicator: "{COUNT}"\n    kind: at_least\n    target: "≥6000次"\n{printed}    because: "批复调整"\n'
    assert path.read_text(encoding="utf-8") == before + written
    assert run("rules", "check", "2024", "--workspace", workspace).code == 0


def test_a_second_override_needs_to_be_asked_for(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    before = path.read_bytes()
    asked = ("rules", "override", AMOUNT, "--as", "≤30万元", "--because", "结算评审金额", "--workspace", workspace)
    refused = run(*asked)
    assert refused.code == 3
    assert "E250" in refused.err
    assert "识别为“人工”" in refused.err
    assert path.read_bytes() == before
    ran = run(*asked, "--replace", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["override"]["target"] == "≤30万元"
    text = path.read_text(encoding="utf-8")
    again = run(
        "rules", "override", AMOUNT, "--kind", "judged", "--because", "x", "--workspace", workspace, "--replace"
    )
    assert "原来：≤30万元（结算评审金额）" in again.out
    assert text.count(AMOUNT) == 1
    assert len(text.splitlines()) == len(before.decode().splitlines()) + 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((COUNT, "--as", "随便≤约30", "--because", "x"), "E252"),
        ((COUNT, "--as", "随便", "--kind", "at_most", "--because", "x"), "E252"),
        ((COUNT, "--as", "≥30", "--because", " "), "E251"),
        ((COUNT, "--because", "x"), "E254"),
        ((COUNT, "--as", "≤90次", "--kind", "at_least", "--because", "x"), "E256"),
        ((COUNT, "--kind", "随便", "--because", "x"), "E506"),
        (("13080024P00010310005F-00", "--as", "≥30", "--because", "x"), "E605"),
    ],
)
def test_what_cannot_be_written_leaves_the_file_alone(
    run: Run, workspace: Path, arguments: tuple[str, ...], code: str
) -> None:
    path = workspace / "rules" / "2024.yaml"
    before = path.read_bytes()
    ran = run("rules", "override", *arguments, "--workspace", workspace)
    assert ran.code == 3
    assert code in ran.err
    assert path.read_bytes() == before


def test_overrides_that_nothing_can_be_put_into_are_left_to_a_person(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    path.write_text(
        "{id: 2024, title: 甲, extends: national-2020, in_force: {from: 2024}, overrides: }\n", encoding="utf-8"
    )
    ran = run("rules", "override", COUNT, "--kind", "judged", "--because", "由人评", "--workspace", workspace)
    assert ran.code == 3
    assert "E253" in ran.err
    assert (
        f'- {{indicator: "{COUNT}", kind: judged, printed: "解答12348来电次数：≥7000次", because: "由人评"}}' in ran.err
    )


def test_readings_of_the_year_come_over_to_the_rules_that_are_tried(run: Run, workspace: Path, tmp_path: Path) -> None:
    said = "5个单独指定的指标（overrides）"
    ran = run("score", "2024", "--rules", "central-2021", "--out", tmp_path / "out", "--workspace", workspace)
    assert said in ran.out
    assert "E501" not in ran.out
    assert "I202" in (tmp_path / "out" / "problems.csv").read_text(encoding="utf-8-sig")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert "rules/2024.yaml" in json.dumps(record["rules"])
    compared = run("score", "2024", "--rules", "national-2020", "--compare", "--workspace", workspace)
    assert said in compared.out
    explained = run("explain", "2024", AMOUNT, "--rules", "national-2020", "--workspace", workspace)
    assert f"override:{AMOUNT}，{workspace}/rules/2024.yaml" in explained.out


def test_a_year_whose_own_rules_do_not_load_is_not_read_without_them(run: Run, workspace: Path, tmp_path: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nunits: [{id: x}]\n", encoding="utf-8")
    ran = run("score", "2024", "--rules", "central-2021", "--out", tmp_path / "out", "--workspace", workspace)
    assert ran.code == 3
    assert "rules/2024.yaml" in ran.err


def test_without_a_year_it_is_the_last_that_has_rules_and_targets(run: Run, workspace: Path) -> None:
    run("rules", "new", "2025", "--from", "2024", "--workspace", workspace)
    ran = run("rules", "override", COUNT, "--kind", "judged", "--because", "x", "--workspace", workspace)
    assert ran.code == 0
    assert "rules/2024.yaml" in ran.out
    assert "default" not in run("rules", "override", "--help").out


def test_a_pasted_line_that_still_lacks_its_reason_is_said(run: Run, workspace: Path) -> None:
    path = workspace / "rules" / "2024.yaml"
    line = f'  - {{indicator: "{COUNT}", kind: judged, because: "（写明这样识别的依据）"}}\n'
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    ran = run("rules", "check", "2024", "--workspace", workspace)
    assert ran.out.count("W247") == 1
