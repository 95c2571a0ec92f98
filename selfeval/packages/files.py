"""How files are named to people, read within a limit, and locked while a set of them is written."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from selfeval.packages.links import is_plain, real
from selfeval.packages.printable import readable

MAX_FILE = 20 * 1024 * 1024
"""Bytes of a file that is read; a form has a tenth of a megabyte."""
_MAX_PROVED = 256 * 1024 * 1024
"""Bytes of a file that is not read, but proved by its hash: half a second."""

_LONGEST_LOCKED = 240
"""Bytes of a name from which that of its lock can be made."""
_HEX = 32


class BusyError(Exception):
    """Another run is writing in the same folder, ``target``. ``lock`` is the file that says so."""

    def __init__(self, lock: Path, target: Path | None = None) -> None:
        super().__init__(str(lock))
        self.lock = lock
        self.target = target or lock.with_name(lock.name.removeprefix(".").removesuffix(".lock"))


@dataclass(frozen=True)
class Unreadable:
    """A file that cannot be used: the SHA-256 of its bytes (blank: not to be had), and why, a plain Chinese phrase."""

    digest: str
    reason: str


def read_bytes(path: Path, most: int | None = None) -> bytes | Unreadable:
    """The bytes of a file of at most ``most`` bytes (20 MB), or why they cannot be had; nothing is raised.

    A pipe, a device or a folder is no file: it may have no end.
    """
    try:
        if not path.is_file():
            return Unreadable("", "找不到这个文件")
        most = MAX_FILE if most is None else most
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(size + 1) if size <= most else None
            if data is not None and len(data) > size:  # it has grown
                data += file.read(most + 1 - len(data))
            if data is not None and len(data) <= most:
                return data
            file.seek(0)
            proof = hashlib.file_digest(file, "sha256").hexdigest() if size <= _MAX_PROVED else ""
            return Unreadable(proof, f"文件超过{most // 1024 // 1024} MB")
    except PermissionError:
        return Unreadable("", "没有权限打开这个文件，可能正被其他程序占用")
    except (OSError, ValueError) as fault:  # a name that holds a zero byte
        return Unreadable("", f"打不开这个文件（{getattr(fault, 'strerror', '') or '系统拒绝'}）")


def holds(path: Path, content: bytes) -> bool:
    """Whether the file itself stands there with just these bytes; a larger one is not read. Raises OSError."""
    return is_plain(path) and path.stat().st_size == len(content) and read_bytes(path, len(content)) == content


def printed_name(path: Path, root: Path) -> str:
    """A path as shown to people: from the root, with forward slashes; outside it, the file name alone.

    A link is called by its own name, not by that of what it leads to.
    """
    for whole, base in ((_whole(path), _whole(root)), (real(path), real(root))):
        if whole.is_relative_to(base):
            return readable(whole.relative_to(base).as_posix())
    return readable(path.name)


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay unresolved


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def lock_of(target: Path) -> Path:
    """The lock file beside a file or folder, under which it is replaced: .2024.lock beside 2024."""
    name = target.name
    if len(os.fsencode(name)) > _LONGEST_LOCKED:
        name = digest(os.fsencode(name))[:_HEX]
    return target.with_name(f".{name}.lock")


def is_lock(name: str) -> bool:
    """Whether a file of this name is a lock: nobody's content, and gone before long."""
    return name.startswith(".") and name.endswith(".lock")


@contextmanager
def alone(lock: Path, target: Path | None = None) -> Iterator[None]:
    """Hold a lock file, freed by the system when its process ends. Raises BusyError while it is held, and OSError.

    The file itself stays when a process is killed: it says nothing, and the next one to hold it takes it away.
    ``target`` is what it locks, where that does not follow from its name.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - slow to load, and most commands only read

    held = FileLock(lock, timeout=0)
    try:
        held.acquire()  # of a file that another run took away after we opened it, it holds none
    except Timeout:
        raise BusyError(lock, target) from None
    ours = _identity(lock)
    try:
        yield
    finally:
        # while it is held, so that whoever opened it sees that it is gone; Windows lets it go only when it is free
        if _identity(lock) == ours:  # not that of another run, if somebody deleted ours
            with suppress(OSError):
                lock.unlink()
        held.release()


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from one that took its name later."""
    with suppress(OSError):
        state = path.lstat()
        return state.st_dev, state.st_ino
    return None
