"""Curves: from a measure to the share of the points it earns.

Two forms, both made of lower bounds only, so that no gap and no overlap can be written:

* ``StepCurve``: the step with the greatest ``start`` not above the measure applies; its share is a number, or the
  measure itself (proportional);
* ``LineCurve``: points joined by straight lines, flat beyond both ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, NamedTuple

import numpy as np

from selfeval.domain.options import Measured, Option, Share, ShareOfPoints
from selfeval.domain.rounding import Array, Exact


@dataclass(frozen=True)
class Step:
    """From ``start`` on, ``share`` of the points; None: as many as the measure."""

    start: Annotated[Measured, Option("从多少起", "计量值达到这个数起适用本档", key="from")]
    share: Annotated[ShareOfPoints, Option("得分比例", "0 到 1 之间的比例（0.8 或 80%），或 measure（按计量值得分）")]


class Point(NamedTuple):
    """At the measure ``at``, ``share`` of the points."""

    at: Annotated[Measured, Option("计量值", "折线上的点：计量值")]
    share: Annotated[Share, Option("得分比例", "折线上的点：得分比例，0 到 1；点与点之间按直线计算")]


@dataclass(frozen=True)
class StepCurve:
    """Steps in rising order of ``start``. A measure below the first start earns nothing."""

    steps: tuple[Step, ...]

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """Where the curve may jump."""
        return tuple(step.start for step in self.steps)

    def of(self, measure: Fraction) -> Fraction:
        """The share, exactly, held between 0 and 1."""
        share = Fraction(0)
        for step in self.steps:
            if measure < step.start:
                break
            share = measure if step.share is None else step.share
        return min(max(share, Fraction(0)), Fraction(1))

    def values(self, measure: Array) -> Array:
        """The shares as floats, shape (n,). Exact only away from ``bounds``."""
        share = np.zeros_like(measure)
        for step in self.steps:
            reached = measure >= float(step.start)
            share = np.where(reached, measure if step.share is None else float(step.share), share)
        return np.clip(share, 0.0, 1.0)

    def formula(self, cell: str, places: int = 9) -> str:
        """The same as a worksheet expression over the cell that holds the measure (without the leading =).

        The measure is compared after rounding to so many places, because a sheet calculates in floats.
        """
        text = "0"
        for step in self.steps:
            share = cell if step.share is None else number(step.share)
            text = f"IF(ROUND({cell},{places})>={number(step.start)},{share},{text})"
        return f"MAX(0,MIN(1,{text}))"


@dataclass(frozen=True)
class LineCurve:
    """(measure, share) points in rising order of measure, joined by straight lines."""

    points: tuple[tuple[Fraction, Fraction], ...]

    @property
    def bounds(self) -> tuple[Fraction, ...]:
        """Where the curve bends; it never jumps, so no float result is doubtful there."""
        return ()

    def of(self, measure: Fraction) -> Fraction:
        """The share, exactly."""
        first, last = self.points[0], self.points[-1]
        if measure <= first[0]:
            return first[1]
        for (x0, y0), (x1, y1) in zip(self.points, self.points[1:], strict=False):
            if measure <= x1:
                return y0 + (measure - x0) * (y1 - y0) / (x1 - x0)
        return last[1]

    def values(self, measure: Array) -> Array:
        """The shares as floats, shape (n,)."""
        x = np.array([float(x) for x, _ in self.points])
        y = np.array([float(y) for _, y in self.points])
        return np.asarray(np.interp(measure, x, y), dtype=np.float64)

    def formula(self, cell: str, places: int = 9) -> str:  # noqa: ARG002 (one signature for every curve)
        """The same as a worksheet expression over the cell that holds the measure; it never jumps at a place."""
        text = number(self.points[-1][1])
        pairs = list(zip(self.points, self.points[1:], strict=False))
        for (x0, y0), (x1, y1) in reversed(pairs):
            slope = (y1 - y0) / (x1 - x0)
            line = f"{number(y0)}+({cell}-{number(x0)})*{number(slope)}"
            text = f"IF({cell}<={number(x1)},{line},{text})"
        return f"IF({cell}<={number(self.points[0][0])},{number(self.points[0][1])},{text})"


Curve = StepCurve | LineCurve

NO_CURVE = StepCurve(())
"""Where nothing is written: it never earns anything."""


def exact_shares(curve: Curve, measure: Exact) -> Exact:
    """The exact shares of exact measures (object arrays of Fraction)."""
    return np.array([curve.of(one) for one in measure], dtype=object)


def number(value: Fraction) -> str:
    """A fraction as a worksheet number: a plain decimal when it has one, else a division in brackets."""
    if value.denominator == 1:
        return str(value.numerator)
    text = f"{float(value):.15g}"
    if Fraction(text) == value and "e" not in text:
        return text
    return f"({value.numerator}/{value.denominator})"
