"""Rows that most sheets have: a banner over the whole width, headings, one merged text, room between."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Content, Rich, Row
from selfeval.sheets.text import clean

LONGEST_BANNER, LONGEST_MARK = 2_000, 200


def banner(columns: Sequence[Column], text: str, style: str = "plain", mark: str = "", least: float = 18.0) -> Row:
    """A line over all columns, as high as it needs; behind it, in red, what the figures are marked as."""
    shown = clean(text, LONGEST_BANNER)
    marked = clean(f"　【{mark}】", LONGEST_MARK) if mark else ""
    content = Rich(((shown, ""), (marked, "mark"))) if marked else shown
    return over(columns, content, style, Fit(least))


def over(columns: Sequence[Column], content: Content, style: str, height: float | Fit | None) -> Row:
    """One cell over all columns."""
    return Row((Cell(columns[0].id, content, style, columns[-1].id),), height=height)


def headings(columns: Iterable[Column], style: str = "head", height: float = 30.0, *, frozen: bool = False) -> Row:
    """The headings of the columns, printed again on each page; the row's id is ``head``."""
    cells = tuple(Cell(column.id, column.heading, style) for column in columns)
    return Row(cells, "head", height, frozen=frozen, repeated=True)
