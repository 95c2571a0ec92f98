"""An expression over columns of floats that are no short decimals: after each rounding or comparison as right as exact.

Every float result carries a bound of its error. Where a comparison, a rounding or a cut to whole numbers lies closer
than that to where it would come out otherwise, the row is doubtful, and is evaluated exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial, reduce
from typing import Any

import numpy as np
import numpy.typing as npt

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.functions import COMPARISON
from selfeval.domain.expression.tree import Call, Expression, Literal, Name, Operation, Rounded
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
    """A column with the bound of its absolute error, and the rows for which not even that can be trusted.

    Each is an array of shape (n,), or one value where all rows have the same.
    """

    value: Any
    error: Any = 0.0
    doubtful: Any = False


def within_bounds(expression: Expression, columns: Mapping[Hashable, Column]) -> Floats:
    """The values, float64 of shape (n,), as ``over_columns`` gives them."""
    count = len(next(iter(columns.values())))
    with np.errstate(all="ignore"):  # what overflows or is no number is doubtful
        found = _known(expression, columns)
    values = np.array(np.broadcast_to(_numeric(found.value), (count,)), dtype=np.float64)
    for row in np.flatnonzero(np.broadcast_to(found.doubtful, (count,))):
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


def _numeric(value: Column) -> Column:
    return np.full(value.shape, np.nan) if value.dtype == object else value


def _known(node: Expression, columns: Mapping[Hashable, Column]) -> _Known:
    """One expression over the columns of a table."""
    match node:
        case Literal(value):
            return _literal(value)
        case Name(key):
            return _stored(columns[key])
        case Rounded(inner, places, way):
            return _known(inner, columns) if way == "steady" else _rounded(_number(inner, columns), places, way)
        case Operation(sign, left, right) if sign in _ARITHMETIC:
            return _ARITHMETIC[sign](_number(left, columns), _number(right, columns))
        case Operation():
            return _compared(node, columns)
        case Call(function, arguments) if function in _OF_NUMBERS:
            return _OF_NUMBERS[function](*(_number(argument, columns) for argument in arguments))
        case Call(function, arguments) if function in _OF_ANYTHING:
            return _OF_ANYTHING[function](*(_known(argument, columns) for argument in arguments))
    raise TypeError(f"not for columns: {node}")


def _number(node: Expression, columns: Mapping[Hashable, Column]) -> _Known:
    """A node where a number is wanted: what a blank, a text or an error gives there, the exact reading says."""
    found = _known(node, columns)
    value = _numeric(found.value).astype(np.float64)
    return _Known(value, found.error, found.doubtful | np.isnan(value))


def _literal(value: Fraction | str) -> _Known:
    if isinstance(value, str):
        return _Known(np.array(value, dtype=object))
    stored = np.float64(value)
    return _Known(stored, 0.0 if Fraction(float(stored)) == value else abs(stored) * _HALF_ULP)


def _stored(column: Column) -> _Known:
    if column.dtype == object:
        return _Known(column)
    # a whole number is stored as it is; other decimals as the nearest float
    whole = (column == np.floor(column)) & (np.abs(column) < _WHOLE)
    return _Known(column, np.where(whole, 0.0, np.abs(column) * _HALF_ULP + _LEAST))


def _compared(node: Operation, columns: Mapping[Hashable, Column]) -> _Known:
    if object in (_known(node.left, columns).value.dtype, _known(node.right, columns).value.dtype):
        return _Known(np.False_, doubtful=np.True_)  # a text
    left, right = _number(node.left, columns), _number(node.right, columns)
    truth, doubtful = np.asarray(COMPARISON[node.sign](left.value, right.value), dtype=np.bool_), _either(left, right)
    # decimals as they were given keep their order as floats; results do so only outside their bounds
    if not (_is_given(node.left) and _is_given(node.right)):
        bound = (left.error + right.error) * _SLACK
        doubtful = doubtful | ((np.abs(left.value - right.value) <= bound) & (bound > 0))
    return _Known(truth, doubtful=doubtful)


def _is_given(node: Expression) -> bool:
    """Whether a number stands there as somebody wrote it, not as the result of a calculation."""
    if isinstance(node, Literal):
        return isinstance(node.value, Fraction) and fraction(float(node.value)) == node.value
    return isinstance(node, Name)


def _if(condition: _Known, value: _Known, otherwise: _Known) -> _Known:
    test = condition.value.astype(np.bool_)
    return _Known(
        np.where(test, _numeric(value.value), _numeric(otherwise.value)),
        np.where(test, value.error, otherwise.error),
        condition.doubtful | np.where(test, value.doubtful, otherwise.doubtful),
    )


def _with_own_error(value: Floats, error: Floats, *parts: _Known, exact: Flags | bool = False) -> _Known:
    error = np.where(exact, 0.0, error + np.abs(value) * _HALF_ULP + _LEAST)
    return _Known(value, error, _either(*parts) | ~np.isfinite(error + value))


def _nothing(part: _Known) -> Flags:
    """Where it is 0 for certain."""
    nothing: Flags = np.equal(part.value, 0) & np.equal(part.error, 0)
    return nothing


def _either(*parts: _Known) -> Flags:
    """The rows in which one of them is doubtful."""
    return reduce(np.logical_or, (part.doubtful for part in parts))


def _sum(left: _Known, right: _Known) -> _Known:
    value, error = left.value + right.value, left.error + right.error
    # of two exact numbers: exact where nothing of them was rounded away
    other = value - left.value
    lost = (left.value - (value - other)) + (right.value - other)
    exact = np.equal(lost, 0) & np.equal(left.error, 0) & np.equal(right.error, 0)
    return _with_own_error(value, error, left, right, exact=exact)


def _product(left: _Known, right: _Known) -> _Known:
    error = np.abs(left.value) * right.error + np.abs(right.value) * left.error + left.error * right.error
    return _with_own_error(left.value * right.value, error, left, right, exact=_nothing(left) | _nothing(right))


def _quotient(left: _Known, right: _Known) -> _Known:
    away = np.abs(right.value) - right.error
    value = left.value / right.value
    error = (left.error + np.abs(value) * right.error) / away
    # a division by what may be 0: another branch applies, or the exact reading says what
    return _with_own_error(np.where(away > 0, value, np.nan), error, left, right, exact=_nothing(left) & (away > 0))


def _rounded(number: _Known, places: int, way: str) -> _Known:
    if way != "half":
        scale = 10.0**places
        parts, error = number.value * scale, number.error * scale + np.abs(number.value) * scale * _HALF_ULP * places
        near = np.abs(parts - np.round(parts)) <= error * _SLACK
        size = np.abs(parts)
        whole = np.copysign(np.ceil(size) if way == "up" else np.floor(size), parts) / scale
        return _Known(whole, np.abs(whole) * _HALF_ULP * places, number.doubtful | (near & (error > 0)))
    scale = 10.0**places
    scaled = np.abs(number.value) * scale
    bound = (number.error * scale + scaled * _HALF_ULP) * _SLACK
    doubtful = number.doubtful | (np.abs(scaled - np.floor(scaled) - 0.5) <= bound)
    value = np.copysign(np.floor(scaled + 0.5) / scale, number.value)
    return _Known(value, np.abs(value) * _HALF_ULP, doubtful)


def _extreme(pick: Callable[[Floats, Floats], Floats], left: _Known, right: _Known) -> _Known:
    value = pick(left.value, right.value)
    # the one that is picked for sure has its own error; else the result is no farther off than the less certain
    sure = np.abs(left.value - right.value) > (left.error + right.error) * _SLACK
    own = np.where(value == left.value, left.error, right.error)
    return _Known(value, np.where(sure, own, np.maximum(left.error, right.error)), _either(left, right))


def _mean(listed: _Known) -> _Known:
    count = np.sum(~np.isnan(listed.value), axis=1)
    value = np.nansum(listed.value, axis=1) / count
    terms = np.nansum(np.abs(listed.value), axis=1)
    error = (np.nansum(listed.error, axis=1) + terms * _HALF_ULP * listed.value.shape[1]) / count
    return _with_own_error(value, error, listed)


def _together(how: Callable[[Flags, Flags], Flags], *parts: _Known) -> _Known:
    return _Known(reduce(how, (part.value for part in parts)), doubtful=_either(*parts))


_ARITHMETIC: dict[str, Callable[[_Known, _Known], _Known]] = {
    "+": _sum,
    "-": lambda left, right: _sum(left, _Known(-right.value, right.error, right.doubtful)),
    "*": _product,
    "/": _quotient,
}
_OF_NUMBERS: dict[str, Callable[..., _Known]] = {
    "MAX": lambda *parts: reduce(partial(_extreme, np.maximum), parts),
    "MIN": lambda *parts: reduce(partial(_extreme, np.minimum), parts),
    "ABS": lambda part: _Known(np.abs(part.value), part.error, part.doubtful),
}
_OF_ANYTHING: dict[str, Callable[..., _Known]] = {
    "IF": _if,
    "AVERAGE": _mean,
    "ISNUMBER": lambda part: _Known(~np.isnan(_numeric(part.value)), doubtful=part.doubtful),
    "AND": partial(_together, np.logical_and),
    "OR": partial(_together, np.logical_or),
    "NOT": lambda part: _Known(~part.value, doubtful=part.doubtful),
}
