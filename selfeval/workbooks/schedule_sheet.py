"""资金进度: the twelve months, cumulative against the plan at each checkpoint, live, with a line chart."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    all_of,
    count_numbers,
    is_number,
    largest,
    steady,
    total,
    when,
)
from selfeval.domain.formulas import BUDGET
from selfeval.domain.funds import counting_plan
from selfeval.domain.measures.measure import KEPT_AT, PAID, PENDING, PLAN
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.targets import CHECKPOINTS
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.colours import words
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.themes.workbooks import BLUE, GRID, ORANGE
from selfeval.workbooks.scored_row import PLACES, SCHEDULE, known, seen

KEPT, BEHIND = "达到", "落后"
_MOST_PLACES, _DIGITS = 9, 14
"""Places of 万元, far below 0.01元; fewer for very large amounts: a sheet keeps 15 digits, the last one in doubt."""

_COLUMNS = (
    Column("month", "月份", 11, frozen=True),
    Column("paid", "当月支付\n（万元）", 12),
    Column("cumulative", "累计支付\n（万元）", 12),
    Column("share", "累计支付\n比例", 10),
    Column("plan", "计划累计\n比例", 10),
    Column("planned", "计划累计\n（万元）", 12),
    Column("short", "比计划少\n（万元）", 12),
    Column("kept", "时点得分\n比例", 10),
    Column("verdict", "考核时点\n结论", 10),
)
_CHART_ROWS = 19

_BUDGET = cell("budget", "paid")
_SUM, _SHORT = Name("sum"), Name("short")
_WITH_BUDGET = all_of(is_number(_SUM), is_number(BUDGET))


def _of_budget(value: Expression) -> Expression:
    return when(_WITH_BUDGET, when(BUDGET > 0, value, PENDING), PENDING)


_SHARE = _of_budget(steady(_SUM / BUDGET, PLACES))
_KEPT = _of_budget(steady(KEPT_AT.bind({PAID: _SUM / BUDGET}), PLACES))
_VERDICT = known(_SHORT, when(_SHORT > 0, BEHIND, KEPT))


@cache
def _planned(places: int) -> Expression:
    return known(BUDGET, when(BUDGET > 0, steady(PLAN * BUDGET, places), PENDING))


@cache
def _missing(places: int) -> Expression:
    return _of_budget(steady(largest(0, PLAN * BUDGET - _SUM), places))


def schedule_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet:
    """The sheet 资金进度."""
    del rulebook
    case = scored.case
    rows = (
        banner(_COLUMNS, "资金进度", "title", case.mark, 26),
        banner(_COLUMNS, f"{case.project.name}（{case.year}年度）　项目编码 {case.code}"),
        Row(height=6.0),
        _figures(scored),
        Row(height=None),
        replace(headings(_COLUMNS, frozen=True), repeated=False),
        *(_month(scored, month) for month in range(1, 13)),
        banner(_COLUMNS, _notes(scored), "note"),
        Row(height=None),
        Row(id="chart", height=None),
        *(Row(height=None),) * (_CHART_ROWS - 1),
    )
    behind = words(down("verdict", "month.1", "month.12"), {BEHIND: "lost"})
    page = replace(UPRIGHT, printed=("month", "verdict"))
    return Sheet(SCHEDULE, _COLUMNS, rows, page, colours=behind, charts=(_chart(),))


def _figures(scored: ScoredCase) -> Row:
    budget, executed, rate = (seen(scored.rows[0], name) for name in ("target_value", "actual_value", "measure"))
    cells = (
        Cell("month", "全年预算数", "label"),
        Cell("paid", known(budget, budget), "money"),
        Cell("share", "全年执行数", "label"),
        Cell("plan", known(executed, executed), "money"),
        Cell("short", "执行率", "label"),
        Cell("kept", rate, "percent"),
    )
    return Row(cells, "budget", 22.0)


def _month(scored: ScoredCase, month: int) -> Row:
    name, places = f"month.{month}", _money_places(scored)
    cells = {PLAN: cell(name, "plan"), _SUM: cell(name, "cumulative"), _SHORT: cell(name, "short"), BUDGET: _BUDGET}
    so_far = down("paid", "month.1", name)
    all_paid = when(count_numbers(so_far).equals(month), steady(total(so_far), places), PENDING)
    always = (
        Cell("month", f"{month}月", "centre"),
        Cell("paid", scored.funds.paid[month - 1], "input_money"),
        Cell("cumulative", all_paid, "money"),
        Cell("share", _SHARE.of(cells), "percent"),
    )
    plan = counting_plan(scored.funds.plan).get(month)
    if plan is None:
        said = "空白，不计" if month in CHECKPOINTS else ""
        blank = tuple(Cell(column, "", "centre") for column in ("plan", "planned", "short", "kept"))
        return Row((*always, *blank, Cell("verdict", said, "centre")), name, 20.0)
    checkpoint = (
        Cell("plan", plan, "percent checkpoint"),
        Cell("planned", _planned(places).of(cells), "money checkpoint"),
        Cell("short", _missing(places).of(cells), "money checkpoint"),
        Cell("kept", _KEPT.of(cells), "percent checkpoint"),
        Cell("verdict", _VERDICT.of(cells), "centre checkpoint"),
    )
    return Row((*always, *checkpoint), name, 20.0)


def _money_places(scored: ScoredCase) -> int:
    funds = scored.funds
    amounts = [abs(amount) for amount in (funds.full_year, *funds.paid) if not math.isnan(amount)]
    return max(0, min(_MOST_PLACES, _DIGITS - len(f"{sum(amounts):.0f}")))


def _notes(scored: ScoredCase) -> str:
    notes = ["时点得分比例 = 累计支付比例 ÷ 计划比例，最高 100%；只在计划有数的时点计算。"]
    if scored.funds.assumed:
        notes.append("目标文本中 12月底的计划是空的，按 100% 计。")
    if all(map(math.isnan, scored.funds.paid)):
        notes.append("没有填报各月支付金额。")
    elif any(map(math.isnan, scored.funds.paid)):
        notes.append("有的月份没有填报支付金额，其后的累计数待补充。")
    return "".join(notes)


def _chart() -> Chart:
    """Cumulative share against the plan, as a native chart that can be edited."""
    months, share, plan = (down(column, "month.1", "month.12") for column in ("month", "share", "plan"))
    return Chart(
        "line",
        cell("chart", "month"),
        width=715,
        height=330,
        series=(
            Series("累计支付比例", months, share, BLUE, dash="solid", marker="circle"),
            Series("计划比例", months, plan, ORANGE, dash="dash", marker="diamond"),
        ),
        title="累计支付与计划",
        up=Axis(pattern="axis_percent", least=0, grid=GRID),
        bridged=True,
    )
