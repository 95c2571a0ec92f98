"""Carrying over: what lies among outputs and is not just as we made it outlives the next run.

A workbook of ours that was only opened and saved again is as we made it: nothing of it would be lost.

Somebody may save a workbook while the outputs are replaced. So the old ones are looked at twice, before and after: what
has changed in between is carried over then.
"""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from selfeval.packages.files import digest, holds, is_lock
from selfeval.packages.links import is_plain
from selfeval.packages.resaved import is_as_made
from selfeval.packages.writing import MARK, flush_folder, unfinished_name, write_through
from selfeval.runs.placing import CannotWriteError


@dataclass
class CarryingOver:
    """``made``: the files of the last run with their SHA-256; ``renamed``: changed ones, old path to new path.

    ``reviewed`` says whether a workbook holds a review, which its new name tells. A file that stands in both outputs
    was taken over by a link: whoever writes into the one writes into the other. ``touched`` is told of those that were
    written into after ``since``, in nanoseconds.
    """

    made: Mapping[str, str]
    reviewed: Callable[[Path], bool]
    since: float = math.inf
    touched: Callable[[str], None] = lambda _name: None
    renamed: dict[str, str] = field(default_factory=dict)
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _copied: set[str] = field(default_factory=set)

    def over(self, old: Path, new: Path) -> None:
        """Copy what has not been carried over yet as it is now; raises OSError and CannotWriteError."""
        for path in _lying_in(old):
            name = path.relative_to(old).as_posix()
            if name in self.made and _is_one(path, new / name):
                if path.lstat().st_mtime_ns > self.since:
                    self.touched(name)
                continue
            state = _state(path)
            if self._seen.get(name) != state:
                self._seen[name] = state
                self._one(path, old, new)

    def _one(self, path: Path, old: Path, new: Path) -> None:
        name = path.relative_to(old).as_posix()
        kept = new / name
        ours = name in self.made or (kept.exists() and name not in self._copied)
        if path.is_symlink():  # carried over as it is
            if not ours:
                self._copied.add(name)
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.unlink(missing_ok=True)
                kept.symlink_to(path.readlink(), target_is_directory=path.is_dir())
        elif path.is_dir():  # with nothing in it; what a folder holds is carried over by itself
            if not ours and not any(path.iterdir()):
                kept.mkdir(parents=True, exist_ok=True)
        else:
            if not is_plain(path):
                raise CannotWriteError(path, "不是文件，也不是文件夹，请移走")
            if ours:
                data = path.read_bytes()
                if digest(data) == self.made.get(name) or _is_in(kept.parent, path) or is_as_made(data):
                    return
                kept = _free_name(path, old, new, "已复核" if self._holds_review(path) else "改动过")
                self.renamed[name] = kept.relative_to(new).as_posix()
            else:
                self._copied.add(name)
            _copy(path, kept)

    def _holds_review(self, path: Path) -> bool:
        return path.suffix.lower() == ".xlsx" and self.reviewed(path)


def _state(path: Path) -> tuple[int, ...]:
    """What is another as soon as a file was written or replaced."""
    state = path.lstat()
    return (state.st_ino, state.st_size, state.st_mtime_ns)


def _is_one(path: Path, other: Path) -> bool:
    """Whether two names are those of one file."""
    with suppress(OSError):
        return os.path.samestat(path.lstat(), other.lstat())
    return False


def _lying_in(target: Path) -> Iterator[Path]:
    """Everything below a folder but locks and what a killed run left unfinished."""
    for at, folders, files in os.walk(target):
        here = Path(at)
        folders[:] = sorted(name for name in folders if not name.startswith(MARK))
        yield from (here / name for name in folders)
        for name in sorted(files):
            lock = name.startswith(("~$", ".~lock")) or is_lock(name)
            if not name.startswith(MARK) and not (lock and (here / name).is_file()):
                yield here / name


def _copy(path: Path, kept: Path) -> None:
    """The same file, with its times, on the disk before it takes its name."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    aside = kept.with_name(unfinished_name())
    try:
        with path.open("rb") as old, aside.open("xb") as new:
            shutil.copyfileobj(old, new)
            write_through(new, b"")
        shutil.copystat(path, aside)
        aside.replace(kept)
    finally:
        aside.unlink(missing_ok=True)
    flush_folder(kept.parent)


def _is_in(folder: Path, path: Path) -> bool:
    """Whether a folder holds the same file already, under whatever name."""
    there = folder.iterdir() if folder.is_dir() else ()
    return any(holds(one, path.read_bytes()) for one in there if one != path)


def _free_name(path: Path, old: Path, new: Path, what: str) -> Path:
    """A name for a changed file that neither the old nor the new outputs use: …（已复核）.xlsx, （已复核2）…"""
    folder = path.parent.relative_to(old)
    names = (folder / f"{path.stem}（{what}{number if number > 1 else ''}）{path.suffix}" for number in count(1))
    return next(new / name for name in names if not (old / name).exists() and not (new / name).exists())
