"""A fault of the program itself in one place: told with the project's name, exit code 70, and all else is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from selfeval.domain.checks import CHECKS
from selfeval.domain.scoring import score
from selfeval.forms.collecting import collect
from selfeval.forms.reading import folder, table_files
from selfeval.rulebook.soundness import lint
from selfeval.rulebook.trying import trial
from selfeval.runs import execute, importing, inputs, project_books
from tests.cli.conftest import FEW, Run
from tests.cli.test_score import rows
from tests.conftest import ROOT

PROJECT = "13080024P00010310005F"
NAME = "12348法律服务热线"


def failing_for(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, but for one project (or what is no project), for which it raises."""

    def failing(first: object, *others: object) -> object:
        case = getattr(first, "case", first)
        if getattr(case, "code", PROJECT) == PROJECT:
            raise ZeroDivisionError("nobody foresaw this")
        return function(first, *others)

    return failing


def written(run: Run, workspace: Path, what: str) -> tuple[int, dict[str, str]]:
    """How many workbooks a run wrote that tells what could not be done, and the total of each project."""
    ran = run("score", 2024, "--workspace", workspace)
    assert ran.code == 70
    assert what in ran.out
    assert "ZeroDivisionError: nobody foresaw this" in ran.out
    outputs = workspace / "outputs" / "2024"
    assert any(row["代码"] == "E690" for row in rows(outputs / "problems.csv"))
    scores = {row["项目编码"]: row["总分"] for row in rows(outputs / "projects.csv")}
    assert len(scores) == len(FEW)
    assert all(score for project, score in scores.items() if project != PROJECT)
    return len(list(outputs.rglob("*_自评表.xlsx"))), scores


@pytest.mark.parametrize(
    ("module", "name", "what", "books", "scored"),
    [
        (score, "promises", f"项目“{NAME}”没有评分", len(FEW) - 1, False),
        (project_books, "project_workbook", f"项目“{NAME}”的自评表没有写出", len(FEW) - 1, True),
        (execute, "summary_workbook", "汇总.xlsx没有写出", len(FEW), True),
    ],
)
def test_all_else_is_written_and_the_fault_is_told(
    run: Run,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    name: str,
    what: str,
    books: int,
    *,
    scored: bool,
) -> None:
    monkeypatch.setattr(module, name, failing_for(getattr(module, name)))
    found, scores = written(run, workspace, what)
    assert found == books
    assert bool(scores[PROJECT]) is scored


def test_a_check_that_fails_takes_no_score_away(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check = CHECKS["execution_low"]
    monkeypatch.setitem(CHECKS, "execution_low", replace(check, find=failing_for(check.find)))
    found, scores = written(run, workspace, "检查“execution_low”没有做完")
    assert found == len(FEW)
    assert scores[PROJECT]


def failing_in(function: Callable[..., Any], file: str) -> Callable[..., Any]:
    """The function, but for what is read of one file, for which it raises."""

    def failing(*given: object, **named: object) -> object:
        if any(file in str(one) for one in given):
            raise ZeroDivisionError("nobody foresaw this")
        return function(*given, **named)

    return failing


def test_a_fault_in_one_form_leaves_the_others(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "_form_in", failing_in(folder._form_in, PROJECT))
    found, scores = written(run, workspace, f"{PROJECT}_{NAME}.xlsx”未读取")
    assert (found, scores[PROJECT]) == (len(FEW) - 1, "")


@pytest.mark.parametrize(
    ("module", "function", "command", "file"),
    [
        (inputs, "read_targets", ("score", 2024), "inputs/2024/targets.xlsx"),
        (inputs, "load_rulebook", ("score", 2024), "rules/2024.yaml"),
        (table_files, "open_csv", ("score", 2024, "--reported", "表"), "表/指标.csv"),
        (collect, "read_version", ("collect", "表/指标.csv", "--year", 2024), "指标.csv"),
        (importing, "read_file", ("import", "表/指标.csv", "--year", 2024), "指标.csv"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_name(
    run: Run,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    function: str,
    command: tuple[str, ...],
    file: str,
) -> None:
    monkeypatch.chdir(workspace)
    shutil.copytree(ROOT / "examples" / "sample-2024", workspace / "表")
    monkeypatch.setattr(module, function, failing_in(getattr(module, function), ""))
    ran = run(*command, "--workspace", workspace)
    assert ran.code == 70
    assert f"文件“{file}”未读取" in ran.out + ran.err
    assert "E690" in ran.out + ran.err


@pytest.mark.parametrize(
    ("module", "function", "command", "last"),
    [(lint, "lint", "check", "检查了2份规则"), (trial, "run_cases", "test", "rules/2024.yaml：")],
)
def test_a_fault_in_one_rule_file_leaves_the_others(
    run: Run,
    workspace: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    function: str,
    command: str,
    last: str,
) -> None:
    monkeypatch.setattr(module, function, failing_in(getattr(module, function), "central-2021"))
    ran = run("rules", command, "central-2021", "2024", "--workspace", workspace)
    assert ran.code == 70
    assert f"文件“{workspace}/rules/central-2021.yaml”未读取" in ran.out
    assert last in ran.out
