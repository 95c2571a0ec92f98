"""Where one project's part of a document ends and the next one's begins: by headings (…绩效目标表), or by labels."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selfeval.sources.layout import squeeze, tidy

_HEADING = re.compile(r"(?:(\d{1,3})[.、．])?(.+)绩效目标表")
_NUMBERED = re.compile(r"\d{1,3}(?:$|[.、])")
_NEXT_ITEM = re.compile(r"\d{1,3}[.、]")
_NOT_IN_HEADING = re.compile("[，。；\t]")
_UNIT = re.compile(r"\d{6}\D.*")
_MONEY = re.compile("[（(]?(?:金额)?单位[:：]")
_HEADING_LINES = 8
"""A heading may be broken over this many lines."""
_UNIT_LINES = 8
"""The code of a project stands this near below the line that names its unit."""


@dataclass(frozen=True)
class Part:
    """One project's part: the line (from 0) of its heading, those of its body, and its number, if it has these."""

    heading_at: int
    first: int
    last: int
    seq: int | None
    heading: str


def cut(lines: Sequence[str], code: Callable[[int], bool], rows: Callable[[int], bool]) -> list[Part]:
    """The parts of a document of lines. ``code``, ``rows``: whether that label of a table starts on a line."""
    parts: list[Part] = []  # each as if it were the last
    seen_code = seen_rows = False
    for i, line in enumerate(lines):
        if parts and i < parts[-1].first:
            continue
        started = _heading(lines, i)
        if not started:
            near = range(i, min(len(lines), i + _UNIT_LINES))
            new_unit = (seen_rows or not parts) and _names_unit(line) and any(map(code, near))
            if (code(i) and (seen_code or not parts)) or new_unit:
                above = _lines_above(lines, i, parts[-1].heading_at + 1 if parts else 0)
                started = Part(above, above, len(lines), None, "")
        if started:
            parts.append(started)
            seen_code = seen_rows = False
        if not (started and started.heading):
            seen_code |= code(i)
            seen_rows |= rows(i)
    return [replace(part, last=after.heading_at) for part, after in pairwise(parts)] + parts[-1:]


def _names_unit(line: str) -> bool:
    """Whether a line is one such as 324001 承德市司法局本级."""
    return "\t" not in line.strip() and _UNIT.fullmatch(squeeze(line)) is not None


def _lines_above(lines: Sequence[str], i: int, lowest: int) -> int:
    """Where the lines directly above a table begin that name its unit and its unit of money."""
    first = i
    while i > lowest and (not lines[i - 1].strip() or _names_unit(lines[i - 1]) or _MONEY.match(squeeze(lines[i - 1]))):
        i -= 1
        first = i if lines[i].strip() else first
    return first


def _heading(lines: Sequence[str], i: int) -> Part | None:
    """The part under the heading that starts at line ``i``, to the end; None when none starts there."""
    text, used = "", 0
    for j in range(i, min(len(lines), i + 2 * _HEADING_LINES)):
        line = lines[j].strip()
        if not line and used:
            continue
        next_item = re.search(r"\D", squeeze(text)) and _NEXT_ITEM.match(squeeze(line))
        if not line or _NOT_IN_HEADING.search(line) or next_item:
            return None
        text, used = f"{text}\n{line}", used + 1
        whole = _HEADING.fullmatch(squeeze(text))
        if whole:
            named = _HEADING.fullmatch(tidy(text)) or whole
            return Part(i, j + 1, len(lines), int(whole[1]) if whole[1] else None, named[2])
        if used == _HEADING_LINES or not _NUMBERED.match(squeeze(text)):
            return None
    return None
