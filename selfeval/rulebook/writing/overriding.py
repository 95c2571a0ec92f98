"""Overriding: the reading of one indicator written into a rule file; every other byte of it stays as it is."""

from __future__ import annotations

import json
import re

from selfeval.domain.rulebook import Override
from selfeval.rulebook.text.nodes import Block, Items, named
from selfeval.rulebook.text.reading import parse

_KEY = "overrides"
_HEAD = "# 不能按规则认出的指标，逐条列明怎样读、凭什么。"
_ITEM = re.compile(r"(?P<indent>[ \t]*)-")
_INSIDE = re.compile(r"[ \t]|-(?:\s|$)")


def with_override(data: bytes, override: Override, *, whole: bool = False) -> bytes | None:
    """The bytes of a rule file with an override; one of the same indicator that stands in the file is replaced.

    ``whole`` writes every key, for where a parent has an override of the same indicator. None when the overrides are
    written in one line, ``overrides: [{…}]``, or the file cannot be read as YAML.
    """
    root = parse(data, "").root
    if root is None:
        return None
    text = data.decode("utf-8-sig")
    lines = text.splitlines(keepends=True)
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if _KEY not in root.keys:
        end = "" if not text or text.endswith("\n") else newline
        added = [end, newline, _HEAD, newline, f"{_KEY}:", newline, *_item(override, "  ", newline, whole=whole)]
        return _encoded(data, [*lines, *added])
    at = root.keys[_KEY].line  # the line below the key, counted from 0
    if lines[at - 1].partition("#")[0].partition(":")[2].strip() not in {"", "[]"}:
        return None
    lines[at - 1] = re.sub(r":[ \t]*\[\]", ":", lines[at - 1], count=1)
    if not lines[at - 1].endswith("\n"):
        lines[at - 1] += newline
    start, stop = _place(root, override.indicator, lines, at)
    first = next((match for line in lines[at:] if (match := _ITEM.match(line))), None)
    indent = first["indent"] if first and isinstance(root.entries[_KEY], Items) else "  "
    if not lines[-1].endswith("\n"):
        lines[-1] += newline
    return _encoded(data, [*lines[:start], *_item(override, indent, newline, whole=whole), *lines[stop:]])


def _place(root: Block, indicator: str, lines: list[str], at: int) -> tuple[int, int]:
    """The lines that an override stands in, or would stand in: from, to (not included)."""
    last = at
    for i, line in enumerate(lines[at:], start=at):
        if line.strip() and not line.lstrip().startswith("#"):
            if not _INSIDE.match(line):
                break
            last = i + 1
    old = named(root.entries[_KEY]).get(indicator)
    if old is None:
        return last, last
    start = next(i for i in range(old.mark.line - 1, at - 1, -1) if _ITEM.match(lines[i]))
    end = start + 1
    dash = _ITEM.match(lines[start])
    assert dash is not None
    while end < last and not ((other := _ITEM.match(lines[end])) and len(other["indent"]) <= len(dash["indent"])):
        end += 1
    while not lines[end - 1].strip() or lines[end - 1].lstrip().startswith("#"):
        end -= 1
    return start, end


def _item(override: Override, indent: str, newline: str, *, whole: bool) -> list[str]:
    keys = [("indicator", _quoted(override.indicator)), ("kind", override.kind)]
    keys += [("target", _quoted(override.target))] if override.target or whole else []
    keys += [("because", _quoted(override.because))]
    return [f"{indent}{'  ' if i else '- '}{key}: {value}{newline}" for i, (key, value) in enumerate(keys)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a string of JSON is one of YAML


def _encoded(data: bytes, lines: list[str]) -> bytes:
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return mark + "".join(lines).encode()
