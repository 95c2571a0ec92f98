"""The sheets of ``targets.xlsx``: their columns, and the columns of Targets that they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from selfeval.domain.tables import Table
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS

Kind = Literal["text", "code", "money", "number", "integer", "share"]


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: its header, the column of the table, what a cell holds, and its width in characters.

    ``optional``: a sheet without it still reads.
    """

    header: str
    name: str
    kind: Kind
    width: float
    optional: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the table it holds, and its columns in the order they are written."""

    name: str
    table: Table
    columns: tuple[SheetColumn, ...]

    @property
    def headers(self) -> str:
        """The column headers, for messages."""
        return "、".join(column.header for column in self.columns)


PROJECT_SHEET = Sheet(
    "项目",
    PROJECTS,
    (
        SheetColumn("序号", "seq", "integer", 6),
        SheetColumn("单位编码", "unit_code", "code", 10),
        SheetColumn("单位名称", "unit_name", "text", 18),
        SheetColumn("项目编码", "project", "code", 25),
        SheetColumn("项目名称", "name", "text", 32),
        SheetColumn("预算数", "budget", "money", 10),
        SheetColumn("财政资金", "fiscal", "money", 10),
        SheetColumn("其他资金", "other", "money", 10),
        SheetColumn("资金用途", "purpose", "text", 36),
        SheetColumn("绩效目标", "goal", "text", 70),
    ),
)
INDICATOR_SHEET = Sheet(
    "指标",
    INDICATORS,
    (
        SheetColumn("指标编号", "indicator", "code", 27),
        SheetColumn("项目编码", "project", "code", 25),
        SheetColumn("一级指标", "level1", "text", 12),
        SheetColumn("二级指标", "level2", "text", 20),
        SheetColumn("三级指标", "level3", "text", 30),
        SheetColumn("绩效指标描述", "description", "text", 42),
        SheetColumn("指标值", "target", "text", 22),
        SheetColumn("指标值确定依据", "basis", "text", 18),
        SheetColumn("类型", "kind", "text", 12, optional=True),
        SheetColumn("分值", "points", "number", 8, optional=True),
    ),
)
PLAN_SHEET = Sheet(
    "资金计划",
    PLAN,
    (
        SheetColumn("项目编码", "project", "code", 25),
        SheetColumn("3月底", "month_3", "share", 10),
        SheetColumn("6月底", "month_6", "share", 10),
        SheetColumn("10月底", "month_10", "share", 10),
        SheetColumn("12月底", "month_12", "share", 10),
    ),
)
DEPARTMENT_SHEET = Sheet(
    "部门目标",
    DEPARTMENT,
    (
        SheetColumn("序号", "seq", "integer", 6),
        SheetColumn("分项名称", "title", "text", 22),
        SheetColumn("绩效目标", "goal", "text", 60),
        SheetColumn("指标", "indicator_text", "text", 36),
        SheetColumn("指标值", "target", "text", 14),
        SheetColumn("对应指标编号", "indicators", "code", 58),
    ),
)
SHEETS = (PROJECT_SHEET, INDICATOR_SHEET, PLAN_SHEET, DEPARTMENT_SHEET)
RECORD_SHEET = "导入记录"
