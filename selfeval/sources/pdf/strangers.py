"""Text over a table that is no part of it: watermarks and stamps, by how they look and where they stand.

One is left out only where it is sure that it is one. Whatever else does not look like the text around it is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from selfeval.sources.layout import squeeze
from selfeval.sources.pdf.lattice import Lattice
from selfeval.sources.pdf.lines import Sign

_DIFFERENT = 60  # of 255: colours so far apart are two
_LIGHT, _LIGHTER = 140, 70  # of 255: a watermark is at least as light, and lighter by so much than the text
_WITHIN = 0.2  # of a sign on each side: what lies within it is covered, not only touched
_COVERED = 0.5  # of the smaller of two signs: what a line that stands too near covers is less
_GAP = 2.0  # heights between texts that are drawn as one
_LEVEL = 0.5  # of the height, on which they stand
_TEXTS = 3  # different texts of one colour on a page; with more, it is the colour of some column
_SQUARE = 200  # tenths of a point: signs are looked up in squares of half as much
_MOST_SQUARES, _MOST_SIGNS = 40, 400  # across a sign, and of a page looked up: a watermark has some 100

Where = tuple[int, int] | None
"""The table and the cell of a sign."""


class Stranger(NamedTuple):
    """A text that looks unlike others: its signs, its cell, what shows it, whether it is left out, and its place."""

    text: str
    signs: range
    where: Where
    why: str
    is_sure: bool
    place: tuple[int, int]


MARKED, LIGHT_OVER, LIGHT, OVER = (
    "在文件里标为水印、页眉或页脚",
    "颜色浅、压住其他文字或表格线",
    "颜色比其他文字浅",
    "颜色不同、压住其他文字",
)
COLOURED, ACROSS, MIXED = "颜色与同一格的其他文字不同", "压在表格线上", "与其他文字重叠"


@dataclass(frozen=True)
class _Piece:
    """A text of one look on one line; ``over``: how much of a sign lies over one of another look, or under it."""

    signs: range
    text: str
    look: int
    over: float
    across: bool
    cells: tuple[Where, ...]


def strangers(
    signs: Sequence[Sign], told: Mapping[str, Any], where: Sequence[Where], tables: Sequence[Lattice]
) -> list[Stranger]:
    """The texts in tables of a page that PDFium told of which look unlike the others there."""
    looks: Sequence[tuple[Sequence[int], bool]] = told["looks"]
    runs = [*pairwise([*told["runs"][::2], len(signs)])]
    found = list(_across(signs, runs, where, tables))
    if len(looks) < 2 and not any(is_mark for _, is_mark in looks):  # noqa: PLR2004 - as nearly always
        return found
    of_runs: Sequence[int] = told["runs"][1::2]
    body = _body(looks, runs, of_runs)
    others = {at for at, look in enumerate(looks) if look[1] or _apart(look[0], body) >= _DIFFERENT}
    if not others:
        return found
    squares = _squares(signs, runs, of_runs)
    pieces: list[_Piece] = []
    looked_up = 0
    for own, look in _whole(signs, runs, of_runs, others):
        looked_up += len(own)
        near = squares if looked_up <= _MOST_SIGNS else {}
        pieces.append(_piece(signs, own, look, where, (tables, near)))
    levels = _levels(signs, where, runs, of_runs)
    judged = list(_judged([piece for piece in pieces if piece.text], looks, body, signs, levels))
    known = {at for each in judged for at in each.signs}
    return [*(each for each in found if each.signs[0] not in known), *judged]


def _across(
    signs: Sequence[Sign], runs: Sequence[tuple[int, int]], where: Sequence[Where], tables: Sequence[Lattice]
) -> Iterator[Stranger]:
    """The texts through whose signs a line of the table goes."""
    for start, end in runs:
        if start < end and where[start] != where[end - 1] and where[start] is not None:
            own = range(start, end)
            if any(_straddles(signs[at], where[at], tables) for at in own if not signs[at].text.isspace()):
                yield _stranger(signs, own, where[start], ACROSS, sure=False)


def _body(
    looks: Sequence[tuple[Sequence[int], bool]], runs: Sequence[tuple[int, int]], of_runs: Sequence[int]
) -> Sequence[int]:
    """The colour of most of the text: of what is not light, if there is any."""
    counts: Counter[int] = Counter()
    for (start, end), look in zip(runs, of_runs, strict=True):
        counts[look] += end - start
    dark = [at for at in counts if _light(looks[at][0]) < _LIGHT and not looks[at][1]]
    return looks[max(dark or counts, key=counts.__getitem__)][0]


def _apart(one: Sequence[int], other: Sequence[int]) -> int:
    return max(abs(first - second) for first, second in zip(one, other, strict=True))


def _light(colour: Sequence[int]) -> float:
    """How light a colour looks, up to 255."""
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def _whole(
    signs: Sequence[Sign], runs: Sequence[tuple[int, int]], of_runs: Sequence[int], others: set[int]
) -> Iterator[tuple[range, int]]:
    """The texts of certain looks, those together that are drawn in pieces."""
    last: range | None = None
    of_last = -1
    for (start, end), look in zip(runs, of_runs, strict=True):
        if (
            last is not None
            and look == of_last
            and last.stop == start < end
            and _follows(signs[start - 1], signs[start])
        ):
            last = range(last.start, end)
            continue
        if last is not None:
            yield last, of_last
        last, of_last = (range(start, end), look) if look in others else (None, -1)
    if last is not None:
        yield last, of_last


def _follows(one: Sign, two: Sign) -> bool:
    """Whether a sign stands where a text goes on, to the right or, of one that is turned, above or below."""
    height = max(one.y1 - one.y0, two.y1 - two.y0)
    (x, y), (to_x, to_y) = one.middle, two.middle
    beside = abs(y - to_y) <= _LEVEL * height and to_x - x >= 0
    return (beside or abs(x - to_x) <= _LEVEL * height) and max(abs(x - to_x), abs(y - to_y)) <= _GAP * height


_Squares = Mapping[tuple[int, int], Sequence[tuple[Sign, int]]]
_Levels = Mapping[Where, Sequence[tuple[int, float, int]]]


def _squares(signs: Sequence[Sign], runs: Sequence[tuple[int, int]], of_runs: Sequence[int]) -> _Squares:
    """The signs of a page with their looks by where they stand."""
    found: defaultdict[tuple[int, int], list[tuple[Sign, int]]] = defaultdict(list)
    for (start, end), look in zip(runs, of_runs, strict=True):
        for sign in signs[start:end]:
            if not sign.text.isspace():
                found[(sign.x0 + sign.x1) // _SQUARE, (sign.y0 + sign.y1) // _SQUARE].append((sign, look))
    return found


def _piece(
    signs: Sequence[Sign],
    own: range,
    look: int,
    where: Sequence[Where],
    page: tuple[Sequence[Lattice], _Squares],
) -> _Piece:
    tables, squares = page
    shown = [at for at in own if not signs[at].text.isspace()]
    over = max((_covered(signs[at], look, squares) for at in shown), default=0)
    across = any(_straddles(signs[at], where[at], tables) for at in shown)
    text = squeeze("".join(signs[at].text for at in own))
    return _Piece(own, text, look, over, across, tuple(dict.fromkeys(where[at] for at in shown)))


def _covered(sign: Sign, look: int, squares: _Squares) -> float:
    """How much of a sign covers one of another look, or is covered by it, as a share of the smaller; 0: none does."""
    left, upper, right, lower = _inner(sign)
    x, y = int(left + left) // _SQUARE - 1, int(upper + upper) // _SQUARE - 1
    across = range(x, min(int(right + right) // _SQUARE + 2, x + _MOST_SQUARES))
    down = range(y, min(int(lower + lower) // _SQUARE + 2, y + _MOST_SQUARES))
    near = (each for x in across for y in down for each in squares.get((x, y), ()))
    most = 0.0
    for other, of_other in near:
        if of_other != look:
            x0, y0, x1, y1 = _inner(other)
            if left < x1 and x0 < right and upper < y1 and y0 < lower:
                most = max(most, _common(sign, other))
    return most


def _common(one: Sign, other: Sign) -> float:
    """What two signs that overlap have in common, as a share of the smaller."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return across * down / min((each.x1 - each.x0) * (each.y1 - each.y0) for each in (one, other))


def _inner(sign: Sign) -> tuple[float, float, float, float]:
    by_x, by_y = _WITHIN * (sign.x1 - sign.x0), _WITHIN * (sign.y1 - sign.y0)
    return sign.x0 + by_x, sign.y0 + by_y, sign.x1 - by_x, sign.y1 - by_y


def _straddles(sign: Sign, where: Where, tables: Sequence[Lattice]) -> bool:
    """Whether a line between two cells goes through a sign."""
    if where is None or sign.cut:
        return False
    table, cell = tables[where[0]], where[1]
    left, upper, right, lower = _inner(sign)
    x, y = sign.middle
    return any(table.cell_at(*at) != cell for at in ((left, y), (right, y), (x, upper), (x, lower)))


def _levels(
    signs: Sequence[Sign], where: Sequence[Where], runs: Sequence[tuple[int, int]], of_runs: Sequence[int]
) -> _Levels:
    """At which level each look stands in each cell."""
    found: defaultdict[Where, list[tuple[int, float, int]]] = defaultdict(list)
    for (start, end), look in zip(runs, of_runs, strict=True):
        seen = next((at for at in range(start, end) if not signs[at].text.isspace()), None)
        if seen is not None:
            found[where[seen]].append((look, signs[seen].middle[1], signs[seen].y1 - signs[seen].y0))
    return found


def _is_line(piece: _Piece, cell: Where, signs: Sequence[Sign], levels: _Levels) -> bool:
    """Whether a text is a line of its own in a cell in which there are others."""
    level = signs[piece.signs[0]].middle[1]
    others = [(y, height) for look, y, height in levels.get(cell, ()) if look != piece.look]
    return bool(others) and all(abs(y - level) > _LEVEL * height for y, height in others)


def _judged(
    pieces: Sequence[_Piece],
    looks: Sequence[tuple[Sequence[int], bool]],
    body: Sequence[int],
    signs: Sequence[Sign],
    levels: _Levels,
) -> Iterator[Stranger]:
    """What is sure to be no part of the table, wherever on the page the same text is; then what is doubtful."""
    light = {at for at, look in enumerate(looks) if _light(look[0]) >= max(_LIGHT, _light(body) + _LIGHTER)}
    marked = {at for at, look in enumerate(looks) if look[1]}
    sure = {(piece.text, piece.look): why for piece in pieces if (why := _surely(piece, light, marked))}
    texts = Counter(look for _, look in {(piece.text, piece.look) for piece in pieces})
    for piece in pieces:
        cell = next((each for each in piece.cells if each is not None), None)
        if cell is None and piece.look in marked:  # in the margin, where others look for it
            continue
        if why := sure.get((piece.text, piece.look), ""):
            yield _stranger(signs, piece.signs, cell, why, sure=True)
        elif cell is None or texts[piece.look] > _TEXTS:
            continue
        elif piece.look in light:
            yield _stranger(signs, piece.signs, cell, LIGHT, sure=False)
        elif piece.across or piece.over:
            yield _stranger(signs, piece.signs, cell, ACROSS if piece.across else MIXED, sure=False)
        elif _is_line(piece, cell, signs, levels):
            yield _stranger(signs, piece.signs, cell, COLOURED, sure=False)


def _surely(piece: _Piece, light: set[int], marked: set[int]) -> str:
    """What shows that a text is no part of the table; blank if nothing does."""
    if piece.look in marked:
        return MARKED
    if piece.look in light and (piece.over or piece.across or len(piece.cells) > 1):
        return LIGHT_OVER
    return OVER if piece.over >= _COVERED else ""


def _stranger(signs: Sequence[Sign], own: range, where: Where, why: str, *, sure: bool) -> Stranger:
    text = squeeze("".join(signs[at].text for at in own))
    return Stranger(text, own, where, why, sure, (signs[own[0]].x0, signs[own[0]].y0))
