"""The blocks around the indicators: the check at the top, cover, goal, funds, monthly payments, who filled it in."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import CHECKPOINTS
from selfeval.forms.identity import (
    ACTUAL,
    FILLED_BY,
    META_MARK,
    META_PROJECT,
    META_UNIT,
    META_YEAR,
    RESULT,
    YES_NO,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.making.layout import FIRST, LAST, Box, Entry, EntryKind, Filled, Line, Values, height_for, span
from selfeval.forms.making.live.money import (
    SUM_ROW,
    adjusted_status,
    amount_status,
    counting_plan,
    execution_cells,
    execution_points,
    payment_cells,
    sum_cells,
    text_status,
)
from selfeval.forms.making.live.summary import SUMMARY_ROW, summary_cells
from selfeval.forms.making.live.words import DOUBTFUL, FILLED, NOT_DATE, chosen, first_word, quoted

MONTHS = range(1, 13)
EARLIEST, LATEST = dt.date(2000, 1, 1), dt.date(2099, 12, 31)


@dataclass(frozen=True)
class Cover:
    """What the one who sends the forms out says on all of them: until when, and whom to ask; each may be blank."""

    due: dt.date | None = None
    contact: str = ""


@dataclass(frozen=True)
class Project:
    """What the form prints of a project. ``budget`` is 万元; ``plan`` the cumulative share at each checkpoint."""

    year: int
    unit_code: str
    unit_name: str
    code: str
    name: str
    budget: float
    purpose: str
    goal: str
    plan: Mapping[int, Fraction]
    mark: str
    cover: Cover = Cover()


def project_of(row: pd.Series, plan: pd.DataFrame, year: int, mark: str, cover: Cover) -> Project:
    """A row of PROJECTS and the rows of PLAN as a Project."""
    own = plan[plan["project"] == row["project"]]
    shares = {month: float(own.iloc[0][f"month_{month}"]) for month in CHECKPOINTS} if len(own) else {}
    return Project(
        year,
        str(row["unit_code"]),
        str(row["unit_name"]),
        str(row["project"]),
        str(row["name"]),
        float(row["budget"]),
        str(row["purpose"]),
        str(row["goal"]),
        {month: fraction(share) for month, share in shares.items() if not math.isnan(share)},
        mark,
        cover,
    )


def hidden_lines(project: Project) -> tuple[Line, ...]:
    """The hidden rows that say what the form is for: year, project, unit, mark; written as texts."""
    facts = {
        META_YEAR: str(project.year),
        META_PROJECT: project.code,
        META_UNIT: project.unit_code,
        META_MARK: project.mark,
    }
    return tuple(Line((Box(ACTUAL, text, "hidden"),), key) for key, text in facts.items())


def summary_lines(
    project: Project, rows: Sequence[str], points: Sequence[int], needed: int, rulebook: Rulebook
) -> tuple[Line, ...]:
    """Title, mark, and the self-check that stays in sight: filled, provisional total, verdict."""
    lines = [Line((Box(FIRST, f"项目支出绩效自评填报表（{project.year}年度）", "title", LAST),), height=34)]
    if project.mark:
        lines.append(Line((Box(FIRST, project.mark, "mark", LAST),), height=24))
    live = summary_cells(rows, points, needed, rulebook) if rows else {}
    boxes = (
        Box(FIRST, "自动检查", "summary_label", "level2"),
        Box("level3", style="summary_label", last="target", formula=live.get("level3", "")),
        Box("points", "暂评总分", "summary_label", "status"),
        Box(ACTUAL, style="summary_score", last="level", formula=live.get("actual", "")),
        Box("percentage", style="summary", last=LAST, formula=live.get("percentage", "")),
    )
    return (*lines, Line(boxes, SUMMARY_ROW, 28, frozen=True))


def cover_lines(project: Project) -> tuple[Line, ...]:
    """How to fill in, what project this is, until when, and whom to ask."""
    how = "浅黄色的格子请填写，灰色的不用填，其余内容请不要改动。金额单位：万元。填法见“填写说明”。"
    lines = [Line((Box(FIRST, how, "note", LAST),), height=20)]
    budget = "" if math.isnan(project.budget) else f"{show_number(project.budget)} 万元"
    due = "以通知为准" if project.cover.due is None else f"{project.cover.due:%Y-%m-%d}"
    for left, right in (
        (("项目名称", project.name), ("项目编码", project.code)),
        (("填报单位", f"{project.unit_code} {project.unit_name}"), ("年初预算", budget)),
        (("报送期限", due), ("有疑问请问", project.cover.contact or "本单位财务")),
    ):
        boxes = (
            Box(FIRST, left[0], "label_center", "level2"),
            Box("level3", left[1], "text", "hint"),
            Box("status", right[0], "label_center", ACTUAL),
            Box("level", right[1], "text", LAST),
        )
        lines.append(Line(boxes, height=height_for((left[1], span("level3", "hint")))))
    purpose = (Box(FIRST, "资金用途", "label_center", "level2"), Box("level3", project.purpose, "text", LAST))
    lines.append(Line(purpose, height=height_for((project.purpose, span("level3", LAST)))))
    return (*lines, Line(height=8))


def goal_lines(project: Project, values: Values) -> tuple[Line, ...]:
    """The goal as printed beside the box for its result."""
    result = str(values.get((RESULT, ACTUAL), Filled("")).value)
    height = height_for((project.goal, span(FIRST, "hint")), (result, span(ACTUAL, LAST)), least=66)
    comment = "写明年度目标各项的完成情况，与左边的预期目标逐项对应。"
    return (
        Line((Box(FIRST, "一、年度总体目标", "section", LAST),), height=24),
        Line(
            (
                Box(FIRST, "预期目标", "heading", "hint"),
                Box("status", "填写情况", "heading"),
                Box(ACTUAL, "实际完成情况（请填写）", "heading", LAST),
            ),
            height=22,
        ),
        Line(
            (
                Box(FIRST, project.goal, "text", "hint"),
                Box("status", style="status", formula=text_status(f"[{RESULT}@{ACTUAL}]")),
                Box(ACTUAL, style="input_text", last=LAST, entry=Entry("text"), comment=comment),
            ),
            RESULT,
            height,
        ),
    )


_NOTES = {
    "initial": "年初批复的预算数；年中追加的项目填 0",
    "full_year": "调整以后的全年预算数；没有调整的，与年初预算数相同",
    "executed": "1 至 12 月实际支付的合计；不能大于全年预算数",
}


def fund_lines(rulebook: Rulebook) -> tuple[Line, ...]:
    """Initial budget, full-year budget, executed with its rate and score, and whether the budget was adjusted."""
    full = f"{execution_points(rulebook) / 100:.2f}"
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


def payment_lines(project: Project) -> tuple[Line, ...]:
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
    plan = counting_plan(project.plan)
    months = (_month_line(month, plan, given=month in project.plan) for month in MONTHS)
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
