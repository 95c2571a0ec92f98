"""Merged cells of a web page that say the wrong number of rows: by the rows that became too wide or too narrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from selfeval.sources.blocks import GridCell, Spot

Misfit = tuple[Spot, str, str]
"""Where, which text, and what is wrong."""
_LEAST = 2  # cells of a row that shows how wide a table is


def misfits(rows: Sequence[Sequence[GridCell]]) -> Iterator[Misfit]:
    """The merged cells that reach into a row that is whole without them, or end above one that lacks them.

    ``rows`` are those of a table with all cells, blank ones too.
    """
    ends = [max((cell.column + cell.columns for cell in row), default=0) for row in rows]
    wide = Counter(end for row, end in zip(rows, ends, strict=True) if len(row) >= _LEAST)
    usual, count = wide.most_common(1)[0] if wide else (0, 0)
    if 2 * count <= wide.total():
        return
    high: list[tuple[int, GridCell]] = []  # merged cells, and the row below each
    told: set[int] = set()
    for at, (row, end) in enumerate(zip(rows, ends, strict=True)):
        found = _wrong(row, end - usual, [cell for below, cell in high if below > at]), "合并的行数多了"
        if found[0] is None and len(row) >= _LEAST and end < usual:
            over = (cell for below, cell in high if below == at)
            found = next((cell for cell in over if cell.columns == usual - end), None), "合并的行数少了"
        cell, why = found
        if cell and id(cell) not in told:
            told.add(id(cell))
            yield cell.spot, cell.text, f"{why}，与这个表的第{at + 1}行对不上"
        high = [each for each in high if each[0] > at]
        high += ((at + cell.rows, cell) for cell in row if cell.rows > 1)


def _wrong(row: Sequence[GridCell], more: int, high: Sequence[GridCell]) -> GridCell | None:
    """The cell that reaches into a row too wide by some columns."""
    return next((cell for cell in high if cell.columns <= more), None) if row and more > 0 else None
