"""Where a flat table begins: a row of headings, or two, that name a project, an indicator and its target."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from selfeval.sources import years
from selfeval.sources.blocks import GridCell, GridRow, Spot
from selfeval.sources.flat.columns import GOALS_OF_THE_YEAR, NOTES, OTHER_YEAR, UNIT, is_passed, name_of
from selfeval.sources.form.labels import column_of
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified

MOST_COLUMNS = 100
"""Of a table with headings."""


@dataclass(frozen=True)
class Heading:
    """One column: its title, with the one above it where there are two rows, and where it stands.

    ``first``: the column in which it begins, as one may cover several (``columns``).
    """

    title: str
    above: str
    spot: Spot
    first: int
    columns: int = 1


@dataclass(frozen=True)
class Head:
    """The headings of a flat table: which columns (from 0) hold what, by name; ``rows``: how many rows they take.

    ``guessed``: the place of a heading 单位 that was taken for that of the number.
    ``untitled``: columns without a heading right of that of the target, which are taken for its other cells.
    """

    columns: Mapping[int, str]
    headings: Mapping[int, Heading]
    rows: int
    guessed: Spot | None
    untitled: frozenset[int]

    @property
    def names(self) -> frozenset[str]:
        """What there is a column for."""
        return frozenset(self.columns.values())

    @cached_property
    def titles(self) -> frozenset[str]:
        """All titles, without white space."""
        return frozenset(squeeze(unified(text)) for one in self.headings.values() for text in (one.title, one.above))

    def title(self, at: int) -> str:
        """The title of a column; blank where it has none."""
        return (self.headings[at].title or self.headings[at].above) if at in self.headings else ""

    def over(self, at: int) -> str:
        """The title above that of a column; blank where it has none."""
        return self.headings[at].above if at in self.headings else ""

    def of_years(self, at: int) -> tuple[int, ...]:
        """The years that the heading of a column names."""
        heading = self.headings.get(at)
        return (years.dated(heading.title)[0] or years.dated(heading.above)[0]) if heading else ()

    @property
    def unknown(self) -> list[tuple[str, Spot]]:
        """The titles that no column is known by, and where they stand."""
        found = {one: squeeze(unified(self.title(at))) for at, one in self.headings.items() if at not in self.columns}
        return [
            (title, one.spot) for one, title in found.items() if title and title not in NOTES and column_of(title) == ""
        ]

    def places(self, name: str) -> list[int]:
        """The columns of a name, from left to right."""
        return sorted(at for at, one in self.columns.items() if one == name)


def of_the_year(rows: Sequence[GridRow], year: int, account: Account) -> tuple[GridRow, ...]:
    """The rows of a grid, in their heads the columns of a year as if there were no others beside them."""
    made, at = [*rows], 0
    while at < len(made):
        head = head_at(made, at)
        if head:
            upper, lower = made[at], made[at + 1] if head.rows > 1 else None
            made[at : at + min(head.rows, _TWO)] = years.Heads(upper, lower, name_of).taken(year, account)
        at += head.rows if head else 1
    return tuple(made)


def head_at(rows: Sequence[GridRow], at: int) -> Head | None:
    """The head that begins in a row; None when none does."""
    if not rows[at].cells or not any(map(_may_head, rows[at : at + 2])):
        return None
    one = _head(rows[at], None)
    both = _head(rows[at], rows[at + 1]) if at + 1 < len(rows) and _goes_on(rows[at], rows[at + 1]) else None
    if both and _is_whole(both) and not _is_below(rows[at], rows[at + 1]):
        return _with_parts(both, rows, at)
    return _with_parts(one, rows, at) if one and _is_whole(one) else None


_LEAST = 3
_TWO = 2


def _may_head(row: GridRow) -> bool:
    """Whether a row may be a head, at the first look."""
    return len(row.cells) >= _LEAST and sum(bool(name_of(cell.text)) for cell in row.cells) > 1


def _is_whole(head: Head) -> bool:
    names = head.names
    return bool(names & {"code", "name"}) and "level3" in names and bool(names & {"target", OTHER_YEAR})


def _is_below(upper: GridRow, lower: GridRow) -> bool:
    """Whether the second row is a whole head, to which the first adds nothing: that is a title."""
    one = _head(lower, None)
    own = {at for cell in lower.cells for at in _covered(cell)}
    beside = any(name_of(cell.text) and cell.column not in own for cell in upper.cells)
    return one is not None and _is_whole(one) and not beside


def _goes_on(upper: GridRow, lower: GridRow) -> bool:
    """Whether a second row of headings lies below the first: under wide cells, or beside cells that go down to it."""
    wide = {at for cell in upper.cells if cell.columns > 1 for at in range(cell.column, cell.column + cell.columns)}
    deep = {at for cell in upper.cells if cell.rows > 1 for at in range(cell.column, cell.column + cell.columns)}
    own = {cell.column for cell in upper.cells}
    # without merged cells (CSV), the lower row begins where the upper one has blanks
    below = {cell.column for cell in lower.cells}
    over = {at: cell.text for cell in upper.cells for at in _covered(cell)}
    over |= {at: left.text for at in below - {*over} if (left := _left(upper, at))}
    titles = [(cell.text, over.get(cell.column, "")) for cell in lower.cells]
    named = sum(bool(name_of(one, "指标值") or name_of(one, above) or is_passed(one, above)) for one, above in titles)
    if named < _TWO or below & deep or not (below & wide or len(below & own) < len(below)):
        return False
    # each is a heading itself or stands over several; a label with its value beside it (项目编码 | ZZ01) is none
    ends = [*sorted(own)[1:], max(below) + 1]
    return all(
        _is_heading(cell) or sum(cell.column <= at < max(end, cell.column + cell.columns) for at in below) >= _TWO
        for cell, end in zip(upper.cells, ends, strict=False)
    )


def _is_heading(cell: GridCell) -> bool:
    """Whether a cell of the upper row is a heading by itself: known, of a year, of notes, or down to the lower row."""
    known = name_of(cell.text) or years.dated(cell.text)[0] or squeeze(unified(cell.text)) in NOTES
    return bool(known) or cell.rows > 1


def _head(upper: GridRow, lower: GridRow | None) -> Head | None:
    headings = dict(_headings(upper, lower))
    if not headings or len(headings) > MOST_COLUMNS:
        return None
    columns: dict[int, str] = {}
    guessed = None
    before = ""
    for at, heading in sorted(headings.items()):
        name = name_of(heading.title, heading.above)
        if not name and squeeze(unified(heading.title)) == UNIT and not heading.above:
            name = "unit" if before in {"target", "sign"} else "unit_name"
            guessed = heading.spot if name == "unit" else guessed
        if name:
            columns[at] = name
        before = name
    columns |= _of_years(columns, headings)
    last = max(headings)
    targets = [at for at, name in columns.items() if name == "target" and headings[at].columns == 1]
    beside = (next((more for more in (at + 2, at + 1) if _is_free(at, more, headings, last)), at) for at in targets)
    untitled = {more for at, end in zip(targets, beside, strict=True) for more in range(at + 1, end + 1)}
    columns |= dict.fromkeys(untitled, "target")
    return Head(columns, headings, 2 if lower else 1, guessed, frozenset(untitled))


def _is_free(at: int, end: int, headings: Mapping[int, Heading], last: int) -> bool:
    """Whether the columns after one, to an end, have no heading, and another heading follows."""
    return end < last and not any(more in headings for more in range(at + 1, end + 1))


def _headings(upper: GridRow, lower: GridRow | None) -> Iterator[tuple[int, Heading]]:
    """The heading of each column; a wide cell is that of each column below it."""
    above = {at: cell for cell in upper.cells for at in _covered(cell)}
    if lower is None:
        known = {cell: Heading(cell.text, "", cell.spot, cell.column, cell.columns) for cell in upper.cells}
        yield from ((at, known[cell]) for at, cell in above.items())
        return
    below = {at: cell for cell in lower.cells for at in _covered(cell)}
    for at in sorted({*above, *below}):
        over = above.get(at) or (_left(upper, at) if at in below else None)
        under = below.get(at)
        if under is None and over is not None:
            yield at, Heading("", over.text, over.spot, over.column, over.columns)
        elif under is not None:
            upper_text = over.text if over else ""
            yield at, Heading(under.text, upper_text, under.spot, under.column, under.columns)


def _of_years(columns: Mapping[int, str], headings: Mapping[int, Heading]) -> dict[int, str]:
    """The columns of a target that is called by its year alone (2025年, 年度目标), where there is no other."""
    level3 = next((at for at, name in columns.items() if name == "level3"), max(headings))
    if {"target", OTHER_YEAR} & {*columns.values()}:
        return {}
    right = {at: squeeze(unified(heading.title)) for at, heading in headings.items() if at > level3}
    bare = {at: OTHER_YEAR for at, title in right.items() if years.dated(title)[0] and not years.dated(title)[1]}
    goals = {at: "target" for at, title in right.items() if columns.get(at) == "goal" and title in GOALS_OF_THE_YEAR}
    return bare or goals


def _with_parts(head: Head, rows: Sequence[GridRow], at: int) -> Head:
    """A head with one more row, if one follows that only says what stands under some of its headings."""
    cells = rows[at + head.rows].cells if at + head.rows < len(rows) else ()
    over = {cell: heading for cell in cells if (heading := _over(head, cell.column))}
    count = Counter(heading.first for heading in over.values())
    if len(cells) < _TWO or len(over) < len(cells) or min(count.values()) < _TWO:
        return head
    columns, headings = dict(head.columns), dict(head.headings)
    for cell, heading in over.items():
        above = heading.title or heading.above
        is_target = head.columns.get(heading.first) == "target"
        name = name_of(cell.text, above) or ("target" if is_target and not _is_value(cell.text) else "")
        if not name and not is_passed(cell.text, above):
            return head
        columns.pop(cell.column, None)
        columns |= {} if is_passed(cell.text, above) else {cell.column: name}
        headings[cell.column] = Heading(cell.text, above, cell.spot, cell.column, cell.columns)
    untitled = head.untitled - {cell.column for cell in cells}
    return replace(head, columns=columns, headings=headings, rows=head.rows + 1, untitled=untitled)


def _over(head: Head, column: int) -> Heading | None:
    """The heading over a column: a wide one, or where nothing is merged the last before it."""
    left = max((at for at in head.headings if at <= column), default=None)
    return None if left is None else head.headings[left]


def _is_value(text: str) -> bool:
    return _VALUE.search(squeeze(unified(text))) is not None


_VALUE = re.compile(r"^[≥≤≧≦<>=]|^[\d.]+\D{0,3}$")


def _covered(cell: GridCell) -> range:
    return range(cell.column, cell.column + min(cell.columns, MOST_COLUMNS + 1))


def _left(row: GridRow, at: int) -> GridCell | None:
    """The last cell before a column: where nothing is merged, it stands over what follows."""
    return next(
        (cell for cell in reversed(row.cells) if cell.column < at and cell.columns == 1 and cell.rows == 1), None
    )
