"""Asking: lists, a project's losses, words typed wrong, years that are not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import FEW, Run

HOTLINE = FEW[0]


def test_a_list_numbers_the_projects_as_score_does(run: Run, workspace: Path) -> None:
    ran = run("list", 2024, "--workspace", workspace, "--format", "json")
    projects = json.loads(ran.out)["projects"]
    assert [one["number"] for one in projects] == list(range(1, len(FEW) + 1))
    assert {one["project"] for one in projects} == {*FEW}
    shown = run("list", 2024, "--workspace", workspace).out
    assert "1  12348法律服务热线" in shown
    assert HOTLINE in shown


@pytest.mark.parametrize(
    ("arguments", "usage"),
    [
        ("-h -q", "selfeval [选项] 命令"),
        ("-q --help", "selfeval [选项] 命令"),
        ("score -h -q", "selfeval score"),
        ("score -qh", "selfeval score"),
        ("score 2024 --project -h", "selfeval score"),
        ("score --nosuch --help", "selfeval score"),
        ("--workspace x score -h", "selfeval score"),
        ("rules -v check -h", "selfeval rules check"),
        ("rules -h -v", "selfeval rules"),
    ],
)
def test_help_is_what_was_asked_for_whatever_stands_beside_it(run: Run, arguments: str, usage: str) -> None:
    ran = run(*arguments.split())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"用法：{usage}")


def test_help_of_a_command_that_there_is_not_is_told(run: Run, workspace: Path) -> None:
    assert "没有这条命令：scor，是否应为 score？" in run("scor", "-q", "-h").err
    assert run("explain", 2024, "--workspace", workspace, "--", "-h").code == 3, "a name, behind --"


def test_a_list_of_a_project_has_its_indicators(run: Run, workspace: Path) -> None:
    ran = run("list", 2024, "12348", "--workspace", workspace)
    assert "1-03  代写法律文书" in ran.out
    ran = run("list", 2024, "没有", "--workspace", workspace, "--format", "json")
    assert (ran.code, json.loads(ran.out)["problems"][0]["code"]) == (3, "E604")


def test_a_list_without_a_year_has_the_years(run: Run, workspace: Path) -> None:
    assert run("list", "--workspace", workspace).out == "2024　有绩效目标表，有评分规则，没有评分结果\n"


def test_a_project_tells_where_it_lost_points_the_worst_first(run: Run, workspace: Path) -> None:
    ran = run("explain", 2024, "警察服装", "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    lost = [row["lost"] for row in found["lost"]]
    assert lost == sorted(lost, reverse=True)
    assert lost[-1] > 0
    assert round(found["total"] + sum(lost), 2) == 100
    assert found["open"] == []
    text = run("explain", 2024, "警察服装", "--workspace", workspace).out
    assert f"总分{found['total']:.2f}分，{found['grade']}；共失{sum(lost):.2f}分。" in text
    assert text.index("失分，从多到少") < text.index(found["lost"][0]["sentence"]) < text.index("没有失分的")


def test_a_project_without_a_form_has_open_rows(run: Run, workspace: Path) -> None:
    next((workspace / "inputs/2024/forms").rglob(f"{HOTLINE}*")).unlink()
    ran = run("explain", 2024, "1", "--workspace", workspace)
    assert "总分暂为0.00—100.00分，待定：10项待补充" in ran.out
    assert "待补充（补齐以前不计分）" in ran.out


def test_several_candidates_are_told_in_json_with_the_exit_code(run: Run, workspace: Path) -> None:
    ran = run("explain", 2024, "法律", "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["exit"], found["problems"][0]["code"]) == (3, 3, "E654")


@pytest.mark.parametrize("command", ["score", "check", "forms", "list", "explain"])
def test_a_year_that_is_not_there_lists_those_that_are(run: Run, workspace: Path, command: str) -> None:
    ran = run(command, 2042, *(["1"] if command == "explain" else []), "--workspace", workspace)
    assert ran.code == 3
    assert "有绩效目标表的年度：2024" in ran.err
    assert "是否应为2024？" in ran.err
    assert "import" not in ran.err
    assert "rules new" not in ran.err


def test_the_year_after_the_last_is_told_how_to_begin(run: Run, workspace: Path) -> None:
    ran = run("score", 2025, "--workspace", workspace)
    assert f"新的年度，请先运行 selfeval import --workspace {workspace} 绩效文本 --year 2025" in ran.err


@pytest.mark.parametrize("arguments", [("diff", "2042", "2024"), ("review", "2042")])
def test_a_year_without_results_lists_those_that_have_some(run: Run, scored: Path, arguments: tuple[str, ...]) -> None:
    ran = run(*arguments, "--workspace", scored)
    assert ran.code == 3
    assert "有评分结果的年度：2024" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rules", "chek"), "没有这条命令：chek，是否应为 check 或 schema？"),
        (("score", "2024", "--projet", "1"), "没有这个选项：--projet，是否应为 --project"),
        (("rules", "check", "natoinal-2020"), "是否应为“national-2020”？"),
        (("rules", "new", "2025", "--from", "2042"), "是否应为“2024”？"),
        (("score", "2024", "--rules", "central-2012"), "是否应为“central-2021”？"),
        (("score", "2024", "--project", "13080024P0001031000F"), f"（{HOTLINE}）"),
    ],
)
def test_what_is_nearly_right_is_suggested(run: Run, workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments, "--workspace", workspace) if arguments[1] != "chek" else run(*arguments)
    assert ran.code in {2, 3}
    assert said in ran.err


def test_rules_need_no_inputs(run: Run, workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "只有规则").mkdir()
    (workspace / "rules").rename(tmp_path / "只有规则/rules")
    assert run("rules", "new", 2026, "--from", "2024", "--workspace", tmp_path / "只有规则").code == 0


def test_an_override_takes_the_short_name_of_an_indicator(run: Run, workspace: Path) -> None:
    given = ("--as", "≥390人", "--because", "按批复", "--workspace", workspace)
    ran = run("rules", "override", "12348", *given)
    assert ran.code == 3
    assert "E654" in ran.err
    assert "1-02 解答来访咨询人次" in ran.err
    ran = run("rules", "override", "1-02", *given)
    assert ran.code == 0
    assert f"{HOTLINE}-02" in ran.out
