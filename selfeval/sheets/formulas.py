"""The texts of formulas of one sheet, as XML and as its contents are told, out of pieces that are kept.

A formula that stands in many rows differs from row to row in the addresses of its cells alone: what stands around them
is made ready once, in both ways of writing, and a formula is put together from these parts.
"""

from __future__ import annotations

from collections.abc import Hashable
from html import escape
from typing import NamedTuple

from selfeval.domain.expression.tree import Bound, Expression, Name, Span
from selfeval.domain.expression.worksheet import gaps, text
from selfeval.packages.columns import letters
from selfeval.packages.contents import plain_formula
from selfeval.sheets.layout import Layout

_MOST = 10_000
"""Places that are kept."""


class Written(NamedTuple):
    """A formula without its =, or a part of one: as XML, and as contents say it."""

    xml: str
    said: str


class _Around(NamedTuple):
    """What stands around the addresses of a formula, with room for them in every second place."""

    xml: list[str]
    said: list[str]
    keys: tuple[Hashable, ...]
    """Of the names, each once."""
    order: tuple[int, ...]
    """Which of them stands in each place."""


class Formulas:
    """The formulas of one sheet."""

    def __init__(self, layout: Layout, own: str) -> None:
        self._layout, self._own = layout, own
        self._places: dict[Hashable, Written] = {}
        self._before: dict[str, Written] = {}

    def of(self, expression: Expression) -> Written:
        """An expression as the formula of a cell."""
        if isinstance(expression, Name):
            return self._place(expression)
        if not isinstance(expression, Bound):
            return _written(text(expression, self._address))
        around, cells = _around(expression.inner), expression.cells
        places = [self._place(cells.get(key) or Name(key)) for key in around.keys]
        xml, said = around.xml.copy(), around.said.copy()
        xml[1::2] = [places[at].xml for at in around.order]
        said[1::2] = [places[at].said for at in around.order]
        return Written("".join(xml), "".join(said))

    def _place(self, cells: Name | Span) -> Written:
        """A cell or a span, which most rows name anew."""
        key = cells.key if isinstance(cells, Name) else (cells.first.key, cells.last.key)
        found = self._places.get(key)
        if found is None:
            if len(self._places) >= _MOST:  # those of a large table are many
                self._places.clear()
            one = isinstance(cells, Name)
            found = self._places[key] = self._cell(key) if one else _written(text(cells, self._address))
        return found

    def _cell(self, key: Hashable) -> Written:
        sheet, row, column = self._layout.place(key, self._own)
        place = f"{letters(column)}{row + 1}"
        if sheet.sheet.name == self._own:
            return Written(place, place)
        if sheet.prefix not in self._before:
            self._before[sheet.prefix] = _written(sheet.prefix)
        before = self._before[sheet.prefix]
        return Written(before.xml + place, before.said + place)

    def _address(self, key: Hashable) -> str:
        return self._layout.address(key, self._own)


def _written(formula: str) -> Written:
    return Written(escape(formula, quote=False), plain_formula(formula))


def _around(expression: Expression) -> _Around:
    """Made once, and kept with the expression."""
    kept = expression.ready
    if "around" not in kept:
        parts, names, _ = gaps(expression)
        keys = tuple(dict.fromkeys(names))
        both = [_written(part) for part in parts]
        xml, said = ([""] * (2 * len(parts) - 1) for _ in range(2))
        xml[::2], said[::2] = [part.xml for part in both], [part.said for part in both]
        kept["around"] = _Around(xml, said, keys, tuple(map(keys.index, names)))
    return kept["around"]  # type: ignore[no-any-return]  # the tree does not know what is kept with it
