"""Placing: files of ours written whole below a folder, by one run at a time; why they cannot be, in Chinese."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

from selfeval.domain.filenames import cut_to_bytes
from selfeval.packages.files import Unreadable, alone, digest, holds, lock_of, read_bytes
from selfeval.packages.links import LinkError, inside, is_plain
from selfeval.packages.made import MADE, is_made, made_in, record_of
from selfeval.packages.sets import finish_sets, write_set
from selfeval.packages.writing import move_whole, tidy, why_not, write_whole

_LONGEST = 255
"""Bytes of a file's name."""


class CannotWriteError(Exception):
    """The outputs could not be written. ``path`` is the one that failed, ``why`` the system's reason in Chinese."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turns what the system refuses into CannotWriteError for a path, or for the link that stands in its way."""
    try:
        yield
    except (OSError, UnicodeEncodeError) as error:
        raise CannotWriteError(error.link if isinstance(error, LinkError) else path, why_not(error)) from error


@contextmanager
def only_writer(target: Path, home: Path) -> Iterator[None]:
    """Hold the lock of a file or folder of ours; the folder above is made. Raises CannotWriteError and BusyError."""
    if not target.name:
        raise CannotWriteError(target, "这是当前文件夹或整个磁盘，不能换掉；请给出一个名字，如 结果")
    with ExitStack() as held:
        lock = lock_of(target)
        with writing_to(lock if lock.is_symlink() else target):
            inside(target, home)
            target.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(alone(lock, target))
        yield


def home_of(path: Path, root: Path) -> Path:
    """The folder that no link may lead out of: the workspace at ``root`` if the path is in it, else its own."""
    return root if Path(os.path.abspath(path)).is_relative_to(root) else path.parent  # noqa: PTH100 - not through links


def write_file(path: Path, content: bytes, home: Path) -> None:
    """Write one file whole below ``home``: the old one stays until the new one is there. Raises CannotWriteError."""
    with writing_to(path):
        write_whole(path, content, home)


def write_own(folder: Path, files: Mapping[str, bytes], home: Path, gone: Iterable[str] = ()) -> dict[str, str]:
    """Write several files of a folder and take others away, all or none; what people made of them stays beside them.

    Gives the names of the files that were not as a run of ours wrote them, each with that of its copy, such as
    ``name.旧1.xlsx``. Raises CannotWriteError and BusyError.
    """
    gone = tuple(gone)
    kept, copies = dict[str, str](), dict[str, bytes]()
    with only_writer(folder, home), writing_to(folder):
        _mend(folder, home)
        ours = made_in(folder)
        for name in (*files, *gone):
            path = folder / name
            if is_plain(path) and not (name in files and holds(path, files[name])):
                old = path.read_bytes()
                if not is_made(old, ours):
                    kept[name] = _name_to_keep(path, old)
                    copies[kept[name]] = old
        record = {MADE: record_of(ours.union(map(digest, files.values())))} if files or ours else {}
        write_set(folder, {**copies, **files, **record}, home, gone)
    return kept


def write_new(folder: Path, files: Mapping[str, bytes], home: Path) -> str:
    """The same over no file: the name of one that is there, and then nothing is written; blank when all went well."""
    with only_writer(folder, home), writing_to(folder):
        _mend(folder, home)
        there = next((name for name in files if os.path.lexists(folder / name)), "")
        if not there:
            write_set(folder, files, home)
    return there


def _mend(folder: Path, home: Path) -> None:
    """Finish, or take away, what a killed run left in a folder."""
    if folder.is_dir():
        inside(folder / "_", home)
        tidy(folder)
        finish_sets(folder)


def write_keeping(path: Path, content: bytes, home: Path) -> str:
    """Write one file whole; a different one stays as ``name.旧1.xlsx``, as is told.

    A link in its place gives way: what it leads to stays where it is. Raises CannotWriteError and BusyError.
    """
    kept = ""
    with only_writer(path, home), writing_to(path):
        if is_plain(path):
            if holds(path, content):
                return ""
            old = read_bytes(path)
            if isinstance(old, Unreadable):
                kept = _name_to_keep(path, None)
                move_whole(path, path.with_name(kept), home)
            else:
                kept = _name_to_keep(path, old)
                write_whole(path.with_name(kept), old, home)
        elif path.exists() and not path.is_symlink():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        write_whole(path, content, home)
    return kept


def _name_to_keep(path: Path, old: bytes | None) -> str:
    """A name that is free, or that of a copy which a killed run made before it came to the new file."""
    for number in count(1):
        ending = f".旧{number}{path.suffix}"
        name = cut_to_bytes(path.stem, _LONGEST - len(os.fsencode(ending))) + ending
        copy = path.with_name(name)
        if not os.path.lexists(copy) or (old is not None and is_plain(copy) and holds(copy, old)):
            return name
    raise AssertionError
