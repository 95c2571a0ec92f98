"""A cell's number format and faults, from the package itself."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import xlsxwriter

from selfeval.packages.files import Unreadable
from selfeval.packages.looks import Look, Looks
from selfeval.packages.workbook import read_workbook


def looks(path: Path, sheet: str) -> Looks:
    book = read_workbook(path)
    assert not isinstance(book, Unreadable)
    return book.sheets[sheet].looks


def test_formats_and_faults_are_found_by_sheet_and_cell(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("先")
        sheet = book.add_worksheet("表 & 格")
        sheet.write_number("B2", 0.95, book.add_format({"num_format": "0.00%"}))
        sheet.write_number("C2", 95, book.add_format({"num_format": '[>=10]0.00"%";0.00%'}))
        sheet.write_formula("D2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("E2", '="a"', None, "a")
        sheet.write_number("AA10", 1)
    assert looks(path, "表 & 格") == {
        (1, 1): Look("0.00%"),
        (1, 2): Look('[>=10]0.00"%";0.00%'),
        (1, 3): Look("", "#DIV/0!"),
    }
    assert looks(path, "先") == {}


def test_a_formula_without_a_result_is_a_fault(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "=1+1"
    book.save(tmp_path / "t.xlsx")
    assert looks(tmp_path / "t.xlsx", "Sheet") == {(0, 0): Look("", "=1+1")}


def test_more_number_formats_than_a_workbook_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row in range(300):
            sheet.write_number(row, 0, 1, book.add_format({"num_format": f'0"{row:0900}"'}))
    found = read_workbook(path)
    assert isinstance(found, Unreadable)
    assert "数字格式过长或过多" in found.reason
