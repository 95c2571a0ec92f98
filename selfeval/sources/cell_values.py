"""What the cells of a hand-made workbook hold, read as what they were meant to be."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from selfeval.sources.layout import squeeze

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What python-calamine gives for a cell; a blank cell is an empty string."""

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number."""
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@dataclass(frozen=True)
class Read:
    """A value, or the fault that stands in its way: ``error``, ``number``, ``range`` or ``code``."""

    value: str | float | int | None
    fault: str = ""


def blank(value: Value) -> bool:
    """Whether a cell holds nothing but white space."""
    return value is None or (isinstance(value, str) and not value.strip())


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


def is_error(value: Value) -> bool:
    """Whether a cell shows a formula error."""
    return isinstance(value, str) and value.strip() in _ERRORS


def text(value: Value, *, percent: bool = False) -> Read:
    """A text cell. ``percent``: the cell shows its number as a percentage, so 0.95 is 95%."""
    if is_error(value):
        return Read("", "error")
    if percent and isinstance(value, int | float):
        return Read(f"{shown(float(Decimal(repr(value)) * 100))}%")
    return Read(shown(value).strip())


def code(value: Value) -> Read:
    """A code: text without white space. A number of sixteen digits or more has lost some of them."""
    if is_error(value):
        return Read("", "error")
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        return Read("", "code")
    return Read(squeeze(shown(value)))


def number(value: Value) -> Read:
    """A number, also when it was typed as text; None when blank."""
    if blank(value):
        return Read(None)
    if is_error(value):
        return Read(None, "error")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Read(float(value))
    try:
        return Read(float(squeeze(shown(value)).replace(",", "")))
    except ValueError:
        return Read(None, "number")


def integer(value: Value) -> Read:
    """A whole number; None when blank."""
    read = number(value)
    if read.value is None:
        return read
    whole = float(read.value)
    return Read(int(whole)) if whole.is_integer() else Read(None, "number")


def share(value: Value) -> Read:
    """A share from 0 to 1, also when typed as the text 25%; None when blank."""
    typed = _PERCENT.fullmatch(squeeze(value)) if isinstance(value, str) else None
    read = Read(float(Decimal(typed[1]) / 100)) if typed else number(value)
    if read.value is None or 0 <= float(read.value) <= 1:
        return read
    return Read(None, "range")
