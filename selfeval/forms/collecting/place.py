"""Putting a form in its place: what stood there goes into a dated history first, byte by byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from selfeval.packages.files import write_whole

HISTORY = ".旧版"
"""The hidden folder beside the forms of a unit that keeps every version that was replaced."""

ORIGINALS = ".原件"
"""The hidden folder that keeps files which came as .xls, as they came."""


RECEIVED = ".已收"
"""The hidden folder that remembers, for each form in place, the hashes of the files that were taken for it."""


def known(home: Path, file: Path) -> bool:
    """Whether this very file was taken for the form at ``home`` before."""
    return _hash(file) in _hashes(home)


def remember(home: Path, files: Iterable[Path]) -> None:
    """Note that these files were taken for the form at ``home``. Raises OSError."""
    old = _hashes(home)
    new = old | {_hash(one) for one in files}
    if new != old:
        write_whole(_record(home), "".join(f"{one}\n" for one in sorted(new)).encode())


def _hashes(home: Path) -> set[str]:
    record = _record(home)
    return set(record.read_text(encoding="ascii", errors="replace").split()) if record.is_file() else set()


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _record(home: Path) -> Path:
    return home.parent / RECEIVED / f"{home.stem}.sha256"


def keep(path: Path, day: date | None, beside: Path | None = None) -> Path:
    """A copy of the file at ``path`` in the history, named after the day, or numbered when there is none.

    The history is the one ``beside`` that form, or beside the file itself.
    """
    data = path.read_bytes()
    folder = (beside or path).parent / HISTORY
    number = 1
    while True:
        if day is not None:
            label = f"{day:%Y-%m-%d}" if number == 1 else f"{day:%Y-%m-%d} 之{number}"
        else:
            label = f"第{number}版"
        copy = folder / f"{path.stem}（{label}）{path.suffix}"
        if not copy.exists():
            write_whole(copy, data)
            return copy
        if copy.read_bytes() == data:
            return copy
        number += 1
