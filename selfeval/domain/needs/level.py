"""One of the rulebook's qualitative levels, optionally with a percentage."""

from __future__ import annotations

import math

from selfeval.domain.expression.tree import (
    ALWAYS,
    Expression,
    all_of,
    any_of,
    if_error,
    is_error,
    is_number,
    negated,
    steady,
    when,
)
from selfeval.domain.measures.measure import LEVEL, PERCENTAGE
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report, SelfCheck
from selfeval.domain.needs.selfcheck import BLANK, DOUBTFUL, NOT_CHOICE, PLACES, UNSCORED, Said, blank, typed
from selfeval.domain.reading.actuals import Answer, as_seen, read_level, read_percentage
from selfeval.domain.reading.quantity import RATE, RATE_FROM
from selfeval.domain.rounding import fraction, half_up, show_points

_OF_PERCENTAGE = {"E405", "E415", "E416"}
"""Codes whose fault lies in the percentage; other codes speak of the level."""


def _read(asked: Asked, report: Report) -> Read:
    cell, given = report.cell("level"), report.cell("percentage")
    level = read_level(cell.text, cell.form, asked.levels)
    if isinstance(level, Answer):
        return _fault(Outcome(shown=as_seen(cell), cell=cell), level, report)
    share = read_percentage(given.text, given.form, given.number, level)
    outcome = Outcome(shown=level.label, level=level.label, cell=cell)
    if share.value is None:
        return _fault(outcome, share, report)
    known = not math.isnan(share.value)
    outcome = Outcome(
        shown=f"{level.label} {share.shown}" if known else level.label,
        level=level.label,
        percentage=share.value,
        given=known,
        cell=cell,
        inputs={LEVEL.key: level.label, PERCENTAGE.key: fraction(share.value) if known else None},
        said=(level.label, level.band),
    )
    return Read(outcome, at=cell)


def _fault(outcome: Outcome, answer: Answer, report: Report) -> Read:
    item = "percentage" if answer.code in _OF_PERCENTAGE else "level"
    return Read(outcome, answer.code, answer.facts, report.cell(item), item)


def _example(asked: Asked, level: str) -> str:
    del asked
    return f"在“完成档次”里选“{level}”；要写具体比例的，再填“完成比例”，如 85%"


def _entry(asked: Asked, item: str) -> Entry | None:
    if item == "level":
        return Entry("choice", choices=tuple(level.label for level in asked.levels), title="完成档次")
    return Entry("percent", RATE) if item == "percentage" else None


def _how_scored(asked: Asked, points: int) -> str:
    parts = []
    for level in asked.levels:
        low, high, default = (show_points(half_up(end * points)) for end in (level.low, level.high, level.default))
        parts.append(f"选“{level.label}”得 {low} 至 {high} 分，不填比例的得 {default} 分")
    return f"满分 {show_points(points)} 分。{'；'.join(parts)}。"


_PICKED, _GIVEN = typed("level"), typed("percentage")


def _value(asked: Asked) -> Expression:
    """The share, whether it was typed as 85% or as 85."""
    del asked
    return when(is_number(_GIVEN), when(_GIVEN >= RATE_FROM, steady(_GIVEN / 100, PLACES), _GIVEN), "")


def _measured(measure: Expression) -> Expression:
    """Not while something stands where a percentage belongs that is no number."""
    stray = when(is_error(_GIVEN), ALWAYS, all_of(negated(is_number(_GIVEN)), negated(blank(_GIVEN))))
    return when(is_error(_PICKED), "", when(stray, "", if_error(measure, "")))


def _said(asked: Asked) -> tuple[Said, ...]:
    known = any_of(*(_PICKED.equals(level.label) for level in asked.levels))
    return (
        (is_error(_PICKED), NOT_CHOICE),
        (blank(_PICKED), BLANK),
        (negated(known), NOT_CHOICE),
        (UNSCORED, DOUBTFUL),
    )


LEVEL_PICKED = Need(
    "level",
    _read,
    hint=lambda _asked: "选完成档次，比例可不填",
    example=_example,
    entry=_entry,
    item="level",
    missing="no_level",
    check=SelfCheck(_value, _said, _measured),
    how_scored=_how_scored,
)
