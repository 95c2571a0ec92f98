"""Files as grids of values: what each cell holds, and where a look at its format decides what it means."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath

import xlrd
from python_calamine import CalamineError, CalamineWorkbook

from selfeval.domain.reading.quantity import RATE_FROM
from selfeval.domain.reported import Cell
from selfeval.domain.rounding import fraction
from selfeval.forms.reading.cells import BLANKS, EMPTY, Raw, cell_value, csv_value
from selfeval.packages.columns import letters
from selfeval.packages.guard import MAX_FILE
from selfeval.packages.looks import Look, looks
from selfeval.sheets.styles import SHOWN_FROM

DAMAGED = "文件已损坏或不完整"
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: text in GB18030 is almost never valid UTF-8. Excel in China saves CSV as the second."""

Looks = Mapping[tuple[int, int], Look]


@dataclass(frozen=True)
class SheetGrid:
    """A sheet of a workbook, or a CSV file (``sheet`` is blank); rows and columns count from 0.

    ``file`` is its shown path. ``find_looks`` finds how cells are shown; it is called once, and only when a cell's
    format can matter. None: everything is text.
    """

    file: str
    sheet: str
    raw: Sequence[Sequence[Raw]]
    find_looks: Callable[[], Looks] | None = None

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.raw)

    def width(self, row: int) -> int:
        """How many columns the row has."""
        return len(self.raw[row])

    def label(self, row: int, column: int) -> str:
        """The text of a heading or an id; a code that became a number is shown as a whole number."""
        raw = self._raw(row, column)
        return raw.strip(BLANKS) if isinstance(raw, str) else cell_value(raw)[0]

    def cell(self, row: int, column: int, *, numeric: bool = False) -> Cell:
        """A cell with its place; ``numeric`` says that its column holds numbers, where everything is text."""
        raw, look = self._raw(row, column), Look()
        if self.find_looks is None:
            held = csv_value(str(raw), numeric=numeric)
        else:
            if raw == "":
                look = self._looks.get((row, column), look)
            elif isinstance(raw, int | float) and not isinstance(raw, bool):
                look = self._looks.get((row, column), look)
                if look.percent and SHOWN_FROM in look.format and raw >= RATE_FROM:
                    raw = float(fraction(raw) / 100)  # such a cell of a form shows 95 as 95% (the pattern ``rate``)
            held = cell_value(raw, percent=look.percent, fault=look.fault)
        return Cell(*held, self.file, self.sheet, address(row, column))

    def blank(self, cell: str = "") -> Cell:
        """A cell of this sheet that was looked for in vain; its address when that is known."""
        return Cell(*EMPTY, self.file, self.sheet, cell)

    def _raw(self, row: int, column: int) -> Raw:
        try:
            return self.raw[row][column]
        except IndexError:
            return ""

    @cached_property
    def _looks(self) -> Looks:
        return self.find_looks() if self.find_looks else {}


def address(row: int, column: int) -> str:
    """Row and column, counted from 0, as F12."""
    return f"{letters(column)}{row + 1}"


def open_workbook(data: bytes | str, file: str) -> list[SheetGrid] | str:
    """Every sheet of a workbook that ``read_package`` gave, or the reason in Chinese why it cannot be read."""
    if isinstance(data, str):
        return data
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            # charts and macros have no cells
            names = [sheet.name for sheet in book.sheets_metadata if "WorkSheet" in str(sheet.typ)]
            sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
            return [
                SheetGrid(file, name, raw, partial(looks, data, name)) for name, raw in zip(names, sheets, strict=True)
            ]
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile):
        return DAMAGED
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # how calamine's Rust gives up; it derives from BaseException
            raise
        return DAMAGED


def open_xls(data: bytes, file: str) -> list[SheetGrid] | str:
    """Every sheet of an old .xls workbook, as programs save that know nothing newer; or why it cannot be read."""
    if len(data) > MAX_FILE:
        return f"文件超过 {MAX_FILE // 1024 // 1024} MB"
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints what puzzles it
            book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as fault:
        return "文件加了打开密码" if "encrypted" in str(fault) else DAMAGED
    except Exception:  # noqa: BLE001 - whatever a malformed file makes it meet
        return DAMAGED
    return [
        SheetGrid(
            file,
            sheet.name,
            [[_xls_value(cell, book) for cell in sheet.row(row)] for row in range(sheet.nrows)],
            partial(_xls_looks, book, sheet),
        )
        for sheet in book.sheets()
    ]


def _xls_value(cell: xlrd.sheet.Cell, book: xlrd.Book) -> Raw:
    value: Raw = "" if cell.ctype == xlrd.XL_CELL_ERROR else cell.value
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        with contextlib.suppress(OverflowError, ValueError):
            value = xlrd.xldate_as_datetime(value, book.datemode)
    return value


def _xls_looks(book: xlrd.Book, sheet: xlrd.sheet.Sheet) -> Looks:
    found: dict[tuple[int, int], Look] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_ERROR:
                found[row, column] = Look(fault=str(xlrd.error_text_from_code.get(cell.value, "#?")))
            elif cell.ctype == xlrd.XL_CELL_NUMBER:
                found[row, column] = Look(str(book.format_map[book.xf_list[cell.xf_index].format_key].format_str))
    return found


def read_csv(path: Path) -> bytes | str:
    """The bytes of a CSV file, or the reason in Chinese why it cannot be opened."""
    try:
        return path.read_bytes() if path.stat().st_size <= MAX_FILE else f"{path.name} 超过 20 MB"
    except OSError as fault:
        return f"{path.name} 打不开（{fault.strerror}）"


def open_csv(data: bytes | str, file: str) -> SheetGrid | str:
    """A CSV file that ``read_csv`` gave as a grid, or the reason in Chinese why it cannot be read."""
    if isinstance(data, str):
        return data
    name, text = PurePosixPath(file).name, None
    for encoding in ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            break
    if text is None or "\0" in text:
        return f"{name} 不是文本文件，或者编码不是 UTF-8、GB18030"
    if not text.strip(BLANKS):
        return f"{name} 是空的"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return SheetGrid(file, "", list(reader))
    except csv.Error:
        return f"{name} 不是规范的 CSV：第 {reader.line_num} 行或它前面有一个双引号没有成对"
