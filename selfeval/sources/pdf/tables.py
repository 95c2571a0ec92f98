"""Tables over page breaks: what stands on several pages as one grid, and a row that the break cut in two as one row."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from selfeval.sources.blocks import Grid, GridCell, GridRow, Spot
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.pdf.page import Cell, PageTable

_NEAR = 40  # tenths of a point: edges this near are one
_PADDING = 120  # within a cell, left and right together
_HOW = "这一行被分页断开，与上一页的上半行拼接"
_TOKEN = re.compile(r"[!-~]+|.[，。、；：）》”！？」』】]*")
_HALF = 0.55  # of the height: how wide a letter or a digit is
_TELLING = 4  # signs: in a narrower cell any line is full
_COMPARED = 200  # rows above a break that show what such a row has
_BRACKETS = {"（": "）", "(": ")", "“": "”", "《": "》", "【": "】"}
_PAIR = 2  # cells of a row that is a label and its text

Row = list[Cell]
"""The cells that cover a row, from the left; one that covers several stands in each of them."""


class Chain:
    """A table from the page where it begins to that where it ends.

    ``before``: the edges by which the columns of the table before it are counted. One that has no other edges counts
    its columns so too, for it may go on with that one, below a line of text.
    """

    def __init__(self, first: PageTable, before: Sequence[int] = ()) -> None:
        self._parts = [first]
        self._before = before
        self._rows: list[Row] = []
        self._spots: list[Spot] = []
        self._joined: set[int] = set()
        """The rows that a break had cut in two."""
        self.torn: list[tuple[Spot, str]] = []
        """The rows at the top of a page that may be the rest of the row before, and what they say."""
        self._doubtful: set[int] = set()
        """The numbers of these rows."""
        self._part_at = 0
        self._add(first, [first.covering(number) for number in range(first.rows)], 0)

    def take(self, table: PageTable) -> bool:
        """Go on with the first table of the next page; False where it is another table."""
        last = self._parts[-1]
        if abs(last.xs[0] - table.xs[0]) > _NEAR or abs(last.xs[-1] - table.xs[-1]) > _NEAR:
            return False
        rows = [table.covering(number) for number in range(table.rows)]
        head = self._repeated_head(rows)
        rows = rows[head:]
        alike = bool(rows) and _alike(self._rows[-1], rows[0])
        if not head and not alike:
            self._unsay(rows[0])
            return False
        self._parts.append(table)
        others = [*self._rows[-_COMPARED:-1], *rows[1:]] if alike else []
        goes_on = alike and _goes_on(self._rows[-1], rows[0], others)
        if goes_on is None:
            self._doubtful.add(len(self._rows))
            spot = Spot(head + 1, page=table.page, table=table.at)
            self.torn.append((spot, " ".join(squeeze(cell.text) for cell in rows[0] if cell.lines)))
        if goes_on:
            same: dict[int, Cell] = {}
            for cell, rest in zip(self._rows[-1], rows[0], strict=True):
                _put_together(cell, rest)
                same[id(rest)] = cell
            self._joined.add(len(self._rows) - 1)
            self._add(table, _replaced(rows[1:], same), head + 1)
        else:
            self._add(table, _replaced(rows, self._merged(rows[0]) if alike else {}), head)
        return True

    @property
    def edges(self) -> Sequence[int]:
        """The edges of its columns: those of all its parts, or those of the table before it."""
        xs: list[int] = []
        for edge in sorted(edge for part in self._parts for edge in part.xs):
            if not xs or edge - xs[-1] > _NEAR:
                xs.append(edge)
        known = all(any(abs(edge - other) <= _NEAR for other in self._before) for edge in xs)
        alike = known and abs(xs[0] - self._before[0]) <= _NEAR and abs(xs[-1] - self._before[-1]) <= _NEAR
        return self._before if alike else xs

    def grid(self) -> Grid:
        """The table as one grid."""
        xs = self.edges

        def column(edge: int) -> int:
            at = bisect_left(xs, edge)
            return at if at < len(xs) and (not at or xs[at] - edge < edge - xs[at - 1]) else at - 1

        reach: dict[int, int] = {}
        for row in self._rows:
            for cell in row:
                reach[id(cell)] = reach.get(id(cell), 0) + 1
        made: list[GridRow] = []
        seen: set[int] = set()
        for number, (row, spot) in enumerate(zip(self._rows, self._spots, strict=True)):
            own = [cell for cell in row if id(cell) not in seen]
            seen |= set(map(id, own))
            cells = (
                GridCell(cell.text, spot, column(cell.x0), max(1, column(cell.x1) - column(cell.x0)), reach[id(cell)])
                for cell in own
            )
            made.append(GridRow(tuple(cells), _HOW if number in self._joined else "", number in self._doubtful))
        return Grid(tuple(made), self._spots[0])

    def _add(self, table: PageTable, rows: Iterable[Row], first: int) -> None:
        self._part_at = len(self._rows)
        for number, row in enumerate(rows, start=first + 1):
            self._rows.append(row)
            self._spots.append(Spot(number, page=table.page, table=table.at))

    def _repeated_head(self, rows: list[Row]) -> int:
        """How many rows at the top of a part repeat those at the top of the table."""
        count = 0
        for first, again in zip(self._rows, rows, strict=False):
            texts = [squeeze(unified(cell.text)) for cell in first]
            if texts != [squeeze(unified(cell.text)) for cell in again] or sum(map(bool, texts)) < _PAIR:
                break
            count += 1
        return count

    def _unsay(self, below: Row) -> None:
        """Take from the first row after a break what a cell that the break cut in two says once more."""
        for cell in self._rows[-1]:
            for other in below:
                if _alike([cell], [other]) and _says_the_same(cell, other):
                    _put_together(cell, other)
                    other.lines = []

    def _merged(self, below: Row) -> dict[int, Cell]:
        """The cells of a row after a break that are the rest of a merged cell, and whose.

        A merged cell may have its text in either part; that it began on the page shows that it is not one from above.
        """
        rest: dict[int, Cell] = {}
        for cell, other in zip(self._rows[-1], below, strict=True):
            top = self._rows[self._part_at : self._part_at + 1]
            began = self._part_at == 0 or (bool(top) and not any(cell is each for each in top[0]))
            blank = not other.lines or (not cell.lines and began) or _says_the_same(cell, other)
            if blank and (cell.rows > 1 or other.rows > 1):
                _put_together(cell, other)
                rest[id(other)] = cell
        return rest


def _replaced(rows: Iterable[Row], by: dict[int, Cell]) -> list[Row]:
    return [[by.get(id(cell), cell) for cell in row] for row in rows]


def _goes_on(above: Row, below: Row, others: Sequence[Row]) -> bool | None:
    """Whether the first row after a break is the rest of the last row before it; None where nobody can know.

    It is, if it says the same (see ``_says_the_same``); if it lacks what every other such row has, and has text only
    where the line above it was full; or if the lines above all its texts were full, in cells wide enough for that to
    be no accident, or in narrow ones whose texts tell it (see ``_is_one_text``).
    """
    filled = [at for at, cell in enumerate(below) if cell.lines]
    if not filled:
        return False
    if all(_says_the_same(above[at], below[at]) for at in filled):
        return True
    full = [at for at in filled if _is_full(above[at], below[at])]
    like = [row for row in (above, *others) if _alike(row, above) and any(cell.lines for cell in row)]
    always = [at for at in range(len(above)) if len(like) > 1 and all(_is_own(row[at]) for row in like)]
    if any(not below[at].lines and below[at].rows == 1 for at in always):
        return full == filled or 2 * len(filled) <= len(always)
    if len(above) == _PAIR:
        return full == filled == [1]
    telling = [at for at in full if above[at].x1 - above[at].x0 - _PADDING >= _TELLING * above[at].lines[-1].height]
    if full != filled or len(telling) >= _PAIR:
        return full == filled
    known = [_is_one_text(above[at], below[at], [row[at] for row in others if _alike(row, above)]) for at in filled]
    return next((each for each in (False, True) if each in known), None)


def _is_one_text(cell: Cell, rest: Cell, others: Iterable[Cell]) -> bool | None:
    """Whether two cells hold one text, by what the other cells of the column say, or by brackets; None if unknown."""
    first, second = squeeze(unified(cell.text)), squeeze(unified(rest.text))
    texts = {squeeze(unified(other.text)) for other in others if other is not cell and other is not rest}
    if first in texts or second in texts:
        return False
    is_open = any(first.count(left) > first.count(right) and right in second for left, right in _BRACKETS.items())
    return True if is_open or first + second in texts else None


def _says_the_same(cell: Cell, rest: Cell) -> bool:
    """Whether halves of a cell that a break cut in two hold the same text, of which each shows a part."""
    texts = sorted((squeeze(cell.text), squeeze(rest.text)), key=len)
    return (cell.cut or rest.cut) and bool(texts[0]) and texts[0] in texts[1]


def _put_together(cell: Cell, rest: Cell) -> None:
    if _says_the_same(cell, rest):
        cell.lines = max(cell.lines, rest.lines, key=len)
    else:
        cell.lines += rest.lines


def _is_own(cell: Cell) -> bool:
    return bool(cell.lines) and cell.rows == 1


def _alike(first: Sequence[Cell], second: Sequence[Cell]) -> bool:
    """Whether two rows have the same cells."""
    return len(first) == len(second) and all(
        abs(one.x0 - two.x0) <= _NEAR and abs(one.x1 - two.x1) <= _NEAR for one, two in zip(first, second, strict=True)
    )


def _is_full(cell: Cell, rest: Cell) -> bool:
    """Whether the last line of a cell leaves no room for what the rest of it begins with, which cannot be parted."""
    if not cell.lines:
        return False
    last = cell.lines[-1]
    next_ = _TOKEN.match(rest.lines[0].text)
    wide = sum(_HALF if sign.isascii() else 1.0 for sign in next_[0]) if next_ else 1.0
    return cell.x1 - cell.x0 - (last.x1 - last.x0) <= _PADDING + (wide + _HALF) * last.height
