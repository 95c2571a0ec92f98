"""An old .xls workbook as grids: a form that came back from a program which saves nothing newer."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

import xlrd

from selfeval.domain.rounding import fraction
from selfeval.forms.reading.cells import BLANKS, Raw, Value, cell_value
from selfeval.forms.reading.grid import DAMAGED, shown_as_it_is
from selfeval.packages.guard import MAX_FILE
from selfeval.packages.looks import shows_percent


@dataclass
class XlsGrid:
    """A sheet of an .xls workbook, with the number format of each cell at hand."""

    book: xlrd.Book
    sheet: str
    cells: xlrd.sheet.Sheet

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return int(self.cells.nrows)

    def width(self, row: int) -> int:
        """How many columns the row has."""
        return int(self.cells.row_len(row))

    def label(self, row: int, column: int) -> str:
        """The text of a heading or an id."""
        raw = self._raw(row, column)[0]
        return raw.strip(BLANKS) if isinstance(raw, str) else cell_value(raw).text

    def value(self, row: int, column: int, *, numeric: bool) -> Value:
        """The value of a cell; ``numeric`` only matters where everything is text."""
        del numeric
        raw, number_format, fault = self._raw(row, column)
        percent = shows_percent(number_format)
        if percent and shown_as_it_is(number_format, raw):
            raw = float(fraction(float(str(raw))) / 100)
        return cell_value(raw, percent=percent, fault=fault)

    def _raw(self, row: int, column: int) -> tuple[Raw, str, str]:
        """What the cell holds, its number format, and its error value."""
        if row >= self.rows or column >= self.width(row):
            return "", "", ""
        cell = self.cells.cell(row, column)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return "", "", str(xlrd.error_text_from_code.get(cell.value, "#?"))
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value), "", ""
        if cell.ctype == xlrd.XL_CELL_DATE:
            try:
                return xlrd.xldate_as_datetime(cell.value, self.book.datemode), "", ""
            except (OverflowError, ValueError):
                return float(cell.value), "", ""
        if cell.ctype == xlrd.XL_CELL_NUMBER:
            style = self.book.xf_list[cell.xf_index]
            return float(cell.value), str(self.book.format_map[style.format_key].format_str), ""
        return (cell.value if isinstance(cell.value, str) else ""), "", ""


def open_xls(data: bytes) -> list[XlsGrid] | str:
    """Every sheet of an .xls workbook, or the reason in Chinese why it cannot be read."""
    if len(data) > MAX_FILE:
        return f"文件超过 {MAX_FILE // 1024 // 1024} MB"
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what puzzles it
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as fault:
        return "文件加了打开密码" if "encrypted" in str(fault) else DAMAGED
    except Exception:  # noqa: BLE001 - whatever a malformed file makes it meet
        return DAMAGED
    return [XlsGrid(book, sheet.name, sheet) for sheet in book.sheets()]
