"""Targets: what the year promised."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from selfeval.domain.tables import Column, Table

CHECKPOINTS: tuple[int, ...] = (3, 6, 10, 12)
"""The months at whose end a spending plan states a cumulative share."""

PROJECTS = Table(
    "projects",
    (
        Column("seq", "integer", "序号 in the document"),
        Column("unit_code", "text", "单位编码"),
        Column("unit_name", "text", "单位名称"),
        Column("project", "text", "项目编码, the key"),
        Column("name", "text", "项目名称"),
        Column("budget", "number", "预算数, 万元"),
        Column("fiscal", "number", "其中：财政资金, 万元"),
        Column("other", "number", "其他资金, 万元"),
        Column("purpose", "text", "资金用途"),
        Column("goal", "text", "绩效目标"),
    ),
)

INDICATORS = Table(
    "indicators",
    (
        Column("indicator", "text", "指标编号, the key: <项目编码>-<two digits> in document order"),
        Column("project", "text", "项目编码"),
        Column("level1", "text", "一级指标"),
        Column("level2", "text", "二级指标"),
        Column("level3", "text", "三级指标"),
        Column("description", "text", "绩效指标描述"),
        Column("target", "text", "指标值 as printed"),
        Column("basis", "text", "指标值确定依据"),
        Column("kind", "text", "类型: an explicit kind id or label, usually blank"),
        Column("points", "number", "分值 given by the table, points; usually blank"),
        Column("cell", "text", "where the target stands, e.g. 指标!G2"),
    ),
)

PLAN = Table(
    "plan",
    (
        Column("project", "text", "项目编码"),
        Column("month_3", "number", "3月底, cumulative share of the full-year budget (0.25 = 25%); NaN: blank"),
        Column("month_6", "number", "6月底, the same"),
        Column("month_10", "number", "10月底, the same"),
        Column("month_12", "number", "12月底, the same"),
    ),
)

DEPARTMENT = Table(
    "department",
    (
        Column("seq", "integer", "序号 of the partial goal"),
        Column("title", "text", "分项名称"),
        Column("goal", "text", "绩效目标"),
        Column("indicator_text", "text", "指标: one clause"),
        Column("target", "text", "指标值 of the clause; blank when the clause names none"),
        Column("indicators", "text", "对应指标编号, several joined by 、; blank when none fits"),
    ),
)


@dataclass(frozen=True)
class Targets:
    """The targets of one year, as four declared tables, in document order.

    ``file`` is the workspace-relative path they were read from (blank when made in memory), ``sha256`` the hash of the
    bytes that were read; money is 万元.
    """

    year: int
    projects: pd.DataFrame = field(default_factory=PROJECTS.frame)
    indicators: pd.DataFrame = field(default_factory=INDICATORS.frame)
    plan: pd.DataFrame = field(default_factory=PLAN.frame)
    department: pd.DataFrame = field(default_factory=DEPARTMENT.frame)
    file: str = ""
    sha256: str = ""

    @property
    def names(self) -> dict[str, str]:
        """项目名称 by 项目编码, in document order."""
        return dict(zip(self.projects["project"].tolist(), self.projects["name"].tolist(), strict=True))

    def only(self, projects: list[str]) -> Targets:
        """The same targets, cut down to the named projects."""
        keep = set(projects)
        return Targets(
            self.year,
            self.projects[self.projects["project"].isin(keep)].reset_index(drop=True),
            self.indicators[self.indicators["project"].isin(keep)].reset_index(drop=True),
            self.plan[self.plan["project"].isin(keep)].reset_index(drop=True),
            self.department,
            self.file,
            self.sha256,
        )
