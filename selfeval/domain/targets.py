"""Targets: what the year promised."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from selfeval.domain.sameness import blanks_alike
from selfeval.domain.tables import Rows, Table, TableColumn, column, table

CHECKPOINTS: tuple[int, ...] = (3, 6, 10, 12)
"""The months at whose end a spending plan states a cumulative share."""

MOST_INDICATORS = 99
"""Indicators of one project: 指标编号 ends in two digits."""

_CODE, _NAME, _TEXT, _PASSAGE = 100, 300, 1_000, 5_000
"""Characters at most. The longest of 28 real projects: a code 24, a name 31, a target 19, a text 53, a passage 177."""


@blanks_alike
@dataclass(frozen=True)
class Project:
    """A project of the targets. Money is 万元, NaN where not known."""

    seq: int | None = column("as in the document", "序号")
    unit_code: str = column("of the unit that the project belongs to", "单位编码", longest=_CODE)
    unit_name: str = column("of the same unit", "单位名称", longest=_NAME)
    project: str = column("the key", "项目编码", longest=_CODE)
    name: str = column("of the project", "项目名称", longest=_NAME)
    budget: float = column("万元", "预算数")
    fiscal: float = column("part of the budget, 万元", "财政资金")
    other: float = column("the rest of the budget, 万元", "其他资金")
    purpose: str = column("as printed", "资金用途", longest=_PASSAGE)
    goal: str = column("as printed", "绩效目标", longest=_PASSAGE)
    department: str = column(
        "its supervising department, as printed; blank as usual", "主管部门", longest=_NAME, default=""
    )


@blanks_alike
@dataclass(frozen=True)
class Indicator:
    """An indicator of the targets: what is promised, as printed."""

    indicator: str = column("the key: <项目编码>-<two digits> in document order", "指标编号", longest=_CODE)
    project: str = column("of its project", "项目编码", longest=_CODE)
    level1: str = column("as printed", "一级指标", longest=_NAME)
    level2: str = column("as printed", "二级指标", longest=_NAME)
    level3: str = column("as printed: the indicator's name", "三级指标", longest=_NAME)
    description: str = column("as printed", "绩效指标描述", longest=_TEXT)
    target: str = column("as printed", "指标值", longest=_NAME)
    basis: str = column("as printed", "指标值确定依据", longest=_TEXT)
    kind: str = column("an explicit kind id or label, usually blank", "类型", longest=_CODE)
    points: float = column("given by the table, points; NaN where blank, as usual", "分值")
    cell: str = column("where the target stands, e.g. 指标!G2")
    standard: str = column(
        "how the row is to be scored, as printed; blank as usual", "评分标准", longest=_PASSAGE, default=""
    )


PROJECTS, INDICATORS = table("projects", Project), table("indicators", Indicator)

_SHARE = "cumulative share of the full-year budget (0.25 = 25%); NaN: blank"

PLAN = Table(
    "plan",
    (
        TableColumn("project", "text", "the key", "项目编码", longest=_CODE),
        *(TableColumn(f"month_{month}", "number", _SHARE, f"{month}月底") for month in CHECKPOINTS),
    ),
)

DEPARTMENT = Table(
    "department",
    (
        TableColumn("seq", "integer", "of the partial goal", "序号"),
        TableColumn("title", "text", "of the partial goal", "分项名称", longest=_NAME),
        TableColumn("goal", "text", "as printed", "绩效目标", longest=_PASSAGE),
        TableColumn("indicator_text", "text", "one clause", "指标", longest=_TEXT),
        TableColumn("target", "text", "value of the clause; blank when the clause names none", "指标值", longest=_NAME),
        TableColumn(
            "indicators", "text", "several joined by 、; blank when none fits", "对应指标编号", longest=_PASSAGE
        ),
        TableColumn("cell", "text", "where the value stands, e.g. 部门目标!E2"),
    ),
)


SPENDING_PLAN = "资金计划"
"""Stands for an indicator where a plan cannot be relied on, and names its sheet."""


@dataclass(frozen=True)
class Targets:
    """The targets of one year, as four declared tables in document order; money is 万元.

    ``file`` is the workspace-relative path they were read from (blank: made in memory), ``sha256`` that of its bytes;
    where that is a folder of several tables, ``files`` are all that were read, as (path, SHA-256).
    ``faulty`` names what cannot be scored as it was read, as (project, indicator): an indicator, 预算执行率, what is
    measured against the plan (SPENDING_PLAN), or with a blank all of a project. ``sources`` are the files that an
    import took them from, as (name, SHA-256); ``overall_goal`` is that of the whole department. ``taken`` are
    indicators that take their values over from others.
    """

    year: int
    projects: Rows = field(default_factory=PROJECTS.rows)
    indicators: Rows = field(default_factory=INDICATORS.rows)
    plan: Rows = field(default_factory=PLAN.rows)
    department: Rows = field(default_factory=DEPARTMENT.rows)
    file: str = ""
    sha256: str = ""
    faulty: frozenset[tuple[str, str]] = frozenset()
    sources: tuple[tuple[str, str], ...] = ()
    overall_goal: str = ""
    taken: frozenset[str] = frozenset()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def read_from(self) -> tuple[tuple[str, str], ...]:
        """The files that they were read from, as (path, SHA-256)."""
        return self.files or ((self.file, self.sha256),)

    @property
    def names(self) -> dict[str, str]:
        """项目名称 by 项目编码, in document order."""
        return dict(self.projects.columns("project", "name"))

    def only(self, projects: Collection[str]) -> Targets:
        """The same targets, cut down to the named projects."""
        own, rows, plan = (part.of_projects(projects) for part in (self.projects, self.indicators, self.plan))
        return replace(self, projects=own, indicators=rows, plan=plan)
