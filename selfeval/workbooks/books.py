"""The workbooks of a run: one a project, and 汇总.xlsx, which shows where points were lost over the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase, ScoredRow, Total, rows_of
from selfeval.domain.targets import Targets
from selfeval.sheets.model import Book, Sheet
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.form_sheet import form_sheet
from selfeval.workbooks.grounds_sheet import grounds_sheet
from selfeval.workbooks.problem_sheet import problem_sheet, project_problems
from selfeval.workbooks.review.sheet import review_sheet
from selfeval.workbooks.rules_sheet import rules_sheet
from selfeval.workbooks.schedule_sheet import schedule_sheet
from selfeval.workbooks.summary.analysis import analyse, analysis_sheet
from selfeval.workbooks.summary.charts import charts_sheet
from selfeval.workbooks.summary.indicators import indicators_sheet, listed_rows
from selfeval.workbooks.summary.overview import overview_sheet

SHEETS: tuple[Callable[[ScoredCase, Rulebook], Sheet | None], ...] = (
    form_sheet,
    grounds_sheet,
    rules_sheet,
    schedule_sheet,
    project_problems,
    review_sheet,
)
"""Each gives a sheet of a project's workbook from the scored project and the rulebook; None: nothing is to be shown."""


def project_workbook(scored: ScoredCase, rulebook: Rulebook, date: dt.date) -> bytes:
    """The reviewers' workbook of a project as an xlsx file, always the same; ``date`` stands in its properties."""
    case = scored.case
    title = f"{case.project.name} 项目支出绩效自评表（{case.year}年度）"
    theme = with_decimals(WORKBOOKS, scored.way.places)
    sheets = tuple(made for sheet in SHEETS if (made := sheet(scored, rulebook)) is not None)
    return workbook(Book(title, date, theme, sheets))


def summary_workbook(
    scored: Scored, targets: Targets, rulebook: Rulebook, links: Mapping[str, str], date: dt.date, mark: str = ""
) -> bytes:
    """The summary of the year as the bytes of an xlsx file, the same for the same input.

    ``links`` maps 项目编码 to the path of the project's workbook, relative to the summary, with forward slashes;
    ``mark`` is printed on every sheet (示例数据). ``date`` is the run's, and stands in the file's properties.
    """
    year, projects = scored.year, rows_of(Total, scored.projects)
    rows = listed_rows(rows_of(ScoredRow, scored.indicators), projects)
    analysis = analyse(projects, rows, rulebook)
    names, level3 = (
        dict(zip(frame[key].tolist(), frame[value].tolist(), strict=True))
        for frame, key, value in ((targets.projects, "project", "name"), (targets.indicators, "indicator", "level3"))
    )
    sheets = (
        overview_sheet(year, projects, rulebook, links, mark),
        analysis_sheet(year, analysis, mark),
        charts_sheet(year, projects, analysis, mark),
        indicators_sheet(year, rows, mark),
        problem_sheet(f"需要处理或关注的问题（{year}年度）", mark, scored.problems, level3, names),
    )
    theme = with_decimals(WORKBOOKS, rulebook.rounding.places_of(scored.indicators["points"].tolist()))
    return workbook(Book(f"项目支出绩效自评汇总（{year}年度）", date, theme, sheets))
