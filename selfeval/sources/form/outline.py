"""Cutting a 绩效文本 into its parts: title, table of contents, the department's own goals, one table a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import compress

from selfeval.sources.blocks import Block, Grid, Paragraph, Row, Spot
from selfeval.sources.form.labels import CODE, HOLD_A_TABLE, LEVEL1, find, find_all, is_label
from selfeval.sources.form.sections import Part, cut
from selfeval.sources.layout import squeeze, tidy, unified

_LEADERS = r"[.…·。‥⋯]"
_CONTENTS_ENTRY = re.compile(rf"绩\s*效\s*目\s*标\s*表(?:\s*(?:{_LEADERS}\s*)+|[ \t]*)\d+")
_ENTRY_NAME = re.compile(rf"\d{{1,3}}[.、](.+)绩效目标表{_LEADERS}*\d+")
_OVERALL = ("一、总体绩效目标", "一、总体目标")
_PARTIAL = ("二、分项绩效目标", "二、分项目标")
_AFTER_PARTIAL = ("三、工作保障措施", "第二部分", "第二部分预算项目绩效目标")
_AFTER_TITLE = ("目录", "第一部分", "第一部分部门整体绩效目标", *_OVERALL)
_NEXT_HEADING = re.compile(r"\n *三、[^\n，。；]{0,12}(?=\n)")
_NOT_A_LINE = "▦\t▦"
"""Stands for a grid among lines: neither blank nor a heading."""


@dataclass(frozen=True)
class Section:
    """One project's table with its heading. ``seq`` is None without a number, ``spot`` where its body begins."""

    seq: int | None
    heading: str
    spot: Spot
    above: tuple[Paragraph, ...]
    rows: tuple[Row, ...]
    below: tuple[Paragraph, ...]

    @property
    def name(self) -> str:
        """The heading, or where the table stands."""
        return self.heading or f"{self.spot}的表"


@dataclass(frozen=True)
class Passage:
    """Running text of the document, and where each of its lines stands."""

    text: str = ""
    spots: tuple[Spot, ...] = (Spot(),)

    def spot(self, offset: int) -> Spot:
        """Where the text at an offset stands."""
        return self.spots[self.text.count("\n", 0, offset)]


@dataclass(frozen=True)
class Outline:
    """A document, cut up. ``sections`` hold a table each; ``bare`` are headings that no table follows, and where.

    ``listed`` is how many tables the contents announce, ``listed_names`` those names that stand on one line each.
    """

    title: str
    listed: int
    listed_names: list[str]
    overall: str
    partial: Passage
    sections: tuple[Section, ...]
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


def plain(name: str) -> str:
    """A name for comparing: letters, digits and characters only."""
    return re.sub(r"[\W_]", "", name)


def _unified(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=unified(block.text))
    cells = (tuple(replace(cell, text=unified(cell.text)) for cell in row.cells) for row in block.rows)
    return replace(block, rows=tuple(replace(row, cells=texts) for row, texts in zip(block.rows, cells, strict=True)))


def _holds(block: Block, spellings: tuple[str, ...]) -> bool:
    """Whether a block is a grid with this label."""
    return isinstance(block, Grid) and any(is_label(cell.text, spellings) for row in block.rows for cell in row.cells)


def _section(part: Part, blocks: Sequence[Block]) -> Section:
    body = blocks[part.first : part.last]
    first = next(i for i, block in enumerate(body) if isinstance(block, Grid))
    return Section(
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
