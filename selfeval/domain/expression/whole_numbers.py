"""An expression over columns in whole numbers: exactly, each row a ratio of two of them.

What people type are short decimals: a column of them is whole numbers over a power of ten, and what is calculated of
such columns are ratios of whole numbers, so that no rounding and no comparison is ever doubtful. A row that holds no
short decimal, or numbers too large, is unknown here.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial, reduce
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from selfeval.domain.expression.functions import COMPARISON
from selfeval.domain.expression.ratios import (
    BLANK,
    ERROR,
    LIMIT,
    NOT_HERE,
    NUMBER,
    TEXT,
    UNKNOWN,
    Flags,
    Ratios,
    Rows,
    either,
    extreme,
    over_one,
    plain,
    product,
    quotient,
    rounded,
    total,
    worst,
)
from selfeval.domain.expression.tree import Call, Expression, Literal, Name, Operation, Rounded

Column = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]

_DIGITS = 10.0**15
"""Below it two decimals are never the same float."""

_WHOLE = 2**53
"""Up to it every whole number is a float."""

_PLACES = (2, 4, 6, 9, 12)
"""How many places a column is tried with: the fewest that all its rows do with."""


@dataclass(frozen=True)
class _Truths:
    """Whether something holds in each row."""

    holds: Rows
    state: Rows = NUMBER


@dataclass(frozen=True)
class _Words:
    """A column of texts: each text once, in small letters, and which of them a row holds (-1: none)."""

    which: Column
    texts: tuple[Any, ...]


_Found: TypeAlias = Ratios | _Truths | _Words
_NO_TRUTH = _Truths(np.False_, UNKNOWN)


def in_whole_numbers(expression: Expression, columns: Mapping[Hashable, Column]) -> tuple[Floats, Flags | None]:
    """The values, and the rows of which nothing is known here (None: none such). NaN where no number comes out.

    A value is the float of the exact one, unless a part of its ratio is above 2**53: then it may be off by an ulp.
    """
    count = len(next(iter(columns.values())))
    with np.errstate(all="ignore"):  # what overflows a float is no short decimal
        found = _ratios(_Reading(columns).of(expression))
    values = _floats(found, count)
    if plain(found.state):
        return values, None
    state = np.broadcast_to(found.state, (count,))
    values[state != NUMBER] = np.nan
    unknown = state == UNKNOWN
    return values, unknown if unknown.any() else None


def all_in_whole_numbers(
    expressions: Iterable[Expression], columns: Mapping[Hashable, Column]
) -> tuple[list[Floats], Flags]:
    """The values of several expressions, and the rows in which each of them is the float of an exact number."""
    count, reading = len(next(iter(columns.values()))), _Reading(columns)
    known, values = np.ones(count, dtype=np.bool_), list[Floats]()
    with np.errstate(all="ignore"):
        for found in [_ratios(reading.of(expression)) for expression in expressions]:
            known &= np.equal(found.state, NUMBER)
            for part in (found.top, found.bottom):
                known &= np.abs(part) <= _WHOLE
            values.append(_floats(found, count))
    return values, known


def _ratios(found: _Found) -> Ratios:
    return found if isinstance(found, Ratios) else NOT_HERE


def _floats(found: Ratios, count: int) -> Floats:
    return np.array(np.broadcast_to(np.true_divide(found.top, found.bottom), (count,)))


@dataclass(frozen=True)
class _Reading:
    """One reading of some columns; what stands several times in an expression is calculated once."""

    columns: Mapping[Hashable, Column]
    known: dict[Hashable, _Found] = field(default_factory=dict)

    def of(self, node: Expression) -> _Found:
        """What a node is, in each row."""
        key = (node.key,) if isinstance(node, Name) else id(node)
        if key not in self.known:
            self.known[key] = self._made(node)
        return self.known[key]

    def _made(self, node: Expression) -> _Found:
        match node:
            case Literal(value):
                return _literal(value)
            case Name(key):
                column = self.columns[key]
                return _stored(column) if column.ndim == 1 else NOT_HERE
            case Rounded(inner, places, way):
                return rounded(self._number(inner), places, way)
            case Call(function, arguments):
                return self._called(function, arguments)
            case Operation(sign, left, right):
                return self._operated(sign, left, right)
        return NOT_HERE

    def _operated(self, sign: str, left: Expression, right: Expression) -> _Found:
        if sign in _ARITHMETIC:
            return _ARITHMETIC[sign](self._number(left), self._number(right))
        if sign in {"=", "<>"} and isinstance(right, Literal) and isinstance(right.value, str):
            return _is_word(self.of(left), right.value.lower(), wanted=sign == "=")
        return _compared(sign, self.of(left), self.of(right)) if sign in COMPARISON else NOT_HERE

    def _called(self, function: str, arguments: tuple[Expression, ...]) -> _Found:
        match function, arguments:
            case "IF", (condition, value, otherwise):
                return self._if(condition, value, otherwise)
            case "AVERAGE", (Name(key),):
                return _mean(self.columns[key])
            case "MAX" | "MIN", (_, _, *_):
                pick = np.maximum if function == "MAX" else np.minimum
                return reduce(partial(extreme, pick), map(self._ratios, arguments))
            case "ABS", (argument,):
                number = self._number(argument)
                return replace(number, top=np.abs(number.top))
            case (("AND" | "OR" | "NOT" | "ISNUMBER"), _):
                return _together(function, [self.of(argument) for argument in arguments])
        return NOT_HERE

    def _ratios(self, node: Expression) -> Ratios:
        return _ratios(self.of(node))

    def _number(self, node: Expression) -> Ratios:
        """A node where a number is wanted: a blank is 0, a text an error."""
        found = self._ratios(node)
        return found if plain(found.state) else replace(found, state=_AS_NUMBER[found.state])

    def _if(self, condition: Expression, value: Expression, otherwise: Expression) -> _Found:
        test = self.of(condition)
        if not isinstance(test, _Truths):
            return NOT_HERE
        if np.all(test.holds):
            found = self._ratios(value)
        elif not np.any(test.holds):
            found = self._ratios(otherwise)
        else:
            found = either(test.holds, self._ratios(value), self._ratios(otherwise))
        if plain(test.state):
            return found
        return replace(found, state=np.where(test.state == NUMBER, found.state, test.state))


_AS_NUMBER = np.array([NUMBER, NUMBER, ERROR, ERROR, UNKNOWN], dtype=np.uint8)
_OF_TWO = np.array(
    [
        [NUMBER, NUMBER, NUMBER, ERROR, UNKNOWN],
        [NUMBER, NUMBER, UNKNOWN, ERROR, UNKNOWN],
        [NUMBER, UNKNOWN, UNKNOWN, ERROR, UNKNOWN],
        [ERROR, ERROR, ERROR, ERROR, UNKNOWN],
        [UNKNOWN] * 5,
    ],
    dtype=np.uint8,
)
"""By what a row holds: what of it is calculated with, and what comparing two of them gives.

Two texts, or one beside a blank, are not compared here.
"""


def _literal(value: Fraction | str) -> _Found:
    if isinstance(value, str):
        return Ratios(0, state=TEXT)
    top, bottom = value.numerator, value.denominator
    return Ratios(top, bottom, abs(top), bottom) if max(abs(top), bottom) < LIMIT else NOT_HERE


def _stored(column: Column) -> _Found:
    """A column as it was given; one of shape (n, k) likewise."""
    if column.dtype == object:
        import pandas as pd  # noqa: PLC0415 - slow to load, and few columns are of texts

        which, texts = pd.factorize(column)
        fits = all(isinstance(text, str) for text in texts)
        return _Words(which, tuple(text.lower() for text in texts)) if fits else NOT_HERE
    for places in _PLACES:
        scale = 10.0**places
        top = np.rint(column * scale)
        fits = top / scale == column
        most = np.abs(top).max(initial=0.0)
        if most < _DIGITS and fits.all():  # False for a NaN
            return Ratios(top.astype(np.int64), int(scale), int(most), int(scale))
        fits &= np.abs(top) < _DIGITS
        blank = np.isnan(column)
        if (fits | blank).all() or places == _PLACES[-1]:
            break
    top = np.where(fits, top, 0.0)
    state = np.where(fits, NUMBER, np.where(blank, BLANK, UNKNOWN)).astype(np.uint8)
    return Ratios(top.astype(np.int64), int(scale), int(np.abs(top).max(initial=0.0)), int(scale), state)


def _mean(column: Column) -> _Found:
    listed = _stored(column)
    width = column.shape[1] if column.ndim > 1 else 0
    if not isinstance(listed, Ratios) or not width:
        return NOT_HERE
    top: Rows = sum(listed.top[:, place] for place in range(width))
    most = listed.most * width
    if plain(listed.state):
        return Ratios(top, listed.bottom * width, most, listed.deepest * width)
    count = (listed.state == NUMBER).sum(axis=1)
    state = np.where((listed.state == UNKNOWN).any(axis=1), UNKNOWN, np.where(count == 0, ERROR, NUMBER))
    bottom = np.maximum(count, 1) * listed.bottom
    return Ratios(top, bottom, most, listed.deepest * width, state.astype(np.uint8))


def _compared(sign: str, left: _Found, right: _Found) -> _Truths:
    if not (isinstance(left, Ratios) and isinstance(right, Ratios)):
        return _NO_TRUTH
    one, other = over_one(left, right)
    holds = COMPARISON[sign](one.top, other.top)
    if plain(one.state, other.state):
        return _Truths(holds)
    first, second = np.equal(one.state, TEXT), np.equal(other.state, TEXT)
    if np.any(first) or np.any(second):  # a text comes after every number
        holds = np.where(first | second, COMPARISON[sign](first, second), holds)
    return _Truths(holds, _OF_TWO[one.state, other.state])


def _is_word(found: _Found, word: str, *, wanted: bool) -> _Truths:
    """Whether a text, in small letters, stands there; a blank is the text of nothing."""
    if isinstance(found, _Words):
        those = np.array([(text == word) is wanted for text in (*found.texts, "")], dtype=np.bool_)
        return _Truths(those[found.which])
    if not isinstance(found, Ratios):
        return _NO_TRUTH
    state = np.where(np.equal(found.state, TEXT), UNKNOWN, found.state)
    same = np.equal(found.state, BLANK) & (word == "")
    return _Truths(same == wanted, np.where(state == BLANK, NUMBER, state).astype(np.uint8))


def _together(how: str, parts: list[_Found]) -> _Truths:
    """AND, OR and NOT of truths; ISNUMBER of one ratio."""
    if how == "ISNUMBER" and isinstance(parts[0], Ratios):
        state = parts[0].state
        unknown: Rows = NUMBER if plain(state) else np.where(state == UNKNOWN, np.uint8(UNKNOWN), np.uint8(NUMBER))
        return _Truths(np.equal(state, NUMBER), unknown)
    truths = [part for part in parts if isinstance(part, _Truths)]
    if len(truths) < len(parts):
        return _NO_TRUTH
    join = np.logical_or if how == "OR" else np.logical_and
    holds = reduce(join, (truth.holds for truth in truths))
    return _Truths(np.logical_not(holds) if how == "NOT" else holds, worst(*(truth.state for truth in truths)))


_ARITHMETIC: dict[str, Callable[[Ratios, Ratios], Ratios]] = {
    "+": total,
    "-": lambda left, right: total(left, right, -1),
    "*": product,
    "/": quotient,
}
