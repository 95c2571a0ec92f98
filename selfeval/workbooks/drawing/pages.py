"""Printed pages of the sheets that are still drawn by the pen."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.sheets.page import ACROSS, UPRIGHT, pages_tall

__all__ = ["END", "SIDE", "page_height", "pages_tall"]

SIDE, END = 0.5, 0.6
"""Margins in inches: left and right, top and bottom."""


def page_height(widths: Sequence[float], *, landscape: bool) -> float:
    """Points of row height on one page when columns of these widths (in characters) are fitted to its width."""
    return (ACROSS if landscape else UPRIGHT).room(widths)
