"""Where everything stands: addresses, merged cells, heights, and the texts of formulas.

Positions count from 0. All but heights follows from the shape of a book alone: its rows, columns, styles and
expressions, not the values in its cells.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from selfeval.domain.expression.tree import Expression, Span
from selfeval.domain.expression.worksheet import formula
from selfeval.domain.tables import Made
from selfeval.packages.columns import letters
from selfeval.sheets.heights import Fit
from selfeval.sheets.ids import AUTO, Ids
from selfeval.sheets.model import Book, Cell, CellId, CellLink, Column, Content, FileLink, Rich, Row, Sheet
from selfeval.sheets.page import pages_tall
from selfeval.sheets.styles import Theme

_ID_COLUMN = "ids"
_MOST_PAGES = 1_000
"""A sheet holds no more page breaks."""


class PlacedCell(NamedTuple):
    """A cell, where it begins, and where it ends when it is merged."""

    row: int
    column: int
    last_row: int
    last_column: int
    cell: Cell


class Area(NamedTuple):
    """A range of cells of one sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


def plain_text(content: Content) -> str | None:
    """The text that a cell shows; None where it holds no plain text."""
    match content:
        case str():
            return content
        case Rich(parts):
            return "".join(text for text, _ in parts)
        case FileLink(_, text) | CellLink(_, text):
            return text
    return None


class LaidSheet:
    """One sheet with its places: ``row_at`` and ``column_at`` by id. ``rows`` and ``columns`` include those of ids.

    ``rows`` of a large sheet have no cells, which are made when they are asked for. ``heights`` are in points
    (None: usual).
    """

    def __init__(self, sheet: Sheet, theme: Theme) -> None:
        self.sheet = sheet
        self._theme = theme
        self._widths: dict[tuple[str, str, bool], float] = {}
        self.columns: tuple[Column, ...] = sheet.columns
        self._whole: Sequence[Row] = sheet.rows
        if sheet.ids is not None:
            self.columns, self._whole = _with_ids(sheet, sheet.ids)
        self.column_at = {column.id: at for at, column in enumerate(self.columns)}
        if self.is_large:
            looked = [(row._replace(cells=()), self._height_of(row)) for row in self._whole]
            self.rows, self.heights = tuple(row for row, _ in looked), tuple(height for _, height in looked)
        else:
            self.rows, self.heights = tuple(self._whole), tuple(map(self._height_of, self._whole))
        self._latest: tuple[int, Row] = -1, Row()
        self.row_at = {row.id: at for at, row in enumerate(self.rows) if row.id}
        if len(self.row_at) < sum(bool(row.id) for row in self.rows) or len(self.column_at) < len(self.columns):
            raise ValueError(f"an id stands twice in {sheet.name}")

    @cached_property
    def is_large(self) -> bool:
        """Whether its rows are made when they are asked for, and not kept."""
        return isinstance(self.sheet.rows, Made)

    @cached_property
    def growing(self) -> frozenset[int]:
        """The rows that grow."""
        fits = ((at, row.height) for at, row in enumerate(self.rows))
        return frozenset(at for at, fit in fits if isinstance(fit, Fit) and fit.grows)

    def cells(self, row: int) -> tuple[Cell, ...]:
        """The cells of a row."""
        return self._made(row).cells

    def placed(self, row: int) -> list[PlacedCell]:
        """The cells of a row where they stand; none is kept, since a large sheet has many."""
        return [self._place(row, cell) for cell in self._made(row).cells]

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that begins at a place; None where none does."""
        if not self.is_large:
            return self._begun.get((row, column))
        if row >= len(self.rows) or column >= len(self.columns):
            return None
        name = self.columns[column].id
        return next((cell for cell in self._made(row).cells if cell.column == name), None)

    @cached_property
    def _begun(self) -> dict[tuple[int, int], Cell]:
        """All cells by the place where they begin; the first of several."""
        places = self.column_at
        pairs = [((at, places[cell.column]), cell) for at in range(len(self.rows)) for cell in self._made(at).cells]
        return dict(reversed(pairs))

    def _made(self, row: int) -> Row:
        """A row with its cells; the latest is at hand, for its formulas ask for others of them."""
        if self._latest[0] != row:
            self._latest = row, self._whole[row]
        return self._latest[1]

    def _place(self, at: int, cell: Cell) -> PlacedCell:
        left = self.column_at[cell.column]
        return PlacedCell(at, left, at + cell.rows - 1, self.column_at[cell.last] if cell.last else left, cell)

    def _height_of(self, row: Row) -> float | None:
        """The height of a row in points; None for the usual one."""
        fit = row.height
        if not isinstance(fit, Fit):
            return fit
        heights = self._theme.heights
        needed = [fit.least]
        for cell in row.cells:
            if cell.rows > 1 or (fit.columns and cell.column not in fit.columns):
                continue
            text = plain_text(cell.content)
            if text is None or (not cell.last and self.columns[self.column_at[cell.column]].hidden):
                continue
            size = self._theme.style(cell.style).size
            needed.append(heights.text(text, self._width(cell.column, cell.last or cell.column, tight=fit.tight), size))
        return min(heights.most, max(needed))

    def _width(self, first: str, last: str, *, tight: bool) -> float:
        """The width of a cell, which most rows ask for anew."""
        key = first, last, tight
        if key not in self._widths:
            merged = self.columns[self.column_at[first] : self.column_at[last] + 1]
            heights = self._theme.heights
            seen = [column.width or 0.0 for column in merged if heights.hidden or not column.hidden]
            self._widths[key] = heights.merged(seen, tight=tight)
        return self._widths[key]

    @cached_property
    def prefix(self) -> str:
        """What stands before a cell of it in formulas of other sheets."""
        return "'" + self.sheet.name.replace("'", "''") + "'!"

    @cached_property
    def _room(self) -> float:
        """Points of row height on one printed page."""
        ends = self.sheet.page.printed
        first, last = map(self.column_at.__getitem__, ends) if ends else (0, len(self.columns) - 1)
        return self.sheet.page.room([one.width or 0.0 for one in self.columns[first : last + 1] if not one.hidden])

    def _height(self, first: int = 0, last: int | None = None) -> float:
        """The height of rows in sight from ``first`` to before ``last``."""
        both = zip(self.rows[first:last], self.heights[first:last], strict=True)
        return sum(height or 0.0 for row, height in both if not row.hidden)

    @cached_property
    def pages_tall(self) -> int:
        """How many pages the sheet's height is fitted to; 0 for as many as it takes."""
        tall = self.sheet.page.tall
        return pages_tall(self._height(), self._room) if tall is None else tall

    @cached_property
    def page_starts(self) -> tuple[int, ...]:
        """The rows that begin a page."""
        if self.sheet.page.even:
            return self._shared_out()
        found: list[int] = []
        for at, row in enumerate(self.rows):
            if row.new_page or (row.together and self._starts(at, found)) or (row.block and self._splits(at, found)):
                found.append(at)
        return tuple(found)

    def _shared_out(self) -> tuple[int, ...]:
        """The rows that begin a page where all pages hold about as much; none on one page, or on more than can be."""
        heads = sum(height or 0.0 for row, height in zip(self.rows, self.heights, strict=True) if row.repeated)
        room = max(1.0, self._room - heads)
        pages = math.ceil(self._height() / room)
        if not 1 < pages <= _MOST_PAGES:
            return ()
        first = max((at + 1 for at, row in enumerate(self.rows) if row.repeated), default=0)  # never below the heads
        heights = [0.0 if row.hidden else height or 0.0 for row, height in zip(self.rows, self.heights, strict=True)]
        # to each row, how few pages hold all before it, how even they are, and where the last of them begins
        best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
        for end in range(1, len(heights) + 1):
            used, ways = 0.0, list[tuple[int, float, int]]()
            for start in range(end - 1, -1, -1):
                used += heights[start]
                if used > room and ways:
                    break
                if start == 0 or start > first:
                    ways.append((best[start][0] + 1, best[start][1] + used**2, start))
            best.append(min(ways))
        found, end = list[int](), len(heights)
        while (end := best[end][2]) > 0:
            found.append(end)
        return tuple(reversed(found))

    def _used(self, at: int, starts: Sequence[int]) -> float:
        """How much of its page is taken above a row, when pages began at these rows."""
        since = self.sheet.page.since
        first = starts[-1] if starts else self.row_at[since] if since else 0
        return self._height(first, at) % self._room

    def _splits(self, at: int, starts: Sequence[int]) -> bool:
        """Whether a row and those of its block would not fit on the rest of its page, which began at one of these."""
        used = self._used(at, starts)
        return used > 0 and self._room < used + self._height(at, at + self.rows[at].block)

    def _starts(self, at: int, starts: Sequence[int]) -> bool:
        """Whether a row and all below would not fit on the rest of its page, which began at one of these."""
        squeezed = self.pages_tall > 0
        used = self._used(at, starts)
        return not squeezed and used > 0 and self._room - used < self._height(at)

    @cached_property
    def frozen(self) -> tuple[int, int]:
        """How many rows and columns stay in sight."""
        rows = [at + 1 for at, row in enumerate(self.rows) if row.frozen]
        columns = [at + 1 for at, column in enumerate(self.columns) if column.frozen]
        return max(rows, default=0), max(columns, default=0)

    @cached_property
    def repeated(self) -> tuple[int, int] | None:
        """The first and last row printed on each page."""
        rows = [at for at, row in enumerate(self.rows) if row.repeated]
        return (rows[0], rows[-1]) if rows else None

    @cached_property
    def printed(self) -> Area | None:
        """The printed area."""
        page = self.sheet.page
        if page.printed is None:
            return None
        left, right = map(self.column_at.__getitem__, page.printed)
        top = self.row_at.get(page.since, next(at for at, row in enumerate(self.rows) if not row.hidden))
        return Area(self.sheet.name, top, left, self.row_at[page.until] if page.until else len(self.rows) - 1, right)


def _with_ids(sheet: Sheet, ids: Ids) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """The columns and rows with the hidden ids before them."""
    names = (Cell(_ID_COLUMN, ids.marker, ids.style), *(Cell(each.id, each.id, ids.style) for each in sheet.columns))
    rows = (
        row._replace(cells=(Cell(_ID_COLUMN, row.id, ids.style), *row.cells))
        if row.id and not row.id.startswith(AUTO)
        else row
        for row in sheet.rows
    )
    columns = (Column(_ID_COLUMN, "", ids.width, hidden=True), *sheet.columns)
    return columns, (Row(names, height=ids.height, hidden=True), *rows)


class Layout:
    """A whole book laid out: addresses of ids, and formulas as text."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sheets = {sheet.name: LaidSheet(sheet, book.theme) for sheet in book.sheets}
        self._addresses: dict[str, dict[Hashable, str]] = {name: {} for name in self.sheets}
        self._large = any(sheet.is_large for sheet in self.sheets.values())

    def __iter__(self) -> Iterator[LaidSheet]:
        """The sheets in order."""
        return iter(self.sheets.values())

    def place(self, key: Hashable, own: str) -> tuple[LaidSheet, int, int]:
        """The sheet, row and column of a cell named in sheet ``own``. Raises KeyError for an unknown one (a bug)."""
        if not isinstance(key, CellId):
            raise TypeError(f"no cell of a sheet: {key!r}")
        sheet = self.sheets[key.sheet or own]
        return sheet, sheet.row_at[key.row], sheet.column_at[key.column]

    def address(self, key: Hashable, own: str, *, column_fixed: bool = False) -> str:
        """How formulas in sheet ``own`` name a cell: B7, '评分依据'!B7; $B7 where a rule is read for several rows."""
        sheet, row, column = self.place(key, own)
        before = "" if sheet.sheet.name == own else sheet.prefix
        return f"{before}{'$' if column_fixed else ''}{letters(column)}{row + 1}"

    def formula(self, expression: Expression, own: str) -> str:
        """The text of a cell's formula, with its leading =."""
        known = self._addresses[own]

        def address(key: Hashable) -> str:
            """Most cells are named by several formulas; those of a large table are not kept."""
            found = known.get(key)
            if found is None:
                found = self.address(key, own)
                if not self._large:
                    known[key] = found
            return found

        return formula(expression, address)

    def rule(self, found: object, own: str) -> object:
        """The text of an expression that is read for each row of an area; anything else as it is."""
        if not isinstance(found, Expression):
            return found
        return formula(found, lambda key: self.address(key, own, column_fixed=True))

    def area(self, cells: Span, own: str) -> Area:
        """The range that a span names."""
        sheet, top, left = self.place(cells.first.key, own)
        _, bottom, right = self.place(cells.last.key, own)
        return Area(sheet.sheet.name, top, left, bottom, right)
