"""The workbook of one project: 自评表, 评分依据, 资金进度, 问题, 审核意见."""

from __future__ import annotations

import datetime as dt

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase
from selfeval.sheets.model import Book
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.form_sheet import form_sheet
from selfeval.workbooks.grounds_sheet import grounds_sheet
from selfeval.workbooks.problem_sheet import project_problems
from selfeval.workbooks.review.sheet import review_sheet
from selfeval.workbooks.schedule_sheet import schedule_sheet

SHEETS = (form_sheet, grounds_sheet, schedule_sheet, project_problems, review_sheet)
"""Each gives a sheet from a scored project and the rulebook that scored it."""


def project_workbook(scored: ScoredCase, rulebook: Rulebook, date: dt.date) -> bytes:
    """The reviewers' workbook of a project as the bytes of an xlsx file, the same for the same input.

    ``date`` is the run's, and stands in the file's properties.
    """
    case = scored.case
    title = f"{case.project.name} 项目支出绩效自评表（{case.year}年度）"
    return workbook(Book(title, date, WORKBOOKS, tuple(sheet(scored, rulebook) for sheet in SHEETS)))
