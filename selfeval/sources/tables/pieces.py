"""The rows of a sheet, which has no tables of its own, to blocks: tables, and the lines above, between and below them.

A blank row parts tables. A row of a single cell above or below the others is a line of text; among them it is one when
it is half as wide as the table or longer than a label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfeval.sources.blocks import Block, Grid, GridCell, GridRow, Paragraph
from selfeval.sources.layout import squeeze

_LONGEST_LABEL = 9
"""Characters: 资金支出计划（%）."""

Rows = Sequence[Sequence[GridCell]]


def blocks_of(rows: Rows) -> Iterator[Block]:
    """The blocks of the rows of a sheet; each row has its cells that are not blank, from left to right."""
    run: list[Sequence[GridCell]] = []
    covered = 0  # how many rows from here on a merged cell covers
    for row in rows:
        if not row and covered <= 0:
            yield from _blocks_of_run(run)
            run = []
        else:
            run.append(row)
        covered = max(covered - 1, *(cell.rows - 1 for cell in row)) if row else covered - 1
    yield from _blocks_of_run(run)


def _blocks_of_run(run: Rows) -> Iterator[Block]:
    cells = [cell for row in run for cell in row]
    if not cells:
        return
    left = min(cell.column for cell in cells)
    width = max(cell.column + cell.columns for cell in cells) - left
    first = covered = 0
    for at, row in enumerate(run):
        if covered <= 0 and _is_line(row, left, width):
            yield from _blocks_of_piece(run[first:at], left)
            first = at  # with it, and other lines that follow, the next piece begins
        covered = max(covered - 1, *(cell.rows - 1 for cell in row)) if row else covered - 1
    yield from _blocks_of_piece(run[first:], left)


def _is_line(row: Sequence[GridCell], left: int, width: int) -> bool:
    """Whether a row among others is a line of text."""
    if len(row) != 1 or row[0].column != left or row[0].rows > 1:
        return False
    return (row[0].columns > 1 and 2 * row[0].columns >= width) or len(squeeze(row[0].text)) > _LONGEST_LABEL


def _blocks_of_piece(rows: Rows, left: int) -> Iterator[Block]:
    first, last = 0, len(rows)
    while first < last and len(rows[first]) <= 1 and _is_alone(rows, first):
        first += 1
    while first < last and len(rows[last - 1]) <= 1 and all(_is_bare(cell, left) for cell in rows[last - 1]):
        last -= 1
    inside = [GridRow(tuple(row)) for row in rows[first:last] if row]
    # A merged cell goes on below: a row without any other cell is still one of those that it covers.
    if len(inside) < last - first:
        inside = [GridRow(tuple(row)) for row in rows[first:last]]
    yield from _paragraphs(rows[:first])
    if inside:
        yield Grid(tuple(inside), next(row.cells[0].spot for row in inside if row.cells))
    yield from _paragraphs(rows[last:])


def _is_alone(rows: Rows, at: int) -> bool:
    """Whether nothing stands beside the one cell of a row, nor beside it in the rows below that it covers."""
    height = max((cell.rows for cell in rows[at]), default=1)
    return not any(rows[at + 1 : at + height])


def _is_bare(cell: GridCell, left: int) -> bool:
    return cell.column == left and cell.rows == 1


def _paragraphs(rows: Rows) -> Iterator[Paragraph]:
    return (Paragraph(cell.text, cell.spot) for row in rows for cell in row)
