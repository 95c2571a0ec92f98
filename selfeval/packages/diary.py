"""A diary: what runs found out, each under its name, in one file that is only ever added to.

A killed run leaves all entries but the one that it was writing. Nothing in it is trusted further than it proves itself:
an entry whose hash does not hold is passed over, and so is all that follows what is no entry. One run at a time writes;
others read, and so does one that finds the disk full.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from itertools import chain
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, NamedTuple

from selfeval.packages.files import BusyError, alone, lock_of
from selfeval.packages.links import inside, is_plain
from selfeval.packages.writing import unfinished_name

_FORMAT = b"selfeval.diary.v1\n"
_ENTRY = Struct("<4s16s16sII")
"""What every entry begins with: mark, name, proof, the lengths of what is said in short and at length."""
_MARK = b"\n\xffde"
_OFFSET = 48
"""Bits for the place of an entry in the index, which is one number an entry: its name's first half, then its place."""
_MOST_SHORT, _MOST_LONG, _MOST_UNPACKED = 64 * 1024, 4 * 1024 * 1024, 64 * 1024 * 1024
"""Bytes that are kept, and read, of one entry."""
_FLUSHED = 64 * 1024
"""Bytes after which what was noted goes to the system, so that it outlives this process."""
_SMALL = 256 * 1024
"""Bytes that are not worth writing the file anew."""

Plain = Any
"""What JSON can hold."""


class Entry(NamedTuple):
    """Where an entry stands and what it says in short."""

    start: int
    short: Plain


class Diary:
    """The entries of a file below ``home``; where there is none to be had, nothing is known and nothing is noted."""

    def __init__(self, path: Path, home: Path, *, make: bool = True) -> None:
        """``make``: whether the folder that it lies in is made where it is not there yet."""
        self._path, self._home, self._make = path, home, make
        self._opened = False
        self._held = ExitStack()
        self._file: BinaryIO | None = None
        self._index: list[int] = []
        self._used = bytearray()
        self._read = self._end = self._live = 0
        self._pending: list[bytes] = []
        self._waiting = 0
        self._writes = False

    def _open(self) -> None:
        """Open it when it is first needed, to write where no other run does."""
        if self._opened:
            return
        self._opened = True
        with suppress(OSError, ValueError):
            inside(self._path, self._home)
            if os.path.lexists(self._path) and not is_plain(self._path):
                return
            if self._make:
                self._path.parent.mkdir(parents=True, exist_ok=True)
            elif not self._path.parent.is_dir():
                return
            with suppress(BusyError, OSError, NotImplementedError):
                self._held.enter_context(alone(lock_of(self._path)))
                self._writes = True
            self._file = self._found_or_made()
            if self._file is not None:
                self._read_through()

    def close(self) -> None:
        """What was noted stays; from now on nothing is known and nothing is noted."""
        self.flush()
        if self._file is not None:
            self._file.close()
        self._file, self._index, self._writes, self._opened = None, [], False, True
        self._held.close()

    def short(self, *name: str) -> Entry | None:
        """What the entry of a name says in short, not proved yet."""
        self._open()
        key = _key(name)
        at = bisect_right(self._index, (_number(key) + 1 << _OFFSET) - 1) - 1
        if at < 0 or self._index[at] >> _OFFSET != _number(key):
            return None
        start = self._index[at] & ((1 << _OFFSET) - 1)
        with suppress(OSError, ValueError, RecursionError):
            _, own, _, first, second = self._head(start)
            if own == key:
                found = Entry(start, json.loads(self._bytes(start + _ENTRY.size, first)))
                self._live += 0 if self._used[at] else _ENTRY.size + first + second
                self._used[at] = 1
                return found
        return None

    def whole(self, entry: Entry) -> Plain:
        """What an entry says at length; None where its proof does not hold."""
        with suppress(OSError, ValueError, RecursionError, zlib.error):
            unpacking = zlib.decompressobj()
            text = unpacking.decompress(self._proved(entry), _MOST_UNPACKED)
            return json.loads(text) if unpacking.eof else None
        return None

    def note(self, short: Plain, at_length: Plain, *name: str) -> None:
        """Note something under a name; what was noted before under it is forgotten from the next run on."""
        self._open()
        if self._writes:
            self._add(short, zlib.compress(json.dumps(at_length, separators=(",", ":")).encode(), 1), name)

    def renew(self, entry: Entry, short: Plain, *name: str) -> None:
        """Note again what an entry says at length, with something else in short."""
        with suppress(OSError, ValueError):
            self._add(short, self._proved(entry), name)

    def now(self) -> int:
        """The time of the file system, in nanoseconds. Raises OSError."""
        if self._file is None or not self._writes:
            raise OSError
        os.utime(self._path)
        return self._path.stat().st_mtime_ns

    def _add(self, short: Plain, second: bytes, name: tuple[str, ...]) -> None:
        first = json.dumps(short, separators=(",", ":")).encode()
        if not self._writes or len(first) > _MOST_SHORT or len(second) > _MOST_LONG:
            return
        key, said = _key(name), first + second
        entry = _ENTRY.pack(_MARK, key, _proof(key, len(first), said), len(first), len(second)) + said
        self._pending.append(entry)
        self._waiting += len(entry)
        if self._waiting >= _FLUSHED:
            self.flush()

    def flush(self) -> None:
        """Hand what was noted to the system."""
        data, self._pending, self._waiting = b"".join(self._pending), [], 0
        if not (data and self._writes and self._file is not None):
            return
        try:
            self._file.seek(self._end)
            self._writes = self._file.write(data) == len(data)
        except OSError:
            self._writes = False
        if self._writes:
            self._end += len(data)
            return
        with suppress(OSError):  # the disk is full: what was whole before stays so
            self._file.truncate(self._end)

    def tidy(self) -> None:
        """Leave out what nobody asked for in this run, once that is more than half; for a run that asked for all."""
        self.flush()
        if not self._writes or self._file is None or (self._read - self._live) * 2 <= self._end + _SMALL:
            return
        kept = [place & ((1 << _OFFSET) - 1) for place, used in zip(self._index, self._used, strict=True) if used]
        aside = self._path.with_name(unfinished_name())
        with suppress(OSError):
            try:
                with aside.open("xb") as new:
                    for part in self._kept(sorted(kept)):
                        new.write(part)
                aside.replace(self._path)
            finally:
                aside.unlink(missing_ok=True)

    def _kept(self, starts: list[int]) -> Iterator[bytes]:
        """What the file holds without what is left out."""
        yield _FORMAT
        for start in starts:
            _, _, _, first, second = self._head(start)
            yield self._bytes(start, _ENTRY.size + first + second)
        for start in range(self._read, self._end, _FLUSHED):
            yield self._bytes(start, min(_FLUSHED, self._end - start))

    def _found_or_made(self) -> BinaryIO | None:
        """The file, made anew where what stands there is none of ours; None: there is none, and no way to make it."""
        with suppress(OSError):
            file = self._path.open("r+b" if self._writes else "rb", buffering=0)
            if file.read(len(_FORMAT)) == _FORMAT:
                return file
            file.close()
        if not self._writes:
            return None
        aside = self._path.with_name(unfinished_name())
        try:
            aside.write_bytes(_FORMAT)
            aside.replace(self._path)
        finally:
            aside.unlink(missing_ok=True)
        return self._path.open("r+b", buffering=0)

    def _read_through(self) -> None:
        """Find the entries; what a killed run left unfinished is cut off."""
        assert self._file is not None
        size, at, found = os.fstat(self._file.fileno()).st_size, len(_FORMAT), list[int]()
        with self._path.open("rb") as file:
            while at + _ENTRY.size <= size:
                file.seek(at)
                mark, key, _, first, second = _ENTRY.unpack(file.read(_ENTRY.size))
                end = at + _ENTRY.size + first + second
                if mark != _MARK or end > size or first > _MOST_SHORT or second > _MOST_LONG:
                    break
                found.append(_number(key) << _OFFSET | at)
                at = end
        found.sort()
        after = chain((one >> _OFFSET for one in found[1:]), (-1,))
        latest = [one for one, next_key in zip(found, after, strict=False) if one >> _OFFSET != next_key]
        self._index, self._used = latest, bytearray(len(latest))
        self._read = self._end = at
        if self._writes and at < size:
            self._file.truncate(at)

    def _proved(self, entry: Entry) -> bytes:
        """What an entry says at length, packed. Raises OSError, and ValueError where its proof does not hold."""
        _, name, proof, first, second = self._head(entry.start)
        said = self._bytes(entry.start + _ENTRY.size, first + second)
        if proof != _proof(name, first, said):
            raise ValueError(entry.start)
        return said[first:]

    def _head(self, start: int) -> tuple[bytes, bytes, bytes, int, int]:
        mark, name, proof, first, second = _ENTRY.unpack(self._bytes(start, _ENTRY.size))
        if mark != _MARK or first > _MOST_SHORT or second > _MOST_LONG:
            raise ValueError(start)
        return mark, name, proof, first, second

    def _bytes(self, start: int, length: int) -> bytes:
        """Raises OSError and ValueError."""
        if self._file is None:
            raise ValueError(start)
        self._file.seek(start)
        data = self._file.read(length)
        if len(data) != length:
            raise ValueError(start)
        return data


def _key(name: tuple[str, ...]) -> bytes:
    return hashlib.sha256(json.dumps(name).encode()).digest()[:16]


def _number(key: bytes) -> int:
    return int.from_bytes(key[:8], "big")


def _proof(name: bytes, first: int, said: bytes) -> bytes:
    return hashlib.sha256(b"%b%d,%b" % (name, first, said)).digest()[:16]
