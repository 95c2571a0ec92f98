"""Files written whole, and the lock under which a set of them is written."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_LONGEST = 40
"""Characters of a name that the file aside bears: it must fit where the name itself just fits."""


class BusyError(Exception):
    """Another run is writing the same outputs. ``lock`` is the file that says so."""

    def __init__(self, lock: Path) -> None:
        super().__init__(str(lock))
        self.lock = lock


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside, then move it into place: whatever happens, the old one or the new one is there, whole.

    It is on the disk before it takes the name, so that a power cut leaves no empty file. Folders are made. Raises
    OSError, and then leaves nothing behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name[:_LONGEST]}-{secrets.token_hex(4)}")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)


def lock_of(folder: Path) -> Path:
    """The lock file beside a folder, under which its content is replaced: .2024.lock beside 2024."""
    return folder.with_name(f".{folder.name}.lock")


def is_lock(name: str) -> bool:
    """Whether a file of this name is a lock: nobody's content, and gone before long."""
    return name.startswith(".") and name.endswith(".lock")


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Hold a lock file. The system frees it when its process ends, killed or not; a file left lying locks nothing.

    Raises BusyError while another process holds it, OSError when the file cannot be made.
    """
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
