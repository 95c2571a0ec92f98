"""Putting a form in its place: what stood there goes into a dated history first, byte by byte."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

HISTORY = ".旧版"
"""The hidden folder beside the forms of a unit that keeps every version that was replaced."""

ORIGINALS = ".原件"
"""The hidden folder that keeps files which came as .xls, as they came."""


def keep(path: Path, day: date | None) -> Path:
    """A copy of the file at ``path`` in the history, named after the day, or numbered when there is none."""
    data = path.read_bytes()
    folder = path.parent / HISTORY
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


def write_whole(path: Path, data: bytes) -> None:
    """Write aside and move into place, so that a file is whole or untouched. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    beside.write_bytes(data)
    os.replace(beside, path)  # noqa: PTH105 - the rename that is atomic on every system
