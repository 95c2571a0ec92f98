"""自评表: the official 《项目支出绩效自评表》 of 财预〔2020〕10号 on A4; its fund rows are those of the rulebook.

Scores, execution rate, total and grade come live from 评分依据.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from math import isnan

from selfeval.domain.expression.tree import Expression, Name, all_of, is_number, joined, steady, when
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE_PLACES
from selfeval.domain.fund_layouts import LAYOUTS, FundLayout, FundLine
from selfeval.domain.fund_sources import BySource, by_source, published
from selfeval.domain.reading.period import day_words
from selfeval.domain.reported import FUND_ITEMS
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.sheets.heights import Fit
from selfeval.sheets.layout import LaidSheet
from selfeval.sheets.model import Cell, Column, Rich, Row, Sheet, cell
from selfeval.sheets.page import UPRIGHT, Footer
from selfeval.sheets.rows import LONGEST_MARK, over
from selfeval.sheets.text import clean
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.values import stored
from selfeval.workbooks.conventions import DASH, rate_shown, seen
from selfeval.workbooks.form_rows import indicator_rows, physical_heights, shown
from selfeval.workbooks.grounds_sheet import OWN_GRADE, OWN_POINTS, OWN_TOTAL

FORM = "自评表"
_LONGEST_NAME, _LONGEST_SIGNED = 400, 60
"""Characters shown of the names at the top, and of what is signed."""

COLUMNS = (
    Column("area", "", 8.0),
    Column("level1", "一级指标", 11.9),
    Column("level2", "二级指标", 9.5),
    Column("level3", "三级指标", 15.6),
    Column("target", "年度指标值\n（A）", 10.5),
    Column("actual", "实际完成值\n（B）", 10.5),
    Column("points", "分值", 6.5),
    Column("score", "得分", 7.5),
    Column("reason", "偏差原因分析及改进措施", 26.0),
)
"""On paper the text is 8.8 points high."""

_FUNDS = {
    "level3": "年初预算数",
    "target": "全年预算数\n（A）",
    "actual": "全年执行数\n（B）",
    "points": "分值",
    "score": "执行率\n（B/A）",
    "reason": "得分",
}
_ROW = 20.0
_TOTAL, _GAP, _SIGN = 34.0, 8.0, 26.0
_TAIL = _TOTAL + _GAP + 2 * _SIGN
"""Heights of the row of the total (two lines: a range takes both), and of the block to be signed below it."""

_SIGNED = (("area", "level3"), ("target", "points"), ("score", "reason"))
_SIGNATURES = (
    (("填报人：", "filler"), ("联系电话：", "phone"), ("填报日期：", "date")),
    (("项目负责人：", "head"), ("单位负责人：", ""), ("单位（盖章）：", "")),
)
"""What is signed, side by side, with the item of NARRATIVE_ITEMS that fills it in."""


_FIGURE = Name("figure")
_SHOWN = when(is_number(_FIGURE), _FIGURE, "")
_RATE = when(
    all_of(is_number(BUDGET), is_number(EXECUTED)), when(BUDGET > 0, steady(EXECUTED / BUDGET, RATE_PLACES), ""), ""
)
"""The rate of one source; blank without its amounts."""
_GRADE = joined("自评等级：", _FIGURE).of({_FIGURE: OWN_GRADE})

PRIVATE = ("phone",)
"""Items of NARRATIVE_ITEMS that are not made public."""


def form_sheet(scored: ScoredCase, rulebook: Rulebook, *, public: bool = False) -> Sheet:
    """The sheet 自评表; ``public``: without the grade and the telephone."""
    mark = clean(f"　【{scored.case.mark}】", LONGEST_MARK) if scored.case.mark else ""
    top = (*_head(scored, mark), *_funds(scored, rulebook.fund_rows), *_goal(scored))
    before = sum(height or 0.0 for height in LaidSheet(Sheet(FORM, COLUMNS, top), WORKBOOKS).heights)
    rows = indicator_rows(scored, COLUMNS, before, _TAIL)
    page = replace(
        UPRIGHT,
        printed=("area", "reason"),
        header=mark.strip(),
        footer=Footer(f"评分规则：{rulebook.title}", at="right", size=8),
        # a sheet fitted to a number of pages passes over its page breaks; one fitted to a width does not
        tall=0 if any(row.new_page for row in rows) else 1,
    )
    total = (
        Cell("area", f"总　　分{_noted(scored, rulebook)}", "label", "actual"),
        Cell("points", OWN_POINTS, "score"),
        Cell("score", OWN_TOTAL, "total"),
        Cell("reason", "" if public else _GRADE, "total"),
    )
    said = (*top, *rows, Row(total, height=_TOTAL), *_signatures(scored, public=public))
    return Sheet(FORM, COLUMNS, said, page, protection="entries")


def _noted(scored: ScoredCase, rulebook: Rulebook) -> str:
    """What a reader of the total must know where it is no plain sum up to 100; blank where it is."""
    notes = ["有不封顶的指标，总分可以超过100"] if scored.way.uncapped else []
    if any(extra.bonus for extra in scored.way.extras):
        notes.append("含加分，不超过100" if rulebook.total_cap == "hundred" else "含加分，可以超过100")
    if any(not extra.bonus for extra in scored.way.extras):
        notes.append("已扣扣分项")
    return f"\n（{'；'.join(notes)}）" if notes else ""


def _head(scored: ScoredCase, mark: str) -> tuple[Row, ...]:
    case = scored.case
    year = f"（{case.year}年度）"
    name, department, unit = (
        clean(text, _LONGEST_NAME) for text in (case.project.name, case.department, case.project.unit_name)
    )
    called = "部门名称" if case.is_whole else "项目名称"
    name = unit if case.is_whole else name
    project = Cell("area", called, "label"), Cell("level1", name, "form_text", "reason")
    units = (
        Cell("area", "主管部门", "label"),
        Cell("level1", department, "form_text", "level3"),
        Cell("target", "实施单位", "label"),
        Cell("actual", unit, "form_text", "reason"),
    )
    return (
        over(COLUMNS, f"{case.subject}绩效自评表", "form_title", 36.0),
        over(COLUMNS, Rich(((year, ""), (mark, "mark"))) if mark else year, "subtitle", 22.0),
        Row(project, height=Fit(_ROW, ("level1",))),
        *(() if case.is_whole else (Row(units, height=Fit(28.0, ("level1", "actual"))),)),
    )


def _funds(scored: ScoredCase, layout: FundLayout) -> tuple[Row, ...]:
    """The total, which is scored, and what is known by source."""
    execution, lines = scored.rows[0], LAYOUTS[layout]
    budget, executed, points, score = (
        seen(execution, column) for column in ("target_value", "actual_value", "points", "score")
    )
    project = scored.case.project
    # the year-start budget as reported, else that of the target document
    initial = project.budget if isnan(scored.funds.initial) else scored.funds.initial
    dashes = tuple(Cell(column, DASH, "centre") for column in ("points", "reason"))
    worth = execution.points or execution.state is State.NOT_APPLICABLE
    headings = (Cell(column, heading, "label") for column, heading in _FUNDS.items())
    area = Cell("area", f"{'部门' if scored.case.is_whole else '项目'}资金\n（万元）", "label", rows=2 + len(lines))
    total = (
        Cell("level1", "年度资金总额", "text", "level2"),
        Cell("level3", initial, "money"),
        Cell("target", _SHOWN.of({_FIGURE: budget}), "money"),
        Cell("actual", _SHOWN.of({_FIGURE: executed}), "money"),
        Cell("score", rate_shown(execution), "percent"),
        *((Cell("points", points, "score"), Cell("reason", score, "score")) if worth else dashes),
    )
    parts = {item: by_source(scored.case.reports, item) for item in FUND_ITEMS}
    if parts["initial"] is None and initial == project.budget:
        parts["initial"] = published(project, layout, scored.case.year)
    return (
        Row((area, Cell("level1", "", "label", "level2"), *headings), height=30.0),
        Row(total, height=_ROW),
        *(Row((*_source(line, parts, execution), *dashes), _line(line), _ROW) for line in lines),
    )


def _line(line: FundLine) -> str:
    return f"fund.{'.'.join(line.sources)}"


def _source(line: FundLine, parts: Mapping[str, BySource | None], execution: ScoredRow) -> tuple[Cell, ...]:
    """The cells of a line below the total; blank where the department did not say by which sources.

    Where the total is changed in 评分依据, nobody knows by which sources: they go.
    """
    found = [None if (part := parts[item]) is None else part.of(line.sources) for item in FUND_ITEMS]
    totals = None, "target_value", "actual_value"
    money = (
        Cell(column, amount if total is None or amount is None else _while_same(execution, total, amount), "money")
        for column, total, amount in zip(("level3", "target", "actual"), totals, found, strict=True)
    )
    full, executed = (cell(_line(line), column) for column in ("target", "actual"))
    rate = _RATE.of({BUDGET: full, EXECUTED: executed})
    return Cell("level1", line.label, "text", "level2"), *money, Cell("score", rate, "percent")


def _while_same(row: ScoredRow, column: str, amount: Fraction) -> Expression:
    before = getattr(row, column)
    return _part(None if isnan(before) else stored(before), amount).of({_FIGURE: seen(row, column)})


@lru_cache(maxsize=1024)
def _part(whole: float | None, amount: Fraction) -> Expression:
    """An amount of which the whole is so much, or blank; nothing once it is another."""
    return when(is_number(_FIGURE), "", amount) if whole is None else when(_FIGURE.equals(whole), amount, "")


def _goal(scored: ScoredCase) -> tuple[Row, ...]:
    """年度总体目标: several rows, merged, for a very long text."""
    goal, result = shown(scored.case.project.goal), shown(scored.case.narrative("result"))
    heights = physical_heights(COLUMNS, ((goal, "level1", "target", 10.0), (result, "actual", "reason", 10.0)), 60)
    count = len(heights)
    head = (
        Cell("area", "年度\n总体\n目标", "label", rows=1 + count),
        Cell("level1", "预期目标", "label", "target"),
        Cell("actual", "实际完成情况", "label", "reason"),
    )
    texts = (
        Cell("level1", goal, "form_top", "target", rows=count),
        Cell("actual", result, "form_top", "reason", rows=count),
    )
    first, *others = heights
    return Row(head, height=_ROW), Row(texts, height=first), *(Row(height=height) for height in others)


def _signed(scored: ScoredCase, item: str) -> str:
    given = scored.case.narrative(item)
    return day_words(given) if item == "date" else given


def _label(scored: ScoredCase, label: str) -> str:
    return label.removeprefix("项目") if scored.case.is_whole else label


def _signatures(scored: ScoredCase, *, public: bool) -> tuple[Row, ...]:
    """The block to be signed; what the department gave is filled in."""
    lines = (
        tuple(
            Cell(first, _label(scored, label) + clean(_signed(scored, item), _LONGEST_SIGNED), "sign open", last)
            for (label, item), (first, last) in zip(line, _SIGNED, strict=True)
            if not (public and item in PRIVATE)
        )
        for line in _SIGNATURES
    )
    return Row(height=_GAP), *(Row(line, height=_SIGN) for line in lines)
