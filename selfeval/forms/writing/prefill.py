"""Values put into a form beforehand, without changing what they mean: what was reported, and texts of last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from selfeval.domain.case import Case
from selfeval.domain.reported import Cell
from selfeval.domain.rounding import fraction
from selfeval.forms.identity import ACTUAL, fund_row, narrative_row, payment_row
from selfeval.forms.writing.promised import PromisedRow
from selfeval.sheets import model

_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)[%％]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

Place: TypeAlias = tuple[str, str]
"""A cell by the ids of its row and column."""

Filling: TypeAlias = Mapping[Place, Cell]
"""What is filled in where."""


def prefilled(case: Case, rows: Sequence[PromisedRow]) -> dict[Place, Cell]:
    """What was reported, by the cells of the form; blanks are left out.

    Rates become shares for cells that show a percentage (95 and 95% become 0.95); a number that may itself be a
    share (0.95 on ≥95%) stays as it is, so that it is asked about.
    """
    reports, promised = case.reports, {row.id: row for row in rows}
    found = {
        **{(fund_row(item), ACTUAL): cell for item, cell in reports.funds.items()},
        **{(payment_row(month), ACTUAL): cell for month, cell in reports.payments.items()},
        **{
            (narrative_row(item), ACTUAL): _dated(cell) if item == "date" else cell
            for item, cell in reports.narrative.items()
            if item != "mark"
        },
        **{(name, item): _answer(item, cell, promised.get(name)) for (name, item), cell in reports.answers.items()},
    }
    return {place: cell for place, cell in found.items() if cell.form not in {"", "blank"}}


def _answer(item: str, cell: Cell, row: PromisedRow | None) -> Cell:
    if item == "percentage":
        return _rate(cell, 100.0)
    entry = row.entry(item) if row is not None and item == "actual" else None
    if entry is None or row is None:
        return cell
    if entry.kind == "date":
        return _dated(cell)
    return _rate(cell, row.promise.asked.value) if entry.kind == "percent" else cell


def _dated(cell: Cell) -> Cell:
    """A day that was written as a text. 2024-02-30 stays a text, and the scoring says what is wrong with it."""
    return replace(cell, form="date") if cell.form not in {"", "blank", "number", "percent"} else cell


def _rate(cell: Cell, target: float) -> Cell:
    if cell.form == "number":
        if 0 < cell.number <= 1 and target > 1:
            return cell
        return replace(cell, number=float(fraction(cell.number) / 100), form="percent")
    match = _PERCENT.fullmatch(cell.text) if cell.form not in {"", "blank", "percent"} else None
    return cell if match is None else replace(cell, number=float(Fraction(match[1]) / 100), form="percent")


def with_carried(
    found: Filling, carried: Mapping[Place, str], rows: Sequence[PromisedRow]
) -> tuple[Filling, frozenset[str]]:
    """The same with last year's texts where there is nothing, and the rows that hold one."""
    known = {row.id for row in rows if row.applies}
    taken = {
        place: Cell(text, form="text")
        for place, text in carried.items()
        if place not in found and (place[0] in known or place[0].startswith("narrative."))
    }
    return {**found, **taken}, frozenset(row for row, _ in taken)


def filled_in(rows: Iterable[model.Row], filling: Filling, noted: frozenset[str], note: str) -> tuple[model.Row, ...]:
    """The rows with everything filled in, and a note on the first cell to type into of some."""

    def fill(row: model.Row, cell: model.Cell) -> model.Cell:
        if cell.column == ACTUAL and cell.entry is not None and row.id in noted:
            cell = cell._replace(comment="\n".join(part for part in (cell.comment, note) if part))
        found = filling.get((row.id, cell.column))
        if found is None:
            return cell
        return cell._replace(content=_content(found), pattern=_pattern(cell.style, found))

    return tuple(row._replace(cells=tuple(fill(row, cell) for cell in row.cells)) for row in rows)


def _content(found: Cell) -> str | float | date:
    if found.form in {"number", "percent"}:
        return found.number
    return _day(found) or found.text


def _day(found: Cell) -> date | None:
    if found.form != "date" or not _ISO.fullmatch(found.text):
        return None
    try:
        return date.fromisoformat(found.text)
    except ValueError:
        return None


def _pattern(style: str, found: Cell) -> str:
    """A value whose form differs from the cell's usual one brings its own number format."""
    if found.form == "percent":
        return "" if style == "input_percent" else "percent"
    if found.form == "number":
        return "general" if style in {"input_percent", "input_date"} else ""
    return "" if _day(found) is None else "date"


def filling_text(found: Cell) -> str:
    """A value as wide as it is shown."""
    return str(_content(found))
