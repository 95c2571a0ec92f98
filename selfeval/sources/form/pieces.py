"""Grids cut so that each holds one project's table at most: a sheet has titles and several tables in one grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfeval.sources.blocks import Block, Grid, GridCell, GridRow, Paragraph
from selfeval.sources.form.labels import CODE, NAME, column_of, is_label
from selfeval.sources.form.labels_above import DEPARTMENT, above_of
from selfeval.sources.form.titles import is_above, is_title, office_of
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.magnitude import NAMED

STARTS = (*CODE, *NAME, *DEPARTMENT)
"""Labels that each table has once, in its upper part."""
MONEY = re.compile(NAMED)
CODED_UNIT = re.compile(
    r"(?<!\d)(\d{3,12})[-—_\s]?(?!年)([^\d:：（）()\-—_\s][^\d:：]{2,}?)(?=[（(]?(?:金额)?单位[:：]|$)"
)
"""A unit with its code, such as 324001 承德市司法局本级 or 412-清源县文旅局."""
LABELLED = re.compile(r"([^:：\n]{2,24})[:：](.*)", re.DOTALL)
_OF_LINES = frozenset({"unit", "unit_code", "department", "passed"})
_MOST_LEADING = 4  # cells of a row above a table


def pieces(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, each grid cut where a table begins, and the lines above a table as paragraphs."""
    return [
        piece
        for block in blocks
        for grid in (_side_by_side(block) if isinstance(block, Grid) else [block])
        for piece in (_carved(grid) if isinstance(grid, Grid) else [grid])
    ]


def is_start(row: GridRow) -> bool:
    """Whether a row has one of the labels that a table begins with: alone, or with what it names behind it."""
    return any(is_label(cell.text, STARTS) or _named_in(cell.text) for cell in row.cells)


def _named_in(text: str) -> bool:
    found = LABELLED.fullmatch(unified(text).strip())
    return found is not None and is_label(found[1], (*CODE, *NAME))


def is_line(text: str) -> bool:
    """Whether a text is one that stands above a table: its title, the year, its unit, the unit of money."""
    bare = MONEY.sub("", squeeze(unified(text)))
    if not bare or is_title(bare) or is_above(bare) or office_of(bare):
        return bool(text.strip())
    found = LABELLED.fullmatch(bare)
    coded = CODED_UNIT.fullmatch(bare)
    return bool(coded) or (found is not None and above_of(found[1]) in _OF_LINES)


def _side_by_side(grid: Grid) -> Iterator[Grid]:
    """The tables of projects that stand side by side in a grid, from the left; what lies over both is above both."""
    at, second = next(filter(None, map(_second_name, range(len(grid.rows)), grid.rows)), (0, 0))
    cells = [cell for row in grid.rows[at:] for cell in row.cells if cell.text.strip()]
    if not second or any(cell.column < second < cell.column + cell.columns for cell in cells):
        yield grid
        return

    def part(row: GridRow, *, left: bool) -> GridRow:
        reach = ((cell, cell.column < second, cell.column + cell.columns > second) for cell in row.cells)
        return replace(row, cells=tuple(cell for cell, begins, ends in reach if (begins if left else ends)))

    yield replace(grid, rows=tuple(part(row, left=True) for row in grid.rows))
    yield from _side_by_side(replace(grid, rows=tuple(part(row, left=False) for row in grid.rows)))


def _second_name(number: int, row: GridRow) -> tuple[int, int] | None:
    """The row's number and the column of its second 项目名称, where a name stands behind the first."""
    named = [is_label(cell.text, NAME) for cell in row.cells]
    first = named.index(True) if True in named else len(named)
    behind = row.cells[first + 1 :]
    second = next((cell.column for cell in behind[1:] if is_label(cell.text, NAME)), 0)
    said = any(cell.text.strip() and not is_label(cell.text, NAME) for cell in behind if cell.column < second)
    return (number, second) if second and said else None


def _carved(grid: Grid) -> Iterator[Block]:
    ends = [*_starts(grid.rows)[1:], len(grid.rows)]
    first = 0
    for end in ends:
        yield from _piece(grid, grid.rows[first:end])
        first = end


def _starts(rows: Sequence[GridRow]) -> list[int]:
    """The rows that begin a table, with the lines above it; the first row always does."""
    starts = [0]
    seen_start = seen_rows = False
    for i, row in enumerate(rows):
        titled = _is_titled(row)
        begun = is_start(row)
        if (titled and (seen_start or seen_rows)) or (begun and seen_rows):
            first = i
            while first > starts[-1] + 1 and _is_leading(rows[first - 1]):
                first -= 1
            starts.append(first)
            seen_start = seen_rows = False
        seen_start |= begun
        seen_rows |= any(column_of(cell.text) == "level1" for cell in row.cells)
    return starts


def _filled(row: GridRow) -> list[GridCell]:
    """The cells of a row that are not blank, each text once."""
    return list({squeeze(cell.text): cell for cell in reversed(row.cells) if cell.text.strip()}.values())[::-1]


def _is_titled(row: GridRow) -> bool:
    cells = _filled(row)
    return len(cells) == 1 and is_title(cells[0].text)


def _is_leading(row: GridRow) -> bool:
    cells = _filled(row)
    return len(cells) <= _MOST_LEADING and all(is_line(cell.text) for cell in cells)


def _piece(grid: Grid, rows: Sequence[GridRow]) -> Iterator[Block]:
    """The lines above a table, and the table."""
    at = next((i for i, row in enumerate(rows) if is_start(row)), 0)
    table = next((i for i, row in enumerate(rows[:at]) if not _is_above(row)), at)
    if not at:  # the title again where a table goes on, on a new page
        table = next((i for i, row in enumerate(rows) if not _is_leading(row)), len(rows))
    for row in rows[:table]:
        yield from (Paragraph(cell.text, cell.spot) for cell in _filled(row))
    if rest := tuple(rows[table:]):
        yield replace(grid, rows=rest, spot=next((cell.spot for row in rest for cell in row.cells), grid.spot))


def _is_above(row: GridRow) -> bool:
    """Whether a row above the first label is a line: of few cells, none of them a label with its value beside it."""
    cells = _filled(row)
    return len(cells) <= _MOST_LEADING and not any(above_of(cell.text) or column_of(cell.text) for cell in cells)
