"""Tables one below the other on one sheet: one or two columns of names, and live figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from selfeval.domain.expression.tree import Expression, Name, Span
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, cell, down

ANALYSIS = "分析"
NAMES = Name("name"), Name("second")
"""The cells of a line that hold its names."""

_TOGETHER = 15
"""Lines of a table that are printed on one page, with its headings."""

_NAMED = tuple(str(name.key) for name in NAMES)


@dataclass(frozen=True)
class Figure:
    """A column of figures: where other figures of a line find it, its heading, and how it is calculated.

    ``value`` may name the line's names, its other figures, and what each line brings itself.
    """

    at: Name
    heading: str
    value: Expression
    style: str = "count"
    pattern: str = ""


@dataclass(frozen=True)
class FigureTable:
    """A table; ``id`` begins the ids of its rows, ``headings`` head the names, ``style`` is theirs.

    ``lines`` are its names, one or two a line, and what the names in its figures stand for besides. ``drawn``: how
    many of them, from the first, have something to be shown in a chart.
    """

    id: str
    title: str
    headings: tuple[str, ...]
    figures: tuple[Figure, ...]
    lines: Mapping[tuple[str, ...], Mapping[Name, Expression]]
    drawn: int
    style: str = "text"

    def rows(self) -> Iterator[Row]:
        """The title, headings, lines, and room below; again headed where it goes on to another page."""
        heads = tuple(Cell(self.column(figure.at), figure.heading, "head") for figure in self.figures)
        columns = {figure.at: self.column(figure.at) for figure in self.figures}
        columns |= {name: str(name.key) for name in NAMES}
        for at, (names, besides) in enumerate(self.lines.items()):
            if at % _TOGETHER == 0:
                block = 2 + min(_TOGETHER, len(self.lines) - at)
                title = f"{self.title}{'（续）' if at else ''}"
                yield Row((Cell(_NAMED[0], title, "section line"),), height=24.0, block=block)
                yield Row((*_named(self.headings, "head"), *heads), height=Fit(32.0))
            row = self._row(at)
            cells = {name: cell(row, column) for name, column in columns.items()} | dict(besides)
            figures = (
                Cell(columns[one.at], one.value.bind(cells), one.style, pattern=one.pattern) for one in self.figures
            )
            yield Row((*_named(names, self.style), *figures), row, Fit(22.0, tight=True))
        yield Row(height=12.0)

    def _row(self, at: int) -> str:
        return f"{self.id}.{at}"

    def column(self, at: Name) -> str:
        """The column in which a figure stands."""
        return f"figure.{[figure.at for figure in self.figures].index(at)}"

    def all(self, figure: Name, sheet: str = "") -> Span:
        """A figure in all lines."""
        return down(self.column(figure), self._row(0), self._row(len(self.lines) - 1), sheet)

    def names(self, sheet: str = "") -> tuple[Span, ...]:
        """The columns of names in all lines."""
        ends = self._row(0), self._row(len(self.lines) - 1), sheet
        return tuple(down(column, *ends) for column in _NAMED[: len(self.headings)])

    def bars(self, figure: Name, most: int) -> tuple[Span, Span] | None:
        """What a chart shows on another sheet: the last names and a figure of the first lines; None for nothing."""
        if not self.drawn:
            return None
        ends = self._row(0), self._row(min(self.drawn, most) - 1), ANALYSIS
        return down(_NAMED[len(self.headings) - 1], *ends), down(self.column(figure), *ends)


def columns(*tables: FigureTable) -> tuple[Column, ...]:
    """The columns of a sheet with some tables."""
    figures = (f"figure.{at}" for at in range(max(len(table.figures) for table in tables)))
    return *(Column(name, width=17.0) for name in _NAMED), *(Column(name, width=10.5) for name in figures)


def _named(names: tuple[str, ...], style: str) -> tuple[Cell, ...]:
    """One name takes both columns of names."""
    last = _NAMED[-1] if len(names) == 1 else ""
    return tuple(Cell(column, name, style, last) for column, name in zip(_NAMED, names, strict=False))
