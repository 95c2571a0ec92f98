"""One of the rulebook's qualitative levels, optionally with a percentage."""

from __future__ import annotations

import math
from dataclasses import replace

from selfeval.domain.expression import tree
from selfeval.domain.expression.tree import ALWAYS, Expression, all_of, is_error, is_number, negated, steady, when
from selfeval.domain.measures.measure import LEVEL, PERCENTAGE
from selfeval.domain.needs.need import Asked, Input, Need, Outcome, Report, SelfCheck
from selfeval.domain.needs.selfcheck import BLANK, DOUBTFUL, NOT_CHOICE, UNSCORED, Said, blank, typed
from selfeval.domain.reading.actuals import Answer, as_seen, read_level, read_percentage
from selfeval.domain.reading.quantity import RATE, RATE_FROM
from selfeval.domain.rounding import SHARE_PLACES, fraction, half_up, show_points


def _read(asked: Asked, report: Report) -> Outcome:
    cell, given = report.cell("level"), report.cell("percentage")
    level = read_level(cell.text, cell.data_type, asked.levels)
    if isinstance(level, Answer):
        return Outcome(shown=as_seen(cell), cell=cell, code=level.code, facts=level.facts, at=cell, item="level")
    share = read_percentage(given.text, given.data_type, given.number, level)
    outcome = Outcome(shown=level.label, level=level.label, cell=cell, said=(level.label, level.band))
    if share.value is None:
        return replace(outcome, code=share.code, facts=share.facts, at=given, item="percentage")
    known = not math.isnan(share.value)
    inputs = {LEVEL.key: level.label, PERCENTAGE.key: fraction(share.value) if known else None}
    shown = f"{level.label} {share.shown}".strip()
    return replace(outcome, shown=shown, percentage=share.value, inputs=inputs, at=cell)


def _entry(asked: Asked, item: str) -> Input | None:
    if item == "level":
        return Input("choice", choices=tuple(level.label for level in asked.levels), title="完成档次")
    return Input("percent", RATE) if item == "percentage" else None


def _how_scored(asked: Asked, points: int) -> str:
    parts = []
    for level in asked.levels:
        low, high, default = (show_points(half_up(end * points)) for end in (level.low, level.high, level.default))
        earned = f"{low} 至 {high} 分，不填比例的得 {default} 分" if level.low < level.high else f"{default} 分"
        parts.append(f"选“{level.label}”得 {earned}")
    return f"满分 {show_points(points)} 分。{'；'.join(parts)}。"


_PICKED, _GIVEN = typed("level"), typed("percentage")


def _value(_asked: Asked) -> Expression:
    """The share, whether it was typed as 85% or as 85."""
    return when(is_number(_GIVEN), when(_GIVEN >= RATE_FROM, steady(_GIVEN / 100, SHARE_PLACES), _GIVEN), "")


def _measured(measure: Expression) -> Expression:
    """Not while something stands where a percentage belongs that is no number."""
    stray = when(is_error(_GIVEN), ALWAYS, all_of(negated(is_number(_GIVEN)), negated(blank(_GIVEN))))
    return when(is_error(_PICKED), "", when(stray, "", tree.if_error(measure, "")))


def _said(asked: Asked) -> tuple[Said, ...]:
    known = tree.any_of(*(_PICKED.equals(level.label) for level in asked.levels))
    return (is_error(_PICKED), NOT_CHOICE), (blank(_PICKED), BLANK), (negated(known), NOT_CHOICE), (UNSCORED, DOUBTFUL)


LEVEL_PICKED = Need(
    "level",
    "完成档次，可加比例",
    _read,
    hint=lambda _asked: "选完成档次，比例可不填",
    example=lambda _asked, level: f"在“完成档次”里选“{level}”；要写具体比例的，再填“完成比例”，如 85%",
    entry=_entry,
    item="level",
    missing="no_level",
    check=SelfCheck(_value, _said, _measured),
    how_scored=_how_scored,
)
