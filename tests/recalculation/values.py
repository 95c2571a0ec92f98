"""What the cells of a workbook hold, in a form in which two workbooks can be compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

Value = float | str | bool | None
"""A number, a text (an error is its text, ``#DIV/0!``), true or false; None for a blank or an empty text."""

Sheets = dict[str, dict[str, Value]]
"""Sheet name to cell name (``F12``) to value; cells without a value are left out."""

Formulas = dict[str, dict[str, str]]
"""Sheet name to cell name to formula, with its leading =."""


def stored_values(path: Path | BinaryIO) -> Sheets:
    """The values that the file stores; for a formula, the result that stands beside it."""
    return {
        title: {cell.coordinate: value for cell in cells if (value := plain(cell.value)) is not None}
        for title, cells in _read(path, results=True)
    }


def formulas(path: Path | BinaryIO) -> Formulas:
    """The formulas of the file, in the order of rows and columns."""
    return {
        title: {cell.coordinate: _formula(cell) for cell in cells if cell.data_type == "f"}
        for title, cells in _read(path, results=False)
    }


def _read(path: Path | BinaryIO, *, results: bool) -> Iterator[tuple[str, list[ReadOnlyCell]]]:
    """Each sheet with its cells; read only, for openpyxl takes longer over the borders of merged cells than to read."""
    with closing(load_workbook(path, read_only=True, data_only=results)) as book:
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what the file says of its size need not be right
            cells: Iterator[object] = (cell for row in sheet.iter_rows() for cell in row)
            yield sheet.title, [cell for cell in cells if isinstance(cell, ReadOnlyCell)]


def _formula(cell: ReadOnlyCell) -> str:
    content = cell.value
    if isinstance(content, ArrayFormula):
        return str(content.text)
    return f"={content.ref}" if isinstance(content, DataTableFormula) else str(content)


def plain(content: object) -> Value:
    """A cell's content as a Value: numbers as floats, days as the number that a sheet keeps for them."""
    if content is None or content == "":
        return None
    if isinstance(content, bool | str):
        return content
    if isinstance(content, int | float):
        return float(content)
    if isinstance(content, dt.datetime | dt.date | dt.time | dt.timedelta):
        return float(to_excel(content))  # type: ignore[no-untyped-call]  # its stub names no types
    return str(content)


def same(stored: Value, recalculated: Value) -> bool:
    """Equal to the last digit, and of one type: 1 is neither "1" nor TRUE."""
    return type(stored) is type(recalculated) and stored == recalculated
