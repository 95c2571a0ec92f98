"""Publish: put a whole set of outputs in place at once.

All is written into a folder aside, which then changes places with the old one (by two renames where the system cannot
do that in one step). A killed run leaves the old outputs or the new ones, never half a file: the next one puts back
what was left aside. Files that are not ours are carried over; a workbook of ours that a reviewer has filled in is kept
beside the new one under another name.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from itertools import count
from pathlib import Path
from typing import Any

from selfeval.packages.exchange import exchanged
from selfeval.packages.files import digest, is_lock
from selfeval.packages.links import LinkError, is_plain, real
from selfeval.packages.sets import finish_sets
from selfeval.packages.writing import MARK, flush_folder, write_through
from selfeval.runs.placing import CannotWriteError, only_writer, writing_to
from selfeval.runs.workspace import Workspace

RECORD = "run.json"
FORMAT = "selfeval.run.v2"  # v1, still read, lists no projects with their digests
FORMATS = ("selfeval.run.v1", FORMAT)
_MAX_RECORD = 32 * 1024 * 1024
"""Bytes of a record that is read; a longer one breaks off, and is none of ours."""
_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def publish(
    target: Path, home: Path, files: Iterable[tuple[str, bytes]], reviewed: Callable[[Path], bool] = lambda _path: False
) -> dict[str, str]:
    """Write files, by relative path, as the whole content of ``target``, and give the kept files, old path to new path.

    A link that leads out of ``home`` is not followed. A file of an earlier run that was changed since is kept where it
    holds a review (``reviewed``). Raises CannotWriteError, leaving the old outputs as they were (and when they are no
    results of ours), and BusyError.
    """
    with ExitStack() as held:
        held.enter_context(only_writer(target, home))
        for place in (target, _moved_aside(target)):
            with writing_to(place):
                _refuse_place(place)
        recover(target)
        with writing_to(target):
            if (target / RECORD).is_symlink():
                raise LinkError(target / RECORD)
            if target.is_dir():
                finish_sets(target)
            if _is_foreign(target):
                raise CannotWriteError(target, "文件夹里已有别的文件，请换一个空文件夹")
            aside = Path(tempfile.mkdtemp(prefix=_beginning(target), dir=target.parent))
        try:
            with writing_to(target):
                for name, content in files:
                    path = aside / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    with path.open("xb") as file:
                        write_through(file, content)
                kept = _carry_over(target, aside, reviewed)
                _swap(target, aside)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    return kept


def _refuse_place(folder: Path) -> None:
    """Raises OSError where something other than a folder stands in the place of one of ours."""
    if folder.is_symlink():
        raise LinkError(folder)
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))


def is_published(workspace: Workspace, folder: Path) -> bool:
    """Whether a folder lies in the workspace's outputs or holds results: only ``score`` of a year writes there."""
    outputs = real(workspace.root / "outputs")
    return real(folder).is_relative_to(outputs) or (folder / RECORD).exists()


def would_lose(workspace: Workspace, folder: Path, year: int, projects: int) -> bool:
    """Whether writing the results of a few projects into a folder would take those of more projects away."""
    counts = _record_of(folder).get("counts")
    covered = counts.get("projects") if isinstance(counts, dict) else None
    more = isinstance(covered, int) and covered > projects
    return more or real(folder) == real(workspace.outputs(year))


def _record_of(folder: Path) -> dict[str, Any]:
    """The record of the run whose results lie in the folder; empty when there is none of ours."""
    try:
        if not is_plain(folder / RECORD):
            return {}
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
    with suppress(OSError):
        for unfinished in [path for path in target.parent.iterdir() if path.name.startswith(_beginning(target))]:
            shutil.rmtree(unfinished, ignore_errors=True)  # which removes nothing through a link


def _carry_over(target: Path, aside: Path, reviewed: Callable[[Path], bool]) -> dict[str, str]:
    """Copy what the last run did not make, and what was reviewed since; give the reviewed files that were renamed."""
    made = _made_before(target)
    renamed: dict[str, str] = {}
    for path in _lying_in(target):
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
        else:
            if not is_plain(path):
                raise CannotWriteError(path, "不是文件，也不是文件夹，请移走")
            if ours:
                as_made = path.suffix.lower() != ".xlsx" or made.get(name) == digest(path.read_bytes())
                if as_made or not reviewed(path):
                    continue
                kept = _free_name(path, target, aside)
                renamed[name] = kept.relative_to(aside).as_posix()
            kept.parent.mkdir(parents=True, exist_ok=True)
            _copy(path, kept)
    return renamed


def _lying_in(target: Path) -> Iterator[Path]:
    """Everything below a folder but locks and what a killed run left unfinished."""
    for path in sorted(target.rglob("*")):
        below = path.relative_to(target).parts
        locks = path.is_file() and (path.name.startswith(("~$", ".~lock")) or is_lock(path.name))
        if not locks and not any(part.startswith(MARK) for part in below):
            yield path


def _copy(path: Path, kept: Path) -> None:
    """The same file, with its times, on the disk."""
    with path.open("rb") as old, kept.open("xb") as new:
        shutil.copyfileobj(old, new)
        write_through(new, b"")
    shutil.copystat(path, kept)


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
    """Put the new outputs in the place of the old, which go."""
    old = _moved_aside(target)
    aside.chmod(0o755)
    for folder in (*(path for path in aside.rglob("*") if path.is_dir() and not path.is_symlink()), aside):
        flush_folder(folder)
    if target.exists() and exchanged(target, aside):
        flush_folder(target.parent)
        return  # what stands aside now are the old ones
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


def _beginning(target: Path) -> str:
    """What the names of folders begin with in which outputs are made."""
    return f".{target.name}.new-"


def _moved_aside(target: Path) -> Path:
    """Where the old outputs stand between the two renames."""
    return target.with_name(f".{target.name}.old")
