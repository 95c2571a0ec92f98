"""A sheet as data: what stands where and how it looks; each peer writes it with its own library."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

CHART_END = 39
"""The last row that the chart of 资金支出进度 covers."""

Value = str | int | float | dt.date | None


class Cell(NamedTuple):
    """A cell of row and column from 1; ``result`` is what a formula gives, for libraries that can store it."""

    row: int
    column: int
    value: Value
    style: str
    result: Value = None


def is_formula(value: Value) -> bool:
    """Whether a value is a formula; the sign of a kind (“=　…”) is text."""
    return isinstance(value, str) and value.startswith("=") and not value.startswith("=　")


class Colour(NamedTuple):
    """The cells of a range that equal a text, or for which a formula is true, get a fill."""

    cells: str
    look: str
    text: str = ""
    formula: str = ""


class Entry(NamedTuple):
    """What may be typed into a cell: ``kind`` is decimal, date, list or any; a title and a hint beside it."""

    cell: str
    kind: str
    title: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    most: str = ""


@dataclass(slots=True)
class Sheet:
    """One sheet; rows and columns count from 1."""

    name: str
    widths: Sequence[float]
    upright: bool = False
    tall: int = 0
    frozen: tuple[int, int] | None = None
    heads: int = 0
    printed: int = 0
    hidden: tuple[int, ...] = ()
    locked: bool = True
    filtered: str = ""
    cells: list[Cell] = field(default_factory=list)
    merges: list[tuple[int, int, int, int, str]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: tuple[int, ...] = ()
    colours: list[Colour] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)
    chart: str = ""

    def put(self, row: int, column: int, value: Value, style: str, result: Value = None) -> None:
        self.cells.append(Cell(row, column, value, style, result))

    def over(self, row: int, columns: tuple[int, int], value: Value, style: str, *, rows: int = 1) -> None:
        """A cell over several; a formula's result is left to the program that opens it."""
        first, last = columns
        self.cells.append(Cell(row, first, value, style))
        if rows > 1 or last > first:
            self.merges.append((row, first, row + rows - 1, last, style))

    def line(self, row: int, values: Sequence[Value], style: str) -> None:
        """Cells side by side from the first column; None leaves a gap."""
        for column, value in enumerate(values, start=1):
            if value is not None:
                self.cells.append(Cell(row, column, value, style))

    @property
    def last(self) -> int:
        return max(*(cell.row for cell in self.cells), *self.heights, CHART_END if self.chart else 0)


class Style(NamedTuple):
    font: str = "宋体"
    size: float = 10
    bold: bool = False
    ink: str = "1F1F1F"
    fill: str = ""
    across: str = ""
    down: str = "center"
    wrap: bool = True
    shrink: bool = False
    ruled: bool = True
    locked: bool = True
    pattern: str = "General"


BLUE, RED, INPUT, TOTAL = "1F4E79", "C00000", "FFFBE6", "EAF1F8"
MONEY, RATE, SCORE, LOST = "#,##0.00####", "0.00%", "0.00", '0.00;"多得"0.00;"—"'
DATE, SHARE = 'yyyy"年"m"月"d"日"', '[>=10]0.00"%";[<0]-0.00%;0.00%'
_FIGURE = Style(across="center", wrap=False, shrink=True)
_TYPED = _FIGURE._replace(ink="0033A0", fill=INPUT, locked=False)
_SUM = _FIGURE._replace(bold=True, fill=TOTAL)
_LOOSE = Style(ruled=False)
STYLES = {
    "form_title": _LOOSE._replace(font="方正小标宋简体", size=22, across="center", wrap=False),
    "title": _LOOSE._replace(size=16, bold=True, ink=BLUE),
    "subtitle": _LOOSE._replace(size=11, across="center"),
    "plain": _LOOSE,
    "note": _LOOSE._replace(size=9, ink="6B6B6B"),
    "sign": _LOOSE._replace(size=10.5, wrap=False, locked=False),
    "text": Style(across="left"),
    "open": Style(across="left", locked=False),
    "box": Style(across="left", down="top", fill=INPUT, locked=False),
    "small": Style(across="left", size=9),
    "form_text": Style(font="仿宋", across="left"),
    "form_top": Style(font="仿宋", across="left", down="top"),
    "form_small": Style(font="仿宋", across="left", size=9),
    "form_centre": Style(font="仿宋", across="center"),
    "centre": Style(across="center"),
    "warn": Style(across="center", ink=RED, size=9),
    "label": Style(across="center", bold=True),
    "head": Style(across="center", bold=True, fill="DCE6F1"),
    "link": Style(across="center", ink="0563C1"),
    "number": _FIGURE,
    "sum": _SUM,
    "total": _SUM._replace(wrap=True, shrink=False),
    "typed": _TYPED,
    "typed_text": _TYPED._replace(wrap=True, shrink=False),
    "typed_left": _TYPED._replace(wrap=True, shrink=False, across="left"),
}
LOOKS = {"attention": "FFE9A8", "ask": "CFE2F3", "none": "E7E6E6", "error": "F4B6B0", "green": "D9EAD3"}
LOOKS |= {"lost": "FDECEA", "behind": "FDECEA"}
STATES = (("需关注", "attention"), ("待补充", "ask"), ("不涉及", "none"), ("错误", "error"))
SEEN_IN_RED = ("lost", "behind")


@lru_cache(maxsize=512)
def style(name: str) -> Style:
    """The style of a name, or of ``name|number format``."""
    base, _, pattern = name.partition("|")
    return STYLES[base]._replace(pattern=pattern) if pattern else STYLES[base]


def height(least: float, *texts: tuple[str, float]) -> float:
    """The height of a row that shows each (text, width in characters) in full."""
    lines = max(_lines(text, width) for text, width in texts)
    return max(least, lines * 14.25 + 4)


def _lines(text: str, width: float) -> int:
    room = max(2.0, width - 1)
    return sum(math.ceil(sum(2 if ord(sign) > 255 else 1 for sign in line) / room) or 1 for line in text.split("\n"))


def figure(value: Fraction | dt.date | None) -> Value:
    """A number as a cell holds it."""
    return float(value) if isinstance(value, Fraction) else value


def serial(day: dt.date) -> int:
    """A day as spreadsheets count it."""
    return (day - dt.date(1899, 12, 30)).days
