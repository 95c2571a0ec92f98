"""Calculations with lists, cell by cell, as SUMPRODUCT takes them: the lists are read as names that change in turn."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from selfeval.domain.expression.functions import OF_LISTS
from selfeval.domain.expression.tree import Call, Expression, Name, Span, rebuilt
from selfeval.domain.expression.values import Cells, Given, Value


class Slot:
    """The key of a name that stands for one value: that of a cell, or each one of a list in turn."""


def in_turn(node: Expression) -> tuple[Expression, dict[Expression, Slot]]:
    """A calculation with its lists and cells replaced by names, and the keys of these.

    Not those inside a function of lists, which gives one value.
    """
    slots: dict[Expression, Slot] = {}

    def named(part: Expression) -> Expression | None:
        if isinstance(part, Span | Name):
            return Name(slots.setdefault(part, Slot()))
        return part if isinstance(part, Call) and part.function in {*OF_LISTS, "ROW"} else None

    return rebuilt(node, named), slots


class Turn:
    """Cells, beside which each slot holds a value: ``now``."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.now: dict[Slot, Value] = {}

    def value(self, key: Hashable) -> Given:
        """What a slot or another name holds."""
        return self.now[key] if isinstance(key, Slot) else self._cells.value(key)

    def between(self, first: Hashable, last: Hashable) -> Sequence[Value]:
        """The cells from one name to another."""
        return self._cells.between(first, last)

    def row(self, key: Hashable) -> int:
        """The number of the row of a cell, from 1."""
        return self._cells.row(key)
