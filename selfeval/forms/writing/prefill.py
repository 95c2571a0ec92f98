"""Values put into a form beforehand, without changing what they mean: what was reported, and texts of last year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import isnan
from typing import TypeAlias

from selfeval.domain.case import Case
from selfeval.domain.fund_layouts import SOURCES, FundLayout, source_item, sources_of
from selfeval.domain.fund_sources import by_source, published
from selfeval.domain.reading.actuals import read_amount, year_and_month
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, Cell, Reports
from selfeval.domain.rounding import fraction
from selfeval.forms.identity import ACTUAL, CellPlace, filled_cells, fund_row, narrative_row
from selfeval.forms.writing.promised import PromisedRow
from selfeval.sheets import model

_NOT_COUNTED = {
    "unseen": "显示的不是这个数",
    "struck": "有划掉的部分",
    "raised": "有上标或下标的数字",
    "dropped": "有疑问，未采用",
}
"""What a new form says behind a value that the file it came from shows not to count."""
_PERCENT = re.compile(r"([+-]?\d+(?:\.\d+)?)[%％]")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")

Filling: TypeAlias = Mapping[CellPlace, Cell]
"""What is filled in where."""


def prefilled(case: Case, rows: Sequence[PromisedRow], layout: FundLayout) -> dict[CellPlace, Cell]:
    """What was reported, by the cells of the form; blanks are left out, but the published budget is 年初预算数.

    Rates become shares for cells that show a percentage (95 and 95% become 0.95); a number that may itself be a
    share (0.95 on ≥95%) stays as it is, so that it is asked about. Amounts that add up from their sources are left out;
    one that does not stays beside them, and is asked about.
    """
    promised = {row.id: row for row in rows}
    given = filled_cells(case.reports)
    if not any(row.startswith(fund_row("initial")) for row, _ in given):
        given = _published(case, layout) | given
    for item in FUND_ITEMS:
        given = _by_source_or_whole(given, case.reports, item, layout)
    return {place: _suited(cell, *place, promised.get(place[0])) for place, cell in given.items()}


def _by_source_or_whole(
    given: dict[CellPlace, Cell], reports: Reports, item: str, layout: FundLayout
) -> dict[CellPlace, Cell]:
    """The same with an amount of FUND_ITEMS by the sources of the form, or as a whole where these are others."""
    whole, sources = (fund_row(item), ACTUAL), sources_of(layout)
    rows = {source: place for source in SOURCES if (place := (fund_row(source_item(item, source)), ACTUAL)) in given}
    left_out: set[CellPlace] = set()
    if not rows.keys() <= {*sources}:
        left_out = {*rows.values()} if _adds_up(reports, item) else {*rows.values(), whole}
    elif rows and whole in given and _adds_up(reports, item):
        left_out = {whole}
    elif not rows and whole in given and given[whole].number == 0:  # 0 of any source is the same
        given, left_out = {**given, (fund_row(source_item(item, sources[0])), ACTUAL): given[whole]}, {whole}
    return {place: cell for place, cell in given.items() if place not in left_out}


def _adds_up(reports: Reports, item: str) -> bool:
    """Whether an amount is the sum of what was reported of it by source."""
    parts, cell = by_source(reports, item), reports.funds[item]
    value = read_amount(cell.text, cell.data_type, cell.number).value
    return parts is not None and value is not None and parts.total == fraction(value)


def _published(case: Case, layout: FundLayout) -> dict[CellPlace, Cell]:
    """The published budget, by source where the published sources are those of the form."""
    project = case.project
    if isnan(project.budget):
        return {}
    parts = published(project, layout, case.year)
    amounts = {"initial": project.budget}
    if parts is not None:
        amounts = {source_item("initial", source): float(amount) for source, amount in parts.amounts.items()}
    return {(fund_row(item), ACTUAL): Cell(show_number(amount), amount, "number") for item, amount in amounts.items()}


def _suited(cell: Cell, name: str, column: str, row: PromisedRow | None) -> Cell:
    """The value as its cell takes it. 2024-02-30 stays a text, and the scoring says what is wrong with it."""
    if cell.data_type in _NOT_COUNTED:
        return cell
    entry = row.entry(column) if row is not None and column == ACTUAL else None
    if name == narrative_row("date") or (entry is not None and entry.kind == "date"):
        if cell.data_type == "number" and year_and_month(cell.text):
            return replace(cell, data_type="text")
        return cell if cell.data_type in {"number", "percent"} else replace(cell, data_type="date")
    if column == "percentage":
        return _rate(cell, 100.0)
    if row is not None and entry is not None and entry.kind == "percent":
        return _rate(cell, row.promise.asked.value)
    return cell


def _rate(cell: Cell, target: float) -> Cell:
    if cell.data_type == "number":
        if 0 < cell.number <= 1 and target > 1:
            return cell
        percent = fraction(cell.number)
    elif cell.data_type != "percent" and (match := _PERCENT.fullmatch(cell.text)):
        percent = Fraction(match[1])
    else:
        return cell
    return replace(cell, number=float(percent / 100), data_type="percent")


def with_carried(
    found: Filling, carried: Mapping[CellPlace, str], rows: Sequence[PromisedRow]
) -> tuple[Filling, frozenset[str]]:
    """The same with last year's texts where there is nothing, and the rows that hold one."""
    known = {row.id for row in rows if row.applies}
    taken = {
        place: Cell(text, data_type="text")
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
        return cell._replace(content=content_of(found), pattern=_pattern(cell.style, found))

    return tuple(row._replace(cells=tuple(fill(row, cell) for cell in row.cells)) for row in rows)


def content_of(found: Cell) -> str | float | date:
    """A value as its cell holds it; what must not count says why, since a plain cell would show nothing of it."""
    if found.data_type in _NOT_COUNTED:
        return f"{found.text}？（{_NOT_COUNTED[found.data_type]}）"
    return found.number if found.data_type in {"number", "percent"} else _day(found) or found.text


def _day(found: Cell) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(found.text) if found.data_type == "date" and _ISO.fullmatch(found.text) else None
    return None


def _pattern(style: str, found: Cell) -> str:
    """A value whose data type differs from the cell's usual one brings its own number format."""
    if found.data_type == "percent":
        return "" if style == "input_percent" else "percent"
    if found.data_type == "number":
        return "general" if style in {"input_percent", "input_date"} else ""
    return "" if _day(found) is None else "date"
