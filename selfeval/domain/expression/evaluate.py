"""An expression's value: exactly, which is the record, or as Excel, WPS and LibreOffice calculate it.

Both follow the rules of sheets for blanks, texts and errors; they differ in their numbers (``values``). An expression
is made ready once, as nested functions, and may then be evaluated over many cells.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from selfeval.domain.expression.arrays import Slot, Turn, in_turn
from selfeval.domain.expression.functions import OF_ANYTHING, OF_LISTS, OF_TRUTH, as_shown
from selfeval.domain.expression.tree import (
    Bound,
    Call,
    Expression,
    Literal,
    Name,
    Operation,
    Rounded,
    Span,
    Steady,
    Union,
    Whole,
)
from selfeval.domain.expression.values import (
    DIVISION,
    EXACT,
    MISMATCH,
    SHEET,
    Arithmetic,
    Cells,
    ErrorValue,
    Given,
    Loose,
    Number,
    Renamed,
    Value,
    as_text,
    is_number,
)
from selfeval.domain.expression.worksheet import GUARD


def exactly(expression: Expression, values: Mapping[Hashable, Given]) -> Value:
    """The exact value for the names given; a float among them counts as the decimal it shows.

    Raises KeyError for a name that is not given and is needed.
    """
    return _ready(expression, EXACT)(Loose(values))


def exact_number(expression: Expression, values: Mapping[Hashable, Given]) -> Fraction:
    """The same where a number must come out. Raises TypeError for anything else (a bug)."""
    found = exactly(expression, values)
    if not isinstance(found, Fraction):
        raise TypeError(f"{found!r} from {expression}")
    return found


def as_sheet(expression: Expression, cells: Cells) -> Value:
    """The value that a spreadsheet shows; numbers are floats."""
    return _ready(expression, SHEET)(cells)


Ready: TypeAlias = Callable[[Cells], Value]
Listed: TypeAlias = Callable[[Cells], Sequence[Value]]

_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_COMPARISON: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def _ready(expression: Expression, how: Arithmetic) -> Ready:
    """The expression as a function of cells; kept with it, since a measure is evaluated for many rows."""
    kept = expression.ready
    name = type(how).__name__
    if name not in kept:
        kept[name] = _Maker(how).single(expression)
    return kept[name]  # type: ignore[no-any-return]  # the tree does not know what is kept with it


class _Maker:
    """Makes functions of expressions in one arithmetic."""

    def __init__(self, how: Arithmetic) -> None:
        self._how = how
        self._of: dict[type[Expression], Callable[..., Ready]] = {
            Literal: self._literal,
            Name: self._name,
            Operation: self._operation,
            Bound: self._bound,
            Call: self._call,
            Steady: lambda node: self._on_number(node.number, lambda value: how.steady(value, node.places)),
            Rounded: lambda node: self._on_number(node.number, lambda value: how.rounded(value, node.places)),
            Whole: lambda node: self._on_number(node.number, lambda value: self._cut(value, up=node.up)),
        }

    def single(self, node: Expression) -> Ready:
        """A node that gives one value."""
        make = self._of.get(type(node))
        if make is None:
            raise TypeError(f"a list where one value is wanted: {node}")
        return make(node)

    def _literal(self, node: Literal) -> Ready:
        value = node.value if isinstance(node.value, str) else self._how.number(node.value)
        return lambda _cells: value

    def _name(self, node: Name) -> Ready:
        key, as_value = node.key, self._as_value
        if isinstance(key, Slot):
            return lambda cells: cells.value(key)  # type: ignore[return-value]  # it was read once already
        return lambda cells: as_value(cells.value(key))

    def _as_value(self, found: Given) -> Value:
        if is_number(found):
            return self._how.number(found)
        if found is None or isinstance(found, str | bool | ErrorValue):
            return found
        raise TypeError(f"a list where one value is wanted: {found}")

    def _bound(self, node: Bound) -> Ready:
        inner, names = _ready(node.inner, self._how), node.cells
        return lambda cells: inner(Renamed(cells, names))

    def _operation(self, node: Operation) -> Ready:
        left, right, sign = self.single(node.left), self.single(node.right), node.sign
        if sign in _COMPARISON:
            holds, order = _COMPARISON[sign], self._order
            return _on_both(left, right, lambda one, other: holds(order(one, other), 0))
        if sign == "&":
            return _on_both(left, right, lambda one, other: as_text(one) + as_text(other))
        apply, number = _ARITHMETIC[sign], self._number

        def reckon(one: Value, other: Value) -> Value:
            first, second = number(one), number(other)
            if isinstance(first, ErrorValue) or isinstance(second, ErrorValue):
                return MISMATCH
            return DIVISION if sign == "/" and second == 0 else apply(first, second)

        return _on_both(left, right, reckon)

    def _call(self, node: Call) -> Ready:
        if node.function == "IF":
            return self._if(node)
        if node.function == "ROW":
            (name,) = node.arguments
            assert isinstance(name, Name)
            return lambda cells: self._how.number(cells.row(name.key))
        if node.function in OF_LISTS:
            apply, how = OF_LISTS[node.function], self._how
            lists = [self._list(argument) for argument in node.arguments]
            return lambda cells: apply(how, [values(cells) for values in lists])
        return self._plain(node)

    def _if(self, node: Call) -> Ready:
        condition, value, otherwise = (self.single(argument) for argument in node.arguments)

        def choose(cells: Cells) -> Value:
            test = condition(cells)
            if isinstance(test, ErrorValue):
                return test
            return value(cells) if test else otherwise(cells)

        return choose

    def _plain(self, node: Call) -> Ready:
        arguments = [self.single(argument) for argument in node.arguments]
        if node.function in OF_ANYTHING:
            anything = OF_ANYTHING[node.function]
            return lambda cells: anything([argument(cells) for argument in arguments])
        apply = self._without_faults(node.function)

        def call(cells: Cells) -> Value:
            values = [argument(cells) for argument in arguments]
            fault = next((value for value in values if isinstance(value, ErrorValue)), None)
            return fault or apply(values)

        return call

    def _without_faults(self, function: str) -> Callable[[list[Value]], Value]:
        if function in OF_TRUTH:
            return OF_TRUTH[function]
        if function == "TRIM":
            return lambda values: " ".join(part for part in as_text(values[0]).split(" ") if part)
        apply: Callable[[Number, list[Value]], Value] = {
            "TEXT": lambda number, values: as_shown(number, str(values[1])),
            "ABS": lambda number, _: abs(number),
            "INT": lambda number, _: self._how.number(math.floor(number)),
        }[function]

        def on_number(values: list[Value]) -> Value:
            number = self._number(values[0])
            return number if isinstance(number, ErrorValue) else apply(number, values)

        return on_number

    def _list(self, node: Expression) -> Listed:
        """A node that gives a list; a single value is a list of one."""
        as_value = self._as_value
        if isinstance(node, Span):
            first, last = node.first.key, node.last.key
            return lambda cells: [as_value(value) for value in cells.between(first, last)]
        if isinstance(node, Union):
            parts = [self._list(part) for part in node.parts]
            return lambda cells: [value for part in parts for value in part(cells)]
        if isinstance(node, Name):
            key = node.key

            def named(cells: Cells) -> Sequence[Value]:
                found = cells.value(key)
                several = isinstance(found, Sequence) and not isinstance(found, str)
                return [as_value(value) for value in (found if several else [found])]  # type: ignore[union-attr]

            return named
        return self._cell_by_cell(node)

    def _cell_by_cell(self, node: Expression) -> Listed:
        """A calculation with lists gives a list; one without them a list of one."""
        calculation, slots = in_turn(node)
        single = self.single(calculation)
        cells_once = {slot: self._name(part) for part, slot in slots.items() if isinstance(part, Name)}
        lists = {slot: self._list(part) for part, slot in slots.items() if isinstance(part, Span)}
        if not lists:
            plain = self.single(node)
            return lambda cells: [plain(cells)]

        def each(cells: Cells) -> Sequence[Value]:
            turn, found = Turn(cells), []
            turn.now.update((slot, value(cells)) for slot, value in cells_once.items())
            for values in zip(*(read(cells) for read in lists.values()), strict=True):
                turn.now.update(zip(lists, values, strict=True))
                found.append(single(turn))
            return found

        return each

    def _on_number(self, node: Expression, apply: Callable[[Number], Number]) -> Ready:
        inner, number = self.single(node), self._number

        def on(cells: Cells) -> Value:
            value = number(inner(cells))
            return value if isinstance(value, ErrorValue) else apply(value)

        return on

    def _cut(self, value: Number, *, up: bool) -> Number:
        size = self._how.steady(-value if value < 0 else value, GUARD)
        return self._how.number(math.ceil(size) if up else math.floor(size)) * (-1 if value < 0 else 1)

    def _number(self, value: Value) -> Number | ErrorValue:
        if is_number(value) or isinstance(value, ErrorValue):
            return value
        return MISMATCH if isinstance(value, str) else self._how.number(int(value or 0))

    def _order(self, left: Value, right: Value) -> int:
        """Numbers come before texts, texts before truth values; a blank is 0 or no text, as its partner wants."""
        if is_number(left) and is_number(right):
            return 0 if self._how.agree(left, right) else 1 if left > right else -1
        left, right = self._filled(left, right), self._filled(right, left)
        ranks = [2 if isinstance(value, bool) else 1 if isinstance(value, str) else 0 for value in (left, right)]
        if ranks[0] != ranks[1]:
            return ranks[0] - ranks[1]
        if isinstance(left, str):
            left, right = left.lower(), str(right).lower()
        return (left > right) - (left < right)  # type: ignore[operator]  # both are of one kind here

    def _filled(self, value: Value, partner: Value) -> Value:
        if value is not None:
            return value
        return "" if isinstance(partner, str) else False if isinstance(partner, bool) else self._how.number(0)


def _on_both(left: Ready, right: Ready, apply: Callable[[Value, Value], Value]) -> Ready:
    """Two operands; an error in one of them is the result."""

    def on(cells: Cells) -> Value:
        one, other = left(cells), right(cells)
        if isinstance(one, ErrorValue):
            return one
        return other if isinstance(other, ErrorValue) else apply(one, other)

    return on
