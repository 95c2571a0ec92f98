"""The other commands: import, forms, explain, rules, and words typed wrong."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from rich.cells import cell_len

from selfeval.cli.app import app
from selfeval.cli.rules import app as rules_app
from selfeval.packages.container import unpack
from tests.cli.conftest import FEW, Run

DOCUMENT = "examples/承德市司法局2024/部门预算绩效文本.txt"
_COMMANDS = [
    *(command.name for command in app.registered_commands),
    "rules",
    *(f"rules {command.name}" for command in rules_app.registered_commands),
]


def test_import_writes_the_table_that_the_repository_holds(run: Run, workspace: Path, project_root: Path) -> None:
    table = workspace / "inputs" / "2024" / "targets.xlsx"
    table.unlink()
    ran = run("import", project_root / DOCUMENT, "--year", 2024, "--workspace", workspace)
    assert ran.code == 0
    assert "项目28行，指标215行" in ran.out
    held = project_root / "inputs" / "2024" / "targets.xlsx"
    assert unpack(table.read_bytes()) == unpack(held.read_bytes())  # compressed by another program, bytes differ


def test_import_never_loses_a_table_corrected_by_hand(run: Run, workspace: Path, project_root: Path) -> None:
    table = workspace / "inputs" / "2024" / "targets.xlsx"
    table.write_bytes(b"corrected by hand")
    asked = ("import", project_root / DOCUMENT, "--year", 2024, "--workspace", workspace)
    ran = run(*asked)
    assert (ran.code, "E166" in ran.err, table.read_bytes()) == (1, True, b"corrected by hand")
    ran = run(*asked, "--replace")
    assert (ran.code, "targets.旧1.xlsx" in ran.out) == (0, True)
    assert table.with_name("targets.旧1.xlsx").read_bytes() == b"corrected by hand"


def test_forms_filled_from_the_sample_table_are_those_of_the_repository(
    run: Run, sample: Path, project_root: Path
) -> None:
    shutil.rmtree(sample / "inputs" / "2024" / "forms")
    ran = run("forms", 2024, "--workspace", sample, "--prefill", project_root / "examples" / "sample-2024")
    assert ran.code == 0
    made = sorted((sample / "inputs").rglob("forms/32400?_*/*.xlsx"))
    kept = sorted((project_root / "inputs").rglob("forms/*/*.xlsx"))
    assert [unpack(path.read_bytes()) for path in made] == [unpack(path.read_bytes()) for path in kept]


def test_forms_keep_what_a_department_has_filled_in(run: Run, workspace: Path) -> None:
    ran = run("forms", 2024, "--workspace", workspace)
    assert f"已有填报内容、保留不动{len(FEW)}份" in ran.out


@pytest.mark.parametrize(
    ("indicator", "parts"),
    [
        (
            "13080024P00010310005F-01",
            [
                "≥7000次",
                "inputs/2024/targets.xlsx [指标!G2]",
                ".xlsx [自评填报!",
                "rules/national-2020.yaml:",
                "财预〔2020〕10号",
            ],
        ),
        (
            "13080024P00010310005F-预算执行率",
            ["预算执行率  （13080024P00010310005F ", "执行率 = 全年执行数 ÷ 全年预算数"],
        ),
        ("13080024P00010910005H-03", ["override:", "rules/2024.yaml:", "多写了", "本单位自定"]),
        ("13080024P000093100070-03", ["月度时序", "3月底", "原文空白按100%"]),
        ("13080023P000242100025-04", ["人工", "由评分人员评定"]),
        ("13080024P00010710004J-05", ["不涉及，不评分"]),
    ],
)
def test_explain_leads_back_to_cell_rule_and_source(
    run: Run, workspace: Path, indicator: str, parts: list[str]
) -> None:
    ran = run("explain", 2024, indicator, "--workspace", workspace)
    assert ran.code == 0
    for part in parts:
        assert part in ran.out


def test_explain_knows_the_nearest_indicator(run: Run, workspace: Path) -> None:
    ran = run("explain", 2024, "13080024P0001031005F-01", "--workspace", workspace)
    assert ran.code == 3
    assert "是否应为 1-01 " in ran.said


def test_explain_in_json(run: Run, workspace: Path) -> None:
    ran = run("explain", 2024, "13080024P00010310005F-01", "--workspace", workspace, "--format", "json")
    assert json.loads(ran.out)["format"] == "selfeval.explain.v1"


def test_the_rulebooks_of_the_repository_pass_check_and_cases(run: Run, project_root: Path) -> None:
    assert run("rules", "check", "--workspace", project_root).code == 0
    ran = run("rules", "test", "--workspace", project_root)
    assert ran.code == 0
    counts = re.findall(r"(\d+)个用例，(\d+)个通过", ran.out)
    assert len(counts) > 3
    assert all(int(cases) == int(passed) > 0 for cases, passed in counts)


def test_show_resolved_names_the_line_of_every_value(run: Run, project_root: Path) -> None:
    ran = run("rules", "show", 2024, "--resolved", "--workspace", project_root)
    lines = ran.out.splitlines()
    assert len(lines) > 100
    assert all(re.search(r"# rules/[\w-]+\.yaml:\d+$", line) for line in lines)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("scor", "2024"), "没有这条命令：scor，是否应为 score？"),
        (("score",), "缺少参数“年度”"),
        (("score", "二〇二四"), "应为整数"),
        (("score", "1900"), "参数“年度”的值不对：不能小于2000\n"),
        (("collect", "收到的"), "缺少选项 --year\n"),
        (("score", "2024", "--projct", "x"), "没有这个选项：--projct"),
        (("score", "2024", "2025"), "多写了：2025"),
        (("score", "2024", "--date", "明天"), "日期应按“年-月-日”书写，月、日各两位数"),
    ],
)
def test_words_typed_wrong_are_answered_in_chinese(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert ran.code == 2
    assert said in ran.err


@pytest.mark.parametrize("command", ["", *_COMMANDS])
def test_help_is_in_chinese(run: Run, command: str) -> None:
    ran = run(*command.split(), "--help")
    assert "用法：" in ran.out
    for english in (
        "Usage",
        "Options",
        "Show this",
        "required",
        "default",
        "str>",
        "<path",
        "<text",
        "<=x",
        "...",
        "{",
    ):
        assert english not in ran.out
    for placeholder in re.findall(r"^  (?:-\w, )?--[\w-]+ (\S+)", ran.out, re.MULTILINE):
        assert re.search("[\u4e00-\u9fff]", placeholder), placeholder
    helps = [line for line in ran.out.splitlines() if line.startswith("  -")]
    assert len({cell_len(re.match(r"  \S.*?  +", line)[0]) for line in helps}) == 1  # type: ignore[index]


def test_rules_of_a_year_without_any_are_a_slip(run: Run, workspace: Path) -> None:
    for command in (("score",), ("publish",), ("rules", "used")):
        ran = run(*command, 2024, "--as-of", 2042, "--workspace", workspace)
        assert (ran.code, "E246" in ran.err, "可以写：2024\n" in ran.err) == (3, True, True)
        assert "rules new" not in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("import", "a" * 300, "--year", "2024"),
        ("collect", "表" * 90, "--year", "2024"),
        ("diff", "a" * 300, "2024"),
        ("diff", "9" * 5000, "2024"),
        ("score", "2024", "--rules", "a" * 300),
        ("score", "2024", "--reported", "a" * 300),
        ("review", "2024", "a" * 300),
    ],
)
def test_a_name_that_no_file_can_have_is_told(run: Run, workspace: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "--workspace", workspace)
    assert ran.code in {1, 2, 3}
    assert "内部错误" not in ran.err
    assert ran.said


def test_a_project_of_which_only_hints_are_known_has_no_problem(run: Run, sample: Path) -> None:
    told = json.loads(run("check", 2024, "--workspace", sample, "--format", "json").out)["units"]
    hints = {one["project"] for unit in told for one in unit["problems"] if one["code"][0] == "I"}
    grave = {one["project"] for unit in told for one in unit["problems"] if one["code"][0] != "I"}
    assert hints - grave
    said = re.findall(r"(\d+)个项目没有问题", run("check", 2024, "--workspace", sample).out)
    assert sum(map(int, said)) == len(hints - grave) + sum(len(unit["clean"]) for unit in told)
