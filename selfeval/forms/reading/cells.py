"""What one cell holds, without losing what was written: text, number and data type, as ``Cell`` has them."""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reported import Cell, DataType
from selfeval.domain.rounding import fraction
from selfeval.packages.workbook import Raw

Held: TypeAlias = tuple[str, float, DataType]
EMPTY: Held = ("", math.nan, "blank")

LONGEST_ANSWER, _SHOWN = 500, 30
"""Characters of an answer that is read, and of a longer one that is shown."""

_NUMERAL = re.compile(r"[+-]?\d+(?:\.\d+)?")
BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
"""White space that people leave in a cell without seeing it."""


def cell_value(raw: Raw, *, percent: bool = False, fault: str = "") -> Held:
    """What a worksheet cell holds.

    ``percent``: its number format shows a percentage; ``fault``: what stands there when the reader saw nothing
    because of an error value or a formula without a result.
    """
    match raw:
        case bool():
            return "是" if raw else "否", math.nan, "flag"
        case int() | float():
            number = float(raw)
            return _number(number, percent=percent) if math.isfinite(number) else (str(raw), math.nan, "error")
        case dt.datetime():
            day = raw.date().isoformat() if raw.time() == dt.time() else raw.isoformat(sep=" ")
            return day, math.nan, "date"
        case dt.date() | dt.time() | dt.timedelta():
            return str(raw), math.nan, "date"
    if text := raw.strip(BLANKS):
        return text, math.nan, "text"
    return (fault, math.nan, "error") if fault else EMPTY


def csv_value(raw: str, *, numeric: bool) -> Held:
    """What a CSV field holds, where everything is text: plain numerals become numbers in ``numeric`` columns.

    A numeral that a float cannot hold exactly stays text, and is read exactly later.
    """
    text = raw.strip(BLANKS)
    if numeric and _NUMERAL.fullmatch(text) and text.isascii() and Decimal(repr(float(text))) == Decimal(text):
        return _number(float(text), percent=False)
    return (text, math.nan, "text") if text else EMPTY


def as_answer(cell: Cell) -> Cell:
    """A cell that a score is made of: a text that is longer than any answer is not looked through."""
    if len(cell.text) <= LONGEST_ANSWER:
        return cell
    shown = f"{cell.text[:_SHOWN]}…（共 {len(cell.text)} 字）"
    return replace(cell, text=shown, data_type="long")


def with_unit(cell: Cell, unit: str) -> Cell:
    """A number of a column whose header names a unit, as a text that carries it (200000 under （元）)."""
    if cell.data_type != "number" or not unit:
        return cell
    return replace(cell, text=f"{cell.text}{unit}", number=math.nan, data_type="text")


def _number(number: float, *, percent: bool) -> Held:
    number = float(f"{number:.15g}")  # what a spreadsheet shows: 22.590000000000003, a sum of floats, is 22.59
    exact = fraction(number)
    return (show_number(exact * 100) + RATE, number, "percent") if percent else (show_number(exact), number, "number")
