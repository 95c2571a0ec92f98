"""How the official form falls onto printed pages: columns, row heights, and where a page begins."""

from __future__ import annotations

import math
from collections.abc import Sequence

from selfeval.workbooks.pages import page_height, pages_tall
from selfeval.workbooks.text import HIGHEST, text_height

WIDTHS = (9.0, 10.5, 11.0, 21.0, 13.5, 13.5, 7.0, 9.0, 28.0)
"""Widths of the columns A to I in characters."""


def page_starts(before: float, heights: Sequence[float], repeated: float, after: float) -> frozenset[int]:
    """The positions whose row begins a page, for rows that follow ``before`` points and precede ``after``.

    ``repeated`` is the height of the headings printed again on each later page.
    """
    total = before + sum(heights) + after
    room = page_height(WIDTHS, landscape=False)
    tall = pages_tall(total, room)
    room = max(room, total / tall if tall else 0.0)
    used = before % room
    starts: set[int] = set()
    for i, height in enumerate(heights):
        if used + height > room:
            starts.add(i)
            used = repeated
        used += height
    return frozenset(starts)


def width_of(first: int, last: int) -> float:
    """The width of merged columns in characters; merging wins back the edges between them."""
    return sum(WIDTHS[first : last + 1]) + (last - first) * 5 / 7


def physical_heights(needed: float, least: float) -> list[float]:
    """The heights of the rows that hold ``needed`` points: one, or several where a row cannot be so high."""
    height = max(needed, least)
    count = math.ceil(height / HIGHEST)
    return [height / count] * count


def needed_height(cells: Sequence[tuple[str, int, int, float]]) -> float:
    """The height that cells of (text, first column, last column, font size) need."""
    return max(text_height(text, width_of(first, last), size) for text, first, last, size in cells)
