"""One page: its lines of text and its tables, from above."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from selfeval.sources.blocks import Spot
from selfeval.sources.layout import squeeze
from selfeval.sources.pdf.lattice import Lattice, lattices
from selfeval.sources.pdf.lines import Line, Sign, lines_of, signs_of
from selfeval.sources.pdf.strangers import MIXED, Where, strangers

_INSIDE = 20  # tenths of a point from the corner of a sign: well within it


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
    y0: int
    y1: int
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
class Note:
    """A text in or over a table that is no part of it, or perhaps none: where, and what shows it.

    ``is_seen``: nobody sees one that is not. ``place``: of what is left in the cell, the left and upper edge.
    """

    text: str
    why: str
    is_sure: bool
    table: PageTable | None
    cell: Cell | None
    page: int
    place: tuple[int, int] = (0, 0)
    is_seen: bool = True

    @property
    def spot(self) -> Spot:
        """Its page, table and row."""
        if self.table is None or self.cell is None:
            return Spot(page=self.page)
        return Spot(self.cell.row + 1, page=self.page, table=self.table.at)


@dataclass
class Page:
    """A page by its number from 1: its height, what stands on it from above, and what stands over that."""

    number: int
    height: int
    items: list[Item]
    notes: list[Note] = field(default_factory=list)


def page_of(number: int, told: Mapping[str, Any]) -> Page:
    """The page that PDFium told of, see ``pages``. Raises TooManyLinesError."""
    rules: Sequence[int] = told["rules"]
    tables = lattices([(rules[at], rules[at + 1], rules[at + 2], rules[at + 3]) for at in range(0, len(rules), 4)])
    signs = signs_of(told)
    where = [_where(sign, tables) for sign in signs]
    over = strangers(signs, told, where, tables)
    left_out = {at for each in over if each.is_sure for at in each.signs}
    inside: list[dict[int, list[Sign]]] = [{} for _ in tables]
    outside: list[Sign] = []
    for at, (sign, cell) in enumerate(zip(signs, where, strict=True)):
        if at in left_out:
            continue
        if cell is not None:
            inside[cell[0]].setdefault(cell[1], []).append(sign)
        elif sign.cut is None:
            outside.append(sign)
    items: list[Item] = [*lines_of(outside)]
    found = [_table(table, signs, number) for table, signs in zip(tables, inside, strict=True)]
    items += (table for table in found if any(cell.lines for cell in table.cells))
    notes = [
        _note(each.text, each.why, found, each.where, number, is_sure=each.is_sure, place=each.place) for each in over
    ]
    known = {id(note.cell) for note in notes}
    notes += (
        Note(line.text, MIXED, is_sure=False, table=table, cell=cell, page=number)
        for table in found
        for cell in table.cells
        for line in cell.lines
        if line.is_mixed and id(cell) not in known
    )
    notes += _unseen(told["unseen"], tables, found, number)
    items.sort(key=lambda item: item.y0)
    for at, item in enumerate((item for item in items if isinstance(item, PageTable)), start=1):
        item.at = at
    return Page(number, told["size"][1], items, notes)


def _where(sign: Sign, tables: Sequence[Lattice]) -> Where:
    place = sign.cut or sign.middle
    for at, table in enumerate(tables):
        cell = table.cell_at(*place)
        if cell is not None:
            return at, cell
    return None


def _note(
    text: str,
    why: str,
    tables: Sequence[PageTable],
    where: Where,
    page: int,
    **facts: Any,  # noqa: ANN401 - the other facts of a note
) -> Note:
    table = tables[where[0]] if where else None
    return Note(text, why, table=table, cell=table.cells[where[1]] if table and where else None, page=page, **facts)


def _unseen(
    signs: Sequence[tuple[int, int, str]], tables: Sequence[Lattice], found: Sequence[PageTable], page: int
) -> Iterator[Note]:
    """What nobody sees, a line at a time."""
    for y, line in groupby(signs, key=lambda sign: sign[1]):
        own = [*line]
        text = squeeze("".join(sign for _, _, sign in own))
        if text:
            where = _where(Sign("", own[0][0] + _INSIDE, y + _INSIDE, own[0][0] + _INSIDE, y + _INSIDE), tables)
            yield _note(text, "", found, where, page, is_sure=True, is_seen=False)


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
            table.ys[area.row],
            table.ys[area.row + area.rows],
            any(sign.cut for sign in signs.get(at, ())),
        )
        for at, area in enumerate(table.areas)
    ]
    return PageTable(table.xs, table.ys[0], table.ys[-1], cells, len(table.ys) - 1, page, 0)
