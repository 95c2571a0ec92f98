"""Rows that are put together while tables are read: few in memory, many in a temporary file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfeval.domain.tables import Rows, Table
from selfeval.packages.spool import Spool

Values = tuple[Any, ...]
"""Values for every column of a table, in order."""
_AT_ONCE = 2_000
"""Rows that are set aside together."""


class KeptRows:
    """The rows of a table that are kept, in the order they were put in."""

    def __init__(self, table: Table) -> None:
        self.table, self._names = table, table.names
        self._last: list[Values] = []
        self._parts: Spool[list[Values]] = Spool()

    def __len__(self) -> int:
        return len(self._parts) * _AT_ONCE + len(self._last)

    def put(self, record: dict[str, object]) -> None:
        """Add a record; what it lacks is blank."""
        if len(self._last) == _AT_ONCE:
            self._parts.put(str(len(self._parts)), self._last)
            self._last = []
        self._last.append(tuple([record.get(name) for name in self._names]))

    def rows(self) -> Rows:
        """All of them."""
        return self.table.of_rows(self._all())

    def _all(self) -> Iterator[Values]:
        for part in self._parts.values():
            yield from part
        yield from self._last
