"""Cutting lines into parts, one a project: where the heading of each begins, the lines above it, its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from selfeval.sources.codes import OF_UNIT
from selfeval.sources.form.pieces import is_line
from selfeval.sources.form.titles import TITLE, is_title
from selfeval.sources.layout import squeeze, tidy

_NUMBERED = re.compile(r"\d{1,3}(?:$|[.、])")
_NEXT_ITEM = re.compile(r"\d{1,3}[.、]")
_NOT_IN_HEADING = re.compile("[，。；\t]")
_UNIT = re.compile(rf"{OF_UNIT}\D.*")
_HEADING_LINES = 8  # a heading may be broken over this many lines
_UNIT_LINES = 8  # the code of a project stands this near below the line that names its unit


@dataclass(frozen=True)
class Part:
    """One project's part: where the lines above it begin (from 0), its heading and its number, if it has these.

    ``first`` and ``last`` bound its body: what follows the heading.
    """

    heading_at: int
    first: int
    last: int
    seq: int | None
    heading: str
    title: str = ""
    """The heading as printed."""


def cut(lines: Sequence[str], code: Callable[[int], bool], rows: Callable[[int], bool]) -> list[Part]:
    """The parts of a document of lines. ``code``, ``rows``: whether that label of a table starts on a line."""
    parts: list[Part] = []  # each as if it were the last
    seen_code = seen_rows = False
    for i, line in enumerate(lines):
        if parts and i < parts[-1].first:
            continue
        lowest = parts[-1].heading_at + 1 if parts else 0
        started = _heading(lines, i)
        if started:
            started = replace(started, heading_at=_lines_above(lines, i, lowest))
        else:
            near = range(i, min(len(lines), i + _UNIT_LINES))
            new_unit = (seen_rows or not parts) and _names_unit(line) and any(map(code, near))
            if (code(i) and (seen_code or not parts)) or new_unit:
                above = _lines_above(lines, i, lowest)
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
    """Where the lines directly above a table begin that name its unit, its unit of money, the year."""
    first = i
    while i > lowest and (not lines[i - 1].strip() or stands_above(lines[i - 1])):
        i -= 1
        first = i if lines[i].strip() else first
    return first


def stands_above(line: str) -> bool:
    """Whether a line stands above a table and is no title of another."""
    bare = line.strip()
    return "\t" not in bare and not is_title(bare) and (_names_unit(bare) or is_line(bare))


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
        whole = TITLE.fullmatch(squeeze(text))
        if whole:
            named = TITLE.fullmatch(tidy(text)) or whole
            return Part(i, j + 1, len(lines), int(whole[1]) if whole[1] else None, named[2], tidy(text))
        if used == _HEADING_LINES or not _NUMBERED.match(squeeze(text)):
            return None
    return None
