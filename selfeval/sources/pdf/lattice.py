"""Ruled lines as tables: a cell reaches as far as no line stands in its way. Lengths are tenths of a point."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_NEAR = 30  # lines this near are one, such as a double one
_JOIN = 45  # dashes this near are one line
_SHORTEST = 60  # of a line: no row is as low
MAX_CROSSINGS, MAX_CELLS = 400_000, 20_000
"""Pairs of lines that are looked at on a page, and cells of a table before any is merged."""

Rule = tuple[int, int, int, int]  # left, upper, right and lower edge


@dataclass
class Span:
    """A straight line: where it stands, and from where to where it reaches."""

    at: int
    start: int
    end: int


@dataclass(frozen=True)
class Area:
    """A cell of a table, merged or not: its first row and column, and how many of each it covers."""

    row: int
    column: int
    rows: int
    columns: int


@dataclass
class Lattice:
    """A table: the edges of its columns and rows, its cells, and which cell is where."""

    xs: list[int]
    ys: list[int]
    areas: list[Area] = field(default_factory=list)
    owner: list[list[int]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How much of the page it takes."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def cell_at(self, x: float, y: float) -> int | None:
        """Which cell covers a place; None outside the table."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        return self.owner[row][column]


class TooManyLinesError(Exception):
    """A page with more ruled lines than any table has."""


def lattices(rules: Iterable[Rule]) -> list[Lattice]:
    """The tables of a page, the smaller first; a mere frame is none. Raises TooManyLinesError."""
    across: list[Span] = []
    down: list[Span] = []
    for x0, y0, x1, y1 in rules:
        if x1 - x0 >= y1 - y0:
            across.append(Span((y0 + y1) // 2, x0, x1))
        if y1 - y0 >= x1 - x0:
            down.append(Span((x0 + x1) // 2, y0, y1))
    across, down = _whole(across), _whole(down)
    if len(across) * len(down) > MAX_CROSSINGS:
        raise TooManyLinesError
    found = [_lattice(*group) for group in _groups(across, down)]
    tables = [lattice for lattice in found if lattice and len(lattice.areas) > 1]
    return sorted(tables, key=lambda lattice: lattice.size)


def _whole(spans: list[Span]) -> list[Span]:
    """The lines out of their pieces: near ones on one level, pieces in a row joined."""
    levels: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: span.at):
        if not levels or span.at - levels[-1][0].at > _NEAR:
            levels.append([])
        levels[-1].append(span)
    joined: list[Span] = []
    for level in levels:
        longest = max(level, key=lambda span: span.end - span.start)
        last: Span | None = None
        for span in sorted(level, key=lambda span: span.start):
            if last and span.start - last.end <= _JOIN:
                last.end = max(last.end, span.end)
            else:
                last = Span(longest.at, span.start, span.end)
                joined.append(last)
    return [span for span in joined if span.end - span.start >= _SHORTEST]


def _groups(across: list[Span], down: list[Span]) -> list[tuple[list[Span], list[Span]]]:
    """The lines that hang together, table by table."""
    group = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while group[at] != at:
            group[at] = group[group[at]]
            at = group[at]
        return at

    for i, line in enumerate(across):
        for j, post in enumerate(down, start=len(across)):
            if line.start - _NEAR <= post.at <= line.end + _NEAR and post.start - _NEAR <= line.at <= post.end + _NEAR:
                group[root(i)] = root(j)
    members: dict[int, tuple[list[Span], list[Span]]] = {}
    for at, span in enumerate((*across, *down)):
        members.setdefault(root(at), ([], []))[at >= len(across)].append(span)
    return [each for each in members.values() if each[0] and each[1]]


def _lattice(across: list[Span], down: list[Span]) -> Lattice | None:
    """The table of lines that hang together. Where lines end in the open, as at a page break, it is closed."""
    xs = _edges([post.at for post in down], across)
    ys = _edges([line.at for line in across], down)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1:
        return None
    if rows * columns > MAX_CELLS:
        raise TooManyLinesError
    # whether a line stands to the right of a field, and below it
    right = [[False] * columns for _ in range(rows)]
    below = [[False] * columns for _ in range(rows)]
    for post in down:
        at = _nearest(xs, post.at) - 1
        for row in _covered(ys, post) if 0 <= at < columns else ():
            right[row][at] = True
    for line in across:
        at = _nearest(ys, line.at) - 1
        for column in _covered(xs, line) if 0 <= at < rows else ():
            below[at][column] = True
    lattice = Lattice(xs, ys, owner=[[-1] * columns for _ in range(rows)])
    _fill(lattice, right, below)
    return lattice


def _edges(places: list[int], others: list[Span]) -> list[int]:
    """The places of lines, and the ends of those across them where these reach further."""
    edges = sorted(set(places))
    first, last = min(span.start for span in others), max(span.end for span in others)
    if first < edges[0] - 2 * _NEAR:
        edges.insert(0, first)
    if last > edges[-1] + 2 * _NEAR:
        edges.append(last)
    return edges


def _nearest(edges: Sequence[int], place: int) -> int:
    at = bisect_right(edges, place)
    return at - 1 if at and (at == len(edges) or place - edges[at - 1] <= edges[at] - place) else at


def _covered(edges: Sequence[int], span: Span) -> list[int]:
    """The fields between edges that a line passes."""
    return [at for at, (one, two) in enumerate(pairwise(edges)) if span.start <= (one + two) / 2 <= span.end]


def _fill(lattice: Lattice, right: list[list[bool]], below: list[list[bool]]) -> None:
    """Make cells of the fields that no line parts; one that is no rectangle is cut into some."""
    rows, columns = len(right), len(right[0])
    owner = lattice.owner
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            end = column + 1
            while end < columns and owner[row][end] < 0 and not right[row][end - 1]:
                end += 1
            bottom = row + 1
            while bottom < rows and _goes_down(lattice, right, below, bottom, column, end):
                bottom += 1
            for y in range(row, bottom):
                owner[y][column:end] = [len(lattice.areas)] * (end - column)
            lattice.areas.append(Area(row, column, bottom - row, end - column))


def _goes_down(
    lattice: Lattice, right: list[list[bool]], below: list[list[bool]], row: int, column: int, end: int
) -> bool:
    """Whether a cell of the row above reaches into a row, in the same width."""
    return (
        not any(below[row - 1][column:end])
        and all(owner < 0 for owner in lattice.owner[row][column:end])
        and not any(right[row][column : end - 1])
    )
