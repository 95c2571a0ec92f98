"""Putting a form in its place: what stood there goes into a dated history first, byte by byte."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from selfeval.forms.reading.folder import HISTORY
from selfeval.packages.files import digest
from selfeval.packages.writing import write_whole

ORIGINALS = ".原件"
"""The hidden folder that keeps files which came as .xls, as they came."""

RECEIVED = ".已收"
"""The hidden folder that remembers, for each form in place, the hashes of the files that were taken for it."""


def known(home: Path, file: Path) -> bool:
    """Whether this very file was taken for the form at ``home`` before."""
    return digest(file.read_bytes()) in _hashes(_record(home))


def remember(home: Path, files: Iterable[Path], root: Path) -> None:
    """Note that these files were taken for the form at ``home``, below the workspace ``root``. Raises OSError."""
    record = _record(home)
    old = _hashes(record)
    new = old | {digest(file.read_bytes()) for file in files}
    if new != old:
        write_whole(record, "".join(f"{line}\n" for line in sorted(new)).encode(), root)


def _record(home: Path) -> Path:
    return home.parent / RECEIVED / f"{home.stem}.sha256"


def _hashes(record: Path) -> set[str]:
    return set(record.read_text(encoding="ascii", errors="replace").split()) if record.is_file() else set()


def keep(path: Path, root: Path, day: date | None, beside: Path | None = None) -> Path:
    """A copy of the file at ``path`` in the history, named after the day, or numbered when there is none.

    The history is the one ``beside`` that form, or beside the file itself, below the workspace ``root``.
    """
    data, number = path.read_bytes(), 0
    while True:
        number += 1
        again = "" if number == 1 else f" 之{number}"
        label = f"第{number}版" if day is None else f"{day:%Y-%m-%d}{again}"
        copy = (beside or path).parent / HISTORY / f"{path.stem}（{label}）{path.suffix}"
        if not copy.exists():
            write_whole(copy, data, root)
        elif copy.read_bytes() != data:
            continue
        return copy
