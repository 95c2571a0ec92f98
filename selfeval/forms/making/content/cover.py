"""The upper blocks of a form: the self-check at the top, the cover, the goal beside the box for its result."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.domain.case import Case
from selfeval.domain.needs.entry import Entry
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import (
    ACTUAL,
    META_MARK,
    META_PROJECT,
    META_UNIT,
    META_YEAR,
    RESULT,
)
from selfeval.forms.making.layout import FIRST, LAST, Box, Filled, Line, Values, height_for, span
from selfeval.forms.making.live.money import (
    text_status,
)
from selfeval.forms.making.live.summary import SUMMARY_ROW, summary_cells


@dataclass(frozen=True)
class Cover:
    """What the one who sends the forms out says on all of them: until when, and whom to ask; each may be blank."""

    due: dt.date | None = None
    contact: str = ""


@dataclass(frozen=True)
class About:
    """The project that a form is for, what its figures are marked as, and what the sender says."""

    case: Case
    mark: str = ""
    cover: Cover = Cover()


def hidden_lines(about: About) -> tuple[Line, ...]:
    """The hidden rows that say what the form is for: year, project, unit, mark; written as texts."""
    facts = {
        META_YEAR: str(about.case.year),
        META_PROJECT: about.case.code,
        META_UNIT: about.case.project.unit_code,
        META_MARK: about.mark,
    }
    return tuple(Line((Box(ACTUAL, text, "hidden"),), key) for key, text in facts.items())


def summary_lines(
    about: About, rows: Sequence[str], points: Sequence[int], needed: int, rulebook: Rulebook
) -> tuple[Line, ...]:
    """Title, mark, and the self-check that stays in sight: filled, provisional total, verdict."""
    lines = [Line((Box(FIRST, f"项目支出绩效自评填报表（{about.case.year}年度）", "title", LAST),), height=34)]
    if about.mark:
        lines.append(Line((Box(FIRST, about.mark, "mark", LAST),), height=24))
    live = summary_cells(rows, points, needed, rulebook) if rows else {}
    boxes = (
        Box(FIRST, "自动检查", "summary_label", "level2"),
        Box("level3", style="summary_label", last="target", formula=live.get("level3", "")),
        Box("points", "暂评总分", "summary_label", "status"),
        Box(ACTUAL, style="summary_score", last="level", formula=live.get("actual", "")),
        Box("percentage", style="summary", last=LAST, formula=live.get("percentage", "")),
    )
    return (*lines, Line(boxes, SUMMARY_ROW, 28, frozen=True))


def cover_lines(about: About) -> tuple[Line, ...]:
    """How to fill in, what project this is, until when, and whom to ask."""
    how = "浅黄色的格子请填写，灰色的不用填，其余内容请不要改动。金额单位：万元。填法见“填写说明”。"
    lines = [Line((Box(FIRST, how, "note", LAST),), height=20)]
    budget = "" if math.isnan(about.case.project.budget) else f"{show_number(about.case.project.budget)} 万元"
    due = "以通知为准" if about.cover.due is None else f"{about.cover.due:%Y-%m-%d}"
    for left, right in (
        (("项目名称", about.case.project.name), ("项目编码", about.case.code)),
        (("填报单位", f"{about.case.project.unit_code} {about.case.project.unit_name}"), ("年初预算", budget)),
        (("报送期限", due), ("有疑问请问", about.cover.contact or "本单位财务")),
    ):
        boxes = (
            Box(FIRST, left[0], "label_center", "level2"),
            Box("level3", left[1], "text", "hint"),
            Box("status", right[0], "label_center", ACTUAL),
            Box("level", right[1], "text", LAST),
        )
        lines.append(Line(boxes, height=height_for((left[1], span("level3", "hint")))))
    purpose = (
        Box(FIRST, "资金用途", "label_center", "level2"),
        Box("level3", about.case.project.purpose, "text", LAST),
    )
    lines.append(Line(purpose, height=height_for((about.case.project.purpose, span("level3", LAST)))))
    return (*lines, Line(height=8))


def goal_lines(about: About, values: Values) -> tuple[Line, ...]:
    """The goal as printed beside the box for its result."""
    result = str(values.get((RESULT, ACTUAL), Filled("")).value)
    height = height_for((about.case.project.goal, span(FIRST, "hint")), (result, span(ACTUAL, LAST)), least=66)
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
                Box(FIRST, about.case.project.goal, "text", "hint"),
                Box("status", style="status", formula=text_status(f"[{RESULT}@{ACTUAL}]")),
                Box(ACTUAL, style="input_text", last=LAST, entry=Entry("text"), comment=comment),
            ),
            RESULT,
            height,
        ),
    )
