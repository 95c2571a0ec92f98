"""Telling actuals: for a target, the handful of values that show how its rule scores.

Around the target, and wherever the curve turns: the values that a case should try too.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isnan

from selfeval.domain.promise import Promise
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.reading.quantity import RATE, show_number, unit_class
from selfeval.domain.rounding import fraction

_AROUND = [Fraction(percent, 100) for percent in (0, 50, 60, 80, 90, 95, 100, 110, 120, 130, 200)]
_NEARLY = Fraction(9, 10)
_PERCENT_MOST = Fraction(100)
_DAYS = (-10, 0, 1, 30)
_COARSE = 20
"""Below, steps of one are too coarse."""


def telling_numbers(promise: Promise) -> tuple[str, ...]:
    """Values to try against a number or a range, as typed into a form: 6300, 95%."""
    numbers = promise.reading.numbers
    target, unit = fraction(numbers.value), numbers.unit
    assert promise.kind is not None
    capped = promise.kind.better < 0
    if not isnan(numbers.upper):
        upper = fraction(numbers.upper)
        found = [target / 2, target * _NEARLY, target, (target + upper) / 2, upper, upper * Fraction(11, 10), upper * 2]
    elif target == 0:
        found = [Fraction(0), Fraction(1, 10), Fraction(1)]
    else:
        found = [target * part for part in _AROUND if not capped or part == 0 or part >= _NEARLY]
        found += _at_turns(promise, target)
    if unit == RATE and target <= _PERCENT_MOST and not capped:
        found = [min(value, _PERCENT_MOST) for value in found]
    # so many decimals as the target has; people and events are whole
    decimals = len(show_number(target).partition(".")[2])
    places = decimals or (0 if unit_class(unit) == "count" or target >= _COARSE else 1)
    values = sorted({Fraction(round(value * 10**places), 10**places) for value in found if value >= 0})
    return tuple(f"{show_number(value)}{RATE if unit == RATE else ''}" for value in values)


def telling_days(promise: Promise) -> tuple[str, ...]:
    """Days to try against a deadline: 2024-12-31."""
    assert promise.measure is not None
    assert promise.rule is not None
    turns = [int(turn) for turn in promise.rule.curve.turns] if promise.measure.in_days else []
    offsets = sorted({*_DAYS, *turns, *(turn - 1 for turn in turns if turn > 1)})
    return tuple(from_excel_day(promise.asked.value + days).isoformat() for days in offsets)


def _at_turns(promise: Promise, target: Fraction) -> Iterator[Fraction]:
    """The actuals at which the curve turns, and those a unit or two on the wrong side of the target."""
    assert promise.kind is not None
    assert promise.measure is not None
    assert promise.rule is not None
    actuals = (promise.measure.actual_at(target, turn) for turn in promise.rule.curve.turns)
    yield from (actual for actual in actuals if actual is not None)
    if promise.rule.deduct is not None:
        sign = 1 if promise.kind.better < 0 else -1
        yield from (target + sign * step * promise.rule.deduct.every for step in (1, 2))
