"""The blocks of money, and who filled the form in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from math import isnan

from selfeval.domain.expression.worksheet import quoted
from selfeval.domain.funds import MONTHS, counting_plan
from selfeval.domain.needs.entry import Entry, EntryKind
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import CHECKPOINTS
from selfeval.forms.identity import (
    ACTUAL,
    FILLED_BY,
    YES_NO,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.making.content.cover import About
from selfeval.forms.making.layout import FIRST, LAST, Box, Line
from selfeval.forms.making.live.money import (
    SUM_ROW,
    adjusted_status,
    amount_status,
    execution_cells,
    payment_cells,
    sum_cells,
    text_status,
)
from selfeval.forms.making.live.words import DOUBTFUL, FILLED, NOT_DATE, chosen, first_word

EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


_NOTES = {
    "initial": "年初批复的预算数；年中追加的项目填 0",
    "full_year": "调整以后的全年预算数；没有调整的，与年初预算数相同",
    "executed": "1 至 12 月实际支付的合计；不能大于全年预算数",
}


def fund_lines(rulebook: Rulebook) -> tuple[Line, ...]:
    """Initial budget, full-year budget, executed with its rate and score, and whether the budget was adjusted."""
    full = show_points(rulebook.execution_points)
    lines = [Line((Box(FIRST, "二、项目资金（万元）", "section", LAST),), height=24)]
    for item, label in FUND_ITEMS.items():
        row = fund_row(item)
        more: tuple[Box, ...] = (Box("level", _NOTES[item], "hint_left", LAST),)
        comment = f"{label}，单位：万元。{_NOTES[item]}。"
        if item == "executed":
            live = execution_cells(rulebook)
            more = (
                Box("level", "预算执行率", "label_center"),
                Box("percentage", style="computed_percent", formula=live["percentage"], last="judged"),
                Box("score", style="score", formula=live["score"]),
                Box("category", f"执行率满分 {full} 分。{_NOTES[item]}", "hint_left", LAST),
                *(Box(one, style="hidden", formula=live[one]) for one in ("measure", "share")),
            )
            comment += f"执行率 = 全年执行数 ÷ 全年预算数，按执行率得分，满分 {full} 分。"
        entry = Entry("money", "万元")
        lines.append(Line((*_input_boxes(label, "万元", amount_status(item), entry, comment), *more), row, 22))
    entry = Entry("choice", choices=YES_NO, title=NARRATIVE_ITEMS["adjusted"])
    boxes = _input_boxes(NARRATIVE_ITEMS["adjusted"], "可不填", adjusted_status(), entry, "")
    note = Box("level", "年中追加、调减过预算的选“是”，这时全年预算数应与年初预算数不同", "hint_left", LAST)
    return (*lines, Line((*boxes, note), narrative_row("adjusted"), 22))


def payment_lines(about: About) -> tuple[Line, ...]:
    """Twelve months: paid, and live beside it the amount so far, its share of the budget, and how far from the plan."""
    headings = (
        Box(FIRST, "月份", "heading", "level2"),
        Box("level3", "资金支出计划（累计）", "heading", "target"),
        Box("points", "单位", "heading", "hint"),
        Box("status", "填写情况", "heading"),
        Box(ACTUAL, "本月支付", "heading"),
        Box("level", "累计支付", "heading"),
        Box("percentage", "占全年预算", "heading", "judged"),
        Box("score", "比计划", "heading"),
        Box("category", "累计支付与计划（占全年预算的百分比）", "heading", LAST),
    )
    title = Line((Box(FIRST, "四、各月支付金额（万元）", "section", LAST),), height=24, new_page=True)
    plan = counting_plan(about.case.plan)
    given = dict(zip(CHECKPOINTS, about.case.plan, strict=True))
    months = (_month_line(month, plan, given=not isnan(given.get(month, 0.0))) for month in MONTHS)
    return (title, Line(headings, height=22), *months, _sum_line(), Line(height=8))


def filled_by_lines() -> tuple[Line, ...]:
    """Who filled the form in, and when."""
    hints = {"filler": "姓名", "phone": "座机或手机", "head": "项目负责人姓名", "date": "如 2025-01-15"}
    lines = [Line((Box(FIRST, "五、填报信息", "section", LAST),), height=24)]
    for item in FILLED_BY:
        kind: EntryKind = "date" if item == "date" else "text"
        cell = f"[{narrative_row(item)}@{ACTUAL}]"
        status = _date_status(cell) if item == "date" else text_status(cell)
        comment = "以填报日期最近的一份为准，每次修改后请更新。" if item == "date" else ""
        boxes = (
            Box(FIRST, NARRATIVE_ITEMS[item], "label_center", "target"),
            Box("points", hints[item], "hint", "hint"),
            Box("status", style="status", formula=status),
            Box(ACTUAL, style=f"input_{kind}", last="level", entry=Entry(kind), comment=comment),
        )
        lines.append(Line(boxes, narrative_row(item), 22))
    return tuple(lines)


def _date_status(cell: str) -> str:
    first, last = (one.toordinal() - dt.date(1899, 12, 30).toordinal() for one in (EARLIEST, LATEST))
    odd = (f"OR({cell}<{first},{cell}>{last})", quoted(DOUBTFUL))
    return "=" + chosen([*first_word(cell, NOT_DATE), odd], quoted(FILLED))


def _input_boxes(label: str, hint: str, status: str, entry: Entry, comment: str) -> tuple[Box, ...]:
    return (
        Box(FIRST, label, "label_center", "target"),
        Box("points", hint, "hint", "hint"),
        Box("status", style="status", formula=status),
        Box(ACTUAL, style=f"input_{entry.kind}", entry=entry, comment=comment),
    )


def _month_line(month: int, plan: Mapping[int, Fraction], *, given: bool) -> Line:
    live = payment_cells(month, plan)
    share = plan.get(month)
    told = "" if share is None else f"{month}月底应达到" + ("" if given else "（原文空白，按 100%）")
    if month == 1:
        told = "没有支付的月份填 0"
    boxes = (
        Box(FIRST, f"{month}月", "label_center", "level2"),
        Box("level3", told, "hint"),
        Box("target", style="computed_percent", number=None if share is None else float(share)),
        Box("points", "万元", "hint", "hint"),
        Box("status", style="status", formula=live["status"]),
        Box(ACTUAL, style="input_money", entry=Entry("money", "万元")),
        Box("level", style="computed_money", formula=live["level"]),
        Box("percentage", style="computed_percent", formula=live["percentage"], last="judged"),
        Box("score", style="ahead", formula=live.get("score", "")),
        *(Box(one, style="hidden", formula=live[one]) for one in ("value", "measure") if one in live),
    )
    return Line(boxes, payment_row(month), 21)


def _sum_line() -> Line:
    live = sum_cells()
    boxes = (
        Box(FIRST, "合计", "label_center", "target"),
        Box("points", "万元", "hint", "status"),
        Box(ACTUAL, style="computed_money", formula=live[ACTUAL]),
        Box("level", style="text", formula=live["level"], last="score"),
    )
    return Line(boxes, SUM_ROW, 22)
