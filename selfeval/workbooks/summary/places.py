"""Where things stand in the tables of 汇总.xlsx, for the sheets and charts that refer to them."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.workbooks.live.formulas import at
from selfeval.workbooks.live.places import SheetColumn

PROJECTS_SHEET, ANALYSIS_SHEET, CHARTS_SHEET, INDICATORS_SHEET = "汇总", "分析", "图表", "指标"

Area = list[object]
"""A range as charts take it: sheet, first row, first column, last row, last column."""


@dataclass(frozen=True)
class Listing:
    """A table of ``count`` rows from row ``first`` on, below its headings. Rows and columns count from 0."""

    sheet: str
    first: int
    count: int
    columns: tuple[SheetColumn, ...]

    @property
    def last(self) -> int:
        """The last row; before the first one when there is none."""
        return self.first + self.count - 1

    def at(self, column: str) -> int:
        """The position of a column."""
        return next(i for i, one in enumerate(self.columns) if one.id == column)

    def cell(self, column: str, row: int) -> str:
        """A cell as named on its own sheet: F5."""
        return str(xl_rowcol_to_cell(row, self.at(column)))

    def column(self, column: str) -> str:
        """All cells of a column as named on their own sheet: $F$5:$F$13."""
        return str(xl_range_abs(self.first, self.at(column), self.last, self.at(column)))

    def seen(self, column: str) -> str:
        """The same as named from other sheets."""
        return at(self.sheet, self.column(column))

    def area(self, column: str) -> Area:
        """The same as a chart takes it."""
        return [self.sheet, self.first, self.at(column), self.last, self.at(column)]
