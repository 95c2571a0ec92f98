"""Signs on a page as lines of text. Lengths are tenths of a point, from the upper left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from selfeval.sources.layout import RAISED

_GAP = 0.3  # of the height of a sign: this far apart are two words
_SAME_LINE = 0.5  # of the height
_SMALL, _RAISED = 0.8, 0.1  # of the height of the line's signs: a smaller one so far above their middle is raised
_TWICE = 0.15  # of the height: the same sign this near was drawn twice, to look bold
_LETTER, _OVER = 0.5, 0.4  # of the height, how wide a letter is; of the width, where the next sign begins at least
_HYPHENS = {"\x02": "-", "\ufffe": "-"}  # as PDFium tells a hyphen at the end of a line


class Sign(NamedTuple):
    """A character and its box."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    cut: tuple[int, int] | None = None
    """Where in its cell it belongs, if the cell has no room to show it."""
    run: int = 0
    """Which text of the page that is drawn at once it belongs to."""
    lies: int = 0
    """By how many quarters of a turn with the clock it would stand upright."""

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True)
class Line:
    """A line of text and its box; ``height`` is that of its signs."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int
    height: int
    is_mixed: bool = False
    """Whether two texts lie on each other in it."""


def signs_of(told: Mapping[str, Any]) -> list[Sign]:
    """The signs of a page that PDFium told of, see ``pages``."""
    text, boxes, cut, runs = told["text"], told["boxes"], told["cut"], told["runs"]
    places = {cut[at]: (cut[at + 1], cut[at + 2]) for at in range(0, len(cut), 3)}
    lying = dict(zip(told["lying"][::2], told["lying"][1::2], strict=True))
    edges = zip(boxes[::4], boxes[1::4], boxes[2::4], boxes[3::4], strict=True)
    starts = [*runs[::2], len(text)]
    of_run = [run for run, (start, end) in enumerate(pairwise(starts)) for _ in range(start, end)]
    return [
        Sign(_HYPHENS.get(each, each), *box, places.get(at), run, lying.get(at, 0))
        for at, (each, box, run) in enumerate(zip(text, edges, of_run, strict=True))
    ]


def lines_of(signs: Sequence[Sign]) -> list[Line]:
    """The lines that signs make, from above; what lies side by side is one line. Then those that lie on their side."""
    if not any(sign.lies for sign in signs):
        return _upright(signs)
    found = _upright([sign for sign in signs if not sign.lies])
    for quarters in (1, 2, 3):
        own = [sign for sign in signs if sign.lies == quarters]
        found += (_turned(line, 4 - quarters) for line in _upright([_turned(sign, quarters) for sign in own]))
    return found


_Turned = TypeVar("_Turned", Sign, Line)


def _turned(one: _Turned, quarters: int) -> _Turned:
    """A sign or a line turned with the clock, about the corner of the page."""
    x0, y0, x1, y1 = one.x0, one.y0, one.x1, one.y1
    for _ in range(quarters):
        x0, y0, x1, y1 = -y1, x0, -y0, x1
    if isinstance(one, Sign):
        return one._replace(x0=x0, y0=y0, x1=x1, y1=y1)
    return replace(one, x0=x0, y0=y0, x1=x1, y1=y1)


def _upright(signs: Iterable[Sign]) -> list[Line]:
    rows: list[list[Sign]] = []
    level = height = 0.0
    for sign in sorted(signs, key=lambda sign: sign.y0 + sign.y1):
        middle, own = sign.middle[1], sign.y1 - sign.y0
        if not rows or middle - level > _SAME_LINE * max(height, own, 1):
            rows.append([])
            level, height = middle, own
        elif own > height:  # what came first was a raised digit
            level, height = middle, own
        rows[-1].append(sign)
    found = (_line(row) for row in rows)
    return [line for line in found if line is not None]


def _line(row: list[Sign]) -> Line | None:
    """The line of signs on one level; None for white space."""
    row.sort(key=lambda sign: sign.x0)
    heights = sorted(sign.y1 - sign.y0 for sign in row if not sign.text.isspace())
    whole = heights[len(heights) // 2] if heights else 0
    level = max((sign.middle[1] for sign in row if sign.y1 - sign.y0 >= whole), default=0.0)
    text = ""
    spaced = is_mixed = False
    last: Sign | None = None
    seen: list[Sign] = []
    for sign in row:
        if sign.text.isspace():
            spaced = True
            continue
        height = sign.y1 - sign.y0
        if last and last.text == sign.text and abs(sign.x0 - last.x0) <= _TWICE * height:
            continue
        if last and (spaced or sign.x0 - last.x1 > _GAP * height):
            text += " "
        elif last and last.run != sign.run and sign.x0 < last.x1:
            is_mixed = is_mixed or _is_over(last, sign)
        is_raised = height < _SMALL * whole and level - sign.middle[1] > _RAISED * whole
        text += sign.text.translate(RAISED) if is_raised else sign.text
        seen.append(sign)
        last, spaced = sign, False
    if not seen:
        return None
    x1, y0, y1 = max(sign.x1 for sign in seen), min(sign.y0 for sign in seen), max(sign.y1 for sign in seen)
    return Line(text, seen[0].x0, y0, x1, y1, whole, is_mixed)


def _is_over(one: Sign, other: Sign) -> bool:
    """Whether two signs of different texts lie on each other; a letter may be told as wide as a character."""
    if not one.text.isalnum() or not other.text.isalnum():
        return False
    wide = min(one.x1 - one.x0, (_LETTER if one.text.isascii() else 1) * (one.y1 - one.y0))
    return other.x0 - one.x0 < _OVER * wide
