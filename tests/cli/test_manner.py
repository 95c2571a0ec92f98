"""How commands answer: JSON whatever happens, nothing when quiet, all when verbose, a page for many projects."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from selfeval.cli import score
from selfeval.cli.score_page import page
from selfeval.cli.terminal.manner import begin, manner
from selfeval.domain.scored_case import PROJECT_SCORES
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.naming import numbers
from selfeval.runs.workspace import open_workspace
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "number", "code"),
    [
        (("scor", "2024"), "E651", 2),
        (("score", "二〇二四"), "E651", 2),
        (("score", "2024", "--projct", "x"), "E651", 2),
        (("score", "2042"), "E602", 3),
        (("rules", "check", "nope"), "E246", 3),
        (("rules", "show", "nope"), "E246", 3),
        (("import", "没有.txt", "--year", "2024"), "E606", 3),
        (("collect", "没有", "--year", "2024"), "E606", 3),
        (("import", "长" * 200, "--year", "2024"), "E606", 3),
        (("explain", "2024", "没有"), "E605", 3),
        (("score", "2024", "--out", "{root}/rules"), "E603", 4),
    ],
)
def test_errors_are_json_where_json_was_asked_for(
    run: Run, workspace: Path, arguments: tuple[str, ...], number: str, code: int
) -> None:
    given = [part.format(root=workspace) for part in arguments]
    ran = run(*given, "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["exit"], found["problems"][0]["code"]) == (code, code, number)
    assert found["format"] == "selfeval.problems.v1"


def test_a_fault_of_ours_is_json_too(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(score, "page", lambda *_: 1 / 0)
    monkeypatch.setattr(score, "summary", lambda *_: 1 / 0)
    ran = run("score", 2024, "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["exit"], found["problems"][0]["code"]) == (70, 70, "E690")


@pytest.mark.parametrize(
    ("fault", "code", "number"),
    [(KeyboardInterrupt(), 130, "E652"), (typer.Abort(), 1, "E652"), (OSError(errno.ENOSPC, "full"), 4, "E653")],
)
def test_whatever_ends_a_command_is_json_too(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int, number: str
) -> None:
    def ended(*_: object) -> None:
        raise fault

    monkeypatch.setattr("selfeval.runs.inputs.load_inputs", ended)
    ran = run("check", 2024, "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    assert (ran.code, found["exit"], found["problems"][0]["code"]) == (code, code, number)


def test_a_broken_rulebook_is_told_in_json(run: Run, workspace: Path) -> None:
    (workspace / "rules/2025.yaml").write_text("extends: [", encoding="utf-8")
    for arguments in (("show", "2025"), ("doc", "2025"), ("explain", "1次", "--year", "2025")):
        ran = run("rules", *arguments, "--workspace", workspace, "--format", "json")
        assert ran.code == json.loads(ran.out)["exit"] == 3


@pytest.mark.parametrize(
    "arguments",
    [("list",), ("rules", "show"), ("rules", "check", "2024"), ("rules", "used", "2024"), ("check", "2024")],
)
def test_every_document_says_the_exit_code_and_where_the_workspace_is(
    run: Run, workspace: Path, arguments: tuple[str, ...]
) -> None:
    ran = run(*arguments, "--workspace", workspace, "--format", "json")
    found = json.loads(ran.out)
    assert (found["exit"], found["workspace"]) == (ran.code, workspace.as_posix())


def test_quietly_nothing_is_told_but_why_it_could_not_be_done(run: Run, workspace: Path) -> None:
    ran = run("check", 2024, "-q", "--workspace", workspace)
    assert (ran.code, ran.said) == (0, "")
    ran = run("check", 2042, "-q", "--workspace", workspace)
    assert (ran.code, ran.out) == (3, "")
    assert "E602" in ran.err
    assert run("check", 2024, "--workspace", workspace).out


def test_verbosely_hints_are_told_too(run: Run, workspace: Path) -> None:
    usual, full = (run("check", 2024, *more, "--workspace", workspace).out for more in ((), ("-v",)))
    assert "提示 I" not in usual
    assert "提示 I" in full


@pytest.mark.parametrize("command", [(), ("score",), ("rules",), ("rules", "new")])
def test_help_has_a_short_name(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, "-h") == run(*command, "--help")
    assert "-h, --help" in run(*command, "-h").out


@pytest.fixture(scope="module")
def year(project_root: Path) -> Inputs:
    inputs = load_inputs(open_workspace(project_root)[0], Choice(2024))
    assert isinstance(inputs, Inputs)
    return inputs


def test_sums_are_rounded_half_up_and_say_what_they_leave_out(year: Inputs) -> None:
    begin([])
    scored, own = year.score(), numbers(year.targets)
    projects = scored.projects.frame.assign(full_year=0.0, executed=0.0)
    projects.loc[projects.index[0], ["full_year", "executed"]] = 654.905  # the float below is less
    said = "全年预算数654.91万元，全年执行数654.91万元，执行率100.00%"
    assert f"{said}。" in [*page(replace(scored, projects=PROJECT_SCORES.of_frame(projects)), year.rulebook, own)]
    projects.loc[projects.index[1:3], "executed"] = float("nan")
    lines = [*page(replace(scored, projects=PROJECT_SCORES.of_frame(projects)), year.rulebook, own)]
    assert f"{said}（2个项目的资金没有填报齐全，未计入）。" in lines


def test_many_projects_are_told_on_a_page(year: Inputs) -> None:
    begin([])
    scored, own = year.score(), numbers(year.targets)
    lines = list(page(scored, year.rulebook, own))
    assert len(lines) < 40
    told = "\n".join(lines)
    assert "  12  社区矫正和特殊人员教育经费  84.63  良" in lines
    assert "平均得分97.17分（已评定项目）；优26个，良2个，中0个，差0个。" in lines
    assert "全年预算数1,096.16万元，全年执行数988.05万元，执行率90.14%。" in lines
    codes = {found.code for found in scored.problems if found.code[0] != "I"}
    assert all(told.count(f" {code}  ") == 1 for code in codes)
    manner().full = True
    everything = "\n".join(page(scored, year.rulebook, own))
    assert all(found.message in everything for found in scored.problems)
    assert all(f"  {name}  " in everything for name in year.targets.names.values())


def test_open_projects_come_first(workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfeval.cli.score_page._FEW_PROJECTS", 3)
    next((workspace / "inputs/2024/forms").rglob("*警察服装*")).unlink()
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == Exit.PROBLEMS
    assert ran.out.index("待定的1个") < ran.out.index("警察服装经费") < ran.out.index("得分最低的5个")
