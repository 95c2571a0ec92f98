"""Reading: a YAML file to nodes, refusing whatever a rulebook does not need.

The tree is built from PyYAML's events: duplicate keys, anchors, merge keys and tags are refused where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import NoReturn

import yaml

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import RuleFile
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.rulebook.text.nodes import Block, Items, Mark, Node, Scalar
from selfeval.rulebook.text.slips import cut_by_comment, syntax_problem
from selfeval.rulebook.text.suggesting import glued

MAX_BYTES = 1_000_000  # a rulebook of 215 overrides is 60 KB; whatever is larger is not a rulebook
MAX_DEPTH = 12  # nesting; a curve inside a kind is five deep
MAX_NODES = 100_000  # words, lists and mappings; a rulebook of 215 overrides has 4,000
MAX_TEXT = 3_000  # characters of one; the longest quotation of a document has 124
# libyaml is ten times as fast on files that are right; the other words its errors the way _explain reads them
_FAST: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class ReadText:
    """A file read: its tree (None when unreadable), its identity, what is wrong with it, and what is only doubtful."""

    root: Block | None
    file: RuleFile
    problems: tuple[Problem, ...]
    doubts: tuple[Problem, ...] = ()


def read(path: Path, name: str) -> ReadText:
    """Read a YAML file. ``name`` is the path that messages print (``rules/2024.yaml``)."""
    data = read_bytes(path, MAX_BYTES)
    if not isinstance(data, Unreadable):
        return parse(data, name)
    size = path.stat().st_size if path.is_file() else 0
    facts = {"size": f"{size / 1e6:.1f}", "limit": f"{MAX_BYTES / 1e6:.0f}"}
    too_big = problem("E202", Place(file=name), file=name, **facts)
    fault = too_big if size > MAX_BYTES else problem("E201", Place(file=name), file=name)
    return ReadText(None, RuleFile(name, ""), (fault,))


@lru_cache(maxsize=16)  # a command looks at the same file for several ends
def parse(data: bytes, name: str) -> ReadText:
    """Read YAML from bytes: UTF-8, with or without a byte order mark."""
    builder = _Builder(name)
    root = None
    try:
        text = data.decode("utf-8-sig")
        root = builder.build(text)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        builder.problems = [problem("E203", Mark(name, line, 1).place, file=name)]
    except _RefusedError as refused:
        builder.problems = [*refused.args]
    except yaml.YAMLError:
        builder.problems = [syntax_problem(text, name)]
    file = RuleFile(name, digest(data))
    return ReadText(None if builder.problems else root, file, tuple(builder.problems), tuple(builder.doubts))


class _RefusedError(Exception):
    """Reading stops at a problem: what follows cannot be trusted."""


class _Builder:
    """Builds the tree of one file out of events; keeps the problems that need not stop the reading, and doubts."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._events: Iterator[yaml.Event] = iter(())
        self._lines: list[str] = []
        self._nodes = 0
        self.problems: list[Problem] = []
        self.doubts: list[Problem] = []

    def build(self, text: str) -> Block | None:
        """The tree; None when the file is empty or not a mapping (which is then a problem)."""
        self._events, self._lines = yaml.parse(text, Loader=_FAST), text.split("\n")
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self._refuse("E207", event, "文件里有第二个 --- ，写成了两份文档")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1)
        if isinstance(root, Block):
            return root
        mark, what = (root.mark, "最外层应是“键: 值”的形式") if root else (Mark(self._name, 1, 1), "文件是空的")
        self.problems.append(problem("E208", mark.place, what=what))
        return None

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._refuse("E207", event, f"层次超过{MAX_DEPTH}层")
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse("E207", event, f"内容超过{MAX_NODES // 10_000}万项")
        self._check_plain(event)
        mark = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(self._node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent))
            for item in items if event.flow_style else ():
                if isinstance(item, Scalar) and item.plain and (sign := glued(item.text)):
                    self.doubts.append(problem("W220", item.mark.place, text=item.text, sign=sign))
            return Items(items, mark)
        block = Block({}, {}, mark)
        flow = isinstance(event, yaml.MappingStartEvent) and bool(event.flow_style)
        for key in self._until(yaml.MappingEndEvent):
            self._enter(block, key, depth + 1, flow=flow)
        return block

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> Scalar:
        if len(event.value) > MAX_TEXT:
            self._refuse("E207", event, f"一项内容有{len(event.value)}字，超过{MAX_TEXT}字")
        plain, end = event.style in {None, ""}, event.end_mark
        line = self._lines[end.line] if plain and end is not None and end.line < len(self._lines) else ""
        if end is not None and not event.value.isascii() and cut_by_comment(line, end.column):
            rest = line[end.column :].strip()
            self.doubts.append(problem("W235", mark.place, text=event.value, rest=rest))
        return Scalar(event.value, plain, mark)

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        return takewhile(lambda event: not isinstance(event, end), self._events)

    def _enter(self, block: Block, event: yaml.Event, depth: int, *, flow: bool) -> None:
        key = self._node(event, depth)
        if not isinstance(key, Scalar):
            self._refuse("E207", event, "键不是一个词，而是一组内容")
        value = self._node(next(self._events), depth)
        if key.plain and key.text == "<<":
            self._refuse("E205", event, "合并键 <<")
        if flow and key.plain and key.text.isdecimal() and isinstance(value, Scalar) and value.blank:
            found = f"“{key.text}”前面的逗号把一个数隔成了两项"
            self.problems.append(problem("E204", key.mark.place, found=found, cure="数里不要写千分号，如1000"))
            return
        if key.text in block.entries:
            first = block.keys[key.text].line
            self.problems.append(problem("E206", key.mark.place, key=key.text, first=first))
        else:
            block.entries[key.text], block.keys[key.text] = value, key.mark

    def _check_plain(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor is not None:
            self._refuse("E205", event, f"引用 *{anchor}" if isinstance(event, yaml.AliasEvent) else f"锚点 &{anchor}")
        if tag is not None:
            self._refuse("E205", event, f"标签{tag}")

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # both of PyYAML's parsers mark every event
        return Mark(self._name, start.line + 1, start.column + 1)

    def _refuse(self, code: str, event: yaml.Event, what: str) -> NoReturn:
        raise _RefusedError(problem(code, self._mark(event).place, what=what))
