"""A column of a sheet that is drawn by hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SheetColumn:
    """A column: its id, heading, and width in characters."""

    id: str
    heading: str
    width: float
