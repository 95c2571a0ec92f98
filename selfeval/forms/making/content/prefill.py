"""Reported values as the contents of a form's boxes, without changing what they mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from selfeval.domain.case import Case
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.need import Asked, Need
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.reported import Cell
from selfeval.domain.rounding import fraction
from selfeval.forms.identity import ACTUAL, fund_row, narrative_row, payment_row
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.layout import Filled

_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)[%％]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def prefilled(case: Case, rows: Sequence[Row]) -> dict[tuple[str, str], Filled]:
    """What to write into the form of a project, by (row id, column id); blanks are left out.

    Rates become shares for cells that show a percentage (95 and 95% become 0.95); a number that may itself be a
    share (0.95 on ≥95%) stays as it is, so that it is asked about.
    """
    found: dict[tuple[str, str], Filled] = {}
    for item, cell in case.reports.funds.items():
        found[fund_row(item), ACTUAL] = _plain(cell)
    for month, cell in case.reports.payments.items():
        found[payment_row(month), ACTUAL] = _plain(cell)
    for item, cell in case.reports.narrative.items():
        if item != "mark":
            found[narrative_row(item), ACTUAL] = _dated(_plain(cell)) if item == "date" else _plain(cell)
    asked = {row.id: (row.need, row.promise.asked) for row in rows}
    for (indicator, item), cell in case.reports.answers.items():
        found[indicator, item] = _answer(item, _plain(cell), *asked.get(indicator, (None, None)))
    return {place: filled for place, filled in found.items() if filled is not NOTHING_FILLED}


def _answer(item: str, plain: Filled, need: Need | None, asked: Asked | None) -> Filled:
    if plain is NOTHING_FILLED:
        return plain
    if item == "actual" and need is DAY:
        return _dated(plain)
    if item == "actual" and need is NUMBER and asked is not None and asked.unit == RATE:
        return _rate(plain, asked.value)
    return _rate(plain, 100.0) if item == "percentage" else plain


NOTHING_FILLED = Filled("")


def _plain(cell: Cell) -> Filled:
    if cell.form in {"", "blank"}:
        return NOTHING_FILLED
    if cell.form == "number":
        return Filled(cell.number)
    if cell.form == "percent":
        return Filled(cell.number, percent=True)
    return _dated(Filled(cell.text)) if cell.form == "date" else Filled(cell.text)


def _dated(filled: Filled) -> Filled:
    if isinstance(filled.value, str) and _ISO.fullmatch(filled.value):
        try:
            return Filled(date.fromisoformat(filled.value))
        except ValueError:  # 2024-02-30 stays a text, and the scoring says what is wrong with it
            return filled
    return filled


def _rate(filled: Filled, target: float) -> Filled:
    if filled.percent or isinstance(filled.value, date):
        return filled
    if isinstance(filled.value, str):
        match = _PERCENT.fullmatch(filled.value)
        return Filled(float(Fraction(match[1]) / 100), percent=True) if match else filled
    if 0 < filled.value <= 1 and target > 1:
        return filled
    return Filled(float(fraction(filled.value) / 100), percent=True)
