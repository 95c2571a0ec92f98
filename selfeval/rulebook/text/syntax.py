"""What YAML's own scanner says, in plain Chinese with the cure.

The scanner reports where it got stuck, which is often a line behind the mistake: an obvious cause in the few lines
before is looked for first, and an open bracket or quote is pointed at where it opens.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SIGN = re.compile(r"^\s*(?:- )?(?:[^\s:'\"]+:\s+)?(?P<sign>[>@`%*&!])")
_WIDE_COLON = re.compile(r"^\s*(?:- )?[^\s:：'\"#\[{]+：")
_TIGHT_COLON = re.compile(r"^\s*(?:- )?[\w-]+:[^\s:/]")
_KEY_OR_ITEM = re.compile(r"^\s*(?:-(?:\s|$)|[^\s#].*:(?:\s|$))")
_QUOTED = re.compile(r"^[^#\"]*(?::\s+|- |\[|,\s*)\"")
_LOOK_BACK = 3


@dataclass(frozen=True)
class Stuck:
    """Where a scanner got stuck: its message, the place, and the place where what it was reading began.

    Lines and columns count from 0.
    """

    fault: str
    line: int
    column: int
    context: str
    start_line: int
    start_column: int


@dataclass(frozen=True)
class Explained:
    """What was found, the cure, and the place to point at, counted from 0."""

    found: str
    cure: str
    line: int
    column: int


def explain_syntax(stuck: Stuck, lines: Sequence[str]) -> Explained:
    """Explain why a text cannot be read as YAML. ``lines`` is the whole text."""
    fault, here = stuck.fault, stuck.line
    shown = lines[here] if here < len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or ("\\t" in fault and "\t" in shown):
        cure = "删去制表符，改用空格缩进，每层两格"
        return Explained("缩进用了制表符（Tab 键）", cure, here, max(shown.find("\t"), 0))
    if "quoted scalar" in stuck.context and "escape" not in fault:
        return Explained("引号只有一边", "补上另一边的引号", stuck.start_line, stuck.start_column)
    if "escape character" in fault:
        cure = "含反斜杠的文字（如匹配式）改用单引号"
        return Explained("双引号里的反斜杠 \\ 有特殊含义", cure, here, stuck.column)
    sign = _SIGN.match(shown)
    if sign:
        return _unquoted(shown, sign, here)
    if "flow" in stuck.context:
        found = "方括号 [ ] 或花括号 { } 没有配对，或中间缺逗号"
        return Explained(found, "补上缺的括号或英文逗号，如 [甲, 乙]", stuck.start_line, stuck.start_column)
    return _open_quote(lines, here) or _line_before(lines, here) or _by_message(stuck)


def _unquoted(shown: str, sign: re.Match[str], line: int) -> Explained:
    value = shown[sign.start("sign") :].strip()
    cure = f'给整段文字加上双引号，如 "{value}"'
    return Explained(f"“{value}”以 {sign['sign']} 开头，没有加引号", cure, line, sign.start("sign"))


def _open_quote(lines: Sequence[str], here: int) -> Explained | None:
    """A quote that was never closed runs on until the next one, many lines below, where the scanner then stumbles."""
    odd = [i for i in range(min(here + 1, len(lines))) if _QUOTED.match(lines[i]) and lines[i].count('"') % 2]
    if len(odd) % 2 == 0 or odd[-1] == here:
        return None
    return Explained("引号只有一边", "补上另一边的引号", odd[-1], lines[odd[-1]].index('"'))


def _line_before(lines: Sequence[str], here: int) -> Explained | None:
    """An obvious cause in this line or the few written ones before it."""
    written = [i for i in range(min(here, len(lines) - 1), -1, -1) if lines[i].strip()][:_LOOK_BACK]
    for i in written:
        line = lines[i]
        if line.lstrip().startswith("#"):
            continue
        if _WIDE_COLON.match(line) and not _KEY_OR_ITEM.match(line.replace("- ", "", 1)):
            return Explained("键后面用了全角冒号“：”", "改用英文冒号“:”，后面空一格", i, line.index("："))
        if _TIGHT_COLON.match(line) and ": " not in line:
            return Explained("冒号后面没有空格", "在英文冒号后面空一格，如 from: 1", i, line.index(":"))
    return None


def _by_message(stuck: Stuck) -> Explained:
    fault, line, column = stuck.fault, stuck.line, stuck.column
    if "could not find expected ':'" in fault:
        cure = "写成“键: 值”，用英文冒号，冒号后空一格"
        return Explained("这一行缺英文冒号", cure, stuck.start_line, stuck.start_column)
    if "mapping values are not allowed" in fault:
        cure = "含“: ”的文字要加双引号；同一层的各行左端对齐"
        return Explained("这一行有多余的冒号，或缩进与上一行不一致", cure, line, column)
    if "expected" in fault:
        cure = "同一层的各行左端对齐，下一层多空两格；引号、括号后面不要再跟文字"
        return Explained("缩进与上面各行对不齐，或引号、括号后面还有文字", cure, line, column)
    cure = "请对照上下各行核对缩进、引号、英文冒号（冒号后空一格）"
    return Explained("写法不合 YAML 的规定", cure, line, column)
