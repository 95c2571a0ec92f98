"""Cutting a 绩效文本 into its parts: title, table of contents, the department's own goals, one table a project."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

from selfeval.sources.blocks import Block, Grid, GridRow, Paragraph, Spot
from selfeval.sources.form.cutting import Part, cut, stands_above
from selfeval.sources.form.labels import (
    CODE,
    HOLD_A_TABLE,
    LEVEL1,
    NAME,
    filled,
    find,
    find_all,
    first_name,
    indicator_header,
    is_label,
)
from selfeval.sources.form.labels_above import DEPARTMENT
from selfeval.sources.form.pieces import is_start, pieces
from selfeval.sources.form.titles import read_title, year_of
from selfeval.sources.imported import year_of_sheet
from selfeval.sources.layout import squeeze, tidy, unified

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
    """One project's table with its heading. ``seq`` is None without a number, ``spot`` where its body begins.

    ``title`` is the heading as printed, with the line of its year; ``year`` the one they state (0: none). ``joined``:
    where it goes on under a head that was printed again.
    """

    seq: int | None
    heading: str
    spot: Spot
    above: tuple[Paragraph, ...]
    rows: tuple[GridRow, ...]
    below: tuple[Paragraph, ...]
    title: str = ""
    year: int = 0
    joined: tuple[Spot, ...] = ()


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
    """A document, cut up; ``listed`` counts the tables in its contents, ``bare`` are headings that no table follows.

    ``departments`` are the tables of a whole department, ``others`` those that have a project's name but no indicators,
    ``sheets`` those of a workbook without any table, ``nameless`` the tables of indicators that name no project: each
    with where it stands. ``strays`` are others before the first of a project that hold targets, by their first text.
    """

    title: str
    listed: int
    listed_names: list[str]
    overall: str
    partial: Passage
    sections: tuple[TableSection, ...]
    bare: tuple[tuple[str, Spot], ...]
    departments: tuple[tuple[str, Spot], ...] = ()
    others: tuple[Spot, ...] = ()
    sheets: tuple[Spot, ...] = ()
    strays: tuple[tuple[str, Spot], ...] = ()
    nameless: tuple[Spot, ...] = ()


def outline(blocks: Sequence[Block]) -> Outline:
    """Cut up a document."""
    blocks = pieces([_unified(block) for block in blocks])
    lines = [block.text if isinstance(block, Paragraph) else _NOT_A_LINE for block in blocks]
    parts = list(_parts(lines, blocks))
    whole = [_is_of_department(part, blocks) for part in parts]
    rows = [any(_heads_rows(block) for block in blocks[part.first : part.last]) for part in parts]
    holds = [
        has_rows or any(_holds(block, HOLD_A_TABLE) for block in blocks[part.first : part.last])
        for part, has_rows in zip(parts, rows, strict=True)
    ]
    kinds = list(zip(parts, holds, whole, rows, strict=True))
    tables = [part for part, held, of_all, has_rows in kinds if held and not of_all and (has_rows or part.heading)]
    bare = [part for part, held, of_all, _ in kinds if part.heading and not held and not of_all]
    body = min((part.heading_at for part, held, of_all, _ in kinds if held or of_all), default=len(blocks))
    front = _running(blocks[:body])
    named = {plain(part.heading) for part in tables}
    after_title = find(front.text, _AFTER_TITLE)
    return Outline(
        # the lines before the table of contents or the first part, run together
        tidy(front.text[: after_title.start()]) if after_title else "",
        *_contents(front.text, [part.heading for part in bare if part.heading_at < body and _names_project(part)]),
        _passage(front, _OVERALL, _PARTIAL).text,
        _passage(front, _PARTIAL, _AFTER_PARTIAL),
        tuple(_with_numbered_lines(_joined([_section(part, blocks) for part in tables]))),
        tuple(
            (part.heading, blocks[part.heading_at].spot)
            for part in bare
            if part.heading_at >= body and plain(part.heading) not in named
        ),
        tuple(
            (part.title or "部门整体绩效目标表", _first_spot(part, blocks)) for part, _, of_all, _ in kinds if of_all
        ),
        tuple(
            _first_spot(part, blocks)
            for part, held, of_all, has_rows in kinds
            if not of_all and not part.heading and not (held and has_rows)
        ),
        _sheets_without(parts, blocks),
        () if find(front.text, _PARTIAL) else tuple(_strays(blocks[:body])),
        tuple(_nameless(parts, blocks, body if find(front.text, _PARTIAL) else 0)),
    )


def _strays(blocks: Sequence[Block]) -> Iterator[tuple[str, Spot]]:
    """The grids that have a row with a target, as the second half of a table whose first half stands elsewhere."""
    for block in blocks:
        rows = block.rows if isinstance(block, Grid) else ()
        texts = [[squeeze(cell.text) for cell in row.cells if cell.text.strip()] for row in rows]
        if not _heads_rows(block) and any(len(row) > 1 and any(map(_SIGNED.match, row)) for row in texts):
            yield " ".join(next(filter(None, texts))), block.spot


_SIGNED = re.compile("[≥≤≧≦><=]+[\\d.]")


def _holds_start(block: Block) -> bool:
    return isinstance(block, Grid) and any(is_start(row) for row in block.rows)


def _heads_rows(block: Block) -> bool:
    return isinstance(block, Grid) and indicator_header(block.rows) < len(block.rows)


def _is_of_department(part: Part, blocks: Sequence[Block]) -> bool:
    """Whether a part is the table of a whole department, by its title or its labels."""
    if part.heading and read_title(part.title or part.heading).department:
        return True
    body = blocks[part.first : part.last]
    return any(_holds(block, DEPARTMENT) for block in body) and not any(_holds(block, (*CODE, *NAME)) for block in body)


def _names_project(part: Part) -> bool:
    """Whether a heading is that of one project, and not of all of a unit's: 某局2025年度项目支出绩效目标表."""
    return bool(read_title(part.title or part.heading).project)


def _first_spot(part: Part, blocks: Sequence[Block]) -> Spot:
    return blocks[min(part.first, len(blocks) - 1)].spot


def _parts(lines: Sequence[str], blocks: Sequence[Block]) -> Iterator[Part]:
    """The parts of a document; none has something of two sheets."""
    first = 0
    for _, group in groupby(blocks, key=lambda block: block.spot.sheet):
        own = [*group]
        for part in _parts_of_sheet(lines[first : first + len(own)], own):
            at = part.heading_at + first
            yield replace(part, heading_at=at, first=part.first + first, last=part.last + first)
        first += len(own)


def _parts_of_sheet(lines: Sequence[str], blocks: Sequence[Block]) -> list[Part]:
    return cut(lines, lambda i: _holds_start(blocks[i]), lambda i: _holds(blocks[i], LEVEL1))


def _nameless(parts: Sequence[Part], blocks: Sequence[Block], first: int) -> Iterator[Spot]:
    """Where the grids are, from a block on, that have the head of indicators and stand in no part."""
    covered = {i for part in parts for i in range(part.first, part.last)}
    return (block.spot for i, block in enumerate(blocks) if i >= first and i not in covered and _heads_rows(block))


def _sheets_without(parts: Sequence[Part], blocks: Sequence[Block]) -> tuple[Spot, ...]:
    """Where each sheet begins that has something, but no part of any kind."""
    known = {blocks[part.heading_at].spot.sheet for part in parts}
    firsts: dict[str, Spot] = {}
    for block in blocks:
        if not isinstance(block, Paragraph) or block.text.strip():
            firsts.setdefault(block.spot.sheet, block.spot)
    return tuple(spot for sheet, spot in firsts.items() if sheet and sheet not in known)


def _joined(sections: Sequence[TableSection]) -> list[TableSection]:
    """The sections, one that only goes on with the one before put behind it."""
    whole: list[TableSection] = []
    for section in sections:
        rest = _rest(whole[-1], section) if whole else None
        if rest is None:
            whole.append(section)
            continue
        before = whole.pop()
        joined, below = (*before.joined, section.spot), (*before.below, *section.above, *section.below)
        whole.append(replace(before, rows=(*before.rows, *rest), below=below, joined=joined))
    return whole


_NUMBERED_LINE = re.compile(r"(?:第?[\d一二三四五六七八九十]{1,3}[、.．])[^，。；：]{2,40}")


def _with_numbered_lines(sections: Sequence[TableSection]) -> Iterator[TableSection]:
    """The sections, numbered lines (2、图书购置) below one above the next, whose they are."""
    lead: tuple[Paragraph, ...] = ()
    for number, section in enumerate(sections, start=1):
        below = [paragraph for paragraph in section.below if paragraph.text.strip()]
        at = len(below)
        while number < len(sections) and at and _NUMBERED_LINE.fullmatch(squeeze(below[at - 1].text)):
            at -= 1
        yield replace(section, above=(*lead, *section.above), below=tuple(below[:at]))
        lead = tuple(below[at:])


def _rest(before: TableSection, section: TableSection) -> tuple[GridRow, ...] | None:
    """The rows with which a section goes on with the one before, under the same head or none; None: it is another."""
    says_so = _says_that_it_goes_on(section.title, before)
    if section.spot.sheet != before.spot.sheet or not (says_so or section.title == before.title):
        return None
    if not any(map(is_start, section.rows)):
        return section.rows
    tops = [_texts(part.rows[: indicator_header(part.rows)]) for part in (before, section)]
    below = [_texts(part.rows[indicator_header(part.rows) :]) for part in (before, section)]
    if says_so and _project_in(before.rows) == _project_in(section.rows) and below[0] != below[1]:
        return section.rows[indicator_header(section.rows) :]
    if tops[0] != tops[1] or below[0] == below[1] or first_name(before.rows) == first_name(section.rows) != "":
        return None
    return section.rows[indicator_header(section.rows) :]


def _says_that_it_goes_on(title: str, before: TableSection) -> bool:
    """Whether a title is that of the rest of a table: 项目支出绩效目标表（续）, of the same project if it names one."""
    if not _GOES_ON.search(squeeze(title)):
        return False
    own, other = (plain(read_title(text).project) for text in (title, before.title))
    return not own or _KIND.sub("", own) in {_KIND.sub("", other), _project_in(before.rows)}


def _project_in(rows: Sequence[GridRow]) -> str:
    """The name of the project beside its label, for comparing; blank where there is none."""
    cells = filled(rows[: indicator_header(rows)])
    return next((plain(two.cell.text) for one, two in pairwise(cells) if is_label(one.cell.text, NAME)), "")


_KIND = re.compile("(?:项目)?(?:支出)?$")


_GOES_ON = re.compile("[（(](?:[接续]上?[页表]?)[)）]")


def _texts(rows: Sequence[GridRow]) -> list[str]:
    return [squeeze("".join(cell.text for cell in row.cells)) for row in rows]


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
    lead = [block for block in blocks[part.heading_at : part.first] if isinstance(block, Paragraph)]
    above = [block for block in [*lead, *body[:first]] if isinstance(block, Paragraph)]
    # of what precedes the body, the heading itself is not a line above the table
    above = [block for block in above if block not in lead or stands_above(block.text)]
    stated = read_title(part.title).year
    year = stated or next(filter(None, (year_of(block.text) for block in above)), 0)
    title = part.title + (f"（{year}年度）" if year and not stated else "")
    sheet = body[0].spot.sheet
    if not year and (year := year_of_sheet(sheet)):
        title += f"（工作表 {sheet}）"
    return TableSection(
        part.seq,
        part.heading,
        body[0].spot,
        tuple(above),
        tuple(row for block in body if isinstance(block, Grid) for row in block.rows),
        tuple(block for block in body[first:] if isinstance(block, Paragraph)),
        title,
        year,
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
