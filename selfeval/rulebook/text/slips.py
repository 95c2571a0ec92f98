"""Slips of writing: why a text is no YAML, in plain words, where the slip stands, and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from itertools import islice

import yaml

from selfeval.domain.problems import Problem, problem
from selfeval.rulebook.text.nodes import Mark

_SIGN = re.compile(r"^\s*(?:- )?(?:[^\s:'\"\[{]+:\s+)?(?P<sign>[>@`%*&!])")
_SIGNS = frozenset(">@`%*&!|")
_QUOTED = re.compile(r"^[^#\"]*(?::\s+|- |\[|,\s*)\"")
_WIDE = {
    "，": ("中间用了全角逗号“，”", "改用英文逗号“,”，后面空一格，如{from: 0, share: 80%}"),
    "、": ("中间用了顿号“、”", "改用英文逗号“,”，后面空一格，如 [甲, 乙]"),
    "；": ("中间用了分号“；”", "改用英文逗号“,”，后面空一格"),
    ";": ("中间用了分号“;”", "改用英文逗号“,”，后面空一格"),
    "：": ("键后面用了全角冒号“：”", "改用英文冒号“:”，后面空一格"),
    "｛": ("用了全角花括号", "改用英文的{ }"),
    "｝": ("用了全角花括号", "改用英文的{ }"),
    "［": ("用了全角方括号", "改用英文的 [ ]"),
    "］": ("用了全角方括号", "改用英文的 [ ]"),
}
_WIDE_BRACKETS = "｛｝［］"
_VALUE = re.compile(r"^\s*(?:- )?[^\s:#'\"]+:\s+[^\s#]")
_AS_ITEM = "如 - {from: 0, share: 80%}"
_CAUSES = (
    ("^(?P<sign>(?:<{7}|={7}|>{7})(?: |$))", "合并文件时留下了冲突标记“{}”", "留下其中一份内容，删去三行标记", False),
    (r"^(?P<sign>\.\.\.)\s*$", "“{}”表示文件到此为止，后面却还有内容", "删去这一行", False),
    (r"^[ \t]*(?P<sign>[\u3000\u00a0])", "缩进用了全角空格", "删去全角空格，改用英文空格缩进，每层两格", False),
    (
        r"^\s*(?P<sign>[－—–·•●‐−]|\d+[.、)])\s*[{\w]",
        "列表用了“{}”",
        f"改用英文的短横“-”，后面空一格，{_AS_ITEM}",
        False,
    ),
    (
        r"^\s*(?:- )?(?:[^\s:'\"]+:\s+)?(?P<sign>[(（])\s*\w+\s*[:：].*[)）]\s*$",
        "用了圆括号",
        "改用花括号{ }，里面用英文冒号和英文逗号",
        True,
    ),
    (
        r":\s+(?P<sign>[\"\[])[^\"\[\]]*[\"\]](?=[^\s,\]}#])",
        "引号、括号后面还有文字",
        "给整段文字加上一对双引号，里面的引号改用中文引号“”；不以 [ 开头的可以不加引号",
        True,
    ),
    (
        r"^\s*(?P<sign>-)(?:[{\[\"'\u2e80-\uffff]|[A-Za-z_]\w*:(?:\s|$))",
        "列表的短横“-”后面没有空格",
        f"在短横后面空一格，{_AS_ITEM}",
        False,
    ),
    (
        r"^\s*(?:- )?(?![^\s#].*:(?:\s|$))[^\s:：'\"#\[{]+(?P<sign>：)",
        "键后面用了全角冒号“：”",
        "改用英文冒号“:”，后面空一格",
        False,
    ),
    (r"^(?!.*: )\s*(?:- )?[\w-]+(?P<sign>:)[^\s:/]", "冒号后面没有空格", "在英文冒号后面空一格，如 from: 1", False),
    (
        r"^\s*(?:- )?\w+:\s+[^\s,，{\[\"'#][^,，{\[\"'#]*(?P<sign>[,，])\s*\w+:(?:\s|$)",
        "一行里写了几个“键: 值”",
        "一行写一个，左端对齐；或者全放在花括号里，如{from: 2025, to: 2026}",
        True,
    ),
)
"""What a line shows by itself: a pattern (``sign``: where to point), what is wrong, the cure, and whether it counts
only in the line where the reader got stuck. The first that fits is said."""

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


def syntax_problem(text: str, name: str) -> Problem:
    """The problem of a text that no YAML reader takes. ``name`` is the file as messages print it."""
    # where libyaml refuses what the other reader takes: point at the file as a whole
    found, cure, line, column = "写法不合 YAML 的规定", "请核对缩进、引号和冒号", 0, 0
    try:
        for _ in yaml.parse(text, Loader=yaml.SafeLoader):
            pass
    except yaml.reader.ReaderError as fault:
        before = text[: fault.position]
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        found = f"第{column + 1}个字处有不可见的控制字符（编码{ord(str(text[fault.position])):#06x}）"
        cure = "删去这个字符后重新输入这一行"
    except yaml.MarkedYAMLError as fault:
        found, cure, line, column = _run_on(fault, text) or _explain(fault, text.splitlines())
    return problem("E204", Mark(name, line + 1, column + 1).place, found=found, cure=cure)


def cut_by_comment(line: str, end: int) -> bool:
    """Whether the text of a value that ends at a column of a line goes on behind a sign for comments: 关于 #开展."""
    rest = line[end:]
    return bool(re.match(r"\s+#[^\s#]", rest))


def _run_on(stuck: yaml.MarkedYAMLError, text: str) -> _Explained | None:
    """A quote that was closed only by the next one, lines below, where the reader then gets stuck."""
    last: yaml.ScalarToken | None = None
    with suppress(yaml.MarkedYAMLError):
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            last = token if isinstance(token, yaml.ScalarToken) else last
    mark = stuck.problem_mark
    if last is None or mark is None or last.style not in {"'", '"'}:
        return None
    runs_on = last.start_mark.line < last.end_mark.line == mark.line
    return (*_ONE_QUOTE, *_spot(last.start_mark)) if runs_on else None


def _explain(stuck: yaml.MarkedYAMLError, lines: Sequence[str]) -> _Explained:
    """Why a text cannot be read as YAML: an obvious cause before the place where the scanner got stuck comes first."""
    fault, context = str(stuck.problem), str(stuck.context)
    here, column = _spot(stuck.problem_mark or stuck.context_mark)
    start = _spot(stuck.context_mark or stuck.problem_mark)
    shown = lines[here] if here < len(lines) else ""
    if "\t" in shown[: len(shown) - len(shown.lstrip())] or ("\\t" in fault and "\t" in shown):
        cure = "删去制表符，改用空格缩进，每层两格"
        return "缩进用了制表符（Tab 键）", cure, here, max(shown.find("\t"), 0)
    if "quoted scalar" in context and ("escape" not in fault or start[0] < here):  # an escape lines below is another's
        return *_ONE_QUOTE, *start
    if "escape character" in fault:
        return "双引号里的反斜杠 \\ 有特殊含义", "含反斜杠的文字（如匹配式）改用单引号", here, column
    sign = _SIGN.match(shown)
    unquoted = _unquoted(shown[sign.start("sign") :].strip(), here, sign.start("sign")) if sign else None
    inside = unquoted or _inside_brackets(context, lines, start, (here, column))
    if earlier := inside or _open_quote(lines, here) or _line_before(lines, here):
        return earlier
    if "could not find expected ':'" in fault:
        return "这一行缺英文冒号", "写成“键: 值”，用英文冒号，冒号后空一格", *start
    if (wide := _wide_sign(shown, 0, len(shown))) and shown[wide[2]] in _WIDE_BRACKETS:
        return *wide[:2], here, wide[2]
    if misplaced := _misplaced(lines, here):
        return misplaced
    found, cure = next((found, cure) for said, found, cure in _MESSAGES if said in fault)
    return found, cure, here, column


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _misplaced(lines: Sequence[str], here: int) -> _Explained | None:
    """A line that is deeper than one with a value, or in no column of those above: which line it does not fit."""
    depth = _depth(lines[here]) if here < len(lines) else 0
    above = [i for i in range(min(here, len(lines)) - 1, -1, -1) if lines[i].strip() and lines[i].lstrip()[0] != "#"]
    if not above or not depth:
        return None
    before = lines[above[0]]
    if _depth(before) < depth and _VALUE.match(before) and not before.lstrip().startswith("-"):
        shown = before.strip()
        found = f"这一行比第{above[0] + 1}行“{shown}”缩进得多，而那一行已经写了值，下面不能再有带冒号的一层"
        return found, "与那一行左端对齐；那一行要有下一层的，冒号后面不写值", here, depth
    owner = next((k for k, i in enumerate(above) if _depth(lines[i]) < depth), None)
    if owner:
        first = _depth(lines[above[owner - 1]])
        if first != depth:
            shown = lines[above[owner]].strip()
            found = f"缩进对不齐：这一行空{depth}格，而第{above[owner] + 1}行“{shown}”的下一层空{first}格"
            cure = f"核对第{above[owner] + 1}行和这一行的缩进：同一层的各行左端对齐，下一层多空两格"
            return found, cure, here, depth
    siblings = above if owner is None else above[:owner]
    dashed = lines[here].lstrip().startswith("- ")
    for i in siblings:
        if _depth(lines[i]) == depth and lines[i].lstrip().startswith("- ") != dashed:
            with_dash, without = (here, i) if dashed else (i, here)
            found = f"同一层里，第{with_dash + 1}行以短横“-”开头，第{without + 1}行没有"
            return found, "是列表的，每项都以“- ”开头；是“键: 值”的，都不写短横", here, depth
    return None


def _unquoted(value: str, line: int, column: int) -> _Explained:
    return f"“{value}”以{value[0]}开头，没有加引号", f'给整段文字加上双引号，如 "{value}"', line, column


def _inside_brackets(
    context: str, lines: Sequence[str], start: tuple[int, int], stuck: tuple[int, int]
) -> _Explained | None:
    """A cause between brackets: a text that begins with a sign, a full-width sign, a missing comma or bracket."""
    here, column = stuck
    shown = lines[here] if here < len(lines) else ""
    opened = re.search(r"[\[{]", shown[:column])
    if "alias" in context or "anchor" in context:
        column = start[1] if start[0] == here else column
    if opened and shown[column : column + 1] in _SIGNS and shown[column : column + 1]:
        value = re.split(r"[,\]}，]", shown[column:], maxsplit=1)[0].strip()
        return _unquoted(value, here, column)
    if "flow" not in context:
        return None
    line, begins = start
    written = lines[line] if line < len(lines) else ""
    wide = _wide_sign(written, begins, column if line == here else len(written))
    if wide:
        return *wide[:2], line, wide[2]
    if re.match(r"[\"'][^,\]}\s]", shown[column - 1 : column + 1]):
        return "引号后面还有文字", "引号、括号后面不要再跟文字；整段文字放在一对引号里", here, column
    if line == here and shown[column : column + 1] == ":" and shown[column + 1 : column + 2].isspace():
        return "花括号里少一个英文逗号", "每一组“键: 值”之间用英文逗号隔开，如{from: 0, share: 80%}", here, column
    found = "方括号 [ ] 或花括号{ }没有配对，或中间缺逗号"
    return found, "补上缺的括号或英文逗号，如 [甲, 乙]", *start


def _wide_sign(line: str, first: int, last: int) -> tuple[str, str, int] | None:
    """The first full-width sign outside quotes in a part of a line: what it is, the cure, and its column."""
    quote = ""
    for i, sign in enumerate(line[first:last], start=first):
        if sign in "\"'":
            quote = "" if quote == sign else quote or sign
        elif not quote and sign in _WIDE:
            return *_WIDE[sign], i
    return None


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
        for pattern, found, cure, only_here in () if line.lstrip().startswith("#") else _CAUSES:
            cause = re.search(pattern, line) if i == here or not only_here else None
            if cause:
                return found.format(cause["sign"]), cure, i, cause.start("sign")
    return None
