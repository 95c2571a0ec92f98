"""Declared tables: every pandas frame that crosses a boundary has its columns, dtypes and units named here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any, Literal, TypeVar

import pandas as pd

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import show_points

T = TypeVar("T")
Dtype = Literal["text", "number", "integer", "flag"]
_PANDAS: dict[Dtype, str] = {"text": "str", "number": "float64", "integer": "Int64", "flag": "bool"}
_BLANK: dict[Dtype, object] = {"text": "", "number": float("nan"), "integer": pd.NA, "flag": False}

Shown = Literal["text", "percent", "points", "amount", "kind", "state"]
"""How files write a value: a share as a percentage, hundredths as points …; people read ids by their labels."""


def in_percent(share: float) -> str:
    """A share as a percentage with two places, half up."""
    return f"{(Decimal(repr(float(share))) * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


# Any: each takes what a column of its own dtype holds
_PRINTED: dict[Shown, Callable[[Any], str]] = {"percent": in_percent, "amount": show_number}


class Made(Sequence[T]):
    """Items that are made when they are asked for, and not kept: for as many as there are projects or indicators."""

    def __init__(self, count: int, make: Callable[[int], T]) -> None:
        self._count, self._make = count, make

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 (nobody asks for a slice)
        if not -self._count <= at < self._count:
            raise IndexError(at)
        return self._make(at % self._count)

    def between(self, before: Sequence[T], after: Sequence[T]) -> Made[T]:
        """The same items with others before and after them."""
        start, end = len(before), len(before) + self._count

        def item(at: int) -> T:
            return before[at] if at < start else self._make(at - start) if at < end else after[at - end]

        return Made(end + len(after), item)


@dataclass(frozen=True)
class TableColumn:
    """One column: its name, dtype, and what a value means, with the unit.

    ``text`` is never missing (a blank is ``""``); ``number`` is float64 whose shortest decimal form is the exact
    value (NaN: blank); ``integer`` is nullable; ``flag`` is a plain bool. ``header`` is its heading in the files that
    other programs read, blank for a column that stays inside; ``shown`` is how its values are written there.
    ``longest``: characters of a text that is read in, far more than any real one has; 0: as long as it comes.
    """

    name: str
    dtype: Dtype
    meaning: str
    header: str = ""
    shown: Shown = "text"
    longest: int = 0

    def takes(self, text: str) -> bool:
        """Whether a text is not longer than the column takes."""
        return not self.longest or len(text) <= self.longest

    def printed(self, value: object, points: Callable[[int], str] = show_points) -> str:
        """A value as files hold it; blank where there is none. ``points`` shows hundredths."""
        shown = points if self.shown == "points" else _PRINTED.get(self.shown, str)
        return "" if pd.isna(value) else shown(value)  # type: ignore[call-overload, arg-type]


@dataclass(frozen=True)
class Table:
    """A table's name and its columns, in order."""

    name: str
    columns: tuple[TableColumn, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    @property
    def published(self) -> tuple[TableColumn, ...]:
        """The columns that stand in files, in order."""
        return tuple(column for column in self.columns if column.header)

    def __getitem__(self, name: str) -> TableColumn:
        """The column of a name. Raises KeyError."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> Mapping[str, TableColumn]:
        return {column.name: column for column in self.columns}

    def frame(self, records: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
        """Rows with the declared columns; what a record lacks is blank. Raises KeyError for an unknown column."""
        names, rows = self.names, list[list[object]]()
        for record in records:
            rows.append([record.get(name) for name in names])
            if unknown := set(record).difference(names):
                raise KeyError(f"{self.name}: {sorted(unknown)}")
        return self.of_rows(rows)

    def of_rows(self, rows: Sequence[Sequence[object]]) -> pd.DataFrame:
        """The frame of rows that have a value for every column, in order; None is blank."""
        columns = zip(*rows, strict=True) if rows else ((),) * len(self.columns)
        data = {
            column.name: pd.Series(
                [_BLANK[column.dtype] if value is None else value for value in values], dtype=_PANDAS[column.dtype]
            )
            for column, values in zip(self.columns, columns, strict=True)
        }
        return pd.DataFrame(data, columns=self.names)


_OF_TYPE: dict[str, Dtype] = {"str": "text", "State": "text", "Severity": "text", "float": "number", "bool": "flag"}


def column(
    meaning: str,
    header: str = "",
    shown: Shown = "text",
    *,
    longest: int = 0,
    **default: Any,  # noqa: ANN401 (a field)
) -> Any:  # noqa: ANN401 (a field)
    """A field of a dataclass that is a column too: what a value means, how files head and write it, how long it is."""
    return field(metadata={"meaning": meaning, "header": header, "shown": shown, "longest": longest}, **default)


def table(name: str, row: type) -> Table:
    """The table whose columns are the fields of a dataclass that were declared by ``column``."""
    declared = [part for part in fields(row) if "meaning" in part.metadata]
    columns = (TableColumn(part.name, _OF_TYPE.get(str(part.type), "integer"), **part.metadata) for part in declared)
    return Table(name, tuple(columns))
