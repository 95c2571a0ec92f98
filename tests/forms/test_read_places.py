"""What is wrong with one form is told at its cell and by its name: a form as rows, spoilt in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from selfeval.domain.problems import Place, Problem
from selfeval.domain.reported import Cell, Reports
from selfeval.forms.identity import MARKER, fingerprint
from selfeval.forms.reading.form import Form, find_form
from selfeval.forms.reading.grid import SheetGrid, open_workbook
from selfeval.forms.reading.values import read_values
from selfeval.packages.workbook import Raw, Workbook, workbook_of
from tests.forms.conftest import CLOTHES, HOTLINE, Year

FILE, COMMAND = "收到的/表.xlsx", "selfeval forms 2024 --project 项目编码"
FIRST, SECOND = f"{HOTLINE}-01", f"{HOTLINE}-02"

Rows = list[list[Raw]]
Spoil = Callable[[Rows], None]


@pytest.fixture
def grid(year: Year) -> SheetGrid:
    """The sheet of a form that was filled in."""
    book = workbook_of(year.form(HOTLINE))
    assert isinstance(book, Workbook)
    return next(one for one in open_workbook(book, FILE) if any(MARKER in row for row in one.raw))


def spoilt(grid: SheetGrid, *changes: Spoil) -> SheetGrid:
    """The sheet after hands were on it."""
    rows = [list(row) for row in grid.raw]
    for change in changes:
        change(rows)
    return replace(grid, raw=rows)


def at(rows: Rows, row: str, column: str = "actual") -> tuple[int, int]:
    """Where a cell stands, by its ids."""
    return next(number for number, line in enumerate(rows) if line[0] == row), rows[0].index(column)


def typed(value: Raw, row: str, column: str = "actual") -> Spoil:
    def change(rows: Rows) -> None:
        line, place = at(rows, row, column)
        rows[line][place] = value

    return change


def without(row: str) -> Spoil:
    return lambda rows: rows.pop(at(rows, row)[0]).clear()


def without_column(column: str) -> Spoil:
    return typed("", MARKER, column)


def copied(row: str, value: Raw, column: str = "actual") -> Spoil:
    """A row that stands once more at the end, with another value."""

    def change(rows: Rows) -> None:
        line, place = at(rows, row, column)
        rows.append([*rows[line]])
        rows[-1][place] = value

    return change


def cell(grid: SheetGrid, row: str, column: str = "actual") -> str:
    """The address of a cell of the form as it was made."""
    line, place = at([list(each) for each in grid.raw], row, column)
    return f"{chr(ord('A') + place)}{line + 1}"


def refused(*grids: SheetGrid, named: str = "") -> Problem:
    found = find_form(grids, FILE, COMMAND, named)
    assert isinstance(found, Problem)
    return found


def told(grid: SheetGrid, year: Year) -> tuple[Reports, Problem]:
    """What is read of a form with one thing wrong."""
    form = find_form([grid], FILE, COMMAND)
    assert isinstance(form, Form)
    reports, problems = read_values(form, year.promised[HOTLINE].indicators)
    (problem,) = problems
    return reports, problem


def test_a_workbook_without_a_form_is_named(grid: SheetGrid) -> None:
    found = refused(spoilt(grid, typed("", MARKER, MARKER)))
    assert (found.code, found.place) == ("E303", Place(file=FILE))
    assert COMMAND in found.remedy


@pytest.mark.parametrize("named", ["", HOTLINE, CLOTHES])
def test_two_forms_of_one_project_in_a_file_are_told_by_the_names_of_their_sheets(grid: SheetGrid, named: str) -> None:
    found = refused(grid, spoilt(replace(grid, sheet="另一张"), typed("李某", "narrative.filler")), named=named)
    assert (found.code, found.place) == ("E312", Place(file=FILE))
    assert f"有2张填报表：“{grid.sheet}”、“另一张”，" in found.message


@pytest.mark.parametrize("hidden", [False, True])
def test_a_copy_that_holds_the_same_is_let_be(grid: SheetGrid, hidden: bool) -> None:  # noqa: FBT001
    found = find_form([replace(grid, sheet="备份", hidden=hidden), replace(grid, sheet="填好的")], FILE, COMMAND)
    assert isinstance(found, Form)
    assert found.grid.sheet == ("填好的" if hidden else "备份")


def test_of_three_forms_two_of_the_named_project_are_not_chosen_between(grid: SheetGrid) -> None:
    other = spoilt(replace(grid, sheet="别家"), typed(CLOTHES, "meta.project"))
    found = refused(grid, other, spoilt(replace(grid, sheet="另一张"), typed(1, FIRST)), named=HOTLINE)
    assert "有3张填报表" in found.message


def test_a_sheet_that_does_not_say_its_project_is_no_stranger(grid: SheetGrid) -> None:
    found = refused(grid, spoilt(replace(grid, sheet="另一张"), typed("", "meta.project")), named=HOTLINE)
    assert (found.code, "有2张填报表" in found.message) == ("E312", True)


def test_a_form_of_another_version_is_told_at_its_marker(grid: SheetGrid) -> None:
    found = refused(spoilt(grid, typed("selfeval.form.v9", MARKER, MARKER)))
    assert (found.code, found.place) == ("E304", Place(file=FILE, sheet=grid.sheet, cell="A1"))
    assert "“selfeval.form.v9”" in found.message
    assert COMMAND in found.remedy


@pytest.mark.parametrize(
    ("row", "value", "what"), [("meta.project", CLOTHES, "项目编码"), ("meta.year", "2023", "年度")]
)
def test_a_form_that_says_its_project_or_year_twice_is_told_with_both_cells(
    grid: SheetGrid, row: str, value: str, what: str
) -> None:
    both = spoilt(grid, copied(row, value))
    found = refused(both)
    assert (found.code, found.place) == ("E311", Place(file=FILE, sheet=grid.sheet))
    first, column = cell(grid, row), cell(grid, row)[0]
    assert f"“{what}”在{first}、{column}{both.rows}重复出现且内容不一致" in found.message


def test_a_form_that_says_its_project_twice_alike_is_read(grid: SheetGrid, year: Year) -> None:
    form = find_form([spoilt(grid, copied("meta.project", HOTLINE))], FILE, COMMAND)
    assert isinstance(form, Form)
    assert read_values(form, year.promised[HOTLINE].indicators)[1] == []


@pytest.mark.parametrize("row", ["meta.project", "meta.year"])
def test_a_form_that_does_not_say_its_project_or_year_is_told_at_its_sheet(grid: SheetGrid, row: str) -> None:
    found = refused(spoilt(grid, without(row)))
    assert (found.code, found.place) == ("E314", Place(file=FILE, sheet=grid.sheet))
    assert COMMAND in found.remedy


@pytest.mark.parametrize(
    ("row", "indicator", "what"),
    [
        ("funds.executed", "", "全年执行数"),
        ("payments.03", "", "3月支付金额"),
        ("narrative.result", "", "年度总体目标实际完成情况"),
        (FIRST, FIRST, None),
    ],
)
def test_a_row_that_is_gone_is_told_by_its_name(
    grid: SheetGrid, year: Year, row: str, indicator: str, what: str | None
) -> None:
    what = what or year.promised[HOTLINE].indicators[0].level3
    _, found = told(spoilt(grid, without(row)), year)
    assert (found.code, found.place) == ("E308", Place(HOTLINE, indicator, FILE, grid.sheet))
    assert f"“{what}”" in found.message
    assert f"selfeval forms 2024 --project {HOTLINE}" in found.remedy


def test_a_column_that_is_gone_is_told_by_its_name_and_its_answers_are_blank(grid: SheetGrid, year: Year) -> None:
    reports, found = told(spoilt(grid, without_column("level")), year)
    assert (found.code, found.place) == ("E309", Place(HOTLINE, "", FILE, grid.sheet))
    assert "“完成档次”" in found.message
    assert f"selfeval forms 2024 --project {HOTLINE}" in found.remedy
    assert reports.answers[FIRST, "level"] == Cell(data_type="blank", file=FILE, sheet=grid.sheet)
    assert reports.answers[FIRST, "actual"].text == "7321"


def test_a_row_that_nobody_knows_is_told_at_its_id(grid: SheetGrid, year: Year) -> None:
    more = spoilt(grid, lambda rows: rows.append([f"{HOTLINE}-77", *rows[-1][1:]]))
    _, found = told(more, year)
    assert (found.code, found.place) == ("E310", Place(HOTLINE, "", FILE, grid.sheet, f"A{more.rows}"))
    assert found.message.startswith(f"第{more.rows}行不是本项目的内容（隐藏的标识是“{HOTLINE}-77”）")


@pytest.mark.parametrize(
    ("row", "column", "indicator", "what"),
    [
        ("funds.executed", "actual", "", "全年执行数"),
        ("narrative.head", "actual", "", "负责人"),
        (FIRST, "actual", FIRST, " 实际完成值"),
        (FIRST, "evidence", FIRST, " 佐证材料"),
    ],
)
def test_copies_that_differ_are_told_with_both_cells_and_neither_is_read(
    grid: SheetGrid, year: Year, row: str, column: str, indicator: str, what: str
) -> None:
    both = spoilt(grid, copied(row, "另外的话", column))
    reports, found = told(both, year)
    first = cell(grid, row, column)
    assert (found.code, found.place) == ("E311", Place(HOTLINE, indicator, FILE, grid.sheet, first))
    assert f"{what}”在{first}、{first[0]}{both.rows}重复出现且内容不一致" in found.message
    assert f"“{indicator}" in found.message
    (read,) = [cell for cell in reports.cells() if cell.cell == first]
    assert read.data_type in {"dropped", "blank"}
    assert (read.data_type == "dropped") == (column == "actual" and not row.startswith("narrative."))


def test_copies_of_one_text_that_are_held_differently_are_not_the_same(grid: SheetGrid, year: Year) -> None:
    reports, found = told(spoilt(grid, copied(FIRST, "7321")), year)
    assert found.code == "E311"
    assert reports.answers[FIRST, "actual"].data_type == "dropped"


def test_an_older_target_is_told_where_it_is_printed(grid: SheetGrid, year: Year) -> None:
    own = fingerprint(year.promised[HOTLINE].indicators[0].level3, "≥6000次")
    old = spoilt(grid, typed(own, FIRST, "fingerprint"), typed("≥6000次", FIRST, "target"))
    _, found = told(old, year)
    indicator = year.promised[HOTLINE].indicators[0]
    place = Place(HOTLINE, FIRST, FILE, grid.sheet, cell(grid, FIRST, "target"))
    assert (found.code, found.place) == ("W303", place)
    assert f"“{FIRST} {indicator.level3}”的指标值是“≥6000次”，现在是“{indicator.target}”" in found.message
    assert f"selfeval forms 2024 --project {HOTLINE}" in found.remedy


def test_an_older_target_without_its_column_is_told_at_its_row(grid: SheetGrid, year: Year) -> None:
    changes = (typed("0" * 12, FIRST, "fingerprint"), without_column("target"))
    _, found = told(spoilt(grid, *changes), year)
    assert (found.code, found.place.cell) == ("W303", f"A{cell(grid, FIRST)[1:]}")


def test_a_level_whose_percentage_may_be_lost_is_asked_about(grid: SheetGrid, year: Year) -> None:
    """Its usual percentage may be more than the one that was typed."""
    reports, problem = told(spoilt(grid, without_column("percentage")), year)
    assert problem.code == "E309"
    cells = {row: cell.data_type for (row, column), cell in reports.answers.items() if column == "percentage"}
    assert cells[f"{HOTLINE}-07"] == "dropped"
    assert cells[FIRST] == "blank"
