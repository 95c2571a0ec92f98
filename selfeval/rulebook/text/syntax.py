"""What YAML's own scanner says, in plain Chinese with the cure.

The scanner reports where it got stuck, which is often a line behind the mistake: an obvious cause in the few lines
before is looked for first, and an open bracket or quote is pointed at where it opens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

import yaml

_SIGN = re.compile(r"^\s*(?:- )?(?:[^\s:'\"]+:\s+)?(?P<sign>[>@`%*&!])")
_WIDE_COLON = re.compile(r"^\s*(?:- )?[^\s:：'\"#\[{]+：")
_TIGHT_COLON = re.compile(r"^\s*(?:- )?[\w-]+:[^\s:/]")
_KEY_OR_ITEM = re.compile(r"^\s*(?:-(?:\s|$)|[^\s#].*:(?:\s|$))")
_QUOTED = re.compile(r"^[^#\"]*(?::\s+|- |\[|,\s*)\"")
_LOOK_BACK = 3

Explained = tuple[str, str, int, int]
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


def explain_syntax(stuck: yaml.MarkedYAMLError, lines: Sequence[str]) -> Explained:
    """Explain why a text cannot be read as YAML. ``lines`` is the whole text."""
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


def _open_quote(lines: Sequence[str], here: int) -> Explained | None:
    """A quote that was never closed runs on until the next one, many lines below, where the scanner then stumbles."""
    odd = [i for i, line in enumerate(lines[: here + 1]) if _QUOTED.match(line) and line.count('"') % 2]
    if len(odd) % 2 == 0 or odd[-1] == here:
        return None
    return *_ONE_QUOTE, odd[-1], lines[odd[-1]].index('"')


def _line_before(lines: Sequence[str], here: int) -> Explained | None:
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
