"""Showing: a resolved rulebook line by line, and a fault with the line it points at."""

from __future__ import annotations

import re
from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.rulebook.text.nodes import Block, leaves

_CELL = re.compile(r"第(\d+)行第(\d+)列")


def resolved_lines(root: Block | None) -> tuple[tuple[str, str, str], ...]:
    """Every value of a resolved rulebook: its path, the value as written, and ``rules/2024.yaml:31``."""
    return tuple((path, value.text, str(value.mark.origin)) for path, value in leaves(root)) if root else ()


def as_text(root: Block | None) -> tuple[str, ...]:
    """The same as lines for a terminal: ``path: value  # file:line``."""
    return tuple(f"{path}: {value}  # {origin}" for path, value, origin in resolved_lines(root))


def point_at(problem: Problem, root: Path) -> tuple[str, ...]:
    """The line of the file that a problem points at, and a caret under the column; nothing when there is none.

    Full-width characters take two columns on a terminal, so the caret is padded with as many.
    """
    match = _CELL.fullmatch(problem.place.cell)
    if match is None:
        return ()
    line, column = map(int, match.groups())
    try:
        shown = (root / problem.place.file).read_text(encoding="utf-8-sig").split("\n")[line - 1].rstrip("\r")
    except (OSError, UnicodeDecodeError, IndexError):
        return ()
    pad = re.sub("[^\t\u3000]", " ", re.sub("[^\0-\u2e80]", "\u3000", shown[: column - 1]))
    return (f"{line:>5} | {shown}", f"      | {pad}^")
