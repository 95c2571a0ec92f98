"""Cutting a 绩效文本 into its parts: title, table of contents, the department's own goals, one table a project."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selfeval.sources.text import labels
from selfeval.sources.text.layout import squeeze, tidy

_HEADING = re.compile(r"(?:(\d{1,3})[.、．])?(.+)绩效目标表")
_NUMBERED = re.compile(r"\d{1,3}(?:$|[.、])")
_NEXT_ITEM = re.compile(r"\d{1,3}[.、]")
_SENTENCE = re.compile("[，。；]")
_LEADERS = r"[.…·。‥⋯]"
_CONTENTS_ENTRY = re.compile(rf"绩\s*效\s*目\s*标\s*表(?:\s*(?:{_LEADERS}\s*)+|[ \t]*)\d+")
_ENTRY_NAME = re.compile(rf"\d{{1,3}}[.、](.+)绩效目标表{_LEADERS}*\d+")
_UNIT = re.compile(r"(\d{6})(\D.*)")
_OVERALL = ("一、总体绩效目标", "一、总体目标")
_PARTIAL = ("二、分项绩效目标", "二、分项目标")
_AFTER_PARTIAL = ("三、工作保障措施", "第二部分", "第二部分预算项目绩效目标")
_AFTER_TITLE = ("目录", "第一部分", "第一部分部门整体绩效目标", *_OVERALL)
_NEXT_HEADING = re.compile(r"\n *三、[^\n，。；]{0,12}(?=\n)")
_MONEY = re.compile("[（(]?(?:金额)?单位[:：]")
_HEADING_LINES = 8
"""A heading may be broken over this many lines."""

CODE = ("项目编码", "项目代码")
LEVEL1 = ("一级指标",)


@dataclass(frozen=True)
class Section:
    """One project's table with its heading. ``line`` is where ``text`` starts; ``seq`` None without a number."""

    seq: int | None
    heading: str
    heading_line: int
    line: int
    text: str

    def line_at(self, offset: int) -> int:
        """The line of the document at an offset into ``text``."""
        return self.line + self.text.count("\n", 0, offset)


@dataclass(frozen=True)
class Passage:
    """Running text of the document with the line it starts at."""

    line: int
    text: str


@dataclass(frozen=True)
class Contents:
    """The table of contents: how many tables it announces, and the names that stand on one line each."""

    count: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Outline:
    """A document, cut up. ``sections`` hold a table each; ``bare`` are headings that no table follows."""

    title: str
    contents: Contents
    overall: Passage
    partial: Passage
    sections: tuple[Section, ...]
    bare: tuple[Section, ...]


def outline(text: str) -> Outline:
    """Cut up a normalised document (see ``layout.normalise``)."""
    lines = text.split("\n")
    sections = _sections(lines)
    tables = tuple(one for one in sections if _holds_table(one))
    front = "\n".join(lines[: tables[0].heading_line - 1] if tables else lines)
    bare = [one for one in sections if one.heading and not _holds_table(one)]
    named = {plain(one.heading) for one in tables}
    entries = [one for one in bare if one.heading_line <= front.count("\n") + 1]
    return Outline(
        _title(front),
        _contents(front, entries),
        _passage(front, _OVERALL, _PARTIAL),
        _passage(front, _PARTIAL, _AFTER_PARTIAL),
        tables,
        tuple(one for one in bare if one not in entries and plain(one.heading) not in named),
    )


def plain(name: str) -> str:
    """A name for comparing: letters, digits and characters only."""
    return re.sub(r"[\W_]", "", name)


def unit_line(line: str) -> tuple[str, str] | None:
    """Code and name of the unit when the line is one such as 324001 承德市司法局本级."""
    if "\t" in line.strip():
        return None
    hit = _UNIT.fullmatch(squeeze(line))
    return (hit[1], tidy(hit[2])) if hit else None


def _sections(lines: list[str]) -> list[Section]:
    starts: list[tuple[int, int, int | None, str]] = []  # first line, first line of the body, number, heading
    seen_code = seen_rows = False
    skip = 0
    for i, line in enumerate(lines):
        if i < skip:
            continue
        heading = _heading(lines, i)
        if heading:
            skip, number, name = heading
            starts.append((i, skip, number, name))
            seen_code = seen_rows = False
            continue
        window = "\n".join(lines[i : i + 3])
        code = labels.find(window, "code", CODE)
        here = code is not None and code.start <= len(line)
        new_unit = seen_rows and unit_line(line) and labels.find("\n".join(lines[i : i + 8]), "code", CODE)
        if (here and (seen_code or not starts)) or new_unit:
            above = _lines_above(lines, i, starts[-1][0] + 1 if starts else 0)
            starts.append((above, above, None, ""))
            seen_code = seen_rows = False
        seen_code |= here
        rows = labels.find(window, "rows", LEVEL1)
        seen_rows |= rows is not None and rows.start <= len(line)
    ends = [first for first, *_ in starts[1:]] + [len(lines)]
    return [
        Section(number, name, first + 1, body + 1, "\n".join(lines[body:end]))
        for (first, body, number, name), end in zip(starts, ends, strict=False)
    ]


def _lines_above(lines: list[str], i: int, lowest: int) -> int:
    """Where the lines directly above a table begin that name its unit and its unit of money."""
    first = i
    while i > lowest and (not lines[i - 1].strip() or unit_line(lines[i - 1]) or _MONEY.match(squeeze(lines[i - 1]))):
        i -= 1
        first = i if lines[i].strip() else first
    return first


def _heading(lines: list[str], i: int) -> tuple[int, int | None, str] | None:
    """The line after the heading that starts at line ``i``, its number and its name; None when none starts there."""
    text, used = "", 0
    for j in range(i, min(len(lines), i + 2 * _HEADING_LINES)):
        line = lines[j].strip()
        if not line and used:
            continue
        if (
            not line
            or "\t" in line
            or _SENTENCE.search(line)
            or (re.search(r"\D", squeeze(text)) and _NEXT_ITEM.match(squeeze(line)))
        ):
            return None
        text, used = f"{text}\n{line}", used + 1
        whole = _HEADING.fullmatch(squeeze(text))
        if whole:
            named = _HEADING.fullmatch(tidy(text)) or whole
            return j + 1, int(whole[1]) if whole[1] else None, named[2]
        if used == _HEADING_LINES or not _NUMBERED.match(squeeze(text)):
            return None
    return None


def _holds_table(section: Section) -> bool:
    return any(labels.find(section.text, "", names) for names in (CODE, LEVEL1, ("预算数",)))


def _contents(front: str, entries: list[Section]) -> Contents:
    names = [hit[1] for line in front.split("\n") if (hit := _ENTRY_NAME.fullmatch(squeeze(line)))]
    count = len(_CONTENTS_ENTRY.findall(front))
    return Contents(count or len(entries), tuple(names) if count else tuple(one.heading for one in entries))


def _title(front: str) -> str:
    """The lines before the table of contents or the first part, run together."""
    end = labels.find(front, "title", _AFTER_TITLE)
    return tidy(front[: end.start]) if end else ""


def _passage(front: str, first: tuple[str, ...], last: tuple[str, ...]) -> Passage:
    """The text after the heading ``first`` (its last occurrence: one may stand in the contents) and before ``last``."""
    begin = labels.find_all(front, "first", first)
    if not begin:
        return Passage(0, "")
    start = begin[-1].end
    body = front[start:]
    ends = [found.start for found in labels.find_all(body, "last", last)]
    ends += [hit.start() for hit in _NEXT_HEADING.finditer(body)]
    return Passage(front.count("\n", 0, start) + 1, body[: min(ends, default=len(body))])
