"""Every measure of every kind, and what it may be fed: found by looking, so that a new kind is covered at once."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from selfeval.domain.curves import MEASURE, Curve, LineCurve, Step, StepCurve
from selfeval.domain.expression.tree import Expression, Name
from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import RATE, SCORE, SHARE, execution_measure
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import KEPT, KEPT_AT, LEVEL, POINTS, Terms
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Deduction
from tests.domain.rules import LATE, LEVELS, PROPORTIONAL, rulebook_2024

Row = dict[Hashable, Given]

BOOK = rulebook_2024()

OTHER_LEVELS = tuple(
    replace(level, low=Fraction(low, 10), high=Fraction(high, 10), default=Fraction(low + high, 20))
    for level, low, high in zip(LEVELS, (8, 5, 0), (10, 8, 5), strict=True)
)
TERMS = (
    Terms(LEVELS, Deduction(Fraction(1), Fraction(1), "whole")),
    Terms(LEVELS, Deduction(Fraction(1, 2), Fraction(1, 10), "ignored")),
    Terms(OTHER_LEVELS, Deduction(Fraction(3, 20), Fraction(3), "proportional")),
)
CURVES: tuple[Curve, ...] = (
    PROPORTIONAL,
    LATE,
    StepCurve((Step(Fraction(0), Fraction(0)), Step(Fraction(3, 5), None), Step(Fraction(19, 20), Fraction(1)))),
    StepCurve(
        (Step(Fraction(1, 2), Fraction(1, 2)), Step(Fraction(4, 5), Fraction(3, 4)), Step(Fraction(1), Fraction(1)))
    ),
    LineCurve(((Fraction(3, 5), Fraction(0)), (Fraction(4, 5), Fraction(1, 2)), (Fraction(1), Fraction(1)))),
)


def measured() -> dict[str, Expression]:
    """The measures of all kinds under every terms that make a difference, by ``kind measure``."""
    found: dict[str, Expression] = {}
    for kind in KINDS.values():
        for measure in kind.measures.values():
            different = dict.fromkeys(measure.expression(terms) for terms in TERMS)
            found |= {f"{kind.id} {measure.id} {i}": expression for i, expression in enumerate(different)}
    return found


OTHERS = {
    "checkpoint kept 0": KEPT_AT,
    "execution rate 0": RATE,
    "execution rate 1": execution_measure(replace(BOOK.execution, rate_first=True)),
}
"""Measures that belong to no kind."""


def scored(measure: Expression, curve: Curve) -> Expression:
    """From the inputs of a measure to its score."""
    return SCORE.bind({SHARE: curve.share.bind({MEASURE: measure})})


def names(node: object) -> Iterator[Name]:
    """The names in an expression, in order of appearance; some more than once."""
    if isinstance(node, Name):
        return iter([node])
    parts = node if isinstance(node, tuple) else vars(node).values() if isinstance(node, Expression) else ()
    return chain.from_iterable(names(part) for part in parts if isinstance(part, Expression | tuple))


def rows(expression: Expression, rng: Random, count: int, *, hair: bool) -> list[Row]:
    """Inputs as people give them: round numbers that often tie, blanks; ``hair``: and some a hair beside."""
    keys = [name.key for name in dict.fromkeys([*names(expression), POINTS])]
    return [_row(keys, rng, hair=hair) for _ in range(count)]


def _row(keys: list[Hashable], rng: Random, *, hair: bool) -> Row:
    base = rng.choice((1.0, 2.0, 5.0, 8.0, 10.0, 25.0, 40.0, 100.0, 1000.0, 12.5, 0.4, 0.0))
    row: Row = {key: _number(base, rng, hair=hair) for key in keys}
    row[POINTS.key] = rng.choice((10.0, 5.0, 12.5, 8.34, 0.03, 50.0, rng.randrange(6000) / 100, 0.0))
    if LEVEL.key in row:
        row[LEVEL.key] = rng.choice((*(level.label for level in LEVELS), "", "基本完成"))
    if KEPT.key in row:
        row[KEPT.key] = [_blank_or(rng.randrange(0, 17) / 16, rng) for _ in range(4)]
    return row


def _number(base: float, rng: Random, *, hair: bool) -> float | None:
    steps = rng.choice((1, 2, 8, 10, 100, 1000))
    number = float(f"{base * rng.randrange(-1, 2 * steps + 1) / steps:.12g}")
    if hair and rng.random() < 0.4:
        number = rng.choice((np.nextafter(number, 9e9), number + 1e-9, number - 1e-9, number + 1e-12, number - 1e-7))
    return _blank_or(float(number), rng)


def _blank_or(number: float, rng: Random) -> float | None:
    return None if rng.random() < 0.08 else number


def columns(table: list[Row]) -> Mapping[Hashable, npt.NDArray[Any]]:
    """The same rows as columns: NaN for a blank."""
    return {key: _column([row[key] for row in table]) for key in table[0]}


def _column(values: list[Given]) -> npt.NDArray[Any]:
    if any(isinstance(value, str) for value in values):
        return np.array(values, dtype=object)
    return np.array(values, dtype=np.float64)


def as_fraction(value: Given) -> Fraction:
    """A number given, exactly; a blank is 0."""
    return fraction(value) if isinstance(value, float) else Fraction(0)
