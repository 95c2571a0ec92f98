"""How the official form falls onto printed pages: columns, row heights, and where a page begins."""

from __future__ import annotations

import math
from collections.abc import Sequence

from selfeval.workbooks.drawing.pages import page_height
from selfeval.workbooks.drawing.text import HIGHEST, text_height

WIDTHS = (8.5, 9.0, 9.5, 17.0, 10.5, 10.5, 6.5, 7.5, 27.0)
"""Widths of the columns A to I in characters: on paper the text is 8.8 points high."""

_SQUEEZED = 1.2
"""Pages: a form that is longer by no more than this is printed smaller (7.3 points) on one page."""


def page_starts(before: float, heights: Sequence[float], repeated: float, after: float) -> frozenset[int]:
    """The positions whose row begins a page, for rows that follow ``before`` points and precede ``after``.

    None when all fits on one page, if need be printed a little smaller. ``repeated`` is the height of the headings
    printed again on each later page; what comes after the rows is never alone on a page.
    """
    room = page_height(WIDTHS, landscape=False)
    if before + sum(heights) + after <= room * _SQUEEZED:
        return frozenset()
    used = before % room
    starts: set[int] = set()
    for i, height in enumerate(heights):
        tail = after if i == len(heights) - 1 else 0.0
        if used + height + tail > room and used > repeated:
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
