"""The heart: ``score_case(case, rulebook)``, and ``score`` of a year. Pure; every fault of the data is a problem."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isnan
from operator import attrgetter

from selfeval.domain.case import Case, cases
from selfeval.domain.checks import run_checks
from selfeval.domain.checks.model import Facts
from selfeval.domain.curves import MEASURE
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.values import Given
from selfeval.domain.faults import faulty_projects, own_fault
from selfeval.domain.formulas import score_of
from selfeval.domain.funds import MONTHS, Funds, counting_plan, read_funds
from selfeval.domain.individual import overriding, unaddressed
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, UPPER
from selfeval.domain.needs.need import Outcome
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Place, Problem, Severity, problem, worst_first
from selfeval.domain.promise import Promise, earning_of, promises
from selfeval.domain.reading.actuals import as_seen
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.rounding import WHOLE, fraction, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE, Scored, State
from selfeval.domain.scored_case import INDICATOR_SCORES, PROJECT_SCORES, Month, ScoredCase, ScoredRow, Total
from selfeval.domain.scoring.allocation import Share, allocate
from selfeval.domain.scoring.attention import completion_of, flags
from selfeval.domain.scoring.execution import score_execution
from selfeval.domain.scoring.outcomes import asked_again, outcome_of, settled, undecided
from selfeval.domain.scoring.sentences import explain_score, explain_unscored
from selfeval.domain.targets import Targets
from selfeval.domain.totals import Counted, Way, ends_of, grade_of, way_of

_NAN = float("nan")
_WORST = (State.ERROR, State.ASK, State.ATTENTION, State.SCORED)
_OPEN = {State.ASK, State.ERROR}


def score(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    All are in document order, the execution row first in each project; problems worst first, those of ``reported``
    included. Of a scored project nothing but its rows is kept; the checks look over the whole year at the end.
    """
    of_row, of_total = (attrgetter(*table.names) for table in (INDICATOR_SCORES, PROJECT_SCORES))
    rows, totals, found = list[tuple[object, ...]](), list[tuple[object, ...]](), [*reported.problems]
    results: dict[str, Cell] = {}
    for case in cases(targets, reported):
        try:
            scored = score_case(case, rulebook)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one project; the others are scored
            totals.append(of_total(_not_scored(case)))
            found.append(own_fault(error, Place(case.code), f"项目“{case.project.name}”没有评分"))
            continue
        rows += map(of_row, scored.rows)
        totals.append(of_total(scored.total))
        found += scored.problems
        if "result" in case.reports.narrative:
            results[case.code] = case.reports.narrative["result"]
    indicators, projects = INDICATOR_SCORES.of_rows(rows), PROJECT_SCORES.of_rows(totals)
    faulty = faulty_projects(found)
    known, year = projects, targets
    if faulty:
        names = [code for code in projects.column("project") if code not in faulty]
        known, year = projects.where("project", names), targets.only(names)
    facts = Facts(year, results, indicators, known, rulebook.rounding)
    found += run_checks(facts, rulebook.checks)
    return Scored(targets.year, indicators, projects, worst_first(found))


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
    of_reports = [one for one in case.problems if not one.place.file or one.place.file != case.targets_file]
    if not (case.sent or any(one.severity is Severity.ERROR for one in of_reports)):
        problems.append(problem("E423", Place(case.code), name=case.project.name))
    problems += [  # a blank 12月底 that counts as 100% is said wherever it decides a score
        problem("W502", Place(case.code, promise.indicator.indicator, case.targets_file, "资金计划"))
        for promise in promised
        if funds.assumed and promise.kind is not None and promise.kind.need is PAYMENTS
    ]
    rows = [execution]
    for promise, outcome, share in zip(promised, outcomes, shares, strict=True):
        row, found = _score_row(case, promise, outcome, share, rulebook)
        rows.append(row)
        problems += found
    points, uncapped = [row.points for row in rows[1:]], any(row.uncapped for row in rows)
    way = way_of(rulebook, (row.section for row in rows), points, uncapped=uncapped or rulebook.execution.uncapped)
    total = _total_up(case, funds, rows, rulebook, way)
    everything = worst_first([*case.problems, *problems])
    return ScoredCase(case, funds, tuple(rows), _months(case, funds), total, everything, way)


def _score_row(
    case: Case, promise: Promise, outcome: Outcome, share: Share, rulebook: Rulebook
) -> tuple[ScoredRow, list[Problem]]:
    """The row of an indicator once its points are known."""
    outcome, problems = settled(case, promise, outcome, share.worth, rulebook.rounding)
    if outcome.state is State.SCORED and outcome.forced is None and (outcome.between or outcome.verdict):
        points = share.worth
        code = undecided(promise, outcome, lambda value: measure_of(promise, replace(outcome, value=value), points)[1])
        if code:
            outcome, found = asked_again(case, promise, outcome, code)
            problems += found
    indicator, reading, numbers = promise.indicator, promise.reading, promise.reading.numbers
    state = State.ERROR if share.faulty else outcome.state
    if state is State.ERROR and not outcome.cell.file:  # what was reported is not read, but it did come
        came = case.answer(indicator.indicator, "actual")
        outcome = replace(outcome, cell=came, shown=as_seen(came))
    sheet, _, address = indicator.cell.rpartition("!")
    place = Place(case.code, indicator.indicator, case.targets_file, sheet, address)
    problems += [
        problem("I505", place, indicator=indicator.indicator, **facts)
        for facts in unaddressed(indicator, promise.rule, overriding(indicator, reading.rule, rulebook))
    ]
    measure, earned, score = _NAN, _NAN, None
    if state is State.SCORED:
        exact = measure_of(promise, outcome, share.worth)
        score = score_of(
            exact[1],
            share.worth,
            rulebook.rounding,
            earning_of(promise, share.extra, forced=outcome.forced is not None),
        )
        measure, earned = map(float, exact)
        flagged, found = flags(case, promise, outcome, share.points, score, rulebook.rounding)
        problems += found
        sentence = explain_score(promise, outcome, (measure, earned), share, score, rulebook.rounding)
        if promise.unapproved:
            problems.append(problem("W552", place, standard=promise.unapproved, year=case.year))
        state = State.ATTENTION if flagged or outcome.unproven or promise.unapproved else state
    else:
        sentence = explain_unscored(state, rulebook)
    row = ScoredRow(
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
        share=earned,
        category=case.said(indicator.indicator, "category"),
        reason=case.full_reason(indicator.indicator),
        remedy=case.said(indicator.indicator, "remedy"),
        evidence=case.said(indicator.indicator, "evidence"),
        file=outcome.cell.file,
        sheet=outcome.cell.sheet,
        cell=outcome.cell.cell,
        promise=promise,
    )
    return row, problems


def measure_of(promise: Promise, outcome: Outcome, points: int) -> tuple[Fraction, Fraction]:
    """The exact measure and share of a row; a ``when`` rule may have given both. points are hundredths."""
    if outcome.forced is not None:
        return Fraction(outcome.forced), Fraction(outcome.forced)
    assert promise.rule is not None
    inputs: dict[Hashable, Given] = {**outcome.inputs, POINTS.key: in_points(points)}
    numbers = promise.reading.numbers
    for name, value in ((ACTUAL, outcome.value), (TARGET, numbers.value), (UPPER, numbers.upper)):
        if not isnan(value):
            inputs[name.key] = fraction(value)
    measure = exact_number(promise.expression, inputs)
    return measure, exact_number(promise.rule.share, {**outcome.stated, MEASURE.key: measure})


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
