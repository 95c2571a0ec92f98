"""The shape of a book: what its layout follows from, apart from the values in its cells and the heights of its rows.

Books of equal shape are stamped from one rendered file. Ids do not count, nor do texts and numbers: the kinds of
contents, and whatever stands in formulas, entries, colour rules and charts, do.
"""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.expression.tree import Expression, Name
from selfeval.sheets.charts import Chart
from selfeval.sheets.layout import LaidSheet, Layout, PlacedCell
from selfeval.sheets.model import Book, Cell, CellLink, FileLink, Rich
from selfeval.sheets.values import given

Shape = tuple[object, ...]
"""Hashable."""


def shape(book: Book) -> Shape:
    """The shape of a book."""
    layout = Layout(book)
    return (book.theme, *(_sheet(layout, laid) for laid in layout))


def _sheet(layout: Layout, laid: LaidSheet) -> Shape:
    sheet, own = laid.sheet, laid.sheet.name
    return (
        own,
        tuple((column.width, column.hidden) for column in laid.columns),
        tuple((row.hidden, row.new_page) for row in laid.rows),
        tuple(_cell(layout, placed, own) for row in range(len(laid.rows)) for placed in laid.placed(row)),
        (laid.frozen, laid.repeated, laid.printed, sheet.page, sheet.protection, sheet.zoom, sheet.gridlines),
        sheet.filter and (laid.row_at[sheet.filter[0]], laid.row_at[sheet.filter[1]]),
        sheet.selected and (laid.row_at[sheet.selected[0]], laid.column_at[sheet.selected[1]]),
        tuple((layout.area(rule.area, own), rule.look, layout.rule(rule.test, own)) for rule in sheet.colours),
        tuple(_chart(layout, chart, own) for chart in sheet.charts),
    )


def _cell(layout: Layout, placed: PlacedCell, own: str) -> Shape:
    entry = placed.cell.entry
    return (
        (placed.row, placed.column, placed.last_row, placed.last_column),
        layout.book.theme.style(placed.cell.style, placed.cell.pattern),
        _kind(layout, placed.cell, own),
        entry and (replace(entry, least=None, most=None), layout.rule(entry.least, own), layout.rule(entry.most, own)),
        bool(placed.cell.comment),
    )


def _kind(layout: Layout, cell: Cell, own: str) -> str:
    """The text of a formula; for other contents only what they are."""
    if isinstance(cell.content, Expression):
        return layout.formula(cell.content, own)
    if isinstance(cell.content, Rich | FileLink | CellLink):
        return type(cell.content).__name__
    value = given(cell)
    return "" if value is None else "text" if isinstance(value, str) else "number"


def _chart(layout: Layout, chart: Chart, own: str) -> Shape:
    areas = ((layout.area(series.categories, own), layout.area(series.values, own)) for series in chart.series)
    return (replace(chart, corner=Name(""), series=()), layout.place(chart.corner.key, own)[1:], *areas)
