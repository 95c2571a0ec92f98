"""What merged cells cover: a value that stayed there is not seen, and nobody knows that it is."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from selfeval.packages.container import RefusedError
from selfeval.packages.looks import Look

Area: TypeAlias = tuple[int, int, int, int]
"""The first row and column of a merged cell, and its last ones, from 0."""

MAX_COVERED = 2_000_000
"""Cells that all merged ones of a sheet cover; where none overlap, no more than a sheet that is read has."""
SHOWS_NOTHING = ";;;"
"""The number format of a cell in which nothing is seen."""


def cover(
    rows: Sequence[Sequence[object]], looks: MutableMapping[tuple[int, int], Look], merged: Sequence[Area]
) -> None:
    """Give the filled cells below merged ones, but for the first, the look of cells that show nothing.

    Pasting a format, and some programs that merge, leave the values there. Raises RefusedError.
    """
    for top, left, bottom, right in within(merged, len(rows), max(map(len, rows), default=0)):
        for row in range(top, bottom):
            start = left + 1 if row == top else left
            held = rows[row][start:right]
            if held.count("") < len(held):  # most hold nothing
                for column in (at for at, value in enumerate(held, start) if value != ""):
                    looks[row, column] = replace(looks.get((row, column), Look()), format=SHOWS_NOTHING)


def covered(merged: Sequence[Area], height: int, width: int) -> Iterator[tuple[int, int]]:
    """The cells below merged ones, but for the first of each, in so many rows and columns. Raises RefusedError."""
    for top, left, bottom, right in within(merged, height, width):
        yield from (
            (row, column) for row in range(top, bottom) for column in range(left, right) if (row, column) != (top, left)
        )


def within(merged: Sequence[Area], height: int, width: int) -> Iterator[Area]:
    """Areas of cells in so many rows and columns, each up to the row and the column behind. Raises RefusedError."""
    count = 0
    for top, left, bottom, right in merged:
        below, behind = min(bottom + 1, height), min(right + 1, width)
        if below > top and behind > left:
            count += (below - top) * (behind - left)
            if count > MAX_COVERED:
                raise RefusedError("合并单元格或条件格式过多，不是一般的工作簿")
            yield top, left, below, behind
