"""The blocks of money: budgets and execution, the twelve payments, and what the form says of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isnan

from selfeval.domain.amounts import AMOUNT, BUDGETS, FULL_YEAR, off_budget
from selfeval.domain.case import Case
from selfeval.domain.expression.tree import (
    NEVER,
    NOT_AVAILABLE,
    Expression,
    Name,
    Span,
    all_of,
    any_of,
    cases,
    count_numbers,
    count_of,
    if_error,
    is_error,
    is_number,
    joined,
    lift,
    negated,
    rounded,
    steady,
    total,
    when,
)
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE, RATE_PLACES, execution_measure, score_formula
from selfeval.domain.fund_layouts import SOURCES, source_item, sources_of
from selfeval.domain.funds import MONTHS, counting_plan
from selfeval.domain.measures.measure import KEPT_AT, PAID, PLAN, POINTS
from selfeval.domain.needs.formats import shows_number
from selfeval.domain.needs.need import Input
from selfeval.domain.needs.selfcheck import (
    AS_ZERO,
    BLANK,
    DOUBTFUL,
    FILLED,
    NOT_APPLICABLE,
    Said,
    blank,
    holds_number,
    left_blank,
    no_number,
    plausible,
)
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS
from selfeval.domain.rounding import MONEY_PLACES, SHARE_PLACES, in_points
from selfeval.domain.rulebook import GIVEN_SHARES, Rulebook, gives_away
from selfeval.domain.scored import EXECUTION_RATE
from selfeval.domain.targets import CHECKPOINTS
from selfeval.forms.identity import (
    ACTUAL,
    FUNDS_TITLE,
    MONTH_TITLE,
    PAID_TITLE,
    PAYMENTS_TITLE,
    YES_NO,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.writing.columns import FIRST, LAST, WIDTHS, asked, entered, section
from selfeval.forms.writing.cover import MADE
from selfeval.forms.writing.selfcheck import scored
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.model import Cell, Row, cell, down
from selfeval.sheets.themes.forms import BLUE, GREY, ORANGE, PALE

_INITIAL, _FULL, _EXECUTED = (cell(fund_row(item), ACTUAL) for item in FUND_ITEMS)
_ADJUSTED = cell(narrative_row("adjusted"), ACTUAL)
_FIRST_MONTH, _LAST_MONTH = payment_row(MONTHS[0]), payment_row(MONTHS[-1])
_PAYMENTS = down(ACTUAL, _FIRST_MONTH, _LAST_MONTH)
_MONEY = Input("money", "万元")
_AMOUNT = replace(_MONEY, least=Fraction(0))
"""A payment may be taken back, a budget is never below 0."""
_FUND_HEIGHT, _MONTH_HEIGHT = 20.0, 21.0

_SUM_ROW = "auto.sum"
_MADE_UP = cell(_SUM_ROW, "value").equals(1)
"""Whether the months that are filled in make up what was executed, so that nothing is left for the others."""
PAID_UP = cell(_SUM_ROW, "level")
"""What the form says of the sum of all months."""

AGREES = "与全年执行数一致"

_FUNDS: dict[str, tuple[str, tuple[Said, ...]]] = {
    "initial": ("年初批复的预算数；年中追加的项目填0", ((_INITIAL < 0, DOUBTFUL),)),
    "full_year": ("调整以后的全年预算数；没有调整的，与年初预算数相同", ((_FULL <= 0, DOUBTFUL),)),
    "executed": (
        "1至12月实际支付的合计；不能大于全年预算数",
        ((_EXECUTED < 0, DOUBTFUL), (when(is_number(_FULL), _EXECUTED > _FULL, NEVER), DOUBTFUL)),
    ),
}
"""How to fill in each amount, and when to look at it again."""

_MAY_BE_ZERO: tuple[str, tuple[Said, ...]] = (
    "调整以后的全年预算数；已取消的项目，全年预算数和执行数都填0",
    ((_FULL < 0, DOUBTFUL), (when(_FULL.equals(0), _EXECUTED.differs(0), NEVER), DOUBTFUL)),
)
"""The same of a full-year budget that may be 0, with nothing executed."""


def doubtful(item: str, amount: Name, budget: float) -> Expression:
    """Whether an amount of the form is far off the published budget, or the one reported: as the scoring doubts it.

    One that is shown as a percentage or a day is none.
    """
    usable = when(doubtful("full_year", _FULL, budget), "", _FULL) if item not in BUDGETS else _FULL
    far = off_budget(item, budget).bind({AMOUNT: amount, FULL_YEAR: usable})
    return any_of(far, negated(shows_number(amount)).bind(MADE))


def fund_rows(rulebook: Rulebook, budget: float, totals: Collection[str], title: str = FUNDS_TITLE) -> tuple[Row, ...]:
    """Initial budget, full-year budget, executed with its rate and score, and whether the budget was adjusted.

    Each amount adds up from its sources, but the ``totals`` (FUND_ITEMS) that are filled in by themselves. ``budget``
    is the published one, in 万元.
    """
    rows = [section(f"二、{title}（万元）")]
    full_points = f"满分{rulebook.rounding.show(rulebook.execution_points)}分。"
    closed, sources = rulebook.without_rate.budget_zero != "ask", sources_of(rulebook.fund_rows)
    asks = {**_FUNDS, "full_year": _MAY_BE_ZERO} if closed else _FUNDS
    for item, (note, odd) in asks.items():
        comment = f"{FUND_ITEMS[item]}，单位：万元。{note}。"
        more: tuple[Cell, ...] = (Cell("level", note, "hint_left", LAST),)
        if item == "executed":
            comment += f"执行率 = {EXECUTION_RATE}，按执行率得分，{full_points}"
            more = _execution(rulebook, f"执行率{full_points}{note}", budget, sources)
        said = _money_said(cell(fund_row(item), ACTUAL), (_unsure(item, budget, sources), DOUBTFUL), *odd, nothing="")
        total = _total(item, said, comment, sources)
        if item in totals:
            total = asked(FUND_ITEMS[item], "万元", said, _AMOUNT, comment)
        rows.append(Row((*total, *more), fund_row(item), _FUND_HEIGHT))
        rows += [_source_row(item, source, first=source == sources[0]) for source in sources]
    label = NARRATIVE_ITEMS["adjusted"]
    cells = asked(label, "可不填", _adjusted_said(), Input("choice", choices=YES_NO, title=label))
    adjusted = Cell("level", "年中追加、调减过预算的选“是”，这时全年预算数应与年初预算数不同", "hint_left", LAST)
    return (*rows, Row((*cells, adjusted), narrative_row("adjusted"), _FUND_HEIGHT))


_USELESS = "不计"
"""Stands for an amount by source that cannot be added."""


def _parts(item: str, sources: Sequence[str]) -> Span:
    """What counts of an amount by source."""
    first, last = (fund_row(source_item(item, source)) for source in (sources[0], sources[-1]))
    return down("value", first, last)


def _belied(item: str, sources: Sequence[str]) -> Expression:
    """Whether an amount that was typed itself is not the sum of its sources, or one of these does not count."""
    parts, amount = _parts(item, sources), cell(fund_row(item), ACTUAL)
    other = negated(steady(total(parts) - amount, MONEY_PLACES).equals(0))
    return any_of(count_of(parts, _USELESS) > 0, all_of(count_numbers(parts) > 0, other))


def _unsure(item: str, budget: float, sources: Sequence[str]) -> Expression:
    """Whether the scoring asks about an amount that is a number."""
    return any_of(doubtful(item, cell(fund_row(item), ACTUAL), budget), _belied(item, sources))


def _total(item: str, said: Expression, comment: str, sources: Sequence[str]) -> tuple[Cell, ...]:
    """The cells of an amount that adds up from its sources."""
    parts = _parts(item, sources)
    added = when(count_numbers(parts).equals(0), "", steady(total(parts), MONEY_PLACES))
    added = when(count_of(parts, _USELESS).equals(0), added, "")
    return (
        Cell(FIRST, FUND_ITEMS[item], "group", "target"),
        Cell("points", "万元", "hint", "hint"),
        Cell("status", said, "status"),
        Cell(ACTUAL, added, "computed_money", comment=comment),
    )


def _source_row(item: str, source: str, *, first: bool) -> Row:
    """An amount by source. Most projects have one source, so that no other needs to be filled in."""
    row = fund_row(source_item(item, source))
    given = cell(row, ACTUAL)
    nothing = when(left_blank(cell(fund_row(item), ACTUAL)), BLANK if first else "", "")
    counts = all_of(given >= 0, plausible(given), shows_number(given).bind(MADE))
    said = _money_said(given, (negated(counts), DOUBTFUL), nothing=nothing)
    part = when(is_number(given), when(counts, given, _USELESS), when(left_blank(given), "", _USELESS))
    cells = asked(SOURCES[source], "万元", said, _AMOUNT)
    note = Cell("level", "" if first else "没有的不用填", "hint_left", LAST)
    return Row((*cells, note, Cell("value", part, "hidden")), row, _FUND_HEIGHT)


def _execution(rulebook: Rulebook, note: str, budget: float, sources: Sequence[str]) -> tuple[Cell, ...]:
    """Rate, share and score of the execution, and how to fill it in."""
    row, measure = fund_row("executed"), cell(fund_row("executed"), "measure")
    rule, points, stuck = rulebook.execution, rulebook.execution_points, rulebook.without_rate
    names = {EXECUTED: _EXECUTED, BUDGET: _FULL, POINTS: lift(in_points(points))}
    rate = execution_measure(rule).bind(names)
    usable = cases(
        (negated(all_of(is_number(_EXECUTED), is_number(_FULL))), ""),
        (negated(all_of(plausible(_EXECUTED), plausible(_FULL))), ""),
        (any_of(_EXECUTED < 0, _FULL <= 0), ""),
        (_unsure("full_year", budget, sources), ""),
        (_unsure("executed", budget, sources), ""),
        otherwise=steady(rate, SHARE_PLACES),
    )
    earned = score_formula(rulebook.rounding, "uncapped" if rule.uncapped else "points")
    share, score = scored(row, rule.share, points, earned)
    zero, missing = (GIVEN_SHARES.get(action) for action in (stuck.budget_zero, stuck.executed_missing))
    closed = all_of(is_number(_FULL), is_number(_EXECUTED))
    cancelled = when(closed, all_of(_FULL.equals(0), _EXECUTED.equals(0)), NEVER)
    unsaid = when(left_blank(_EXECUTED), when(is_number(_FULL), _FULL > 0, NEVER), NEVER)
    for action, found, given in (
        (stuck.budget_zero, cancelled, zero),
        (stuck.executed_missing, unsaid, missing),
    ):
        share = share if given is None else when(found, given, share)
        score = when(found, NOT_APPLICABLE, score) if gives_away(action) else score
    shown: Expression = measure
    if rule.deduct is not None:  # the measure is not the rate itself
        shown = RATE.bind(names)
    return (
        Cell("level", "预算执行率", "label_center"),
        Cell("percentage", when(is_number(measure), steady(shown, RATE_PLACES), ""), "computed_percent", "judged"),
        Cell("score", score, "score"),
        Cell("category", note, "hint_left", LAST),
        Cell("measure", usable, "hidden"),
        Cell("share", share, "hidden"),
    )


def _money_said(amount: Name, *odd: Said, nothing: Expression | str = BLANK) -> Expression:
    return cases(
        *no_number(amount, nothing=nothing, readable=holds_number(amount)),
        (negated(plausible(amount)), DOUBTFUL),
        *odd,
        otherwise=FILLED,
    )


def _adjusted_said() -> Expression:
    """Whether 是 or 否 agrees with the two budgets; blank while nothing is chosen."""
    yes, no = YES_NO
    odd = any_of(
        all_of(_ADJUSTED.equals(no), _INITIAL.differs(_FULL)), all_of(_ADJUSTED.equals(yes), _INITIAL.equals(_FULL))
    )
    return cases(
        (is_error(_ADJUSTED), DOUBTFUL),
        (blank(_ADJUSTED), ""),
        (when(all_of(is_number(_INITIAL), is_number(_FULL)), odd, NEVER), DOUBTFUL),
        otherwise=FILLED,
    )


def payment_rows(case: Case, sources: Sequence[str]) -> tuple[Row, ...]:
    """Twelve months: paid, and live beside it the amount so far, its share of the budget, and how far from the plan."""
    headings = (
        Cell(FIRST, MONTH_TITLE, "heading", "level2"),
        Cell("level3", "资金支出计划（累计）", "heading", "target"),
        Cell("points", "单位", "heading", "hint"),
        Cell("status", "填写情况", "heading"),
        Cell(ACTUAL, PAID_TITLE, "heading"),
        Cell("level", "累计支付", "heading"),
        Cell("percentage", "占全年预算数", "heading", "judged"),
        Cell("score", "与计划相差", "heading"),
        Cell("category", "累计支付与计划（占全年预算数的百分比）", "heading", LAST),
    )
    plan, given = counting_plan(case.plan), dict(zip(CHECKPOINTS, case.plan, strict=True))
    title = section(f"四、{PAYMENTS_TITLE}（万元）")
    budget = case.project.budget
    months = (_month_row(month, plan.get(month), budget, given=not isnan(given.get(month, 0.0))) for month in MONTHS)
    return (title, Row(headings, height=34.0), *months, _sum_row(budget, sources))


def _month_row(month: int, planned: Fraction | None, budget: float, *, given: bool) -> Row:
    row = payment_row(month)
    paid, so_far, share = cell(row, ACTUAL), cell(row, "level"), cell(row, "percentage")
    hint = "" if planned is None else f"{month}月底应达到" if given else f"{month}月底，空白按100%"
    status = when(_MADE_UP, AS_ZERO, BLANK)
    counts = any_of(is_number(paid), cell(row, "status").equals(AS_ZERO))
    added = steady(total(down(ACTUAL, _FIRST_MONTH, row)), MONEY_PLACES)
    part = when(is_number(_FULL), when(_FULL > 0, steady(so_far / _FULL, RATE_PLACES), ""), "")
    ahead = None if planned is None else when(is_number(share), rounded(share - planned, 4), "")  # never +0.00%
    cells = [
        Cell(FIRST, f"{month}月", "label_center", "level2"),
        Cell("level3", "没有支付的月份不用填" if month == MONTHS[0] else hint, "hint"),
        Cell("target", planned, "computed_percent"),
        Cell("points", "万元", "hint", "hint"),
        Cell("status", _money_said(paid, (doubtful(str(month), paid, budget), DOUBTFUL), nothing=status), "status"),
        entered(ACTUAL, _MONEY),
        Cell("level", when(counts, added, ""), "computed_money"),
        Cell("percentage", when(is_number(so_far), part, ""), "computed_percent", "judged"),
        Cell("score", ahead, "ahead"),
        Cell("measure", when(is_number(share), share, NOT_AVAILABLE), "hidden"),
    ]
    if planned is not None:
        kept = KEPT_AT.bind({PAID: so_far / _FULL, PLAN: lift(planned)})
        statuses = down("status", _FIRST_MONTH, _LAST_MONTH)
        budgeted = cell(fund_row("full_year"), "status").equals(FILLED)
        known = count_of(statuses, FILLED) + count_of(statuses, AS_ZERO)
        ready = all_of(known.equals(len(MONTHS)), budgeted)
        cells.append(Cell("value", when(ready, steady(kept, SHARE_PLACES), ""), "hidden"))
    return Row(tuple(cells), row, _MONTH_HEIGHT)


def _sum_row(budget: float, sources: Sequence[str]) -> Row:
    """The sum of the months, and whether it is what was executed; an amount in doubt says nothing of the months."""
    known = count_numbers(_PAYMENTS)
    gap = steady(total(_PAYMENTS) - _EXECUTED, 6)
    said = cases(
        (_MADE_UP, AGREES),
        (known < len(MONTHS), joined("还有", len(MONTHS) - known, "个月没有填")),
        (negated(is_number(_EXECUTED)), "全年执行数没有填"),
        otherwise=joined("与全年执行数相差", gap, "万元"),
    )
    sure = all_of(gap.equals(0), _EXECUTED >= 0, negated(_unsure("executed", budget, sources)))
    made_up = when(is_number(_EXECUTED), if_error(when(sure, 1, 0), 0), 0)
    cells = (
        Cell(FIRST, "合计", "label_center", "target"),
        Cell("points", "万元", "hint", "status"),
        Cell(ACTUAL, when(known.equals(0), "", steady(total(_PAYMENTS), MONEY_PLACES)), "computed_money"),
        Cell("level", said, "text", "score"),
        Cell("value", made_up, "hidden"),
    )
    return Row(cells, _SUM_ROW, 22.0)


def payments_chart() -> Chart:
    """The share of the budget paid so far and the plan, month by month, beside the payments."""
    pixels = sum(WIDTHS[column] * 7 + 5 for column in ("category", "reason", "remedy", "evidence"))
    months = down(FIRST, _FIRST_MONTH, _LAST_MONTH)
    paid, planned = (down(column, _FIRST_MONTH, _LAST_MONTH) for column in ("measure", "target"))
    return Chart(
        "line",
        corner=cell(_FIRST_MONTH, "category"),
        width=int(pixels) - 12,
        height=int(len(MONTHS) * _MONTH_HEIGHT / 0.75) - 6,
        series=(
            Series("累计支付", months, paid, BLUE, "solid", "circle", 5, BLUE),
            Series("资金支出计划", months, planned, ORANGE, "dash", "diamond", 5, ORANGE),
        ),
        across=Axis(size=8, ink=GREY),
        up=Axis(pattern="axis_percent", least=0, grid=PALE, size=8, ink=GREY),
        legend=9,
        bridged=True,
        hidden=True,
        offset=(6, 3),
        description="累计支付与资金支出计划的对比",
    )
