"""Objects set aside until they are wanted again: in memory while they are few, in a temporary file when many."""

from __future__ import annotations

import pickle
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO, TypeVar

from selfeval.packages.shelf import read_at

T = TypeVar("T")

_IN_MEMORY = 1024 * 1024  # bytes; a year of some hundred projects stays below


class Spool(Mapping[str, T]):
    """Objects by their keys, in the order they were put in. Only what this process has put in is ever read.

    Where no temporary file can be written (a full disk), they stay in memory.
    """

    def __init__(self) -> None:
        self._size = 0
        self._file: IO[bytes] | None = None
        self._held: dict[str, bytes | tuple[int, int]] = {}

    def put(self, key: str, value: T) -> None:
        """Set an object aside; one put in before under the key is forgotten."""
        data = zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)
        self._size += len(data)
        self._held[key] = data
        if self._size > _IN_MEMORY:
            with suppress(OSError):
                self._held[key] = self._filed(data)

    def _filed(self, data: bytes) -> tuple[int, int]:
        """Where in the file the bytes are now. Raises OSError."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as this
        start = self._file.seek(0, 2)
        if self._file.write(data) != len(data):
            raise OSError
        return start, len(data)

    def keep(self, keys: Mapping[str, str]) -> None:
        """Forget all but some objects, and call each by another key: ``keys`` maps the new to the old."""
        self._held = {key: self._held[old] for key, old in keys.items()}

    def __getitem__(self, key: str) -> T:
        data = self._held[key]
        if not isinstance(data, bytes):
            assert self._file is not None
            data = read_at(self._file, *data)
        value: T = pickle.loads(zlib.decompress(data))  # noqa: S301 - made a moment ago by this very process
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)
