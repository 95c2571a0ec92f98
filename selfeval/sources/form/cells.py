"""The cells of a project's table in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from selfeval.sources.blocks import Cell, Row
from selfeval.sources.form.labels import LEVEL1, is_label
from selfeval.sources.layout import tidy


class Placed(NamedTuple):
    """A cell that is not blank, and the number of its row; rows without any such cell do not count."""

    row: int
    cell: Cell


def placed(rows: Iterable[Row]) -> list[Placed]:
    """The cells that are not blank, row by row."""
    filled = [[cell for cell in row.cells if cell.text.strip()] for row in rows]
    return [Placed(number, cell) for number, cells in enumerate(filter(None, filled)) for cell in cells]


def joined(cells: Iterable[Placed]) -> str:
    """The text of cells run together, each without the white space of page layout."""
    return "".join(tidy(one.cell.text) for one in cells)


def indicator_header(rows: Sequence[Row]) -> int:
    """Which row heads the indicators; the number of rows when none does."""
    return next((at for at, row in enumerate(rows) if any(is_label(one.text, LEVEL1) for one in row.cells)), len(rows))
