"""The live cells of a scored row, said once: 评分依据 holds them, the other sheets of a project refer to them.

A row goes from measure to share to score as in ``domain``, its names bound to its own cells. Sheets calculate in
floats: measure and share are rounded to ``SHARE_PLACES``, so that every calculator agrees on them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

from selfeval.domain.curves import MEASURE
from selfeval.domain.expression.tree import (
    NEVER,
    Expression,
    Name,
    Rounded,
    Span,
    all_of,
    any_of,
    count_numbers,
    if_error,
    is_number,
    lift,
    steady,
    when,
)
from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import BUDGET, EXECUTED, SHARE, execution_measure, score_formula
from selfeval.domain.funds import counting_plan
from selfeval.domain.measures.measure import ACTUAL, KEPT, LEVEL, PENDING, PERCENTAGE, POINTS, TARGET, UPPER
from selfeval.domain.needs.doubts import highest, in_steady_percent, lowest
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.need import Need
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.promise import earning_of
from selfeval.domain.reading.quantity import RATE, RATE_FROM
from selfeval.domain.rounding import PLACES, SHARE_PLACES, fraction, in_points
from selfeval.domain.rulebook import GIVEN_SHARES, Earning, Execution, ExtraKind, KindRule, Level, Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.shares import CATEGORY, EVIDENCE, UNPROVEN
from selfeval.domain.totals import Extra
from selfeval.sheets.model import Cell, cell, down
from selfeval.workbooks.conventions import DASH, SCHEDULE, calculated, held, known
from selfeval.workbooks.schedule_sheet import kept_shares

SCORED = Name("score")
LOST = when(is_number(SCORED), steady(POINTS - SCORED, PLACES), "")
"""Points lost; blank while there is no score."""

CALCULATED = ("measure", "share", "score", "lost", "state")
"""The columns of a row that are live."""

_COLUMNS = {ACTUAL: "actual_value", EXECUTED: "actual_value", TARGET: "target_value", BUDGET: "target_value"}
_COLUMNS |= {name: str(name.key) for name in (UPPER, LEVEL, PERCENTAGE, MEASURE, SHARE, POINTS, SCORED)}
_STATED = {CATEGORY: "category", EVIDENCE: "evidence"}
"""What the share of some rules reads besides the measure, and the columns that stand there for it."""

_KEPT_CELLS = down("kept", "month.1", "month.12", SCHEDULE)
_STATES = {state: known(SCORED, state.label) for state in State}
_FIXED: dict[str, float | str] = {**GIVEN_SHARES, "ask": PENDING}
"""What a rulebook gives for a target of 0 instead of a measure; without a word of it the measure is taken."""


def rule_of(row: ScoredRow) -> KindRule | None:
    """The rule that scores a row; None for the execution row and where none fits."""
    return None if row.promise is None else row.promise.rule


def need_of(row: ScoredRow) -> Need | None:
    """What is reported for a row; None for the execution row."""
    return None if row.promise is None else row.promise.need


STATED = frozenset(_STATED.values())
"""Those columns."""


def levels_of(row: ScoredRow) -> tuple[Level, ...]:
    """The levels that a row may be at."""
    return () if row.promise is None else row.promise.asked.levels


def stated_columns(rows: Iterable[ScoredRow]) -> set[str]:
    """The columns that the shares of these rows read besides their measures."""
    rules = [rule for row in rows if is_live(row) and (rule := rule_of(row)) is not None]
    found = {"category" for rule in rules if rule.when_category}
    return found | {"evidence" for rule in rules if rule.when.evidence_missing is not None}


def is_live(row: ScoredRow) -> bool:
    """Whether a row is calculated: it applies, and there is a rule for it."""
    return row.state not in {State.NOT_APPLICABLE, State.ERROR}


def in_cell(row: ScoredRow, number: float, *, typed: bool = False) -> float:
    """A target or an actual as its cell holds it: a rate as a share, so that 95 and 95% may both be typed over it.

    ``typed``: a cell in which ``RATE_FROM`` and more is read as a percentage, as in the forms.
    """
    if row.target_unit != RATE or math.isnan(number):
        return number
    share = fraction(number) / 100
    return number if typed and share >= RATE_FROM else float(share)


def as_share(actual: Expression) -> Expression:
    """The actual of a rate as a share, typed as 95% or as 95."""
    return when(actual >= RATE_FROM, actual / 100, actual)


def live_row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> dict[str, Expression | str]:
    """What stands in the columns ``CALCULATED`` of a row; a plain word where nothing is calculated.

    An open row shows 待补充 until its input is there. Where the float steps would miss the exact score, it is pinned:
    written out for the measure at which they do.
    """
    cells: dict[Name, Name | Span] = {name: cell(row.indicator, column) for name, column in _COLUMNS.items()}
    lost, word = LOST.of(cells), row.state.label
    if not is_live(row):
        nothing = word if row.state is State.ERROR else DASH
        return dict(zip(CALCULATED, (nothing, nothing, word, lost, word), strict=True))
    cells[KEPT] = _KEPT_CELLS
    cells |= {name: cell(row.indicator, column) for name, column in _STATED.items() if column in stated_columns([row])}
    rule = rule_of(row)  # only the execution row is live without a rule
    earned = rulebook.execution.share if rule is None else rule.share
    measure, share = _measure(scored, row, rulebook), _share(earned, proof=rule is not None and rule.evidence_asked)
    state = _STATES[State.SCORED if row.state is State.ASK else row.state]
    steps = measure, share, _score(scored, row, measure, share, rulebook)
    if extra_of_row(scored, row) is not None:
        # its cell of points says in words how much it may add or take
        worth, none = {POINTS: lift(in_points(row.worth))}, {POINTS: lift(0)}
        steps = measure.bind(worth), share, steps[2].bind(worth)
        lost = LOST.bind(none).of(cells)
    found = (*(step.of(cells) for step in steps), lost, state.of(cells))
    return dict(zip(CALCULATED, found, strict=True))


def _score(
    scored: ScoredCase, row: ScoredRow, measure: Expression, share: Expression, rulebook: Rulebook
) -> Expression:
    formula = score_formula(rulebook.rounding, earning_of_row(scored, row, rulebook))
    usual = _usual(formula)
    if row.score is None:
        return usual
    target, actual = held(in_cell(row, row.target_value)), held(in_cell(row, row.actual_value, typed=True))
    exact, upper = in_points(row.score), held(in_cell(row, row.target_upper))
    values: dict[Name, Given] = {ACTUAL: actual, EXECUTED: actual, TARGET: target, BUDGET: target}
    values |= {UPPER: upper, LEVEL: row.actual_level or None, PERCENTAGE: held(row.actual_percentage)}
    values |= {POINTS: held(in_points(row.worth)), KEPT: kept_shares(scored) if need_of(row) is PAYMENTS else []}
    values |= {CATEGORY: row.category or None, EVIDENCE: row.evidence or None}
    reached = values[MEASURE] = calculated(measure, values)
    values[SHARE] = calculated(share, values)
    if calculated(usual, values) == held(exact):
        return usual
    assert isinstance(reached, float)
    return known(SHARE, when(MEASURE.equals(reached), exact, formula))


@cache
def _usual(formula: Expression) -> Expression:
    """The score once there is a share."""
    return known(SHARE, formula)


def earning_of_row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Earning:
    """How the share of a row becomes its score."""
    if row.promise is None:
        return "uncapped" if rulebook.execution.uncapped else "points"
    extra = extra_of_row(scored, row)
    section: ExtraKind = "" if extra is None else "bonus" if extra.bonus else "deduction"
    return earning_of(row.promise, section)


@cache
def _share(earned: Expression, *, proof: bool) -> Expression:
    """The share once there is a measure, and (``proof``) evidence."""
    share: Expression = steady(earned, SHARE_PLACES)
    return known(MEASURE, when(UNPROVEN, PENDING, share) if proof else share)


def _measure(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Expression:
    if row.promise is None:
        return _rate(rulebook.execution, _otherwise(scored, row))
    rule, otherwise = row.promise.rule, _otherwise(scored, row)
    fixed = _FIXED.get("" if rule is None else rule.when.get("target_zero", "")) if row.target_value == 0 else None
    if fixed is not None:
        return when(is_number(ACTUAL), fixed, otherwise)
    measure, need = row.promise.expression, row.promise.need
    if row.target_unit == RATE and row.promise.measure is not None:
        measure = _of_shares(measure, in_unit=row.promise.measure.in_unit)
    return _steady(measure, need, otherwise, len(counting_plan(scored.funds.plan)), _impossible(row))


@cache
def _of_shares(measure: Expression, *, in_unit: bool) -> Expression:
    """A measure over cells that hold shares; in percent where it depends on the unit (``in_unit``)."""
    share = as_share(ACTUAL)
    if not in_unit:
        return measure.bind({ACTUAL: share})
    return measure.bind(
        {ACTUAL: in_steady_percent(share), **{name: in_steady_percent(name) for name in (TARGET, UPPER)}}
    )


@cache
def _rate(rule: Execution, otherwise: float | str) -> Expression:
    """The measure of the execution; ``otherwise`` without an executed amount."""
    rate, given = execution_measure(rule), GIVEN_SHARES.get(rule.when.budget_zero)
    without = PENDING if given is None else when(all_of(BUDGET.equals(0), EXECUTED.equals(0)), given, PENDING)
    usable = when(BUDGET > 0, rate if isinstance(rate, Rounded) else steady(rate, SHARE_PLACES), without)
    if otherwise == PENDING:
        return when(all_of(is_number(BUDGET), is_number(EXECUTED)), usable, PENDING)
    return when(is_number(BUDGET), when(is_number(EXECUTED), usable, otherwise), PENDING)


def _impossible(row: ScoredRow) -> Expression:
    """Whether an actual cannot be, which scoring asks for: it may be pasted past what may be typed."""
    if row.promise is None or row.promise.need is not NUMBER:
        return NEVER
    asked, rate = row.promise.asked, row.target_unit == RATE
    ends = [None if end is None else end / 100 if rate else end for end in (lowest(asked), highest(asked))]
    given = as_share(ACTUAL) if rate else ACTUAL
    outside = [] if ends[0] is None else [given < ends[0]]
    outside += [] if ends[1] is None else [given > ends[1]]
    return any_of(*outside) if outside else NEVER


@cache
def _steady(
    measure: Expression, need: Need, otherwise: float | str, checkpoints: int, impossible: Expression
) -> Expression:
    """The measure once its level, its actual or so many checkpoints are there."""
    usual = steady(measure, SHARE_PLACES)
    found: Expression = usual if impossible == NEVER else when(impossible, PENDING, usual)
    if need is LEVEL_PICKED:
        given = any_of(is_number(PERCENTAGE), PERCENTAGE.equals(""))  # a text is no share of the level
        return when(LEVEL.equals(""), otherwise, when(given, if_error(found, PENDING), PENDING))
    return when(count_numbers(KEPT).equals(checkpoints) if need is PAYMENTS else is_number(ACTUAL), found, otherwise)


def _otherwise(scored: ScoredCase, row: ScoredRow) -> float | str:
    """What stands where the input is missing: 待补充, or the share that the rulebook gives in such a case."""
    need = need_of(row)
    if need is PAYMENTS:
        missing = not scored.funds.schedule_known
    else:
        missing = not row.actual_level if need is LEVEL_PICKED else math.isnan(row.actual_value)
    return row.measure if row.score is not None and missing else PENDING


def points_of(scored: ScoredCase, row: ScoredRow) -> Cell:
    """The cell of the points of a row; outside the 100 it says how much the row may add or take: 加 3.00, 扣 5.00."""
    extra = extra_of_row(scored, row)
    if extra is None:
        return Cell("points", in_points(row.points), "score")
    return Cell("points", f"{'加' if extra.bonus else '扣'}{scored.way.rounding.show(row.most)}", "centre")


def extra_of_row(scored: ScoredCase, row: ScoredRow) -> Extra | None:
    """The section outside the 100 that a row belongs to."""
    return next((extra for extra in scored.way.extras if extra.id == row.section), None)
