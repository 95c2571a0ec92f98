"""Tables written one below the other on one sheet, with two columns of names and columns of figures."""

from __future__ import annotations

from collections.abc import Sequence

from selfeval.workbooks.drawing.pen import Pen
from selfeval.workbooks.drawing.text import row_height

NAMES = 2
"""Columns that hold names; figures begin after them."""

NAME_WIDTH, FIGURE_WIDTH = 17.0, 10.5
_GAP = 12.0


class Stack:
    """Writes tables from ``row`` downwards; ``figures`` is how many columns of figures the widest has."""

    def __init__(self, pen: Pen, row: int, figures: int) -> None:
        self.pen = pen
        self.row = row
        self.figures = figures

    def open(self, title: str, names: Sequence[str], headings: Sequence[str]) -> int:
        """Write a title and headings; one name takes both columns of names. Gives the first row for figures."""
        pen = self.pen
        pen.height(self.row, 24)
        pen.text(self.row, 0, title, "section", text_wrap=False)
        self.row += 1
        pen.height(self.row, 32)
        self._names(names, "head")
        for step, heading in enumerate(headings):
            pen.text(self.row, NAMES + step, heading, "head")
        self.row += 1
        return self.row

    def line(self, names: Sequence[str], style: str = "text") -> int:
        """Begin a line with its names; the row to write the figures in."""
        width = NAME_WIDTH if len(names) == NAMES else 2 * NAME_WIDTH
        self.pen.height(self.row, row_height([(name, width) for name in names], 22))
        self._names(names, style)
        self.row += 1
        return self.row - 1

    def close(self) -> None:
        """Leave room below a table."""
        self.pen.height(self.row, _GAP)
        self.row += 1

    def _names(self, names: Sequence[str], style: str) -> None:
        if len(names) == NAMES:
            for col, name in enumerate(names):
                self.pen.text(self.row, col, name, style)
        else:
            self.pen.spanned(self.row, 0, self.row, NAMES - 1, names[0], style)
