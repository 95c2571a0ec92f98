"""Ratios of whole numbers in columns: a top and a bottom of int64 in each row, so that no result is ever rounded.

How large the numbers of a column can be is carried along; only where a product might not fit is each row looked at. A
row that does not fit is UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from math import gcd, lcm
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Rows: TypeAlias = Any
"""A value of each row (an array of shape (n,)), or the one that all rows have."""

NUMBER, BLANK, TEXT, ERROR, UNKNOWN = range(5)
"""What a row holds. Where two are calculated with, the higher one decides. All but numbers stand as 0."""

LIMIT = 2**61
"""All numbers are smaller: the sum of two still is an int64."""


@dataclass(frozen=True)
class Ratios:
    """``top`` ÷ ``bottom`` (above 0) in each row, none larger than ``most`` and ``deepest``."""

    top: Rows
    bottom: Rows = 1
    most: int = 1
    deepest: int = 1
    state: Rows = NUMBER


NOT_HERE = Ratios(0, state=UNKNOWN)
"""Nothing is known of any row."""

_AMONG_NUMBERS = np.array([NUMBER, UNKNOWN, UNKNOWN, ERROR, UNKNOWN], dtype=np.uint8)
"""What counts among several of a MAX: a blank and a text do not."""


def plain(*states: Rows) -> bool:
    """Whether all rows hold numbers (or truths)."""
    return all(isinstance(state, int) and state == NUMBER for state in states)


def worst(*states: Rows) -> Rows:
    """What of several values decides in each row."""
    return NUMBER if plain(*states) else reduce(np.maximum, states)


def _times(left: Rows, right: Rows, most: int, other: int) -> tuple[Rows, int, Rows]:
    """A product, how large it can be, and the rows in which it does not fit (0 stands there)."""
    if isinstance(right, int) and right == 1:
        return left, most, False
    if isinstance(left, int) and left == 1:
        return right, other, False
    if most * other < LIMIT:
        return left * right, most * other, False
    large = np.abs(np.multiply(left, right, dtype=np.float64)) >= LIMIT
    return np.where(large, 0, left) * np.where(large, 0, right), LIMIT, large


def _ratio(top: tuple[Rows, int, Rows], bottom: tuple[Rows, int, Rows], state: Rows) -> Ratios:
    """Of two products; UNKNOWN where one of them does not fit."""
    if top[2] is False and bottom[2] is False:
        return Ratios(top[0], bottom[0], top[1], bottom[1], state)
    state = np.where(top[2] | bottom[2], np.uint8(UNKNOWN), state)
    below = bottom[0] if bottom[2] is False else np.where(bottom[2], 1, bottom[0])
    return Ratios(np.where(top[2], 0, top[0]), below, top[1], bottom[1], state)


def over_one(left: Ratios, right: Ratios) -> tuple[Ratios, Ratios]:
    """The same two with the same bottoms."""
    if left.bottom is right.bottom:
        return left, right
    if isinstance(left.bottom, int) and isinstance(right.bottom, int):
        bottom: tuple[Rows, int, Rows] = (shared := lcm(left.bottom, right.bottom)), shared, False
        if shared >= LIMIT:
            return NOT_HERE, NOT_HERE
        one, other = shared // left.bottom, shared // right.bottom
        tops = _times(left.top, one, left.most, one), _times(right.top, other, right.most, other)
    else:
        bottom = _times(left.bottom, right.bottom, left.deepest, right.deepest)
        tops = (
            _times(left.top, right.bottom, left.most, right.deepest),
            _times(right.top, left.bottom, right.most, left.deepest),
        )
    first, second = _ratio(tops[0], bottom, left.state), _ratio(tops[1], bottom, right.state)
    return first, replace(second, bottom=first.bottom) if first.bottom is not second.bottom else second


def total(left: Ratios, right: Ratios, sign: int = 1) -> Ratios:
    """Left + right, or left - right where ``sign`` is -1."""
    one, other = over_one(left, right)
    top, most = one.top + other.top if sign > 0 else one.top - other.top, one.most + other.most
    large: Rows = np.abs(top) >= LIMIT if most >= LIMIT else False
    state = worst(one.state, other.state)
    return _ratio((top, min(most, LIMIT), large), (one.bottom, one.deepest, False), state)


def product(left: Ratios, right: Ratios) -> Ratios:
    """Left * right."""
    top = _times(left.top, right.top, left.most, right.most)
    bottom = _times(left.bottom, right.bottom, left.deepest, right.deepest)
    return _ratio(top, bottom, worst(left.state, right.state))


def quotient(left: Ratios, right: Ratios) -> Ratios:
    """Left / right; an error where that is 0."""
    state, top, bottom = worst(left.state, right.state), left.top, right.top
    if np.min(bottom) <= 0:
        zero = bottom == 0
        if np.any(zero):
            state = np.maximum(state, np.where(zero, np.uint8(ERROR), np.uint8(NUMBER)))
        top, bottom = np.where(bottom < 0, -top, top), np.where(zero, 1, np.abs(bottom))
    one, other = right.bottom, left.bottom
    sizes = right.deepest, left.deepest
    if isinstance(one, int) and isinstance(other, int):
        shared = gcd(one, other)
        one, other = one // shared, other // shared
        sizes = one, other
    return _ratio(_times(top, one, left.most, sizes[0]), _times(bottom, other, max(right.most, 1), sizes[1]), state)


def extreme(pick: Callable[[Rows, Rows], Rows], left: Ratios, right: Ratios) -> Ratios:
    """The larger or the smaller of two, as ``pick`` has it."""
    one, other = over_one(left, right)
    state = worst(one.state, other.state)
    if not plain(state):  # a blank or a text does not count there
        state = np.maximum(_AMONG_NUMBERS[one.state], _AMONG_NUMBERS[other.state])
    return replace(one, top=pick(one.top, other.top), most=max(one.most, other.most), state=state)


def either(test: Flags, left: Ratios, right: Ratios) -> Ratios:
    """Left where the test holds, else right."""
    if isinstance(left.bottom, int) and isinstance(right.bottom, int):
        left, right = over_one(left, right)
    same = left.bottom is right.bottom
    state: Rows = NUMBER
    if not plain(left.state, right.state):
        chosen: Rows = np.where(test, left.state, right.state)
        state = chosen.astype(np.uint8) if chosen.any() else NUMBER
    return Ratios(
        np.where(test, left.top, right.top),
        left.bottom if same else np.where(test, left.bottom, right.bottom),
        max(left.most, right.most),
        max(left.deepest, right.deepest),
        state,
    )


def rounded(number: Ratios, places: int, way: str) -> Ratios:
    """A number rounded half up to ``places``, or cut to them away from 0 (``up``) or towards it (``down``)."""
    if way == "steady":
        return number
    negative = np.min(number.top) < 0
    size = np.abs(number.top) if negative else number.top
    scale = 10**places
    bottom: Rows
    raised, most, large = _times(size, 2 * scale, number.most, 2 * scale)
    bottom, deepest, deep = _times(number.bottom, 2, number.deepest, 2)
    if way == "half":
        raised, most = raised + number.bottom, most + number.deepest
    elif way == "up":
        raised, most = raised + (bottom - 1), most + deepest
    parts = raised // (bottom if deep is False else np.where(deep, 1, bottom))
    if negative:
        parts = np.where(number.top < 0, -parts, parts)
    most = most // deepest + 1 if isinstance(bottom, int) else most
    state = number.state if deep is False else np.where(deep, np.uint8(UNKNOWN), number.state)
    return _ratio((parts, min(most, LIMIT), large), (scale, scale, False), state)
