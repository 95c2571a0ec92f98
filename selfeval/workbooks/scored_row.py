"""The live cells of a scored row, said once: 评分依据 holds them, the other sheets of a project refer to them.

A row goes from measure to share to score as in ``domain``, its names bound to its own cells. Sheets calculate in
floats: measure and share are rounded to ``PLACES``, so that every calculator agrees on them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from selfeval.domain.curves import MEASURE, Curve
from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Operand,
    Rounded,
    Span,
    all_of,
    count_numbers,
    if_error,
    is_number,
    steady,
    when,
)
from selfeval.domain.formulas import BROKEN, BUDGET, EXECUTED, SCORE, SHARE, execution_measure
from selfeval.domain.funds import counting_plan
from selfeval.domain.measures.measure import ACTUAL, KEPT, LEVEL, PENDING, PERCENTAGE, POINTS, TARGET, UPPER
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.need import Need
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.rounding import PLACES as POINT_PLACES
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import KindRule, Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.sheets.model import cell, down

GROUNDS, SCHEDULE = "评分依据", "资金进度"
DASH = "—"

PLACES = 12
"""Places of a measure or share in a sheet.

They show the exact score in all of 12,160 rows (the sample year and 20 random ones), and of 80,000 rows at random. Of
20,000 rows set one unit beside a rounding tie they miss none while figures have four digits, 30 with eight, 3,856 with
ten: such a row is ``pinned``. So no other places are ever tried.
"""

_SCORED = Name("scored")
_KEPT_CELLS = down("kept", "month.1", "month.12", SCHEDULE)
_NAMES = {
    ACTUAL: "actual_value",
    EXECUTED: "actual_value",
    TARGET: "target_value",
    BUDGET: "target_value",
    UPPER: "upper",
    LEVEL: "level",
    PERCENTAGE: "percentage",
    MEASURE: "measure",
    SHARE: "share",
    POINTS: "points",
    _SCORED: "score",
}
_FIXED: dict[str, float | str] = {"full": 1, "zero": 0, "ask": PENDING}
"""What a rulebook gives for a target of 0 instead of a measure; without a word of it the measure is taken."""


@dataclass(frozen=True)
class LiveRow:
    """The live cells of a scored row; a plain word where nothing is calculated."""

    measure: Expression | str
    share: Expression | str
    score: Expression | str
    lost: Expression
    state: Expression | str


def seen(row: ScoredRow, column: str) -> Name:
    """A cell of a scored row as other sheets name it."""
    return cell(row.indicator, column, GROUNDS)


def rule_of(row: ScoredRow) -> KindRule | None:
    """The rule that scores a row; None for the execution row and where none fits."""
    return None if row.promise is None else row.promise.rule


def need_of(row: ScoredRow) -> Need | None:
    """What is reported for a row; None for the execution row."""
    return None if row.promise is None else row.promise.need


def is_live(row: ScoredRow) -> bool:
    """Whether a row is calculated: it applies, and there is a rule for it."""
    return row.state not in {State.NOT_APPLICABLE, State.ERROR}


def known(name: Expression, value: Operand) -> Expression:
    """The value where its input is a number, else 待补充."""
    return when(is_number(name), value, PENDING)


def live_row(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook, pinned: float | None = None) -> LiveRow:
    """The live cells of a row; an open one shows 待补充 until its input is there.

    ``pinned``: the measure at which the float steps miss the exact score, which is then written out for it.
    """
    cells: Mapping[Name, Name | Span] = {
        KEPT: _KEPT_CELLS,
        **{name: cell(row.indicator, column) for name, column in _NAMES.items()},
    }
    lost = _LOST.of(cells)
    if row.state is State.NOT_APPLICABLE:
        return LiveRow(DASH, DASH, row.state.label, lost, row.state.label)
    if row.state is State.ERROR:
        return LiveRow(BROKEN, BROKEN, BROKEN, lost, BROKEN)
    score = _SCORE
    if pinned is not None:
        assert row.score is not None
        score = known(SHARE, when(MEASURE.equals(pinned), in_points(row.score), SCORE))
    word = State.SCORED if row.state is State.ASK else row.state
    return LiveRow(
        _measure(scored, row, rulebook).of(cells),
        _share(_curve(row, rulebook)).of(cells),
        score.of(cells),
        lost,
        _STATES[word].of(cells),
    )


_LOST = when(is_number(_SCORED), steady(POINTS - _SCORED, POINT_PLACES), "")
_SCORE = known(SHARE, SCORE)
_STATES = {state: known(_SCORED, state.label) for state in State}


@cache
def _share(curve: Curve) -> Expression:
    return known(MEASURE, steady(curve.share, PLACES))


def _curve(row: ScoredRow, rulebook: Rulebook) -> Curve:
    if row.is_execution:
        return rulebook.execution.curve
    rule = rule_of(row)
    assert rule is not None  # a row without a rule is never live
    return rule.curve


def _measure(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Expression:
    if row.promise is None:
        return _rate(execution_measure(rulebook))
    rule, otherwise = row.promise.rule, _otherwise(row)
    fixed = _FIXED.get("" if rule is None else rule.when.get("target_zero", "")) if row.target_value == 0 else None
    if fixed is not None:
        return when(is_number(ACTUAL), fixed, otherwise)
    measure, need = row.promise.expression, row.promise.need
    if need is LEVEL_PICKED:
        return _level(measure, otherwise)
    return _ready(measure, otherwise, len(counting_plan(scored.funds.plan)) if need is PAYMENTS else 0)


@cache
def _rate(rate: Expression) -> Expression:
    usable = when(BUDGET > 0, rate if isinstance(rate, Rounded) else steady(rate, PLACES), PENDING)
    return when(all_of(is_number(BUDGET), is_number(EXECUTED)), usable, PENDING)


@cache
def _level(measure: Expression, otherwise: float | str) -> Expression:
    return when(LEVEL.equals(""), otherwise, if_error(steady(measure, PLACES), PENDING))


@cache
def _ready(measure: Expression, otherwise: float | str, checkpoints: int) -> Expression:
    """The measure once its actual is there, or so many checkpoints."""
    ready = count_numbers(KEPT).equals(checkpoints) if checkpoints else is_number(ACTUAL)
    return when(ready, steady(measure, PLACES), otherwise)


def _otherwise(row: ScoredRow) -> float | str:
    """What stands where the input is missing: 待补充, or the share that the rulebook gives in such a case."""
    need = need_of(row)
    missing = not row.actual_level if need is LEVEL_PICKED else need is not PAYMENTS and math.isnan(row.actual_value)
    return row.measure if row.score is not None and missing else PENDING
