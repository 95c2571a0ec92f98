"""问题: what is wrong or deserves a look, worst first, with its place and cure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfeval.domain.problems import Problem
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import row_height
from selfeval.workbooks.live.formulas import PROBLEMS
from selfeval.workbooks.live.places import SheetColumn
from selfeval.workbooks.material import Material

_COLUMNS = (
    SheetColumn("severity", "级别", 7),
    SheetColumn("code", "代码", 7),
    SheetColumn("indicator", "指标编号", 15),
    SheetColumn("name", "指标", 20),
    SheetColumn("message", "问题", 38),
    SheetColumn("remedy", "建议", 38),
    SheetColumn("place", "位置", 28),
)
_PROJECT = (SheetColumn("project", "项目编码", 15), SheetColumn("project_name", "项目名称", 20))
_CENTRED = {"severity", "code"}


def write_problems(book: Book, material: Material) -> None:
    """Write the sheet 问题 of one project."""
    pen = book.sheet(PROBLEMS, landscape=True)
    title = f"需要处理或关注的问题　{material.name}（{material.year}年度）"
    names = {row.indicator: row.level3 for row in material.rows}
    write_problem_table(pen, title, material.mark, material.problems, names, None)


def write_problem_table(
    pen: Pen,
    title: str,
    mark: str,
    problems: Sequence[Problem],
    indicators: Mapping[str, str],
    projects: Mapping[str, str] | None,
) -> None:
    """A table of problems, or 无. ``indicators`` and ``projects`` name them by id; None leaves projects out."""
    columns = _COLUMNS if projects is None else (*_COLUMNS[:2], *_PROJECT, *_COLUMNS[2:])
    pen.columns([column.width for column in columns])
    pen.banner(0, title, "title", mark, 26)
    pen.height(1, 6)
    pen.heads(2, [column.heading for column in columns], 24)
    pen.sheet.repeat_rows(2)
    pen.sheet.freeze_panes(3, 2)
    if not problems:
        pen.height(3, 24)
        pen.spanned(3, 0, 3, len(columns) - 1, "无", "centre")
        return
    for step, problem in enumerate(problems):
        _write_problem(pen, 3 + step, problem, columns, indicators, projects or {})
    pen.fit()
    last = 2 + len(problems)
    pen.sheet.autofilter(2, 0, last, len(columns) - 1)
    pen.colour_severities(3, 0, last)


def _write_problem(
    pen: Pen,
    at: int,
    problem: Problem,
    columns: Sequence[SheetColumn],
    indicators: Mapping[str, str],
    projects: Mapping[str, str],
) -> None:
    place = problem.place
    texts = {
        "severity": problem.severity.value,
        "code": problem.code,
        "project": place.project,
        "project_name": projects.get(place.project, ""),
        "indicator": place.indicator,
        "name": indicators.get(place.indicator, ""),
        "message": problem.message,
        "remedy": problem.remedy,
        "place": " ".join(one for one in (place.file, place.sheet, place.cell) if one),
    }
    pen.height(at, row_height([(texts[one.id], one.width) for one in columns], 24))
    for col, column in enumerate(columns):
        pen.text(at, col, texts[column.id], "centre" if column.id in _CENTRED else "text")
