"""Telling actuals: for a target, the handful of values that show how its rule scores.

Around the target, and wherever the curve turns: the values that a case should try too.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from selfeval.domain.curves import LineCurve
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.reading.quantity import RATE, show_number, unit_class
from selfeval.domain.rulebook import KindRule

_AROUND = tuple(Fraction(one, 100) for one in (0, 50, 60, 80, 90, 95, 100, 110, 120, 130, 200))
_NEARLY = Fraction(9, 10)
_PERCENT_MOST = 100
_DAYS = (-10, 0, 1, 30)


def turning_points(rule: KindRule) -> tuple[Fraction, ...]:
    """The measures at which the curve of a rule turns or jumps."""
    curve = rule.curve
    return tuple(x for x, _ in curve.points) if isinstance(curve, LineCurve) else curve.bounds


def telling_numbers(rule: KindRule, target: Fraction, upper: Fraction | None, unit: str) -> tuple[str, ...]:
    """Values to try against a number (or, with ``upper``, a range), as typed into a form: 6300, 95%."""
    if upper is not None:
        found = [target / 2, target * Fraction(9, 10), target, (target + upper) / 2]
        found += [upper, upper * Fraction(11, 10), upper * 2]
    elif target == 0:
        found = [Fraction(0), Fraction(1, 10), Fraction(1)]
    else:
        around = [one for one in _AROUND if rule.kind != "at_most" or one == 0 or one >= _NEARLY]
        found = [target * one for one in around] + list(_at_turns(rule, target))
    if unit == RATE and target <= _PERCENT_MOST and rule.kind != "at_most":
        found = [min(one, Fraction(_PERCENT_MOST)) for one in found]
    places = _places(target, unit)
    texts = sorted({_cut(one, places) for one in found if one >= 0})
    return tuple(f"{show_number(one)}{RATE if unit == RATE else ''}" for one in texts)


def telling_days(rule: KindRule, deadline: float) -> tuple[str, ...]:
    """Days to try against a deadline (an Excel day): 2024-12-31."""
    turns = [int(one) for one in turning_points(rule)] if rule.measure == "days_late" else []
    offsets = sorted({*_DAYS, *turns, *(one - 1 for one in turns if one > 1)})
    return tuple(from_excel_day(deadline + one).isoformat() for one in offsets)


def _at_turns(rule: KindRule, target: Fraction) -> Iterable[Fraction]:
    for one in turning_points(rule):
        if rule.measure == "rate":
            yield one * 100
        elif rule.measure == "excess":
            yield target * (2 - one)
        elif rule.measure == "inverse_ratio" and one > 0:
            yield target / one
        elif rule.measure == "ratio":
            yield target * one
    if rule.deduct is not None:
        sign = 1 if rule.kind == "at_most" else -1
        yield from (target + sign * step * rule.deduct.every for step in (1, 2))


def _places(target: Fraction, unit: str) -> int:
    """So many decimals as the target has; people and events are whole."""
    decimals = len(show_number(target).partition(".")[2])
    whole = unit_class(unit) == "count" or target >= 20  # noqa: PLR2004 - below, steps of one are too coarse
    return decimals if decimals or whole else 1


def _cut(value: Fraction, places: int) -> Fraction:
    scale = 10**places
    return Fraction(round(value * scale), scale)
