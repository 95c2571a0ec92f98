"""What a measure is, and the names that its expression is written with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.expression.tree import Expression, Name
from selfeval.domain.rulebook import Deduction, Level

ACTUAL, TARGET, UPPER, POINTS = Name("actual"), Name("target"), Name("upper"), Name("points")
"""Actual and target in one unit (a deadline as Excel days); the upper bound of a range; the indicator's points."""

LEVEL, PERCENTAGE = Name("level"), Name("percentage")
"""The label of the level picked, and the share given with it (blank: none)."""

PENDING = "待补充"
"""Stands for a number that cannot be worked out yet."""


@dataclass(frozen=True)
class Terms:
    """What of a rulebook enters a measure: the qualitative levels, and what a unit missed costs."""

    levels: tuple[Level, ...]
    deduct: Deduction | None = None


@dataclass(frozen=True)
class Told:
    """One scored row, as texts for a sentence: printed numbers with their units.

    ``measure`` is the measure as a number, ``shown`` the same as printed; ``compared`` is -1, 0 or 1 as the actual
    lies below, at (or inside) or above the target; ``given`` says that a percentage came with a level.
    ``difference`` is how far the two lie apart, ``deduction`` what that costs, in words.
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

    @property
    def negative(self) -> bool:
        """Whether the actual is below zero."""
        return self.actual.startswith("-")


@dataclass(frozen=True)
class Measure:
    """One way to measure a kind.

    ``expression`` is the measure, in the names above; ``sentence`` the first half of the explanation;
    ``definition`` the formula in words, as printed in rule documents, with A actual and T target; ``missed`` what a
    department is promised for a missed target where the score is simply proportional. ``unit`` is the class of unit
    that the target must have, blank: any. ``at_most_one`` and ``never_negative`` bound the measure. ``actual_at``
    gives the actual at which a target has a measure, None where there is none.
    """

    id: str
    definition: str
    expression: Callable[[Terms], Expression]
    sentence: Callable[[Told], str]
    missed: str = ""
    unit: str = ""
    at_most_one: bool = False
    never_negative: bool = False
    in_days: bool = False
    actual_at: Callable[[Fraction, Fraction], Fraction | None] = lambda _target, _measure: None


def always(expression: Expression) -> Callable[[Terms], Expression]:
    """An expression that is the same under every rulebook."""
    return lambda _terms: expression


def by_id(*measures: Measure) -> Mapping[str, Measure]:
    """The measures of a kind, the usual one first."""
    return {measure.id: measure for measure in measures}
