"""An expression over numpy columns: fast, and each rounded result that of the exact reading, tie or not.

A chunk of rows at a time, so that what is calculated stays near the processor, is read in whole numbers, exactly
(``whole_numbers``). The few rows that do not fit there, numbers of sixteen digits and the like, are read together at
the end as floats with bounds of their errors (``bounded``), and one by one where those do not decide.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from selfeval.domain.expression.bounded import within_bounds
from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.whole_numbers import in_whole_numbers

Column = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_CHUNK = 16384
"""Rows that are calculated together: a few columns of them fit into the cache of a core."""


def over_columns(expression: Expression, columns: Mapping[Hashable, Column]) -> Floats:
    """The values, float64 of shape (n,); NaN where no number comes out.

    A column is float64 of shape (n,), an array of texts (object) of shape (n,), or float64 of shape (n, k) for a name
    that stands for a list; NaN means blank. A rounded result (a score) is the float of the exact one on every row; an
    unrounded one is within a few units of its last digit.
    """
    values = np.empty(len(next(iter(columns.values()))))
    chunks = (slice(start, start + _CHUNK) for start in range(0, len(values), _CHUNK))
    _fill(values, expression, columns, chunks)
    return values


def over_groups(
    expressions: Sequence[Expression], which: npt.NDArray[np.integer[Any]], columns: Mapping[Hashable, Column]
) -> Floats:
    """The same of rows each of which has an expression of its own: ``which`` of them, an integer of shape (n,)."""
    values = np.full(len(which), np.nan)
    order = np.argsort(which, kind="stable")
    ends = np.searchsorted(which, np.arange(len(expressions) + 1), sorter=order)
    for expression, start, end in zip(expressions, ends[:-1], ends[1:], strict=True):
        chunks = (order[first : min(first + _CHUNK, end)] for first in range(start, end, _CHUNK))
        _fill(values, expression, columns, chunks)
    return values


def _fill(
    values: Floats, expression: Expression, columns: Mapping[Hashable, Column], chunks: Iterator[slice | Column]
) -> None:
    """Fill in the values of chunks of rows."""
    keys = [key for key in columns if key in expression.keys] or [*columns]
    left = list[Column]()
    for rows in chunks:
        found, unknown = in_whole_numbers(expression, {key: _taken(columns[key], rows) for key in keys})
        values[rows] = found
        if unknown is not None:
            places = np.arange(rows.start, min(rows.stop, len(values))) if isinstance(rows, slice) else rows
            left.append(places[unknown])
    if left:
        last = np.concatenate(left)
        values[last] = within_bounds(expression, {key: columns[key][last] for key in keys})


def _taken(column: Column, rows: slice | Column) -> Column:
    return column[rows] if isinstance(rows, slice) else column.take(rows, axis=0)
