"""Styles in an open workbook: XlsxWriter's formats and their numbers, and what marks a cell.

Every workbook numbers its styles as its cells ask for them. A format takes long to make and is made once a style; where
cells become XML at once, only its number is needed.
"""

from __future__ import annotations

from copy import copy
from functools import cache
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from selfeval.packages.contents import Paint
from selfeval.sheets.styles import Style, Theme, number_format

_CHINESE = {"font_charset": 134, "font_family": 3}
"""As Excel writes them for Chinese fonts with serifs."""

Usual = tuple[tuple[str, Any], ...]
"""The properties that a workbook gives to each format."""


def properties(style: Style) -> dict[str, Any]:
    """A style in XlsxWriter's words."""
    found: dict[str, Any] = {
        "font_name": style.font,
        "font_size": style.size,
        "font_color": style.ink,
        "bg_color": style.fill,
        "align": style.across,
        "valign": style.down,
        "indent": style.indent,
        "bold": style.bold,
        "underline": int(style.underline),
        "text_wrap": style.wrap,
        "shrink": style.shrink,
        "num_format": number_format(style.pattern) if style.pattern else "",
        **({"border": 1, "border_color": style.line} if style.line else {}),
        **(_CHINESE if style.chinese else {}),
    }
    return {name: value for name, value in found.items() if value} | ({} if style.locked else {"locked": False})


@cache
def ready(style: Style, usual: Usual) -> Format:
    """XlsxWriter's format of a style, which takes long to make: every workbook has copies, and numbers of its own."""
    found = Format(dict(usual) | properties(style), {}, {})
    found._get_format_key()  # noqa: SLF001 (it is kept with the format)
    return found


def add_format(made: Workbook, style: Style, usual: Usual) -> Format:
    """The format of a style in a workbook, which numbers it when it is asked for."""
    found = copy(ready(style, usual))
    found.xf_format_indices, found.dxf_format_indices = made.xf_format_indices, made.dxf_format_indices
    made.formats.append(found)
    return found


def _paints(style: Style) -> tuple[Paint, Paint]:
    """What marks a cell of a style, and a blank one, which shows no ink."""
    fill, ink = style.fill.removeprefix("#"), style.ink.removeprefix("#")
    return Paint(fill, ink), Paint(fill)


class Look(NamedTuple):
    """How a cell looks in an open workbook: XlsxWriter's format, and what marks the cell."""

    format: Any
    paint: Paint
    ground: Paint
    """The same of a blank cell."""


class Formats:
    """The formats of an open workbook; each is made once."""

    def __init__(self, made: Workbook, theme: Theme) -> None:
        self.theme = theme
        self._made = made
        self._usual = tuple(made.default_format_properties.items())
        self._of_style: dict[Style, Any] = {}
        self._looks: dict[tuple[str, str], Look] = {}

    def of(self, style: Style) -> Any:  # noqa: ANN401 (XlsxWriter's formats have no types)
        """The format of a style."""
        found = self._of_style.get(style)
        if found is None:
            found = self._of_style[style] = add_format(self._made, style, self._usual)
        return found

    def named(self, name: str, pattern: str = "") -> Look:
        """The look of a named style of the theme."""
        key = name, pattern
        found = self._looks.get(key)
        if found is None:
            style = self.theme.style(name, pattern)
            found = self._looks[key] = Look(self.of(style), *_paints(style))
        return found


class Numbered(NamedTuple):
    """How a cell looks in an open workbook: the attribute with the number of its style, and what marks the cell."""

    attribute: str
    paint: str
    ground: str | None
    """The same of a blank cell; None where it has no colour."""


class Numbers:
    """The numbers of the styles of an open workbook, as XlsxWriter gives them to formats."""

    def __init__(self, theme: Theme, usual: Usual) -> None:
        self.theme = theme
        self.usual = usual
        self.of_cells: dict[str, Style] = {}
        """The styles of cells by XlsxWriter's key of them, in the order of their numbers, from 1."""
        self.of_rules: dict[str, Style] = {}
        """The same of colour rules, from 0."""
        self._cells: dict[str, int] = {}
        self._looks: dict[tuple[str, str], Numbered] = {}

    def named(self, name: str, pattern: str) -> Numbered:
        """The look of a named style of the theme."""
        found = self._looks.get((name, pattern))
        if found is None:
            style, key, paint, ground = _drawn(self.theme, self.usual, name, pattern)
            self.of_cells.setdefault(key, style)
            number = self._cells.setdefault(key, len(self._cells) + 1)
            found = self._looks[name, pattern] = Numbered(f' s="{number}"', paint, ground)
        return found

    def rule(self, look: str) -> int:
        """The number of what a colour rule adds to a cell."""
        style = self.theme.looks[look]
        key = _key(style, self.usual)
        self.of_rules.setdefault(key, style)
        return list(self.of_rules).index(key)


@cache
def _drawn(theme: Theme, usual: Usual, name: str, pattern: str) -> tuple[Style, str, str, str | None]:
    """A named style, XlsxWriter's key of it, and what marks its cells."""
    style = theme.style(name, pattern)
    paint, ground = _paints(style)
    return style, _key(style, usual), str(paint), None if ground.is_plain else str(ground)


def _key(style: Style, usual: Usual) -> str:
    found: str = ready(style, usual)._get_format_key()  # noqa: SLF001
    return found
