"""Native charts as data: what is shown by the ids of rows and columns, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selfeval.domain.expression.tree import Name, Span


@dataclass(frozen=True)
class Series:
    """Numbers and their names. ``colour`` is that of the line, bars or points.

    ``dash`` and ``marker`` shape a line; ``edge`` is the colour around a marker; ``labels`` is the pattern of the
    numbers written beside bars.
    """

    name: str
    categories: Span
    values: Span
    colour: str
    dash: Literal["", "solid", "dash"] = ""
    marker: Literal["", "circle", "diamond"] = ""
    marker_size: int = 6
    edge: str = ""
    labels: str = ""


@dataclass(frozen=True)
class Axis:
    """One axis. ``grid`` is the colour of the lines across; a blank property or None is the usual one.

    A ``hidden`` one is not drawn: where each bar has its number beside it.
    """

    title: str = ""
    pattern: str = ""
    least: float | None = None
    most: float | None = None
    grid: str = ""
    size: float = 0.0
    ink: str = ""
    reverse: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart whose upper left corner lies in a cell; ``width`` and ``height`` are pixels, ``offset`` those from it.

    ``across`` is the axis at the foot, ``up`` that at the side. ``legend`` is the size of its letters below the chart,
    0 the usual one, None for no legend. ``bridged`` draws a line over blanks; ``hidden`` shows hidden cells.
    ``stretched``: it grows with the cells it covers, and does not only move with them. ``description`` is read to those
    who cannot see it.
    """

    kind: Literal["line", "column", "bar", "scatter"]
    corner: Name
    width: int
    height: int
    series: tuple[Series, ...]
    title: str = ""
    across: Axis = Axis()
    up: Axis = Axis()
    legend: int | None = 0
    bridged: bool = False
    hidden: bool = False
    stretched: bool = True
    offset: tuple[int, int] = (0, 0)
    description: str = ""
