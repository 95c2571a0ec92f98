"""What a reader makes of a file: paragraphs and grids in document order, each with the place where it stands.

A reader knows its format and nothing of 绩效 (only ``text``, which has no cells, finds them by the labels of the form);
``form`` reads blocks, knows no format, and undoes what page layout did.
"""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.problems import Problem

MAX_ROWS = 20_000
"""Rows of one table of a document."""


@dataclass(frozen=True)
class Spot:
    """Where something stands, counted from 1 (0: the format has none); ``line`` is one of text or a row of a table.

    ``sheet``, ``cell``: of a format that has them, such as G5.
    """

    line: int = 0
    page: int = 0
    table: int = 0
    paragraph: int = 0
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """The place for a message, e.g. 第12行 or 第2页第3个表第5行; in a sheet the address of the cell."""
        if self.cell:
            return self.cell
        parts = ((self.page, "页"), (self.table, "个表"), (self.paragraph, "段"), (self.line, "行"))
        return "".join(f"第{number}{counted}" for number, counted in parts if number)

    @property
    def in_file(self) -> str:
        """The place with its sheet, where there is one: 绩效目标!G5."""
        return f"{self.sheet}!{self}" if self.sheet else str(self)

    @property
    def only_line(self) -> int:
        """The line where the format knows lines and nothing else; 0 otherwise."""
        return self.line if self == Spot(self.line) else 0


@dataclass(frozen=True)
class Paragraph:
    """Running text: a paragraph, or a line where the format knows only lines. Blank ones count, for the places."""

    text: str
    spot: Spot


@dataclass(frozen=True)
class GridCell:
    """A cell: its text, line breaks inside, and its column from 0. A merged one stands once, at its upper left."""

    text: str
    spot: Spot
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class GridRow:
    """A row's cells from left to right; blank ones may be left out. ``how``: how it was put together, if inferred.

    ``torn``: whether it may be the rest of the row before it, which stands on another page.
    """

    cells: tuple[GridCell, ...]
    how: str = ""
    torn: bool = False


@dataclass(frozen=True)
class Grid:
    """A table. One that goes on after a page break may come as two grids with the same columns."""

    rows: tuple[GridRow, ...]
    spot: Spot


Block = Paragraph | Grid


@dataclass(frozen=True)
class Beside:
    """A text that stands in no block, and what it is: 批注, 文本框, 页眉 …"""

    what: str
    text: str
    spot: Spot


@dataclass(frozen=True)
class Document:
    """A file as its reader sees it: the blocks in order, and what could not be read (then perhaps no blocks).

    ``beside``: what its pages show around the blocks, or over them.
    """

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    beside: tuple[Beside, ...] = ()
