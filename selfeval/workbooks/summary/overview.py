"""汇总: one row a project with its scores, grade, warnings and links, and sums below; all that adds up is live."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
from selfeval.domain.problems import Problem, Severity
from selfeval.domain.rounding import MONEY_PLACES, PLACES, SHARE_PLACES, fraction
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import PROJECTS_FILE, Total
from selfeval.domain.tables import Made
from selfeval.domain.totals import grade_shown
from selfeval.sheets.colours import Colour, states
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Cell, CellLink, Column, FileLink, Row, Sheet, cell, down
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.styles import MOST_DECIMALS
from selfeval.workbooks.conventions import DASH, listing, published
from selfeval.workbooks.problem_sheet import PROBLEMS, problem_row
from selfeval.workbooks.summary.project_scores import NAMED, Scores
from selfeval.workbooks.summary.ranking import shortened
from selfeval.workbooks.summary.tallies import ProjectTally
from selfeval.workbooks.summary.units import unit_names

PROJECTS = "汇总"
_of = partial(published, PROJECTS_FILE)
_PRINTED = (
    Column("seq", "序号", 4.5),
    Column("unit", "单位", 17),
    *_of(name=30, frozen="name"),
    *_of(full_year=10.5, executed=10.5, unit="万元"),
    *_of(rate=8.5),
    *_of(execution_score=6.5, indicator_score=6.5, broken=2),
    *_of(total=12.5, grade=5, state=7.5),
    Column("missing", "待补充\n（项）", 7),
    Column("flagged", "需关注\n（项）", 7),
    *(Column(one.name, f"{one.value}\n（条）", 5.5) for one in Severity),
)
_BESIDE = (Column("link", "自评表", 7), Column("problems", "问题", 7), *_of(project=24))
"""Links and codes: they are not printed."""

FINAL, KNOWN, SHARED, HIGHEST, KEY, SHORT = "final", "known", "shared", "highest", "key", "short"
_HIDDEN = tuple(Column(name, hidden=True, width=9) for name in (FINAL, KNOWN, SHARED, HIGHEST, KEY, SHORT))
"""Columns for formulas: 1 for a total, 1 for both amounts, points shared out, the most that can be reached, its place
among the lowest totals (never the same twice), a short name."""

COLUMNS = (*_PRINTED, *_BESIDE, *_HIDDEN)
HEADINGS = {column.id: column.heading for column in COLUMNS}
_FITTED = Fit(20.0, ("unit", "name"))
_LONGEST_LINK = 500
"""Characters of a path: escaped, it must stay below what a link can hold."""

_NAME_LENGTH = 40
AVERAGE, WEIGHTED = "average", "weighted"
_MEANS = {AVERAGE: "平均得分（已评定项目）", WEIGHTED: "平均得分（按全年预算数加权）"}
_NOTE = "需关注：有需关注的指标，或有错误、警告。得分随“指标”、条数随“问题”重算；未评定的项目列出最低—最高可得分。"


@dataclass(frozen=True)
class Year:
    """What the sheet shows: projects with the tallies of their rows by number, and the number of all rows.

    ``links`` are the paths of workbooks by the codes of projects; ``problems`` are all of the year, worst first.
    """

    year: int
    projects: Sequence[Total]
    tallies: Mapping[int, ProjectTally]
    rows: int
    problems: Sequence[Problem]
    links: Mapping[str, str]
    mark: str


def overview_sheet(year: Year, rulebook: Rulebook) -> Sheet:
    """The sheet 汇总."""
    top = (
        banner(_PRINTED, f"项目支出绩效自评汇总（{year.year}年度）", "title", year.mark, 28),
        banner(_PRINTED, f"评分规则：{rulebook.title}。{_NOTE}", "note"),
        headings((*_PRINTED, *_BESIDE), height=32.0, frozen=True),
    )
    count, made = len(year.projects), _Rows(year, rulebook)
    rows = Made(count, lambda at: Row(tuple(made.cells(at)), row_of(at), _FITTED))
    below = (Row(tuple(_sums(year, made.money)), "sums", 24.0), *(_mean(count, name) for name in _MEANS))
    colours = (*states(down_projects("state", count, "")), _warned(count))
    found = listing(PROJECTS, COLUMNS, top, rows, below=below, colours=colours)
    return replace(found, page=replace(LIST_PAGE, printed=(_PRINTED[0].id, _PRINTED[-1].id)))


def row_of(at: int) -> str:
    """The row of a project by its place among all."""
    return f"project.{at}"


def down_projects(column: str, count: int, sheet: str = PROJECTS) -> Span:
    """A column over all of so many projects."""
    return down(column, row_of(0), row_of(count - 1), sheet)


def rate_where(known: Expression) -> Expression:
    """Executed over budget; 待补充 without a budget, or where ``known`` does not hold."""
    return when(known, when(BUDGET > 0, steady(RATE, SHARE_PLACES), PENDING), PENDING)


def money_pattern(amounts: Iterable[float]) -> str:
    """A number format for all of a column: with as many decimals as its amounts have, from two on."""
    places = PLACES
    for amount in amounts:
        while places < MOST_DECIMALS and not math.isnan(amount) and (fraction(amount) * 10**places).denominator > 1:
            places += 1
    return f"money{places}"


def _warned(count: int) -> Colour:
    warnings = down_projects(Severity.WARNING.name, count, "")
    return Colour(warnings, warnings.first > 0, "yellow")


_RATE = rate_where(all_of(is_number(BUDGET), is_number(EXECUTED)))
_BOTH = when(all_of(is_number(BUDGET), is_number(EXECUTED)), 1, 0)
_MONEY = {BUDGET: "full_year", EXECUTED: "executed"}


class _Rows:
    """The rows of projects, made one by one."""

    def __init__(self, year: Year, rulebook: Rulebook) -> None:
        self._year = year
        self._rulebook = rulebook
        self._grade = grade_shown(rulebook)
        self._scores = Scores(year.rows, len(year.problems), rulebook)
        self._units = unit_names(year.projects)
        self._first: dict[str, int] = {}
        for at, problem in enumerate(year.problems):
            self._first.setdefault(problem.place.project, at)
        self.money = {
            column: money_pattern(getattr(project, column) for project in year.projects) for column in _MONEY.values()
        }

    def cells(self, at: int) -> Iterator[Cell]:
        """The cells of a project."""
        project, row = self._year.projects[at], row_of(at)
        tally = self._year.tallies.get(at + 1, ProjectTally())
        names: dict[Name, Name] = {name: cell(row, column) for name, column in (NAMED | _MONEY).items()}
        lists = self._scores.lists | names
        yield Cell("seq", at + 1, "count")
        yield Cell("unit", self._units[project.unit_code, project.unit_name], "small")
        yield Cell("name", project.name)
        for column, pattern in self.money.items():
            yield Cell(column, getattr(project, column), "money", pattern=pattern)
        closed = project.execution_state is State.NOT_APPLICABLE
        yield Cell("rate", DASH, "centre") if closed else Cell("rate", _RATE.of(names), "percent")
        for column, content, style in self._scores.of(project, tally):
            yield Cell(column, content.of(lists) if isinstance(content, Expression) else content, style)
        yield Cell("grade", self._grade.of(names), "centre")
        yield Cell(KNOWN, _BOTH.of(names), "plain")
        yield self._workbook(project)
        first = self._first.get(project.project)
        place = None if first is None else cell(problem_row(first), "message", PROBLEMS)
        yield Cell("problems", "" if place is None else CellLink(place, "查看"), "link")
        yield Cell("project", project.project, "centre 9pt fitting")
        yield Cell(SHORT, shortened(project.name, _NAME_LENGTH), "plain line")

    def _workbook(self, project: Total) -> Cell:
        link = self._year.links.get(project.project, "")
        linked = link and len(link) <= _LONGEST_LINK
        return Cell("link", FileLink(link, "打开"), "link") if linked else Cell("link", "", "centre")


def _sums(year: Year, patterns: Mapping[str, str]) -> Iterator[Cell]:
    """Sums of money and of what is open, and the rate over all."""
    count = len(year.projects)
    # both known of each project: half a sum misleads
    known = total(down_projects(KNOWN, count, "")).equals(count)
    yield Cell("seq", f"合计{count}个项目", "total_label", "name")
    for column, pattern in patterns.items():
        amounts = down_projects(column, count, "")
        yield Cell(column, steady(total(amounts), MONEY_PLACES), "total_money", pattern=pattern)
    money = {name: cell("sums", column) for name, column in _MONEY.items()}
    yield Cell("rate", rate_where(known).bind(money), "total_percent")
    for column in ("execution_score", "indicator_score", "total", "grade", "state"):
        yield Cell(column, "", "total_label")
    for column in ("missing", "flagged", *(one.name for one in Severity)):
        yield Cell(column, total(down_projects(column, count, "")), "total_count")


def _mean(count: int, name: str) -> Row:
    """An average of the totals that there are."""
    totals = down_projects("total", count, "")
    if name == AVERAGE:
        found = when(count_numbers(totals).equals(0), PENDING, rounded(mean(totals), PLACES))
    else:
        final, budgets = (down_projects(column, count, "") for column in (FINAL, "full_year"))
        weights = sum_product(final, budgets)
        found = when(weights > 0, rounded(sum_product(final, budgets, totals) / weights, PLACES), PENDING)
    ids = [column.id for column in _PRINTED]
    label = Cell("seq", _MEANS[name], "total_label", ids[ids.index("total") - 1])
    rest = Cell(ids[ids.index("total") + 1], "", "total_label", ids[-1])
    return Row((label, Cell("total", found, "total"), rest), name, 22.0)
