"""Where a flat table goes on elsewhere: on the next sheet, under the same head, or beside itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from selfeval.sources.blocks import Block, Grid, GridRow, Paragraph
from selfeval.sources.flat.columns import name_of
from selfeval.sources.flat.head import MOST_COLUMNS, Head, head_at
from selfeval.sources.flat.lines import lines_of
from selfeval.sources.layout import squeeze

_CONTINUED = "续"
_MOST_TITLES = 20
_MOST_TURNED = 40


def is_said(texts: Iterable[str]) -> bool:
    """Whether one of the texts says that something goes on: 绩效目标表（续）."""
    return any(_CONTINUED in text for text in texts)


def goes_on(head: Head, rows: Sequence[GridRow], before: Head) -> bool:
    """Whether a table goes on with the project of the one before: under the same head, its first row names none."""
    first = next(lines_of(rows[:1], head, []), None) if head.titles == before.titles else None
    return first is not None and first.is_indicator and not (first.text("code") or first.text("name") or first.unit)


def lines_behind(blocks: Iterable[Block]) -> list[str]:
    """The lines up to the next table."""
    lines = takewhile(lambda block: not isinstance(block, Grid), blocks)
    return [block.text for block in lines if isinstance(block, Paragraph)]


def is_turned(grid: Grid) -> list[str]:
    """The headings of a table in which they stand below one another, a column an indicator; none where they do not."""
    if any(len(row.cells) > MOST_COLUMNS for row in grid.rows) or len(grid.rows) > _MOST_TURNED:
        return []
    firsts = [row.cells[0] for row in grid.rows if len(row.cells) > 1]
    left = min((cell.column for cell in firsts), default=0)
    named = {name: cell.text for cell in firsts if cell.column == left and (name := name_of(cell.text))}
    whole = {"code", "name"} & named.keys() and {"level1", "level3", "target"} <= named.keys()
    return [squeeze(text) for text in named.values()] if whole else []


def side_by_side(grid: Grid) -> list[Grid]:
    """The tables of a grid in which the same head stands two times or more, one beside the other; else the grid."""
    at = next((at for at in range(min(len(grid.rows), _MOST_TITLES)) if head_at(grid.rows, at)), None)
    if at is None:
        return [grid]
    cells = [cell for cell in grid.rows[at].cells if cell.text.strip()]
    titles = [squeeze(cell.text) for cell in cells]
    width = titles.index(titles[0], 1) if titles.count(titles[0]) > 1 else 0
    if not width or len(titles) % width or titles != titles[:width] * (len(titles) // width):
        return [grid]
    starts = [cell.column for cell in cells[::width]]
    ends = [*starts[1:], starts[-1] + MOST_COLUMNS]
    parts = [[_between(row, *of) for row in grid.rows] for of in zip(starts, ends, strict=True)]
    if not all(any(head_at(rows, one) for one in range(min(len(rows), _MOST_TITLES))) for rows in parts):
        return [grid]
    return [Grid(tuple(rows), next(row.cells[0].spot for row in rows if row.cells)) for rows in parts]


def _between(row: GridRow, first: int, end: int) -> GridRow:
    return replace(row, cells=tuple(cell for cell in row.cells if first <= cell.column < end))
