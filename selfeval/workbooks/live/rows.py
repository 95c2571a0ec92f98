"""The live cells of one scored row: measure, share, score and state, each with the value it gives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from selfeval.domain.curves import MEASURE, Curve
from selfeval.domain.expression.tree import Name
from selfeval.domain.expression.worksheet import text as written
from selfeval.domain.measures.measure import ACTUAL, LEVEL, PERCENTAGE, POINTS, TARGET, UPPER
from selfeval.domain.measures.schedule import KEPT
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.workbooks.live.formulas import BROKEN, DASH, NONE, PENDING, guarded, quoted, score_formula
from selfeval.workbooks.live.places import GroundsPlaces, kept_seen
from selfeval.workbooks.live.rounded import COMPARED, INNER, PLACES, Rounded, Steps, settle
from selfeval.workbooks.material import Material, Row, rule_of
from selfeval.workbooks.schedule.checkpoints import mean_kept

_OPEN = Steps(Rounded(0.0, PLACES), Rounded(0.0, PLACES), COMPARED, INNER, pinned=False)


@dataclass(frozen=True)
class Live:
    """A formula and the value it gives; a plain word when there is no formula."""

    formula: str
    value: float | str


@dataclass(frozen=True)
class LiveRow:
    """The four live cells of a scored row."""

    measure: Live
    share: Live
    score: Live
    state: Live


def live_row(material: Material, places: GroundsPlaces, i: int) -> LiveRow:
    """The live cells of the i-th row. 不涉及 and 错误 are words; an open row shows 待补充 until its input is there."""
    row = material.rows[i]
    if row.state is State.NOT_APPLICABLE:
        return LiveRow(Live("", DASH), Live("", DASH), Live("", NONE), Live("", row.state.label))
    if row.state is State.ERROR:
        broken = Live("", BROKEN)
        return LiveRow(broken, broken, broken, broken)
    curve = curve_of(row, material.rulebook)
    steps = _OPEN
    if row.score is not None:
        # the sheet takes the mean of checkpoints that are rounded already
        measure_value = mean_kept(material) if row.kind == "monthly_schedule" else row.measure
        steps = settle(measure_value, curve, row.points, row.score)
    measure, share, score = (places.cell(name, i) for name in ("measure", "share", "score"))
    text = written(curve.share.bind({MEASURE: Name(measure)}), str)
    share_formula = guarded(f"ISNUMBER({measure})", f"ROUND({text},{steps.share.places})")
    points = places.cell("points", i)
    word = State.SCORED.label if row.state is State.ASK else row.state.label
    return LiveRow(
        Live(_measure_formula(material, places, i, steps.measure.places), _or_pending(row, steps.measure.value)),
        Live(share_formula, _or_pending(row, steps.share.value)),
        Live(
            score_formula(share, points, measure, steps, row.score or 0),
            _or_pending(row, (row.score or 0) / 100),
        ),
        Live(guarded(f"ISNUMBER({score})", quoted(word)), row.state.label),
    )


def curve_of(row: Row, rulebook: Rulebook) -> Curve:
    """The curve from measure to share of a scored row."""
    if row.is_execution:
        return rulebook.execution.curve
    rule = rule_of(row)
    assert rule is not None  # a row without a rule is never scored
    return rule.curve


def _or_pending(row: Row, value: float) -> float | str:
    return PENDING if row.score is None else value


def _measure_formula(material: Material, places: GroundsPlaces, i: int, digits: int) -> str:
    row = material.rows[i]
    actual, target = places.cell("actual_value", i), places.cell("target_value", i)
    if row.is_execution:
        rate = f"ROUND({actual}/{target},{digits})"
        if material.rulebook.execution.rate_first:
            rate = f"ROUND(ROUND({actual}/{target},{PLACES}),4)"
        usable = guarded(f"{target}>0", rate).removeprefix("=")
        return guarded(f"AND(ISNUMBER({target}),ISNUMBER({actual}))", usable)
    level = places.cell("level", i)
    rule = rule_of(row)
    fixed = "" if rule is None or row.target_value != 0 else _ZERO_TARGET.get(rule.when.get("target_zero", ""), "")
    if fixed:
        return guarded(f"ISNUMBER({actual})", fixed, _otherwise(row))
    assert row.promise is not None
    named = {UPPER: "upper", PERCENTAGE: "percentage", POINTS: "points", LEVEL: "level"}
    cells = {name: Name(places.cell(column, i)) for name, column in named.items()}
    text = written(
        row.promise.expression.bind({**cells, ACTUAL: Name(actual), TARGET: Name(target), KEPT: Name(kept_seen())}), str
    )
    otherwise = _otherwise(row)
    if row.kind == "qualitative":
        return f'=IF({level}="",{otherwise},IFERROR(ROUND({text},{digits}),"{PENDING}"))'
    ready = f"ISNUMBER({actual})"
    if row.kind == "monthly_schedule":
        counting = sum(not math.isnan(one) for one in material.plan)
        ready = f"COUNT({kept_seen()})={counting}"
    return guarded(ready, f"ROUND({text},{digits})", otherwise)


_ZERO_TARGET = {"full": "1", "zero": "0", "ask": quoted(PENDING)}
"""What a rulebook gives for a target of 0 instead of a measure; without a word of it the measure is taken."""


def _otherwise(row: Row) -> str:
    """What stands where the input is missing: 待补充, or the share that the rulebook gives in such a case."""
    return quoted(PENDING) if row.score is None or not _unanswered(row) else f"{row.measure:g}"


def _unanswered(row: Row) -> bool:
    """Whether a scored row has no input: a ``when`` of the rulebook has given it full points or none."""
    if row.kind == "qualitative":
        return not row.actual_level
    return row.kind != "monthly_schedule" and math.isnan(row.actual_value)
