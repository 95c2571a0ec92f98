"""The heart: ``score_case(case, rulebook) -> ScoredCase``. Pure; every fault of the data is a problem."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from math import isnan

from selfeval.domain.case import Case
from selfeval.domain.curves import share_of
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import score_of
from selfeval.domain.funds import Funds, read_funds
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, UPPER
from selfeval.domain.needs.need import Outcome
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.promise import Promise, promises
from selfeval.domain.rounding import fraction, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import Month, ScoredCase, ScoredRow
from selfeval.domain.scoring.allocation import Share, allocate
from selfeval.domain.scoring.attention import completion_of, flags
from selfeval.domain.scoring.execution import score_execution
from selfeval.domain.scoring.outcomes import outcome_of, settled
from selfeval.domain.scoring.sentences import explain_score, explain_unscored
from selfeval.domain.scoring.totals import is_converted, total_up

NO_FORM = "E301"
"""The code with which a form reader has already said that a project sent nothing."""

_NAN = float("nan")


def score_case(case: Case, rulebook: Rulebook) -> ScoredCase:
    """Score a project: every indicator and the execution, by the rulebook."""
    promised, problems = promises(case, rulebook)
    funds, found = read_funds(case)
    problems += found
    outcomes: list[Outcome] = []
    for promise in promised:
        outcome, found = outcome_of(case, promise, funds)
        outcomes.append(outcome)
        problems += found
    shares, found = allocate(case, [outcome.state is not State.NOT_APPLICABLE for outcome in outcomes], rulebook)
    problems += found
    execution, found = score_execution(case, funds, rulebook)
    problems += [*found, *_nothing_sent(case), *_assumed_plan(case, promised, funds)]
    rows = [execution]
    for promise, outcome, share in zip(promised, outcomes, shares, strict=True):
        row, found = _score_row(case, promise, outcome, share, rulebook)
        rows.append(row)
        problems += found
    total = total_up(case, funds, rows, rulebook)
    everything = worst_first([*case.problems, *problems])
    return ScoredCase(case, funds, tuple(rows), _months(case, funds), total, everything, is_converted(rows, rulebook))


def _score_row(
    case: Case, promise: Promise, outcome: Outcome, share: Share, rulebook: Rulebook
) -> tuple[ScoredRow, list[Problem]]:
    """The row of an indicator once its points are known."""
    outcome, problems = settled(case, promise, outcome, share.points)
    indicator, reading, numbers = promise.indicator, promise.reading, promise.reading.numbers
    state = State.ERROR if share.faulty else outcome.state
    measure, earned, score = _NAN, _NAN, None
    if state is State.SCORED:
        exact = _measure(promise, outcome, share.points)
        (measure, earned), score = map(float, exact), score_of(exact[1], share.points)
        flagged, found = flags(case, promise, outcome, share.points, score)
        problems += found
        sentence = explain_score(promise, outcome, (measure, earned), share.points, score)
        state = State.ATTENTION if flagged else state
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
        reason=case.told_reason(indicator.indicator),
        remedy=case.said(indicator.indicator, "remedy"),
        evidence=case.said(indicator.indicator, "evidence"),
        file=outcome.cell.file,
        sheet=outcome.cell.sheet,
        cell=outcome.cell.cell,
        promise=promise,
    )
    return row, problems


def _measure(promise: Promise, outcome: Outcome, points: int) -> tuple[Fraction, Fraction]:
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
    return measure, share_of(promise.rule.curve, measure)


def _nothing_sent(case: Case) -> list[Problem]:
    """A project with no data at all is said once, unless the reader of forms has said so."""
    if case.sent or any(found.code == NO_FORM for found in case.problems):
        return []
    return [problem("E423", Place(case.code), name=case.project.name)]


def _assumed_plan(case: Case, promised: Sequence[Promise], funds: Funds) -> list[Problem]:
    """A blank 12月底 that counts as 100% is said wherever it decides a score."""
    if not funds.assumed:
        return []
    return [
        problem("W502", Place(case.code, promise.indicator.indicator, case.targets_file, "资金计划"))
        for promise in promised
        if promise.kind is not None and promise.kind.need is PAYMENTS
    ]


def _months(case: Case, funds: Funds) -> tuple[Month, ...]:
    """The months of a project that reported any payment."""
    if all(map(isnan, funds.paid)):
        return ()
    plan, sums = funds.counting_plan(), funds.cumulative()
    return tuple(
        Month(
            case.code,
            month,
            paid,
            _NAN if so_far is None else float(so_far),
            float(plan[month]) if month in plan else _NAN,
            month == max(plan) and funds.assumed,
        )
        for month, (paid, so_far) in enumerate(zip(funds.paid, sums, strict=True), start=1)
    )
