"""Declared tables: every pandas frame that crosses a boundary has its columns, dtypes and units named here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

Dtype = Literal["text", "number", "integer", "flag"]
_PANDAS: dict[Dtype, str] = {"text": "str", "number": "float64", "integer": "Int64", "flag": "bool"}
_BLANK: dict[Dtype, object] = {"text": "", "number": float("nan"), "integer": pd.NA, "flag": False}


@dataclass(frozen=True)
class Column:
    """One column: its name, dtype, and what a value means, with the unit.

    ``text`` is never missing (a blank is ``""``); ``number`` is float64 whose shortest decimal form is the exact
    value (NaN: blank); ``integer`` is nullable; ``flag`` is a plain bool.
    """

    name: str
    dtype: Dtype
    meaning: str


@dataclass(frozen=True)
class Table:
    """A table's name and its columns, in order."""

    name: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The column names, in order."""
        return [column.name for column in self.columns]

    def frame(self, records: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
        """Rows as a frame with exactly the declared columns and dtypes; what a record lacks is blank.

        Raises KeyError when a record has a key that is not a column (a bug, never a user's fault).
        """
        rows = list(records)
        known = set(self.names)
        for row in rows:
            if not known.issuperset(row):
                raise KeyError(f"{self.name}: {sorted(set(row) - known)}")
        return self.from_columns({name: [row.get(name) for row in rows] for name in self.names})

    def from_columns(self, values: Mapping[str, Sequence[object]]) -> pd.DataFrame:
        """The frame of whole columns of one length, by name; None is blank."""
        data = {
            column.name: pd.Series(
                [_BLANK[column.dtype] if value is None else value for value in values[column.name]],
                dtype=_PANDAS[column.dtype],
            )
            for column in self.columns
        }
        return pd.DataFrame(data, columns=self.names)
