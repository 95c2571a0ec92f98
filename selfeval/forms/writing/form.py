"""One form as a workbook: the form itself and the page on how to fill it in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from selfeval.domain.case import Case
from selfeval.domain.fund_layouts import sources_of
from selfeval.domain.needs.selfcheck import (
    AS_ZERO,
    BLANK,
    FILLED,
    NO_CATEGORY,
    NO_EVIDENCE,
    NO_REASON,
    TO_READ,
    UNPROVEN,
    WRONG,
)
from selfeval.domain.reported import FUND_ITEMS
from selfeval.domain.rulebook import Rulebook
from selfeval.forms.identity import ACTUAL, FORM_SHEET, MARKER, RESULT, CellPlace, fund_row
from selfeval.forms.writing.columns import BY_HAND, COLUMNS, FIRST, LAST, ROOM, on_one_page
from selfeval.forms.writing.cover import (
    TITLE_ROW,
    Cover,
    filled_by_rows,
    goal_rows,
    meta_rows,
    project_rows,
    title_rows,
)
from selfeval.forms.writing.funds import fund_rows, payment_rows, payments_chart
from selfeval.forms.writing.guide import guide_sheet
from selfeval.forms.writing.indicators import headings, indicator_rows
from selfeval.forms.writing.prefill import filled_in, prefilled, with_carried
from selfeval.forms.writing.promised import asks_for_months, promised_rows
from selfeval.forms.writing.selfcheck import TAKEN
from selfeval.forms.writing.summary import form_way, statuses, summary_row, verdict_colours
from selfeval.forms.writing.waiting import waiting
from selfeval.sheets.colours import words
from selfeval.sheets.ids import Ids
from selfeval.sheets.model import Book, Sheet
from selfeval.sheets.page import FORM_PAGE, Footer
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.themes.forms import FORMS
from selfeval.sheets.writer import workbook

_ALL_MONEY = "部门全部支出"
"""What is asked for instead of the money of a project: people and offices too."""


def write_form(
    case: Case,
    rulebook: Rulebook,
    *,
    carried: Mapping[CellPlace, str] | None = None,
    cover: Cover | None = None,
    mark: str = "",
) -> bytes:
    """The form of one project as the bytes of an .xlsx file; the same inputs give the same bytes.

    What the case reports is filled in, ``carried`` are texts of last year's form for where nothing is. ``mark`` is
    printed as a banner; when blank, the mark reported for the project is.
    """
    return workbook(form_book(case, rulebook, carried or {}, cover or Cover(), mark or case.mark))


def form_book(case: Case, rulebook: Rulebook, carried: Mapping[CellPlace, str], cover: Cover, mark: str) -> Book:
    """The form as data."""
    rows = promised_rows(case, rulebook)
    filling, noted = with_carried(prefilled(case, rows, rulebook.fund_rows), carried, rows)
    months = asks_for_months(case, rows)
    totals = [item for item in FUND_ITEMS if (fund_row(item), ACTUAL) in filling]
    blocks = (
        (*title_rows(case, mark), *project_rows(case, cover)),
        goal_rows(case, filling[result].text if (result := (RESULT, ACTUAL)) in filling else ""),
        on_one_page(fund_rows(rulebook, case.project.budget, totals, *([_ALL_MONEY] if case.is_whole else []))),
        on_one_page(filled_by_rows(case.year)),
        *((on_one_page(payment_rows(case, sources_of(rulebook.fund_rows))),) if months else ()),
        indicator_rows(rows, "五" if months else "四"),
    )
    in_sight = (summary_row(rows, rulebook, months=months), headings("auto.frozen", frozen=True))
    said = (*meta_rows(case, mark), *in_sight, *(row for block in blocks for row in (*block, ROOM)))
    note = f"沿用{case.year - 1}年填报表的文字，请核对并修改。"
    looks = {**dict.fromkeys((FILLED, AS_ZERO, TO_READ, TAKEN), "good"), BLANK: "missing"}
    looks |= dict.fromkeys((*WRONG, NO_REASON, NO_CATEGORY), "bad")
    if any(row.promise.rule is not None and row.promise.rule.when.evidence_missing is not None for row in rows):
        looks |= {NO_EVIDENCE: "bad", UNPROVEN: "missing"}
    judged = any(row.entry(BY_HAND) is not None for row in rows)  # the column hides where nobody scores by hand
    footer = Footer(f"{mark}　{case.code}　评分规则：{rulebook.title}".strip(), at="right", size=8)
    form = Sheet(
        FORM_SHEET,
        tuple(replace(column, hidden=not judged) if column.id == BY_HAND else column for column in COLUMNS),
        filled_in(said, filling, noted, note),
        replace(FORM_PAGE, centred=True, printed=(FIRST, LAST), since=TITLE_ROW, footer=footer),
        ids=Ids(MARKER, "hidden", 10, 12.0),
        colours=(*words(statuses(rows), looks), *verdict_colours(), *waiting(rows)),
        charts=(payments_chart(),) if months else (),
        protection="entries",
        selected=(RESULT, ACTUAL),
    )
    theme = with_decimals(FORMS, form_way(rows, rulebook).places)
    guide = guide_sheet(case, rows, cover, (mark, rulebook.title))
    return Book(f"{case.project.name}自评填报表", dt.date(case.year, 1, 1), theme, (form, guide))
