"""The department's own part wherever the projects of a year are: made public, reviewed, compared, listed, reminded."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from selfeval.cli.app import main
from selfeval.runs import public
from tests.cli.conftest import Run
from tests.cli.test_whole import BOOK, CODE, FILLED, FORM, filled, rows_of
from tests.workbooks.review.reviewer import review

NAME = "承德市司法局部门整体支出"


@pytest.fixture(autouse=True)
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "find_soffice", lambda: None)


def ran(*arguments: str | Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "argv", ["selfeval", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    home = tmp_path_factory.mktemp("whole")
    for name in ("rules", "inputs"):
        shutil.copytree(project_root / name, home / name)
    ran("forms", "2024", "--workspace", home, "--project", "部门整体")
    (home / FORM).write_bytes(filled(home / FORM, FILLED))
    ran("score", "2024", "--workspace", home)
    return home


@pytest.fixture
def year(_made: Path, tmp_path: Path) -> Path:
    """The sample year with the department's form filled in, scored."""
    shutil.copytree(_made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def answer(run: Run, *arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--format", "json").out)
    return found


def test_it_is_published_first_and_not_counted_among_projects(run: Run, year: Path) -> None:
    found = run("publish", "2024", "--workspace", year)
    assert (found.code, found.err) == (0, "")
    assert f"公开版有{NAME}和28个项目的自评表。" in found.out
    book = load_workbook(year / "outputs/2024/公开版_自评表.xlsx")
    assert book.sheetnames[:3] == ["目录", "部门整体", "01 12348法律服务热线"]
    assert len(book.sheetnames) == 30
    contents = [[cell.value for cell in row[:3]] for row in book["目录"].iter_rows(min_row=1, max_row=4)]
    assert contents[0][0] is not None
    assert str(contents[0][0]).startswith("部门整体支出和项目支出绩效自评表（2024年度）")
    assert contents[2:] == [["—", "承德市司法局", NAME], [1, "承德市司法局本级", "12348法律服务热线"]]
    texts = {str(cell.value) for row in book["部门整体"] for cell in row if cell.value is not None}
    assert {"部门整体支出绩效自评表", "部门名称", "负责人：李四"} <= texts
    assert any(cell.value == 97.35 for row in book["部门整体"] for cell in row)
    assert not any("2020000" in text or text == "优" for text in texts)  # neither telephone nor grade
    told = answer(run, "publish", "2024", "--workspace", year)
    assert (told["projects"], told["department"], told["left_out"]) == (28, True, [])


def test_what_changed_in_it_since_the_scoring_is_refused(run: Run, year: Path) -> None:
    (year / FORM).write_bytes(filled(year / FORM, {(f"{CODE}-08", "actual"): 10}))
    found = run("publish", "2024", "--workspace", year)
    assert found.code == 3
    assert f"1份自评的目标或填报数据（“{NAME}”）有改动" in found.err


def test_without_its_form_the_projects_are_published_and_a_notice_says_so(run: Run, year: Path) -> None:
    (year / FORM).unlink()
    assert run("score", "2024", "--workspace", year).code == 0
    found = answer(run, "publish", "2024", "--workspace", year)
    assert [one["code"] for one in found["problems"]] == ["I262"]
    assert f"“{NAME}”没有收到可用的填报表（待补充4项），没有列入公开版" in found["problems"][0]["message"]
    assert (found["exit"], found["projects"], found["department"], found["left_out"]) == (0, 28, False, [])


def test_a_form_of_it_that_lacks_something_is_left_out_as_that_of_a_project(run: Run, year: Path) -> None:
    (year / FORM).write_bytes(filled(year / FORM, {("funds.executed.granted", "actual"): None}))
    assert run("score", "2024", "--workspace", year).code == 1
    found = answer(run, "publish", "2024", "--workspace", year)
    assert (found["exit"], found["left_out"]) == (1, [CODE])
    assert found["problems"][0]["message"] == f"“{NAME}”没有总分（待补充1项），没有列入公开版"


def test_of_a_large_year_it_has_a_file_of_its_own(run: Run, year: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "MOST_SHEETS", 28)
    found = answer(run, "publish", "2024", "--workspace", year)
    assert found["files"][0] == "公开版_自评表_324_承德市司法局.xlsx"
    book = load_workbook(year / "outputs/2024" / found["files"][0])
    assert book.sheetnames == ["目录", "部门整体"]
    assert str(book["目录"]["A1"].value).startswith("部门整体支出绩效自评表（2024年度）")
