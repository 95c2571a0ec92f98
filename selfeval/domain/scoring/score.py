"""The heart: ``score_case(case, rulebook)``, and ``score`` of a year. Pure; every fault of the data is a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from math import isnan
from operator import attrgetter
from typing import NamedTuple, Protocol, TypeVar

from selfeval.domain.case import Case, cases
from selfeval.domain.checks import run_checks
from selfeval.domain.checks.model import Facts
from selfeval.domain.faults import faulty_projects, own_fault
from selfeval.domain.funds import MONTHS, Funds, counting_plan, read_funds
from selfeval.domain.individual import overriding, unaddressed
from selfeval.domain.needs.need import Outcome
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Place, Problem, Severity, problem, worst_first
from selfeval.domain.promise import Promise, earning_of, promises
from selfeval.domain.promised_at import is_of_targets, promised_at
from selfeval.domain.reading.actuals import as_seen
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.rounding import WHOLE
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE, Scored, State
from selfeval.domain.scored_case import INDICATOR_SCORES, PROJECT_SCORES, Month, ScoredCase, ScoredRow, Total
from selfeval.domain.scoring.allocation import Share, allocate
from selfeval.domain.scoring.attention import completion_of, flags
from selfeval.domain.scoring.earned import Due, Earned, earned, in_columns, measure_of
from selfeval.domain.scoring.execution import score_execution
from selfeval.domain.scoring.outcomes import asked_again, outcome_of, settled, undecided
from selfeval.domain.scoring.sentences import explain_score, explain_unscored
from selfeval.domain.tables import Keep, Rows
from selfeval.domain.targets import Targets
from selfeval.domain.totals import Counted, Way, ends_of, grade_of, way_of

T = TypeVar("T")
_NAN = float("nan")
_WORST = (State.ERROR, State.ASK, State.ATTENTION, State.SCORED)
_OPEN = {State.ASK, State.ERROR}


class Summed(NamedTuple):
    """What a year holds of a scored project: the values of its rows and of its total by their tables, its problems."""

    rows: Sequence[Sequence[object]]
    total: Sequence[object]
    problems: Sequence[Problem]


class Before(Protocol):
    """What earlier runs know of projects, and what the next is to know of them."""

    def summed(self, case: Case) -> Summed | None:
        """What a project scores; None where that is not known."""

    def note(self, case: Case, summed: Summed) -> None:
        """A project was scored."""


_OF_ROW, _OF_TOTAL = (attrgetter(*table.names) for table in (INDICATOR_SCORES, PROJECT_SCORES))


def score(
    targets: Targets, reported: Reported, rulebook: Rulebook, keep: Keep = list, before: Before | None = None
) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    All are in document order, the execution row first in each project; problems worst first, those of ``reported``
    included. Some hundred projects are scored together, so that columns tell what their rows earn, and looked over by
    the checks of single projects. ``keep``: where the rows of the year are kept. What is known from ``before`` is not
    scored again.
    """
    rows, totals, found = keep(), keep(), [*reported.problems]
    faulty = faulty_projects(found)
    for some in _all_scored(cases(targets, reported), rulebook, before):
        part = _part(some)
        for kept, own in ((rows, part.scores), (totals, part.projects)):
            for row in own:
                kept.append(row)
        found += part.problems
        well = [case.code for case, scored in some if isinstance(scored, Summed) and case.code not in faulty]
        scores, sums = (own.of_projects(well) for own in (part.scores, part.projects))
        facts = Facts(targets.only(well), part.results, scores, sums, rulebook.rounding)
        found += run_checks(facts, rulebook.checks)
    indicators, projects = Rows(INDICATOR_SCORES, rows), Rows(PROJECT_SCORES, totals)
    known, faulty = projects, faulty_projects(found)
    if faulty:
        known = projects.of_projects(code for code in projects.column("project") if code not in faulty)
    found += run_checks(Facts(targets, {}, indicators, known, rulebook.rounding), rulebook.checks, over_year=True)
    return Scored(targets.year, indicators, projects, worst_first(found))


class _Part(NamedTuple):
    """What some projects came to, and the 年度目标完成情况 that they reported."""

    scores: Rows
    projects: Rows
    problems: list[Problem]
    results: dict[str, Cell]


def _part(some: Sequence[tuple[Case, Summed | Exception]]) -> _Part:
    """The rows of some projects; one that a fault of ours kept from being scored has none, and the others are there."""
    rows, totals = list[Sequence[object]](), list[Sequence[object]]()
    problems, results = list[Problem](), dict[str, Cell]()
    for case, scored in some:
        if isinstance(scored, Exception):
            totals.append(_OF_TOTAL(_not_scored(case)))
            problems.append(own_fault(scored, Place(case.code), f"项目“{case.project.name}”没有评分"))
            continue
        rows += scored.rows
        totals.append(scored.total)
        problems += scored.problems
        if "result" in case.reports.narrative:
            results[case.code] = case.reports.narrative["result"]
    return _Part(INDICATOR_SCORES.of_rows(rows), PROJECT_SCORES.of_rows(totals), problems, results)


def _not_scored(case: Case) -> Total:
    """What stands for a project that could not be scored: nothing is secured, and all may still be reached."""
    project, rows = case.project, len(case.indicators) + 1
    return Total(
        project.project,
        project.name,
        project.unit_code,
        project.unit_name,
        initial=_NAN,
        full_year=_NAN,
        executed=_NAN,
        rate=_NAN,
        execution_score=None,
        indicator_score=0,
        total=None,
        lowest=0,
        highest=WHOLE,
        grade=PENDING_GRADE,
        state=State.ERROR,
        execution_state=State.ERROR,
        missing=rows,
        flagged=0,
    )


def score_case(case: Case, rulebook: Rulebook) -> ScoredCase:
    """Score a project: every indicator and the execution, by the rulebook."""
    scored = _Scoring(case, rulebook)
    return scored.with_earned([None] * len(scored.dues))


_TOGETHER = 250
"""Projects that are scored together."""


def _all_scored(
    found: Iterator[Case], rulebook: Rulebook, before: Before | None
) -> Iterator[list[tuple[Case, Summed | Exception]]]:
    """Each project scored, or the fault of ours that kept it from being so; those that were scored together."""
    while some := [*islice(found, _TOGETHER)]:
        begun = [(case, _begun(case, rulebook, before)) for case in some]
        answers = iter(in_columns([due for _, one in begun if isinstance(one, _Scoring) for due in one.dues]))
        scored = list[tuple[Case, Summed | Exception]]()
        for case, one in begun:
            if not isinstance(one, _Scoring):
                scored.append((case, one))
                continue
            summed = _tried(_summed, one, [next(answers) for _ in one.dues])
            scored.append((case, summed))
            if before is not None and isinstance(summed, Summed):
                before.note(case, summed)
        yield scored


def _begun(case: Case, rulebook: Rulebook, before: Before | None) -> _Scoring | Summed | Exception:
    """A project that is known, or as far as it is scored by itself."""
    known = None if before is None else before.summed(case)
    return _tried(_Scoring, case, rulebook) if known is None else known


def _summed(begun: _Scoring, answers: Sequence[Earned | None]) -> Summed:
    scored = begun.with_earned(answers)
    return Summed([*map(_OF_ROW, scored.rows)], _OF_TOTAL(scored.total), scored.problems)


def _tried(job: Callable[..., T], *given: object) -> T | Exception:
    try:
        return job(*given)
    except Exception as error:  # noqa: BLE001 - whatever it is
        return error


class _Scoring:
    """A project read as far as what its rows earn: ``dues`` of those that earn anything."""

    def __init__(self, case: Case, rulebook: Rulebook) -> None:
        self._case, self._rulebook = case, rulebook
        promised, problems = promises(case, rulebook)
        funds, found = read_funds(case, executed_needed=rulebook.without_rate.executed_missing == "ask")
        problems += found
        outcomes: list[Outcome] = []
        for promise in promised:
            outcome, found = outcome_of(case, promise, funds)
            outcomes.append(outcome)
            problems += found
        execution, found = score_execution(case, funds, rulebook)
        problems += found
        applies = [outcome.state is not State.NOT_APPLICABLE for outcome in outcomes]
        shares, found = allocate(case, applies, rulebook, execution=execution.state is not State.NOT_APPLICABLE)
        problems += found
        shares = [
            replace(share, faulty=share.faulty or promise.held_back(case))
            for promise, share in zip(promised, shares, strict=True)
        ]
        of_reports = [
            one for one in case.problems if not one.place.file or not is_of_targets(one.place.file, case.targets_file)
        ]
        if not (case.sent or any(one.severity is Severity.ERROR for one in of_reports)):
            problems.append(problem("E423", Place(case.code), name=case.project.name))
        problems += [  # a blank 12月底 that counts as 100% is said wherever it decides a score
            problem("W502", case.promised_in("资金计划", promise.indicator.indicator))
            for promise in promised
            if funds.assumed and promise.kind is not None and promise.kind.need is PAYMENTS
        ]
        self._funds, self._execution, self._problems = funds, execution, problems
        self._rows = [
            _settled_row(case, promise, outcome, share, rulebook)
            for promise, outcome, share in zip(promised, outcomes, shares, strict=True)
        ]
        self.dues = [row.due for row in self._rows if row.due is not None]

    def with_earned(self, answers: Iterable[Earned | None]) -> ScoredCase:
        """The project scored; ``answers`` are what its dues earn as far as that is known."""
        case, funds, rulebook, known = self._case, self._funds, self._rulebook, iter(answers)
        rows, problems = [self._execution], [*self._problems]
        for settled_row in self._rows:
            due = settled_row.due
            row, found = _score_row(case, settled_row, None if due is None else next(known) or earned(due), rulebook)
            rows.append(row)
            problems += found
        points, uncapped = [row.points for row in rows[1:]], any(row.uncapped for row in rows)
        way = way_of(rulebook, (row.section for row in rows), points, uncapped=uncapped or rulebook.execution.uncapped)
        total = _total_up(case, funds, rows, rulebook, way)
        everything = worst_first([*case.problems, *problems])
        return ScoredCase(case, funds, tuple(rows), _months(case, funds), total, everything, way)


@dataclass(frozen=True)
class _Settled:
    """A row once its points are known, with what it is due (None: it is not scored) and what was found."""

    promise: Promise
    outcome: Outcome
    share: Share
    state: State
    due: Due | None
    problems: list[Problem]


def _settled_row(case: Case, promise: Promise, outcome: Outcome, share: Share, rulebook: Rulebook) -> _Settled:
    outcome, problems = settled(case, promise, outcome, share.worth, rulebook.rounding)
    if outcome.state is State.SCORED and outcome.forced is None and (outcome.between or outcome.verdict):
        points = share.worth
        code = undecided(promise, outcome, lambda value: measure_of(promise, replace(outcome, value=value), points)[1])
        if code:
            outcome, found = asked_again(case, promise, outcome, code)
            problems += found
    state, due = State.ERROR if share.faulty else outcome.state, None
    if state is State.SCORED:
        earning = earning_of(promise, share.extra, forced=outcome.forced is not None)
        due = Due(promise, outcome, share.worth, earning, rulebook.rounding)
    return _Settled(promise, outcome, share, state, due, problems)


def _score_row(
    case: Case, row: _Settled, earned_of: Earned | None, rulebook: Rulebook
) -> tuple[ScoredRow, list[Problem]]:
    """The row of an indicator; ``earned_of``: what it earns, None where it is not scored."""
    promise, outcome, share, state, problems = row.promise, row.outcome, row.share, row.state, [*row.problems]
    indicator, reading, numbers = promise.indicator, promise.reading, promise.reading.numbers
    if state is State.ERROR and not outcome.cell.file:  # what was reported is not read, but it did come
        came = case.answer(indicator.indicator, "actual")
        outcome = replace(outcome, cell=came, shown=as_seen(came))
    place = promised_at(case.targets_file, indicator.cell, case.code, indicator.indicator)
    problems += [
        problem("I505", place, indicator=indicator.indicator, **facts)
        for facts in unaddressed(indicator, promise.rule, overriding(indicator, reading.rule, rulebook))
    ]
    measure, kept, score = _NAN, _NAN, None
    if earned_of is not None:
        measure, kept, score = earned_of
        flagged, found = flags(case, promise, outcome, share.points, score, rulebook.rounding)
        problems += found
        sentence = explain_score(promise, outcome, (measure, kept), share, score, rulebook.rounding)
        if promise.unapproved:
            problems.append(problem("W552", place, standard=promise.unapproved, year=case.year))
        state = State.ATTENTION if flagged or outcome.unproven or promise.unapproved else state
    else:
        sentence = explain_unscored(state, rulebook)
    scored = ScoredRow(
        project=case.code,
        indicator=indicator.indicator,
        level1=indicator.level1,
        level2=indicator.level2,
        level3=indicator.level3,
        section=share.section,
        kind=reading.kind,
        points=share.points,
        most=share.most,
        state=state,
        sentence=sentence,
        score=score,
        measure_id="" if promise.measure is None else promise.measure.id,
        rule=reading.rule,
        target=indicator.target,
        target_cell=indicator.cell,
        target_value=numbers.value,
        target_upper=numbers.upper,
        target_unit=numbers.unit,
        actual=outcome.shown,
        actual_value=outcome.value,
        actual_level=outcome.level,
        actual_percentage=outcome.percentage,
        completion=completion_of(promise.kind, outcome.value, numbers.value),
        measure=measure,
        share=kept,
        category=case.said(indicator.indicator, "category"),
        reason=case.full_reason(indicator.indicator),
        remedy=case.said(indicator.indicator, "remedy"),
        evidence=case.said(indicator.indicator, "evidence"),
        file=outcome.cell.file,
        sheet=outcome.cell.sheet,
        cell=outcome.cell.cell,
        promise=promise,
    )
    return scored, problems


def _months(case: Case, funds: Funds) -> tuple[Month, ...]:
    """The months of a project that reported any payment."""
    if all(map(isnan, funds.paid)):
        return ()
    plan, months = counting_plan(funds.plan), zip(MONTHS, funds.paid, funds.cumulative(), strict=True)
    return tuple(
        Month(case.code, month, paid, _number(so_far), _number(plan.get(month)), month == max(plan) and funds.assumed)
        for month, paid, so_far in months
    )


def _number(value: Fraction | None) -> float:
    return _NAN if value is None else float(value)


def counted(row: ScoredRow) -> Counted:
    """A row as the total counts it: with what stands in the column of scores."""
    return Counted(row.points, row.state.label if row.score is None else row.score, row.section, row.most)


def _total_up(case: Case, funds: Funds, rows: Sequence[ScoredRow], rulebook: Rulebook, way: Way) -> Total:
    """The total of a project, the sum of its printed scores; one that is converted is rounded once more.

    A project with an open row has no total: ``lowest`` is secured, ``highest`` adds the points of the open rows.
    """
    least, most, done = ends_of([counted(row) for row in rows], way)
    project, states = case.project, [row.state for row in rows]
    state = next((worst for worst in _WORST if worst in states), State.ERROR)
    return Total(
        project.project,
        project.name,
        project.unit_code,
        project.unit_name,
        funds.initial,
        funds.full_year,
        funds.executed,
        rows[0].completion,
        rows[0].score,
        sum(row.score or 0 for row in rows[1:]),
        least if done else None,
        least,
        most,
        grade_of(least, rulebook) if done else PENDING_GRADE,
        state if done or state in _OPEN else State.ERROR,
        rows[0].state,
        sum(state in _OPEN for state in states),
        states.count(State.ATTENTION),
    )
