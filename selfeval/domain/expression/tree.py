"""What an expression is made of, and how one is written in Python.

``when(A <= T, 1, T / A)`` is a tree of frozen, comparable nodes. It says nothing of where A and T come from: a
``Name`` stands for a number, a text, a blank, or (``mean(KEPT)``) a list of them. ``equals`` stands for =, because
== compares the trees themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeAlias

from selfeval.domain.rounding import fraction

Operand: TypeAlias = "Expression | Fraction | int | float | str"


class Expression:
    """The operators that every node has. An operand may be a number or a text; a float is the decimal it shows."""

    def __add__(self, other: Operand) -> Operation:
        return Operation("+", self, lift(other))

    def __radd__(self, other: Operand) -> Operation:
        return Operation("+", lift(other), self)

    def __sub__(self, other: Operand) -> Operation:
        return Operation("-", self, lift(other))

    def __rsub__(self, other: Operand) -> Operation:
        return Operation("-", lift(other), self)

    def __mul__(self, other: Operand) -> Operation:
        return Operation("*", self, lift(other))

    def __rmul__(self, other: Operand) -> Operation:
        return Operation("*", lift(other), self)

    def __truediv__(self, other: Operand) -> Operation:
        return Operation("/", self, lift(other))

    def __rtruediv__(self, other: Operand) -> Operation:
        return Operation("/", lift(other), self)

    def __lt__(self, other: Operand) -> Operation:
        return Operation("<", self, lift(other))

    def __le__(self, other: Operand) -> Operation:
        return Operation("<=", self, lift(other))

    def __gt__(self, other: Operand) -> Operation:
        return Operation(">", self, lift(other))

    def __ge__(self, other: Operand) -> Operation:
        return Operation(">=", self, lift(other))

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
        return rebuilt(self, lambda node: names.get(node, node) if isinstance(node, Name) else None)

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
class Steady(Expression):
    """A number kept free of the noise of floats: itself where arithmetic is exact, rounded to ``places`` in a sheet."""

    number: Expression
    places: int


@dataclass(frozen=True)
class Rounded(Expression):
    """A number rounded half up to ``places``."""

    number: Expression
    places: int


@dataclass(frozen=True)
class Whole(Expression):
    """A number cut to a whole one, away from zero (``up``) or towards it."""

    number: Expression
    up: bool


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


def when(condition: Operand, value: Operand, otherwise: Operand) -> Call:
    """IF: only the branch that applies is calculated."""
    return _call("IF", condition, value, otherwise)


def cases(*pairs: tuple[Operand, Operand], otherwise: Operand) -> Expression:
    """The value of the first condition that holds."""
    found = lift(otherwise)
    for condition, value in reversed(pairs):
        found = when(condition, value, found)
    return found


def all_of(*conditions: Operand) -> Call:
    """AND."""
    return _call("AND", *conditions)


def any_of(*conditions: Operand) -> Call:
    """OR."""
    return _call("OR", *conditions)


def negated(condition: Operand) -> Call:
    """NOT."""
    return _call("NOT", condition)


ALWAYS, NEVER = lift(1).equals(1), lift(1).equals(0)
"""Conditions that hold, and that do not."""


def largest(*values: Operand) -> Call:
    """MAX."""
    return _call("MAX", *values)


def smallest(*values: Operand) -> Call:
    """MIN."""
    return _call("MIN", *values)


def absolute(value: Operand) -> Call:
    """ABS."""
    return _call("ABS", value)


def floor(value: Operand) -> Call:
    """INT: the whole number not above."""
    return _call("INT", value)


def total(*values: Operand) -> Call:
    """SUM of the numbers of lists."""
    return _call("SUM", *values)


def mean(values: Operand) -> Call:
    """AVERAGE of the numbers of a list; an error when there are none."""
    return _call("AVERAGE", values)


def count_numbers(values: Operand) -> Call:
    """COUNT: how many numbers a list holds."""
    return _call("COUNT", values)


def count_of(values: Operand, word: Operand) -> Call:
    """COUNTIF: how often a list holds a word."""
    return _call("COUNTIF", values, word)


def total_where(tested: Operand, word: Operand, summed: Operand) -> Call:
    """SUMIF: the sum of those numbers beside which the word stands."""
    return _call("SUMIF", tested, word, summed)


def count_cells(values: Operand) -> Call:
    """ROWS: how many cells a list of one column has, blank ones too."""
    return _call("ROWS", values)


def sum_product(*values: Operand) -> Call:
    """SUMPRODUCT: the sum of products, cell by cell, of lists or of calculations with lists: ``KNOWN * (TOTAL >= 90)``.

    What is no number counts as 0 where it stands alone in an argument; so a condition alone is multiplied by 1.
    """
    return _call("SUMPRODUCT", *values)


def same_text(text: Operand, other: Operand) -> Call:
    """EXACT: the same text, letter for letter; unlike COUNTIF it takes no text for a condition."""
    return _call("EXACT", text, other)


def position_of(word: Operand, values: Operand) -> Call:
    """MATCH: at which place of a list the word first stands, from 1; an error when it does not."""
    return _call("MATCH", word, values, 0)


def row_number(name: Name) -> Call:
    """ROW: the number of the row in which a cell stands."""
    return _call("ROW", name)


def is_number(value: Operand) -> Call:
    """ISNUMBER."""
    return _call("ISNUMBER", value)


def is_error(value: Operand) -> Call:
    """ISERROR."""
    return _call("ISERROR", value)


def if_error(value: Operand, otherwise: Operand) -> Call:
    """IFERROR."""
    return _call("IFERROR", value, otherwise)


NOT_AVAILABLE = _call("NA")
"""The error value that a chart leaves out."""


def trimmed(text: Operand) -> Call:
    """TRIM: the text without needless spaces."""
    return _call("TRIM", text)


def joined(*parts: Operand) -> Expression:
    """The parts as one text."""
    first, *others = (lift(part) for part in parts)
    for part in others:
        first = Operation("&", first, part)
    return first


def shown(number: Operand, pattern: str) -> Call:
    """TEXT: a number as a number format shows it."""
    return _call("TEXT", number, pattern)


def steady(number: Operand, places: int) -> Steady:
    """A number that a sheet rounds to ``places``, so that every calculator agrees on it."""
    return Steady(lift(number), places)


def rounded(number: Operand, places: int) -> Rounded:
    """A number rounded half up."""
    return Rounded(lift(number), places)


def whole(number: Operand, *, up: bool) -> Whole:
    """A number cut to a whole one."""
    return Whole(lift(number), up)


def rebuilt(node: Expression, of: Callable[[Expression], Expression | None]) -> Expression:
    """The tree with what ``of`` gives in place of a node; where that is None, with the node's parts looked at."""
    found = of(node)
    if found is not None:
        return found
    inner = _parts(node)
    return node if inner is None else inner(lambda part: rebuilt(part, of))


def _parts(node: Expression) -> Callable[[Callable[[Expression], Expression]], Expression] | None:
    """How a node is made again from its parts, each put through a function; None for a leaf."""
    match node:
        case Operation(sign, left, right):
            return lambda of: Operation(sign, of(left), of(right))
        case Call(function, arguments):
            return lambda of: Call(function, tuple(of(argument) for argument in arguments))
        case Union(parts):
            return lambda of: Union(tuple(of(part) for part in parts))
        case Steady(number, places):
            return lambda of: Steady(of(number), places)
        case Rounded(number, places):
            return lambda of: Rounded(of(number), places)
        case Whole(number, up):
            return lambda of: Whole(of(number), up)
    return None
