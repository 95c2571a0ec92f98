"""One form as a workbook: the form itself and the page on how to fill it in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import pandas as pd
import xlsxwriter

from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.making.content.cover import (
    Cover,
    Project,
    cover_lines,
    goal_lines,
    hidden_lines,
    project_of,
    summary_lines,
)
from selfeval.forms.making.content.indicators import indicator_lines
from selfeval.forms.making.content.money import filled_by_lines, fund_lines, payment_lines
from selfeval.forms.making.content.prefill import prefilled
from selfeval.forms.making.content.rows import Row, rows_of
from selfeval.forms.making.decor import colour, draw_payments, print_setup
from selfeval.forms.making.guide import write_guide
from selfeval.forms.making.layout import Filled, Line, Place, Values
from selfeval.forms.making.live.money import counting_plan
from selfeval.forms.making.sheet import FormSheet

FORM_SHEET = "自评填报"
GUIDE_SHEET = "填写说明"

ALWAYS_ASKED = 1 + 3 + 12 + 4
"""Boxes to fill in whatever the indicators are: the goal's result, funds, months, who filled it in."""


def write_form(
    project: pd.Series,
    indicators: pd.DataFrame,
    plan: pd.DataFrame,
    readings: pd.DataFrame,
    rulebook: Rulebook,
    *,
    year: int,
    prefill: Reported | None = None,
    carried: Mapping[Place, str] | None = None,
    cover: Cover | None = None,
    mark: str = "",
) -> bytes:
    """The form of one project as the bytes of an .xlsx file; the same inputs give the same bytes.

    project: a row of PROJECTS; indicators: the rows of INDICATORS of this project; plan: PLAN; readings: READINGS.
    ``prefill`` fills in what was reported for the project, ``carried`` texts of last year's form where nothing was.
    ``mark`` is printed as a banner; when blank, the mark reported for the project is.
    """
    code = str(project["project"])
    mark = mark or ("" if prefill is None else _reported_mark(prefill, code))
    about = project_of(project, plan, year, mark, cover or Cover())
    rows = rows_of(indicators, readings, rulebook, year, len(counting_plan(about.plan)))
    values: Values = {} if prefill is None else prefilled(prefill, code, rows)
    values, notes = with_carried(values, carried or {}, rows, year - 1)
    lines = form_lines(about, rows, rulebook, values)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{about.name} 自评填报表", "created": dt.datetime(year, 1, 1, tzinfo=dt.UTC)})
    sheet = book.add_worksheet(FORM_SHEET)
    hidden = frozenset() if any(row.needs in {"judgement", None} for row in rows) else frozenset({"judged"})
    form = FormSheet(book, sheet, lines, values, notes)
    form.write(hidden)
    colour(book, sheet, form)
    draw_payments(book, sheet, form)
    print_setup(sheet, about, lines, first_visible=1 + len(hidden_lines(about)))
    write_guide(book, book.add_worksheet(GUIDE_SHEET), rows, rulebook, about)
    book.close()
    return buffer.getvalue()


def form_lines(about: Project, rows: Sequence[Row], rulebook: Rulebook, values: Values) -> tuple[Line, ...]:
    """All lines below the hidden row of column ids, in order."""
    ids, points = [row.id for row in rows], [row.scoring.points for row in rows]
    needed = ALWAYS_ASKED + sum(row.needs not in {"nothing", "payments", None} for row in rows)
    return (
        *hidden_lines(about),
        *summary_lines(about, ids, points, needed, rulebook),
        *cover_lines(about),
        *goal_lines(about, values),
        Line(height=8),
        *fund_lines(rulebook),
        Line(height=8),
        *indicator_lines(rows, values),
        Line(height=8),
        *payment_lines(about),
        *filled_by_lines(),
    )


def with_carried(
    values: Values, carried: Mapping[Place, str], rows: Sequence[Row], year: int
) -> tuple[Values, dict[str, str]]:
    """The values with last year's texts where there are none, and a note for each row that holds one."""
    known = {row.id for row in rows if row.needs != "nothing"}
    taken = {
        place: text
        for place, text in carried.items()
        if place not in values and (place[0] in known or place[0].startswith("narrative."))
    }
    notes = {row: f"沿用 {year} 年填报表的文字，请核对并修改。" for row, _ in taken}
    return {**values, **{place: Filled(text) for place, text in taken.items()}}, notes


def _reported_mark(reported: Reported, project: str) -> str:
    narrative = reported.narrative
    own = narrative[(narrative["project"] == project) & (narrative["item"] == "mark")]
    return str(own.iloc[0]["text"]) if len(own) else ""
