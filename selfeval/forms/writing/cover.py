"""The blocks around the figures: what the form is for, the project, the goal and its result, who filled it in."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from selfeval.domain.case import Case
from selfeval.domain.expression.tree import Name, any_of, cases
from selfeval.domain.needs.formats import MADE_FOR_DAYS, MADE_FOR_RATES, MADE_PLAIN
from selfeval.domain.needs.need import Input
from selfeval.domain.needs.selfcheck import DOUBTFUL, FILLED, NOT_DATE, no_number
from selfeval.domain.reading.period import excel_day, in_chinese
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import NARRATIVE_ITEMS
from selfeval.forms.identity import ACTUAL, META, META_YEAR, RESULT, narrative_row
from selfeval.forms.writing.columns import BY_HAND, FIRST, LAST, WIDTHS, asked, entered, section, text_status
from selfeval.sheets.entries import EARLIEST, LATEST
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Row, cell
from selfeval.sheets.themes.forms import FORMS


@dataclass(frozen=True)
class Cover:
    """What the one who sends the forms out says on all of them: until when, and whom to ask; each may be blank."""

    due: dt.date | None = None
    contact: str = ""

    @property
    def until(self) -> str:
        """The day, for people."""
        return "以通知为准" if self.due is None else in_chinese(self.due)

    @property
    def whom(self) -> str:
        """Whom to ask."""
        return self.contact or "本单位财务部门"


_BOX, _TALLEST = 132.0, 400.0
"""Points of height that the box for a text has at least, and a row at most."""
_MADE_AS = {
    MADE_FOR_RATES: ("level", "rate"),
    MADE_FOR_DAYS: ("percentage", "date"),
    MADE_PLAIN: (BY_HAND, "general"),
}
MADE: Mapping[Name, Name] = {name: cell(META_YEAR, column) for name, (column, _) in _MADE_AS.items()}
"""The hidden cells that keep the formats which cells to be typed into are made with."""


def meta_rows(case: Case, mark: str) -> tuple[Row, ...]:
    """The hidden rows that say what the form is for: year, project, unit, mark; written as texts."""
    facts = zip(META, (str(case.year), case.code, case.project.unit_code, mark), strict=True)
    made = tuple(Cell(column, None, "hidden", pattern=pattern) for column, pattern in _MADE_AS.values())
    return tuple(
        Row((Cell(ACTUAL, text, "hidden"), *(made if name == META_YEAR else ())), name, 20.0, hidden=True)
        for name, text in facts
    )


TITLE_ROW = "auto.title"


def title_rows(case: Case, mark: str) -> tuple[Row, ...]:
    """The title, and what the figures are marked as."""
    title = Row((Cell(FIRST, f"{case.subject}绩效自评填报表（{case.year}年度）", "title", LAST),), TITLE_ROW, 34.0)
    return (title, Row((Cell(FIRST, mark, "mark", LAST),), height=24.0)) if mark else (title,)


_LEGEND = (Cell("level", "请填写", "sample_input"), Cell("percentage", "不用填", "unused"))


def project_rows(case: Case, cover: Cover) -> tuple[Row, ...]:
    """How to fill in, what project this is, until when, and whom to ask."""
    project, fitted = case.project, Fit(24.0, ("level3",))
    taken = "填写情况为“取自项目”的不用填，另填的以填写的为准。" if case.taken else ""
    how = (
        "请填写黄色单元格；灰色单元格不用填，需要填写时变为黄色；其他内容请勿改动。"
        f"{taken}金额单位：万元。详见“填写说明”。"
    )
    budget = "" if math.isnan(project.budget) else f"{show_number(project.budget)}万元"
    of_project = (
        ("项目名称", project.name, "项目编码", case.code),
        ("实施单位", f"{project.unit_code} {project.unit_name}", "年初预算数", budget),
    )
    whose = (("部门名称", project.unit_name, "编码", case.code),) if case.is_whole else of_project
    facts = (*whose, ("报送期限", cover.until, "咨询联系人", cover.whom))
    pairs = (
        (
            Cell(FIRST, left, "label_center", "level2"),
            Cell("level3", first, "text", "hint"),
            Cell("status", right, "label_center", ACTUAL),
            Cell("level", second, "text", LAST),
        )
        for left, first, right, second in facts
    )
    purpose = (Cell(FIRST, "资金用途", "label_center", "level2"), Cell("level3", project.purpose, "text", LAST))
    return (
        Row((Cell(FIRST, how, "note", ACTUAL), *_LEGEND), height=Fit(20.0, (FIRST,))),
        *(Row(cells, height=fitted) for cells in (*pairs, *(() if case.is_whole else (purpose,)))),
    )


def goal_rows(case: Case, result: str) -> tuple[Row, ...]:
    """The goal as printed beside the box for its result, which may be filled in with ``result``.

    The box cannot grow, since its cells are merged: it is made large, over several rows where one cannot be so high.
    """
    headings = (
        Cell(FIRST, "预期目标", "heading", "hint"),
        Cell("status", "填写情况", "heading"),
        Cell(ACTUAL, "年度总体目标实际完成情况（请填写）", "heading", LAST),
    )
    sides = ((case.project.goal, FIRST, "hint"), (result, ACTUAL, LAST))
    needed = max(_BOX, *(FORMS.heights.text(text, _width(*ends)) for text, *ends in sides))
    count = ceil(needed / _TALLEST)
    box = entered(ACTUAL, Input("text"), "写明年度目标各项的完成情况，与左边的预期目标逐项对应。", LAST)
    cells = (
        Cell(FIRST, case.project.goal, "text", "hint", count),
        Cell("status", text_status(cell(RESULT, ACTUAL)), "status", rows=count),
        box._replace(rows=count),
    )
    more = (Row(height=needed / count) for _ in range(count - 1))
    return section("一、年度总体目标"), Row(headings, height=22.0), Row(cells, RESULT, needed / count), *more


def _width(first: str, last: str) -> float:
    names = [*WIDTHS]
    return sum(WIDTHS[name] for name in names[names.index(first) : names.index(last) + 1])


def filled_by_rows(year: int) -> tuple[Row, ...]:
    """Name, phone, head of the project, date."""
    example = f"{year + 1}-01-15"
    hints = {"filler": "姓名", "phone": "座机或手机", "head": "项目负责人姓名", "date": f"如{example}"}
    return (section("三、填报信息"), *(_filled_by(item, hint, example) for item, hint in hints.items()))


def _filled_by(item: str, hint: str, example: str) -> Row:
    given = cell(narrative_row(item), ACTUAL)
    said, entry, comment = text_status(given), Input("text"), ""
    if item == "date":
        odd = any_of(given < excel_day(EARLIEST), given > excel_day(LATEST))
        said = cases(*no_number(given, NOT_DATE), (odd, DOUBTFUL), otherwise=FILLED)
        entry, comment = Input("date", example=example), "以填报日期最近的一份为准，每次修改后请更新。"
    return Row(asked(NARRATIVE_ITEMS[item], hint, said, entry, comment, "level"), narrative_row(item), 22.0)
