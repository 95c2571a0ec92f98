"""The vocabulary of looks: number formats by name, styles, and themes that name styles.

Content names styles, never properties: ``"percent"``, or a style with traits behind it, ``"percent checkpoint"``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from selfeval.domain.expression.functions import DAY_PATTERN
from selfeval.domain.reading.quantity import RATE_FROM
from selfeval.domain.rounding import PLACES, points_format
from selfeval.sheets.heights import Heights

SHOWN_FROM = f"[>={RATE_FROM}]"
MONEY = "#,##0.00####"


MOST_DECIMALS = 6
"""Of 万元: what is given in 元 and 分 needs no more."""


def _lost(places: int) -> str:
    shown = points_format(places)
    return f'{shown};"多得"{shown};"—"'


PATTERNS: dict[str, str] = {
    "": "General",
    "general": "General",
    "text": "@",
    "count": "0",
    "score": points_format(),
    "percent": "0.00%",
    "date": DAY_PATTERN,
    "money": MONEY,
    "amount": "#,##0.00",
    "share": "0.####%",
    # the same with a fixed number of decimals, for a column that is read downwards
    **{f"money{places}": f"#,##0.{'0' * places}" for places in range(PLACES, MOST_DECIMALS + 1)},
    # sums of points, which may reach thousands
    "sum": f"#,##{points_format()}",
    **{f"sum{places}": f"#,##{points_format(places)}" for places in range(PLACES)},
    # points lost, as they are; where more were earned than there are, in words; a dash for none
    "lost": _lost(PLACES),
    # the same with fewer decimals
    **{f"score{places}": points_format(places) for places in range(PLACES)},
    **{f"lost{places}": _lost(places) for places in range(PLACES)},
    "ahead": "+0.00%;-0.00%;0.00%",
    # the measure of a deadline is no rate
    "days_late": '"晚"0"天";"早"0"天";"按时"',
    # Excel turns a typed 95 into 0.95 in such a cell, other programs and pastes leave 95; nobody types 1000% or more.
    # The part below 0 writes its own minus: without it LibreOffice shows -31% as 31%
    "rate": f'{SHOWN_FROM}0.00"%";[<0]-0.00%;0.00%',
    "axis_percent": "0%",
}
"""Number formats by name."""

LONGEST_UNIT = 8
"""Characters of a unit that are shown behind a number."""


def in_unit(unit: str, pattern: str = "general") -> str:
    """The name of a pattern with a unit behind the number: 7000次, 95%; the pattern itself without a unit."""
    plain = "".join(letter for letter in unit if letter.isprintable() and letter not in '"\\')[:LONGEST_UNIT].strip()
    return f"{pattern}:{plain}" if plain else pattern


def number_format(pattern: str) -> str:
    """The number format of a named pattern, with or without a unit."""
    name, _, unit = pattern.partition(":")
    return f'{PATTERNS[name]}"{unit}"' if unit else PATTERNS[name]


@dataclass(frozen=True)
class Style:
    """How a cell looks; a blank property is the workbook's usual one. ``line`` is the colour of its borders.

    ``size`` is in points, colours are #RRGGBB, ``pattern`` names a number format. ``chinese`` marks a font so that a
    machine without it takes another Chinese one with serifs. ``locked`` counts once the sheet is protected.
    """

    font: str = ""
    size: float = 0.0
    ink: str = ""
    fill: str = ""
    line: str = ""
    across: Literal["", "left", "center"] = ""
    down: Literal["", "top", "vcenter"] = ""
    pattern: str = ""
    indent: int = 0
    bold: bool = False
    underline: bool = False
    wrap: bool = False
    shrink: bool = False
    chinese: bool = False
    locked: bool = True


Changes = Mapping[str, Any]  # properties of Style by name: texts, numbers and flags


@dataclass(frozen=True, eq=False)
class Theme:
    """The looks of one family of workbooks.

    ``styles`` by name; ``traits`` change a few properties of any of them; ``looks`` are what a colour rule adds to a
    cell. ``base`` is the font that column widths are counted in, ``author`` stands in a file's properties.
    ``places`` are the decimals of points, wherever they are shown.
    """

    styles: Mapping[str, Style]
    traits: Mapping[str, Changes]
    looks: Mapping[str, Style]
    heights: Heights
    base: Style | None = None
    author: str = ""
    places: int = PLACES

    def pattern(self, name: str) -> str:
        """The name of a pattern; that of points with the decimals that points have here."""
        return f"{name}{self.places}" if name in {"score", "lost", "sum"} and self.places < PLACES else name

    def style(self, name: str, pattern: str = "") -> Style:
        """The style ``"percent checkpoint"``, with another number format when one is given."""
        return _style(self, name, pattern)


@cache
def with_decimals(theme: Theme, places: int) -> Theme:
    """The same looks with so many decimals of points."""
    return theme if places == theme.places else replace(theme, places=places)


@cache
def _style(theme: Theme, name: str, pattern: str) -> Style:
    base, *traits = name.split()
    found = theme.styles[base]
    for trait in traits:
        found = replace(found, **theme.traits[trait])
    return replace(found, pattern=theme.pattern(pattern or found.pattern))


def family(base: Style, **styles: Changes) -> dict[str, Style]:
    """Styles that differ from a base by a few properties each."""
    return {name: replace(base, **changes) for name, changes in styles.items()}
