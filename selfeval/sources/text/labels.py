"""Finding the labels of a form in the text of its table.

A label is a whole cell. White space may stand between any two of its characters, a colon after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Found:
    """A label in a text: its name and where it starts and ends (offsets)."""

    name: str
    start: int
    end: int


@cache
def _pattern(spelling: str) -> re.Pattern[str]:
    loose = {"：": "[:：]?", "（": "[（(]", "）": "[）)]"}
    body = r"[ \n]*".join(loose.get(char, re.escape(char)) for char in spelling)
    return re.compile(rf"(?:^|(?<=[\t\n])) *{body}(?:[ \n]*[:：])? *(?=[\t\n]|$)")


def find(text: str, name: str, spellings: Iterable[str], start: int = 0) -> Found | None:
    """The first label from ``start`` on that is spelt one of these ways; the earlier spelling wins at a tie."""
    return next(iter(find_all(text, name, spellings, start)), None)


def find_all(text: str, name: str, spellings: Iterable[str], start: int = 0) -> list[Found]:
    """Every label from ``start`` on that is spelt one of these ways, in order of place."""
    hits = [hit for spelling in spellings for hit in _pattern(spelling).finditer(text, start)]
    return [Found(name, hit.start(), hit.end()) for hit in sorted(hits, key=lambda hit: hit.start())]


def column(text: str, found: Found) -> int:
    """The column of a label: the tabs before it on its line."""
    return text.count("\t", text.rfind("\n", 0, found.start) + 1, found.start)
