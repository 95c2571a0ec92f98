"""Tables one below the other on one sheet: one or two columns of names, and live figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selfeval.domain.expression.tree import Expression, Name, Span
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, cell, down

ANALYSIS = "分析"
NAMES = Name("name"), Name("second")
"""The cells of a line that hold its names."""

_NAMED = tuple(str(name.key) for name in NAMES)
_NAME_WIDTH, _FIGURE_WIDTH = 17.0, 10.5
_GAP = 12.0


@dataclass(frozen=True)
class Figure:
    """A column of figures: where other figures of a line find it, its heading, and how it is calculated.

    ``value`` may name the line's names, its other figures, and what each line brings itself.
    """

    at: Name
    heading: str
    value: Expression
    style: str = "count"


@dataclass(frozen=True)
class Line:
    """A line: its names, one or two, and what the names in its figures stand for besides."""

    names: tuple[str, ...]
    cells: Mapping[Name, Expression] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """A table; ``id`` begins the ids of its rows, ``names`` head the names, ``style`` is theirs.

    ``drawn``: how many of its lines, from the first, have something to be shown in a chart.
    """

    id: str
    title: str
    names: tuple[str, ...]
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    drawn: int
    style: str = "text"

    def rows(self) -> Iterator[Row]:
        """The title, headings, lines, and room below."""
        yield Row((Cell(_NAMED[0], self.title, "section line"),), height=24.0)
        heads = (Cell(self.column(figure.at), figure.heading, "head") for figure in self.figures)
        yield Row((*_named(self.names, "head"), *heads), height=32.0)
        for at, line in enumerate(self.lines):
            yield self._line(self._row(at), line)
        yield Row(height=_GAP)

    def _line(self, row: str, line: Line) -> Row:
        cells = {name: cell(row, str(name.key)) for name in NAMES}
        cells |= {figure.at: cell(row, self.column(figure.at)) for figure in self.figures}
        figures = (
            Cell(self.column(figure.at), figure.value.bind({**cells, **line.cells}), figure.style)
            for figure in self.figures
        )
        return Row((*_named(line.names, self.style), *figures), row, Fit(22.0, tight=True))

    def _row(self, at: int) -> str:
        return f"{self.id}.{at}"

    def column(self, figure: Name) -> str:
        """The column in which a figure stands."""
        return _figure([one.at for one in self.figures].index(figure))

    def all(self, figure: Name) -> Span:
        """A figure in all lines."""
        return down(self.column(figure), self._row(0), self._row(len(self.lines) - 1))

    def bars(self, figure: Name, most: int) -> tuple[Span, Span] | None:
        """What a chart shows on another sheet: the last names and a figure of the first lines; None for nothing."""
        if not self.drawn:
            return None
        ends = self._row(0), self._row(min(self.drawn, most) - 1), ANALYSIS
        return down(_NAMED[len(self.names) - 1], *ends), down(self.column(figure), *ends)


def columns(*tables: Table) -> tuple[Column, ...]:
    """The columns of a sheet with some tables."""
    figures = max(len(table.figures) for table in tables)
    names = (Column(name, width=_NAME_WIDTH) for name in _NAMED)
    return *names, *(Column(_figure(at), width=_FIGURE_WIDTH) for at in range(figures))


def _figure(at: int) -> str:
    return f"figure.{at}"


def _named(names: tuple[str, ...], style: str) -> tuple[Cell, ...]:
    """One name takes both columns of names."""
    if len(names) == len(_NAMED):
        return tuple(Cell(column, name, style) for column, name in zip(_NAMED, names, strict=True))
    return (Cell(_NAMED[0], names[0], style, _NAMED[-1]),)
