"""How files are named to people, read within a limit, and locked while a set of them is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

MAX_FILE = 20 * 1024 * 1024
"""Bytes of a file that is read; a form has a tenth of a megabyte."""


class BusyError(Exception):
    """Another run is writing in the same folder, ``target``. ``lock`` is the file that says so."""

    def __init__(self, lock: Path) -> None:
        super().__init__(str(lock))
        self.lock = lock
        self.target = lock.with_name(lock.name.removeprefix(".").removesuffix(".lock"))


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be used: the SHA-256 of its bytes (blank: not to be had), and why, a plain Chinese phrase."""

    digest: str
    reason: str


def read_bytes(path: Path) -> bytes | Unreadable:
    """The bytes of a file of at most 20 MB, or why they cannot be had; nothing is raised."""
    try:
        if not path.is_file():
            return Unreadable("", "找不到这个文件")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
            if len(data) <= MAX_FILE:
                return data
            file.seek(0)
            return Unreadable(
                hashlib.file_digest(file, "sha256").hexdigest(), f"文件超过 {MAX_FILE // 1024 // 1024} MB"
            )
    except PermissionError:
        return Unreadable("", "没有权限打开这个文件，可能正被别的程序占用")
    except (OSError, ValueError) as fault:  # a name that holds a zero byte
        return Unreadable("", f"打不开这个文件（{getattr(fault, 'strerror', '') or '系统拒绝'}）")


def printed_name(path: Path, root: Path) -> str:
    """A path as shown to people: from the root, with forward slashes; outside it, the file name alone."""
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return path.name


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def lock_of(folder: Path) -> Path:
    """The lock file beside a folder, under which its content is replaced: .2024.lock beside 2024."""
    return folder.with_name(f".{folder.name}.lock")


def is_lock(name: str) -> bool:
    """Whether a file of this name is a lock: nobody's content, and gone before long."""
    return name.startswith(".") and name.endswith(".lock")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file, freed by the system when its process ends. Raises BusyError while it is held, and OSError."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to load, and most commands only read

    held = FileLock(lock, timeout=0)
    try:
        held.acquire()
    except Timeout:
        raise BusyError(lock) from None
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held, so that nobody can be locking it; Windows allows that only later
            lock.unlink()
        held.release()
