"""The blocks around the indicators: cover, goal, funds, monthly payments, who filled it in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, NARRATIVE_ITEMS
from selfeval.domain.rounding import fraction
from selfeval.domain.targets import CHECKPOINTS
from selfeval.forms.identity import (
    ACTUAL,
    FILLED_BY,
    META_MARK,
    META_PROJECT,
    META_UNIT,
    META_YEAR,
    RESULT,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.making.layout import FIRST, LAST, Box, Entry, Filled, Line, Values, height_for, span

MONTHS = range(1, 13)


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
    plan: Mapping[int, float]
    mark: str


def project_of(row: pd.Series, plan: pd.DataFrame, year: int, mark: str) -> Project:
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
        {month: share for month, share in shares.items() if not math.isnan(share)},
        mark,
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


def cover_lines(project: Project) -> tuple[Line, ...]:
    """Title, mark, how to fill in, and what project this is."""
    lines = [Line((Box(FIRST, f"项目支出绩效自评填报表（{project.year}年度）", "title", LAST),), height=34)]
    if project.mark:
        lines.append(Line((Box(FIRST, project.mark, "mark", LAST),), height=24))
    how = "浅黄色的格子请填写，灰色的不用填，其余内容请不要改动。金额单位：万元。填法见“填写说明”。"
    lines.append(Line((Box(FIRST, how, "note", LAST),), height=20))
    budget = "" if math.isnan(project.budget) else f"{show_number(project.budget)} 万元"
    for left, right in (
        (("项目名称", project.name), ("项目编码", project.code)),
        (("填报单位", f"{project.unit_code} {project.unit_name}"), ("年初预算", budget)),
    ):
        boxes = (
            Box(FIRST, left[0], "label_center", "level2"),
            Box("level3", left[1], "text", "hint"),
            Box(ACTUAL, right[0], "label_center"),
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
    return (
        Line((Box(FIRST, "一、年度总体目标", "section", LAST),), height=24),
        Line(
            (Box(FIRST, "预期目标", "heading", "hint"), Box(ACTUAL, "实际完成情况（请填写）", "heading", LAST)),
            height=22,
        ),
        Line(
            (
                Box(FIRST, project.goal, "text", "hint"),
                Box(ACTUAL, style="input_text", last=LAST, entry=Entry("text")),
            ),
            RESULT,
            height,
        ),
    )


def fund_lines(values: Values) -> tuple[Line, ...]:
    """Initial budget, full-year budget, executed, and the execution rate worked out from them."""
    notes = {
        "initial": "年初批复的预算数；年中追加的项目填 0",
        "full_year": "调整以后的全年预算数；没有调整的，与年初预算数相同",
        "executed": "1 至 12 月实际支付的合计",
    }
    full, executed = _number(values, fund_row("full_year")), _number(values, fund_row("executed"))
    rate = _half_up(executed / full, 4) if full and executed is not None else ""
    lines = [Line((Box(FIRST, "二、项目资金（万元）", "section", LAST),), height=24)]
    for item, label in FUND_ITEMS.items():
        more: tuple[Box, ...] = (Box("level", notes[item], "hint", LAST),)
        if item == "executed":
            test = "AND(ISNUMBER([funds.executed]),ISNUMBER([funds.full_year]),N([funds.full_year])>0)"
            formula = f'=IF({test},ROUND([funds.executed]/[funds.full_year],4),"")'
            more = (
                Box("level", "预算执行率", "label_center"),
                Box("percentage", style="computed_percent", formula=formula, stored=rate, last="judged"),
                Box("reason", notes[item], "hint", LAST),
            )
        lines.append(Line((*_money_boxes(label), *more), fund_row(item), 22))
    return tuple(lines)


def payment_lines(project: Project, values: Values) -> tuple[Line, ...]:
    """Twelve months: paid, and live beside it the amount so far, its share of the budget, and the plan."""
    headings = (
        Box(FIRST, "月份", "heading", "target"),
        Box("hint", "单位", "heading"),
        Box(ACTUAL, "本月支付", "heading"),
        Box("level", "累计支付（自动计算）", "heading"),
        Box("percentage", "占全年预算", "heading", "judged"),
        Box("reason", "资金支出计划（累计）", "heading"),
        Box("remedy", "说明", "heading", LAST),
    )
    lines = [
        Line((Box(FIRST, "四、各月支付金额（万元）", "section", LAST),), height=24, new_page=True),
        Line(headings, height=22),
    ]
    full = _number(values, fund_row("full_year"))
    so_far = Fraction(0)
    for month in MONTHS:
        paid = _number(values, payment_row(month))
        so_far += paid or 0
        share = _half_up(so_far / full, 4) if full and paid is not None else ""
        lines.append(_month_line(project, month, "" if paid is None else _half_up(so_far, 6), share))
    return (*lines, _sum_line(values), Line(height=8))


def filled_by_lines() -> tuple[Line, ...]:
    """Who filled the form in, and when."""
    hints = {"filler": "姓名", "phone": "座机或手机", "head": "项目负责人姓名", "date": "如 2025-01-15"}
    lines = [Line((Box(FIRST, "五、填报信息", "section", LAST),), height=24)]
    for item in FILLED_BY:
        kind = "date" if item == "date" else "text"
        boxes = (
            Box(FIRST, NARRATIVE_ITEMS[item], "label_center", "target"),
            Box("hint", hints[item], "hint"),
            Box(ACTUAL, style=f"input_{kind}", last="level", entry=Entry("date" if item == "date" else "text")),
        )
        lines.append(Line(boxes, narrative_row(item), 22))
    return tuple(lines)


def _money_boxes(label: str) -> tuple[Box, ...]:
    return (
        Box(FIRST, label, "label_center", "target"),
        Box("hint", "万元", "hint"),
        Box(ACTUAL, style="input_money", entry=Entry("money", "万元")),
    )


def _month_line(project: Project, month: int, so_far: str | float, share: str | float) -> Line:
    key = payment_row(month)
    here = f"[{key}]"
    total = f'=IF(ISNUMBER({here}),ROUND(SUM([{payment_row(1)}]:{here}),6),"")'
    test = f"AND(ISNUMBER([{key}@level]),ISNUMBER([funds.full_year]),N([funds.full_year])>0)"
    part = f'=IF({test},ROUND([{key}@level]/[funds.full_year],4),"")'
    planned = project.plan.get(month)
    plan = "" if planned is None else f"{month}月底应达到 {show_number(fraction(planned) * 100)}%"
    boxes = (
        *_money_boxes(f"{month}月"),
        Box("level", style="computed_money", formula=total, stored=so_far),
        Box("percentage", style="computed_percent", formula=part, stored=share, last="judged"),
        Box("reason", plan, "hint"),
        Box("remedy", "没有支付的月份填 0" if month == 1 else "", "hint", LAST),
    )
    return Line(boxes, key, 20)


def _sum_line(values: Values) -> Line:
    paid = [_number(values, payment_row(month)) for month in MONTHS]
    given = [one for one in paid if one is not None]
    executed = _number(values, fund_row("executed"))
    months = f"[{payment_row(1)}]:[{payment_row(12)}]"
    gap = sum(given, Fraction(0)) - (executed or 0)
    if len(given) < len(MONTHS):
        told = f"还有 {len(MONTHS) - len(given)} 个月没有填"
    elif executed is None:
        told = "全年执行数没有填"
    else:
        told = "与全年执行数一致" if gap == 0 else f"与全年执行数相差 {show_number(_half_up(gap, 6))} 万元"
    differs = f'"与全年执行数相差 "&ROUND(SUM({months})-[funds.executed],6)&" 万元"'
    agrees = f'IF(ABS(SUM({months})-[funds.executed])<0.0000005,"与全年执行数一致",{differs})'
    known = f'IF(ISNUMBER([funds.executed]),{agrees},"全年执行数没有填")'
    check = f'=IF(COUNT({months})<12,"还有 "&(12-COUNT({months}))&" 个月没有填",{known})'
    total = f'=IF(COUNT({months})=0,"",ROUND(SUM({months}),6))'
    boxes = (
        Box(FIRST, "合计", "label_center", "target"),
        Box("hint", "万元", "hint"),
        Box(ACTUAL, style="computed_money", formula=total, stored=_half_up(sum(given), 6) if given else ""),
        Box("level", style="text", formula=check, stored=told, last=LAST),
    )
    return Line(boxes, height=22)


def _number(values: Values, row: str) -> Fraction | None:
    """The exact number in a row's box, None when it is blank or no number."""
    filled = values.get((row, ACTUAL))
    return fraction(filled.value) if filled is not None and isinstance(filled.value, float) else None


def _half_up(value: Fraction | int, places: int) -> float:
    """Rounded half away from zero, as a worksheet's ROUND does."""
    scaled = abs(Fraction(value)) * 10**places
    rounded = Fraction(int(scaled + Fraction(1, 2)), 10**places)
    return float(rounded if value >= 0 else -rounded)
