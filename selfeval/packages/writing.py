"""The one writer: each file whole, on the disk before it takes its name, and never through a link out of its home."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from selfeval.packages.links import LinkError, inside, is_plain

try:
    import fcntl
except ImportError:  # Windows, which lets nobody remove a file that is open
    fcntl = None  # type: ignore[assignment]

MARK = ".~selfeval-"
"""What the name of an unfinished file, or of a folder of them, begins with; the rest is random."""

HOLD = "writing"
"""The file in a folder of unfinished files that is locked as long as somebody writes there."""

_AT_ONCE = 8
"""Files that are asked for together."""

_REASONS = {
    errno.ENOENT: "无法建立上级文件夹",
    errno.EEXIST: "已有同名的文件，无法建立文件夹",
    errno.ENOTDIR: "已有同名的文件，无法建立文件夹",
    errno.EISDIR: "已有同名的文件夹，无法写入文件",
    errno.ENOTEMPTY: "已有同名的文件夹，里面有文件",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已用完",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EILSEQ: "本机的文件名不支持中文",
    errno.ELOOP: "是指向别处的链接，不写入",
    errno.EACCES: "没有权限，或文件正被其他程序打开",
    errno.EPERM: "没有权限，或文件正被其他程序打开",
    errno.EBUSY: "文件正被其他程序打开",
    errno.ETXTBSY: "文件正被其他程序打开",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ESTALE: "收集时文件正在被改动，请再收集一次",
    errno.EIO: "磁盘读写出错",
}


ENVIRONMENT = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EACCES, errno.EPERM}
)
"""Faults of a machine and its settings, wherever they turn up; never those of a program."""


def why_not(error: OSError | UnicodeError) -> str:
    """Why the system refused to write, in Chinese; a link that stands in the way is named."""
    number = errno.EILSEQ if isinstance(error, UnicodeError) else error.errno or 0
    said = _REASONS.get(number, "系统拒绝写入")
    return f"“{error.link.name}”{said}" if isinstance(error, LinkError) else said


def write_whole(path: Path, content: bytes, home: Path) -> None:
    """Write a file aside, then move it into place: the old one or the new one is there, whole. Folders are made.

    It is on the disk before it takes the name, so no power cut leaves an empty file. ``home`` is the folder that it
    belongs to: a link in the path that leads out of it is not followed, and one in the file's own place gives way to
    the file. Raises OSError, leaving nothing.
    """
    inside(path, home)
    path.parent.mkdir(parents=True, exist_ok=True)
    tidy(path.parent)
    with _unfinished(path.parent) as (aside, file):
        write_through(file, content)
        if fcntl is None:
            file.close()
        aside.replace(path)
    flush_folder(path.parent)


def move_whole(old: Path, new: Path, home: Path) -> None:
    """Give a file another name below ``home``: it is never there twice, and never away. Raises OSError."""
    inside(old, home)
    inside(new, home)
    new.parent.mkdir(parents=True, exist_ok=True)
    old.replace(new)
    flush_folder(new.parent)
    flush_folder(old.parent)


def write_through(file: BinaryIO, content: bytes) -> None:
    """Write and wait until it is on the disk."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())


def flush_files(paths: Iterable[Path]) -> None:
    """Wait until files are on the disk, some at a time: it takes those together that are asked for together."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - only where something is written

    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for _ in threads.map(_flush, paths):
            pass


def _flush(path: Path) -> None:
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system offers that."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def unfinished_name() -> str:
    """A name that nothing bears yet, and that tells what it is."""
    return f"{MARK}{secrets.token_hex(6)}"


@contextmanager
def held(path: Path) -> Iterator[BinaryIO]:
    """A new file, locked as long as it is written so that nobody tidies it away."""
    with path.open("xb") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
            if not path.exists():  # tidied away by another run before it was locked
                raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))
        yield file


@contextmanager
def holding(path: Path) -> Iterator[None]:
    """A new file that says as long as it is locked that somebody writes beside it."""
    if fcntl is None:  # Windows renames no folder in which a file is open
        path.touch()
        yield
        return
    with held(path):
        yield


@contextmanager
def _unfinished(folder: Path) -> Iterator[tuple[Path, BinaryIO]]:
    """A new file of ours; gone at the end."""
    aside = folder / unfinished_name()
    try:
        with held(aside) as file:
            yield aside, file
    finally:
        with suppress(OSError):  # what went wrong before is what is told
            aside.unlink(missing_ok=True)


def abandoned(folder: Path) -> Iterator[Path]:
    """What killed runs left unfinished in a folder: files, and folders of them. What is being written is left out."""
    with suppress(OSError):
        for left in sorted(folder.iterdir()):
            if not left.name.startswith(MARK) or left.is_symlink():  # we make no links
                continue
            if not _is_held(left / HOLD if left.is_dir() else left):
                yield left


def _is_held(path: Path) -> bool:
    """Whether somebody is writing: a file that is none, or cannot be looked at, is better left alone."""
    if not is_plain(path):
        return path.exists()
    try:
        with path.open("rb") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False


@lru_cache(maxsize=1024)
def tidy(folder: Path) -> None:
    """Remove what a killed run left unfinished in a folder; once a run. A set that was ready is for ``sets``."""
    for left in abandoned(folder):
        if left.is_dir() and not left.suffix:
            shutil.rmtree(left, ignore_errors=True)
        elif not left.is_dir():
            with suppress(OSError):
                left.unlink()
