"""Attention: flags that never change a score, and reasons that are demanded."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.kind import Kind
from selfeval.domain.needs.need import Outcome
from selfeval.domain.problems import Problem, problem
from selfeval.domain.promise import Promise
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import show_share
from selfeval.domain.reported import ACTUAL_ITEMS, CATEGORIES, SCORED_ITEMS, says_something
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Rounding, show_percent

_UNEXPLAINED = "E511"
"""The code of a target far exceeded without a reason; its place is the reason's."""


def completion_of(kind: Kind | None, actual: float, target: float) -> float:
    """完成率, actual / target as a share; NaN where it has no meaning (other kinds, a target of 0)."""
    if kind is None or not kind.compared or target == 0 or isnan(actual):
        return float("nan")
    return float(fraction(actual) / fraction(target))


def flags(
    case: Case, promise: Promise, outcome: Outcome, points: int, score: int, rounding: Rounding
) -> tuple[bool, list[Problem]]:
    """Whether a reviewer should look at a scored row, and why; missing reasons. points and score are hundredths."""
    indicator = promise.indicator.indicator
    place = outcome.cell.place(case.code, indicator)
    at, reason, problems = case.answer(indicator, "reason"), case.reason(indicator), list[Problem]()
    reason_place = at.place(case.code, indicator) if at.file else place
    problems += _unused(case, promise)
    if score < points and not reason and not promise.need.reasoned:
        facts = {"score": rounding.show(score), "lost": rounding.show(points - score)}
        problems.append(problem("E510", reason_place, **facts))
    category = case.answer(indicator, "category")
    if score < points and reason and category.cell and not says_something(category) and not promise.need.reasoned:
        problems.append(problem("W509", category.place(case.code, indicator), choices="、".join(CATEGORIES)))
    if outcome.forced is not None:
        return True, problems
    if outcome.look:
        problems.append(problem("I401", place, told="；".join(outcome.told)))
    doubts = [
        problem(code, reason_place if code == _UNEXPLAINED else place, **facts)
        for code, facts in _doubts(promise, outcome.value, reason)
    ]
    return bool(doubts) or outcome.look, [*problems, *doubts]


def _unused(case: Case, promise: Promise) -> Iterator[Problem]:
    """What was typed into columns that the indicator does not ask for, while something else was scored.

    What stands as actual value beside a picked level is told where that is read.
    """
    indicator, need = promise.indicator.indicator, promise.need
    for item in sorted(SCORED_ITEMS - ({"actual"} if need.item == "level" else set())):
        cell = case.answer(indicator, item)
        if need.entry(promise.asked, item) is None and says_something(cell):
            facts = {"what": ACTUAL_ITEMS[item], "found": cell.text}
            yield problem("W508", cell.place(case.code, indicator), **facts)


def _doubts(promise: Promise, actual: float, reason: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What a reviewer should look at in a row whose measure was taken: codes and facts."""
    asked, kind, rule = promise.asked, promise.kind, promise.rule
    assert kind is not None
    assert rule is not None
    below_zero = actual < 0 and promise.measure is not None and promise.measure.signed  # counted as it is
    if not below_zero and (doubt := promise.need.doubt(actual, asked)) is not None:
        yield doubt
    if kind.can_exceed and asked.value == 0:  # such a target tests nothing
        yield "W504", {"target": asked.target}
    elif kind.can_exceed:
        completion, flag_from = fraction(actual) / fraction(asked.value), rule.attention.flag_from
        reason_from = None if reason else rule.attention.reason_from
        for code, threshold in ((_UNEXPLAINED, reason_from), ("I501", flag_from)):
            if threshold is not None and completion >= threshold:
                yield code, {"completion": show_share(float(completion), 2), "threshold": show_percent(threshold)}
                break
    if promise.reading.look:
        yield "I504", {"target": asked.target, "said": "；".join(promise.reading.said)}
    if promise.reading.strict and actual in {asked.value, asked.upper}:
        yield "I503", {"target": asked.target}
    if rule.attention.unequal and kind.compared and actual != asked.value:
        yield "I502", {"actual": show_value(actual, asked.unit), "target": show_value(asked.value, asked.unit)}
