"""Outcomes: for every indicator of a project, what became of its report, or the problem with it."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.case import Case
from selfeval.domain.funds import Funds
from selfeval.domain.needs.need import Outcome, Read, Report
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import ACTION_WORDS
from selfeval.domain.scored import State

WHEN_CASES: dict[str, str] = {
    "E401": "actual_missing",
    "E402": "actual_unreadable",
    "E403": "actual_unreadable",
    "E404": "unit_differs",
    "E411": "actual_unreadable",
    "E413": "no_level",
    "E417": "actual_missing",
    "E514": "target_zero",
}
"""Which case of a rulebook's ``when`` a problem code belongs to; other codes always ask."""

NO_REASON = "E419"
"""The code of a judgement without a reason; its place is the reason's."""


def outcome_of(case: Case, promise: Promise, funds: Funds) -> tuple[Outcome, list[Problem]]:
    """What became of one indicator's report; a project that sent nothing is asked for without a problem each."""
    if promise.rule is None:
        return Outcome(State.ERROR), []
    indicator = promise.indicator.indicator
    if promise.unfit:
        facts = {"target": promise.indicator.target, "origin": promise.rule.origin}
        return Outcome(State.ERROR), [problem("E515", Place(case.code, indicator), **facts)] if case.sent else []
    read = promise.need.read(promise.asked, Report(case, indicator, funds))
    found = _problem(promise, read, read.at.place(case.code, indicator))
    if found is None:
        return read.outcome, []
    outcome, problems = _when(promise, read.outcome, found)
    return outcome, problems if case.sent else []


def _problem(promise: Promise, read: Read, place: Place) -> Problem | None:
    """What is wrong with a report; a target of 0 that the rulebook sets aside is too."""
    asked = promise.asked
    if not read.code:
        zero = asked.value == 0 and promise.rule is not None and "target_zero" in promise.rule.when
        return problem("E514", place, target=asked.target) if zero else None
    unit = f"（单位：{asked.unit}）" if asked.unit else ""
    facts = {"what": ACTUAL_ITEMS[read.item], "target": asked.target, "year": asked.year, "unit_hint": unit}
    return problem(read.code, place, **{**facts, **read.facts})


def _when(promise: Promise, outcome: Outcome, found: Problem) -> tuple[Outcome, list[Problem]]:
    """What the rulebook does when stuck: ask (usual), or a share or state that it names."""
    assert promise.rule is not None
    action = promise.rule.when.get(WHEN_CASES.get(found.code, ""), "ask")
    if action == "ask":
        return replace(outcome, state=State.ASK), [found]
    note = problem("W505", found.place, detail=found.message, action=ACTION_WORDS[action])
    if action == "not_applicable":
        return replace(outcome, state=State.NOT_APPLICABLE, note=note.message), [note]
    return replace(outcome, state=State.SCORED, forced=int(action == "full"), note=note.message), [note]


def settled(case: Case, promise: Promise, outcome: Outcome, points: int) -> tuple[Outcome, list[Problem]]:
    """The outcome once its points (hundredths) are known: a judgement must lie within them and have a reason."""
    settle, indicator = promise.need.settle, promise.indicator.indicator
    if settle is None or outcome.state is not State.SCORED or outcome.forced is not None:
        return outcome, []
    code = settle(outcome, points, case.reason(indicator))
    if not code:
        return outcome, []
    place = outcome.cell.place(case.code, indicator)
    if code == NO_REASON:
        at = case.answer(indicator, "reason")
        place = place.at(file=at.file or place.file, sheet=at.sheet, cell=at.cell)
    facts = {"found": outcome.shown, "points": show_points(points)}
    return replace(outcome, state=State.ASK), [problem(code, place, **facts)]
