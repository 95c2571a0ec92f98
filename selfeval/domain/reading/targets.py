"""Targets: the numbers of a target's text, once its sign or word is taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.reading.period import excel_day, read_period
from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity

DAY_UNIT = "日期"
"""The unit of a deadline, whose value is an Excel day."""

_NAN = float("nan")


@dataclass(frozen=True)
class TargetNumbers:
    """A target in its unit: one number, the bounds of a range, or a day (NaN: none); or what is wrong and wanted."""

    value: float = _NAN
    upper: float = _NAN
    unit: str = ""
    code: str = ""
    wanted: str = ""


NO_NUMBERS = TargetNumbers()


_WANTED = {
    "blank": "一个数",
    "no_number": "一个数",
    "approximate": "一个确定的数（现在写的是约数）",
    "several_numbers": "一个数（现在有不止一个）",
    "size": "一个大小合乎情理的数",
    "unit": "一个数和一个看得懂的计量单位",
}
_RANGE = re.compile(r"(?P<low>[\d.,]+)(?P<unit1>\D{0,8}?)(?:-|~|—|–|至|到)(?P<high>[\d.,]+)(?P<unit2>\D{0,8})")


def read_one_number(text: str, _year: int) -> TargetNumbers:
    """One number that is not negative, with its unit."""
    quantity = read_quantity(text, label=True)
    if not isinstance(quantity, Quantity):
        return TargetNumbers(code="E503", wanted=_WANTED[quantity])
    if quantity.value < 0:
        return TargetNumbers(code="E504")
    return TargetNumbers(float(quantity.value), unit=quantity.unit)


def read_bounds(text: str, _year: int) -> TargetNumbers:
    """The two ends of a range."""
    if bounds := read_range(text):
        return TargetNumbers(float(bounds[0]), float(bounds[1]), bounds[2])
    return TargetNumbers(code="E503", wanted="区间，如 90%-95%")


def read_deadline(text: str, year: int) -> TargetNumbers:
    """A day, or the end of a period; ``year`` stands for one that is not written."""
    if day := read_period(text, year):
        return TargetNumbers(float(excel_day(day)), unit=DAY_UNIT)
    return TargetNumbers(code="E503", wanted="日期，如 12月底")


@lru_cache(maxsize=65536)
def read_range(text: str) -> tuple[Fraction, Fraction, str] | None:
    """Lower bound, upper bound and unit of ``90%-95%`` or ``5~8天``; None when the text is not a range."""
    match = _RANGE.fullmatch(normalise(text))
    if match is None:
        return None
    low = read_quantity(match["low"] + (match["unit1"] or match["unit2"]))
    high = read_quantity(match["high"] + match["unit2"])
    if not (isinstance(low, Quantity) and isinstance(high, Quantity)):
        return None
    return (low.value, high.value, high.unit) if low.unit == high.unit and low.value < high.value else None
