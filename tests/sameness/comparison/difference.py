"""One difference between an old and a new output, and many of them in a report grouped by what they have in common."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FORMULA_TEXT = "formula text"
NEW_KEY = "run.json new key"
ALLOWED = frozenset({FORMULA_TEXT, NEW_KEY})
"""Kinds that are listed and do not fail a comparison."""

_REFERENCE = re.compile(r"(?<![\w.])(\$?[A-Z]{1,3}\$?)\d+(?![\w(])")
_DIGITS = re.compile(r"\d+")
_LONGEST = 160


@dataclass(frozen=True)
class Difference:
    """``kind`` says what differs; ``place`` is the sheet or column, ``spot`` the cell, row or line. "" is nothing."""

    kind: str
    file: str
    place: str
    spot: str
    old: str
    new: str

    @property
    def shape(self) -> tuple[str, str, str, str]:
        """What differences of one cause have in common: digits are masked, in a formula those of references only."""
        return self.kind, self.place, _masked(self.kind, self.old), _masked(self.kind, self.new)


def _masked(kind: str, text: str) -> str:
    if kind == FORMULA_TEXT:
        return _REFERENCE.sub(r"\1#", text)
    return _DIGITS.sub("#", text)


def report(differences: Iterable[Difference], most: int, *, full: bool) -> Iterator[str]:
    """Lines: each kind with its count, then its shapes, the most frequent first, each with its first example.

    ``most`` shapes of a kind are shown; ``full`` shows texts uncut.
    """
    kinds: dict[str, dict[tuple[str, ...], list[Difference]]] = defaultdict(lambda: defaultdict(list))
    for one in differences:
        kinds[one.kind][one.shape].append(one)
    for kind, shapes in sorted(kinds.items(), key=lambda item: (item[0] in ALLOWED, item[0])):
        found = [one for several in shapes.values() for one in several]
        files = len({one.file for one in found})
        note = " (allowed)" if kind in ALLOWED else ""
        yield f"\n== {kind}{note}: {len(found)} in {files} files, {len(shapes)} shapes"
        ordered = sorted(shapes.values(), key=len, reverse=True)
        for several in ordered[:most]:
            first = several[0]
            old, new = (first.old, first.new) if full else _cut(first.old, first.new)
            where = " ".join(part for part in (first.place, first.spot) if part)
            yield f"  {len(several)} × {where}   e.g. {first.file}"
            yield f"      old {old!r}"
            yield f"      new {new!r}"
        if len(ordered) > most:
            yield f"  … and {len(ordered) - most} more shapes"


def _cut(old: str, new: str) -> tuple[str, str]:
    """Both texts from shortly before where they part, and not too long."""
    same = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = max(0, same - _LONGEST // 3) if max(len(old), len(new)) > _LONGEST else 0

    def part(text: str) -> str:
        shown = text[start : start + _LONGEST]
        return ("…" if start else "") + shown + ("…" if start + _LONGEST < len(text) else "")

    return part(old), part(new)
