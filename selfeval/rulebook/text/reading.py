"""Reading: a YAML file to nodes, refusing whatever a rulebook does not need.

PyYAML splits the text into events; the tree is built here, so that duplicate keys, anchors, aliases, merge keys and
tags are refused before anything is constructed, at the line where they stand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import RuleFile
from selfeval.rulebook.text.nodes import Block, Items, Mark, Node, Scalar
from selfeval.rulebook.text.syntax import Stuck, explain_syntax

MAX_BYTES = 1_000_000
"""A rulebook of 215 overrides is 60 KB; whatever is larger is not a rulebook."""

MAX_DEPTH = 12
"""Nesting; a curve inside a kind is five deep."""

# libyaml is ten times as fast on files that are right; the other words its errors the way explain_syntax reads them
_FAST: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A file read: its tree (None when unreadable), its identity, and what is wrong with it."""

    root: Block | None
    file: RuleFile
    problems: tuple[Problem, ...]


def read(path: Path, name: str) -> Document:
    """Read a YAML file. ``name`` is the path that messages print (``rules/2024.yaml``)."""
    place = Place(file=name)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        return Document(None, RuleFile(name, ""), (problem("E201", place, file=name),))
    if size > MAX_BYTES:
        fault = problem("E202", place, file=name, size=f"{size / 1e6:.1f}", limit=f"{MAX_BYTES / 1e6:.0f}")
        return Document(None, RuleFile(name, ""), (fault,))
    return parse(data, name)


def parse(data: bytes, name: str) -> Document:
    """Read YAML from bytes: UTF-8, with or without a byte order mark."""
    file = RuleFile(name, hashlib.sha256(data).hexdigest())
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return Document(None, file, (problem("E203", Mark(name, line, 1).place, file=name),))
    builder = _Builder(name)
    try:
        root = builder.build(yaml.parse(text, Loader=_FAST))
    except _RefusedError as refused:
        return Document(None, file, (refused.problem,))
    except yaml.YAMLError:
        return Document(None, file, (_syntax_problem(text, name),))
    return Document(root if not builder.problems else None, file, tuple(builder.problems))


def _syntax_problem(text: str, name: str) -> Problem:
    """What is wrong with a text that YAML cannot split, in plain words."""
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.reader.ReaderError as fault:
        before = text[: fault.position]
        line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
        found = f"第 {column} 个字处有不可见的控制字符（编码 {ord(str(text[fault.position])):#06x}）"
        return problem("E204", Mark(name, line, column).place, found=found, cure="删去这个字符后重新输入这一行")
    except yaml.MarkedYAMLError as fault:
        return _explained(fault, text, name)
    # libyaml refused what the other reader takes: point at the file as a whole
    cure = "请核对缩进、引号和冒号"
    return problem("E204", Mark(name, 1, 1).place, found="写法不合 YAML 的规定", cure=cure)


def _explained(fault: yaml.MarkedYAMLError, text: str, name: str) -> Problem:
    at = fault.problem_mark or fault.context_mark
    start = fault.context_mark or at
    stuck = Stuck(
        str(fault.problem),
        at.line if at else 0,
        at.column if at else 0,
        str(fault.context),
        start.line if start else 0,
        start.column if start else 0,
    )
    why = explain_syntax(stuck, text.splitlines())
    return problem("E204", Mark(name, why.line + 1, why.column + 1).place, found=why.found, cure=why.cure)


class _RefusedError(Exception):
    """Reading stops: what follows cannot be trusted."""

    def __init__(self, refused: Problem) -> None:
        super().__init__(refused.message)
        self.problem = refused


class _Builder:
    """Builds the tree of one file out of events; keeps the problems that need not stop the reading."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Block | None:
        """The tree; None when the file is empty or not a mapping (which is then a problem)."""
        root: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse("E207", event, what="文件里有第二个 --- ，写成了两份文档")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events, 1)
        if root is None:
            self.problems.append(problem("E208", Mark(self._name, 1, 1).place, what="文件是空的"))
        elif not isinstance(root, Block):
            self.problems.append(problem("E208", root.mark.place, what="最外层应是“键: 值”的形式"))
        return root if isinstance(root, Block) else None

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > MAX_DEPTH:
            self._refuse("E207", event, what=f"层次超过 {MAX_DEPTH} 层")
        self._check_plain(event)
        mark = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style in {None, ""}, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(one := next(events), yaml.SequenceEndEvent):
                items.append(self._node(one, events, depth + 1))
            return Items(tuple(items), mark)
        return self._block(events, depth, mark)

    def _block(self, events: Iterator[yaml.Event], depth: int, mark: Mark) -> Block:
        entries: dict[str, Node] = {}
        keys: dict[str, Mark] = {}
        while not isinstance(one := next(events), yaml.MappingEndEvent):
            key = self._node(one, events, depth + 1)
            if not isinstance(key, Scalar):
                self._refuse("E207", one, what="键不是一个词，而是一组内容")
                break
            value = self._node(next(events), events, depth + 1)
            if key.plain and key.text == "<<":
                self._refuse("E205", one, what="合并键 <<")
            if key.text in entries:
                first = keys[key.text].line
                self.problems.append(problem("E206", key.mark.place, key=key.text, first=first))
                continue
            entries[key.text] = value
            keys[key.text] = key.mark
        return Block(entries, keys, mark)

    def _check_plain(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self._refuse("E205", event, what=f"引用 *{event.anchor}")
        if getattr(event, "anchor", None) is not None:
            self._refuse("E205", event, what=f"锚点 &{getattr(event, 'anchor', '')}")
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._refuse("E205", event, what=f"标签 {tag}")

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # both of PyYAML's parsers mark every event
        return Mark(self._name, start.line + 1, start.column + 1)

    def _refuse(self, code: str, event: yaml.Event, **facts: object) -> None:
        raise _RefusedError(problem(code, self._mark(event).place, **facts))
