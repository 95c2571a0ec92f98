"""Knowing a workbook of ours again that somebody saved: did anything in it change?"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from selfeval.packages.columns import position
from selfeval.packages.container import DAMAGED, RefusedError, unpack
from selfeval.packages.contents import DRAWN, PROPERTY, Contents, Paint, note
from selfeval.packages.elements import Found, PartReader
from selfeval.packages.merged import covered
from selfeval.packages.workbook import Judged, Raw

_DAY_0 = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a workbook's dates have no zone
_DAY = dt.timedelta(days=1)
_PROPERTIES = "docprops/custom.xml"
_NOTES = re.compile(r"(?:.*/)?(?:threaded)?comments?\d*\.xml")
_DRAWING = re.compile(r".*/drawings/[^/]+\.xml")
_PICTURE = re.compile(r".*/(?:media|embeddings|ink)/[^/]+")
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_AUTOMATIC = frozenset({"theme 0", "theme 1", "indexed 8", "indexed 9", "indexed 64", "indexed 65"})
"""Black and white by a program's own numbers."""
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)


class Change(NamedTuple):
    """What became of a workbook of ours: whether anything changed, and the sheets that did, or are new."""

    at_all: bool
    sheets: tuple[str, ...] = ()


def change_of(data: bytes) -> Change | None:
    """What changed in a workbook since a run of ours made it; None for any other file, and for what cannot be read."""
    try:
        parts = {name.lower(): part for name, part in unpack(data).items()}
        stated = _Stated(parts[_PROPERTIES]).text.strip() if _PROPERTIES in parts else ""
        if not stated:
            return None
        found = _contents(parts)
    except RefusedError:
        return None
    return Change(not found.is_as(stated), found.others_than(stated))


def is_as_made(data: bytes) -> bool:
    """Whether a workbook holds just what a run of ours wrote into it, whoever saved it since."""
    change = change_of(data)
    return change is not None and not change.at_all


def _contents(parts: Mapping[str, bytes]) -> Contents:
    """What the parts of a workbook, by their names in small letters, hold. Raises RefusedError."""
    judged = Judged(parts)
    rows = judged.rows()
    paints = _paints(parts[judged.styles]) if judged.styles else []
    found = Contents()
    for name, looks in judged.looks.items():
        found.add_sheet(name)
        values = rows[name]
        below = {*covered(judged.merged[name], len(values), max(map(len, values), default=0))}
        for (row, column), style, formula in _Cells(parts[judged.places[name]]).found:
            paint = paints[style] if style < len(paints) else Paint()
            look = looks.get((row, column))
            paint = paint._replace(struck=look is not None and look.struck)
            value = values[row][column] if row < len(values) and column < len(values[row]) else ""
            if formula is not None:
                found.add_formula(row, column, formula, paint)
            elif value != "":
                found.add_cell(row, column, _plain(value), paint)
            elif (row, column) not in below:  # which programs paint or not
                found.add_cell(row, column, "", Paint(paint.fill))
    for said in _beside(parts):
        found.add_beside(said)
    return found


def _beside(parts: Mapping[str, bytes]) -> Iterator[str]:
    """What lies beside the cells."""
    for name, part in parts.items():
        if _NOTES.fullmatch(name):
            yield from (note(place, text) for place, text in _Notes(part).found)
        elif _DRAWING.fullmatch(name):
            yield from (DRAWN for _ in Found(part, *_ANCHORS).elements)
        elif _PICTURE.fullmatch(name):
            yield name


def _plain(value: Raw) -> float | str:
    """A value as it was written: days and times are numbers."""
    if isinstance(value, str):
        return value
    if isinstance(value, dt.datetime):
        return (value - _DAY_0) / _DAY
    if isinstance(value, dt.date):
        return float((value - _DAY_0.date()).days)
    if isinstance(value, dt.time):
        return (dt.datetime.combine(_DAY_0, value) - _DAY_0) / _DAY
    return value / _DAY if isinstance(value, dt.timedelta) else float(value)


def _paints(part: bytes) -> list[Paint]:
    """The paint of each cell style, by its number. Raises RefusedError."""
    inks, fills, styles = list[str](), list[str](), list[Paint]()
    inside_cells = False
    for inside, name, said in Found(part, "font", "color", "fill", "patternFill", "fgColor", "xf").elements:
        if name in {"font", "fill"}:
            inside_cells = inside in {"fonts", "fills"}
            if inside_cells:
                (inks if name == "font" else fills).append("")
        elif name == "xf" and inside == "cellXfs":
            styles.append(Paint(_at(fills, said.get("fillId")), _at(inks, said.get("fontId"))))
        elif inside_cells and name == "color" and inside == "font":
            inks[-1] = _colour(said)
        elif inside_cells and name == "patternFill" and said.get("patternType", "none") != "none":
            fills[-1] = said["patternType"]
        elif inside_cells and name == "fgColor" and fills[-1]:
            fills[-1] = _colour(said)
    return styles


def _at(colours: list[str], number: str | None) -> str:
    return colours[int(number)] if number and number.isdecimal() and int(number) < len(colours) else ""


def _colour(said: Mapping[str, str]) -> str:
    """A colour as RRGGBB, or as a program's own number of it; blank for the usual ones."""
    if "rgb" in said:
        return said["rgb"][-6:].upper()
    own = next((f"{kind} {said[kind]}" for kind in ("theme", "indexed") if kind in said), "")
    return "" if own in _AUTOMATIC else own


class _Stated(PartReader):
    """The text of our property in the part of a file's own properties."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.text, self._ours = "", False
        self.parser.CharacterDataHandler = self._read
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A property begins, or its value."""
        if name == "property":
            self._ours = attributes.get("name") == PROPERTY

    def _read(self, text: str) -> None:
        self.text += text if self._ours else ""


class _Cells(PartReader):
    """The cells of a sheet that was judged: place, number of the style, formula."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.found: list[tuple[tuple[int, int], int, str | None]] = []
        self._in_cell = False
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A cell begins, or its formula."""
        if name == "c":
            address = _ADDRESS.fullmatch(attributes.get("r", ""))
            style = attributes.get("s", "0")
            if address is None or not style.isdecimal():
                raise RefusedError(DAMAGED)
            self.found.append(((int(address[2]) - 1, position(address[1])), int(style), None))
            self._in_cell = True
        elif name == "f" and self._in_cell:
            self._read("")
            self.parser.CharacterDataHandler = self._read

    def end(self, name: str) -> None:
        """A formula ends, or a cell."""
        self.parser.CharacterDataHandler = None
        self._in_cell = self._in_cell and name != "c"

    def _read(self, text: str) -> None:
        place, style, formula = self.found[-1]
        self.found[-1] = place, style, (formula or "") + text


class _Notes(PartReader):
    """The notes of a sheet: the address of the cell, and the text."""

    def __init__(self, part: bytes) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._in_text = False
        self.parser.CharacterDataHandler = self._read
        self.read(part)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """A note begins, or its text."""
        if name in {"comment", "threadedComment"}:
            self.found.append((attributes.get("ref", ""), ""))
        self._in_text = name in {"t", "text"}

    def end(self, name: str) -> None:  # noqa: ARG002 - as whoever is told of it
        """A text ends."""
        self._in_text = False

    def _read(self, text: str) -> None:
        if self._in_text and self.found:
            place, before = self.found[-1]
            self.found[-1] = place, before + text
