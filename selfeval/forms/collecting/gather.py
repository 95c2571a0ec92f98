"""What came back: every file of a folder or an archive that may be a form, by its content."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.forms.reading.folder import readable
from selfeval.packages.archive import is_archive, unpack

_PACKED = (".rar", ".7z", ".tar", ".gz", ".zip")
_SHEETS = (".xlsx", ".xls", ".xlsm", ".et", ".csv")


@dataclass(frozen=True)
class Received:
    """One file: its name as the analyst knows it, from the folder given, and where its bytes are."""

    shown: str
    path: Path


def gather(source: Path, aside: Path) -> tuple[list[Received], list[Problem]]:
    """Every file that may be a form below ``source``, a folder, an archive or a single workbook, sorted by name.

    Archives are opened into ``aside``. Hidden files and locks are passed over; links are not followed.
    """
    found: list[Received] = []
    problems: list[Problem] = []
    for path, shown in _files(source, problems):
        if is_archive(path):
            unpacked = unpack(path, shown, aside)
            problems += [problem("E324", Place(file=readable(name)), reason=why) for name, why in unpacked.refused]
            found += [Received(readable(name), one) for name, one in unpacked.files]
        else:
            found.append(Received(shown, path))
    kept = []
    for one in found:
        suffix = Path(one.shown).suffix.lower()
        if suffix in _PACKED:
            problems.append(problem("E324", Place(file=one.shown), reason="不是 .zip 压缩包，或者已损坏"))
        elif suffix in _SHEETS:
            kept.append(one)
        else:
            problems.append(problem("W301", Place(file=one.shown), name=Path(one.shown).name))
    return sorted(kept, key=lambda one: one.shown), problems


def _files(source: Path, problems: list[Problem]) -> list[tuple[Path, str]]:
    if source.is_file():
        return [(source, readable(source.name))]
    found: list[tuple[Path, str]] = []
    for here, folders, files in os.walk(source):
        base = Path(here)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not (base / name).is_symlink())
        for name in sorted(files):
            path = base / name
            shown = readable(f"{source.name}/{path.relative_to(source).as_posix()}")
            if name.startswith((".", "~$")):
                continue
            if path.is_symlink():
                problems.append(problem("E313", Place(file=shown), name=readable(name)))
            else:
                found.append((path, shown))
    return found
