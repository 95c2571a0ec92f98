"""The settings of a workspace: its one small YAML file, read with all that is wrong with it, and added to by lines.

What a person wrote stays as it is, comments too: a line is put in, or the value on one replaced, and the file is taken
only if it then says what was meant.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.settings import Settings
from selfeval.packages.files import Unreadable, read_bytes
from selfeval.rulebook.text.nodes import Block, Node
from selfeval.rulebook.text.reading import MAX_BYTES, parse, read
from selfeval.rulebook.text.shape import shaped

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_ITS_OWN_CURE = frozenset({"E204", "E205", "E206", "E209", "E210", "E211"})
"""The codes whose cure says what to write in the file; that of the others speaks of rules."""
_HOW = (
    "请用记事本改正，另存为 UTF-8 编码；或者把这个文件移走，用 selfeval forms 年度 --due 日期 --contact 联系人 重新设置"
)
HEAD = """\
# selfeval 的设置，各条命令都从这里取；可以用记事本修改，“#”后面是说明。
# unit: 单位名称；contact: 联系人和电话；years 下面按年度写 due（报送期限）、departments（哪个科室填报哪些项目）：
#   departments:
#     法制科: {projects: [项目编码, 项目编码]}
"""


@dataclass(frozen=True)
class Noted:
    """What a command was told that is to be kept for next time; nothing where it was not."""

    due: dt.date | None = None
    contact: str = ""


def read_settings(path: Path, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    """The settings in a file (``name`` in messages); those of nobody where there is none, or where it is faulty.

    All that is wrong is told (W643), each with its line; nothing of a faulty file is taken.
    """
    if not os.path.lexists(path):
        return Settings(), ()
    data = read_bytes(path, MAX_BYTES)
    if isinstance(data, bytes):
        return _settings_in(data, name)
    return Settings(), tuple(_told(one, name) for one in read(path, name).problems)


def _settings_in(data: bytes, name: str) -> tuple[Settings, tuple[Problem, ...]]:
    if _says_nothing(data):
        return Settings(), ()
    text = parse(data, name)
    problems = text.problems
    if text.root is not None:
        found, problems = shaped(Settings, text.root)
        problems += _no_years(text.root)
        if found is not None and not problems:
            return found, ()
    return Settings(), tuple(_told(one, name) for one in problems)


def _says_nothing(data: bytes) -> bool:
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines()
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in lines)


def _no_years(root: Block) -> tuple[Problem, ...]:
    years = root.get("years")
    facts = {"where": "years", "expected": "四位年份，如2025", "cure": "四位年份，如2025", "near": ""}
    keys = years.keys if isinstance(years, Block) else {}
    wrong = ((key, mark) for key, mark in keys.items() if not _YEAR.fullmatch(key))
    return tuple(problem("E211", mark.place, found=key, **facts) for key, mark in wrong)


def _told(found: Problem, name: str) -> Problem:
    cure = found.remedy if found.code in _ITS_OWN_CURE else _HOW
    what = found.message.replace("规则文件", "设置文件").replace("Tab 键", "Tab").replace("键", "设置项")
    return problem("W643", Place(file=name, cell=found.place.cell), what=what, cure=cure, file=name)


def noted(path: Path, name: str, year: int, told: Noted) -> bytes | None:
    """The file with what a command was told for a year; None where it has no place that is found by itself."""
    data = read_bytes(path, MAX_BYTES) if path.is_file() else HEAD.encode()
    if isinstance(data, Unreadable):
        return None
    before, wrong = _settings_in(data, name)
    wanted = _with(before, year, told)
    if wrong:
        return None
    text = data.decode("utf-8-sig")
    if wanted.contact != before.contact:
        text = _put(text, ("contact",), json.dumps(wanted.contact, ensure_ascii=False), name)
    if wanted.of(year) != before.of(year):
        text = _put(text, ("years", f"{year}", "due"), f"{wanted.of(year).due}", name)
    after = text.encode()
    return after if _settings_in(after, name) == (wanted, ()) else None


def is_noted(settings: Settings, year: int, told: Noted) -> bool:
    """Whether the settings say so already."""
    return _with(settings, year, told) == settings


def _with(settings: Settings, year: int, told: Noted) -> Settings:
    own = settings.of(year)
    years = settings.years if told.due is None else {**settings.years, f"{year}": replace(own, due=told.due)}
    return replace(settings, contact=told.contact or settings.contact, years=years)


def _put(text: str, path: Sequence[str], value: str, name: str) -> str:
    """The text with a value under a path of keys: on its line, before its neighbours, or at the end."""
    end = "\r\n" if "\r\n" in text else "\n"
    lines, rest = text.splitlines(), [*path]
    here: Node | None = None if _says_nothing(text.encode()) else parse(text.encode(), name).root
    indent, at = "", len(lines)
    while rest and isinstance(here, Block) and rest[0] in here.entries:
        key = rest.pop(0)
        mark, here = here.keys[key], here.entries[key]
        if not rest:
            lines[mark.line - 1] = _on_line(lines[mark.line - 1], value)
            return end.join([*lines, ""])
        first = next(iter(here.keys.values()), None) if isinstance(here, Block) else None
        indent, at = (
            (" " * (mark.column + 1), mark.line) if first is None else (" " * (first.column - 1), first.line - 1)
        )
    new = [f"{indent}{'  ' * depth}{key}:" for depth, key in enumerate(rest)]
    new[-1] += f" {value}"
    return end.join([*lines[:at], *new, *lines[at:], ""])


_LINE = re.compile(r"""(\s*[^:]+:)[ \t]*(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|.*?)(\s+#.*|\s*)""")


def _on_line(line: str, value: str) -> str:
    """The line with another value behind its key; what is remarked behind it stays."""
    found = _LINE.fullmatch(line)
    return f"{found[1]} {value}{found[2].rstrip()}" if found else line
