"""Rows of plain values, set aside until they are wanted again: a few in memory, many in a temporary file.

In the file they lie by blocks, each column of a block by itself, compressed: who wants three columns of a million rows
reads no more than those.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from typing import IO, Any

Row = tuple[Any, ...]

_BLOCK = 256
"""Rows of a block: some thirty projects, so that one of them alone is soon there."""
_IN_MEMORY = 64
"""Blocks that stay in memory: a year of some thousand projects lies in no file."""
_AT_HAND = 8
"""Blocks that were read last."""


class Shelf(Sequence[Row]):
    """Rows in the order they were put in. Only what this process, or the one it is a copy of, has put in is ever read.

    Where no temporary file can be written (a full disk), they stay in memory.
    """

    def __init__(self) -> None:
        self._blocks: list[list[Row] | tuple[int, tuple[int, ...]]] = []
        self._open: list[Row] = []
        self._file: IO[bytes] | None = None
        self._end = self._in_file = 0
        self._at_hand: OrderedDict[int, list[Row]] = OrderedDict()

    def append(self, row: Row) -> None:
        """Put a row after the others; all are of one length."""
        self._open.append(row)
        if len(self._open) == _BLOCK:
            self._blocks.append(self._open)
            self._open = []
            if len(self._blocks) > _IN_MEMORY:
                with suppress(OSError):
                    self._file_all()

    def _file_all(self) -> None:
        """Take the blocks that are still in memory to the file. Raises OSError."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - lives as long as this
        for at in range(self._in_file, len(self._blocks)):
            block = self._blocks[at]
            assert isinstance(block, list)
            self._blocks[at] = self._filed(self._file, block)
            self._in_file += 1

    def _filed(self, file: IO[bytes], rows: list[Row]) -> tuple[int, tuple[int, ...]]:
        """Where in the file the columns of a block begin, and how long each is. Raises OSError."""
        columns = [
            zlib.compress(pickle.dumps(column, pickle.HIGHEST_PROTOCOL), 1) for column in zip(*rows, strict=True)
        ]
        data, start = b"".join(columns), self._end
        file.seek(start)
        if file.write(data) != len(data):
            raise OSError
        self._end += len(data)
        return start, tuple(map(len, columns))

    def __len__(self) -> int:
        return len(self._blocks) * _BLOCK + len(self._open)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401 (nobody asks for a slice)
        count = len(self)
        if not -count <= at < count:
            raise IndexError(at)
        block, place = divmod(at % count, _BLOCK)
        return self._rows(block)[place]

    def __iter__(self) -> Iterator[Row]:
        return chain.from_iterable(map(self._rows, range(len(self._blocks) + 1)))

    def picked(self, places: Sequence[int]) -> Iterator[Row]:
        """The values of some columns of every row, in order."""
        for block in (*self._blocks, self._open):
            if isinstance(block, list):
                yield from (tuple([row[place] for place in places]) for row in block)
            else:
                start, lengths = block
                yield from zip(*(self._column(start, lengths, place) for place in places), strict=True)

    def _rows(self, number: int) -> list[Row]:
        """A block as rows, which is kept at hand for a while."""
        block = self._open if number == len(self._blocks) else self._blocks[number]
        if isinstance(block, list):
            return block
        if number in self._at_hand:
            self._at_hand.move_to_end(number)
            return self._at_hand[number]
        start, lengths = block
        rows = [*zip(*(self._column(start, lengths, place) for place in range(len(lengths))), strict=True)]
        self._at_hand[number] = rows
        if len(self._at_hand) > _AT_HAND:
            self._at_hand.popitem(last=False)
        return rows

    def _column(self, start: int, lengths: tuple[int, ...], place: int) -> Sequence[Any]:
        assert self._file is not None
        data = read_at(self._file, start + sum(lengths[:place]), lengths[place])
        values: Sequence[Any] = pickle.loads(zlib.decompress(data))  # noqa: S301 - made by this very process
        return values


def read_at(file: IO[bytes], start: int, length: int) -> bytes:
    """Bytes of a file from a place on; copies of this process read it too, and must not move one another's place."""
    if hasattr(os, "pread"):
        return os.pread(file.fileno(), length, start)
    file.seek(start)
    return file.read(length)
