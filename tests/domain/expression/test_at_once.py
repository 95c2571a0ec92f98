"""What is calculated at once, with numbers or texts alone, is what the full calculation gives."""

from __future__ import annotations

from collections.abc import Hashable
from random import Random

import pytest

from selfeval.domain.expression.evaluate import Maker
from selfeval.domain.expression.functions import COMPARISON
from selfeval.domain.expression.tree import Expression, Name, Operation, Rounded, absolute, floor, largest, when
from selfeval.domain.expression.values import (
    ABSENT,
    EXACT,
    SHEET,
    Arithmetic,
    ExactNumbers,
    Given,
    Loose,
    SheetNumbers,
    Value,
)
from tests.domain.expression.measured import CURVES, measured, rows, scored

A, B = Name("a"), Name("b")
CALCULATIONS: tuple[Expression, ...] = (
    *(Operation(sign, A, B) for sign in (*COMPARISON, "+", "-", "*", "/", "&")),
    *(Rounded(A, places, way) for places in (0, 2, 9) for way in ("half", "up", "down", "steady")),
    absolute(A),
    floor(A),
    when(A > B, A, largest(A / B, 0)),
)


class _Nobody(float):
    """Not the type of any value."""


class _Text(str):
    """A text that is not compared at once."""

    __slots__ = ()


class FullSheet(SheetNumbers):
    """As a sheet calculates, never at once."""

    kind = _Nobody


class FullExact(ExactNumbers):
    """Exactly, never at once."""

    kind = _Nobody


both = pytest.mark.parametrize(("at_once", "in_full"), [(SHEET, FullSheet()), (EXACT, FullExact())])


def some(dice: Random) -> Value:
    """A number, often whole, 0 or with noise in its last digits; at times something else."""
    if dice.random() < 0.1:
        return dice.choice((None, "", "约3", "Abc", "aBC", "3", True, False, ABSENT))
    number = dice.choice((0.0, 1.0, 0.1, 0.3, 2.5, 1.005, dice.randrange(100) / 8, dice.uniform(-1000, 1000)))
    return number * (1 + dice.choice((0, 0, 1e-15, 3e-14, 9e-14, 1.1e-13, 1e-9)))


def outcome(how: Arithmetic, expression: Expression, values: dict[Hashable, Given]) -> object:
    """The value with its type, to the last digit."""
    found = Maker(how).ready(expression)(Loose(values))
    kind = str if isinstance(found, str) else type(found)
    return kind, repr(found) if isinstance(found, float) else found


def as_others(value: Given) -> Given:
    return _Text(value) if isinstance(value, str) else value


@both
@pytest.mark.parametrize("calculation", CALCULATIONS, ids=[str(at) for at in range(len(CALCULATIONS))])
def test_of_anything(calculation: Expression, at_once: Arithmetic, in_full: Arithmetic) -> None:
    dice = Random(16)
    for _ in range(2_000):
        a = some(dice)
        b = dice.choice((some(dice), a))
        values: dict[Hashable, Given] = {"a": a, "b": b}
        full = {key: as_others(value) for key, value in values.items()}
        assert outcome(at_once, calculation, values) == outcome(in_full, calculation, full), (a, b)


@both
def test_of_every_measure(at_once: Arithmetic, in_full: Arithmetic) -> None:
    for name, measure in measured().items():
        for curve in CURVES:
            score = scored(measure, curve)
            for row in rows(measure, Random(16), 10, hair=True):
                assert outcome(at_once, score, row) == outcome(in_full, score, row), (name, row)
