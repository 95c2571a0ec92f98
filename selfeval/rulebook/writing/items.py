"""Items of a rule file: one put into a list, or in the place of the one with its name; all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Sequence

import yaml

from selfeval.rulebook.text.nodes import IDENTITIES
from selfeval.rulebook.text.reading import parse

_STEP = 2
"""Spaces by which a level is set in."""
_BLANK = frozenset({"", "~", "null"})


def with_item(data: bytes, path: Sequence[str], item: Sequence[str], *, name: str = "", head: str = "") -> bytes | None:
    """The bytes of a rule file with an item last in the list at ``path``, written the way the list is.

    ``item`` are its ``key: value``, each fit to stand in braces too. Of the items called ``name`` the first is
    replaced. What of the path is missing is made, below the line ``head`` at the end of the file. None where something
    else than a list or its parents stands there, or the file cannot be read.
    """
    if parse(data, "").root is None:
        return None
    text = data.decode("utf-8-sig")
    made = _changed(text, path, item, name, head)
    if made is None:
        return None
    newline = "\r\n" if "\r\n" in text else "\n"
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    written = mark + made.replace("\r\n", "\n").replace("\n", newline).encode()
    return None if parse(written, "").root is None else written


def _changed(text: str, path: Sequence[str], item: Sequence[str], name: str, head: str) -> str | None:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert root is not None
    node = root
    keys = list(path)
    column = 0  # of what would stand below the last key found
    while keys and isinstance(node, yaml.MappingNode) and keys[0] in (found := _entries(node)):
        column, node = node.start_mark.column + _STEP, found[keys.pop(0)]
    start, end = node.start_mark.index, _end(node, text)
    if isinstance(node, yaml.SequenceNode) and not keys:
        old = next((one for one in node.value if name and name in _names(one)), None)
        if old is not None and node.flow_style:
            return text[: old.start_mark.index] + _in_braces(keys, item) + text[old.end_mark.index :]
        if old is not None:
            dash, line = text.rindex("-", 0, old.start_mark.index), _line_end(text, _end(old, text))
            return text[:dash] + in_lines(keys, item, node.start_mark.column).lstrip() + text[line:]
    if (isinstance(node, yaml.ScalarNode) and node.value in _BLANK) or (not node.value and node is not root):
        text, end = text[:start].rstrip(" ") + text[end:], len(text[:start].rstrip(" "))
        return _below(text, end, in_lines(keys, item, column))
    if not isinstance(node, yaml.MappingNode if keys else yaml.SequenceNode):
        return None
    if node.flow_style:
        last = node.value[-1][1] if keys else node.value[-1]
        end = last.end_mark.index
        return f"{text[:end]}, {_in_braces(keys, item)}{text[end:]}"
    lines = in_lines(keys, item, node.start_mark.column)
    if node is not root:
        return _below(text, end, lines)
    end = node.end_mark.index
    apart = "\n" if text[:end].endswith("\n") else "\n\n"
    return "".join([text[:end], apart, *([head, "\n"] if head else []), lines, text[end:]])


def _entries(node: yaml.MappingNode) -> dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value}


def _names(node: yaml.Node) -> set[str]:
    """What an item of a list is called."""
    entries = _entries(node) if isinstance(node, yaml.MappingNode) else {}
    return {entries[key].value for key in IDENTITIES if key in entries}


def _end(node: yaml.Node, text: str) -> int:
    """Where the last character of a node stands: comments and blank lines below a block are none of it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = int(node.end_mark.index)
    return len(text[:end].rstrip()) if end > node.start_mark.index else end


def _line_end(text: str, at: int) -> int:
    """Where the next line begins."""
    return text.find("\n", at) + 1 or len(text)


def _below(text: str, at: int, lines: str) -> str:
    end = _line_end(text, at)
    return text[:end] + ("" if text[:end].endswith("\n") else "\n") + lines + text[end:]


def in_lines(keys: Sequence[str], item: Sequence[str], column: int) -> str:
    """The item below the keys that lead to it, each on its line, ``column`` spaces in."""
    made = [f"{' ' * (column + _STEP * depth)}{key}:\n" for depth, key in enumerate(keys)]
    inner = " " * (column + _STEP * len(keys))
    return "".join([*made, *(f"{inner}{'  ' if i else '- '}{line}\n" for i, line in enumerate(item))])


def _in_braces(keys: Sequence[str], item: Sequence[str]) -> str:
    """The same on one line, to stand between brackets or braces."""
    made = f"{{{', '.join(item)}}}"
    for i, key in reversed(list(enumerate(keys))):
        made = f"{key}: {f'[{made}]' if i == len(keys) - 1 else f'{{{made}}}'}"
    return made
