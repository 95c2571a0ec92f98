"""What a workbook holds, as one short text, which tells one that was changed from one that was only saved again.

A program that saves a workbook writes all its bytes anew. What people add or change, though, is a sheet, a value, a
formula, a note, a picture or a colour, and these stay as they are when it is saved. So our workbooks carry, as a
property of the file, a digest of each sheet and one of all notes and drawings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

PROPERTY = "selfeval.contents"
"""The property's name; it holds digests in hexadecimal, parted by hyphens (Excel keeps at most 255 characters)."""

DRAWN = "drawn"
"""What is said of a chart, a picture or a shape that stands in a sheet."""

_BYTES = 8
"""Of each digest: it is to tell what somebody changed, not what somebody made to deceive."""
_USUAL = frozenset({"", "000000", "FFFFFF"})
"""Black and white, and what no cell says."""
_NO_MATTER = re.compile(r"[\s']+")


class Paint(NamedTuple):
    """What marks a cell: the colours of its ground and its text, as RRGGBB, and a line through it."""

    fill: str = ""
    ink: str = ""
    struck: bool = False

    def __str__(self) -> str:
        """The usual colours are none: programs differ in whether they write them."""
        return _said(self)

    @property
    def is_plain(self) -> bool:
        """Whether it paints no ground, so that a blank cell counts for nothing."""
        return self.fill in _USUAL


@lru_cache(maxsize=1024)
def _said(paint: Paint) -> str:
    """A few colours mark the cells of all files."""
    fill, ink = ("" if colour in _USUAL else colour for colour in (paint.fill, paint.ink))
    return f"{fill}/{ink}/{'-' if paint.struck else ''}"


class Contents:
    """The digests of a workbook, gathered sheet by sheet, in whatever order; rows and columns count from 0."""

    def __init__(self) -> None:
        self._sheets: dict[str, int] = {}
        self._beside = 0
        self._last = ""

    def add_sheet(self, name: str) -> None:
        """A sheet; its cells follow."""
        self._last, self._sheets[name] = name, _digest(name)

    def add_cell(self, row: int, column: int, value: float | str, paint: Paint) -> None:
        """A cell of the last sheet: a number (also a day's), or a text; a blank one counts once it is painted."""
        if value != "" or not paint.is_plain:
            self.add_all([of_cell(row, column, paint, as_said(value))])

    def add_formula(self, row: int, column: int, formula: str, paint: Paint) -> None:
        """A formula of the last sheet."""
        self.add_all([of_cell(row, column, paint, f"= {plain_formula(formula.removeprefix('='))}")])

    def add_all(self, cells: Iterable[str]) -> None:
        """Cells of the last sheet, as ``of_cell`` says each."""
        self._sheets[self._last] += sum(map(_digest, cells))

    def add_beside(self, what: str) -> None:
        """What lies beside the cells: a note with its text, a chart, a picture."""
        self._beside += _digest(what)

    def __str__(self) -> str:
        """As the property holds it: the sheets in their order, then what lies beside the cells."""
        return "-".join([*self._digests, _short(self._beside)])

    @property
    def _digests(self) -> dict[str, str]:
        """The names of the sheets by their digests."""
        return {_short(number): name for name, number in self._sheets.items()}

    def is_as(self, stated: str) -> bool:
        """Whether a workbook of which this was stated holds the same; its sheets may stand in another order."""
        return sorted(stated.split("-")) == sorted(str(self).split("-"))

    def others_than(self, stated: str) -> tuple[str, ...]:
        """The names of the sheets of which nothing was stated: they were changed, or added."""
        known = stated.split("-")
        return tuple(name for found, name in self._digests.items() if found not in known)


def of_cell(row: int, column: int, paint: Paint | str, said: str) -> str:
    """What is said of a cell with its place and paint: ``as_said``, or = and a ``plain_formula``."""
    return f"{row} {column} {paint} {said}"


def as_said(value: float | str) -> str:
    """What is said of a value."""
    return f"0 {value:.12g}" if isinstance(value, float) else "a " + value.replace("\r\n", "\n")


def plain_formula(formula: str) -> str:
    """A formula, or a part of one: programs part its words by spaces or not, and quote names of sheets or not."""
    return _NO_MATTER.sub("", formula).upper()


def note(place: str, text: str) -> str:
    """What is said of a note at a cell, such as B7."""
    return f"{place} {text}"


@lru_cache(maxsize=16384)
def _digest(said: str) -> int:
    """A number for a text; those of many are added up, so that their order does not matter."""
    return int.from_bytes(hashlib.blake2b(said.encode(), digest_size=_BYTES).digest())


def _short(number: int) -> str:
    return f"{number % 256**_BYTES:0{2 * _BYTES}x}"
