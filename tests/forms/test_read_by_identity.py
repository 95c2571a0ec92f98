from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, found, open_form, put, read, saved, values


def move_sheet(book: Workbook, sheet: Worksheet) -> None:
    sheet.title = "我的表"
    book.create_sheet("草稿", 0)
    book.move_sheet(sheet, offset=1)


def title_above(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(1, amount=2)
    sheet["C1"] = "某某科室自评表"


def row_between(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_rows(cell_at(sheet, f"{HOTLINE}-03").row)


def column_between(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_cols(cell_at(sheet, f"{HOTLINE}-03").column)


def column_in_front(_: Workbook, sheet: Worksheet) -> None:
    sheet.insert_cols(1, amount=3)


def reversed_rows(_: Workbook, sheet: Worksheet) -> None:
    first = cell_at(sheet, f"{HOTLINE}-01").row
    last = cell_at(sheet, f"{HOTLINE}-09").row
    lines = [[(cell.value, cell.number_format) for cell in sheet[row]] for row in range(first, last + 1)]
    for row, line in zip(range(first, last + 1), reversed(lines), strict=True):
        for cell, (value, number_format) in zip(sheet[row], line, strict=True):
            cell.value, cell.number_format = value, number_format


def hidden_rows(_: Workbook, sheet: Worksheet) -> None:
    for row in ("payments.07", f"{HOTLINE}-04"):
        sheet.row_dimensions[cell_at(sheet, row).row].hidden = True


def restyled(_: Workbook, sheet: Worksheet) -> None:
    for line in sheet:
        for cell in line:
            cell.font = Font(name="楷体", size=16)


def filtered(_: Workbook, sheet: Worksheet) -> None:
    sheet.auto_filter.ref = "C20:N40"


@pytest.mark.parametrize(
    "edit",
    [
        move_sheet,
        title_above,
        row_between,
        column_between,
        column_in_front,
        reversed_rows,
        hidden_rows,
        restyled,
        filtered,
    ],
)
def test_a_form_that_was_rearranged_reads_the_same(
    year: Year, workspace: Path, edit: Callable[[Workbook, Worksheet], None]
) -> None:
    path = put(workspace, year, HOTLINE)
    before = values(read(workspace, year, HOTLINE))
    book, sheet = open_form(path)
    edit(book, sheet)
    path.write_bytes(saved(book))
    again = read(workspace, year, HOTLINE)
    assert again.problems == ()
    assert values(again) == before


def test_a_value_names_the_cell_where_it_stands_after_rows_moved(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    book, sheet = open_form(path)
    title_above(book, sheet)
    expected = cell_at(sheet, f"{HOTLINE}-01").coordinate
    path.write_bytes(saved(book))
    cell = found(read(workspace, year, HOTLINE))[f"{HOTLINE}-01", "actual"]
    assert (cell.file, cell.sheet, cell.cell) == (year.path(HOTLINE), "自评填报", expected)


def test_the_files_name_and_folder_do_not_matter(year: Year, workspace: Path) -> None:
    path = put(workspace, year, HOTLINE)
    before = values(read(workspace, year, HOTLINE))
    (workspace / "inputs/2024/forms/收到的").mkdir()
    path.rename(workspace / "inputs/2024/forms/收到的/副本(1)最终版.XLSX")
    again = read(workspace, year, HOTLINE)
    assert again.problems == ()
    assert values(again) == before
