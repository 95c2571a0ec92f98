"""Publish: put a whole set of outputs in place at once.

All is written into a folder aside, which then changes places with the old one (by two renames where the system cannot
do that in one step). A killed run leaves the old outputs or the new ones, never half a file: the next one puts back
what was left aside. Files that are not ours are carried over; a file of ours that somebody has filled in or changed is
kept beside the new one under another name.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count, groupby
from pathlib import Path
from typing import Any, NamedTuple

from selfeval.packages.clutter import SYSTEM_FILES
from selfeval.packages.exchange import exchanged
from selfeval.packages.files import digest, is_lock
from selfeval.packages.links import LinkError, is_plain, real
from selfeval.packages.sets import finish_sets
from selfeval.packages.writing import flush_files, flush_folder, unfinished_name
from selfeval.runs.carrying import CarryingOver
from selfeval.runs.placing import CannotWriteError, only_writer, writing_to
from selfeval.runs.workspace import Workspace

RECORD = "run.json"
FORMAT = "selfeval.run.v2"  # v1, still read, lists no projects with their digests
FORMATS = ("selfeval.run.v1", FORMAT)
_MAX_RECORD = 256 * 1024 * 1024
"""Bytes of a record that is read; a longer one breaks off, and is none of ours."""


Content = bytes | Callable[[Path], None]
"""What a file holds, or what puts the file itself in a place."""


class Watching:
    """Told what becomes of files while they are published."""

    def wrote(self, name: str, state: os.stat_result) -> None:
        """A file was written, where nobody else sees it yet."""

    def touched(self, name: str) -> None:
        """Somebody has written into a file that was taken over: it stands there with what he wrote."""


UNWATCHED = Watching()


def publish(
    target: Path,
    home: Path,
    files: Iterable[tuple[str, Content]],
    reviewed: Callable[[Path], bool] = lambda _path: False,
    watching: Watching = UNWATCHED,
) -> dict[str, str]:
    """Write files, by relative path, as the whole content of ``target``, and give the kept files, old path to new path.

    A long file comes in pieces, one after another under the same path. ``watching`` is told what becomes of them. What
    a stopped run had written by then stays aside (``left_aside``) for the next one, which takes it away at its end. A
    link that leads out of ``home`` is not followed. A file of an earlier run that was changed since is kept, under a
    name that says whether it holds a review (``reviewed``). Raises CannotWriteError, leaving the old outputs as they
    were (and when they are no results of ours), and BusyError.
    """
    with ExitStack() as held:
        held.enter_context(only_writer(target, home))
        for place in (target, _moved_aside(target)):
            with writing_to(place):
                _refuse_place(place)
        recovered = recover(target, reviewed)
        with writing_to(target):
            if (target / RECORD).is_symlink():
                raise LinkError(target / RECORD)
            if target.is_dir():
                finish_sets(target)
            if _is_foreign(target):
                raise CannotWriteError(target, "文件夹里已有其他文件，请换一个空文件夹")
            left = left_aside(target)
            aside = Path(tempfile.mkdtemp(prefix=_beginning(target), dir=target.parent))
        since = aside.stat().st_mtime_ns
        with _removed([*left, aside]):
            with writing_to(target):
                written = list[Path]()
                for (name, _), pieces in groupby(files, lambda file: (file[0], callable(file[1]))):
                    if _put(aside / name, name, (piece for _, piece in pieces), watching):
                        written.append(aside / name)
                flush_files(written)
                carrying = CarryingOver(made_before(target), reviewed, since, watching.touched)
                carrying.over(target, aside)
                old = _swap(target, aside)
            if old is not None:
                _look_again(carrying, old, target)
    return {**recovered, **carrying.renamed}


@contextmanager
def _removed(folders: Iterable[Path]) -> Iterator[None]:
    """Folders that are removed at the end, whatever it is; one that somebody orders leaves all to the next run."""
    try:
        yield
    except KeyboardInterrupt:
        folders = ()
        raise
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)  # which removes nothing through a link


def _put(path: Path, name: str, pieces: Iterator[Content], watching: Watching) -> bool:
    """Put a file where it is made, aside; whether it was written, and not taken over."""
    path.parent.mkdir(parents=True, exist_ok=True)
    first = next(pieces)
    if callable(first):
        first(path)
        return False
    with path.open("xb") as file:
        file.write(first)
        for piece in pieces:
            assert isinstance(piece, bytes)
            file.write(piece)
        file.flush()
        watching.wrote(name, os.fstat(file.fileno()))
    return True


def _look_again(carrying: CarryingOver, old: Path, target: Path) -> None:
    """Carry over what somebody saved among the old outputs while they were replaced; if that fails, they stay."""
    try:
        carrying.over(old, target)
    except (OSError, UnicodeEncodeError, CannotWriteError) as error:
        names = (target.with_name(f"{target.name}.旧{number}") for number in count(1))
        kept = next(name for name in names if not os.path.lexists(name))
        old.rename(kept)
        _part(kept)
        why = "新的结果已写出；替换时有人改动了原来的文件，未能转入新的结果，原来的整套保留在这里"
        raise CannotWriteError(kept, why) from error
    shutil.rmtree(old, ignore_errors=True)


def _part(kept: Path) -> None:
    """Make files of their own of what a folder shares with the new outputs, so that nobody writes into both."""
    with suppress(OSError):
        for path in kept.rglob("*"):
            if is_plain(path) and path.stat().st_nlink > 1:
                aside = path.with_name(unfinished_name())
                shutil.copy2(path, aside)
                aside.replace(path)


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


class Results(NamedTuple):
    """What the results in a folder were made of: SHA-256 of every rule file, and of what each project reported.

    The department's own part is one of ``projects``.
    """

    rules: tuple[str, ...]
    projects: dict[str, str]


def made_from(folder: Path) -> Results | None:
    """What the results in a folder were made of; None when there are none of ours, or they do not say it (v1)."""
    record = _record_of(folder)
    rules, projects = record.get("rules"), record.get("projects")
    if not isinstance(rules, list) or not isinstance(projects, list):
        return None
    try:
        evaluated = [*projects, *filter(None, [record.get("department")])]
        digests = {str(one["project"]): str(one["scored_from"]) for one in evaluated}
        return Results(tuple(str(file["sha256"]) for file in rules), digests)
    except (KeyError, TypeError):
        return None


def _is_foreign(folder: Path) -> bool:
    """Whether a folder holds files, but not the results of a run: nothing in it is ours to replace."""
    if not folder.is_dir() or _record_of(folder):
        return False
    return any(path.name.lower() not in SYSTEM_FILES and not is_lock(path.name) for path in folder.iterdir())


def recover(target: Path, reviewed: Callable[[Path], bool] = lambda _path: False) -> dict[str, str]:
    """Put right what a killed run left: outputs moved aside, unfinished ones. Raises CannotWriteError if it cannot.

    What was saved among the old outputs just before they were replaced is carried over first: the kept files, old path
    to new path.
    """
    renamed: dict[str, str] = {}
    old = _moved_aside(target)
    if old.exists():
        if not target.exists():
            with writing_to(target):
                old.rename(target)
        elif (target / RECORD).is_file():
            _look_again(CarryingOver(made_before(old), reviewed, renamed=renamed), old, target)
        else:
            why = f"上一次运行中断，原来的结果在隐藏文件夹{old.name}里；请移走{target.name}，再运行就会放回原处"
            raise CannotWriteError(old, why)
    with suppress(OSError):
        for unfinished in left_aside(target):
            if _record_of(unfinished) and _is_older(unfinished, target):
                _look_again(CarryingOver(made_before(unfinished), reviewed, renamed=renamed), unfinished, target)
    return renamed


def left_aside(target: Path) -> list[Path]:
    """The folders in which outputs were being made by runs that did not come to their end, or by the one that asks."""
    with suppress(OSError):
        beginning = _beginning(target)
        return [path for path in target.parent.iterdir() if path.name.startswith(beginning) and not path.is_symlink()]
    return []


def _is_older(folder: Path, target: Path) -> bool:
    """Whether outputs that stand aside are those that were replaced, and not new ones that never came into place."""
    try:
        return (folder / RECORD).stat().st_mtime_ns <= (target / RECORD).stat().st_mtime_ns
    except OSError:
        return False


def made_before(target: Path) -> dict[str, str]:
    """What a readable record in the folder lists as its outputs, with their SHA-256 (blank: not recorded)."""
    try:
        listed = _record_of(target)["outputs"]
        return {
            RECORD: digest((target / RECORD).read_bytes()),
            **{str(file["path"]): str(file.get("sha256", "")) for file in listed},
        }
    except (KeyError, TypeError, AttributeError, OSError):
        return {}


def _swap(target: Path, aside: Path) -> Path | None:
    """Put the new outputs in the place of the old; where those are now."""
    old = _moved_aside(target)
    aside.chmod(0o755)
    for folder, _, _ in os.walk(aside, topdown=False):
        flush_folder(Path(folder))
    if target.exists() and exchanged(target, aside):
        flush_folder(target.parent)
        return aside  # what stands aside now are the old ones
    if target.exists():
        target.rename(old)
    try:
        aside.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    flush_folder(target.parent)
    return old if old.exists() else None


def _beginning(target: Path) -> str:
    """What the names of folders begin with in which outputs are made."""
    return f".{target.name}.new-"


def _moved_aside(target: Path) -> Path:
    """Where the old outputs stand between the two renames."""
    return target.with_name(f".{target.name}.old")
