"""Files as grids of values: what each cell holds, and where a look at its format decides what it means."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from selfeval.domain.reported import Cell
from selfeval.forms.reading.cells import EMPTY, Held, cell_value, csv_value, seen_value
from selfeval.packages.columns import letters
from selfeval.packages.looks import Look, Looks
from selfeval.packages.printable import BLANKS
from selfeval.packages.workbook import MAX_CELLS, Raw, Workbook

_PLAIN = Look()
MAX_ROWS = 200_000
"""Lines of a CSV file that is read."""
_TOO_LARGE = f" 超过{MAX_ROWS // 10_000}万行或{MAX_CELLS // 10_000}万个单元格"
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: text in GB18030 is almost never valid UTF-8. Excel in China saves CSV as the second."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""How Excel's “Unicode text” begins."""
SEPARATORS = ",\t;"
_LOOKED_AT = 10
"""Lines of a file by which it is known what parts their fields."""
_AROUND = BLANKS + '"*'
"""What may stand around a heading."""


@dataclass(frozen=True)
class SheetGrid:
    """A sheet of a workbook, or a CSV file (``sheet`` is blank); rows and columns count from 0.

    ``file`` is its shown path. ``looks``: how cells are shown; None: everything is text. ``hidden``: nobody sees it.
    """

    file: str
    sheet: str
    raw: Sequence[Sequence[Raw]]
    looks: Looks | None = None
    hidden: bool = False

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

    def texts(self, row: int) -> Iterator[tuple[int, str]]:
        """The columns of a row that hold text, with it as it stands there."""
        return ((column, raw) for column, raw in enumerate(self.raw[row]) if raw and isinstance(raw, str))

    def cell(self, row: int, column: int, *, numeric: bool = False) -> Cell:
        """A cell with its place; ``numeric`` says that its column holds numbers, where everything is text."""
        return Cell(*self._held(row, column, numeric=numeric), self.file, self.sheet, address(row, column))

    def said(self, row: int, column: int) -> str:
        """The text of a cell."""
        return self._held(row, column)[0]

    def _held(self, row: int, column: int, *, numeric: bool = False) -> Held:
        raw = self._raw(row, column)
        if self.looks is None:
            return csv_value(str(raw), numeric=numeric)
        look = self.looks.get((row, column), _PLAIN)
        return EMPTY if raw == "" and not look.fault else seen_value(raw, look)

    def blank(self, cell: str = "") -> Cell:
        """A cell of this sheet that was looked for in vain; its address when that is known."""
        return Cell(*EMPTY, self.file, self.sheet, cell)

    def _raw(self, row: int, column: int) -> Raw:
        try:
            return self.raw[row][column]
        except IndexError:
            return ""


def address(row: int, column: int) -> str:
    """Row and column, counted from 0, as F12."""
    return f"{letters(column)}{row + 1}"


def open_workbook(book: Workbook, file: str) -> list[SheetGrid]:
    """Every sheet of a workbook."""
    return [SheetGrid(file, sheet.name, sheet.rows, sheet.looks, sheet.hidden) for sheet in book.sheets.values()]


def open_csv(data: bytes, file: str, key: str = "") -> SheetGrid | str:
    """The bytes of a CSV file as a grid, or the reason in Chinese why it cannot be read.

    UTF-8, GB18030, or UTF-16 with a byte order mark; fields are parted by commas, or by tabs or semicolons if these
    part its headings, among which is ``key``.
    """
    name, text = PurePosixPath(file).name, None
    for encoding in ("utf-16",) if data.startswith(_UTF16) else ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            break
    if text is None or "\0" in text:
        return f"{name}不是文本文件，或者编码不是 UTF-8、GB18030、UTF-16"
    if not text.strip(BLANKS):
        return f"{name}是空的"
    separator = _separator(text, key)
    if text.count(separator) > MAX_CELLS + MAX_ROWS:
        return f"{name}{_TOO_LARGE}"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=separator)
    try:
        rows = list(islice(reader, MAX_ROWS + 1))
    except csv.Error as fault:
        why = "有一个单元格的文字太长" if "limit" in str(fault) else "或它前面有一个双引号没有成对"
        return f"{name}不是规范的 CSV：第{reader.line_num}行{why}"
    if len(rows) > MAX_ROWS or sum(map(len, rows)) > MAX_CELLS:
        return f"{name}{_TOO_LARGE}"
    if not text.endswith(("\n", "\r")) and len(rows[-1]) < max(map(len, rows)):
        return f"{name}可能没有传完：最后一行（第{reader.line_num}行）只有{len(rows[-1])}列，后面断了"
    return SheetGrid(file, "", rows)


def _separator(text: str, key: str) -> str:
    """What parts the fields of a file: what leaves the heading ``key`` alone among others in one of the first lines.

    A comma, where none does: semicolons and tabs stand in texts too.
    """
    lines = [*islice(io.StringIO(text, newline=None), _LOOKED_AT)]
    fields = {one: [[field.strip(_AROUND) for field in line.split(one)] for line in lines] for one in SEPARATORS}
    width = {one: max((len(line) for line in split if key in line), default=0) for one, split in fields.items()}
    return max(SEPARATORS, key=lambda one: width[one])
