"""How a sheet falls onto printed A4 pages. Margins are in inches, heights in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

_SHORT, _LONG = 595.3, 841.9
_POINTS, _PIXEL = 72, 0.75
_SAFE = 0.985
"""Viewers differ a little in the width of a column, hence in the scale that fits one page."""

_SQUEEZED = 1.12
"""What is longer by no more than this is printed a little smaller, not on one page more."""


class Margins(NamedTuple):
    """The margins of a page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Footer:
    """What stands at the foot: a text at the left, the page's number and how many there are; 0 points: the usual."""

    text: str = ""
    numbers: str = "第{page}页 共{pages}页"
    at: Literal["centre", "right"] = "centre"
    size: int = 0


@dataclass(frozen=True)
class Page:
    """The printed page of a sheet, always one page wide.

    ``tall``: how many pages the height is fitted to, 0 for as many as it takes; None takes fewer when the last would
    hold only a little. ``even`` shares the rows out, so that no page holds only a few. ``printed`` names the first and
    last column of the printed area, which has all rows in sight, the first of them ``since`` and the last ``until``
    where they are named. ``header`` is printed at the top right.
    """

    landscape: bool = True
    margins: Margins | None = None
    centred: bool = False
    tall: int | None = 0
    printed: tuple[str, str] | None = None
    since: str = ""
    until: str = ""
    header: str = ""
    footer: Footer | None = None
    even: bool = False

    def room(self, widths: Sequence[float]) -> float:
        """Points of row height on one page when visible columns of these widths (characters) take its width."""
        assert self.margins is not None  # only pages with known margins are reckoned with
        left, right, top, bottom = self.margins
        across, down = (_LONG, _SHORT) if self.landscape else (_SHORT, _LONG)
        pixels = sum(width * 7 + 5 for width in widths if width)
        scale = min(1.0, (across - (left + right) * _POINTS) / (pixels * _PIXEL))
        return (down - (top + bottom) * _POINTS) / scale * _SAFE


def pages_tall(height: float, room: float) -> int:
    """How many pages of ``room`` points so much is fitted to, lest little goes over; 0: as many as it takes."""
    fewer = math.ceil(height / room) - 1
    return fewer if fewer > 0 and height <= fewer * room * _SQUEEZED else 0


UPRIGHT = Page(landscape=False, margins=Margins(0.5, 0.5, 0.6, 0.6), centred=True, footer=Footer())
"""A page of the reviewers' workbooks."""

ACROSS = Page(margins=UPRIGHT.margins, centred=True, tall=None, footer=Footer())
"""The same with the long side across, and squeezed."""

LIST_PAGE = replace(ACROSS, tall=0, even=True)
"""The same for a long table."""

FORM_PAGE = Page(margins=Margins(0.3, 0.3, 0.5, 0.6), footer=Footer(at="right", size=8))
"""A page of forms and lists for departments."""
