"""From the scores of a project to its total and grade: each formula written once for record, forms and workbooks."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, reduce
from operator import add

from selfeval.domain.expression.evaluate import exact_number, exactly
from selfeval.domain.expression.tree import (
    Expression,
    Name,
    all_of,
    any_of,
    cases,
    count_of,
    is_number,
    joined,
    largest,
    shown,
    smallest,
    steady,
    total,
    total_where,
    when,
)
from selfeval.domain.expression.values import Given, Value
from selfeval.domain.formulas import rounded_score
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import PLACES, WHOLE, in_points, points_format, to_hundredths
from selfeval.domain.rulebook import USUAL, Grade, Rounding, Rulebook, Section
from selfeval.domain.scored import PENDING_GRADE, State

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

OPEN_ENDED = Name("open_ended")
"""How many rows are open whose score may be above their points."""


@dataclass(frozen=True)
class Extra:
    """A section outside the 100: ``bonus`` adds at most its points (hundredths), else it takes at most as many."""

    id: str
    bonus: bool
    points: int

    @property
    def got(self) -> Name:
        """The sum of its scores: above 0 for a bonus, else below."""
        return Name(("extra", self.id, "got"))

    @property
    def open(self) -> Name:
        """The points of its rows without a score."""
        return Name(("extra", self.id, "open"))

    def counted(self, scores: Expression) -> Expression:
        """What of its scores counts."""
        most = in_points(self.points)
        return smallest(most, scores) if self.bonus else largest(-most, scores)

    @property
    def least(self) -> Expression:
        """What it comes to at the least."""
        return self.counted(self.got if self.bonus else self.got - self.open)

    @property
    def most(self) -> Expression:
        """What it comes to at the most."""
        return self.counted(self.got + self.open if self.bonus else self.got)


@dataclass(frozen=True)
class Way:
    """How a project's scores make its total.

    ``converted``: from the points that apply to a form of 100. ``extras`` are the sections outside the 100 of which it
    has rows; ``limited``: what they add lifts no total above 100. ``uncapped``: a score may be above its points;
    ``fine``: points have more decimals than rounded scores, so that all are printed with those of points.
    """

    converted: bool = False
    rounding: Rounding = USUAL
    extras: tuple[Extra, ...] = ()
    limited: bool = True
    uncapped: bool = False
    fine: bool = False

    @property
    def places(self) -> int:
        """The decimals with which scores and points are printed."""
        return self.finest.places

    @property
    def finest(self) -> Rounding:
        """How its scores are rounded, with the decimals with which they are printed."""
        return replace(self.rounding, places=PLACES) if self.fine else self.rounding


PLAIN = Way()
"""The sum of the scores."""


def way_of(rulebook: Rulebook, sections: Iterable[str], points: Sequence[int], *, uncapped: bool = False) -> Way:
    """The way of a project: the section ids of its rows, and the points (hundredths) of its indicators."""
    present, rounding = set(sections), rulebook.rounding
    extras = tuple(extra_of(section) for section in rulebook.sections if section.extra and section.id in present)
    fine = rounding.places_of(points) > rounding.places
    converts, limited = rulebook.converts(sum(points)), rulebook.total_cap == "hundred"
    return Way(converts, rounding, extras, limited, uncapped, fine)


def extra_of(section: Section) -> Extra:
    """A section outside the 100."""
    return Extra(section.id, section.extra == "bonus", section.points)


def of_hundred(points: Expression, rounding: Rounding) -> Expression:
    """Points out of those that apply, converted to a form of 100."""
    return rounded_score(points * HUNDRED / SHARED_AT, rounding)


def _within(way: Way, all_scores: Expression, counted: dict[Extra, Expression]) -> Expression:
    """The scores of the 100 (``all_scores`` less those of extras), and what counts of the extras."""
    if not way.extras:
        return of_hundred(all_scores, way.rounding) if way.converted else all_scores
    outside = reduce(add, (extra.got for extra in way.extras))
    inside: Expression = all_scores - outside
    inside = of_hundred(inside, way.rounding) if way.converted else inside
    taken = [counted[extra] for extra in way.extras if not extra.bonus]
    added = [counted[extra] for extra in way.extras if extra.bonus]
    found = reduce(add, taken, inside)
    if added:
        with_bonus = reduce(add, added, found)
        found = smallest(with_bonus, largest(HUNDRED, found)) if way.limited else with_bonus
    return steady(largest(0, found), PLACES)


@cache
def lowest(way: Way) -> Expression:
    """The points secured; of an open row that may take points away, that it takes them all."""
    return _within(way, SECURED_AT, {extra: extra.least for extra in way.extras})


@cache
def highest(way: Way) -> Expression:
    """The most a project can reach: what is secured, the points of every open row, and points not shared out.

    An open row that may earn more than its points counts with these; ``OPEN_ENDED`` says that there is one.
    """
    reachable = SECURED_AT + _OPEN_POINTS
    most = {extra: extra.most for extra in way.extras}
    if way.converted:
        return _within(way, reachable, most)
    return steady(_within(way, reachable + largest(0, HUNDRED - SHARED_AT), most), PLACES)


@cache
def final(way: Way) -> Expression:
    """Whether a project has a final total: nothing is open, and all points are shared out."""
    complete = OPEN_AT.equals(0)
    return complete if way.converted else all_of(complete, SHARED_AT.equals(HUNDRED))


def settled(way: Way, otherwise: Expression | str = PENDING) -> Expression:
    """The total once it is final, else 待补充."""
    return when(final(way), lowest(way), otherwise)


def total_shown(way: Way) -> Expression:
    """The total once it is final, else the range: 82.35 – 92.35, with 以上 where an open row may earn more."""
    pattern = points_format(way.places)
    span: list[Expression | str] = [shown(lowest(way), pattern), " – ", shown(HIGHEST_AT, pattern)]
    return settled(way, joined(*span, *([when(OPEN_ENDED.equals(0), "", ABOVE)] if way.uncapped else [])))


ABOVE = " 以上"


def grade_of(points: int, rulebook: Rulebook) -> str:
    """The grade of a total in hundredths."""
    return str(exactly(grade_shown(rulebook), {TOTAL_AT.key: in_points(points)}))


def grade_shown(rulebook: Rulebook) -> Expression:
    """The grade of the total at ``TOTAL_AT``; 待定 while that is no number."""
    return _grade_shown(rulebook.grades)


@cache
def _grade_shown(grades: tuple[Grade, ...]) -> Expression:
    *upper, last = grades
    grade = cases(*((in_points(grade.lowest) <= TOTAL_AT, grade.label) for grade in upper), otherwise=last.label)
    return when(is_number(TOTAL_AT), grade, PENDING_GRADE)


@dataclass(frozen=True)
class Counted:
    """A row as a total counts it: its points (0 outside the 100), its score or the word for its lack, its section.

    ``most`` is what a row outside the 100 may add or take; all are hundredths.
    """

    points: int
    score: int | str
    section: str = ""
    most: int = 0


def sums_of(rows: Sequence[Counted], way: Way) -> dict[Hashable, Given]:
    """What ``lowest``, ``highest`` and ``final`` read, exactly."""
    scores: list[Value] = [row.score if isinstance(row.score, str) else in_points(row.score) for row in rows]
    known: dict[Hashable, Given] = {SCORES.key: scores, ALL_POINTS.key: [in_points(row.points) for row in rows]}
    for name, formula in ((SECURED_AT, SECURED), (SHARED_AT, SHARED), (OPEN_AT, OPEN_ROWS)):
        known[name.key] = exact_number(formula, known)
    for extra in way.extras:
        own = [row for row in rows if row.section == extra.id]
        known[extra.got.key] = in_points(sum(row.score for row in own if not isinstance(row.score, str)))
        is_open = [row.most for row in own if row.score in {PENDING, BROKEN}]
        known[extra.open.key] = in_points(sum(is_open))
    return known


def ends_of(rows: Sequence[Counted], way: Way) -> tuple[int, int, bool]:
    """The least and the most that a project comes to, in hundredths, and whether its total is final."""
    known = sums_of(rows, way)
    least, most = (to_hundredths(exact_number(end(way), known)) for end in (lowest, highest))
    return least, most, exactly(final(way), known) is True


def open_points(cells: Sequence[tuple[Name, int]]) -> Expression:
    """The points (hundredths) of the rows whose score is still a word: 待补充 or 错误."""
    parts = (when(any_of(name.equals(PENDING), name.equals(BROKEN)), in_points(points), 0) for name, points in cells)
    return reduce(add, parts)
