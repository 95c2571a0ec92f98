"""The lines of a text without the marks of its pages.

Line numbers survive: ``normalise`` never adds or removes a line, so a message can point into the source text.
"""

from __future__ import annotations

import re

from selfeval.sources.layout import squeeze, unified

_FORM_FEED = re.compile("\f+")
_PAGE_NUMBER = re.compile(
    r"[-—–·]+(\d{1,4})[-—–·]+|第(\d{1,4})页(?:[,，/]?共\d{1,4}页)?|(\d{1,4})/\d{1,4}|([1-9]\d{0,2})"
)
_RUN = 4
"""Bare numbers in a row, each one more than the last, that are surely page numbers."""


def normalise(text: str) -> str:
    """The text with its characters ``unified``, form feeds gone, and lines that hold only a page number blank.

    Tabs stay: they separate the cells of tables.
    """
    lines = _FORM_FEED.sub("\f", unified(text)).split("\n")
    for i in _page_numbers(lines):
        lines[i] = ""
    return "\n".join(lines).replace("\f", "")


def _page_numbers(lines: list[str]) -> list[int]:
    """The lines that hold a page number and nothing else.

    A bare number counts only at a page break, between blank lines, or in a run of page numbers: it may also be a
    piece of a cell that was broken over lines.
    """
    hits = [
        (i, hit)
        for i, line in enumerate(lines)
        if line.strip() and "\t" not in line.strip() and (hit := _PAGE_NUMBER.fullmatch(squeeze(line)))
    ]
    numbers = [int(hit[hit.lastindex or 0]) for _, hit in hits]
    found = []
    spaced = _evenly_spaced(lines)
    for place, (i, hit) in enumerate(hits):
        before, after = lines[i - 1] if i else "", lines[i + 1] if i + 1 < len(lines) else ""
        apart = not spaced and not before.strip() and not after.strip()
        at_break = "\f" in lines[i] or after.startswith("\f")
        in_sequence = any(
            numbers[first : first + _RUN] == list(range(numbers[first], numbers[first] + _RUN))
            for first in range(max(0, place - _RUN + 1), place + 1)
        )
        if hit[4] is None or apart or at_break or in_sequence:
            found.append(i)
    return found


def _evenly_spaced(lines: list[str]) -> bool:
    """Whether a blank line follows nearly every row of the tables, so that one means nothing."""
    rows = [i for i, line in enumerate(lines[:-1]) if "\t" in line]
    return sum(not lines[i + 1].strip() for i in rows) > len(rows) / 2
