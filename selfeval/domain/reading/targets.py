"""Targets: the numbers of a target's text, once its sign or word is taken off."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.deadline import read_deadline_text
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reading.quantity import Quantity, read_quantity
from selfeval.domain.sameness import blanks_alike

DAY_UNIT = "日期"
"""The unit of a deadline, whose value is an Excel day."""

_NAN = float("nan")


@blanks_alike
@dataclass(frozen=True)
class TargetNumbers:
    """A target in its unit: one number, the bounds of a range, or a day (NaN: none); or what is wrong and wanted.

    ``said``: in short clauses, what of it was not read literally.
    """

    value: float = _NAN
    upper: float = _NAN
    unit: str = ""
    code: str = ""
    wanted: str = ""
    said: tuple[str, ...] = ()


NO_NUMBERS = TargetNumbers()


_WANTED = {
    "blank": "一个数",
    "no_number": "一个数",
    "approximate": "一个确定的数（现在写的是约数）",
    "several_numbers": "一个数（现在有不止一个）",
    "size": "一个数值正常的数",
    "unit": "一个数和一个能识别的计量单位",
}


def read_one_number(text: str, _year: int) -> TargetNumbers:
    """One number with its unit; whether a negative one can be measured is for its rule to say."""
    quantity = read_quantity(text, label=True)
    if not isinstance(quantity, Quantity):
        return TargetNumbers(code="E503", wanted=_WANTED[quantity])
    return TargetNumbers(float(quantity.value), unit=quantity.unit)


def read_bounds(text: str, _year: int) -> TargetNumbers:
    """The two ends of a range."""
    if bounds := read_range(text):
        return TargetNumbers(float(bounds[0]), float(bounds[1]), bounds[2])
    return TargetNumbers(code="E503", wanted="区间，如90%-95%")


def read_deadline(text: str, year: int) -> TargetNumbers:
    """A day, or the end of a period; ``year`` stands for one that is not written."""
    if found := read_deadline_text(text, year, of_time=True):
        return TargetNumbers(float(excel_day(found.day)), unit=DAY_UNIT, said=found.said)
    return TargetNumbers(code="E503", wanted="日期，如12月底")
