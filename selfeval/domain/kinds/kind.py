"""What a kind of indicator is: its faces, kept together.

The vectorised measure, the same measure as a worksheet formula, and the sentence that explains it live in one
place, so that scores, forms, workbooks, explain and audit cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from selfeval.domain.rulebook import Deduction, Level

Needs = Literal["number", "date", "payments", "level", "judgement", "nothing"]
"""What a department reports for a kind."""

# float64 for the bulk, Fraction objects for the rows settled exactly: the same expressions run on both.
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class Inputs:
    """What measures read, as arrays of shape (n,), either float64 or Fraction objects.

    ``actual`` and ``target`` share a unit (days for deadlines; shares for levels; points for judgements);
    ``upper`` is the upper bound of a range. ``paid`` and ``plan`` have shape (n, 4): the cumulative share of the
    full-year budget paid, and planned, at each checkpoint; ``planned`` says which checkpoints count. ``points`` are
    the indicator's own (10 for 10 points) and ``deduct`` what a unit costs; only ``per_unit`` reads them.
    """

    actual: Numbers
    target: Numbers
    upper: Numbers
    paid: Numbers
    plan: Numbers
    planned: npt.NDArray[np.bool_]
    points: Numbers = field(default_factory=lambda: np.zeros(0))
    deduct: Deduction | None = None


@dataclass(frozen=True)
class Cells:
    """Worksheet references of one indicator, in the roles of Inputs.

    ``actual`` holds the level's label for a qualitative one and ``percentage`` the share given with it.
    ``schedule`` is the range with min(1, paid / plan) of each checkpoint, ``""`` where one does not count.
    ``levels`` and ``deduct`` are the rulebook's.
    """

    actual: str
    target: str
    upper: str
    percentage: str
    points: str
    schedule: str
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
    upper: str
    measure: float
    shown: str
    compared: int
    given: bool
    difference: str = ""
    deduction: str = ""

    @property
    def negative(self) -> bool:
        """Whether the actual is below zero."""
        return self.actual.startswith("-")


@dataclass(frozen=True)
class Measure:
    """One way to measure a kind.

    ``values`` gives the measure, shape (n,); ``formula`` the worksheet expression without the leading =, for a row
    whose inputs are numbers; ``sentence`` the first half of the explanation; ``definition`` the formula in words,
    as printed in rule documents, with A actual and T target. ``counts`` gives, for a measure that cuts to whole
    numbers, what it cuts: a row where that lies near a whole number is settled exactly. ``unit`` is the class of unit
    that the target must have, blank: any.
    """

    id: str
    definition: str
    values: Callable[[Inputs], Numbers]
    formula: Callable[[Cells], str]
    sentence: Callable[[Told], str]
    counts: Callable[[Inputs], Numbers] | None = None
    unit: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of indicator: its id in YAML, Chinese label, what it needs, and its measures (the usual one first)."""

    id: str
    label: str
    needs: Needs
    measures: Mapping[str, Measure]


def divide(numerator: Numbers, denominator: Numbers) -> Numbers:
    """Elementwise division that gives 0 where the denominator is 0, in floats and in fractions alike."""
    zero = denominator == 0
    return np.where(zero, numerator * 0, numerator / np.where(zero, denominator + 1, denominator))
