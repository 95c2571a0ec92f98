"""How high a row must be for its texts to be seen. Widths are in characters, heights in points.

A row of a sheet says only what it must fit (``Fit``); how lines are counted is the theme's ``Heights``.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_DIGITS_AND_LATIN = 1.12
"""Half-width characters of the fonts that stand in for 宋体 are wider than half a Chinese character."""


_KEPT, _SHORT = 4_096, 200
"""So many texts of so many characters are known with their lines: those that most workbooks have."""


@dataclass(frozen=True)
class Fit:
    """A row as high as its texts need: those of all cells, or of the ``columns`` named, and no lower than ``least``.

    ``tight``: merged columns count without the edges between them. ``grows``: spreadsheet programs fit it anew when
    something is typed into it (which they do for cells that are not merged).
    """

    least: float = 20.0
    columns: tuple[str, ...] = ()
    tight: bool = False
    grows: bool = False


@dataclass(frozen=True)
class Heights:
    """How a family of workbooks reckons heights.

    ``lines`` counts the lines of a text in a width at a font size; ``points`` is what so many lines take. ``edge`` is
    what merging wins back at each edge between columns; ``hidden``: merged columns count even when they are hidden.
    """

    lines: Callable[[str, float, float], int]
    points: Callable[[int, float], float]
    most: float = math.inf
    edge: float = 0.0
    hidden: bool = False

    def text(self, text: str, width: float, size: float = 10.0) -> float:
        """The height that a text takes in a column (or merged columns) of ``width`` at a font size in points."""
        return self.points(self.lines(text, width, size), size)

    def row(self, texts: Iterable[tuple[str, float]], least: float, size: float = 10.0) -> float:
        """The height of a row of (text, width), never more than a row can have."""
        return min(self.most, max([least, *(self.text(text, width, size) for text, width in texts)]))

    def merged(self, widths: Sequence[float], *, tight: bool = False) -> float:
        """The width of merged columns."""
        return sum(widths) + (0.0 if tight else self.edge * (len(widths) - 1))


def wrapped_lines(text: str, width: float, size: float = 10.0) -> int:
    """How many lines a text takes on paper, where fonts may be replaced.

    The column's width counts digits of the workbook's standard font (7 pixels, 5 more for the edges). A line breaks
    between Chinese characters and at spaces; a Latin word or number goes whole to the next line, and is broken only
    when it is longer than one.
    """
    fits = max(4.0, (width * 7 + 5 - 8) / (size * 96 / 72 / 2) - 1)
    if 2 * len(text) <= fits and "\n" not in text:
        return 1
    return (_wrapped_often if len(text) <= _SHORT else _all_wrapped)(text, fits)


def _all_wrapped(text: str, fits: float) -> int:
    return sum(_wrapped(part, fits) for part in text.split("\n"))


_wrapped_often = lru_cache(_KEPT)(_all_wrapped)


def _wrapped(text: str, fits: float) -> int:
    count, used = 1, 0.0
    for piece in _PIECE.findall(text):
        width = sum(map(_width, piece))
        if used + width <= fits or piece.isspace():
            used += width
            continue
        if used:
            count, used = count + 1, 0.0
        count += math.ceil(width / fits) - 1
        used = width % fits or fits
    return count


@cache
def _width(letter: str) -> float:
    """The width of a character in half-width characters."""
    if letter.isascii():
        return _DIGITS_AND_LATIN
    if unicodedata.category(letter) in {"Mn", "Cf"}:
        return 0.0
    return 2.0 if _is_wide(letter) else _DIGITS_AND_LATIN


@cache
def _is_wide(letter: str) -> bool:
    """Whether a character is as wide as a Chinese one, two half-width characters."""
    return unicodedata.east_asian_width(letter) in "WFA"


def _lines_on_screen(text: str, width: float, _size: float) -> int:
    room = max(width - 2.5, 2.0)  # the cell's own padding and its indent
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, math.ceil((len(part) + sum(map(_is_wide, part))) / room)) for part in text.split("\n"))


def _lines_of_list(text: str, width: float, _size: float) -> int:
    """A little is lost at each end."""
    return max(1, math.ceil(sum(1 if letter.isascii() else 2 for letter in text) / (width - 1.5)))


PRINTED = Heights(wrapped_lines, lambda lines, size: lines * size * 1.45 + 4, most=400.0, edge=5 / 7)
"""Reviewers' workbooks: the line height is that of the tallest font that may stand in, at the size of each cell.

A row cannot be higher than 409.5 points, and a viewer may need a little more than was reckoned.
"""

ON_SCREEN = Heights(_lines_on_screen, lambda lines, _size: lines * 15.0 + 6, most=409.0, hidden=True)
"""Forms and lists for departments."""

LISTED = Heights(_lines_of_list, lambda lines, _size: lines * 14.5 + 3)
"""targets.xlsx."""
