"""What files are there and in which state, taken down so that a later look tells whether any of them has changed.

A file is the same while its size, times and inode are. One that was written shortly before it was looked at may be
written again within the clock's step, which its times would not tell: of that the hash is taken down too.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

Stats: TypeAlias = tuple[int, int, int, int]
"""Size, times of change in nanoseconds, inode."""
State: TypeAlias = tuple[int | str, ...]
"""Size, times of change in nanoseconds, inode, and the SHA-256 where it is needed; of a link to a file, those of it."""
Snapshot: TypeAlias = Mapping[str, State]
"""The state of each file by its path."""
Young: TypeAlias = Callable[[Stats, int], bool]

_STEP = 2_000_000_000
"""Nanoseconds: the coarsest clock of a file system (FAT)."""
_STATS = 4


def taken(places: Iterable[Path], *, named: bool = False) -> Snapshot:
    """The files at and below some places, as they are now; what cannot be read or is not there is a state too.

    A place may itself be a link to a folder; one to a folder further below is never the same again, for it is not
    followed. ``named``: we have just given all of them new names, which is no writing, though it changes their times.
    """
    young = (lambda stats, now: is_young((0, stats[1], 0, 0), now)) if named else is_young
    now = time.time_ns()
    return {path: state for place in places for path, state in _below(os.path.realpath(place), now, young)}


def still(known: Snapshot, places: Iterable[Path]) -> bool:
    """Whether the same files are there in the same state."""
    seen = dict(taken(places))
    return known.keys() == seen.keys() and all(_is_same(path, state, seen[path]) for path, state in known.items())


def _is_same(path: str, known: State, now: State) -> bool:
    """Whether a file is as it was: by its stats, and its hash where that was taken down."""
    if len(known) <= _STATS:
        return known == now[: len(known)]
    return known[:_STATS] == now[:_STATS] and known[_STATS] == (now[_STATS] if len(now) > _STATS else _hash(path))


def _below(place: str, now: int, young: Young) -> Iterator[tuple[str, State]]:
    try:
        if os.path.isdir(place) and not os.path.islink(place):  # noqa: PTH112, PTH114 (paths are texts here)
            for entry in sorted(os.listdir(place)):  # noqa: PTH208
                if entry != "__pycache__":
                    yield from _below(os.path.join(place, entry), now, young)  # noqa: PTH118
        else:
            yield place, _state(place, now, young)
    except OSError as error:
        yield place, (str(error.errno),)


def _state(path: str, now: int, young: Young) -> State:
    if os.path.isdir(path):  # noqa: PTH112
        return (now,)
    stats = stats_of(os.stat(path))  # noqa: PTH116
    return (*stats, _hash(path)) if young(stats, now) else stats


def stats_of(found: os.stat_result) -> Stats:
    """What tells of a file whether it was written or replaced: size, times in nanoseconds, inode."""
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def is_young(stats: Stats, now: int) -> bool:
    """Whether a file was written so shortly before a time that its times would not tell if it is written again."""
    return max(stats[1:3]) > now - _STEP


def _hash(path: str) -> str:
    with open(path, "rb") as file:  # noqa: PTH123
        return hashlib.file_digest(file, "sha256").hexdigest()
