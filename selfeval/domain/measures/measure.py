"""What a measure is, the names that its expression is written with, and the measures that several kinds share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.expression.tree import Expression, Name, largest, mean, smallest, when
from selfeval.domain.rulebook import Deduction, Level
from selfeval.domain.scored import State

ACTUAL, TARGET, UPPER, POINTS = Name("actual"), Name("target"), Name("upper"), Name("points")
"""Actual and target in one unit (a deadline as Excel days); the upper bound of a range; the indicator's points."""

LEVEL, PERCENTAGE = Name("level"), Name("percentage")
"""The label of the level picked, and the share given with it (blank: none)."""

PAID, PLAN = Name("paid"), Name("plan")
KEPT_AT = when(PLAN.equals(0), 1, smallest(1, PAID / PLAN))
"""The cumulative shares of the full-year budget paid and planned at one checkpoint, and min(1, paid ÷ plan)."""

KEPT = Name("kept")
MEAN_KEPT = mean(KEPT)
"""``KEPT_AT`` of every checkpoint of the plan, a list, blank where one does not count; and its mean."""

PENDING = State.ASK.label
"""Stands for a number that cannot be worked out yet."""


@dataclass(frozen=True)
class Terms:
    """What of a rulebook enters a measure: the qualitative levels, and what a unit missed costs."""

    levels: tuple[Level, ...]
    deduct: Deduction | None = None


@dataclass(frozen=True)
class RowTexts:
    """One scored row, as texts for a sentence: printed numbers with their units.

    ``shown`` is the measure as printed; ``compared`` is -1, 0 or 1 as the actual lies below, at (or inside) or above
    the target; ``given``: a percentage came with a level; ``deduction`` is what the ``difference`` costs, in words,
    ``mark`` the fixed mark that it is counted from (blank: the target), ``side`` where it counts: 低于, 高于.
    """

    actual: str
    target: str
    upper: str = ""
    measure: float = 0.0
    shown: str = ""
    compared: int = 0
    given: bool = False
    difference: str = ""
    deduction: str = ""
    mark: str = ""
    side: str = ""

    @property
    def negative(self) -> bool:
        """Whether the actual is below zero."""
        return self.actual.startswith("-")


@dataclass(frozen=True)
class Measure:
    """One way to measure a kind, an ``expression`` in the names above.

    ``definition`` is its formula in words, with the letters of the official form, A 指标值 and B 实际完成值;
    ``sentence`` the first half of the explanation; ``missed`` what is promised for a missed target where the score is
    proportional. ``unit`` is the class of unit that the target must have, blank: any; ``marks`` the keys of a
    fixed mark that it takes; ``signed``: a target below zero can be measured. ``actual_at`` gives the actual at which a
    target has a measure (None: none has). ``rises`` is 1 where more of the measure is better, -1 where less is, 0 where
    the kind says; ``met_at`` is the measure of a target just met (None: it depends on the target); ``in_unit``: it
    depends on the unit that actual and target are in, as a ratio does not; ``called``: the word for its value.
    """

    id: str
    definition: str
    expression: Callable[[Terms], Expression]
    sentence: Callable[[RowTexts], str]
    missed: str = ""
    unit: str = ""
    marks: tuple[str, ...] = ()
    rises: int = 1
    met_at: Fraction | None = Fraction(1)
    at_most_one: bool = False
    never_negative: bool = False
    in_days: bool = False
    in_unit: bool = False
    called: str = "完成程度"
    signed: bool = False
    actual_at: Callable[[Fraction, Fraction], Fraction | None] = lambda _target, _measure: None


def always(expression: Expression) -> Callable[[Terms], Expression]:
    """An expression that is the same under every rulebook."""
    return lambda _terms: expression


def by_id(*measures: Measure) -> Mapping[str, Measure]:
    """The measures of a kind, the usual one first."""
    return {measure.id: measure for measure in measures}


def ratio(definition: str, sentence: Callable[[RowTexts], str], missed: str) -> Measure:
    """The measure for a kind that tells it in its own words. A negative actual counts as 0."""
    return Measure(
        "ratio",
        definition,
        always(when(TARGET.equals(0), when(ACTUAL >= 0, 1, 0), largest(ACTUAL, 0) / TARGET)),
        sentence,
        missed,
        never_negative=True,
        called="完成率",
        actual_at=lambda target, measure: target * measure,
    )


RATE_ITSELF = Measure(
    "rate",
    "B本身（百分比），不与A比较",
    always(ACTUAL / 100),
    lambda row: f"实际完成{row.actual}（指标值{row.target}），按实际比率本身计分",
    unit="rate",
    in_unit=True,
    signed=True,
    called="实际比率",
    rises=0,
    met_at=None,
    actual_at=lambda _target, measure: measure * 100,
)
"""The actual as a share: 95% is 0.95. Only for targets in percent."""
