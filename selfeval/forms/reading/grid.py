"""A workbook as grids of values: what each cell holds, and where a look at its format decides what it means."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import Protocol

from openpyxl.utils import get_column_letter
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from selfeval.domain.rounding import fraction
from selfeval.forms.reading.cells import BLANKS, Raw, Value, cell_value
from selfeval.packages.looks import Look, looks
from selfeval.sheets.styles import RATE_FROM, SHOWN_FROM

DAMAGED = "文件已损坏或不完整"


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

    data: bytes
    sheet: str
    raw: list[list[Raw]]
    _looks: dict[tuple[int, int], Look] | None = field(default=None, repr=False)

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
        number = isinstance(raw, int | float) and not isinstance(raw, bool)
        look = self._look(row, column) if number or raw == "" else Look()
        if number and look.percent and shown_as_it_is(look.format, raw):
            raw = float(fraction(float(str(raw))) / 100)
        return cell_value(raw, percent=look.percent, fault=look.fault)

    def _look(self, row: int, column: int) -> Look:
        if self._looks is None:
            self._looks = looks(self.data, self.sheet)
        return self._looks.get((row, column), Look())


def shown_as_it_is(number_format: str, raw: Raw) -> bool:
    """Whether a percentage cell of a form shows this number as it stands, 95 as 95% (the pattern ``rate``)."""
    return SHOWN_FROM in number_format and isinstance(raw, int | float) and raw >= RATE_FROM


def open_workbook(data: bytes) -> list[SheetGrid] | str:
    """Every sheet of a workbook that ``read_package`` gave, or the reason in Chinese why it cannot be read."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            sheets = [book.get_sheet_by_name(name) for name in _worksheets(book)]
            return [SheetGrid(data, sheet.name, _values(sheet)) for sheet in sheets]
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        return DAMAGED
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # how calamine's Rust gives up; it derives from BaseException
            raise
        return DAMAGED


def _worksheets(book: CalamineWorkbook) -> list[str]:
    """Names of the sheets with cells: charts and macros are left out."""
    return [one.name for one in book.sheets_metadata if "WorkSheet" in str(one.typ)]


def _values(sheet: CalamineSheet) -> list[list[Raw]]:
    return sheet.to_python(skip_empty_area=False)
