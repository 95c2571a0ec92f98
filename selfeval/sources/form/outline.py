"""Cutting a 绩效文本 into its parts: title, table of contents, the department's own goals, one table a project."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import compress, pairwise

from selfeval.sources.blocks import Block, Grid, GridRow, Paragraph, Spot
from selfeval.sources.form.labels import CODE, HOLD_A_TABLE, LEVEL1, find, find_all, is_label
from selfeval.sources.layout import squeeze, tidy, unified

_HEADING = re.compile(r"(?:(\d{1,3})[.、．])?(.+)绩效目标表")
_NUMBERED = re.compile(r"\d{1,3}(?:$|[.、])")
_NEXT_ITEM = re.compile(r"\d{1,3}[.、]")
_NOT_IN_HEADING = re.compile("[，。；\t]")
_UNIT = re.compile(r"\d{6}\D.*")
_MONEY = re.compile("[（(]?(?:金额)?单位[:：]")
_HEADING_LINES = 8  # a heading may be broken over this many lines
_UNIT_LINES = 8  # the code of a project stands this near below the line that names its unit


@dataclass(frozen=True)
class Part:
    """One project's part: the line (from 0) of its heading, those of its body, and its number, if it has these."""

    heading_at: int
    first: int
    last: int
    seq: int | None
    heading: str


def cut(lines: Sequence[str], code: Callable[[int], bool], rows: Callable[[int], bool]) -> list[Part]:
    """The parts of a document of lines. ``code``, ``rows``: whether that label of a table starts on a line."""
    parts: list[Part] = []  # each as if it were the last
    seen_code = seen_rows = False
    for i, line in enumerate(lines):
        if parts and i < parts[-1].first:
            continue
        started = _heading(lines, i)
        if not started:
            near = range(i, min(len(lines), i + _UNIT_LINES))
            new_unit = (seen_rows or not parts) and _names_unit(line) and any(map(code, near))
            if (code(i) and (seen_code or not parts)) or new_unit:
                above = _lines_above(lines, i, parts[-1].heading_at + 1 if parts else 0)
                started = Part(above, above, len(lines), None, "")
        if started:
            parts.append(started)
            seen_code = seen_rows = False
        if not (started and started.heading):
            seen_code |= code(i)
            seen_rows |= rows(i)
    return [replace(part, last=after.heading_at) for part, after in pairwise(parts)] + parts[-1:]


def _names_unit(line: str) -> bool:
    """Whether a line is one such as 324001 承德市司法局本级."""
    return "\t" not in line.strip() and _UNIT.fullmatch(squeeze(line)) is not None


def _lines_above(lines: Sequence[str], i: int, lowest: int) -> int:
    """Where the lines directly above a table begin that name its unit and its unit of money."""
    first = i
    while i > lowest and (not lines[i - 1].strip() or _names_unit(lines[i - 1]) or _MONEY.match(squeeze(lines[i - 1]))):
        i -= 1
        first = i if lines[i].strip() else first
    return first


def _heading(lines: Sequence[str], i: int) -> Part | None:
    """The part under the heading that starts at line ``i``, to the end; None when none starts there."""
    text, used = "", 0
    for j in range(i, min(len(lines), i + 2 * _HEADING_LINES)):
        line = lines[j].strip()
        if not line and used:
            continue
        next_item = re.search(r"\D", squeeze(text)) and _NEXT_ITEM.match(squeeze(line))
        if not line or _NOT_IN_HEADING.search(line) or next_item:
            return None
        text, used = f"{text}\n{line}", used + 1
        whole = _HEADING.fullmatch(squeeze(text))
        if whole:
            named = _HEADING.fullmatch(tidy(text)) or whole
            return Part(i, j + 1, len(lines), int(whole[1]) if whole[1] else None, named[2])
        if used == _HEADING_LINES or not _NUMBERED.match(squeeze(text)):
            return None
    return None


_LEADERS = r"[.…·。‥⋯]"
_CONTENTS_ENTRY = re.compile(rf"绩\s*效\s*目\s*标\s*表(?:\s*(?:{_LEADERS}\s*)+|[ \t]*)\d+")
_ENTRY_NAME = re.compile(rf"\d{{1,3}}[.、](.+)绩效目标表{_LEADERS}*\d+")
_OVERALL = ("一、总体绩效目标", "一、总体目标")
_PARTIAL = ("二、分项绩效目标", "二、分项目标")
_AFTER_PARTIAL = ("三、工作保障措施", "第二部分", "第二部分预算项目绩效目标")
_AFTER_TITLE = ("目录", "第一部分", "第一部分部门整体绩效目标", *_OVERALL)
_NEXT_HEADING = re.compile(r"\n *三、[^\n，。；]{0,12}(?=\n)")
_NOT_A_LINE = "▦\t▦"  # stands for a grid among lines: neither blank nor a heading


@dataclass(frozen=True)
class TableSection:
    """One project's table with its heading. ``seq`` is None without a number, ``spot`` where its body begins."""

    seq: int | None
    heading: str
    spot: Spot
    above: tuple[Paragraph, ...]
    rows: tuple[GridRow, ...]
    below: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Passage:
    """Running text of the document, and where each of its lines stands."""

    text: str = ""
    spots: tuple[Spot, ...] = (Spot(),)

    def spot(self, offset: int) -> Spot:
        """Where the text at an offset stands."""
        return self.spots[bisect_left(self._ends, offset)]

    @cached_property
    def _ends(self) -> list[int]:
        """Where each line ends."""
        return [hit.start() for hit in re.finditer("\n", self.text)]


@dataclass(frozen=True)
class Outline:
    """A document, cut up; ``listed`` counts the tables in its contents, ``bare`` are headings that no table follows."""

    title: str
    listed: int
    listed_names: list[str]
    overall: str
    partial: Passage
    sections: tuple[TableSection, ...]
    bare: tuple[tuple[str, Spot], ...]


def outline(blocks: Sequence[Block]) -> Outline:
    """Cut up a document."""
    blocks = [_unified(block) for block in blocks]
    lines = [block.text if isinstance(block, Paragraph) else _NOT_A_LINE for block in blocks]
    parts = cut(lines, lambda i: _holds(blocks[i], CODE), lambda i: _holds(blocks[i], LEVEL1))
    holds = [any(_holds(block, HOLD_A_TABLE) for block in blocks[part.first : part.last]) for part in parts]
    tables = list(compress(parts, holds))
    bare = [part for part, held in zip(parts, holds, strict=True) if part.heading and not held]
    body = tables[0].heading_at if tables else len(blocks)
    front = _running(blocks[:body])
    named = {plain(part.heading) for part in tables}
    after_title = find(front.text, _AFTER_TITLE)
    return Outline(
        # the lines before the table of contents or the first part, run together
        tidy(front.text[: after_title.start()]) if after_title else "",
        *_contents(front.text, [part.heading for part in bare if part.heading_at < body]),
        _passage(front, _OVERALL, _PARTIAL).text,
        _passage(front, _PARTIAL, _AFTER_PARTIAL),
        tuple(_section(part, blocks) for part in tables),
        tuple(
            (part.heading, blocks[part.heading_at].spot)
            for part in bare
            if part.heading_at >= body and plain(part.heading) not in named
        ),
    )


@lru_cache(maxsize=4096)  # names are compared with many others
def plain(name: str) -> str:
    """A name for comparing: letters, digits and characters only."""
    return re.sub(r"[\W_]", "", name)


def _unified(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=unified(block.text))
    cells = (tuple(replace(cell, text=unified(cell.text)) for cell in row.cells) for row in block.rows)
    return replace(block, rows=tuple(replace(row, cells=texts) for row, texts in zip(block.rows, cells, strict=True)))


def _holds(block: Block, spellings: tuple[str, ...]) -> bool:
    return isinstance(block, Grid) and any(is_label(cell.text, spellings) for row in block.rows for cell in row.cells)


def _section(part: Part, blocks: Sequence[Block]) -> TableSection:
    body = blocks[part.first : part.last]
    first = next(i for i, block in enumerate(body) if isinstance(block, Grid))
    return TableSection(
        part.seq,
        part.heading,
        body[0].spot,
        tuple(block for block in body[:first] if isinstance(block, Paragraph)),
        tuple(row for block in body if isinstance(block, Grid) for row in block.rows),
        tuple(block for block in body[first:] if isinstance(block, Paragraph)),
    )


def _running(blocks: Sequence[Block]) -> Passage:
    """The blocks as running text; of a grid the cells, which here are layout."""
    lines: list[tuple[str, Spot]] = []
    for block in blocks:
        inside = [block] if isinstance(block, Paragraph) else [cell for row in block.rows for cell in row.cells]
        lines += [(line, piece.spot) for piece in inside for line in piece.text.split("\n")]
    return Passage("\n".join(line for line, _ in lines), tuple(spot for _, spot in lines))


def _contents(front: str, entries: list[str]) -> tuple[int, list[str]]:
    """How many tables are announced, and names. ``entries``: headings in the front that no table follows."""
    names = [hit[1] for line in front.split("\n") if (hit := _ENTRY_NAME.fullmatch(squeeze(line)))]
    count = len(_CONTENTS_ENTRY.findall(front))
    return (count, names) if count else (len(entries), entries)


def _passage(front: Passage, first: tuple[str, ...], last: tuple[str, ...]) -> Passage:
    """The text after the heading ``first`` (its last occurrence: one may stand in the contents) and before ``last``."""
    begin = find_all(front.text, first)
    if not begin:
        return Passage()
    start = begin[-1].end()
    body = front.text[start:]
    ends = [found.start() for found in find_all(body, last)]
    ends += [hit.start() for hit in _NEXT_HEADING.finditer(body)]
    return Passage(body[: min(ends, default=len(body))], front.spots[front.text.count("\n", 0, start) :])
