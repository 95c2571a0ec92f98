"""An expression over numpy columns: as fast as floats, and after each rounding or comparison as right as fractions.

Every float result carries a bound of its error. Where a comparison, a rounding or a cut to whole numbers lies closer
than that to where it would come out otherwise, the row is doubtful, and is evaluated exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import Call, Expression, Literal, Name, Operation, Rounded, Steady, Whole
from selfeval.domain.rounding import fraction

Column = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_HALF_ULP, _LEAST = 2.0**-53, 2.0**-1074
"""Error of one float operation, and of a decimal stored as a float: relative, and what is left of it near 0."""

_WHOLE = 2.0**53
"""Below it every whole number is a float."""

_SLACK = 2.0
"""The bounds are themselves calculated in floats; twice as wide, they hold."""


@dataclass(frozen=True)
class _Known:
    """A column with the bound of its absolute error, and the rows for which not even that can be trusted."""

    value: Column
    error: Floats
    doubtful: Flags


def over_columns(expression: Expression, columns: Mapping[Hashable, Column]) -> Floats:
    """The values, float64 of shape (n,); NaN where no number comes out.

    A column is float64 of shape (n,), an array of texts (object) of shape (n,), or float64 of shape (n, k) for a name
    that stands for a list; NaN means blank. A rounded result (a score) is the float of the exact one on every row; an
    unrounded one is within a few units of its last digit.
    """
    count = len(next(iter(columns.values())))
    with np.errstate(all="ignore"):  # what overflows or is no number is doubtful
        found = _Walk(columns, count).known(expression)
    values = np.array(np.broadcast_to(_numeric(found.value, count), (count,)), dtype=np.float64)
    for row in np.flatnonzero(found.doubtful):
        exact = exactly(expression, {key: _held(column[row]) for key, column in columns.items()})
        values[row] = float(exact) if isinstance(exact, Fraction) else np.nan
    return values


def _held(value: Any) -> Any:  # noqa: ANN401 (one cell of a column of any kind)
    """A cell of a column as the exact reading takes it."""
    if isinstance(value, np.ndarray):
        return [_held(part) for part in value]
    if isinstance(value, str):
        return value
    return None if value is None or np.isnan(value) else fraction(float(value))


def _numeric(value: Column, count: int) -> Floats:
    return np.full(count, np.nan) if value.dtype == object else value.astype(np.float64)


class _Walk:
    """Reads one expression over the columns of a table with ``count`` rows."""

    def __init__(self, columns: Mapping[Hashable, Column], count: int) -> None:
        self._columns = columns
        self._count = count

    def known(self, node: Expression) -> _Known:
        match node:
            case Literal(value):
                return self._literal(value)
            case Name(key):
                return self._stored(self._columns[key])
            case Steady(number, _):
                return self.known(number)
            case Rounded(number, places):
                return _rounded(self._number(number), places)
            case Whole(number, up):
                return _cut(self._number(number), up=up)
        return self._calculated(node)

    def _calculated(self, node: Expression) -> _Known:
        match node:
            case Operation(sign, left, right) if sign in _ARITHMETIC:
                return _ARITHMETIC[sign](self._number(left), self._number(right))
            case Operation(sign, left, right):
                return self._compared(sign, left, right)
            case Call("IF", (condition, value, otherwise)):
                return self._chosen(*(self.known(part) for part in (condition, value, otherwise)))
            case Call(function, arguments) if function in _OF_NUMBERS:
                return _OF_NUMBERS[function]([self._number(argument) for argument in arguments])
            case Call(function, arguments) if function in _OF_ANYTHING:
                return _OF_ANYTHING[function]([self.known(argument) for argument in arguments])
        raise TypeError(f"not for columns: {node}")

    def _number(self, node: Expression) -> _Known:
        """A node where a number is wanted: what a blank, a text or an error gives there, the exact reading says."""
        found = self.known(node)
        value = _numeric(found.value, self._count)
        return replace(found, value=value, doubtful=found.doubtful | np.isnan(value))

    def _literal(self, value: Fraction | str) -> _Known:
        nothing = np.zeros(self._count, dtype=np.bool_)
        if isinstance(value, str):
            texts = np.full(self._count, value, dtype=object)
            return _Known(texts, np.zeros(self._count), nothing)
        number = np.full(self._count, float(value))
        error = 0.0 if Fraction(float(value)) == value else abs(float(value)) * _HALF_ULP
        return _Known(number, np.full(self._count, error), nothing)

    def _stored(self, column: Column) -> _Known:
        doubtful = np.zeros(self._count, dtype=np.bool_)
        if column.dtype == object:
            return _Known(column, np.zeros(self._count), doubtful)
        # a whole number is stored as it is; other decimals as the nearest float
        whole = (column == np.floor(column)) & (np.abs(column) < _WHOLE)
        error = np.where(whole, 0.0, np.abs(column) * _HALF_ULP + _LEAST)
        return _Known(column, error, doubtful)

    def _compared(self, sign: str, left: Expression, right: Expression) -> _Known:
        one, other = self.known(left), self.known(right)
        if _is_text(one) or _is_text(other):
            same = np.asarray(one.value == other.value, dtype=np.bool_)
            return _Known(same if sign == "=" else ~same, np.zeros(self._count), one.doubtful | other.doubtful)
        one, other = self._number(left), self._number(right)
        doubtful = one.doubtful | other.doubtful
        truth = _COMPARISON[sign](one.value, other.value)
        # decimals as they were given keep their order as floats; results do so only outside their bounds
        if not (_is_given(left) and _is_given(right)):
            bound = (one.error + other.error) * _SLACK
            doubtful = doubtful | ((np.abs(one.value - other.value) <= bound) & (bound > 0))
        return _Known(truth, np.zeros(self._count), doubtful)

    def _chosen(self, condition: _Known, value: _Known, otherwise: _Known) -> _Known:
        test = condition.value.astype(np.bool_)
        texts = _is_text(value), _is_text(otherwise)
        chosen = [
            _numeric(part.value, self._count) if text else part.value
            for part, text in zip((value, otherwise), texts, strict=True)
        ]
        return _Known(
            np.where(test, *chosen),
            np.where(test, value.error, otherwise.error),
            condition.doubtful | np.where(test, value.doubtful, otherwise.doubtful),
        )


def _is_text(column: _Known) -> bool:
    return column.value.dtype == object


def _is_given(node: Expression) -> bool:
    """Whether a number stands there as somebody wrote it, not as the result of a calculation."""
    if isinstance(node, Literal):
        return isinstance(node.value, Fraction) and fraction(float(node.value)) == node.value
    return isinstance(node, Name)


def _with_own_error(value: Floats, error: Floats, doubtful: Flags) -> _Known:
    error = error + np.abs(value) * _HALF_ULP + _LEAST
    return _Known(value, error, doubtful | ~np.isfinite(error))


def _sum(left: _Known, right: _Known) -> _Known:
    return _with_own_error(left.value + right.value, left.error + right.error, left.doubtful | right.doubtful)


def _difference(left: _Known, right: _Known) -> _Known:
    return _with_own_error(left.value - right.value, left.error + right.error, left.doubtful | right.doubtful)


def _product(left: _Known, right: _Known) -> _Known:
    error = np.abs(left.value) * right.error + np.abs(right.value) * left.error + left.error * right.error
    return _with_own_error(left.value * right.value, error, left.doubtful | right.doubtful)


def _quotient(left: _Known, right: _Known) -> _Known:
    away = np.abs(right.value) - right.error
    value = left.value / right.value
    error = (left.error + np.abs(value) * right.error) / away
    # a division by what may be 0: another branch applies, or the exact reading says what
    return _with_own_error(np.where(away > 0, value, np.nan), error, left.doubtful | right.doubtful)


def _rounded(number: _Known, places: int) -> _Known:
    scale = 10.0**places
    scaled = np.abs(number.value) * scale
    bound = (number.error * scale + scaled * _HALF_ULP) * _SLACK
    whole = np.floor(scaled + 0.5)
    doubtful = number.doubtful | (np.abs(scaled - np.floor(scaled) - 0.5) <= bound)
    value = np.copysign(whole / scale, number.value)
    return _Known(value, np.abs(value) * _HALF_ULP, doubtful)


def _cut(number: _Known, *, up: bool) -> _Known:
    near = np.abs(number.value - np.round(number.value)) <= number.error * _SLACK
    whole = np.ceil(number.value) if up else np.floor(number.value)
    return _Known(whole, np.zeros_like(whole), number.doubtful | (near & (number.error > 0)))


def _extreme(pick: Callable[[Floats, Floats], Floats]) -> Callable[[list[_Known]], _Known]:
    def of(parts: list[_Known]) -> _Known:
        first, *others = parts
        for part in others:
            # whichever is picked, the result is no farther off than the less certain of the two
            first = _Known(
                pick(first.value, part.value), np.maximum(first.error, part.error), first.doubtful | part.doubtful
            )
        return first

    return of


def _absolute(parts: list[_Known]) -> _Known:
    return _Known(np.abs(parts[0].value), parts[0].error, parts[0].doubtful)


def _mean(parts: list[_Known]) -> _Known:
    listed = parts[0]
    count = np.sum(~np.isnan(listed.value), axis=1)
    value = np.nansum(listed.value, axis=1) / count
    terms = np.nansum(np.abs(listed.value), axis=1)
    error = (np.nansum(listed.error, axis=1) + terms * _HALF_ULP * listed.value.shape[1]) / count
    return _with_own_error(value, error, listed.doubtful)


def _is_number(parts: list[_Known]) -> _Known:
    value = parts[0].value
    truth = np.zeros(len(value), dtype=np.bool_) if value.dtype == object else ~np.isnan(value)
    return _Known(truth, np.zeros(len(value)), parts[0].doubtful)


def _together(how: Callable[[Flags, Flags], Flags]) -> Callable[[list[_Known]], _Known]:
    def of(parts: list[_Known]) -> _Known:
        truth, doubtful = parts[0].value, parts[0].doubtful
        for part in parts[1:]:
            truth, doubtful = how(truth, part.value), doubtful | part.doubtful
        return _Known(truth, parts[0].error, doubtful)

    return of


def _negated(parts: list[_Known]) -> _Known:
    return _Known(~parts[0].value, parts[0].error, parts[0].doubtful)


_ARITHMETIC: dict[str, Callable[[_Known, _Known], _Known]] = {
    "+": _sum,
    "-": _difference,
    "*": _product,
    "/": _quotient,
}
_COMPARISON: dict[str, Callable[[Floats, Floats], Flags]] = {
    "=": np.equal,
    "<>": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
_OF_NUMBERS: dict[str, Callable[[list[_Known]], _Known]] = {
    "MAX": _extreme(np.maximum),
    "MIN": _extreme(np.minimum),
    "ABS": _absolute,
}
_OF_ANYTHING: dict[str, Callable[[list[_Known]], _Known]] = {
    "AVERAGE": _mean,
    "ISNUMBER": _is_number,
    "AND": _together(np.logical_and),
    "OR": _together(np.logical_or),
    "NOT": _negated,
}
