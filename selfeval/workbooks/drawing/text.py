"""Text for cells: made safe for the file format, and measured so that a row is as high as its text."""

from __future__ import annotations

import math
import re
import unicodedata

LONGEST = 32_767
"""Characters that a cell can hold."""

HIGHEST = 400.0
"""Points: a row cannot be higher than 409.5, and a viewer may need a little more than was reckoned."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_PIECE = re.compile(r"[!-~]+|.", re.DOTALL)
_DIGITS_AND_LATIN = 1.12
"""Half-width characters of the fonts that stand in for 宋体 are wider than half a Chinese character."""


def clean(text: str, longest: int = LONGEST) -> str:
    """The text without characters that a workbook cannot hold, cut to ``longest`` with a note of what was cut."""
    plain = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(plain) <= longest:
        return plain
    note = f"……（原文共 {len(plain)} 字，以下从略）"
    kept = plain[: longest - _units(note)]
    while _units(kept) + _units(note) > longest:
        kept = kept[: -max(1, (_units(kept) + _units(note) - longest) // 2)]
    return kept + note


def _units(text: str) -> int:
    """The length as the file format counts it: a character beyond the basic plane (an emoji) counts twice."""
    return len(text) + sum(one > "\uffff" for one in text)


def _width(one: str) -> float:
    """The width of a character in half-width characters: a Chinese one takes 2."""
    if one.isascii():
        return _DIGITS_AND_LATIN
    if unicodedata.category(one) in {"Mn", "Cf"}:
        return 0.0
    return 2.0 if unicodedata.east_asian_width(one) in "WFA" else _DIGITS_AND_LATIN


def lines(text: str, width: float, size: float = 10.0) -> int:
    """How many lines the text takes in a column (or merged columns) of ``width`` at a font size in points.

    The column's width counts digits of the workbook's standard font (7 pixels, 5 more for the edges). A line breaks
    between Chinese characters and at spaces; a Latin word or number goes whole to the next line, and is broken only
    when it is longer than one.
    """
    fits = max(4.0, (width * 7 + 5 - 8) / (size * 96 / 72 / 2) - 1)
    return sum(_wrapped(part, fits) for part in text.split("\n"))


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


def text_height(text: str, width: float, size: float = 10.0) -> float:
    """The height in points that the text takes; the line height is that of the tallest font that may stand in."""
    return lines(text, width, size) * size * 1.45 + 4


def row_height(cells: list[tuple[str, float]], least: float = 20.0, size: float = 10.0) -> float:
    """The height of a row whose cells are (text, width of the column), never more than a row can have."""
    return min(HIGHEST, max([least, *(text_height(text, width, size) for text, width in cells)]))
