"""Targets: what the year promised."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from selfeval.domain.tables import Column, Table, column, table

CHECKPOINTS: tuple[int, ...] = (3, 6, 10, 12)
"""The months at whose end a spending plan states a cumulative share."""


@dataclass(frozen=True)
class Project:
    """A project of the targets. Money is 万元, NaN where not known."""

    seq: int | None = column("序号 in the document")
    unit_code: str = column("单位编码")
    unit_name: str = column("单位名称")
    project: str = column("项目编码, the key")
    name: str = column("项目名称")
    budget: float = column("预算数, 万元")
    fiscal: float = column("其中：财政资金, 万元")
    other: float = column("其他资金, 万元")
    purpose: str = column("资金用途")
    goal: str = column("绩效目标")


@dataclass(frozen=True)
class Indicator:
    """An indicator of the targets: what is promised, as printed."""

    indicator: str = column("指标编号, the key: <项目编码>-<two digits> in document order")
    project: str = column("项目编码")
    level1: str = column("一级指标")
    level2: str = column("二级指标")
    level3: str = column("三级指标")
    description: str = column("绩效指标描述")
    target: str = column("指标值 as printed")
    basis: str = column("指标值确定依据")
    kind: str = column("类型: an explicit kind id or label, usually blank")
    points: float = column("分值 given by the table, points; NaN where blank, as usual")
    cell: str = column("where the target stands, e.g. 指标!G2")


PROJECTS, INDICATORS = table("projects", Project), table("indicators", Indicator)

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
