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
        Column("project", "text", "项目编码"),
        Column("indicator", "text", "指标编号, or 预算执行率"),
        Column("level1", "text", "一级指标"),
        Column("level2", "text", "二级指标"),
        Column("level3", "text", "三级指标"),
        Column("section", "text", "id of the section of the rulebook; blank when none fits"),
        Column("kind", "text", "kind id; `execution` for the execution row; blank when not recognised"),
        Column("measure_id", "text", "id of the measure used; blank when nothing was measured"),
        Column("rule", "text", "id of the entry or override that read the target"),
        Column("target", "text", "指标值 as printed"),
        Column("target_cell", "text", "where the target stands, 指标!G2"),
        Column(
            "target_value",
            "number",
            "target in target_unit; lower bound of a range; deadline as an Excel day",
        ),
        Column("target_upper", "number", "upper bound of a range, else NaN"),
        Column("target_unit", "text", "unit of target_value: %, 次, 万元, 日期 …"),
        Column("actual", "text", "实际完成值 as reported, for people"),
        Column("actual_value", "number", "actual in target_unit (percent as 95, deadline as an Excel day)"),
        Column("actual_level", "text", "label of the qualitative level"),
        Column(
            "actual_percentage",
            "number",
            "share for a qualitative level, as given; NaN when the default was used",
        ),
        Column("completion", "number", "完成率: actual / target as a share; NaN where it has no meaning"),
        Column("measure", "number", "the measure: a share, or days late"),
        Column("share", "number", "share of the points earned, 0 to 1; NaN when not scored"),
        Column("points", "integer", "分值 in hundredths"),
        Column("score", "integer", "得分 in hundredths; <NA> when not scored"),
        Column("state", "text", "State id"),
        Column("sentence", "text", "说明: how the score came about, for a layman"),
        Column("category", "text", "偏差类别 as chosen"),
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
        Column("project", "text", "项目编码"),
        Column("name", "text", "项目名称"),
        Column("unit_code", "text", "单位编码"),
        Column("unit_name", "text", "单位名称"),
        Column("initial", "number", "年初预算数, 万元"),
        Column("full_year", "number", "全年预算数, 万元"),
        Column("executed", "number", "全年执行数, 万元"),
        Column("rate", "number", "执行率 as a share, not capped; NaN when unknown"),
        Column("execution_score", "integer", "执行得分 in hundredths; <NA> when not scored"),
        Column("indicator_score", "integer", "sum of the printed indicator scores so far, in hundredths"),
        Column("total", "integer", "总分 in hundredths; <NA> while anything is missing"),
        Column("lowest", "integer", "最低: the points secured, in hundredths"),
        Column("highest", "integer", "最高: the most that can be reached, in hundredths"),
        Column("grade", "text", "等级, or 待定"),
        Column("state", "text", "State id: the worst of its rows (error, ask, attention, scored)"),
        Column("missing", "integer", "rows that are ask or error"),
        Column("flagged", "integer", "rows that are attention"),
    ),
)

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
