"""One cell to a value with its form: the columns of VALUE, without losing what was written."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal

from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reported import Form
from selfeval.domain.rounding import fraction

Raw = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta
"""What the reader of workbooks gives for a cell; an empty one is ``""``."""

_NUMERAL = re.compile(r"[+-]?\d+(?:\.\d+)?")
BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
"""White space that people leave in a cell without seeing it."""


@dataclass(frozen=True)
class Value:
    """A value as VALUE keeps it: text, number (NaN unless number or percent) and form."""

    text: str = ""
    number: float = float("nan")
    form: Form = "blank"

    def __eq__(self, other: object) -> bool:
        """Equal in text and form; the number follows from them."""
        return isinstance(other, Value) and (self.text, self.form) == (other.text, other.form)

    def __hash__(self) -> int:
        return hash((self.text, self.form))


BLANK = Value()


def cell_value(raw: Raw, *, percent: bool = False, fault: str = "") -> Value:
    """The value of a worksheet cell.

    ``percent``: its number format shows a percentage; ``fault``: what stands there when the reader saw nothing
    because of an error value or a formula without a result.
    """
    if isinstance(raw, bool):
        return Value("是" if raw else "否", form="flag")
    if isinstance(raw, int | float):
        return _number(float(raw), percent=percent)
    if isinstance(raw, dt.datetime):
        whole = raw.time() == dt.time()
        return Value(raw.date().isoformat() if whole else raw.isoformat(sep=" "), form="date")
    if isinstance(raw, dt.date):
        return Value(raw.isoformat(), form="date")
    if isinstance(raw, dt.time | dt.timedelta):
        return Value(str(raw), form="date")
    text = raw.strip(BLANKS)
    if text:
        return Value(text, form="text")
    return Value(fault, form="error") if fault else BLANK


def csv_value(raw: str, *, numeric: bool) -> Value:
    """The value of a CSV field, where everything is text: plain numerals become numbers in ``numeric`` columns.

    A numeral that a float cannot hold exactly stays text, and is read exactly later.
    """
    text = raw.strip(BLANKS)
    if not text:
        return BLANK
    if numeric and _NUMERAL.fullmatch(text) and text.isascii() and Decimal(repr(float(text))) == Decimal(text):
        return _number(float(text), percent=False)
    return Value(text, form="text")


def with_unit(value: Value, unit: str) -> Value:
    """A number of a column whose header names a unit, as a text that carries it (200000 under （元）)."""
    return Value(f"{value.text}{unit}", form="text") if value.form == "number" and unit else value


def _number(number: float, *, percent: bool) -> Value:
    exact = fraction(number)
    if percent:
        return Value(show_number(exact * 100) + RATE, number, "percent")
    return Value(show_number(exact), number, "number")
