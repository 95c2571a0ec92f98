"""Objects set aside until they are wanted again: in memory while they are few, in a temporary file when many."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")

_IN_MEMORY = 1024 * 1024  # bytes; a year of two hundred projects stays below


class Spool(Mapping[str, T]):
    """Objects by their keys, in the order they were put in. Only what this process has put in is ever read."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - lives as long as this
        self._offsets: dict[str, int] = {}

    def put(self, key: str, value: T) -> None:
        """Set an object aside; one put in before under the key is forgotten. Raises OSError when the disk is full."""
        self._offsets[key] = self._file.seek(0, 2)
        pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)

    def keep(self, keys: Mapping[str, str]) -> None:
        """Forget all but some objects, and call each by another key: ``keys`` maps the new to the old."""
        self._offsets = {key: self._offsets[old] for key, old in keys.items()}

    def __getitem__(self, key: str) -> T:
        self._file.seek(self._offsets[key])
        value: T = pickle.load(self._file)  # noqa: S301 - written a moment ago by this very process
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._offsets)

    def __len__(self) -> int:
        return len(self._offsets)
