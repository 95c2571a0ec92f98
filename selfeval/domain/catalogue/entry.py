"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A code's short title, its message and its cure; ``{…}`` are facts of the case."""

    title: str
    message: str
    remedy: str
