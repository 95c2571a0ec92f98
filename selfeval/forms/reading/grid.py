"""A workbook as grids of values: what each cell holds, and where a look at its format decides what it means."""

from __future__ import annotations

import re
import warnings
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import openpyxl
from openpyxl.utils import column_index_from_string, get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from selfeval.forms.reading.cells import BLANKS, Raw, Value, cell_value
from selfeval.packages.guard import refuse

MOST_CELLS = 2_000_000
"""A sheet that claims a larger area than this is not a form; reading it would only fill the memory."""

TOO_LARGE = f"工作表的区域超过 {MOST_CELLS // 10_000} 万个单元格"

DAMAGED = "文件已损坏或不完整"

_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})(\d{1,7})[\"'][^>]*(?<!/)>")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Grid(Protocol):
    """A sheet of values, from a workbook or a CSV file; rows and columns count from 0."""

    sheet: str

    @property
    def rows(self) -> int:
        """How many rows there are."""

    def width(self, row: int) -> int:
        """How many columns the row has."""

    def label(self, row: int, column: int) -> str:
        """The text of a heading or an id, without white space at its ends; blank when it is no text."""

    def value(self, row: int, column: int, *, numeric: bool) -> Value:
        """The value of a cell; ``numeric`` says that its column holds numbers."""


def address(row: int, column: int) -> str:
    """Row and column, counted from 0, as F12."""
    return f"{get_column_letter(column + 1)}{row + 1}"


@dataclass
class SheetGrid:
    """A sheet of a workbook. Formats are looked up once, and only when a cell's format can matter."""

    path: Path
    sheet: str
    raw: list[list[Raw]]
    _formats: dict[tuple[int, int], tuple[bool, str]] | None = field(default=None, repr=False)

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.raw)

    def width(self, row: int) -> int:
        """How many columns the row has."""
        return len(self.raw[row])

    def label(self, row: int, column: int) -> str:
        """The text of a heading or an id; a code that became a number is shown as a whole number."""
        if row >= self.rows or column >= self.width(row):
            return ""
        raw = self.raw[row][column]
        return raw.strip(BLANKS) if isinstance(raw, str) else cell_value(raw).text

    def value(self, row: int, column: int, *, numeric: bool) -> Value:
        """The value of a cell; ``numeric`` only matters where everything is text."""
        del numeric
        raw: Raw = self.raw[row][column] if row < self.rows and column < self.width(row) else ""
        doubtful = raw == "" or (isinstance(raw, int | float) and not isinstance(raw, bool))
        percent, fault = self._format(row, column) if doubtful else (False, "")
        return cell_value(raw, percent=percent, fault=fault)

    def _format(self, row: int, column: int) -> tuple[bool, str]:
        if self._formats is None:
            self._formats = _formats(self.path, self.sheet)
        return self._formats.get((row, column), (False, ""))


def open_workbook(path: Path) -> list[SheetGrid] | str:
    """Every sheet of a workbook, or the reason in Chinese why it cannot be read."""
    reason = refuse(path)
    if reason is not None:
        return reason
    try:
        if _largest_area(path) > MOST_CELLS:
            return TOO_LARGE
        with CalamineWorkbook.from_path(path) as book:
            sheets = [book.get_sheet_by_name(name) for name in _worksheets(book)]
            return [SheetGrid(path, sheet.name, _values(sheet)) for sheet in sheets]
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        return DAMAGED
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # how calamine's Rust gives up; it derives from BaseException
            raise
        return DAMAGED


def _largest_area(path: Path) -> int:
    """Rows times columns of the largest sheet: the reader of values reserves memory for every cell in between."""
    largest = 0
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                cells = _FILLED_CELL.findall(package.read(name))
                rows = max((int(row) for _, row in cells), default=0)
                columns = max(
                    (column_index_from_string(letters.decode()) for letters in {one for one, _ in cells}), default=0
                )
                largest = max(largest, rows * columns)
    return largest


def _worksheets(book: CalamineWorkbook) -> list[str]:
    """Names of the sheets with cells: charts and macros are left out."""
    return [one.name for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]


def _values(sheet: CalamineSheet) -> list[list[Raw]]:
    return sheet.to_python(skip_empty_area=False)


def _formats(path: Path, sheet: str) -> dict[tuple[int, int], tuple[bool, str]]:
    """(shown as a percentage, fault) of the cells where either holds.

    A fault is an error value, or a formula: it counts only where the reader of values found nothing. A workbook
    that openpyxl cannot read has no formats: its numbers stay plain, and a doubtful share is asked about.
    """
    found: dict[tuple[int, int], tuple[bool, str]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions it does not know; nothing is lost here
            book = openpyxl.load_workbook(path, read_only=True, data_only=False)
            for line in book[sheet].iter_rows():
                for cell in line:
                    if cell.value is None:
                        continue
                    percent = cell.data_type in {"n", "f"} and "%" in _QUOTED.sub("", cell.number_format or "")
                    fault = str(cell.value) if cell.data_type in {"e", "f"} else ""
                    if percent or fault:
                        found[cell.row - 1, cell.column - 1] = (percent, fault)
            book.close()
    except Exception:  # noqa: BLE001 - openpyxl raises whatever a malformed file makes it meet
        return found
    return found
