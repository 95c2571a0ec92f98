"""Declared tables: all rows that cross a boundary have their columns, types and units named here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from math import isnan, nan
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, runtime_checkable

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import show_points

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
Dtype = Literal["text", "number", "integer", "flag"]
_PANDAS: dict[Dtype, str] = {"text": "str", "number": "float64", "integer": "Int64", "flag": "bool"}


def _text(value: object) -> str:
    return value if type(value) is str else "" if value is None else str(value)


def _number(value: Any) -> float:  # noqa: ANN401 (what float takes)
    number = nan if value is None else float(value)
    return nan if isnan(number) else number  # the one NaN of math: what was made of a row is found again by its equal


def _integer(value: Any) -> int | None:  # noqa: ANN401 (what int takes)
    return None if value is None or value != value else int(value)  # noqa: PLR0124 (NaN is no number)


_PLAIN: dict[Dtype, Callable[[Any], object]] = {
    "text": _text,
    "number": _number,
    "integer": _integer,
    "flag": bool,
}
"""A value as a column of a type keeps it; None is blank."""

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

    ``text`` is never missing (a blank is ``""``); ``number`` is a float whose shortest decimal form is the exact value
    (NaN: blank); ``integer`` may be None; ``flag`` is a plain bool. ``header`` is its heading in the files that other
    programs read, blank for a column that stays inside; ``shown`` is how its values are written there.
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
        return "" if value is None or value != value else shown(value)  # type: ignore[arg-type]  # noqa: PLR0124


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

    def place(self, name: str) -> int:
        """Which column a name is, from 0. Raises KeyError."""
        return self._places[name]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {column.name: at for at, column in enumerate(self.columns)}

    @cached_property
    def _by_name(self) -> Mapping[str, TableColumn]:
        return {column.name: column for column in self.columns}

    def rows(self, records: Iterable[Mapping[str, object]] = ()) -> Rows:
        """Rows of records; what a record lacks is blank. Raises KeyError for an unknown column."""
        names, rows = self.names, list[list[object]]()
        for record in records:
            rows.append([record.get(name) for name in names])
            if unknown := set(record).difference(names):
                raise KeyError(f"{self.name}: {sorted(unknown)}")
        return self.of_rows(rows)

    def of_rows(self, rows: Iterable[Sequence[object]], keep: Keep = list) -> Rows:
        """Rows of values for every column, in order; None is blank. ``keep``: where they are kept."""
        kept = keep()
        self.put(kept, rows)
        return Rows(self, kept)

    def put(self, kept: Kept, rows: Iterable[Sequence[object]]) -> None:
        """Put rows of values for every column where rows of this table are kept."""
        plain = [_PLAIN[column.dtype] for column in self.columns]
        for row in rows:
            kept.append(tuple([hold(value) for hold, value in zip(plain, row, strict=True)]))

    def of_frame(self, frame: pd.DataFrame) -> Rows:
        """The rows of a frame that has these columns."""
        columns = (frame[name].astype(object).where(frame[name].notna(), None).tolist() for name in self.names)
        return self.of_rows([*zip(*columns, strict=True)])


class Kept(Protocol):
    """Where rows are kept: a list, or what takes many."""

    def append(self, row: tuple[Any, ...], /) -> None:
        """Keep a row after the others."""

    def __len__(self) -> int: ...

    def __getitem__(self, at: int, /) -> tuple[Any, ...]: ...

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...


@runtime_checkable
class Columnar(Protocol):
    """Keeps rows by columns, so that some columns are sooner there than whole rows."""

    def picked(self, places: Sequence[int], /) -> Iterator[tuple[Any, ...]]:
        """The values of some columns of every row."""


Keep = Callable[[], Kept]
"""Gives where the rows of one table are kept."""


class Rows(Sequence[tuple[Any, ...]]):  # Any: a value of a declared column
    """The rows of a declared table: plain values in the order of its columns (``Table.rows``, ``Table.of_rows``)."""

    def __init__(self, table: Table, rows: Kept) -> None:
        self.table = table
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: int) -> tuple[Any, ...]:  # type: ignore[override]  # nobody asks for a slice
        return self._rows[at]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows) or (self.table, len(self)) != (other.table, len(other)):
            return False
        return all(one == two for one, two in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"{self.table.name}: {[*self.records]}"

    __hash__ = None  # type: ignore[assignment]

    def column(self, name: str) -> list[Any]:
        """The values of a column, in order. Raises KeyError for an unknown one."""
        return [value for (value,) in self.columns(name)]

    def columns(self, *names: str) -> Iterator[tuple[Any, ...]]:
        """The values of some columns, row by row. Raises KeyError for an unknown one."""
        places = [*map(self.table.place, names)]
        if isinstance(self._rows, Columnar):
            return self._rows.picked(places)
        return (tuple([row[at] for at in places]) for row in self._rows)

    @property
    def records(self) -> Made[dict[str, Any]]:
        """Each row as a record, by the names of the columns."""
        names, rows = self.table.names, self._rows
        return Made(len(rows), lambda at: dict(zip(names, rows[at], strict=True)))

    def of(self, project: str) -> list[dict[str, Any]]:
        """The records of a project, in order."""
        return [self.records[at] for at in self.places.get(project, ())]

    def of_projects(self, projects: Iterable[str]) -> Rows:
        """The rows of some projects, in order."""
        places = (at for project in projects for at in self.places.get(project, ()))
        return Rows(self.table, [self._rows[at] for at in sorted({*places})])

    @cached_property
    def places(self) -> Mapping[str, Sequence[int]]:
        """Where the rows of each project stand."""
        found: dict[str, range | list[int]] = {}
        for at, (project,) in enumerate(self.columns("project")):
            before = found.get(project, range(at, at))
            if isinstance(before, range) and before.stop == at:
                found[project] = range(before.start, at + 1)
            else:
                found[project] = [*before, at]
        return found

    def with_columns(self, **columns: Sequence[object]) -> Rows:
        """The same rows with other values in some columns. Raises KeyError for an unknown one."""
        given = {self.table.place(name): values for name, values in columns.items()}
        rows = [[*row] for row in self._rows]
        for at, values in given.items():
            for row, value in zip(rows, values, strict=True):
                row[at] = value
        return self.table.of_rows(rows)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """The same as a pandas frame, for who looks at whole columns; never to be written into."""
        import pandas as pd  # noqa: PLC0415 - slow to load, and a run does without

        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self.table.columns)
        data = {
            column.name: pd.Series([*values], dtype=_PANDAS[column.dtype])
            for column, values in zip(self.table.columns, columns, strict=True)
        }
        return pd.DataFrame(data, columns=self.table.names)


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
