"""Reported values as the contents of a form's boxes, without changing what they mean."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pandas as pd

from selfeval.domain.reading.quantity import RATE
from selfeval.domain.reported import Reported
from selfeval.domain.rounding import fraction
from selfeval.forms.identity import ACTUAL, fund_row, narrative_row, payment_row
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.layout import Filled

_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)[%％]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def prefilled(reported: Reported, project: str, rows: tuple[Row, ...]) -> dict[tuple[str, str], Filled]:
    """What to write into the form of one project, by (row id, column id); blanks are left out.

    Rates become shares for cells that show a percentage (95 and 95% become 0.95); a number that may itself be a
    share (0.95 on ≥95%) stays as it is, so that it is asked about.
    """
    by_id = {row.id: row for row in rows}
    found: dict[tuple[str, str], Filled] = {}
    for _, item, text, number, form in _values(reported.funds, project, "item"):
        found[fund_row(item), ACTUAL] = _plain(text, number, form)
    for _, month, text, number, form in _values(reported.payments, project, "month"):
        found[payment_row(int(month)), ACTUAL] = _plain(text, number, form)
    for _, item, text, number, form in _values(reported.narrative, project, "item"):
        if item != "mark":
            plain = _plain(text, number, form)
            found[narrative_row(item), ACTUAL] = _dated(plain) if item == "date" else plain
    for indicator, item, text, number, form in _values(reported.actuals, project, "item"):
        row = by_id.get(indicator)
        plain = _plain(text, number, form)
        if row is not None and item == "actual" and row.needs == "date":
            plain = _dated(plain)
        if row is not None and item == "actual" and row.needs == "number" and row.unit == RATE:
            plain = _rate(plain, row.value)
        if item == "percentage":
            plain = _rate(plain, 100.0)
        found[indicator, item] = plain
    return found


def _values(frame: pd.DataFrame, project: str, item: str) -> list[tuple[str, str, str, float, str]]:
    """(indicator, item, text, number, form) of the project's values that are not blank."""
    own = frame[(frame["project"] == project) & (frame["form"] != "blank")]
    keys = own["indicator"] if "indicator" in own.columns else own["project"]
    columns = (keys, own[item].astype("str"), own["text"], own["number"], own["form"])
    return [(str(a), str(b), str(c), float(d), str(e)) for a, b, c, d, e in zip(*columns, strict=True)]


def _plain(text: str, number: float, form: str) -> Filled:
    if form == "number":
        return Filled(number)
    if form == "percent":
        return Filled(number, percent=True)
    return _dated(Filled(text)) if form == "date" else Filled(text)


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
