"""A wrong row of the target table is the fault of its project; the other projects are scored all the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from tests.cli.conftest import FEW, Run

AT, SCHEDULED = 1, 3
"""Which of the projects is damaged: not the first, not the last."""


def sheet(book: openpyxl.Workbook, name: str) -> Worksheet:
    page = book[name]
    assert isinstance(page, Worksheet)
    return page


def titled(page: Worksheet, heading: str) -> int:
    return next(cell.column for cell in page[1] if cell.value == heading)


def of(page: Worksheet, project: str) -> list[int]:
    at = titled(page, "项目编码")
    return [row for row in range(2, page.max_row + 1) if page.cell(row, at).value == project]


def put(name: str, heading: str, value: object, row: int = 0) -> Callable[[openpyxl.Workbook, str], None]:
    def damage(book: openpyxl.Workbook, project: str) -> None:
        page = sheet(book, name)
        page.cell(of(page, project)[row], titled(page, heading)).value = value  # type: ignore[assignment]

    return damage


def twice(name: str) -> Callable[[openpyxl.Workbook, str], None]:
    def damage(book: openpyxl.Workbook, project: str) -> None:
        page = sheet(book, name)
        page.append([cell.value for cell in page[of(page, project)[0]]])

    return damage


def struck(book: openpyxl.Workbook, project: str) -> None:
    page = sheet(book, "指标")
    page.cell(of(page, project)[0], titled(page, "指标值")).font = Font(strike=True)


def pending(book: openpyxl.Workbook, project: str) -> None:
    page = book.create_sheet("待处理")
    page.append(["代码", "项目编码", "指标编号", "位置", "问题", "建议"])
    page.append(["E110", project, "", "甲.txt", "项目编码重复", ""])


def pending_of_a_row_that_is_gone(book: openpyxl.Workbook, project: str) -> None:
    pending(book, project)
    sheet(book, "待处理")["C2"] = f"{project}-99"


ROW, PROJECT, EXECUTION, BY_PLAN = "row", "project", "execution", "plan"
DAMAGES = {
    "a blank target": (put("指标", "指标值", None), "E505", ROW),
    "a target that is an error": (put("指标", "指标值", "#REF!"), "E130", ROW),
    "a target that is struck out": (struck, "E140", ROW),
    "a name too long": (put("指标", "三级指标", "长" * 301), "E131", ROW),
    "no name": (put("指标", "三级指标", None), "E127", ROW),
    "no number": (put("指标", "指标编号", None), "E127", PROJECT),
    "a number twice": (twice("指标"), "E123", PROJECT),
    "points that are none": (put("指标", "分值", "十分"), "E125", PROJECT),
    "points below zero": (put("指标", "分值", -5), "E132", PROJECT),
    "another project's code in its midst": (put("指标", "项目编码", "没有这个", row=1), "E124", PROJECT),
    "a budget that is none": (put("项目", "预算数", "十二万"), "E125", EXECUTION),
    "no budget": (put("项目", "预算数", None), "E127", EXECUTION),
    "a project twice": (twice("项目"), "E123", PROJECT),
    "a plan beyond 100%": (put("资金计划", "3月底", 25), "E126", BY_PLAN),
    "a plan twice": (twice("资金计划"), "E123", BY_PLAN),
    "a plan of a code that is nearly its own": (put("资金计划", "项目编码", FEW[AT] + "X"), "E124", BY_PLAN),
    "what an import left to be settled": (pending, "E162", PROJECT),
    "what it left of a row that is gone": (pending_of_a_row_that_is_gone, "E162", PROJECT),
}


def scores(workspace: Path) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    found = []
    for name, key in (("projects.csv", "项目编码"), ("results.csv", "指标编号")):
        with (workspace / "outputs/2024" / name).open(encoding="utf-8-sig", newline="") as file:
            found.append(
                {row[key] if key == "项目编码" else row["项目编码"] + row[key]: row for row in csv.DictReader(file)}
            )
    return found[0], found[1]


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_others_are_scored(run: Run, scored: Path, damage: str) -> None:
    before, rows_before = scores(scored)
    does, code, hit = DAMAGES[damage]
    project = FEW[SCHEDULED] if hit == BY_PLAN else FEW[AT]
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    does(book, project)
    book.save(path)
    ran = run("score", "2024", "--workspace", scored)
    assert (ran.code, code in ran.said) == (1, True), ran.said
    assert ("E505" in ran.said) == (code == "E505"), "what could not be read is not told as blank too"
    after, rows = scores(scored)
    assert {key: row for key, row in after.items() if key != project} == {
        key: row for key, row in before.items() if key != project
    }
    assert (after[project]["总分"], after[project]["等级"], after[project]["状态"]) == ("", "待定", "error")
    own = {key: row for key, row in rows.items() if row["项目编码"] == project}
    held = {row["指标编号"] for row in own.values() if row["状态"] == "error"}
    if hit == PROJECT:
        assert len(held) == len(own)
        assert {row["得分"] for row in own.values()} == {""}
    else:
        assert held == {EXECUTION: {"预算执行率"}, BY_PLAN: {f"{project}-03"}, ROW: {f"{project}-01"}}[hit]
        kept = {key: row["得分"] for key, row in own.items() if row["指标编号"] not in held}
        assert kept == {key: rows_before[key]["得分"] for key in kept}


@pytest.mark.parametrize("damage", [name for name, (_, _, hit) in DAMAGES.items() if hit == BY_PLAN])
def test_a_project_that_is_not_measured_against_its_plan_is_scored_without_it(
    run: Run, scored: Path, damage: str
) -> None:
    before = scores(scored)
    does, code, _ = DAMAGES[damage]
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    does(book, FEW[AT])
    book.save(path)
    ran = run("score", "2024", "--workspace", scored)
    assert (ran.code, code in ran.said) == (1, True), ran.said
    assert scores(scored) == before


def test_a_first_level_that_is_blank_is_told_once(run: Run, scored: Path) -> None:
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    put("指标", "一级指标", None)(book, FEW[AT])
    book.save(path)
    ran = run("check", "2024", "--workspace", scored)
    assert ("E127" in ran.said, "E507" in ran.said) == (True, False)


DAMAGED_POINTS = {"E507": ("一级指标", "成本"), "E509": ("分值", 3)}


@pytest.mark.parametrize("code", DAMAGED_POINTS)
def test_forms_tell_before_they_go_out_what_cannot_be_scored(run: Run, workspace: Path, code: str) -> None:
    path = workspace / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    put("指标", *DAMAGED_POINTS[code])(book, FEW[AT])
    book.save(path)
    ran = run("forms", "2024", "--workspace", workspace)
    assert code in ran.said
    assert "填报表在" in ran.out


def test_a_list_tells_what_is_wrong(run: Run, workspace: Path) -> None:
    path = workspace / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    put("指标", "分值", "十分")(book, FEW[AT])
    book.save(path)
    for asked, code in (((), 1), ((FEW[AT],), 1), ((FEW[0],), 0)):
        ran = run("list", "2024", *asked, "--workspace", workspace)
        assert (ran.code, "E125" in ran.out) == (code, bool(code)), asked


@pytest.mark.parametrize("command", ["check", "status", "list", "forms", "rules check"])
def test_every_command_goes_on(run: Run, scored: Path, command: str) -> None:
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    for name in ("a blank target", "a project twice", "points that are none"):
        DAMAGES[name][0](book, FEW[AT])
    book.save(path)
    assert run(*command.split(), "2024", "--workspace", scored).code in {0, 1}


@pytest.mark.parametrize(
    ("heading", "value"), [("绩效指标描述", "#REF!"), ("指标值确定依据", "长" * 1001), ("财政资金", "十万")]
)
def test_what_no_score_hangs_on_holds_none_back(run: Run, scored: Path, heading: str, value: str) -> None:
    before = scores(scored)
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    put("项目" if heading == "财政资金" else "指标", heading, value)(book, FEW[AT])
    book.save(path)
    assert run("score", "2024", "--workspace", scored).code == 1
    assert scores(scored) == before


@pytest.mark.parametrize("missing", ["项目", "指标"])
def test_a_table_without_what_it_is_about_cannot_be_used(run: Run, workspace: Path, missing: str) -> None:
    path = workspace / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    del book[missing]
    book.save(path)
    ran = run("score", "2024", "--workspace", workspace)
    assert (ran.code, "E121" in ran.said) == (3, True)


def test_a_table_without_a_project_cannot_be_used(run: Run, workspace: Path) -> None:
    path = workspace / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    for name in ("项目", "指标", "资金计划"):
        sheet(book, name).delete_rows(2, 1000)
    book.save(path)
    ran = run("score", "2024", "--workspace", workspace)
    assert (ran.code, "E161" in ran.said) == (3, True)


def test_columns_and_sheets_that_no_score_needs_may_be_missing(run: Run, scored: Path) -> None:
    before = scores(scored)
    path = scored / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    for name, *headings in (
        ("项目", "序号", "资金用途", "绩效目标"),
        ("指标", "绩效指标描述", "指标值确定依据", "类型", "分值"),
    ):
        page = sheet(book, name)
        for heading in headings:
            page.delete_cols(titled(page, heading))
    del book["部门目标"]
    book.save(path)
    run("score", "2024", "--workspace", scored)
    after = scores(scored)
    assert {key: row["得分"] for key, row in after[1].items()} == {key: row["得分"] for key, row in before[1].items()}
    del book["资金计划"]
    book.save(path)
    assert run("score", "2024", "--workspace", scored).code in {0, 1}
    assert run("list", "2024", "1", "--workspace", scored).code == 0


def test_a_plan_of_other_months_is_told(run: Run, workspace: Path) -> None:
    path = workspace / "inputs/2024/targets.xlsx"
    book = openpyxl.load_workbook(path)
    page = sheet(book, "资金计划")
    page.cell(1, 6).value = "9月底"
    page.cell(2, 6).value = 0.6
    book.save(path)
    ran = run("score", "2024", "--workspace", workspace)
    assert "W160" in ran.said
    page.cell(1, titled(page, "10月底")).value = "十月末"
    book.save(path)
    ran = run("score", "2024", "--workspace", workspace)
    assert (ran.code, "E137" in ran.said) == (3, True)
