"""What the catalogue says of one code."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """A code's short title, its message and its cure; ``{…}`` are facts of the case."""

    title: str
    message: str
    remedy: str


def entries(text: str) -> dict[str, Entry]:
    """Entries by code, from three lines each: code and title, then the message, then the cure."""
    lines = iter(text.strip().splitlines())
    heads = ((head.split(" ", 1), *texts) for head, *texts in zip(lines, lines, lines, strict=True))
    return {code: Entry(title, *map(str.strip, texts)) for (code, title), *texts in heads}
