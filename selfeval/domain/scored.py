"""Scored: the answer, each score with the rule, the numbers and the sentence that explain it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from selfeval.domain.problems import Problem
from selfeval.domain.tables import Column, Table

EXECUTION = "预算执行率"
"""What stands in the indicator column of the row that scores the budget execution of a project."""


class State(StrEnum):
    """How an indicator, or a project, ended. ``label`` is what users read."""

    SCORED = "scored"
    ATTENTION = "attention"
    ASK = "ask"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"

    @property
    def label(self) -> str:
        """The Chinese word for it."""
        return _LABELS[self]


_LABELS = {
    State.SCORED: "已评分",
    State.ATTENTION: "需关注",
    State.ASK: "待补充",
    State.NOT_APPLICABLE: "不涉及",
    State.ERROR: "错误",
}

PENDING_GRADE = "待定"
"""The grade of a project that has no final total."""

INDICATOR_SCORES = Table(
    "indicators",
    (
        Column("project", "text", "code of the project", "项目编码"),
        Column("indicator", "text", "id, or 预算执行率", "指标编号"),
        Column("level1", "text", "as published", "一级指标"),
        Column("level2", "text", "as published", "二级指标"),
        Column("level3", "text", "as published", "三级指标"),
        Column("section", "text", "id of the section of the rulebook; blank when none fits"),
        Column("kind", "text", "kind id; `execution` for the execution row; blank when not recognised", "类型", "kind"),
        Column("measure_id", "text", "id of the measure used; blank when nothing was measured"),
        Column("target", "text", "as printed", "指标值"),
        Column("target_cell", "text", "where the target stands, 指标!G2"),
        Column(
            "target_value",
            "number",
            "target in target_unit; lower bound of a range; deadline as an Excel day",
        ),
        Column("target_upper", "number", "upper bound of a range, else NaN"),
        Column("target_unit", "text", "unit of target_value: %, 次, 万元, 日期 …"),
        Column("actual", "text", "as reported, for people", "实际完成值"),
        Column("actual_value", "number", "actual in target_unit (percent as 95, deadline as an Excel day)"),
        Column("actual_level", "text", "label of the qualitative level"),
        Column(
            "actual_percentage",
            "number",
            "share for a qualitative level, as given; NaN when the default was used",
        ),
        Column("completion", "number", "actual / target as a share; NaN: it has no meaning", "完成率", "percent"),
        Column("measure", "number", "the measure: a share, or days late"),
        Column("share", "number", "share of the points earned, 0 to 1; NaN when not scored"),
        Column("points", "integer", "in hundredths", "分值", "points"),
        Column("score", "integer", "in hundredths; <NA> when not scored", "得分", "points"),
        Column("state", "text", "State id", "状态", "state"),
        Column("rule", "text", "id of the entry or override that read the target", "规则"),
        Column("sentence", "text", "how the score came about, for a layman", "说明"),
        Column("reason", "text", "偏差原因"),
        Column("remedy", "text", "改进措施"),
        Column("evidence", "text", "佐证材料"),
        Column("file", "text", "where the actual came from; blank when nothing was found"),
        Column("sheet", "text", "the same"),
        Column("cell", "text", "the same"),
    ),
)

PROJECT_SCORES = Table(
    "projects",
    (
        Column("project", "text", "code of the project", "项目编码"),
        Column("name", "text", "as published", "项目名称"),
        Column("unit_code", "text", "code of the unit", "单位编码"),
        Column("unit_name", "text", "单位名称"),
        Column("initial", "number", "年初预算数, 万元"),
        Column("full_year", "number", "万元", "全年预算数", "amount"),
        Column("executed", "number", "万元", "全年执行数", "amount"),
        Column("rate", "number", "as a share, not capped; NaN when unknown", "执行率", "percent"),
        Column("execution_score", "integer", "in hundredths; <NA> when not scored", "执行得分", "points"),
        Column("indicator_score", "integer", "sum of the printed scores so far, in hundredths", "指标得分", "points"),
        Column("total", "integer", "in hundredths; <NA> while anything is missing", "总分", "points"),
        Column("lowest", "integer", "the points secured, in hundredths", "最低", "points"),
        Column("highest", "integer", "the most that can be reached, in hundredths", "最高", "points"),
        Column("grade", "text", "as printed, or 待定", "等级"),
        Column("state", "text", "State id: the worst of its rows (error, ask, attention, scored)", "状态", "state"),
        Column("missing", "integer", "rows that are ask or error"),
        Column("flagged", "integer", "rows that are attention"),
    ),
)

# What is published: a column with a header is written in this order. A run from before a column came lacks it, and it
# reads as blank (selfeval.runs.past).
_OF_A_ROW = INDICATOR_SCORES.published

RESULTS_FILE = Table("results.csv", (_OF_A_ROW[0], PROJECT_SCORES["name"], *_OF_A_ROW[1:]))
"""One row an indicator, and one row 预算执行率 a project, in document order."""

PROJECTS_FILE = Table("projects.csv", PROJECT_SCORES.published)
"""One row a project, in document order."""

PROBLEMS_FILE = Table(
    "problems.csv",
    (
        Column("code", "text", "code of the catalogue", "代码"),
        Column("severity", "text", "错误, 警告 or 提示", "级别"),
        Column("project", "text", "the place; any part of it may be blank", "项目编码"),
        Column("indicator", "text", "the same", "指标编号"),
        Column("file", "text", "the same", "文件"),
        Column("sheet", "text", "the same", "工作表"),
        Column("cell", "text", "the same", "单元格"),
        Column("message", "text", "what was found and expected", "问题"),
        Column("remedy", "text", "how to mend it", "建议"),
    ),
)
"""One row a problem, worst first."""

SCHEDULES = Table(
    "schedules",
    (
        Column("project", "text", "项目编码"),
        Column("month", "integer", "1 to 12"),
        Column("paid", "number", "万元 paid in the month; NaN when unknown"),
        Column("cumulative", "number", "万元 paid up to the month's end; NaN when unknown"),
        Column("plan", "number", "planned cumulative share at a checkpoint; NaN elsewhere or where blank"),
        Column("assumed", "flag", "the plan of this checkpoint was blank and counts as 100%"),
    ),
)


@dataclass(frozen=True)
class Scored:
    """Scores of one year: one row an indicator (the execution row first in each project), projects, problems.

    ``schedules`` holds the months behind 月度时序 and 资金进度, twelve rows a project that reported payments.
    """

    year: int
    indicators: pd.DataFrame
    projects: pd.DataFrame
    schedules: pd.DataFrame
    problems: tuple[Problem, ...]
