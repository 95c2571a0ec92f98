"""Points off for every unit missed: 少一场扣1分，扣完为止; 每超过一个百分点扣0.1分; 每晚一天扣0.5分."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from selfeval.domain.curves import number
from selfeval.domain.kinds.kind import Cells, Inputs, Measure, Numbers, Told, divide
from selfeval.domain.rulebook import Deduction

_PLACES = 9
"""A sheet calculates in floats: what is cut to whole units is first rounded to so many places."""


@dataclass(frozen=True)
class Side:
    """Which way from the target costs points: ``short`` below it, ``over`` above it; both: either way."""

    short: bool
    over: bool
    word: str

    def missed(self, given: Inputs) -> Numbers:
        """How far each actual lies on the wrong side, 0 when it does not."""
        below, above = given.target - given.actual, given.actual - given.target
        zero = below * 0
        short = np.where(below > 0, below, zero) if self.short else zero
        return short + np.where(above > 0, above, zero) if self.over else short

    def formula(self, at: Cells) -> str:
        """The same as a worksheet expression."""
        if self.short and self.over:
            return f"ABS({at.actual}-{at.target})"
        first, second = (at.target, at.actual) if self.short else (at.actual, at.target)
        return f"MAX(0,{first}-{second})"


SHORT = Side(short=True, over=False, word="少")
OVER = Side(short=False, over=True, word="超过")
LATE = Side(short=False, over=True, word="晚")
APART = Side(short=True, over=True, word="相差")


def per_unit(side: Side) -> Measure:
    """The measure 1 − points off ÷ points, for a kind whose misses lie on ``side``."""

    def units(given: Inputs) -> Numbers:
        deduct = _named(given.deduct)
        return np.asarray(side.missed(given) / _alike(deduct.every, given.actual))

    def values(given: Inputs) -> Numbers:
        deduct = _named(given.deduct)
        off = _cut(units(given), deduct) * _alike(deduct.points, given.actual)
        return np.asarray(1 - divide(off, given.points))

    def formula(at: Cells) -> str:
        deduct = _named(at.deduct)
        count = f"{side.formula(at)}/{number(deduct.every)}"
        cut = {"proportional": "{}", "whole": "ROUNDUP({},0)", "ignored": "ROUNDDOWN({},0)"}[deduct.part]
        if deduct.part != "proportional":
            count = f"ROUND({count},{_PLACES})"
        return f"IF({at.points}=0,1,1-{cut.format(count)}*{number(deduct.points)}/{at.points})"

    def sentence(told: Told) -> str:
        if told.deduction == "":
            return f"实际完成 {told.actual}，达到指标值 {told.target}"
        off = "，分值已扣完" if told.measure <= 0 else ""
        return f"实际完成 {told.actual}，比指标值 {told.target} {side.word} {told.difference}；{told.deduction}{off}"

    return Measure(
        "per_unit",
        f"1 − 应扣分数 ÷ 分值；比 T {side.word}多少个单位，就按每个单位的分数（deduct）扣多少，扣完为止",
        values,
        formula,
        sentence,
        counts=units,
    )


def _named(deduct: Deduction | None) -> Deduction:
    assert deduct is not None  # a rulebook without it does not load
    return deduct


def _alike(value: Fraction, sample: Numbers) -> Fraction | float:
    return value if sample.dtype == object else float(value)


def _cut(units: Numbers, deduct: Deduction) -> Numbers:
    if deduct.part == "proportional":
        return units
    up = deduct.part == "whole"
    if units.dtype == object:
        return np.array([Fraction(-(-one // 1) if up else one // 1) for one in units], dtype=object)
    # a float a hair beside a whole number is that number here, as in the sheet; the exact path settles it
    near = np.round(units, _PLACES)
    return np.asarray(np.ceil(near) if up else np.floor(near))


def units_off(deduct: Deduction, missed: Fraction) -> Fraction:
    """The points that a difference costs, before what is left of the points is looked at."""
    cut = _cut(np.array([missed / deduct.every], dtype=object), deduct)
    return Fraction(cut[0]) * deduct.points
