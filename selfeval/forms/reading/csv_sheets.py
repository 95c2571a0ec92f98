"""CSV files as grids: the same shape as a sheet, with everything as text."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from selfeval.forms.reading.cells import BLANK, BLANKS, Value, csv_value

MOST_BYTES = 20 * 1024 * 1024
ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: text in GB18030 is almost never valid UTF-8. Excel in China saves CSV as the second."""


@dataclass
class CsvGrid:
    """A CSV file. ``title`` is what messages call it; ``sheet`` is blank, because a file has no sheets."""

    title: str
    raw: list[list[str]]
    sheet: str = ""
    data: bytes = b""

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.raw)

    def width(self, row: int) -> int:
        """How many fields the record has."""
        return len(self.raw[row])

    def label(self, row: int, column: int) -> str:
        """The text of a field."""
        return self.raw[row][column].strip(BLANKS) if self._has(row, column) else ""

    def value(self, row: int, column: int, *, numeric: bool) -> Value:
        """The value of a field; a numeral is a number only in a numeric column."""
        return csv_value(self.raw[row][column], numeric=numeric) if self._has(row, column) else BLANK

    def _has(self, row: int, column: int) -> bool:
        return row < self.rows and column < self.width(row)


def open_csv(path: Path, title: str) -> CsvGrid | str:
    """The file as a grid, or the reason in Chinese why it cannot be read."""
    try:
        if path.stat().st_size > MOST_BYTES:
            return f"{path.name} 超过 20 MB"
        data = path.read_bytes()
    except OSError as fault:
        return f"{path.name} 打不开（{fault.strerror}）"
    text = next((text for one in ENCODINGS if (text := _decoded(data, one)) is not None), None)
    if text is None or "\0" in text:
        return f"{path.name} 不是文本文件，或者编码不是 UTF-8、GB18030"
    if not text.strip(BLANKS):
        return f"{path.name} 是空的"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return CsvGrid(title, list(reader), data=data)
    except csv.Error:
        return f"{path.name} 不是规范的 CSV：第 {reader.line_num} 行或它前面有一个双引号没有成对"


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
