"""What an expression is made of, and how one is written in Python.

``when(A <= T, 1, T / A)`` is a tree of frozen, comparable nodes. It says nothing of where A and T come from: a
``Name`` stands for a number, a text, a blank, or (``mean(KEPT)``) a list of them. ``equals`` stands for =, because
== compares the trees themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, partial, reduce
from typing import Any, Protocol, TypeAlias

from selfeval.domain.rounding import fraction

Operand: TypeAlias = "Expression | Fraction | int | float | str"
Operator: TypeAlias = "Callable[[Expression, Operand], Operation]"


def _operators(sign: str) -> tuple[Operator, Operator]:
    """An operator of Python with the node before its operand, and with the node behind it."""
    return (
        lambda node, other: Operation(sign, node, lift(other)),
        lambda node, other: Operation(sign, lift(other), node),
    )


class Expression:
    """The operators that every node has. An operand may be a number or a text; a float is the decimal it shows."""

    __add__, __radd__ = _operators("+")
    __sub__, __rsub__ = _operators("-")
    __mul__, __rmul__ = _operators("*")
    __truediv__, __rtruediv__ = _operators("/")
    __lt__, __gt__ = _operators("<")[0], _operators(">")[0]
    __le__, __ge__ = _operators("<=")[0], _operators(">=")[0]

    def equals(self, other: Operand) -> Operation:
        """Whether both are the same number or text."""
        return Operation("=", self, lift(other))

    def differs(self, other: Operand) -> Operation:
        """Whether they are not."""
        return Operation("<>", self, lift(other))

    @cached_property
    def ready(self) -> dict[str, Any]:
        """What evaluation keeps with a tree, so that it is made ready once."""
        return {}

    def bind(self, names: Mapping[Name, Expression]) -> Expression:
        """The same expression with some of its names replaced."""
        match self:
            case Name():
                return names.get(self, self)
            case Operation(sign, left, right):
                return Operation(sign, left.bind(names), right.bind(names))
            case Call(function, arguments):
                return Call(function, tuple(argument.bind(names) for argument in arguments))
            case Union(parts):
                return Union(tuple(part.bind(names) for part in parts))
            case Rounded(number, places, way):
                return Rounded(number.bind(names), places, way)
            case Bound(inner, cells):
                seen = {key: found.bind(names) for key, found in cells.items()}
                if inner.keys <= seen.keys() and all(isinstance(found, Name | Span) for found in seen.values()):
                    return Bound(inner, seen)  # type: ignore[arg-type]  # each was looked at
                return inner.bind({**names, **{Name(key): found for key, found in seen.items()}})
        return self

    @cached_property
    def keys(self) -> frozenset[Hashable]:
        """The keys of the names that ``bind`` would replace."""
        match self:
            case Name(key):
                return frozenset({key})
            case Bound(inner, cells):
                return (inner.keys - cells.keys()).union(*(cell.keys for cell in cells.values()))
            case Operation(_, left, right):
                return left.keys | right.keys
            case Call(_, parts) | Union(parts):
                return frozenset().union(*(part.keys for part in parts))
            case Rounded(number):
                return number.keys
        return frozenset()

    def of(self, cells: Mapping[Name, Name | Span]) -> Bound:
        """The same expression read from other names: quick, for one that stands in many rows."""
        return Bound(self, {name.key: cell for name, cell in cells.items()})


@dataclass(frozen=True)
class Literal(Expression):
    """A number, exactly, or a text."""

    value: Fraction | str


@dataclass(frozen=True)
class Name(Expression):
    """An input: what it holds is said where the expression is evaluated, where it stands where it is written."""

    key: Hashable


@dataclass(frozen=True)
class Span(Expression):
    """The cells from one name to another, of one row or one column."""

    first: Name
    last: Name


@dataclass(frozen=True)
class Union(Expression):
    """Several spans or names, counted and summed as one list."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Operation(Expression):
    """Two operands and the sign between them; & joins texts."""

    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class Call(Expression):
    """A function of spreadsheets and its arguments."""

    function: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Rounded(Expression):
    """A number rounded ``half`` up to ``places``, or cut to them away from zero (``up``) or towards it (``down``).

    ``steady`` only keeps it free of the noise of floats: itself where arithmetic is exact, rounded half up in a sheet.
    """

    number: Expression
    places: int
    way: str = "half"


@dataclass(frozen=True)
class Bound(Expression):
    """An expression whose names stand for other names, by key. It is made ready once, whatever its names stand for."""

    inner: Expression
    cells: Mapping[Hashable, Name | Span] = field(hash=False)


def lift(value: Operand) -> Expression:
    """A number or text as an expression."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, str | Fraction):
        return Literal(value)
    return Literal(Fraction(value) if isinstance(value, int) else fraction(value))


def _call(function: str, *arguments: Operand) -> Call:
    return Call(function, tuple(lift(value) for value in arguments))


class _Several(Protocol):
    def __call__(self, *values: Operand) -> Call: ...


_One: TypeAlias = Callable[[Operand], Call]
_Two: TypeAlias = Callable[[Operand, Operand], Call]
_Three: TypeAlias = Callable[[Operand, Operand, Operand], Call]

when: _Three = partial(_call, "IF")  # only the branch that applies is calculated
all_of: _Several = partial(_call, "AND")
any_of: _Several = partial(_call, "OR")
negated: _One = partial(_call, "NOT")
is_number: _One = partial(_call, "ISNUMBER")
is_error: _One = partial(_call, "ISERROR")
if_error: _Two = partial(_call, "IFERROR")
largest: _Several = partial(_call, "MAX")
smallest: _Several = partial(_call, "MIN")
absolute: _One = partial(_call, "ABS")
floor: _One = partial(_call, "INT")  # the whole number not above
total: _Several = partial(_call, "SUM")  # of the numbers of lists
mean: _One = partial(_call, "AVERAGE")  # of the numbers of a list; an error when there are none
count_numbers: _One = partial(_call, "COUNT")
count_of: _Two = partial(_call, "COUNTIF")  # how often a list holds a word
total_where: _Three = partial(_call, "SUMIF")  # tested, word, summed: the numbers beside which the word stands
count_where: _Several = partial(_call, "COUNTIFS")  # list, word, list, word …: the rows on which all of them stand
sum_where: _Several = partial(_call, "SUMIFS")  # summed, list, word …: the numbers beside them
kth_smallest: _Two = partial(_call, "SMALL")  # of the numbers of a list; an error when there are fewer
kth_largest: _Two = partial(_call, "LARGE")
item_at: _Two = partial(_call, "INDEX")  # of a list of one column, counted from 1
count_cells: _One = partial(_call, "ROWS")  # of a list of one column, blank ones too
row_number: Callable[[Name], Call] = partial(_call, "ROW")  # of the row in which a cell stands
number_format: Callable[[Name], Call] = partial(_call, "CELL", "format")  # of a cell: P2 for 0.00%, D1 for a day
trimmed: _One = partial(_call, "TRIM")  # without needless spaces
position_in: _Two = partial(_call, "FIND")  # where in a text another begins; an error where it does not
substituted: _Three = partial(_call, "SUBSTITUTE")  # a text with one text for another
shown: _Two = partial(_call, "TEXT")  # a number as a number format shows it

sum_product: _Several = partial(_call, "SUMPRODUCT")
"""The sum of products, cell by cell, of lists or of calculations with lists: ``KNOWN * (TOTAL >= 90)``.

What is no number counts as 0 where it stands alone in an argument; so a condition alone is multiplied by 1.
"""

link: _Two = partial(_call, "HYPERLINK")  # to a place, #'Sheet'!B7, shown as a text

NOT_AVAILABLE = _call("NA")
"""The error value that a chart leaves out."""

ALWAYS, NEVER = lift(1).equals(1), lift(1).equals(0)
"""Conditions that hold, and that do not."""


def position_of(word: Operand, values: Operand) -> Call:
    """MATCH: at which place of a list the word first stands, from 1; an error when it does not."""
    return _call("MATCH", word, values, 0)


def cases(*pairs: tuple[Operand, Operand], otherwise: Operand) -> Expression:
    """The value of the first condition that holds."""
    found = lift(otherwise)
    for condition, value in reversed(pairs):
        found = when(condition, value, found)
    return found


def joined(*parts: Operand) -> Expression:
    """The parts as one text."""
    return reduce(lambda text, part: Operation("&", text, part), map(lift, parts))


def steady(number: Operand, places: int) -> Rounded:
    """A number that a sheet rounds to ``places``, so that every calculator agrees on it."""
    return Rounded(lift(number), places, "steady")


def rounded(number: Operand, places: int) -> Rounded:
    """A number rounded half up."""
    return Rounded(lift(number), places)


def rounded_down(number: Operand, places: int) -> Rounded:
    """A number cut to ``places``."""
    return Rounded(lift(number), places, "down")


def whole(number: Operand, *, up: bool) -> Rounded:
    """A number cut to a whole one."""
    return Rounded(lift(number), 0, "up" if up else "down")
