"""How sheets fall onto printed A4 pages."""

from __future__ import annotations

import math
from collections.abc import Sequence

SIDE, END = 0.5, 0.6
"""Margins in inches: left and right, top and bottom."""

_SHORT, _LONG = 595.3, 841.9
_POINTS, _PIXEL = 72, 0.75
_SAFE = 0.985
"""Viewers differ a little in the width of a column, hence in the scale that fits one page."""

_SQUEEZED = 1.12
"""What is longer by no more than this is printed a little smaller, not on one page more."""


def page_height(widths: Sequence[float], *, landscape: bool) -> float:
    """Points of row height on one page when columns of these widths (in characters) are fitted to its width."""
    across, down = (_LONG, _SHORT) if landscape else (_SHORT, _LONG)
    width = sum(one * 7 + 5 for one in widths if one) * _PIXEL
    scale = min(1.0, (across - 2 * SIDE * _POINTS) / width)
    return (down - 2 * END * _POINTS) / scale * _SAFE


def pages_tall(height: float, room: float) -> int:
    """How many pages of ``room`` points so much is fitted to, lest little goes over; 0: as many as it takes."""
    fewer = math.ceil(height / room) - 1
    return fewer if fewer > 0 and height <= fewer * room * _SQUEEZED else 0
