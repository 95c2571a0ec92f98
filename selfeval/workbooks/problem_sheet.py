"""问题: what is wrong or deserves a look, worst first, with its place and cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfeval.domain.problems import PROBLEMS_FILE, Problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import PROJECTS_FILE, ScoredCase
from selfeval.domain.tables import Made
from selfeval.sheets.colours import severities
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, Row, Sheet, down
from selfeval.sheets.rows import banner, headings
from selfeval.workbooks.conventions import listing, published

_COLUMNS = (
    *published(PROBLEMS_FILE, severity=7, code=7, frozen="code"),
    *published(PROBLEMS_FILE, indicator=15),
    Column("name", "指标", 20),
    *published(PROBLEMS_FILE, message=38, remedy=38),
    Column("place", "位置", 28),
)
_PROJECT = (*published(PROJECTS_FILE, project=15), Column("project_name", "项目名称", 20))


def project_problems(scored: ScoredCase, rulebook: Rulebook) -> Sheet | None:
    """The sheet 问题 of one project; None where there are none."""
    del rulebook
    case = scored.case
    if not scored.problems:
        return None
    title = f"需要处理或关注的问题　{case.project.name}（{case.year}年度）"
    names = {row.indicator: row.level3 for row in scored.rows}
    return problem_sheet(title, case.mark, scored.problems, names, None)


def problem_sheet(
    title: str,
    mark: str,
    problems: Sequence[Problem],
    indicators: Mapping[str, str],
    projects: Mapping[str, str] | None,
) -> Sheet:
    """A table of problems, or 无. ``indicators`` and ``projects`` name them by id; None leaves projects out."""
    columns = _COLUMNS if projects is None else (*_COLUMNS[:2], *_PROJECT, *_COLUMNS[2:])

    def line(at: int) -> Row:
        problem = problems[at]
        place = problem.place
        texts = {
            "severity": problem.severity.value,
            "code": problem.code,
            "project": place.project,
            "project_name": (projects or {}).get(place.project, ""),
            "indicator": place.indicator,
            "name": indicators.get(place.indicator, ""),
            "message": problem.message,
            "remedy": problem.remedy,
            "place": " ".join(part for part in (place.file, place.sheet, place.cell) if part),
        }
        style = {"severity": "centre", "code": "centre"}
        cells = (Cell(column.id, texts[column.id], style.get(column.id, "text")) for column in columns)
        return Row(tuple(cells), f"problem.{at}", Fit(24.0))

    return listing(
        "问题",
        columns,
        (banner(columns, title, "title", mark, 26), Row(height=6.0), headings(columns, height=24.0, frozen=True)),
        Made(len(problems), line),
        "无",
        colours=severities(down("severity", "problem.0", f"problem.{len(problems) - 1}")),
    )
