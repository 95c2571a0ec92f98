"""Curves: from a measure to the share of the points it earns.

Two forms, both made of lower bounds only, so that no gap and no overlap can be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Annotated, NamedTuple

from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.tree import Expression, Name, largest, lift, smallest, steady, when
from selfeval.domain.options import Measured, Option, Share, ShareOfPoints

MEASURE = Name("measure")

COMPARED = 9
"""A sheet calculates in floats: a measure is compared with a bound after rounding to so many places."""


@dataclass(frozen=True)
class Step:
    """From ``start`` on, ``share`` of the points; None: as many as the measure."""

    start: Annotated[Measured, Option("从多少起", "完成程度达到这个数起适用本档", key="from")]
    share: Annotated[ShareOfPoints, Option("得分率", "0到1之间的比例（0.8、80%或2/3），或 measure（按完成程度得分）")]


@dataclass(frozen=True)
class Above(Step):
    """A step that begins just above ``start``, so that the band below it is closed there: 0–10%（含）."""

    start: Annotated[
        Measured, Option("大于多少", "完成程度大于这个数（不含它）时适用本档；上一档因此含这个数", key="above")
    ]


class Point(NamedTuple):
    """At the measure ``at``, ``share`` of the points."""

    at: Annotated[Measured, Option("完成程度", "按区间线性计分的一点：完成程度")]
    share: Annotated[Share, Option("得分率", "按区间线性计分的一点：得分率，0到1；点与点之间按直线计算")]


@dataclass(frozen=True)
class StepCurve:
    """Steps in rising order of ``start``; the last that has begun at a measure applies, below the first none.

    Where two start at one number, the second is an ``Above``: the first is for that number alone.
    """

    steps: tuple[Step, ...]

    @property
    def begins(self) -> tuple[tuple[Fraction, bool], ...]:
        """Where each step begins, in the order in which they stand: at a number, or (True) just above it."""
        return tuple((step.start, isinstance(step, Above)) for step in self.steps)

    @property
    def turns(self) -> tuple[Fraction, ...]:
        """The measures at which the curve may jump."""
        return tuple(step.start for step in self.steps)

    @cached_property
    def share(self) -> Expression:
        """The share over ``MEASURE``, held between 0 and 1."""
        return largest(0, smallest(1, self._found))

    @cached_property
    def uncapped(self) -> Expression:
        """The same, above 1 where the measure is and earns itself."""
        return largest(0, self._found)

    @cached_property
    def _found(self) -> Expression:
        found = lift(0)
        for step in self.steps:
            reached = steady(MEASURE, COMPARED)
            begun = reached > step.start if isinstance(step, Above) else reached >= step.start
            found = when(begun, MEASURE if step.share is None else step.share, found)
        return found


@dataclass(frozen=True)
class LineCurve:
    """(measure, share) points in rising order of measure, joined by straight lines, flat beyond both ends."""

    points: tuple[tuple[Fraction, Fraction], ...]

    @property
    def begins(self) -> tuple[tuple[Fraction, bool], ...]:
        """Where each line begins: at its point."""
        return tuple((turn, False) for turn in self.turns)

    @property
    def turns(self) -> tuple[Fraction, ...]:
        """The measures at which the curve bends."""
        return tuple(measure for measure, _ in self.points)

    @cached_property
    def share(self) -> Expression:
        """The share over ``MEASURE``. It never jumps, so that no comparison is doubtful."""
        found = lift(self.points[-1][1])
        for (x0, y0), (x1, y1) in reversed(list(zip(self.points, self.points[1:], strict=False))):
            line = lift(y0) + (MEASURE - x0) * ((y1 - y0) / (x1 - x0))
            found = when(x1 >= MEASURE, line, found)
        first, start = self.points[0]
        return when(first >= MEASURE, start, found)


Curve = StepCurve | LineCurve

NO_CURVE = StepCurve(())
"""Where nothing is written: it never earns anything."""


def share_formula(curve: Curve, *, uncapped: bool = False) -> Expression:
    """The share over ``MEASURE``; ``uncapped``: above 1 too. Straight lines lie between shares of 0 and 1 anyhow."""
    return curve.uncapped if uncapped and isinstance(curve, StepCurve) else curve.share


def share_of(curve: Curve, measure: Fraction, *, uncapped: bool = False) -> Fraction:
    """The exact share of a measure."""
    return exact_number(share_formula(curve, uncapped=uncapped), {MEASURE.key: measure})
