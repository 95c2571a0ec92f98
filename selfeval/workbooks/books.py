"""The workbooks of a run: one a project, and 汇总.xlsx, which shows where points were lost over the year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from selfeval.domain.expression.tree import Name
from selfeval.domain.problems import Place
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase, ScoredRow, Total, rows_of
from selfeval.domain.targets import Targets
from selfeval.sheets.model import Book, Sheet, cell
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.form_sheet import form_sheet
from selfeval.workbooks.grounds_sheet import grounds_sheet
from selfeval.workbooks.problem_sheet import Known, problem_sheet, project_problems
from selfeval.workbooks.review.sheet import review_sheet
from selfeval.workbooks.rules_sheet import rules_sheet
from selfeval.workbooks.schedule_sheet import schedule_sheet
from selfeval.workbooks.summary.analysis import analyse, analysis_sheet
from selfeval.workbooks.summary.by_unit import lists_units, summary_by_unit
from selfeval.workbooks.summary.charts import charts_sheet
from selfeval.workbooks.summary.indicators import INDICATORS, indicators_sheet, listed_rows, row_name
from selfeval.workbooks.summary.leader import leader_sheet
from selfeval.workbooks.summary.ledger import ledger_sheet
from selfeval.workbooks.summary.overview import Year, overview_sheet
from selfeval.workbooks.summary.tallies import Tallies, tallied

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
    title = f"{case.project.name}{'' if case.is_whole else '项目支出'}绩效自评表（{case.year}年度）"
    theme = with_decimals(WORKBOOKS, scored.way.places)
    return workbook(Book(title, date, theme, project_sheets(scored, rulebook)))


def project_sheets(scored: ScoredCase, rulebook: Rulebook) -> tuple[Sheet, ...]:
    """The sheets of a project's workbook."""
    return tuple(made for sheet in SHEETS if (made := sheet(scored, rulebook)) is not None)


def summary_workbook(
    scored: Scored, targets: Targets, rulebook: Rulebook, links: Mapping[str, str], date: dt.date, mark: str = ""
) -> bytes:
    """The summary of the year as the bytes of an xlsx file, the same for the same input.

    ``links`` maps 项目编码 to the path of the project's workbook, relative to the summary, with forward slashes;
    ``mark`` is printed on every sheet (示例数据). ``date`` is the run's, and stands in the file's properties. One of
    more projects than it can add up lists them by unit.
    """
    if lists_units(len(scored.projects)):
        return summary_by_unit(scored, rulebook, {}, date, mark)
    projects = rows_of(Total, scored.projects)
    rows = listed_rows(rows_of(ScoredRow, scored.indicators), projects)
    tallies = tallied(rows)
    year = Year(scored.year, projects, tallies.projects, len(rows), scored.problems, links, mark)
    analysis = analyse(projects, len(rows), tallies, rulebook)
    made = (
        leader_sheet(year, analysis, rulebook),
        overview_sheet(year, rulebook),
        analysis_sheet(scored.year, analysis, mark),
        charts_sheet(scored.year, projects, analysis, mark),
        ledger_sheet(scored.year, rows, tallies.losing, mark),
        indicators_sheet(scored.year, rows, mark),
        _problems(scored, targets, tallies, mark),
    )
    sheets = tuple(sheet for sheet in made if sheet is not None)
    theme = with_decimals(WORKBOOKS, rulebook.rounding.places_of(scored.indicators.column("points")))
    return workbook(Book(f"项目支出绩效自评汇总（{scored.year}年度）", date, theme, sheets))


def _problems(scored: Scored, targets: Targets, tallies: Tallies, mark: str) -> Sheet | None:
    """The sheet 问题 of the year, linked to the rows of 指标; None where nothing is wrong."""
    if not scored.problems:
        return None
    names, projects = (
        dict(rows.columns(key, value))
        for rows, key, value in ((targets.indicators, "indicator", "level3"), (targets.projects, "project", "name"))
    )

    def target(place: Place) -> Name | None:
        at = tallies.places.get((place.project, place.indicator))
        return None if at is None else cell(row_name(at), "score", INDICATORS)

    numbers = {code: at for at, code in enumerate(scored.projects.column("project"), start=1)}
    known = Known(names, target, {code: (numbers.get(code), name) for code, name in projects.items()})
    return problem_sheet(f"问题清单（{scored.year}年度）", mark, scored.problems, known)
