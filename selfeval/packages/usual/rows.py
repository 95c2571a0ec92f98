"""The rows of a sheet part, found by one regular expression.

What stands between ``<sheetData>`` and ``</sheetData>`` is one row behind the other, with cells in them of a few plain
shapes. Where every byte there belongs to such a row or cell, it is XML by its shape alone, and all that is wanted of it
is known in a fraction of the time. The same holds of the list of merged cells. Whatever else stands around the rows is
the parser's in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from selfeval.packages.columns import position
from selfeval.packages.usual.text import DECLARATION, LONGEST_PART, is_text

LEVELS = 3
"""Elements inside each other in usual rows."""

_OPEN, _CLOSE, _END = b"<sheetData>", b"</sheetData>", b"</row>"
_BEFORE = re.compile(DECLARATION + rb"<[^?!]*")
"""Nothing but tags."""
_TOKEN = re.compile(
    rb'(?:<c r="([A-Z]{1,3}+[1-9][0-9]{0,6}+)"([^<>/]{0,50}+)>(?=<[fv])(?:(<f[^<>/]{0,100}+)(?:/>|>([^<]*+)</f>))?'
    rb"(<v(?:/>|>([^<]*+)</v>))?</c>|(<row [^<>]{0,300}+>|</row>))"
    rb'(?:<c r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+/>)*+|(.+)',
    re.DOTALL,
)
"""A cell that holds something or the edge of a row, with the cells behind that hold nothing; or else all that is left.

Nothing is tried twice: each piece ends where no other could. The groups: address, attributes, tag of the formula,
formula, element of the value, value; edge; what is unusual.
"""
_OF_CELL = re.compile(rb'(?: s="(0|[1-9][0-9]{0,5})")?(?: t="(b|e|n|s|str)")?')
_OF_FORMULA = re.compile(rb'<f(?: aca="\w+")?(?: t="\w+")?(?: ref="[A-Z0-9:]+")?(?: ca="1")?(?: si="[0-9]+")?')
_OF_ROW = re.compile(
    rb"<row(?: (?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb'|x14ac:dyDescent)="[A-Za-z0-9 .:-]*")*(/?)>'
)
_SAID = re.compile(rb' ([\w:]+)="([^"]*)"')
_NUMBER = re.compile(rb"[1-9][0-9]{0,6}")
_PLACE = rb"[A-Z]{1,3}+[1-9][0-9]{0,6}+"
_MERGED = re.compile(
    rb'(<mergeCells(?: count="[0-9]+")?>)((?:<mergeCell ref="%b:%b"/>)++)(?=</mergeCells>)' % (_PLACE, _PLACE)
)
_AREAS = re.compile(rb'"([A-Z0-9]+):([A-Z0-9]+)"')

Place = tuple[int, int]
"""A row and a column, from 0."""
Said = tuple[int, bytes]
"""The style of a cell and its type."""


class UsualRows(NamedTuple):
    """What the rows of a sheet hold, and the part without them.

    ``places``, ``said``, ``formulas`` and ``values``: those of the cells that hold something, in their order. A formula
    is None where there is none; it and the value are as they are written. ``unseen``: the hidden rows; ``merged``: the
    first and last row and column of each merged cell. ``valued``: the part without formulas and empty cells, for a
    reader that wants values alone.
    """

    places: Sequence[Place]
    said: Sequence[Said]
    formulas: Sequence[bytes | None]
    values: Sequence[bytes]
    unseen: set[int]
    merged: list[tuple[int, int, int, int]]
    around: bytes
    valued: bytes


def usual_rows(part: bytes) -> UsualRows | None:
    """The rows of a sheet part; None where they are not all of the usual shape, whatever the part holds."""
    start = part.find(_OPEN) + len(_OPEN)
    end = part.find(_CLOSE, start)
    if len(part) > LONGEST_PART or start < len(_OPEN) or end < 0 or not _BEFORE.fullmatch(part, 0, start):
        return None
    inside = part[start:end]
    if not is_text(inside):
        return None
    found = _TOKEN.findall(inside)
    if found and found[-1][-1]:
        return None
    unseen = _unseen([token[6] for token in found if token[6]])
    cells = [token for token in found if token[0]]
    said = [one for token in cells if (one := _cell(token[1])) is not None]
    formulas = [token[3] if token[2] else None for token in cells]
    tags = {token[2] for token in cells} - {b""}
    if unseen is None or len(said) < len(cells) or not all(map(_OF_FORMULA.fullmatch, tags)):
        return None
    places = [_place(token[0]) for token in cells]
    before, behind = part[:start], part[end:]
    values = [token[5] for token in cells]
    rows = b"".join([token[6] or b'<c r="%b"%b>%b</c>' % (token[0], token[1], token[4]) for token in found])
    merged, rest = _merged(behind)
    return UsualRows(places, said, formulas, values, unseen, merged, before + rest, before + rows + behind)


def _unseen(edges: Iterable[bytes]) -> set[int] | None:
    """The hidden rows, by the tags of all; None where a tag is unusual, or rows do not end in turn."""
    unseen, is_open = set[int](), False
    for edge in edges:
        if edge == _END:
            if not is_open:
                return None
            is_open = False
            continue
        row = _row(edge)
        if row is None or is_open:
            return None
        is_open = not row.ends
        if row.hidden:
            unseen.add(row.at)
    return None if is_open else unseen


class _Row(NamedTuple):
    at: int
    hidden: bool
    ends: bool


@lru_cache(maxsize=4096)
def _row(tag: bytes) -> _Row | None:
    """What the tag of a row says; None where it is unusual."""
    found = _OF_ROW.fullmatch(tag)
    said = _SAID.findall(tag)
    names = dict(said)
    if found is None or len(names) < len(said) or not _NUMBER.fullmatch(names.get(b"r", b"")):
        return None
    return _Row(int(names[b"r"]) - 1, names.get(b"hidden") in {b"1", b"true"}, bool(found[1]))


@lru_cache(maxsize=1024)
def _cell(attributes: bytes) -> Said | None:
    """What a cell says behind its address; None where it is unusual."""
    found = _OF_CELL.fullmatch(attributes)
    return None if found is None else (int(found[1] or 0), found[2] or b"")


@lru_cache(maxsize=16_384)
def _place(address: bytes) -> Place:
    letters = address.rstrip(b"0123456789").decode()
    return int(address[len(letters) :]) - 1, position(letters)


def _merged(behind: bytes) -> tuple[list[tuple[int, int, int, int]], bytes]:
    """The merged cells of what stands behind the rows, and the rest of it."""
    block = None if b"<!" in behind or b"<?" in behind else _MERGED.search(behind)
    if block is None:
        return [], behind
    areas = [(*_place(first), *_place(last)) for first, last in _AREAS.findall(block[2])]
    return areas, behind[: block.end(1)] + behind[block.end() :]
