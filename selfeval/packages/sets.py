"""Several files of one folder, and of the folders in it, as one step: all of them change, or none does.

No system replaces two files at once. So all are written aside first, and one rename says that they are ready; from then
on they are moved into place, by this run or, when it is killed, by the next one that writes in the folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from selfeval.packages.links import LinkError, inside, is_plain
from selfeval.packages.writing import HOLD, abandoned, flush_folder, holding, tidy, unfinished_name, write_through

READY = ".ready"
_NEW, _OLD, _GONE = "new", "old", "gone"


def write_set(folder: Path, files: Mapping[str, bytes], home: Path, gone: Iterable[str] = ()) -> None:
    """Write files by their names (``甲``, ``乙/丙``), and take away those ``gone``, below ``home``; folders are made.

    Raises OSError, leaving everything as it was.
    """
    for name in (HOLD, *files):
        inside(folder / name, home)
    new = _new_folders(folder, files)
    folder.mkdir(parents=True, exist_ok=True)
    tidy(folder)
    finish_sets(folder)
    aside = folder / unfinished_name()
    ready = aside.with_name(f"{aside.name}{READY}")
    try:
        aside.mkdir()
        with holding(aside / HOLD):
            _prepare(aside, folder, files, gone)
            aside.rename(ready)
            flush_folder(folder)
            _move(ready, folder, surely=True)
            ready.rename(aside)  # done: whatever is left of it is litter
    except BaseException:
        _put_back(ready, folder, files)
        for left in (aside, ready):
            shutil.rmtree(left, ignore_errors=True)
        for made in new:
            with suppress(OSError):
                made.rmdir()
        raise
    finally:
        for left in (aside, ready):
            shutil.rmtree(left, ignore_errors=True)


def _new_folders(folder: Path, files: Iterable[str]) -> list[Path]:
    """The folders that are not there yet, the inner ones first."""
    wanted = {folder / above for name in files for above in Path(name).parents} | {folder}
    return sorted((one for one in wanted if not one.exists()), key=lambda one: -len(one.parts))


def finish_sets(folder: Path) -> None:
    """Move into place what a killed run had ready; a file that somebody changed since stays as it is."""
    for ready in abandoned(folder):
        if ready.suffix == READY and ready.is_dir():
            _move(ready, folder, surely=False)
            shutil.rmtree(ready, ignore_errors=True)


def _prepare(aside: Path, folder: Path, files: Mapping[str, bytes], gone: Iterable[str]) -> None:
    leaving = [name for name in gone if is_plain(folder / name)]
    parts = {_NEW: files, _GONE: dict.fromkeys(leaving, b""), _OLD: dict[str, bytes]()}
    for name in (*files, *leaving):
        if (folder / name).is_symlink():
            raise LinkError(folder / name)
        if is_plain(folder / name):
            parts[_OLD][name] = (folder / name).read_bytes()  # type: ignore[index]  # its own dictionary
    for part, contents in parts.items():
        (aside / part).mkdir()
        for name, content in contents.items():
            (aside / part / name).parent.mkdir(parents=True, exist_ok=True)
            with (aside / part / name).open("xb") as file:
                write_through(file, content)
        for above in {(aside / part / name).parent for name in contents} | {aside / part}:
            flush_folder(above)
    flush_folder(aside)


def _move(ready: Path, folder: Path, *, surely: bool) -> None:
    old = ready / _OLD
    touched = {folder}
    for name, new in _listed(ready / _NEW).items():
        target = folder / name
        if surely or _same(target, old / name):
            target.parent.mkdir(parents=True, exist_ok=True)
            inside(target, folder)
            new.replace(target)
            touched.add(target.parent)
    for name in _listed(ready / _GONE):
        if surely or _same(folder / name, old / name):
            (folder / name).unlink(missing_ok=True)
    for changed in touched:
        flush_folder(changed)


def _put_back(ready: Path, folder: Path, files: Collection[str]) -> None:
    """Undo a set of which a part could not be moved."""
    if not ready.is_dir():
        return
    waiting, old = _listed(ready / _NEW), _listed(ready / _OLD)
    with suppress(OSError):
        for name in files:
            if name not in waiting and name not in old:
                (folder / name).unlink(missing_ok=True)
        for name, file in old.items():
            if name not in waiting:
                file.replace(folder / name)
        flush_folder(folder)


def _listed(folder: Path) -> dict[str, Path]:
    """The files in a folder of ours, by their names from there: what is a link, or lies behind one, is none of ours."""
    found = dict[str, Path]()
    for at, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not (Path(at) / name).is_symlink())
        files = (Path(at) / name for name in names)
        found |= {file.relative_to(folder).as_posix(): file for file in files if is_plain(file)}
    return {} if folder.is_symlink() else dict(sorted(found.items()))


def _same(one: Path, other: Path) -> bool:
    """Whether both hold the same, or neither is there."""
    if not one.exists() or not other.exists():
        return one.exists() == other.exists()
    return is_plain(one) and one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()
