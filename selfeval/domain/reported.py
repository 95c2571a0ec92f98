"""Reported: what the departments say happened, every value with the file, sheet and cell it came from.

The tables are long: one row a value. A value keeps what the cell showed and how it was written, because the
same 0.95 means 95 when the cell shows it as a percentage and is doubtful when it does not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from selfeval.domain.problems import Problem
from selfeval.domain.tables import Column, Table

Form = Literal["blank", "text", "number", "percent", "date", "flag", "error"]
"""How a cell holds its value. ``percent``: a number that the cell shows as a percentage (0.95 shown as 95%)."""

VALUE: tuple[Column, ...] = (
    Column("text", "text", "as written; a number in its shortest decimal form, a date as 2024-12-20"),
    Column("number", "number", "the stored number when form is number or percent (0.95 for 95%); else NaN"),
    Column("form", "text", "one of Form"),
    Column("file", "text", "workspace-relative path with forward slashes"),
    Column("sheet", "text", "sheet name; blank for CSV"),
    Column("cell", "text", "e.g. F12"),
)

FUND_ITEMS: dict[str, str] = {"initial": "年初预算数", "full_year": "全年预算数", "executed": "全年执行数"}
ACTUAL_ITEMS: dict[str, str] = {
    "actual": "实际完成值",
    "level": "完成档次",
    "percentage": "完成比例",
    "judged": "人工得分",
    "category": "偏差类别",
    "reason": "偏差原因",
    "remedy": "改进措施",
    "evidence": "佐证材料",
}
NARRATIVE_ITEMS: dict[str, str] = {
    "result": "年度目标完成情况",
    "filler": "填报人",
    "phone": "联系电话",
    "head": "负责人",
    "date": "填报日期",
    "adjusted": "年中是否调整预算",
    "mark": "标记",
}

FUNDS = Table(
    "funds",
    (
        Column("project", "text", "项目编码"),
        Column("item", "text", "one of FUND_ITEMS; 万元 unless text says"),
        *VALUE,
    ),
)
PAYMENTS = Table(
    "payments",
    (
        Column("project", "text", "项目编码"),
        Column("month", "integer", "1 to 12"),
        *VALUE,  # 万元 paid in the month
    ),
)
ACTUALS = Table(
    "actuals",
    (
        Column("project", "text", "项目编码"),
        Column("indicator", "text", "指标编号"),
        Column("item", "text", "one of ACTUAL_ITEMS"),
        *VALUE,
    ),
)
NARRATIVE = Table(
    "narrative",
    (Column("project", "text", "项目编码"), Column("item", "text", "one of NARRATIVE_ITEMS"), *VALUE),
)


@dataclass(frozen=True)
class Reported:
    """What was reported for a year, and what went wrong while reading it.

    A value that was looked for and found blank is a row with form ``blank`` and its cell, so that a message can
    name the cell to fill in. A project with no rows at all sent no form.
    """

    funds: pd.DataFrame = field(default_factory=FUNDS.frame)
    payments: pd.DataFrame = field(default_factory=PAYMENTS.frame)
    actuals: pd.DataFrame = field(default_factory=ACTUALS.frame)
    narrative: pd.DataFrame = field(default_factory=NARRATIVE.frame)
    problems: tuple[Problem, ...] = ()
