"""Attention: flags that never change a score, and reasons that are demanded."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.kind import Kind
from selfeval.domain.needs.need import Outcome
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.rounding import fraction, show_points
from selfeval.domain.rulebook import KindRule, show_percent
from selfeval.domain.scoring.sentences import show_share


def completion_of(kind: Kind | None, actual: float, target: float) -> float:
    """完成率, actual / target as a share; NaN where it has no meaning (other kinds, a target of 0)."""
    if kind is None or not kind.compared or target == 0 or isnan(actual):
        return float("nan")
    return float(fraction(actual) / fraction(target))


def flags(case: Case, promise: Promise, outcome: Outcome, points: int, score: int) -> tuple[bool, list[Problem]]:
    """Whether a reviewer should look at a scored row, and the problems: missing reasons are errors, flags are notes.

    points and score are hundredths.
    """
    assert promise.kind is not None
    assert promise.rule is not None
    indicator = promise.indicator.indicator
    place = Place(case.code, indicator, outcome.cell.file, outcome.cell.sheet, outcome.cell.cell)
    at = case.answer(indicator, "reason")
    reason_place = place if not at.file else place.at(file=at.file, sheet=at.sheet, cell=at.cell)
    row = _Flagging(promise, promise.kind, promise.rule, outcome.value, place, reason_place, case.reason(indicator))
    problems = row.unexplained(points, score)
    if outcome.forced is not None:
        return True, problems
    found = row.doubts()
    return bool(found), [*problems, *found]


@dataclass(frozen=True)
class _Flagging:
    """One scored row whose measure was taken."""

    promise: Promise
    kind: Kind
    rule: KindRule
    actual: float
    place: Place
    reason_place: Place
    reason: str

    def unexplained(self, points: int, score: int) -> list[Problem]:
        """A lost point without a reason."""
        if score >= points or self.reason or self.promise.need.reasoned:
            return []
        return [problem("E510", self.reason_place, score=show_points(score), lost=show_points(points - score))]

    def doubts(self) -> list[Problem]:
        """What a reviewer should look at."""
        asked, problems = self.promise.asked, []
        doubt = self.promise.need.doubt(self.actual, asked)
        if doubt is not None:
            code, facts = doubt
            problems.append(problem(code, self.place, **facts))
        if self.kind.can_exceed:
            problems += self._far_over(asked.value)
        if self.kind.strict_at_target and self.promise.reading.strict and self.actual == asked.value:
            problems.append(problem("I503", self.place, target=asked.target))
        if self.rule.attention.unequal and self.kind.compared and self.actual != asked.value:
            shown = {"actual": show_value(self.actual, asked.unit), "target": show_value(asked.value, asked.unit)}
            problems.append(problem("I502", self.place, **shown))
        return problems

    def _far_over(self, target: float) -> list[Problem]:
        """Over-achievement, and the target of 0 that tests nothing."""
        if target == 0:
            return [problem("W504", self.place, target=self.promise.asked.target)]
        completion = fraction(self.actual) / fraction(target)
        flag_from, reason_from = self.rule.attention.flag_from, self.rule.attention.reason_from
        if reason_from is not None and completion >= reason_from and not self.reason:
            return [self._exceeded("E511", self.reason_place, completion, reason_from)]
        if flag_from is not None and completion >= flag_from:
            return [self._exceeded("I501", self.place, completion, flag_from)]
        return []

    @staticmethod
    def _exceeded(code: str, place: Place, completion: Fraction, threshold: Fraction) -> Problem:
        return problem(code, place, completion=show_share(float(completion)), threshold=show_percent(threshold))
