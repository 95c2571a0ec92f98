"""汇总: one row a project with its scores, grade and link, and sums below; live where it adds up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Span,
    all_of,
    count_numbers,
    is_number,
    mean,
    rounded,
    steady,
    sum_product,
    total,
    when,
)
from selfeval.domain.formulas import BUDGET, EXECUTED, RATE
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import MONEY_PLACES, PLACES, SHARE_PLACES
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import PROJECTS_FILE, Total
from selfeval.domain.totals import TOTAL_AT, grade_shown
from selfeval.sheets.colours import states
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, Column, FileLink, Row, Sheet, cell, down
from selfeval.sheets.rows import banner, headings
from selfeval.workbooks.conventions import DASH, listing, points_cell, published, unit_label

PROJECTS = "汇总"
_of = partial(published, PROJECTS_FILE)
COLUMNS = (
    Column("seq", "序号", 6),
    Column("unit", "单位", 18),
    *_of(project=14, name=28, frozen="name"),
    *_of(full_year=11.5, executed=11.5, unit="万元"),
    *_of(rate=9),
    *_of(execution_score=7.5, indicator_score=7.5, broken=2),
    *_of(total=13, grade=7, state=9),
    Column("missing", "待补充\n（项）", 8),
    Column("flagged", "需关注\n（项）", 8),
    Column("link", "自评表", 8),
)
_FITTED = Fit(24.0, ("unit", "project", "name"))
_LONGEST_LINK = 500
"""Characters of a path: escaped, it must stay below what a link can hold."""


def overview_sheet(
    year: int, projects: Sequence[Total], rulebook: Rulebook, links: Mapping[str, str], mark: str
) -> Sheet:
    """The sheet 汇总; ``links`` are the paths of workbooks by the codes of projects."""
    top = (
        banner(COLUMNS, f"项目支出绩效自评汇总（{year}年度）", "title", mark, 28),
        banner(COLUMNS, f"评分规则：{rulebook.title}（{rulebook.id}）"),
        headings(COLUMNS, height=32.0, frozen=True),
    )
    grade, count = grade_shown(rulebook), len(projects)
    rows = (
        Row(tuple(_project(at, project, rulebook, grade, links.get(project.project, ""))), row_of(at), _FITTED)
        for at, project in enumerate(projects)
    )
    sums = Row(tuple(_sums(count)), "sums", 24.0)
    return listing(PROJECTS, COLUMNS, top, rows, below=(sums,), colours=states(down_projects("state", count, "")))


def row_of(at: int) -> str:
    """The row of a project by its place among all."""
    return f"project.{at}"


def down_projects(column: str, count: int, sheet: str = PROJECTS) -> Span:
    """A column over all of so many projects."""
    return down(column, row_of(0), row_of(count - 1), sheet)


def rate_where(known: Expression) -> Expression:
    """Executed over budget; 待补充 without a budget, or where ``known`` does not hold."""
    return when(known, when(BUDGET > 0, steady(RATE, SHARE_PLACES), PENDING), PENDING)


_RATE = rate_where(all_of(is_number(BUDGET), is_number(EXECUTED)))
_AVERAGE = when(count_numbers(TOTAL_AT).equals(0), PENDING, rounded(mean(TOTAL_AT), PLACES))
_ADDED = steady(Name("execution_score") + Name("indicator_score"), PLACES)
_COLUMNS = {BUDGET: "full_year", EXECUTED: "executed", TOTAL_AT: "total"}
_COLUMNS |= {Name(column): column for column in ("execution_score", "indicator_score")}


def _names(row: str) -> dict[Name, Name]:
    return {name: cell(row, column) for name, column in _COLUMNS.items()}


def _project(at: int, project: Total, rulebook: Rulebook, grade: Expression, link: str) -> Iterator[Cell]:
    names = _names(row_of(at))
    yield Cell("seq", at + 1, "count")
    yield Cell("unit", unit_label(project.unit_code, project.unit_name))
    yield Cell("project", project.project, "centre")
    yield Cell("name", project.name)
    yield Cell("full_year", project.full_year, "money")
    yield Cell("executed", project.executed, "money")
    closed = project.execution_state is State.NOT_APPLICABLE
    yield Cell("rate", DASH, "centre") if closed else Cell("rate", _RATE.of(names), "percent")
    yield points_cell("execution_score", project.execution_score, State.NOT_APPLICABLE.label if closed else PENDING)
    yield points_cell("indicator_score", project.indicator_score)
    yield _total(project, rulebook, names)
    yield Cell("grade", grade.of(names), "centre")
    yield Cell("state", project.state.label, "centre")
    yield Cell("missing", project.missing, "count")
    yield Cell("flagged", project.flagged, "count")
    linked = link and len(link) <= _LONGEST_LINK
    yield Cell("link", FileLink(link, "打开"), "link") if linked else Cell("link", "", "centre")


def _total(project: Total, rulebook: Rulebook, names: Mapping[Name, Name]) -> Cell:
    """The range of an open total; the sum of both scores, or a total converted from the points that apply."""
    span = f"{rulebook.rounding.show(project.lowest)} – {rulebook.rounding.show(project.highest)}"
    executed = project.execution_score
    added = executed is not None and project.total == executed + project.indicator_score
    if rulebook.not_applicable == "whole_form" or not added:
        return points_cell("total", project.total, span)
    return Cell("total", _ADDED.of(names), "score")


def _sums(count: int) -> Iterator[Cell]:
    """Sums of money, the rate over all, the average total of the projects that have one."""
    money = {column: down_projects(column, count, "") for column in ("full_year", "executed")}
    # both known of each project: half a sum misleads
    known = sum_product(is_number(money["full_year"]) * is_number(money["executed"])).equals(count)
    yield Cell("seq", f"合计 {count} 个项目", "total_label", "name")
    for column, amounts in money.items():
        yield Cell(column, steady(total(amounts), MONEY_PLACES), "total_money")
    yield Cell("rate", rate_where(known).bind(_names("sums")), "total_percent")
    for column in ("execution_score", "indicator_score", "grade", "state", "link"):
        yield Cell(column, "", "total_label")
    yield Cell("total", _AVERAGE.of({TOTAL_AT: down_projects("total", count, "")}), "total")
    for column in ("missing", "flagged"):
        yield Cell(column, total(down_projects(column, count, "")), "total_count")
