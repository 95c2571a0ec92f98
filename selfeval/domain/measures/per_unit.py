"""Points off for every unit missed: 少一场扣1分，扣完为止; 每超过一个百分点扣0.1分; 每晚一天扣0.5分."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.tree import Expression, Name, absolute, largest, when, whole
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, Measure, RowTexts, Terms
from selfeval.domain.rulebook import Deduction


@dataclass(frozen=True)
class MissedSide:
    """Which way from the target costs points, as how far an actual lies on it (0: not at all), and its word."""

    missed: Expression
    word: str


SHORT = MissedSide(largest(0, TARGET - ACTUAL), "少")
OVER = MissedSide(largest(0, ACTUAL - TARGET), "超过")
LATE = MissedSide(largest(0, ACTUAL - TARGET), "晚")
APART = MissedSide(absolute(ACTUAL - TARGET), "相差")

_MISSED = Name("missed")


def per_unit(side: MissedSide) -> Measure:
    """The measure 1 − points off ÷ points, for a kind whose misses lie on ``side``."""

    def expression(terms: Terms) -> Expression:
        assert terms.deduct is not None  # a rulebook without it does not load
        off = _points_off(terms.deduct).bind({_MISSED: side.missed})
        return when(POINTS.equals(0), 1, 1 - off / POINTS)

    def sentence(row: RowTexts) -> str:
        if row.deduction == "":
            return f"实际完成 {row.actual}，达到指标值 {row.target}"
        off = "，分值已扣完" if row.measure <= 0 else ""
        return f"实际完成 {row.actual}，比指标值 {row.target} {side.word} {row.difference}；{row.deduction}{off}"

    return Measure(
        "per_unit",
        f"1 − 应扣分数 ÷ 分值；比 A {side.word}多少个单位，就按每个单位的分数（deduct）扣多少，扣完为止",
        expression,
        sentence,
        at_most_one=True,
    )


def _points_off(deduct: Deduction) -> Expression:
    units = _MISSED / deduct.every
    cut = units if deduct.part == "proportional" else whole(units, up=deduct.part == "whole")
    return cut * deduct.points


def points_off(deduct: Deduction, missed: Fraction) -> Fraction:
    """The points that a difference costs, before what is left of the points is looked at."""
    return exact_number(_points_off(deduct), {_MISSED.key: missed})
