"""The rows of a flat table by the names of their columns: what merged cells cover filled in, and what a row is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from selfeval.packages.columns import letters
from selfeval.sources.blocks import GridCell, GridRow, Paragraph, Spot
from selfeval.sources.flat.columns import NOTES, NUMBERINGS, OTHER_YEAR
from selfeval.sources.flat.head import MOST_COLUMNS, Head
from selfeval.sources.form import several
from selfeval.sources.form.foot import is_sum
from selfeval.sources.form.labels import LEVEL, PASSED, column_of
from selfeval.sources.form.other_rows import is_numbering
from selfeval.sources.form.split_target import MOST_PARTS, goes_on
from selfeval.sources.form.upper import BLANKS
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.targets_rows import passed_over
from selfeval.sources.years import ANOTHER

OF_UNITS = ("unit_name", "executor", "department", "office")
"""The columns that may name the unit of a project, the first of them that says one."""
_OF_PROJECT = frozenset({"code", "name", "budget", "fiscal", "other", "carried", "goal", "purpose"})
_NAMING = frozenset({"code", "name", "unit_code", *OF_UNITS})
_LEVEL1 = re.compile(r"(?:产出|效益|效果|满意度|成本)指标(?:[（(]\d{1,3}分?[)）])?")
_NUMBER = re.compile(r"\d[\d,]{0,30}(?:\.\d{1,10})?")
_LISTED = frozenset({"sign", "nature", "target", "unit"})
"""What may stand in several columns, told apart by these."""


class Part(NamedTuple):
    """A cell of the target: its name, its text, the first column of its heading, and whether that had to be guessed."""

    name: str
    text: str
    heading: int
    guessed: bool


@dataclass(frozen=True)
class Line:
    """A row: its texts by the names of their columns.

    ``parts``: the cells of the target, column by column. ``stray``: cells without a known heading. ``how``: how the row
    was parted, which held several indicators, ``shared`` its points for all of them, and how many these are. ``torn``:
    as of its ``GridRow``.
    """

    spot: Spot
    texts: Mapping[str, str]
    head: Head
    parts: Sequence[Part] = ()
    stray: Mapping[int, str] = field(default_factory=dict)
    plain: Sequence[str] = ()
    wide: bool = False
    how: str = ""
    shared: tuple[str, int] | None = None
    covered: frozenset[str] = frozenset()
    """The names of what stands in a row above, in a cell that goes down to this one."""
    torn: bool = False
    several: frozenset[str] = frozenset()
    """The names of which several columns say different things; all of them are in the text, but for a target."""

    def text(self, name: str) -> str:
        """The text of a column; blank where there is none."""
        return self.texts.get(name, "")

    def at(self, name: str) -> Spot:
        """Where it stands, or should: in a format without addresses the row."""
        places = self.head.places(name) if self.spot.cell else []
        return replace(self.spot, cell=f"{letters(places[0])}{self.spot.line}") if places else self.spot

    @property
    def unit(self) -> str:
        """The unit that it names: who fills it in, else who carries the project out, else who is above these."""
        return next(filter(None, map(self.text, OF_UNITS)), "")

    @property
    def is_indicator(self) -> bool:
        """Whether it names an indicator or says a target."""
        return bool(self.text("level3") or (self.text("target") and (self.text("level2") or self.text("level1"))))

    @cached_property
    def group(self) -> dict[str, str]:
        """The levels of the rows below, in a row that says nothing else: 产出指标 alone; those below it are blank."""
        names = self.texts.keys() - self.covered
        if self.wide and len(self.plain) == 1 and _LEVEL1.fullmatch(self.plain[0]):
            return {"level1": self.plain[0], "level2": ""}
        found = {name: self.text(name) for name in sorted(names)}
        only = found and found.keys() <= {"level1", "level2"} and not (self.stray or self.parts or self.text("level3"))
        return {"level2": "", **found} if only and all(map(LEVEL.search, found.values())) else {}

    @property
    def is_of_project(self) -> bool:
        """Whether it says something of a project."""
        return not _OF_PROJECT.isdisjoint(self.texts)


def group_rows(between: Sequence[Paragraph], head: Head) -> tuple[list[GridRow], list[Paragraph]]:
    """The lines between two parts of a table that name a level, as its rows over all columns; and the others."""
    groups = [line for line in between if _LEVEL1.fullmatch(squeeze(unified(line.text)))]
    first, last = min(head.headings), max(head.headings)
    rows = [GridRow((GridCell(line.text, line.spot, first, last + 1 - first),)) for line in groups]
    return rows, [line for line in between if line not in groups]


def lines_of(rows: Sequence[GridRow], head: Head, open_cells: list[GridCell]) -> Iterator[Line]:
    """The rows below a head that hold something. What covers several rows stands in each.

    ``open_cells``: those that go on below the rows before; brought up to date.
    """
    for row in rows:
        own = [cell for cell in row.cells if cell.text.strip()]
        covering = [cell for cell in open_cells if cell.column in head.columns]
        cells = sorted([*own, *covering], key=lambda cell: cell.column)
        open_cells[:] = [replace(cell, rows=cell.rows - 1) for cell in [*own, *covering] if cell.rows > 1]
        if own:
            wide = len(own) == 1 and (own[0].columns > 1 or own[0].column == min(head.headings))
            whole = replace(row, cells=tuple(cells), how="")
            parts = several.parted(whole, head.columns)
            points = several.shared_points(whole, head.columns)
            shared = (points.text, len(parts)) if points else None
            covered = frozenset(head.columns[cell.column] for cell in covering)
            for part in parts:
                line = _line(own[0].spot, part.cells, head)
                yield replace(line, wide=wide, how=part.how, shared=shared, covered=covered, torn=row.torn)
                shared = None


def _line(spot: Spot, cells: Sequence[GridCell], head: Head) -> Line:
    said: dict[str, dict[str, str]] = {}
    before = -1
    parts: list[Part] = []
    stray: dict[int, str] = {}
    for cell in cells:
        name, text = head.columns.get(cell.column, ""), tidy(unified(cell.text))
        slipped = not name and _goes_on(parts, cell, text, head)
        name = "target" if slipped else name
        if not name:
            stray[cell.column] = text
            continue
        if name in _LISTED:
            guessed = slipped or cell.column in head.untitled
            parts.append(Part(name, text, before if guessed else head.headings[cell.column].first, guessed))
            before = parts[-1].heading
        if text and not (name in _NAMING and squeeze(text) in BLANKS):
            said.setdefault(name, {}).setdefault(_alike(text), text)
    for cell in cells:
        _over_two_levels(cell, head, said)
    plain = [text for _, text in sorted(_by_column(cells))]
    texts = {name: ("" if name in _LISTED else "；").join(found.values()) for name, found in said.items()}
    several_ = frozenset(name for name, found in said.items() if len(found) > 1 and name not in {*_LISTED, OTHER_YEAR})
    return Line(spot, texts, head, parts, stray, plain, several=several_)


def _over_two_levels(cell: GridCell, head: Head, said: dict[str, dict[str, str]]) -> None:
    """Say of both levels what a cell over their two columns says, as 满意度指标."""
    names = [head.columns.get(at, "") for at in range(cell.column, cell.column + min(cell.columns, MOST_COLUMNS))]
    if names in (["level1", "level2"], ["level2", "level3"]) and names[1] not in said:
        said[names[1]] = dict(said.get(names[0], {}))


def _goes_on(parts: Sequence[Part], cell: GridCell, text: str, head: Head) -> bool:
    """Whether a cell without a heading, right of the last one, goes on with the target that stands there."""
    last = max(head.headings)
    beside = head.columns.get(last) == "target" and last < cell.column <= last + MOST_PARTS
    if not (beside and parts and parts[-1].name == "target" and cell.column not in head.headings):
        return False
    return parts[-1].guessed or goes_on(parts[-1].text, text)


def _alike(text: str) -> str:
    """What texts have in common that say the same: their signs without white space, or their number."""
    plain = squeeze(text)
    return str(Decimal(plain.replace(",", "")).normalize()) if _NUMBER.fullmatch(plain) else plain


def _by_column(cells: Iterable[GridCell]) -> Iterator[tuple[int, str]]:
    return ((cell.column, squeeze(unified(cell.text))) for cell in cells)


def what_else(line: Line, head: Head, *, after_note: bool) -> str:
    """What a row is that holds no indicator, in a word; blank where it may hold one, or says something of a project."""
    if len(line.plain) > 1 and all(text in head.titles for text in line.plain):
        return "列名"
    if is_numbering(line.plain):
        return "栏次"
    if told := passed_over(line.plain, (), after_note=after_note):
        return told
    if not line.text("target") and any(map(is_sum, line.plain)):
        return "合计"
    return ""


def unread(head: Head, lines: Sequence[Line], year: int) -> tuple[list[str], list[str]]:
    """The headings of the filled columns that are not read, for a message: the unknown, and those of no target.

    What is of another year is of no target for ``year``; what is of that year is unknown.
    """
    filled = sorted({at for line in lines for at in line.stray})
    titles = {at: squeeze(unified(head.title(at))) for at in filled}
    passed = {
        at
        for at, title in titles.items()
        if {*head.of_years(at)} - {year} or PASSED in map(column_of, (title, head.over(at)))
    }
    shown = {
        at: f"“{title.removeprefix(ANOTHER)}”" if title else f"{letters(at)}列（没有列名）"
        for at, title in titles.items()
    }
    noted = {at for at, title in titles.items() if title in NUMBERINGS}
    passed |= {at for at, title in titles.items() if title in NOTES}
    unknown = [title for at, title in shown.items() if at not in passed | noted]
    others = [
        f"“{head.title(head.places(name)[0])}”"
        for name, instead in (("executor", "unit"), ("office", "unit"), ("adjusted", "budget"))
        if any(_says_else(line, name, line.unit if instead == "unit" else line.text(instead)) for line in lines)
    ]
    return unknown, [title for at, title in shown.items() if at in passed - noted] + others


def _says_else(line: Line, name: str, instead: str) -> bool:
    """Whether a row says under a name something else than what was taken instead."""
    return bool(line.text(name) and instead) and _alike(line.text(name)) != _alike(instead)
