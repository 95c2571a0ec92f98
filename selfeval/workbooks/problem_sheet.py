"""问题: what is wrong or deserves a look, worst first, with its cure and its place, which is linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from selfeval.domain.expression.tree import Name, Span
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import PROJECTS_FILE, ScoredCase
from selfeval.domain.tables import Made
from selfeval.sheets.colours import severities
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, CellLink, Column, Row, Sheet, cell, down
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.workbooks.conventions import GROUNDS, listing, published

PROBLEMS = "问题"
_PRINTED = (
    *published(PROBLEMS_FILE, severity=7, frozen="severity"),
    Column("name", "指标", 18),
    *published(PROBLEMS_FILE, message=42, remedy=42),
    Column("place", "位置", 15),
)
_BESIDE = (Column("look", "查看", 7), *published(PROBLEMS_FILE, code=8, project=24, indicator=27, file=60))
_FOR_MACHINES = tuple(_BESIDE)
"""Columns that are not printed."""

_OF_A_YEAR = (Column("seq", "项目\n序号", 5), *published(PROJECTS_FILE, name=20))
_PROJECT_NAME = "project_name"
_MOST_LINKS = 20_000
"""Problems with links; a sheet can hold some 65,000 links."""


@dataclass(frozen=True)
class Known:
    """What is known of the places of problems: names of indicators by id, and the cell that tells of a place.

    ``projects`` are the number and name of each project by its code, None in a workbook of one project.
    """

    indicators: Mapping[str, str]
    target: Callable[[Place], Name | None]
    projects: Mapping[str, tuple[int | None, str]] | None = None


def project_problems(scored: ScoredCase, rulebook: Rulebook) -> Sheet | None:
    """The sheet 问题 of one project; None where there are none."""
    del rulebook
    case = scored.case
    if not scored.problems:
        return None
    title = f"问题清单　{case.project.name}（{case.year}年度）"
    names = {row.indicator: row.level3 for row in scored.rows}

    def target(place: Place) -> Name | None:
        return cell(place.indicator, "score", GROUNDS) if place.indicator in names else None

    return problem_sheet(title, case.mark, scored.problems, Known(names, target))


def problem_row(at: int) -> str:
    """The row of a problem by its place among all."""
    return f"problem.{at}"


def down_problems(column: str, count: int, sheet: str = PROBLEMS) -> Span:
    """A column over all of so many problems."""
    return down(column, problem_row(0), problem_row(count - 1), sheet)


def problem_sheet(title: str, mark: str, problems: Sequence[Problem], known: Known) -> Sheet:
    """A table of problems, or a sentence that there are none."""
    printed = _PRINTED if known.projects is None else (_PRINTED[0], *_of_a_year(), *_PRINTED[1:])
    columns = (*printed, *_FOR_MACHINES)
    fitted = Fit(24.0, tuple(column.id for column in printed))

    def line(at: int) -> Row:
        return Row(tuple(_cells(problems[at], known, linked=at < _MOST_LINKS)), problem_row(at), fitted)

    found = listing(
        PROBLEMS,
        columns,
        (banner(printed, title, "title", mark, 26), Row(height=6.0), headings(columns, height=32.0, frozen=True)),
        Made(len(problems), line),
        "没有需要处理或关注的问题。",
        colours=severities(down_problems("severity", len(problems), "")),
    )
    return replace(found, page=replace(LIST_PAGE, printed=(printed[0].id, printed[-1].id)))


def _of_a_year() -> tuple[Column, ...]:
    seq, name = _OF_A_YEAR
    return seq, replace(name, id=_PROJECT_NAME)


def _cells(problem: Problem, known: Known, *, linked: bool) -> list[Cell]:
    place = problem.place
    target = known.target(place) if linked else None
    name = known.indicators.get(place.indicator, place.indicator)
    texts = {"message": problem.message, "remedy": problem.remedy, "place": _where(place)}
    texts |= {"code": problem.code, "project": place.project, "indicator": place.indicator, "file": place.file}
    cells = [Cell("severity", problem.severity.value, "centre")]
    if known.projects is not None:
        seq, project = known.projects.get(place.project, (None, ""))
        cells += [Cell("seq", seq, "count"), Cell(_PROJECT_NAME, project)]
    cells.append(Cell("name", name))
    if target is not None and name:  # beside the name, for a link is not broken into lines by every program
        cells.append(Cell("look", CellLink(target, "查看"), "link"))
    return cells + [Cell(column, text, _STYLES.get(column, "text")) for column, text in texts.items()]


def _where(place: Place) -> str:
    """A place as people find it: in a file of the project sheet and cell, elsewhere with the name of the file."""
    path, cell_there = PurePosixPath(place.file), "!".join(part for part in (place.sheet, place.cell) if part)
    of_project = "forms" in path.parts or (place.project and path.name.startswith(place.project))
    return cell_there if of_project and cell_there else f"{path.name} {cell_there}".strip()


_STYLES = {"place": "centre", **dict.fromkeys(("code", "project", "indicator", "file"), "small fitting")}
