"""Outcomes: for every indicator of a project, what became of its report, or the problem with it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.case import Case
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.values import Given
from selfeval.domain.funds import Funds
from selfeval.domain.needs.judgement import NO_REASON_GIVEN
from selfeval.domain.needs.need import Outcome, Report
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import Promise
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.reported import ACTUAL_ITEMS
from selfeval.domain.rulebook import ACTION_WORDS, GIVEN_SHARES, KindRule, Rounding
from selfeval.domain.scored import State
from selfeval.domain.shares import CATEGORY, EVIDENCE, UNPROVEN

NO_ROW = "E308"
"""The code of a form from which the row of an indicator is gone: nothing in it can be filled in."""

_WHEN_CASES: dict[str, str] = {
    **dict.fromkeys(("E401", "E417"), "actual_missing"),
    **dict.fromkeys(("E402", "E403", "E411", "E430", "E431"), "actual_unreadable"),
    "E404": "unit_differs",
    "E413": "no_level",
    "E421": "budget_zero",
    "E514": "target_zero",
}
"""Which case of a rulebook's ``when`` a problem code belongs to; other codes always ask."""


def outcome_of(case: Case, promise: Promise, funds: Funds) -> tuple[Outcome, list[Problem]]:
    """What became of one indicator's report; a project that sent nothing is asked for without a problem each."""
    if promise.rule is None:
        return Outcome(State.ERROR), []
    indicator = promise.indicator.indicator
    if promise.unfit:
        facts = {"target": promise.indicator.target, "origin": promise.rule.origin}
        return Outcome(State.ERROR), [problem("E515", Place(case.code, indicator), **facts)] if case.sent else []
    outcome, asked = promise.need.read(promise.asked, Report(case, indicator, funds)), promise.asked
    # a target of 0 that the rulebook sets aside is a fault too
    code = outcome.code or ("E514" if asked.value == 0 and "target_zero" in promise.rule.when else "")
    if not code:
        return outcome, []
    unit = f"（单位：{asked.unit}）" if asked.unit else ""
    facts = {"what": ACTUAL_ITEMS[outcome.item], "target": asked.target, "year": asked.year, "unit_hint": unit}
    found = problem(code, outcome.at.place(case.code, indicator), **{**facts, **outcome.facts})
    outcome, problems = _when(promise.rule, outcome, found)
    known = outcome.state is State.ASK and any(
        told.code == NO_ROW and told.place.indicator == indicator for told in case.problems
    )
    return outcome, problems if case.sent and not known else []


def _when(rule: KindRule, outcome: Outcome, found: Problem) -> tuple[Outcome, list[Problem]]:
    """What the rulebook does when stuck: ask (usual), or a share or state that it names."""
    action = rule.when.get(_WHEN_CASES.get(found.code, ""), "ask")
    if action == "ask":
        return replace(outcome, state=State.ASK), [found]
    note = problem("W505", found.place, detail=found.message, action=ACTION_WORDS[action])
    if action == "not_applicable":
        return replace(outcome, state=State.NOT_APPLICABLE, note=note.message), [note]
    return replace(outcome, state=State.SCORED, forced=GIVEN_SHARES[action], note=note.message), [note]


UNCERTAIN, UNCERTAIN_DAY, CLASH = "E403", "E430", "E431"
"""The codes of a number and of a day not known well enough to score, and of a verdict that the number denies."""


def undecided(promise: Promise, outcome: Outcome, share_at: Callable[[float], Fraction]) -> str:
    """The code of a report from which the points do not follow; blank when they do.

    ``share_at`` gives the share that a value earns. One that names no single value must earn the same at both ends of
    what it may be; one that says 达标 of itself must be met, one that says 未达标 missed.
    """
    earned = share_at(outcome.value)
    if outcome.verdict and (outcome.verdict > 0) != (earned == 1):
        return CLASH
    if outcome.between is None or {share_at(end) for end in outcome.between} == {earned}:
        return ""
    return UNCERTAIN_DAY if promise.asked.unit == DAY_UNIT else UNCERTAIN


def asked_again(case: Case, promise: Promise, outcome: Outcome, code: str) -> tuple[Outcome, list[Problem]]:
    """A report that is asked about for a code that only its points could tell, or what the rulebook does with it."""
    assert promise.rule is not None
    asked, indicator = promise.asked, promise.indicator.indicator
    unit = f"（单位：{asked.unit}）" if asked.unit else ""
    facts = {"what": ACTUAL_ITEMS[outcome.item], "target": asked.target, "year": asked.year, "unit_hint": unit}
    place = outcome.at.place(case.code, indicator)
    return _when(promise.rule, outcome, problem(code, place, **{**facts, **outcome.facts}))


def stated_of(case: Case, indicator: str) -> dict[Hashable, Given]:
    """What the share of an indicator may read besides its measure: the category picked, the evidence written."""
    return {name.key: case.said(indicator, str(name.key)) for name in (CATEGORY, EVIDENCE)}


def _proven(case: Case, promise: Promise, outcome: Outcome) -> tuple[Outcome, list[Problem]]:
    """The outcome with the evidence and the category that its share may depend on; asked for where it needs proof."""
    assert promise.rule is not None
    indicator, proof = promise.indicator.indicator, promise.rule.when.evidence_missing
    stated = stated_of(case, indicator)
    outcome = replace(outcome, stated=stated)
    if proof is None or exactly(UNPROVEN, stated) is not True:
        return outcome, []
    at = case.answer(indicator, "evidence")
    place = at.place(case.code, indicator) if at.file else outcome.cell.place(case.code, indicator)
    if proof.kept is None:
        return replace(outcome, state=State.ASK), [problem("E451", place)] if case.sent else []
    return replace(outcome, unproven=str(proof)), [problem("W551", place, action=str(proof))]


def settled(
    case: Case, promise: Promise, outcome: Outcome, points: int, rounding: Rounding
) -> tuple[Outcome, list[Problem]]:
    """The outcome once its points (hundredths) are known: a judgement must lie within them and have a reason."""
    settle, indicator = promise.need.settle, promise.indicator.indicator
    if outcome.state is not State.SCORED or outcome.forced is not None:
        return outcome, []
    outcome, problems = _proven(case, promise, outcome)
    if settle is None or outcome.state is not State.SCORED:
        return outcome, problems
    code = settle(outcome, points, case.reason(indicator))
    if not code:
        return outcome, problems
    place = outcome.cell.place(case.code, indicator)
    if code == NO_REASON_GIVEN:
        at = case.answer(indicator, "reason")
        place = place.at(file=at.file or place.file, sheet=at.sheet, cell=at.cell)
    facts = {"found": outcome.shown, "points": rounding.show(points)}
    return replace(outcome, state=State.ASK), [*problems, problem(code, place, **facts)]
