"""From a measure to a total: the formulas of every score, each written once for the record, forms and workbooks."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from functools import cache

from selfeval.domain.expression.evaluate import exact_number, exactly
from selfeval.domain.expression.tree import (
    Expression,
    Name,
    all_of,
    cases,
    count_of,
    is_number,
    joined,
    largest,
    rounded,
    shown,
    steady,
    total,
    total_where,
    when,
)
from selfeval.domain.expression.values import Given, Value
from selfeval.domain.measures.measure import PENDING, POINTS
from selfeval.domain.rounding import PLACES, POINTS_FORMAT, WHOLE, in_points, to_hundredths
from selfeval.domain.rulebook import Grade, Rulebook
from selfeval.domain.scored import PENDING_GRADE, State

SHARE = Name("share")
"""The share of the points that an indicator earns."""

SCORE = rounded(SHARE * POINTS, PLACES)

BUDGET, EXECUTED = Name("budget"), Name("executed")
RATE = EXECUTED / BUDGET
RATE_PLACES = 4
"""A rate that is rounded before it is scored, or shown by a form, keeps two decimals of its percentage."""
_RATE_FIRST = rounded(RATE, RATE_PLACES)

SCORES, ALL_POINTS = Name("scores"), Name("all_points")
"""The scores of a project's rows (a word where there is none), and the points beside them."""

BROKEN = State.ERROR.label
HUNDRED = in_points(WHOLE)

SECURED = steady(total(SCORES), PLACES)
SHARED = steady(total(ALL_POINTS), PLACES)
OPEN_ROWS = count_of(SCORES, PENDING) + count_of(SCORES, BROKEN)
_OPEN_POINTS = total_where(SCORES, PENDING, ALL_POINTS) + total_where(SCORES, BROKEN, ALL_POINTS)

SECURED_AT, SHARED_AT, OPEN_AT = Name("secured"), Name("shared"), Name("open")
HIGHEST_AT, TOTAL_AT = Name("highest"), Name("total")
"""Where sums stand once they are worked out."""


def execution_measure(rulebook: Rulebook) -> Expression:
    """The rate that is scored, rounded to 0.01% first where the rulebook says so."""
    return _RATE_FIRST if rulebook.execution.rate_first else RATE


def of_hundred(points: Expression) -> Expression:
    """Points out of those that apply, converted to a form of 100."""
    return rounded(points * HUNDRED / SHARED_AT, PLACES)


@cache
def lowest(*, converted: bool) -> Expression:
    """The points secured. ``converted``: from the points that apply to a form of 100."""
    return of_hundred(SECURED_AT) if converted else SECURED_AT


@cache
def highest(*, converted: bool) -> Expression:
    """The most a project can reach: what is secured, the points of every open row, and points not shared out."""
    reachable = SECURED_AT + _OPEN_POINTS
    if converted:
        return of_hundred(reachable)
    return steady(reachable + largest(0, HUNDRED - SHARED_AT), PLACES)


@cache
def final(*, converted: bool) -> Expression:
    """Whether a project has a final total: nothing is open, and all points are shared out."""
    complete = OPEN_AT.equals(0)
    return complete if converted else all_of(complete, SHARED_AT.equals(HUNDRED))


def settled(*, converted: bool, otherwise: Expression | str = PENDING) -> Expression:
    """The total once it is final, else 待补充."""
    return when(final(converted=converted), lowest(converted=converted), otherwise)


def total_shown(*, converted: bool) -> Expression:
    """The total once it is final, else the range: 82.35 – 92.35."""
    least = shown(lowest(converted=converted), POINTS_FORMAT)
    return settled(converted=converted, otherwise=joined(least, " – ", shown(HIGHEST_AT, POINTS_FORMAT)))


def grade_of(total: int, rulebook: Rulebook) -> str:
    """The grade of a total in hundredths."""
    return str(exactly(grade_shown(rulebook), {TOTAL_AT.key: in_points(total)}))


def grade_shown(rulebook: Rulebook) -> Expression:
    """The grade of the total at ``TOTAL_AT``; 待定 while that is no number."""
    return _grade_shown(rulebook.grades)


@cache
def _grade_shown(grades: tuple[Grade, ...]) -> Expression:
    *upper, last = grades
    grade = cases(*((in_points(grade.lowest) <= TOTAL_AT, grade.label) for grade in upper), otherwise=last.label)
    return when(is_number(TOTAL_AT), grade, PENDING_GRADE)


def score_of(share: Fraction, points: int) -> int:
    """The score in hundredths of a share of so many points (hundredths), exactly."""
    return to_hundredths(exact_number(SCORE, {SHARE.key: share, POINTS.key: in_points(points)}))


def sums_of(scores: Sequence[Value], points: Sequence[int]) -> dict[Hashable, Given]:
    """What ``lowest``, ``highest`` and ``final`` read, exactly, from scores of rows and their points (hundredths)."""
    known: dict[Hashable, Given] = {SCORES.key: scores, ALL_POINTS.key: [*map(in_points, points)]}
    for name, formula in ((SECURED_AT, SECURED), (SHARED_AT, SHARED), (OPEN_AT, OPEN_ROWS)):
        known[name.key] = exact_number(formula, known)
    return known
