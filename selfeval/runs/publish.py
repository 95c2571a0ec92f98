"""Publish: put a whole set of outputs in place at once.

All is written into a folder aside; then two renames bring it in. A killed run leaves the old outputs or the new ones,
never half a file: the next one puts back what was left aside. Files that are not ours are carried over; a workbook of
ours that a reviewer has filled in is kept beside the new one under another name.
"""

from __future__ import annotations

import errno
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from selfeval.packages.files import alone, digest, is_lock, lock_of
from selfeval.packages.writing import flush_folder, inside, why_not, write_through, write_whole
from selfeval.runs.workspace import Workspace

RECORD = "run.json"
FORMAT = "selfeval.run.v2"  # v1, still read, lists no projects with their digests
FORMATS = ("selfeval.run.v1", FORMAT)
_MAX_RECORD = 32 * 1024 * 1024
"""Bytes of a record that is read; a longer one breaks off, and is none of ours."""
_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


class CannotWriteError(Exception):
    """The outputs could not be written. ``path`` is the one that failed, ``why`` the system's reason in Chinese."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path, self.why = path, why


def publish(
    target: Path, home: Path, files: Iterable[tuple[str, bytes]], reviewed: Callable[[Path], bool] = lambda _path: False
) -> dict[str, str]:
    """Write files, by relative path, as the whole content of ``target``, and give the kept files, old path to new path.

    A link that leads out of ``home`` is not followed. A file of an earlier run that was changed since is kept where it
    holds a review (``reviewed``). Raises CannotWriteError, leaving the old outputs as they were (and when they are no
    results of ours), and BusyError.
    """
    if target.exists() and not target.is_dir():
        raise CannotWriteError(target, why_not(FileExistsError(errno.EEXIST, "")))
    with ExitStack() as held:
        with writing_to(target.parent):
            inside(target, home)
            target.parent.mkdir(parents=True, exist_ok=True)
            held.enter_context(alone(lock_of(target)))
        recover(target)
        with writing_to(target):
            if _is_foreign(target):
                raise CannotWriteError(target, "文件夹里已有别的文件，请换一个空文件夹")
        aside = Path(tempfile.mkdtemp(prefix=f".{target.name}.new-", dir=target.parent))
        try:
            for name, content in files:
                path = aside / name
                with writing_to(path):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with path.open("xb") as file:
                        write_through(file, content)
            with writing_to(target):
                kept = _carry_over(target, aside, reviewed)
                _swap(target, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return kept


def write_file(path: Path, content: bytes, home: Path) -> None:
    """Write one file whole below ``home``: the old one stays until the new one is there. Raises CannotWriteError."""
    with writing_to(path):
        write_whole(path, content, home)


def write_keeping(path: Path, content: bytes, home: Path) -> str:
    """Write one file whole; a different one stays as ``name.旧1.xlsx``, as is told. Raises CannotWriteError."""
    kept = ""
    with writing_to(path):
        if path.exists():
            old = path.read_bytes()
            if old == content:
                return ""
            names = (f"{path.stem}.旧{number}{path.suffix}" for number in count(1))
            kept = next(name for name in names if not path.with_name(name).exists())
            write_whole(path.with_name(kept), old, home)
        write_whole(path, content, home)
    return kept


def is_published(workspace: Workspace, folder: Path) -> bool:
    """Whether a folder lies in the workspace's outputs or holds results: only ``score`` of a year writes there."""
    outputs = (workspace.root / "outputs").resolve()
    return folder.resolve().is_relative_to(outputs) or (folder / RECORD).exists()


def would_lose(workspace: Workspace, folder: Path, year: int, projects: int) -> bool:
    """Whether writing the results of a few projects into a folder would take those of more projects away."""
    counts = _record_of(folder).get("counts")
    covered = counts.get("projects") if isinstance(counts, dict) else None
    more = isinstance(covered, int) and covered > projects
    return more or folder.resolve() == workspace.outputs(year).resolve()


def _record_of(folder: Path) -> dict[str, Any]:
    """The record of the run whose results lie in the folder; empty when there is none of ours."""
    try:
        with (folder / RECORD).open("rb") as file:
            record = json.loads(file.read(_MAX_RECORD))
    except (OSError, ValueError, RecursionError):
        return {}
    ours = isinstance(record, dict) and str(record.get("format", "")).startswith("selfeval.run.")
    return record if ours and isinstance(record.get("outputs"), list) else {}


def _is_foreign(folder: Path) -> bool:
    """Whether a folder holds files, but not the results of a run: nothing in it is ours to replace."""
    if not folder.is_dir() or _record_of(folder):
        return False
    return any(path.name not in _SYSTEM and not is_lock(path.name) for path in folder.iterdir())


def recover(target: Path) -> None:
    """Put right what a killed run left: outputs moved aside, unfinished ones. Raises CannotWriteError if it cannot."""
    old = _moved_aside(target)
    if old.exists():
        if not target.exists():
            with writing_to(target):
                old.rename(target)
        elif (target / RECORD).is_file():
            shutil.rmtree(old, ignore_errors=True)
        else:
            why = f"上一次运行中断，原来的结果在隐藏文件夹 {old.name} 里；请移走 {target.name}，再运行就会放回原处"
            raise CannotWriteError(old, why)
    for unfinished in target.parent.glob(f".{target.name}.new-*"):
        shutil.rmtree(unfinished, ignore_errors=True)


def _carry_over(target: Path, aside: Path, reviewed: Callable[[Path], bool]) -> dict[str, str]:
    """Copy what the last run did not make, and what was reviewed since; give the reviewed files that were renamed."""
    made = _made_before(target)
    renamed: dict[str, str] = {}
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        kept = aside / name
        ours = name in made or kept.exists()
        if path.is_symlink():  # carried over as it is
            if not ours:
                kept.parent.mkdir(parents=True, exist_ok=True)
                kept.symlink_to(path.readlink(), target_is_directory=path.is_dir())
        elif path.is_dir():  # with nothing in it; what a folder holds is carried over by itself
            if not ours and not any(path.iterdir()):
                kept.mkdir(parents=True, exist_ok=True)
        elif not path.name.startswith(("~$", ".~lock")) and not is_lock(path.name):
            if ours:
                as_made = path.suffix.lower() != ".xlsx" or made.get(name) == digest(path.read_bytes())
                if as_made or not reviewed(path):
                    continue
                kept = _free_name(path, target, aside)
                renamed[name] = kept.relative_to(aside).as_posix()
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, kept)
    return renamed


def _free_name(path: Path, target: Path, aside: Path) -> Path:
    """A name for a reviewed file that neither the old nor the new outputs use: …（已复核）.xlsx, （已复核2）…"""
    folder = path.parent.relative_to(target)
    names = (folder / f"{path.stem}（已复核{number if number > 1 else ''}）{path.suffix}" for number in count(1))
    return next(aside / name for name in names if not (target / name).exists() and not (aside / name).exists())


def _made_before(target: Path) -> dict[str, str]:
    """What a readable record in the folder lists as its outputs, with their SHA-256 (blank: not recorded)."""
    try:
        listed = _record_of(target)["outputs"]
        return {RECORD: "", **{str(file["path"]): str(file.get("sha256", "")) for file in listed}}
    except (KeyError, TypeError, AttributeError):
        return {}


def _swap(target: Path, aside: Path) -> None:
    old = _moved_aside(target)
    aside.chmod(0o755)
    for folder in (*(path for path in aside.rglob("*") if path.is_dir() and not path.is_symlink()), aside):
        flush_folder(folder)
    if target.exists():
        target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    flush_folder(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def _moved_aside(target: Path) -> Path:
    """Where the old outputs stand between the two renames."""
    return target.with_name(f".{target.name}.old")


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Turns what the system refuses into CannotWriteError for a path."""
    try:
        yield
    except OSError as error:
        raise CannotWriteError(path, why_not(error)) from error
