"""The one writer: each file whole, on the disk before it takes its name, and never through a link out of its home."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows, which lets nobody remove a file that is open
    fcntl = None  # type: ignore[assignment]

_MARK = ".~selfeval-"
"""What the name of an unfinished file begins with; the rest is random."""

_REASONS = {
    errno.ENOENT: "上级文件夹建不了",
    errno.EEXIST: "同名的文件挡住了文件夹",
    errno.ENOTDIR: "同名的文件挡住了文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "文件夹是指向别处的链接",
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "没有权限，或文件正被别的程序打开",
    errno.EBUSY: "文件正被别的程序打开",
    errno.EIO: "磁盘读写出错",
}


def why_not(error: OSError) -> str:
    """Why the system refused to write, in Chinese."""
    return _REASONS.get(error.errno or 0, "系统拒绝写入")


def write_whole(path: Path, content: bytes, home: Path) -> None:
    """Write a file aside, then move it into place: the old one or the new one is there, whole. Folders are made.

    It is on the disk before it takes the name, so no power cut leaves an empty file. ``home`` is the folder that it
    belongs to: a link in the path that leads out of it is not followed. Raises OSError, leaving nothing.
    """
    inside(path, home)
    path.parent.mkdir(parents=True, exist_ok=True)
    _tidy(path.parent)
    with _unfinished(path.parent) as (aside, file):
        write_through(file, content)
        if fcntl is None:
            file.close()
        aside.replace(path)
    flush_folder(path.parent)


def write_through(file: BinaryIO, content: bytes) -> None:
    """Write and wait until it is on the disk."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def inside(path: Path, home: Path) -> None:
    """Raises OSError when a link leads from ``home`` to another place where the file would be written."""
    if not path.parent.resolve().is_relative_to(home.resolve()):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system offers that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _unfinished(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file of ours, locked as long as it is written so that nobody tidies it away; gone at the end."""
    aside = folder / f"{_MARK}{secrets.token_hex(6)}"
    try:
        with aside.open("xb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not aside.exists():  # tidied away by another run before it was locked
                    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(aside))
            yield aside, file
    finally:
        aside.unlink(missing_ok=True)


@lru_cache(maxsize=1024)
def _tidy(folder: Path) -> None:
    """Remove what a killed run left unfinished in a folder; once a run."""
    for left in folder.glob(f"{_MARK}*"):
        with suppress(OSError), left.open("rb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # somebody is writing it: OSError
            left.unlink()
