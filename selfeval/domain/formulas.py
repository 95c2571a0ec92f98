"""From a measure to a score: the formulas, each written once for the record, forms and workbooks."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.tree import Expression, Name, Rounded, lift, rounded, smallest, when
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, Terms
from selfeval.domain.measures.per_unit import SHORT, per_unit
from selfeval.domain.rounding import PLACES, in_points, to_hundredths
from selfeval.domain.rulebook import Earning, Execution, Rounding

SHARE = Name("share")
"""The share of the points that an indicator earns."""

BUDGET, EXECUTED = Name("budget"), Name("executed")
RATE = EXECUTED / BUDGET
RATE_PLACES = 4
"""A rate that is rounded before it is scored, or shown by a form, keeps two decimals of its percentage."""
_RATE_FIRST = rounded(RATE, RATE_PLACES)


def rounded_score(number: Expression, rounding: Rounding) -> Rounded:
    """A number of points as a score is printed."""
    return Rounded(number, rounding.places, rounding.way)


@cache
def score_formula(rounding: Rounding, earning: Earning = "points") -> Expression:
    """The score of a share of the points.

    Where scores have fewer decimals than points, all points are earned as they are, and never more than they (but for
    an ``uncapped`` share above 1). Of a section that takes points away, the score is what is ``taken``, below 0: by
    the share that is not kept, or, ``given`` by a person, the share that the points are.
    """
    if earning in {"taken", "given"}:
        kept = SHARE if earning == "given" else 1 - SHARE
        return lift(0) - _with_whole_points(kept, rounding, capped=True)
    return _with_whole_points(SHARE, rounding, capped=earning != "uncapped")


def _with_whole_points(share: Expression, rounding: Rounding, *, capped: bool) -> Expression:
    score = rounded_score(share * POINTS, rounding)
    if rounding.places == PLACES:  # points have no more decimals
        return score
    if capped:
        return when(share >= 1, POINTS, smallest(POINTS, score))
    return when(share.equals(1), POINTS, score)


SCORE = score_formula(Rounding())


@cache
def execution_measure(execution: Execution) -> Expression:
    """What is scored of the execution: its rate, rounded to 0.01% first where the rulebook says so.

    Or, per unit, 1 less the points that are off for every so many percentage points below 100%.
    """
    rate = _RATE_FIRST if execution.rate_first else RATE
    if execution.deduct is None:
        return rate
    return per_unit(SHORT).expression(Terms((), execution.deduct)).bind({ACTUAL: rate * 100, TARGET: lift(100)})


def score_of(share: Fraction, points: int, rounding: Rounding, earning: Earning = "points") -> int:
    """The score in hundredths of a share of so many points (hundredths), exactly."""
    known = {SHARE.key: share, POINTS.key: in_points(points)}
    return to_hundredths(exact_number(score_formula(rounding, earning), known))
