"""What the cells of a laid-out book hold: given values as a file keeps them, formulas as every program calculates them.

Formulas are calculated when they are asked for, once each, across sheets.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfeval.domain.expression.evaluate import as_sheet
from selfeval.domain.expression.functions import DAY_PATTERN
from selfeval.domain.expression.tree import Expression, Name
from selfeval.domain.expression.values import ErrorValue, Value
from selfeval.domain.reading.period import excel_day
from selfeval.sheets.layout import Area, LaidSheet, Layout, PlacedCell, plain_text
from selfeval.sheets.model import Cell
from selfeval.sheets.styles import number_format
from selfeval.sheets.text import clean

_UNKNOWN: Any = object()

_KEPT = 8
"""Lists at hand: a line of a table uses one or two, again and again."""


_LONG = 200
"""Characters of a text that is no name."""


def stored(value: float) -> float:
    """The number as a sheet keeps it: with 15 digits."""
    return float(f"{value:.15g}")


class Values:
    """The values of all cells of a book."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._known: dict[str, dict[tuple[int, int], Value]] = {sheet.sheet.name: {} for sheet in layout}
        self._lists: dict[tuple[str, int, int, int, int], Sequence[Value]] = {}
        self._columns: dict[tuple[str, int, int], dict[int, list[Value]]] = {}
        self._seen = {sheet.sheet.name: Seen(self, layout, sheet.sheet.name) for sheet in layout}

    def at(self, sheet: LaidSheet, row: int, column: int) -> Value:
        """What a cell holds; None when it is blank or nothing stands there."""
        known, key = self._known[sheet.sheet.name], (row, column)
        held = known.get(key, _UNKNOWN)
        if held is not _UNKNOWN:
            return held  # type: ignore[no-any-return]
        cell = sheet.at(row, column)
        found = None if cell is None else self._of(sheet, cell)
        if cell is not None and (isinstance(cell.content, Expression) or not sheet.is_large):
            known[key] = found
        return found

    def within(self, sheet: LaidSheet, ends: tuple[int, int, int, int]) -> Sequence[Value]:
        """What the cells of an area hold, row by row; kept, since many formulas go over one list."""
        key = (sheet.sheet.name, *ends)
        if key not in self._lists:
            top, left, bottom, right = ends
            cells = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
            self._lists[key] = self._column(sheet, ends) or [self.at(sheet, *cell) for cell in cells]
        return self._lists[key]

    def _column(self, sheet: LaidSheet, ends: tuple[int, int, int, int]) -> Sequence[Value]:
        """What a column of a large table holds; all its columns are read in one pass, for each row is made anew.

        None of long texts, which formulas do not read, nor where a formula of the table asks for one of its columns.
        """
        top, left, bottom, right = ends
        if left != right or not sheet.is_large:
            return ()
        key = sheet.sheet.name, top, bottom
        if key not in self._columns:
            self._columns[key] = {}
            found: dict[int, list[Value]] = {at: [] for at in range(len(sheet.columns))}
            for placed in (placed for row in range(top, bottom + 1) for placed in sheet.placed(row)):
                value = self.of(sheet, placed)
                if isinstance(value, str) and len(value) > _LONG:
                    found.pop(placed.column, None)
                elif placed.column in found:
                    found[placed.column].append(value)
            self._columns[key] = {at: values for at, values in found.items() if len(values) == bottom - top + 1}
        return self._columns[key].get(left, ())

    def charted(self, area: Area) -> list[object]:
        """What the cells of an area hold, as a chart's own copy of it has them."""
        laid = self._layout.sheets[area.sheet]
        rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
        return [self._charted(laid, row, column) for row in rows for column in columns]

    def _charted(self, laid: LaidSheet, row: int, column: int) -> object:
        cell, value = laid.at(row, column), self.at(laid, row, column)
        if cell is None:
            return None
        if isinstance(value, float) and not isinstance(cell.content, Expression):
            return f"{value:.16g}"
        return value.text if isinstance(value, ErrorValue) else "" if value is None else value

    def of(self, sheet: LaidSheet, placed: PlacedCell) -> Value:
        """What a placed cell holds."""
        live = isinstance(placed.cell.content, Expression)
        return self.at(sheet, placed.row, placed.column) if live else given(placed.cell)

    def _of(self, sheet: LaidSheet, cell: Cell) -> Value:
        expression = cell.content
        if not isinstance(expression, Expression):
            return given(cell)
        seen = self._seen[sheet.sheet.name]
        # most formulas only name a cell
        found = seen.value(expression.key) if isinstance(expression, Name) else as_sheet(expression, seen)
        if found is None:
            return 0.0  # a reference to a blank cell gives 0
        return stored(float(found)) if isinstance(found, Fraction | float) else found


class Seen:
    """The cells as the formulas of one sheet name them."""

    def __init__(self, values: Values, layout: Layout, own: str) -> None:
        self._values = values
        self._layout = layout
        self._own = own
        self._held: dict[Hashable, Value] = {}
        self._kept: dict[Hashable, Sequence[Value]] = {}
        self._groups: dict[tuple[int, ...], Mapping[tuple[Value, ...], Value]] = {}

    def value(self, key: Hashable) -> Value:
        """What a cell holds; most are asked for several times, and those of a large table not kept."""
        held = self._held.get(key, _UNKNOWN)
        if held is not _UNKNOWN:
            return held  # type: ignore[no-any-return]
        sheet, row, column = self._layout.place(key, self._own)
        found = self._values.at(sheet, row, column)
        if not sheet.is_large:
            self._held[key] = found
        return found

    def between(self, first: Hashable, last: Hashable) -> Sequence[Value]:
        """The cells from one to another, row by row."""
        sheet, top, left = self._layout.place(first, self._own)
        _, bottom, right = self._layout.place(last, self._own)
        return self._values.within(sheet, (top, left, bottom, right))

    def once(self, list_of: Hashable, make: Callable[[], Sequence[Value]]) -> Sequence[Value]:
        """A list that was just made, or is made now; only the latest few are kept, so that memory stays flat."""
        found = self._kept.get(list_of)
        if found is None:
            found = self._kept[list_of] = make()
            if len(self._kept) > _KEPT:
                del self._kept[next(iter(self._kept))]
        return found

    def grouped(
        self, lists: Sequence[Sequence[Value]], tested: int, make: Callable[[], Mapping[tuple[Value, ...], Value]]
    ) -> Mapping[tuple[Value, ...], Value]:
        """What was made of lists of this book, which are kept (``within``), so that each is known by itself."""
        key = tested, *map(id, lists)
        if key not in self._groups:
            self._groups[key] = make()
        return self._groups[key]

    def row(self, key: Hashable) -> int:
        """The number of the row of a cell, from 1."""
        return self._layout.place(key, self._own)[1] + 1

    def number_format(self, key: Hashable) -> str:
        """The letter of the number format of a cell: P, D, G for a pattern of several, F for any other."""
        sheet, row, column = self._layout.place(key, self._own)
        cell = sheet.at(row, column)
        if cell is None:
            return "F"
        pattern = number_format(self._layout.book.theme.style(cell.style, cell.pattern).pattern)
        return "G" if ";" in pattern else "D" if pattern == DAY_PATTERN else "P" if "%" in pattern else "F"


def given(cell: Cell) -> float | str | None:
    """What a cell without a formula holds: a number, a day as its number, a text, nothing.

    What was typed keeps all its digits; other numbers keep the 15 that sheets show.
    """
    content = cell.content
    if isinstance(content, str):
        return clean(content) or None
    if isinstance(content, dt.date):
        return float(excel_day(content))
    if isinstance(content, int | float | Decimal | Fraction):
        number = float(content)
        return None if math.isnan(number) else number if cell.entry is not None else stored(number)
    return clean(plain_text(content) or "") or None
