"""One form as a workbook: the form itself and the page on how to fill it in."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from selfeval.domain.case import Case
from selfeval.domain.needs.anything import ANYTHING
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.making.content.cover import (
    About,
    Cover,
    cover_lines,
    goal_lines,
    hidden_lines,
    summary_lines,
)
from selfeval.forms.making.content.indicators import indicator_lines
from selfeval.forms.making.content.money import filled_by_lines, fund_lines, payment_lines
from selfeval.forms.making.content.prefill import prefilled
from selfeval.forms.making.content.rows import Row, rows_of
from selfeval.forms.making.decor import colour, draw_payments, print_setup
from selfeval.forms.making.guide import write_guide
from selfeval.forms.making.layout import Filled, Line, Place, Values
from selfeval.forms.making.sheet import FormSheet

FORM_SHEET = "自评填报"
GUIDE_SHEET = "填写说明"

ALWAYS_ASKED = 1 + 3 + 12 + 4
"""Boxes to fill in whatever the indicators are: the goal's result, funds, months, who filled it in."""


def write_form(
    case: Case,
    rulebook: Rulebook,
    *,
    carried: Mapping[Place, str] | None = None,
    cover: Cover | None = None,
    mark: str = "",
) -> bytes:
    """The form of one project as the bytes of an .xlsx file; the same inputs give the same bytes.

    What the case reports is filled in, ``carried`` are texts of last year's form for where nothing is. ``mark`` is
    printed as a banner; when blank, the mark reported for the project is.
    """
    about = About(case, mark or case.mark, cover or Cover())
    year, rows = case.year, rows_of(case, rulebook)
    values, notes = with_carried(prefilled(case, rows), carried or {}, rows, year - 1)
    lines = form_lines(about, rows, rulebook, values)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{case.project.name} 自评填报表", "created": dt.datetime(year, 1, 1, tzinfo=dt.UTC)})
    sheet = book.add_worksheet(FORM_SHEET)
    hidden = frozenset() if any(row.need in {JUDGEMENT, ANYTHING} for row in rows) else frozenset({"judged"})
    form = FormSheet(book, sheet, lines, values, notes)
    form.write(hidden)
    colour(book, sheet, form)
    draw_payments(book, sheet, form)
    print_setup(sheet, about, lines, first_visible=1 + len(hidden_lines(about)))
    write_guide(book, book.add_worksheet(GUIDE_SHEET), rows, rulebook, about)
    book.close()
    return buffer.getvalue()


def form_lines(about: About, rows: Sequence[Row], rulebook: Rulebook, values: Values) -> tuple[Line, ...]:
    """All lines below the hidden row of column ids, in order."""
    ids, points = [row.id for row in rows], [row.points for row in rows]
    needed = ALWAYS_ASKED + sum(row.need not in {NOTHING_ASKED, PAYMENTS, ANYTHING} for row in rows)
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
    known = {row.id for row in rows if row.need is not NOTHING_ASKED}
    taken = {
        place: text
        for place, text in carried.items()
        if place not in values and (place[0] in known or place[0].startswith("narrative."))
    }
    notes = {row: f"沿用 {year} 年填报表的文字，请核对并修改。" for row, _ in taken}
    return {**values, **{place: Filled(text) for place, text in taken.items()}}, notes
