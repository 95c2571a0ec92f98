"""What the cells of a hand-made workbook hold, read as what they were meant to be."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import NamedTuple

from selfeval.sources.layout import squeeze
from selfeval.sources.sheets import Kind

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What python-calamine gives for a cell; a blank cell is an empty string."""

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number."""
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


class Read(NamedTuple):
    """A value (None: no number, or unreadable), and the code of the problem that stands in its way."""

    value: str | float | int | None
    fault: str = ""


def blank(value: Value) -> bool:
    """Whether a cell holds nothing but white space."""
    return not shown(value).strip()


def shown(value: Value) -> str:
    """A value as a person would write it: 324001.0 as 324001, a date as 2024-12-31."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d}"
    return str(value)


def read(kind: Kind, value: Value) -> Read:
    """A cell of a column of a kind. Numbers and shares (25%) may also be typed as text.

    A code is text without white space; a number of sixteen digits or more in its place has lost some of them. A
    share is from 0 to 1.
    """
    if isinstance(value, str) and value.strip() in _ERRORS:
        return Read(None, "E130")
    if kind == "text":
        return Read(shown(value).strip())
    if kind == "code":
        lost = isinstance(value, int | float) and abs(value) >= _EXACT
        return Read(None, "E129") if lost else Read(squeeze(shown(value)))
    return Read(None) if blank(value) else _number(kind, value)


def _number(kind: Kind, value: Value) -> Read:
    bare = squeeze(shown(value))
    typed = _PERCENT.fullmatch(bare) if kind == "share" else None
    try:
        number = float(Decimal(typed[1]) / 100 if typed else bare.replace(",", ""))
    except ValueError:
        return Read(None, "E125")
    if kind == "share" and not 0 <= number <= 1:
        return Read(None, "E126")
    if kind == "integer":
        return Read(int(number)) if number.is_integer() else Read(None, "E125")
    return Read(number)
