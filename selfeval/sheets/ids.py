"""How a sheet is known again: hidden ids of rows and columns, never positions, names or looks.

The hidden first row holds the ids of columns, with the marker above the ids of rows in the hidden first column. The
marker finds the sheet and says the layout's version. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

AUTO = "auto."
"""The beginning of ids that serve formulas only and are not written."""


@dataclass(frozen=True)
class Ids:
    """Ids to be written: their marker, and the look, width and height (None: the usual one) of where they hide."""

    marker: str
    style: str
    width: float
    height: float | None = None


class Labels(Protocol):
    """A sheet of values as read from a file."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    def width(self, row: int) -> int:
        """How many columns the row has."""

    def label(self, row: int, column: int) -> str:
        """The text of a heading or an id, without white space at its ends; blank when it is no text."""

    def texts(self, row: int) -> Iterable[tuple[int, str]]:
        """The columns of a row that hold text, with it as it stands there."""


@dataclass(frozen=True)
class Found:
    """The ids of a sheet: its marker, the column of those of rows, where each stands; what was copied stands twice."""

    marker: str
    left: int
    rows: Mapping[str, Sequence[int]]
    columns: Mapping[str, Sequence[int]]


def markers(grid: Labels, family: str) -> list[tuple[int, int]]:
    """The places of all markers that begin so, of whatever version."""
    return [
        (row, column)
        for row in range(grid.rows)
        for column, text in grid.texts(row)  # a sheet may have half a million numbers
        if family in text and grid.label(row, column).startswith(family)
    ]


def read_ids(grid: Labels, place: tuple[int, int]) -> Found:
    """The ids to the right of a marker and below it."""
    top, left = place
    columns: dict[str, list[int]] = {}
    for at in range(grid.width(top)):
        if at != left and (name := grid.label(top, at)):
            columns.setdefault(name, []).append(at)
    rows: dict[str, list[int]] = {}
    for at in range(grid.rows):
        if at != top and (name := grid.label(at, left)):
            rows.setdefault(name, []).append(at)
    return Found(grid.label(top, left), left, rows, columns)


@dataclass(frozen=True)
class TextGrid:
    """A grid of texts."""

    cells: Sequence[Sequence[str]]

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.cells)

    def width(self, row: int) -> int:
        """How many columns the row has."""
        return len(self.cells[row])

    def label(self, row: int, column: int) -> str:
        """The text of a cell; blank outside the grid."""
        return self.cells[row][column].strip() if row < self.rows and column < self.width(row) else ""

    def texts(self, row: int) -> Iterable[tuple[int, str]]:
        """All cells of a row."""
        return enumerate(self.cells[row])
