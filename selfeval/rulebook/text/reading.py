"""Reading: a YAML file to nodes, refusing whatever a rulebook does not need.

The tree is built from PyYAML's events: duplicate keys, anchors, merge keys and tags are refused where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import NoReturn

import yaml

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import RuleFile
from selfeval.packages.files import digest
from selfeval.rulebook.text.nodes import Block, Items, Mark, Node, Scalar

MAX_BYTES = 1_000_000  # a rulebook of 215 overrides is 60 KB; whatever is larger is not a rulebook
MAX_DEPTH = 12  # nesting; a curve inside a kind is five deep
# libyaml is ten times as fast on files that are right; the other words its errors the way _explain reads them
_FAST: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_SIGN = re.compile(r"^\s*(?:- )?(?:[^\s:'\"]+:\s+)?(?P<sign>[>@`%*&!])")
_WIDE_COLON = re.compile(r"^\s*(?:- )?[^\s:：'\"#\[{]+：")
_TIGHT_COLON = re.compile(r"^\s*(?:- )?[\w-]+:[^\s:/]")
_KEY_OR_ITEM = re.compile(r"^\s*(?:-(?:\s|$)|[^\s#].*:(?:\s|$))")
_QUOTED = re.compile(r"^[^#\"]*(?::\s+|- |\[|,\s*)\"")
_LOOK_BACK = 3

_Explained = tuple[str, str, int, int]
"""What was found, the cure, and the line and column to point at, counted from 0."""

_ONE_QUOTE = "引号只有一边", "补上另一边的引号"
_MESSAGES = (
    (
        "mapping values are not allowed",
        "这一行有多余的冒号，或缩进与上一行不一致",
        "含“: ”的文字要加双引号；同一层的各行左端对齐",
    ),
    (
        "expected",
        "缩进与上面各行对不齐，或引号、括号后面还有文字",
        "同一层的各行左端对齐，下一层多空两格；引号、括号后面不要再跟文字",
    ),
    ("", "写法不合 YAML 的规定", "请对照上下各行核对缩进、引号、英文冒号（冒号后空一格）"),
)


@dataclass(frozen=True)
class ReadText:
    """A file read: its tree (None when unreadable), its identity, and what is wrong with it."""

    root: Block | None
    file: RuleFile
    problems: tuple[Problem, ...]


def read(path: Path, name: str) -> ReadText:
    """Read a YAML file. ``name`` is the path that messages print (``rules/2024.yaml``)."""
    try:
        size = path.stat().st_size
        if size <= MAX_BYTES:
            return parse(path.read_bytes(), name)
        facts = {"size": f"{size / 1e6:.1f}", "limit": f"{MAX_BYTES / 1e6:.0f}"}
        fault = problem("E202", Place(file=name), file=name, **facts)
    except OSError:
        fault = problem("E201", Place(file=name), file=name)
    return ReadText(None, RuleFile(name, ""), (fault,))


def parse(data: bytes, name: str) -> ReadText:
    """Read YAML from bytes: UTF-8, with or without a byte order mark."""
    builder = _Builder(name)
    root = None
    try:
        text = data.decode("utf-8-sig")
        root = builder.build(yaml.parse(text, Loader=_FAST))
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        builder.problems = [problem("E203", Mark(name, line, 1).place, file=name)]
    except _RefusedError as refused:
        builder.problems = [*refused.args]
    except yaml.YAMLError:
        builder.problems = [_syntax_problem(text, name)]
    file = RuleFile(name, digest(data))
    return ReadText(None if builder.problems else root, file, tuple(builder.problems))


def _syntax_problem(text: str, name: str) -> Problem:
    # where libyaml refuses what the other reader takes: point at the file as a whole
    found, cure, line, column = "写法不合 YAML 的规定", "请核对缩进、引号和冒号", 0, 0
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.reader.ReaderError as fault:
        before = text[: fault.position]
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        found = f"第 {column + 1} 个字处有不可见的控制字符（编码 {ord(str(text[fault.position])):#06x}）"
        cure = "删去这个字符后重新输入这一行"
    except yaml.MarkedYAMLError as fault:
        found, cure, line, column = _explain(fault, text.splitlines())
    return problem("E204", Mark(name, line + 1, column + 1).place, found=found, cure=cure)


def _explain(stuck: yaml.MarkedYAMLError, lines: Sequence[str]) -> _Explained:
    """Why a text cannot be read as YAML: an obvious cause before the place where the scanner got stuck comes first."""
    fault, context = str(stuck.problem), str(stuck.context)
    here, column = _spot(stuck.problem_mark or stuck.context_mark)
    start = _spot(stuck.context_mark or stuck.problem_mark)
    shown = lines[here] if here < len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or ("\\t" in fault and "\t" in shown):
        cure = "删去制表符，改用空格缩进，每层两格"
        return "缩进用了制表符（Tab 键）", cure, here, max(shown.find("\t"), 0)
    if "quoted scalar" in context and "escape" not in fault:
        return *_ONE_QUOTE, *start
    if "escape character" in fault:
        return "双引号里的反斜杠 \\ 有特殊含义", "含反斜杠的文字（如匹配式）改用单引号", here, column
    if sign := _SIGN.match(shown):
        value = shown[sign.start("sign") :].strip()
        found = f"“{value}”以 {sign['sign']} 开头，没有加引号"
        return found, f'给整段文字加上双引号，如 "{value}"', here, sign.start("sign")
    if "flow" in context:
        found = "方括号 [ ] 或花括号 { } 没有配对，或中间缺逗号"
        return found, "补上缺的括号或英文逗号，如 [甲, 乙]", *start
    if earlier := _open_quote(lines, here) or _line_before(lines, here):
        return earlier
    if "could not find expected ':'" in fault:
        return "这一行缺英文冒号", "写成“键: 值”，用英文冒号，冒号后空一格", *start
    found, cure = next((found, cure) for said, found, cure in _MESSAGES if said in fault)
    return found, cure, here, column


def _spot(mark: yaml.Mark | None) -> tuple[int, int]:
    return (mark.line, mark.column) if mark else (0, 0)


def _open_quote(lines: Sequence[str], here: int) -> _Explained | None:
    """A quote that was never closed runs on until the next one, many lines below, where the scanner then stumbles."""
    odd = [i for i, line in enumerate(lines[: here + 1]) if _QUOTED.match(line) and line.count('"') % 2]
    if len(odd) % 2 == 0 or odd[-1] == here:
        return None
    return *_ONE_QUOTE, odd[-1], lines[odd[-1]].index('"')


def _line_before(lines: Sequence[str], here: int) -> _Explained | None:
    """An obvious cause in this line or the few written ones before it."""
    written = ((i, lines[i]) for i in range(min(here, len(lines) - 1), -1, -1) if lines[i].strip())
    for i, line in islice(written, _LOOK_BACK):
        if line.lstrip().startswith("#"):
            continue
        if _WIDE_COLON.match(line) and not _KEY_OR_ITEM.match(line.replace("- ", "", 1)):
            return "键后面用了全角冒号“：”", "改用英文冒号“:”，后面空一格", i, line.index("：")
        if _TIGHT_COLON.match(line) and ": " not in line:
            return "冒号后面没有空格", "在英文冒号后面空一格，如 from: 1", i, line.index(":")
    return None


class _RefusedError(Exception):
    """Reading stops at a problem: what follows cannot be trusted."""


class _Builder:
    """Builds the tree of one file out of events; keeps the problems that need not stop the reading."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._events: Iterator[yaml.Event] = iter(())
        self.problems: list[Problem] = []

    def build(self, events: Iterator[yaml.Event]) -> Block | None:
        """The tree; None when the file is empty or not a mapping (which is then a problem)."""
        self._events = events
        root: Node | None = None
        for event in events:
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
            self._refuse("E207", event, f"层次超过 {MAX_DEPTH} 层")
        self._check_plain(event)
        mark = self._mark(event)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, event.style in {None, ""}, mark)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._node(item, depth + 1) for item in self._until(yaml.SequenceEndEvent)), mark)
        block = Block({}, {}, mark)
        for key in self._until(yaml.MappingEndEvent):
            self._enter(block, key, depth + 1)
        return block

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        return takewhile(lambda event: not isinstance(event, end), self._events)

    def _enter(self, block: Block, event: yaml.Event, depth: int) -> None:
        key = self._node(event, depth)
        if not isinstance(key, Scalar):
            self._refuse("E207", event, "键不是一个词，而是一组内容")
        value = self._node(next(self._events), depth)
        if key.plain and key.text == "<<":
            self._refuse("E205", event, "合并键 <<")
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
            self._refuse("E205", event, f"标签 {tag}")

    def _mark(self, event: yaml.Event) -> Mark:
        start = event.start_mark
        assert start is not None  # both of PyYAML's parsers mark every event
        return Mark(self._name, start.line + 1, start.column + 1)

    def _refuse(self, code: str, event: yaml.Event, what: str) -> NoReturn:
        raise _RefusedError(problem(code, self._mark(event).place, what=what))
