"""Results as tables that other programs read: results.csv, projects.csv, problems.csv (UTF-8 with BOM)."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd

from selfeval.domain.problems import Problem
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import show_points
from selfeval.domain.scored import Scored

RESULTS = (
    "项目编码",
    "项目名称",
    "指标编号",
    "一级指标",
    "二级指标",
    "三级指标",
    "类型",
    "指标值",
    "实际完成值",
    "完成率",
    "分值",
    "得分",
    "状态",
    "规则",
    "说明",
)
PROJECTS = (
    "项目编码",
    "项目名称",
    "单位编码",
    "全年预算数",
    "全年执行数",
    "执行率",
    "执行得分",
    "指标得分",
    "总分",
    "最低",
    "最高",
    "等级",
    "状态",
)
PROBLEMS = ("代码", "级别", "项目编码", "指标编号", "文件", "工作表", "单元格", "问题", "建议")


def results_csv(scored: Scored) -> bytes:
    """One row an indicator plus one row 预算执行率 a project, in document order."""
    names = dict(zip(scored.projects["project"], scored.projects["name"], strict=True))
    columns = ["project", "indicator", "level1", "level2", "level3", "kind", "target", "actual"]
    columns += ["completion", "points", "score", "state", "rule", "sentence"]
    rows = []
    for values in scored.indicators[columns].itertuples(index=False, name=None):
        project, *texts, completion, points, score, state, rule, sentence = values
        numbers = (percent(completion), _points(points), _points(score))
        rows.append((project, names[project], *texts, *numbers, state, rule, sentence))
    return csv_bytes(RESULTS, rows)


def projects_csv(scored: Scored) -> bytes:
    """One row a project, in document order. Amounts in 万元."""
    columns = ["project", "name", "unit_code", "full_year", "executed", "rate"]
    columns += ["execution_score", "indicator_score", "total", "lowest", "highest", "grade", "state"]
    rows = []
    for values in scored.projects[columns].itertuples(index=False, name=None):
        project, name, unit, budget, executed, rate, *points, grade, state = values
        shown = [_points(one) for one in points]
        rows.append((project, name, unit, _amount(budget), _amount(executed), percent(rate), *shown, grade, state))
    return csv_bytes(PROJECTS, rows)


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """One row a problem, worst first."""
    rows = [
        (
            one.code,
            str(one.severity),
            one.place.project,
            one.place.indicator,
            one.place.file,
            one.place.sheet,
            one.place.cell,
            one.message,
            one.remedy,
        )
        for one in problems
    ]
    return csv_bytes(PROBLEMS, rows)


def percent(share: object) -> str:
    """A share as a percentage with two places, half up; blank when there is none."""
    if not isinstance(share, float) or math.isnan(share):
        return ""
    value = (Decimal(repr(share)) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{value}%"


def _points(hundredths: object) -> str:
    return "" if hundredths is pd.NA else show_points(int(str(hundredths)))


def _amount(amount: float) -> str:
    return "" if math.isnan(amount) else show_number(amount)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table as CSV that spreadsheets open rightly: UTF-8 with BOM, no text that they would take for a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_harmless(one) for one in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


_SIGNED_NUMBER = re.compile(r"[+-][\d.,]+[%\u4e00-\u9fff]*")


def _harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe; a signed number with its unit does not."""
    if not text.startswith(("=", "+", "-", "@", "\t", "\r")) or _SIGNED_NUMBER.fullmatch(text):
        return text
    return f"'{text}"
