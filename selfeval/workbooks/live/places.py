"""Where things stand in 评分依据 and 资金进度, for the sheets that refer to them. Rows and columns count from 0."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.workbooks.live.formulas import GROUNDS, SCHEDULE, at


@dataclass(frozen=True)
class SheetColumn:
    """A column: its id, heading, and width in characters."""

    id: str
    heading: str
    width: float


GROUNDS_COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("indicator", "编号", 5),
    SheetColumn("name", "指标", 18),
    SheetColumn("target", "指标值", 9),
    SheetColumn("target_value", "目标数", 9.5),
    SheetColumn("upper", "上限", 7),
    SheetColumn("actual", "填报原文", 10),
    SheetColumn("actual_value", "实际\n完成值", 9.5),
    SheetColumn("level", "完成档次", 9.5),
    SheetColumn("percentage", "完成\n比例", 7),
    SheetColumn("measure", "完成率\n（计量值）", 8.5),
    SheetColumn("share", "得分\n比例", 8),
    SheetColumn("points", "分值", 7),
    SheetColumn("score", "得分", 7),
    SheetColumn("lost", "失分", 7),
    SheetColumn("state", "状态", 7.5),
    SheetColumn("sentence", "说明", 31),
    SheetColumn("rule", "规则（文件:行）", 22),
    SheetColumn("origin", "数据来源", 15),
)
_POSITIONS = {column.id: i for i, column in enumerate(GROUNDS_COLUMNS)}

GROUNDS_HEAD = 3
GROUNDS_FIRST = 4
"""The row of headings, and that of the execution rate; the indicators follow in document order."""

MONTH_HEAD = 5
MONTH_FIRST = 6
"""The row of headings of the months, and that of January."""

BUDGET_ROW = 3
"""The row of 资金进度 with the full-year budget, executed and rate."""


def column_of(column: str) -> int:
    """The position of a column of 评分依据."""
    return _POSITIONS[column]


@dataclass(frozen=True)
class GroundsPlaces:
    """The cells of 评分依据 for a project with ``count`` scored rows, the execution row among them."""

    count: int

    def row(self, i: int) -> int:
        """The row of the i-th scored row."""
        return GROUNDS_FIRST + i

    @property
    def last(self) -> int:
        """The last of the scored rows."""
        return GROUNDS_FIRST + self.count - 1

    def cell(self, column: str, i: int) -> str:
        """A cell of a scored row, as named on its own sheet: P5."""
        return str(xl_rowcol_to_cell(self.row(i), column_of(column)))

    def seen(self, column: str, i: int) -> str:
        """The same cell as named from other sheets."""
        return at(GROUNDS, self.cell(column, i))

    def column(self, column: str) -> str:
        """The cells of a column over all scored rows: $P$5:$P$13."""
        position = column_of(column)
        return str(xl_range_abs(GROUNDS_FIRST, position, self.last, position))

    @property
    def secured(self) -> int:
        """The row with the sums of points and scores; ``highest``, open rows, total and grade follow it."""
        return self.last + 1

    def sum_cell(self, step: int, column: str = "score") -> str:
        """A cell of the rows below: 0 sums, 1 highest, 2 open rows, 3 total, 4 grade."""
        return str(xl_rowcol_to_cell(self.secured + step, column_of(column)))

    def sum_seen(self, step: int, column: str = "score") -> str:
        """The same as named from other sheets."""
        return at(GROUNDS, self.sum_cell(step, column))


MONTH_COLUMNS: tuple[SheetColumn, ...] = (
    SheetColumn("month", "月份", 11),
    SheetColumn("paid", "当月支付\n（万元）", 12),
    SheetColumn("cumulative", "累计支付\n（万元）", 12),
    SheetColumn("share", "累计支付\n比例", 10),
    SheetColumn("plan", "计划累计\n比例", 10),
    SheetColumn("planned", "计划累计\n（万元）", 12),
    SheetColumn("short", "比计划少\n（万元）", 12),
    SheetColumn("kept", "时点得分\n比例", 10),
    SheetColumn("verdict", "考核时点\n结论", 10),
)
_MONTH_POSITIONS = {column.id: i for i, column in enumerate(MONTH_COLUMNS)}


def month_cell(column: str, month: int) -> str:
    """A cell of a month (1 to 12) on 资金进度."""
    return str(xl_rowcol_to_cell(MONTH_FIRST + month - 1, _MONTH_POSITIONS[column]))


def month_column(column: str) -> tuple[int, int, int, int]:
    """The twelve cells of a column, as first row, column, last row, column."""
    position = _MONTH_POSITIONS[column]
    return MONTH_FIRST, position, MONTH_FIRST + 11, position


def month_seen(column: str, month: int) -> str:
    """The same cell as named from other sheets."""
    return at(SCHEDULE, month_cell(column, month))


def kept_seen() -> str:
    """The checkpoints' shares, as named from other sheets: twelve cells, of which only checkpoints hold a number."""
    return at(SCHEDULE, str(xl_range_abs(*month_column("kept"))))
