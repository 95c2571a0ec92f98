"""What the cells of a workbook hold, in a form in which two workbooks can be compared."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
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
    found: Sheets = {}
    for sheet in load_workbook(path, data_only=True).worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        values = {cell.coordinate: plain(cell.value) for cell in cells}
        found[sheet.title] = {name: value for name, value in values.items() if value is not None}
    return found


def formulas(path: Path | BinaryIO) -> Formulas:
    """The formulas of the file, in the order of rows and columns."""
    return {
        sheet.title: {
            cell.coordinate: _formula(cell) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"
        }
        for sheet in load_workbook(path).worksheets
    }


def _formula(cell: Cell | MergedCell) -> str:
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
