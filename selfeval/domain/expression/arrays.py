"""Calculations with lists, cell by cell, as SUMPRODUCT takes them: the lists are read as names that change in turn."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from selfeval.domain.expression.functions import OF_LISTS
from selfeval.domain.expression.tree import Call, Expression, Name, Span, rebuilt
from selfeval.domain.expression.values import Cells, Given, Value


def in_turn(node: Expression) -> tuple[Expression, tuple[Span, ...]]:
    """A calculation with its lists replaced by names, whose keys are these lists.

    Not those inside a function of lists, which gives one value.
    """
    lists: dict[Span, Name] = {}

    def named(part: Expression) -> Expression | None:
        if isinstance(part, Span):
            return lists.setdefault(part, Name(part))
        return part if isinstance(part, Call) and part.function in OF_LISTS else None

    return rebuilt(node, named), tuple(lists)


class Turn:
    """Cells of which some lists stand for one of their values."""

    def __init__(self, cells: Cells, values: Mapping[Hashable, Value]) -> None:
        self._cells = cells
        self._values = values

    def value(self, key: Hashable) -> Given:
        """What a name holds, or a list in its turn."""
        return self._values[key] if key in self._values else self._cells.value(key)

    def between(self, first: Hashable, last: Hashable) -> Sequence[Value]:
        """The cells from one name to another."""
        return self._cells.between(first, last)

    def row(self, key: Hashable) -> int:
        """The number of the row of a cell, from 1."""
        return self._cells.row(key)
