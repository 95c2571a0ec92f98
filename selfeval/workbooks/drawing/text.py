"""Texts and heights for the sheets that are still drawn by the pen."""

from __future__ import annotations

from selfeval.sheets.heights import PRINTED
from selfeval.sheets.text import LONGEST, clean

__all__ = ["HIGHEST", "LONGEST", "clean", "row_height", "text_height"]

HIGHEST = PRINTED.most
text_height = PRINTED.text


def row_height(cells: list[tuple[str, float]], least: float = 20.0, size: float = 10.0) -> float:
    """The height of a row whose cells are (text, width of the column), never more than a row can have."""
    return PRINTED.row(cells, least, size)
