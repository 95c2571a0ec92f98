"""The workbook of one project: 自评表, 评分依据, 资金进度, 问题, 审核意见."""

from __future__ import annotations

import datetime as dt

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase
from selfeval.workbooks.drawing.pen import Book
from selfeval.workbooks.form.sheet import write_form
from selfeval.workbooks.grounds.sheet import write_grounds
from selfeval.workbooks.live.places import GroundsPlaces
from selfeval.workbooks.material import gather
from selfeval.workbooks.problem_sheet import project_problems
from selfeval.workbooks.review.sheet import write_review
from selfeval.workbooks.schedule.sheet import write_schedule


def project_workbook(scored: ScoredCase, rulebook: Rulebook, date: dt.date) -> bytes:
    """The reviewers' workbook of a project as the bytes of an xlsx file, the same for the same input.

    ``date`` is the run's, and stands in the file's properties.
    """
    material = gather(scored, rulebook)
    places = GroundsPlaces(len(material.rows))
    book = Book(f"{material.name} 项目支出绩效自评表（{material.year}年度）", date)
    write_form(book, material, places)
    write_grounds(book, material, places)
    write_schedule(book, material, places)
    book.host(project_problems(material))
    write_review(book, material, places)
    return book.finish()
