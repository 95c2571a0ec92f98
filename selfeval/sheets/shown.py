"""A sheet as it is seen: formulas replaced by what they show, so that it stands without the sheets that they read."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.values import ErrorValue
from selfeval.sheets.layout import LaidSheet, Layout
from selfeval.sheets.model import Book, Cell, Sheet
from selfeval.sheets.values import Values


def shown_sheet(book: Book, name: str) -> Sheet:
    """A sheet of a book without formulas, as high and with the decimals that it has there; colour rules are left out.

    Raises KeyError where the book has no such sheet.
    """
    layout = Layout(book)
    laid, values = layout.sheets[name], Values(layout)
    rows = tuple(
        row._replace(cells=tuple(_cells(laid, at, values, book)), height=laid.heights[at])
        for at, row in enumerate(laid.rows)
    )
    sheet = laid.sheet
    return Sheet(sheet.name, sheet.columns, rows, sheet.page, zoom=sheet.zoom, gridlines=sheet.gridlines)


def _cells(laid: LaidSheet, at: int, values: Values, book: Book) -> Iterator[Cell]:
    for placed in laid.placed(at):
        cell = placed.cell
        content = cell.content
        if isinstance(content, Expression):
            value = values.of(laid, placed)
            content = value.text if isinstance(value, ErrorValue) else value
        pattern = book.theme.style(cell.style, cell.pattern).pattern
        yield cell._replace(content=content, pattern=pattern, entry=None, comment="")
