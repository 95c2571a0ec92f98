"""An expression's value: exactly, which is the record, or as Excel, WPS and LibreOffice calculate it.

Both follow the rules of sheets for blanks, texts and errors; they differ in their numbers (``values``). An expression
is made ready once, as nested functions, and may then be evaluated over many cells.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from operator import add, mul, sub, truediv
from typing import Any, TypeAlias

from selfeval.domain.expression.functions import (
    COMPARISON,
    OF_ANYTHING,
    OF_CALCULATED_LISTS,
    OF_LISTS,
    OF_VALUES,
    OF_WORDS,
    alike,
    as_shown,
    bounds,
)
from selfeval.domain.expression.tree import Bound, Call, Expression, Literal, Name, Operation, Rounded, Span, Union
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


def exactly(expression: Expression, values: Mapping[Hashable, Given]) -> Value:
    """The exact value; a float given counts as the decimal it shows. Raises KeyError for a name that is not given."""
    return _EXACT.ready(expression)(Loose(values))


def exact_number(expression: Expression, values: Mapping[Hashable, Given]) -> Fraction:
    """The same where a number must come out. Raises TypeError for anything else (a bug)."""
    found = exactly(expression, values)
    if not isinstance(found, Fraction):
        raise TypeError(f"{found!r} from {expression}")
    return found


def as_sheet(expression: Expression, cells: Cells) -> Value:
    """The value that a spreadsheet shows; numbers are floats.

    A cell is calculated once: what was made ready for it is not kept, but in an expression that is bound to cells.
    """
    if isinstance(expression, Bound):
        return _SHEET.ready(expression.inner)(Renamed(cells, expression.cells))
    return _SHEET.single(expression)(cells)


Ready: TypeAlias = Callable[[Cells], Value]
Listed: TypeAlias = Callable[[Cells], Sequence[Value]]
Apply: TypeAlias = Callable[..., Value]
Bounds: TypeAlias = tuple[Callable[[Any, Any], Any], float] | None

_ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {"+": add, "-": sub, "*": mul, "/": truediv}


class Maker:
    """Makes functions of expressions in one arithmetic."""

    def __init__(self, how: Arithmetic) -> None:
        self._how = how
        self._zero, self._one = how.number(0), how.number(1)
        self._name = type(how).__name__
        self._at_once = {how.kind, str, bool, ErrorValue, type(None)}

    def ready(self, expression: Expression) -> Ready:
        """The expression as a function of cells; kept with it, since a measure is evaluated for many rows."""
        kept = expression.ready
        if self._name not in kept:
            kept[self._name] = self.single(expression)
        return kept[self._name]  # type: ignore[no-any-return]  # the tree does not know what is kept with it

    def single(self, node: Expression) -> Ready:
        """A node that gives one value."""
        match node:
            case Literal(value):
                held = value if isinstance(value, str) else self._how.number(value)
                return lambda _cells: held
            case Name(key):
                return self._cell(key)
            case Bound(inner, names):
                ready = self.ready(inner)
                return lambda cells: ready(Renamed(cells, names))
            case Call("IF", (condition, value, otherwise)):
                return self._if(self.single(condition), value, otherwise)
            case Call("ROW", (Name(key),)):
                return lambda cells: self._how.number(cells.row(key))
            case Call("CELL", (_, Name(key))):
                return lambda cells: cells.number_format(key)
            case Call(function, arguments) if function in OF_LISTS:
                reduce, how = OF_LISTS[function], self._how
                lists = [self._argument(function, argument) for argument in arguments]
                return lambda cells: reduce(how, [values(cells) for values in lists])
        return self._composed(node)

    def _cell(self, key: Hashable) -> Ready:
        at_once, as_value = self._at_once, self._as_value

        def value(cells: Cells) -> Value:
            found = cells.value(key)
            return found if type(found) in at_once else as_value(found)  # type: ignore[return-value]  # it is one of them

        return value

    def _argument(self, function: str, node: Expression) -> Listed:
        """An argument of a function of lists; few of them calculate with lists."""
        alone = isinstance(node, Operation | Rounded | Call) and function not in OF_CALCULATED_LISTS
        return self._alone(node) if alone else self.listed(node)

    def _where(self, tested: Sequence[Expression], *summed: Expression) -> Ready:
        """COUNTIFS and SUMIFS; what stands beside each group of words is added up once, for all who ask for one."""
        of_lists = [self._as_held(node) for node in (*tested[::2], *summed)]
        of_words = [self.single(node) for node in tested[1::2]]

        def where(cells: Cells) -> Value:
            lists, words = [held(cells) for held in of_lists], [word(cells) for word in of_words]
            limits = [bounds(word) for word in words]
            columns = lists[: len(words)]
            numbers: Sequence[Value] = lists[-1] if summed else [self._one] * len(columns[0])
            if not any(limits):
                sums = cells.grouped(lists, len(words), lambda: self._grouped(columns, numbers))
                return sums.get(tuple(map(alike, map(self._as_value, words))), self._zero)
            met = [
                self._meeting(column, word, limit) for column, word, limit in zip(columns, words, limits, strict=True)
            ]
            kept = [value for value, *all_met in zip(numbers, *met, strict=True) if all(all_met) and is_number(value)]
            return self._how.total(kept)

        return where

    def _meeting(self, values: Sequence[Value], word: Value, limit: Bounds) -> list[bool]:
        if limit is None:
            return [alike(self._as_value(value)) == alike(word) for value in values]
        holds, number = limit
        return [is_number(value) and holds(value, number) for value in values]

    def _grouped(self, columns: Sequence[Sequence[Value]], numbers: Sequence[Value]) -> dict[tuple[Value, ...], Value]:
        found: dict[tuple[Value, ...], list[Number]] = {}
        for value, *key in zip(numbers, *columns, strict=True):
            if is_number(value):
                found.setdefault(tuple([alike(self._as_value(part)) for part in key]), []).append(
                    self._how.number(value)
                )
        return {key: self._how.total(values) for key, values in found.items()}

    def _as_held(self, node: Expression) -> Listed:
        """A list as the cells hold it, the same one each time."""
        match node:
            case Span(first, last):
                return lambda cells: cells.between(first.key, last.key)
            case Name(key):
                return lambda cells: cells.value(key)  # type: ignore[return-value]  # a list stands there
        raise TypeError(f"a list of cells is wanted: {node}")

    def _composed(self, node: Expression) -> Ready:
        if isinstance(node, Call) and node.function in OF_WORDS:
            summed = node.arguments[: OF_WORDS[node.function]]
            return self._where(node.arguments[len(summed) :], *summed)
        parts, apply = self._apart(node)
        match [self.single(part) for part in parts]:
            case [only]:
                return lambda cells: apply(only(cells))
            case [left, right]:
                return lambda cells: apply(left(cells), right(cells))
            case several:
                return lambda cells: apply(*[part(cells) for part in several])

    def listed(self, node: Expression) -> Listed:
        """A node as a list: a calculation with lists is one cell by cell, a single value a list of one."""
        match node:
            case Span(first, last):
                return lambda cells: cells.between(first.key, last.key)
            case Union(parts):
                lists = [self.listed(part) for part in parts]
                return lambda cells: [value for values in lists for value in values(cells)]
            case Name(key):
                return self._named(key)
            case Bound(inner, names):
                values = self.listed(inner)
                return lambda cells: values(Renamed(cells, names))
            case Literal() | Call("ROW"):
                return self._alone(node)
            case Call(function) if function in OF_LISTS or function in OF_WORDS:
                return self._alone(node)
        of, apply = self._apart(node)
        columns = [self.listed(part) for part in of]

        def each(cells: Cells) -> Sequence[Value]:
            found = [values(cells) for values in columns]
            count = max(map(len, found), default=1)
            return list(map(apply, *(repeat(values[0], count) if len(values) == 1 else values for values in found)))

        # the lines of a table ask several times for the rows that are theirs
        often = isinstance(node, Operation) and node.sign == "="
        return (lambda cells: cells.once(node, lambda: each(cells))) if often else each

    def _alone(self, node: Expression) -> Listed:
        single = self.single(node)
        return lambda cells: [single(cells)]

    def _named(self, key: Hashable) -> Listed:
        as_value = self._as_value

        def named(cells: Cells) -> Sequence[Value]:
            found = cells.value(key)
            several = isinstance(found, Sequence) and not isinstance(found, str)
            return [as_value(value) for value in (found if several else [found])]  # type: ignore[union-attr]

        return named

    def _as_value(self, found: Given) -> Value:
        if is_number(found):
            return self._how.number(found)
        if found is None or isinstance(found, str | bool | ErrorValue):
            return found
        raise TypeError(f"a list where one value is wanted: {found}")

    def _if(self, condition: Ready, value: Expression, otherwise: Expression) -> Ready:
        """Only the branch that applies is calculated; it is made ready when it first does."""
        branches: dict[bool, Ready] = {}

        def choose(cells: Cells) -> Value:
            test = condition(cells)
            if type(test) is ErrorValue:
                return test
            holds = bool(test)
            branch = branches.get(holds)
            if branch is None:
                branch = branches[holds] = self.single(value if holds else otherwise)
            return branch(cells)

        return choose

    def _apart(self, node: Expression) -> tuple[Sequence[Expression], Apply]:
        """The parts of a calculation, and what is made of their values."""
        match node:
            case Operation(sign, left, right):
                return (left, right), self._operation(sign)
            case Rounded(number, places, "up" | "down" as way):
                return (number,), self._on_number(lambda value: self._how.cut(value, places, up=way == "up"))
            case Rounded(number, places, way):
                apply = self._how.steady if way == "steady" else self._how.rounded
                return (number,), self._on_number(lambda value: apply(value, places))
            case Call(function, arguments) if function in OF_ANYTHING:
                return arguments, OF_ANYTHING[function]
            case Call(function, arguments) if function in OF_VALUES:
                return arguments, _faults_first(OF_VALUES[function])
            case Call(function, arguments):
                of_number: dict[str, Apply] = {
                    "TEXT": lambda number, pattern: as_shown(number, str(pattern)),
                    "ABS": abs,
                    "INT": lambda number: self._how.number(math.floor(number)),
                }
                return arguments, self._on_number(of_number[function])
        raise TypeError(f"a list where one value is wanted: {node}")

    def _operation(self, sign: str) -> Apply:
        if sign == "&":
            return _faults_first(lambda left, right: as_text(left) + as_text(right))
        if sign in COMPARISON:
            return self._comparison(COMPARISON[sign])
        return self._arithmetic(_ARITHMETIC[sign], divides=sign == "/")

    def _comparison(self, holds: Callable[[Any, Any], Any]) -> Apply:
        order, kind, compares = self._order, self._how.kind, self._how.compares
        in_full = _faults_first(lambda left, right: holds(order(left, right), 0))

        def compare(left: Value, right: Value) -> Value:
            # numbers and texts at once: this is done millions of times
            if type(left) is kind and type(right) is kind:
                if compares(left, right):
                    return bool(holds(left, right))
            elif type(left) is str and type(right) is str:
                return bool(holds(left.lower(), right.lower()))
            return in_full(left, right)

        return compare

    def _arithmetic(self, apply: Callable[[Number, Number], Number], *, divides: bool) -> Apply:
        number, kind = self._number, self._how.kind

        def reckon(left: Value, right: Value) -> Value:
            # numbers as they are: this is done millions of times
            first = left if type(left) is kind else number(left)
            second = right if type(right) is kind else number(right)
            if isinstance(first, ErrorValue) or isinstance(second, ErrorValue):
                return next((value for value in (left, right) if isinstance(value, ErrorValue)), MISMATCH)
            return DIVISION if divides and second == 0 else apply(first, second)

        return reckon

    def _on_number(self, apply: Apply) -> Apply:
        """On a first value that must be a number."""

        def on(value: Value, *others: Value) -> Value:
            number = self._number(value)
            return number if isinstance(number, ErrorValue) else apply(number, *others)

        in_full, kind = _faults_first(on), self._how.kind
        return lambda *values: (apply if len(values) == 1 and type(values[0]) is kind else in_full)(*values)

    def _number(self, value: Value) -> Number | ErrorValue:
        if value is None or isinstance(value, bool):
            return self._one if value else self._zero
        return MISMATCH if isinstance(value, str) else value

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
        return "" if isinstance(partner, str) else False if isinstance(partner, bool) else self._zero


def _faults_first(apply: Apply) -> Apply:
    """An error among the values is the result."""

    def on(*values: Value) -> Value:
        for value in values:
            if type(value) is ErrorValue:
                return value
        return apply(*values)

    return on


_EXACT, _SHEET = Maker(EXACT), Maker(SHEET)
