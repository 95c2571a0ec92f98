"""A workbook as data: columns, and rows of cells, each known by the ids of its row and column.

No cell knows where it stands, and no formula what it gives: that is the layout's. Nothing here is a word of Excel.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

from selfeval.domain.expression.tree import Expression, Name, Span
from selfeval.sheets.charts import Chart
from selfeval.sheets.colours import Colour
from selfeval.sheets.entries import Entry
from selfeval.sheets.heights import Fit
from selfeval.sheets.ids import Ids
from selfeval.sheets.page import ACROSS, Page
from selfeval.sheets.styles import Theme


class CellId(NamedTuple):
    """A cell by the ids of its row and column; a blank sheet is the one in which the name is used."""

    row: str
    column: str
    sheet: str = ""


def cell(row: str, column: str, sheet: str = "") -> Name:
    """A cell, to be used in expressions."""
    return Name(CellId(row, column, sheet))


def down(column: str, first: str, last: str, sheet: str = "") -> Span:
    """The cells of a column from one row to another."""
    return Span(cell(first, column, sheet), cell(last, column, sheet))


@dataclass(frozen=True)
class Rich:
    """A text in pieces of (text, style); a blank style is the cell's own."""

    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FileLink:
    """A link to a file at a path relative to the workbook, with forward slashes; the folder may be moved or sent on."""

    path: str
    text: str


@dataclass(frozen=True)
class CellLink:
    """A link to a cell of this workbook."""

    target: Name
    text: str


Content: TypeAlias = str | float | Decimal | Fraction | dt.date | Expression | Rich | FileLink | CellLink | None
"""What a cell holds. A blank text and a number that is not known (NaN) leave it blank, with its look."""


@dataclass(frozen=True)
class Column:
    """A column: id, heading, width in characters (None: the usual); ``frozen`` keeps it and all before it in sight."""

    id: str
    heading: str = ""
    width: float | None = None
    hidden: bool = False
    frozen: bool = False


class Cell(NamedTuple):
    """What stands in a column of a row, or in several merged ones, to column ``last`` and over ``rows`` rows.

    ``style`` names a style of the theme, with traits behind it; ``pattern`` another number format than the style's.
    A cell with an ``entry`` is typed into. ``comment`` is shown when the mouse rests on the cell.
    """

    column: str
    content: Content = None
    style: str = "text"
    last: str = ""
    rows: int = 1
    pattern: str = ""
    entry: Entry | None = None
    comment: str = ""


class Row(NamedTuple):
    """One row: its id (blank where no one names it), cells, and height in points (None: the usual one).

    ``frozen`` keeps it, and all above it, in sight; ``repeated`` prints it again on each page; ``new_page`` begins a
    page with it; ``together`` does so where it and all below would not fit on the rest of the page, ``block`` where it
    and so many rows, counted with it, would not.
    """

    cells: tuple[Cell, ...] = ()
    id: str = ""
    height: float | Fit | None = Fit()
    hidden: bool = False
    frozen: bool = False
    repeated: bool = False
    new_page: bool = False
    together: bool = False
    block: int = 0


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``ids`` writes the ids of rows and columns into it, hidden, so that it can be read back.

    ``filter`` names the row of headings and the last row of a table that can be filtered. ``protection``: what is not
    ``locked`` may be typed and sizes changed (``entries``), or only what is not locked typed (``all``). ``selected``
    is the row and column where the cursor stands; ``zoom`` is in percent.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    page: Page = ACROSS
    ids: Ids | None = None
    filter: tuple[str, str] | None = None
    colours: tuple[Colour, ...] = ()
    charts: tuple[Chart, ...] = ()
    protection: Literal["", "entries", "all"] = ""
    selected: tuple[str, str] | None = None
    zoom: int = 100
    gridlines: bool = False


@dataclass(frozen=True)
class Book:
    """A workbook of one theme; ``date`` stands in its properties, so that the same content gives the same bytes.

    ``handed_out``: nothing of ours stands in the file's properties, neither an author nor what tells a change.
    """

    title: str
    date: dt.date
    theme: Theme
    sheets: tuple[Sheet, ...]
    handed_out: bool = False
