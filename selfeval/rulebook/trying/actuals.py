"""Telling actuals: for a target, the handful of values that show how its rule scores.

Around the target, and wherever the curve turns: the values that a case should try too.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import isnan

from selfeval.domain.promise import Promise
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.reading.quantity import RATE, show_number, unit_class
from selfeval.domain.rounding import fraction

_AROUND = tuple(Fraction(one, 100) for one in (0, 50, 60, 80, 90, 95, 100, 110, 120, 130, 200))
_NEARLY = Fraction(9, 10)
_PERCENT_MOST = 100
_DAYS = (-10, 0, 1, 30)


def telling_numbers(promise: Promise) -> tuple[str, ...]:
    """Values to try against a number or a range, as typed into a form: 6300, 95%."""
    numbers = promise.reading.numbers
    target, unit = fraction(numbers.value), numbers.unit
    assert promise.kind is not None
    capped = promise.kind.better < 0
    if not isnan(numbers.upper):
        upper = fraction(numbers.upper)
        found = [target / 2, target * Fraction(9, 10), target, (target + upper) / 2]
        found += [upper, upper * Fraction(11, 10), upper * 2]
    elif target == 0:
        found = [Fraction(0), Fraction(1, 10), Fraction(1)]
    else:
        around = [part for part in _AROUND if not capped or part == 0 or part >= _NEARLY]
        found = [target * part for part in around] + list(_at_turns(promise, target))
    if unit == RATE and target <= _PERCENT_MOST and not capped:
        found = [min(one, Fraction(_PERCENT_MOST)) for one in found]
    places = _places(target, unit)
    texts = sorted({_cut(one, places) for one in found if one >= 0})
    return tuple(f"{show_number(one)}{RATE if unit == RATE else ''}" for one in texts)


def telling_days(promise: Promise) -> tuple[str, ...]:
    """Days to try against a deadline: 2024-12-31."""
    assert promise.measure is not None
    assert promise.rule is not None
    turns = [int(turn) for turn in promise.rule.curve.turns] if promise.measure.in_days else []
    deadline = promise.asked.value
    offsets = sorted({*_DAYS, *turns, *(one - 1 for one in turns if one > 1)})
    return tuple(from_excel_day(deadline + one).isoformat() for one in offsets)


def _at_turns(promise: Promise, target: Fraction) -> Iterable[Fraction]:
    """The actuals at which the curve turns, and those a unit or two on the wrong side of the target."""
    assert promise.kind is not None
    assert promise.measure is not None
    assert promise.rule is not None
    actuals = (promise.measure.actual_at(target, turn) for turn in promise.rule.curve.turns)
    yield from (actual for actual in actuals if actual is not None)
    if promise.rule.deduct is not None:
        sign = 1 if promise.kind.better < 0 else -1
        yield from (target + sign * step * promise.rule.deduct.every for step in (1, 2))


def _places(target: Fraction, unit: str) -> int:
    """So many decimals as the target has; people and events are whole."""
    decimals = len(show_number(target).partition(".")[2])
    whole = unit_class(unit) == "count" or target >= 20  # noqa: PLR2004 - below, steps of one are too coarse
    return decimals if decimals or whole else 1


def _cut(value: Fraction, places: int) -> Fraction:
    scale = 10**places
    return Fraction(round(value * scale), scale)
