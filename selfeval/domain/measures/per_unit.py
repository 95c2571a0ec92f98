"""Points off for every unit missed: 少一场扣1分，扣完为止; 每超过一个百分点扣0.1分; 每晚一天扣0.5分."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.tree import Expression, Name, absolute, largest, lift, smallest, when, whole
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, Measure, RowTexts, Terms
from selfeval.domain.rulebook import Deduction


@dataclass(frozen=True)
class MissedSide:
    """Which way from the target costs points: how far an actual lies on it from a mark (0: not at all), and its word.

    ``marks`` are the keys of a deduction that may name a fixed mark: on this side, or on the one side that then counts.
    """

    missed: Callable[[Expression], Expression]
    word: str
    marks: tuple[str, ...] = ()


SHORT = MissedSide(lambda mark: largest(0, mark - ACTUAL), "少", ("below",))
OVER = MissedSide(lambda mark: largest(0, ACTUAL - mark), "超过", ("above",))
LATE = MissedSide(lambda mark: largest(0, ACTUAL - mark), "晚")
APART = MissedSide(lambda mark: absolute(ACTUAL - mark), "相差", ("below", "above"))

_MISSED = Name("missed")


def per_unit(side: MissedSide) -> Measure:
    """The measure 1 − points off ÷ points, for a kind whose misses lie on ``side``."""

    def expression(terms: Terms) -> Expression:
        assert terms.deduct is not None  # a rulebook without it does not load
        mark = terms.deduct.mark
        counted = side if mark is None else SHORT if terms.deduct.below else OVER
        missed = counted.missed(TARGET if mark is None else lift(mark.number))
        off = _points_off(terms.deduct).bind({_MISSED: missed})
        return when(POINTS.equals(0), 1, 1 - off / POINTS)

    def sentence(row: RowTexts) -> str:
        if row.deduction == "":
            if row.mark:
                return f"实际完成{row.actual}，未{row.side}{row.mark}（指标值{row.target}），不扣分"
            return f"实际完成{row.actual}，达到指标值{row.target}"
        off = "，分值已扣完" if row.measure <= 0 else ""
        mark = f"{row.mark}（指标值{row.target}）" if row.mark else f"指标值{row.target}"
        word = {"低于": SHORT, "高于": OVER}.get(row.side, side).word
        return f"实际完成{row.actual}，比{mark}{word}{row.difference}；{row.deduction}{off}"

    return Measure(
        "per_unit",
        f"1 − 应扣分数 ÷ 分值；比A每{side.word}一个单位扣规定的分数，扣完为止",
        expression,
        sentence,
        at_most_one=True,
        in_unit=True,
        signed=True,
        marks=side.marks,
    )


def _points_off(deduct: Deduction) -> Expression:
    units = _MISSED / deduct.every
    cut = units if deduct.part == "proportional" else whole(units, up=deduct.part == "whole")
    off = cut * deduct.points
    return off if deduct.most is None else smallest(deduct.most, off)


def points_off(deduct: Deduction, missed: Fraction) -> Fraction:
    """The points that a difference costs, before what is left of the points is looked at."""
    return exact_number(_points_off(deduct), {_MISSED.key: missed})
