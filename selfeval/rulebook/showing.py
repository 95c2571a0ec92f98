"""Showing: a resolved rulebook line by line, and a fault with the line it points at."""

from __future__ import annotations

import re
from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.rulebook.inheritance import Resolved
from selfeval.rulebook.text.nodes import leaves

_CELL = re.compile(r"第(\d+)行第(\d+)列")


def resolved_lines(resolved: Resolved) -> tuple[tuple[str, str, str], ...]:
    """Every value of a resolved rulebook: its path, the value as written, and ``rules/2024.yaml:31``."""
    if resolved.root is None:
        return ()
    return tuple((path, one.text, str(one.mark.origin)) for path, one in leaves(resolved.root))


def as_text(resolved: Resolved) -> tuple[str, ...]:
    """The same as lines for a terminal: ``path: value  # file:line``."""
    return tuple(f"{path}: {value}  # {origin}" for path, value, origin in resolved_lines(resolved))


def point_at(problem: Problem, root: Path) -> tuple[str, ...]:
    """The line of the file that a problem points at, and a caret under the column; nothing when there is none.

    Full-width characters take two columns on a terminal, so the caret is padded with as many.
    """
    match = _CELL.fullmatch(problem.place.cell)
    if match is None:
        return ()
    line, column = int(match[1]), int(match[2])
    try:
        lines = (root / problem.place.file).read_text(encoding="utf-8-sig").split("\n")
        shown = lines[line - 1].rstrip("\r")
    except (OSError, UnicodeDecodeError, IndexError):
        return ()
    before = shown[: column - 1]
    pad = "".join("\t" if c == "\t" else "\u3000" if ord(c) > 0x2E80 else " " for c in before)  # noqa: PLR2004 - CJK from here
    return (f"{line:>5} | {shown}", f"      | {pad}^")
