"""Inserting into a rule file: lines in their place, and every other line, comments too, left as it is."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.rulebook.text.nodes import Block, Items
from selfeval.rulebook.text.reading import parse

_STEP = 2
"""Spaces by which a level is set in."""


def insert_item(text: str, path: Sequence[str], item: Sequence[str]) -> str | None:
    """The file with a list item (its ``- `` and what follows, line by line) first in the list at a path.

    What of the path is missing is made. None where the file writes it on one line, in brackets or braces.
    """
    root = parse(text.encode(), "").root
    if root is None:
        return None
    node: Block | Items = root
    found: list[str] = []
    line = 0
    for key in path:
        inner = node.entries.get(key) if isinstance(node, Block) else None
        if inner is None or not isinstance(inner, Block | Items):
            break
        assert isinstance(node, Block)
        line, node = node.keys[key].line, inner
        found.append(key)
    missing = path[len(found) :]
    if isinstance(node, Items):
        at, column = (node.items[0].mark.line, _dash(text, node.items[0].mark.line)) if node.items else (0, None)
    else:
        first = min(node.keys.values(), key=lambda mark: mark.line, default=None)
        at, column = (0, None) if first is None else (first.line, first.column - 1)
        if missing and missing[0] in node.entries:
            return None  # a key with nothing, or a single value, behind it
    if column is None or at <= line:
        return None
    lines = text.replace("\r\n", "\n").split("\n")
    made = [f"{' ' * (column + _STEP * depth)}{key}:" for depth, key in enumerate(missing)]
    inner_column = column + _STEP * len(missing)
    made += [f"{' ' * inner_column}{one}" for one in item]
    if not found:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += ["", *made, ""]
    else:
        lines[at - 1 : at - 1] = made
    return ("\r\n" if "\r\n" in text else "\n").join(lines)


def _dash(text: str, line: int) -> int | None:
    """The column of the dash with which a line begins; None when it begins otherwise."""
    written = text.split("\n")[line - 1]
    bare = written.lstrip(" ")
    return len(written) - len(bare) if bare.startswith("- ") else None
