"""Attention: completion, flags that never change a score, and reasons that are demanded."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction, show_points
from selfeval.domain.rulebook import KindRule, show_percent
from selfeval.domain.scoring.sentences import show_share

_COMPARED = frozenset({"at_least", "at_most", "exactly"})
"""Kinds whose actual and target are two numbers of one unit."""


@dataclass(frozen=True)
class Flaggable:
    """One scored indicator, as far as flags need it. ``score`` and ``points`` are hundredths."""

    place: Place
    kind: str
    target_text: str
    target: float
    unit: str
    actual: float
    strict: bool
    points: int
    score: int
    reason: str
    reason_place: Place
    forced: bool
    year: int


def completion_of(kind: str, actual: float, target: float) -> float:
    """完成率, actual / target as a share; NaN where it has no meaning (other kinds, a target of 0)."""
    if kind not in _COMPARED or target == 0 or np.isnan(actual):
        return float("nan")
    return float(fraction(actual) / fraction(target))


def flags(row: Flaggable, rule: KindRule) -> tuple[bool, list[Problem]]:
    """Whether a reviewer should look, and the problems: missing reasons are errors, flags are notes."""
    problems: list[Problem] = []
    if row.score < row.points and not row.reason and rule.kind != "judged":
        facts = {"score": show_points(row.score), "lost": show_points(row.points - row.score)}
        problems.append(problem("E510", row.reason_place, **facts))
    if row.forced:
        return True, problems
    flagged = False
    if row.kind in {*_COMPARED, "range"} and row.actual < 0:
        problems.append(problem("W401", row.place, what="实际完成值", found=show_number(row.actual)))
        flagged = True
    if row.kind == "deadline" and from_excel_day(row.actual).year < row.year:
        facts = {"found": from_excel_day(row.actual).isoformat(), "year": str(row.year)}
        problems.append(problem("W403", row.place, **facts))
        flagged = True
    if row.kind in {"at_least", "exactly"}:
        flagged |= _over(row, rule, problems)
    if row.kind in {"at_least", "at_most"} and row.strict and row.actual == row.target:
        problems.append(problem("I503", row.place, target=row.target_text))
        flagged = True
    if rule.attention.unequal and row.kind in _COMPARED and row.actual != row.target:
        facts = {
            "actual": show_value(row.actual, row.unit),
            "target": show_value(row.target, row.unit),
        }
        problems.append(problem("I502", row.place, **facts))
        flagged = True
    return flagged, problems


def _over(row: Flaggable, rule: KindRule, problems: list[Problem]) -> bool:
    """Over-achievement, and the target of 0 that tests nothing."""
    if row.target == 0:
        problems.append(problem("W504", row.place, target=row.target_text))
        return True
    completion = fraction(row.actual) / fraction(row.target)
    shown = show_share(float(completion))
    flag_from, reason_from = rule.attention.flag_from, rule.attention.reason_from
    if reason_from is not None and completion >= reason_from and not row.reason:
        threshold = show_percent(reason_from)
        problems.append(problem("E511", row.reason_place, completion=shown, threshold=threshold))
        return True
    if flag_from is not None and completion >= flag_from:
        problems.append(problem("I501", row.place, completion=shown, threshold=show_percent(flag_from)))
        return True
    return False
