"""资金支出进度: the twelve months, cumulative against the plan at each checkpoint, live, with a line chart."""

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
    lift,
    steady,
    total,
    when,
)
from selfeval.domain.expression.values import Given, Value
from selfeval.domain.formulas import BUDGET
from selfeval.domain.funds import MONTHS, TOLERANCE, counting_plan
from selfeval.domain.measures.measure import KEPT_AT, PAID, PENDING, PLAN
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.rounding import MONEY_PLACES, SHARE_PLACES
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase
from selfeval.domain.targets import CHECKPOINTS
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.colours import words
from selfeval.sheets.entries import number
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import UPRIGHT
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.themes.workbooks import BLUE, GRID, ORANGE
from selfeval.workbooks.conventions import DASH, SCHEDULE, calculated, held, known, rate_shown, seen

_REACHED, _BEHIND = "达到计划", "未达计划"
_DIGITS = 14
"""Digits of an amount with its places: a sheet keeps 15, the last one in doubt."""

_COLUMNS = (
    Column("month", "月份", 11, frozen=True),
    Column("paid", "当月支付\n（万元）", 12),
    Column("cumulative", "累计支付\n（万元）", 12),
    Column("share", "累计支付\n比例", 10),
    Column("plan", "计划累计\n比例", 10),
    Column("planned", "计划累计\n（万元）", 12),
    Column("short", "少于计划\n（万元）", 12),
    Column("kept", "节点\n得分率", 10),
    Column("verdict", "计划节点\n结论", 10),
)
_CHECKPOINT = {"planned": "amount", "short": "amount", "kept": "percent", "verdict": "centre"}
"""What is calculated at a checkpoint, and how it looks."""

_CHART_ROWS = 19

_SO_FAR, _SUM, _SHORT = Name("so_far"), Name("sum"), Name("short")
_FIGURE = Name("figure")
_SHOWN = known(_FIGURE, _FIGURE)
_NO_BUDGET = Name("no_budget")
"""What stands where the budget is 0."""
_BUDGET = cell("budget", "paid")


def _of_budget(value: Expression) -> Expression:
    return when(all_of(is_number(_SUM), is_number(BUDGET)), when(BUDGET > 0, value, _NO_BUDGET), PENDING)


_SHARE = _of_budget(steady(_SUM / BUDGET, SHARE_PLACES))
_KEPT = _of_budget(steady(KEPT_AT.bind({PAID: _SUM / BUDGET}), SHARE_PLACES))
_VERDICT = when(is_number(_SHORT), when(_SHORT >= TOLERANCE, _BEHIND, _REACHED), _SHORT)


@cache
def _cumulative(month: int, places: int) -> Expression:
    return when(count_numbers(_SO_FAR).equals(month), steady(total(_SO_FAR), places), PENDING)


@cache
def _live(places: int, no_budget: str) -> dict[str, Expression]:
    """The share of a month, and the columns of a checkpoint that are live."""
    planned, short = steady(PLAN * BUDGET, places), steady(largest(0, PLAN * BUDGET - _SUM), places)
    found = {
        "share": _SHARE,
        "planned": known(BUDGET, when(BUDGET > 0, planned, _NO_BUDGET)),
        "short": _of_budget(short),
        "kept": _KEPT,
        "verdict": _VERDICT,
    }
    return {column: formula.bind({_NO_BUDGET: lift(no_budget)}) for column, formula in found.items()}


def _no_budget(scored: ScoredCase) -> str:
    """What stands where the budget is 0: a dash once the rulebook has said what that means for the execution."""
    return PENDING if scored.rows[0].state is State.ASK else DASH


def kept_shares(scored: ScoredCase) -> list[Value]:
    """What the sheet shows as 节点得分率 of each checkpoint that counts."""
    paid, places = list(map(held, scored.funds.paid)), _money_places(scored)
    budget = held(scored.rows[0].target_value)
    found = []
    for month, plan in counting_plan(scored.funds.plan).items():
        so_far = calculated(_cumulative(month, places), {_SO_FAR: paid[:month]})
        values: dict[Name, Given] = {_SUM: so_far, BUDGET: PENDING if budget is None else budget, PLAN: held(plan)}
        values[_NO_BUDGET] = _no_budget(scored)
        found.append(calculated(_KEPT, values))
    return found


def schedule_sheet(scored: ScoredCase, rulebook: Rulebook) -> Sheet | None:
    """The sheet 资金支出进度; none where nothing was planned, paid or asked for by months."""
    del rulebook
    case, asked = scored.case, any(row.promise is not None and row.promise.need is PAYMENTS for row in scored.rows)
    if not asked and all(map(math.isnan, (*scored.funds.paid, *scored.funds.plan))):
        return None
    rows = (
        banner(_COLUMNS, "资金支出进度", "title", case.mark, 26),
        banner(_COLUMNS, f"{case.project.name}（{case.year}年度）　项目编码：{case.code}"),
        Row(height=6.0),
        _figures(scored),
        Row(height=None),
        headings(_COLUMNS, frozen=True)._replace(repeated=False),
        *(_month(scored, month) for month in MONTHS),
        banner(_COLUMNS, _notes(scored), "note"),
        Row(height=None),
        Row(id="chart", height=None),
        *(Row(height=None),) * (_CHART_ROWS - 1),
    )
    behind = words(down("verdict", "month.1", "month.12"), {_BEHIND: "lost"})
    page = replace(UPRIGHT, printed=("month", "verdict"))
    return Sheet(SCHEDULE, _COLUMNS, rows, page, colours=behind, charts=(_chart(),), protection="entries")


def _figures(scored: ScoredCase) -> Row:
    budget, executed = (seen(scored.rows[0], name) for name in ("target_value", "actual_value"))
    cells = (
        Cell("month", "全年预算数", "label"),
        Cell("paid", _SHOWN.of({_FIGURE: budget}), "money"),
        Cell("share", "全年执行数", "label"),
        Cell("plan", _SHOWN.of({_FIGURE: executed}), "money"),
        Cell("short", "执行率", "label"),
        Cell("kept", rate_shown(scored.rows[0]), "percent"),
    )
    return Row(cells, "budget", 22.0)


def _month(scored: ScoredCase, month: int) -> Row:
    name, places = f"month.{month}", _money_places(scored)
    names = {PLAN: "plan", _SUM: "cumulative", _SHORT: "short"}
    cells = {BUDGET: _BUDGET, **{at: cell(name, column) for at, column in names.items()}}
    so_far = {_SO_FAR: down("paid", "month.1", name)}
    live = _live(places, _no_budget(scored))
    always = (
        Cell("month", f"{month}月", "centre"),
        Cell("paid", scored.funds.paid[month - 1], "input_money", entry=number("万元")),
        Cell("cumulative", _cumulative(month, places).of(so_far), "money"),
        Cell("share", live["share"].of(cells), "percent"),
    )
    plan = counting_plan(scored.funds.plan).get(month)
    if plan is None:
        said = {"verdict": "未设计划" if month in CHECKPOINTS else ""}
        texts = (Cell(column, said.get(column, ""), "centre") for column in ("plan", *_CHECKPOINT))
        return Row((*always, *texts), name, 20.0)
    checkpoint = (Cell(column, live[column].of(cells), f"{style} checkpoint") for column, style in _CHECKPOINT.items())
    return Row((*always, Cell("plan", plan, "percent checkpoint"), *checkpoint), name, 20.0)


def _money_places(scored: ScoredCase) -> int:
    """Places of 万元; fewer for very large amounts."""
    funds = scored.funds
    amounts = [abs(amount) for amount in (funds.full_year, *funds.paid) if not math.isnan(amount)]
    return max(0, min(MONEY_PLACES, _DIGITS - len(f"{sum(amounts):.0f}")))


def _notes(scored: ScoredCase) -> str:
    notes = ["节点得分率 = 累计支付比例 ÷ 计划比例，最高100%；只计算设有计划的节点。"]
    if scored.funds.assumed:
        notes.append("绩效文本中12月底的计划是空白的，按100%计。")
    if all(map(math.isnan, scored.funds.paid)):
        notes.append("各月支付金额未填报。")
    elif any(map(math.isnan, scored.funds.paid)):
        notes.append("部分月份未填报支付金额，其后的累计数待补充。")
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
