"""Putting a form in its place: what stood there goes into a dated history first, byte by byte."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from selfeval.domain.filenames import cut_to_bytes
from selfeval.forms.reading.folder import HISTORY
from selfeval.packages.files import Unreadable, holds, read_bytes
from selfeval.packages.made import made_in, remember_made
from selfeval.packages.writing import move_whole, write_whole

ORIGINALS = ".原件"
"""The hidden folder that keeps files which came as .xls or .ods, as they came."""

_LONGEST = 255
"""Bytes of a file's name."""

RECEIVED = ".已收"
"""The hidden folder that remembers, for each form in place, the hashes of the files that were taken for it."""


def known(home: Path, proof: str) -> bool:
    """Whether the file with this digest was taken for the form at ``home`` before."""
    return proof in made_in(*_record(home))


def remember(home: Path, proofs: Iterable[str], root: Path) -> None:
    """Note that the files with these digests were taken for the form at ``home``, below the workspace ``root``.

    Raises OSError.
    """
    folder, name = _record(home)
    remember_made(folder, proofs, root, name)


def wait_for(home: Path, proofs: Iterable[str], root: Path) -> None:
    """Note that different files with these digests came for the form at ``home`` and none was taken. Raises OSError."""
    remember_made(home.parent / RECEIVED, proofs, root, f"{home.stem}{_OPEN}")


def waiting(home: Path) -> int:
    """How many different files came for the form at ``home`` of which none was taken."""
    return len(made_in(home.parent / RECEIVED, f"{home.stem}{_OPEN}"))


_OPEN = ".待确认.sha256"


def _record(home: Path) -> tuple[Path, str]:
    return home.parent / RECEIVED, f"{home.stem}.sha256"


def keep(path: Path, root: Path, day: date | None, beside: Path | None = None) -> Path:
    """A copy of the file at ``path`` in the history, named after the day, or numbered when there is none.

    The history is the one ``beside`` that form, or beside the file itself, below the workspace ``root``. A file that
    is too large to be read goes there itself.
    """
    data, number = read_bytes(path), 0
    while True:
        number += 1
        again = "" if number == 1 else f" 之{number}"
        label = f"第{number}版" if day is None else f"{day:%Y-%m-%d}{again}"
        ending = f"（{label}）{path.suffix}"
        name = cut_to_bytes(path.stem, _LONGEST - len(os.fsencode(ending))) + ending
        copy = (beside or path).parent / HISTORY / name
        if os.path.lexists(copy):
            if isinstance(data, Unreadable) or not holds(copy, data):
                continue
        elif isinstance(data, Unreadable):
            move_whole(path, copy, root)
        else:
            write_whole(copy, data, root)
        return copy
