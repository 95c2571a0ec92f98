"""One of the rulebook's qualitative levels, optionally with a percentage."""

from __future__ import annotations

import math

from selfeval.domain.measures.measure import LEVEL, PERCENTAGE
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report
from selfeval.domain.reading.actuals import Answer, as_seen, read_level, read_percentage
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.rounding import fraction

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


LEVEL_PICKED = Need(
    "level",
    _read,
    hint=lambda _asked: "选完成档次，比例可不填",
    example=_example,
    entry=_entry,
    item="level",
    missing="no_level",
)
