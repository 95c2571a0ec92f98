"""Publish: put a whole set of outputs in place at once.

Everything is written into a folder aside; then two renames bring it in. A killed run leaves the old outputs or the
new ones, never half a file: what a run killed between the renames left aside is put back by the next one. Files that
are not ours (a reviewer's notes) are carried over.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

RECORD = "run.json"


class CannotWriteError(Exception):
    """The outputs could not be written. ``path`` is the one that failed, ``why`` the system's reason in Chinese."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path
        self.why = why


class BusyError(Exception):
    """Another run is writing the same outputs. ``lock`` is the file that says so."""

    def __init__(self, lock: Path) -> None:
        super().__init__(str(lock))
        self.lock = lock


def publish(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files, by relative path, as the whole content of ``target``.

    Raises CannotWriteError, leaving the old outputs as they were, and BusyError when another run is at it.
    """
    parent = target.parent
    try:
        parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(parent, why_not(error)) from error
    old = parent / f".{target.name}.old"
    with _alone(parent / f".{target.name}.lock"):
        recover(target)
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=parent))
        try:
            _fill(aside, files)
            _carry_over(target, aside)
            _swap(target, aside, old)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def recover(target: Path) -> None:
    """Put right what a killed run left: bring back outputs moved aside, drop unfinished ones."""
    old = target.parent / f".{target.name}.old"
    if old.exists():
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for unfinished in target.parent.glob(f".{target.name}.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _fill(aside: Path, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        path = aside / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise CannotWriteError(path, why_not(error)) from error


def _carry_over(target: Path, aside: Path) -> None:
    """Copy what the last run did not make and this one does not replace."""
    if not target.is_dir():
        return
    made = _made_before(target)
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_dir() or path.is_symlink() or name in made or path.name.startswith(("~$", ".~lock")):
            continue
        kept = aside / name
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, kept)


def _made_before(target: Path) -> set[str]:
    """What the record in the folder lists as its outputs; nothing when there is no readable record."""
    try:
        record = json.loads((target / RECORD).read_text(encoding="utf-8"))
        return {RECORD, *(str(one["path"]) for one in record["outputs"])}
    except (OSError, ValueError, KeyError, TypeError):
        return set()


def _swap(target: Path, aside: Path, old: Path) -> None:
    aside.chmod(0o755)
    try:
        if target.exists():
            target.rename(old)
    except OSError as error:
        raise CannotWriteError(target, why_not(error)) from error
    try:
        aside.rename(target)
    except OSError as error:
        if old.exists():
            old.rename(target)
        raise CannotWriteError(target, why_not(error)) from error
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold a lock file with this process's number; one left by a process that is gone is taken over."""
    for _ in range(2):
        try:
            with lock.open("x", encoding="ascii") as file:
                file.write(str(os.getpid()))
            break
        except FileExistsError:
            if _is_running(lock):
                raise BusyError(lock) from None
            lock.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWriteError(lock.parent, why_not(error)) from error
    else:
        raise BusyError(lock)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _is_running(lock: Path) -> bool:
    try:
        number = int(lock.read_text(encoding="ascii"))
        if os.name == "nt":  # signal 0 would end the process there
            return True
        os.kill(number, 0)
    except (OSError, ValueError):
        return False
    return number != os.getpid()


def why_not(error: OSError) -> str:
    """The system's reason in plain words."""
    if isinstance(error, PermissionError):
        return "没有权限，或文件正被别的程序打开"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "同名的文件挡住了文件夹"
    reasons = {28: "磁盘满了", 30: "磁盘是只读的", 36: "文件名太长"}
    return reasons.get(error.errno or 0, error.strerror or "系统拒绝写入")
