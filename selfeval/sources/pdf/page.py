"""One page: its lines of text and its tables, from above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfeval.sources.pdf.lattice import Lattice, lattices
from selfeval.sources.pdf.lines import Line, Sign, lines_of, signs_of


@dataclass
class Cell:
    """A cell: its first row and column in the table, how many of each it covers, its lines, its side edges."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[Line]
    x0: int
    x1: int
    cut: bool = False
    """Whether it has no room to show all of its text."""

    @property
    def text(self) -> str:
        """Its text, line breaks inside."""
        return "\n".join(line.text for line in self.lines)


@dataclass
class PageTable:
    """A table on a page, or what of it stands there."""

    xs: list[int]
    y0: int
    y1: int
    cells: list[Cell]
    rows: int
    page: int
    at: int
    """Its number on the page, from 1."""

    def covering(self, row: int) -> list[Cell]:
        """The cells that cover a row, from the left."""
        found = (cell for cell in self.cells if cell.row <= row < cell.row + cell.rows)
        return sorted(found, key=lambda cell: cell.column)


Item = Line | PageTable


@dataclass
class Page:
    """A page by its number from 1: its height and what stands on it from above."""

    number: int
    height: int
    items: list[Item]


def page_of(number: int, told: Mapping[str, Any]) -> Page:
    """The page that PDFium told of, see ``pages``. Raises TooManyLinesError."""
    rules: Sequence[int] = told["rules"]
    tables = lattices([(rules[at], rules[at + 1], rules[at + 2], rules[at + 3]) for at in range(0, len(rules), 4)])
    inside: list[dict[int, list[Sign]]] = [{} for _ in tables]
    outside: list[Sign] = []
    for sign in signs_of(told["text"], told["boxes"], told["cut"]):
        for table, signs in zip(tables, inside, strict=True):
            cell = table.cell_at(*(sign.cut or sign.middle))
            if cell is not None:
                signs.setdefault(cell, []).append(sign)
                break
        else:
            if sign.cut is None:
                outside.append(sign)
    items: list[Item] = [*lines_of(outside)]
    found = [_table(table, signs, number) for table, signs in zip(tables, inside, strict=True)]
    items += (table for table in found if any(cell.lines for cell in table.cells))
    items.sort(key=lambda item: item.y0)
    for at, item in enumerate((item for item in items if isinstance(item, PageTable)), start=1):
        item.at = at
    return Page(number, told["size"][1], items)


def _table(table: Lattice, signs: dict[int, list[Sign]], page: int) -> PageTable:
    cells = [
        Cell(
            area.row,
            area.column,
            area.rows,
            area.columns,
            lines_of(signs.get(at, ())),
            table.xs[area.column],
            table.xs[area.column + area.columns],
            any(sign.cut for sign in signs.get(at, ())),
        )
        for at, area in enumerate(table.areas)
    ]
    return PageTable(table.xs, table.ys[0], table.ys[-1], cells, len(table.ys) - 1, page, 0)
