"""汇总.xlsx of more projects than one book can add up: a line a unit, a line a project, how often each problem came.

Each unit has a 汇总.xlsx of its own beside its projects' workbooks, with all that is live; here its figures stand as
they came out, and what is added up over units is live again.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from math import isnan

from selfeval.domain.catalogue.document import ENTRIES
from selfeval.domain.expression.tree import Expression, Name, Span, all_of, is_number, rounded, steady, total, when
from selfeval.domain.formulas import BUDGET, EXECUTED
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.problems import Problem, Severity
from selfeval.domain.rounding import MONEY_PLACES, PLACES, fraction, in_points
from selfeval.domain.rulebook import Rounding, Rulebook
from selfeval.domain.scored import PENDING_GRADE, Scored, State
from selfeval.domain.scored_case import PROJECTS_FILE, Total, rows_of
from selfeval.domain.tables import Made
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, FileLink, Row, Sheet, cell, down
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.conventions import DASH, listing, published
from selfeval.workbooks.summary.overview import money_pattern, rate_where
from selfeval.workbooks.summary.units import unit_names

_MOST_LIVE = 1_000
"""Projects that one summary adds up: with more, its formulas would keep who opens it waiting for minutes."""
_of = partial(published, PROJECTS_FILE)
_MONEY = {BUDGET: "full_year", EXECUTED: "executed"}
_SEVERITIES = tuple(Column(one.name, f"{one.value}\n（条）", 7) for one in Severity)
_COUNT, _KNOWN, _FINAL, _AVERAGE, _TOTALS = "count", "known", "final", "average", "totals"
_RATE = rate_where(all_of(is_number(BUDGET), is_number(EXECUTED)))
_ALL_KNOWN = rate_where(Name(_KNOWN).equals(Name(_COUNT)))
"""The rate of several projects: half a sum misleads."""
_OF_SEVERAL = {**_MONEY, Name(_KNOWN): _KNOWN, Name(_COUNT): _COUNT}
_SUM, _OVER = Name(_TOTALS), Name(_FINAL)
_MEAN = when(_OVER > 0, rounded(_SUM / _OVER, PLACES), PENDING)
_FITTED = Fit(20.0, ("unit", "name", "title"))
_UNITS_NOTE = "每个单位的逐项汇总、分析和问题清单见“汇总表”一列所指的文件；合计和平均随本表各行重算。"
_PROJECTS_NOTE = (
    "各项目的得分依据见其自评表，位置是 单位编码_单位名称/项目编码_项目名称_自评表.xlsx；逐项结果见 results.csv。"
)
_PROBLEMS_NOTE = "每一条的位置和修改办法见 problems.csv，或各单位的汇总表。"


@dataclass
class UnitFigures:
    """What the projects of a unit came to: 万元 as far as known, of how many both, the sum of totals in hundredths."""

    name: str
    link: str
    count: int = 0
    full_year: Fraction = Fraction()
    executed: Fraction = Fraction()
    known: int = 0
    final: int = 0
    totals: int = 0
    grades: Counter[str] = field(default_factory=Counter)
    told: Counter[Severity] = field(default_factory=Counter)

    def add(self, project: Total) -> None:
        """Count a project in."""
        self.count += 1
        amounts = project.full_year, project.executed
        budget, executed = (Fraction() if isnan(amount) else fraction(amount) for amount in amounts)
        self.full_year, self.executed = self.full_year + budget, self.executed + executed
        self.known += not any(map(isnan, amounts))
        self.grades[project.grade] += 1
        if project.total is not None:
            self.final += 1
            self.totals += project.total


def lists_units(projects: int) -> bool:
    """Whether the summary of so many projects is one by unit."""
    return projects > _MOST_LIVE


def summary_by_unit(
    scored: Scored, rulebook: Rulebook, links: Mapping[tuple[str, str], str], date: dt.date, mark: str = ""
) -> bytes:
    """The summary as the bytes of an xlsx file, the same for the same input.

    ``links`` maps (单位编码, 单位名称) to the path of the unit's own summary, relative to this one; without a path
    there is none. ``mark`` is printed on every sheet. ``date`` stands in the file's properties.
    """
    projects = rows_of(Total, scored.projects)
    names = unit_names(projects)
    told: dict[str, Counter[Severity]] = {}
    for one in scored.problems:
        told.setdefault(one.place.project, Counter())[one.severity] += 1
    units = {unit: UnitFigures(name, links.get(unit, "")) for unit, name in names.items()}
    for project in projects:
        figures = units[project.unit_code, project.unit_name]
        figures.add(project)
        figures.told += told.get(project.project, Counter())
    sheets = (
        _units_sheet(scored.year, [*units.values()], rulebook, mark),
        _projects_sheet(scored.year, projects, names, told, rulebook.rounding, mark),
        _problems_sheet(scored.year, scored.problems, mark),
    )
    theme = with_decimals(WORKBOOKS, rulebook.rounding.places)
    return workbook(Book(f"项目支出绩效自评汇总（{scored.year}年度）", date, theme, sheets))


def _sheet(
    name: str, title: str, note: str, mark: str, columns: Sequence[Column], rows: Iterable[Row], *below: Row
) -> Sheet:
    top = banner(columns, title, "title", mark, 28), banner(columns, note, "note"), headings(columns, frozen=True)
    found = listing(name, columns, top, rows, "没有", below)
    return replace(found, page=LIST_PAGE)


def _row(kind: str, at: int) -> str:
    return f"{kind}.{at}"


def _units_sheet(year: int, units: Sequence[UnitFigures], rulebook: Rulebook, mark: str) -> Sheet:
    """The sheet 单位."""
    grades = (*(grade.label for grade in rulebook.grades), PENDING_GRADE)
    columns = (
        Column("seq", "序号", 5),
        Column("unit", "单位", 34, frozen=True),
        Column(_COUNT, "项目数", 7),
        *_of(full_year=14, executed=14, unit="万元"),
        *_of(rate=9),
        Column(_AVERAGE, "平均得分\n（已评定）", 9),
        Column(_FINAL, "已评定\n（个）", 7),
        *(Column(f"grade.{at}", f"{label}\n（个）", 6.5) for at, label in enumerate(grades)),
        *_SEVERITIES,
        Column("link", "汇总表", 7),
        *(Column(name, hidden=True, width=9) for name in (_KNOWN, _TOTALS)),
    )
    money = {name: money_pattern(float(getattr(one, name)) for one in units) for name in _MONEY.values()}
    rows = [
        Row(tuple(_unit_cells(at, unit, grades, money)), _row("unit", at), _FITTED) for at, unit in enumerate(units)
    ]
    sums = Row(tuple(_sums(len(units), grades, money)), "sums", 24.0)
    title, note = f"项目支出绩效自评汇总（{year}年度，按单位）", f"评分规则：{rulebook.title}。{_UNITS_NOTE}"
    return _sheet("单位", title, note, mark, columns, rows, sums)


def _unit_cells(at: int, unit: UnitFigures, grades: Sequence[str], money: Mapping[str, str]) -> Iterator[Cell]:
    row = _row("unit", at)
    yield Cell("seq", at + 1, "count")
    yield Cell("unit", unit.name)
    yield Cell(_COUNT, unit.count, "count")
    for column, pattern in money.items():
        yield Cell(column, float(getattr(unit, column)), "money", pattern=pattern)
    yield Cell("rate", _ALL_KNOWN.of({name: cell(row, column) for name, column in _OF_SEVERAL.items()}), "percent")
    yield Cell(_AVERAGE, _MEAN.of({name: cell(row, str(name.key)) for name in (_SUM, _OVER)}), "score")
    yield Cell(_FINAL, unit.final, "count")
    yield from (Cell(f"grade.{at}", unit.grades[label], "count") for at, label in enumerate(grades))
    yield from (Cell(one.name, unit.told[one], "count") for one in Severity)
    yield Cell("link", FileLink(unit.link, "打开"), "link") if unit.link else Cell("link", DASH, "centre")
    yield Cell(_KNOWN, unit.known, "plain")
    yield Cell(_TOTALS, in_points(unit.totals), "plain")


def _sums(count: int, grades: Sequence[str], money: Mapping[str, str]) -> Iterator[Cell]:
    def all_of_units(column: str) -> Span:
        return down(column, _row("unit", 0), _row("unit", count - 1))

    yield Cell("seq", f"合计{count}个单位", "total_label", "unit")
    yield Cell(_COUNT, total(all_of_units(_COUNT)), "total_count")
    for column, pattern in money.items():
        yield Cell(column, steady(total(all_of_units(column)), MONEY_PLACES), "total_money", pattern=pattern)
    named = {name: cell("sums", column) for name, column in _OF_SEVERAL.items()}
    yield Cell("rate", _ALL_KNOWN.bind(named), "total_percent")
    yield Cell(_KNOWN, total(all_of_units(_KNOWN)), "plain")
    of_all: dict[Name, Expression] = {_SUM: total(all_of_units(_TOTALS)), _OVER: total(all_of_units(_FINAL))}
    yield Cell(_AVERAGE, _MEAN.bind(of_all), "total")
    for column in (_FINAL, *(f"grade.{at}" for at in range(len(grades))), *(one.name for one in Severity)):
        yield Cell(column, total(all_of_units(column)), "total_count")
    yield Cell("link", "", "total_label")


def _projects_sheet(
    year: int,
    projects: Sequence[Total],
    names: Mapping[tuple[str, str], str],
    told: Mapping[str, Counter[Severity]],
    rounding: Rounding,
    mark: str,
) -> Sheet:
    """The sheet 项目."""
    columns = (
        Column("seq", "序号", 7),
        Column("unit", "单位", 24),
        *_of(project=27),
        *_of(name=34, frozen="name"),
        *_of(full_year=12, executed=12, unit="万元"),
        *_of(rate=9),
        *_of(execution_score=7, indicator_score=7, broken=2),
        *_of(total=13, grade=6, state=8),
        Column("missing", "待补充\n（项）", 7),
        Column("flagged", "需关注\n（项）", 7),
        *_SEVERITIES,
    )
    money = {name: money_pattern(getattr(one, name) for one in projects) for name in _MONEY.values()}

    def row(at: int) -> Row:
        one = projects[at]
        cells = _project_cells(
            at, one, names[one.unit_code, one.unit_name], told.get(one.project, {}), (money, rounding)
        )
        return Row(tuple(cells), _row("project", at), _FITTED)

    title = f"各项目得分（{year}年度）"
    return _sheet("项目", title, _PROJECTS_NOTE, mark, columns, Made(len(projects), row))


def _project_cells(
    at: int, project: Total, unit: str, told: Mapping[Severity, int], looks: tuple[Mapping[str, str], Rounding]
) -> Iterator[Cell]:
    money, rounding = looks
    yield Cell("seq", at + 1, "count")
    yield Cell("unit", unit, "small")
    yield Cell("project", project.project, "centre 9pt fitting")
    yield Cell("name", project.name)
    for column, pattern in money.items():
        yield Cell(column, getattr(project, column), "money", pattern=pattern)
    closed = project.execution_state is State.NOT_APPLICABLE
    rate = _RATE.of({name: cell(_row("project", at), column) for name, column in _MONEY.items()})
    yield Cell("rate", DASH, "centre") if closed else Cell("rate", rate, "percent")
    executed = project.execution_score
    unscored = State.NOT_APPLICABLE.label if closed else PENDING
    yield Cell("execution_score", unscored if executed is None else in_points(executed), "score")
    yield Cell("indicator_score", in_points(project.indicator_score), "score")
    ends = f"{rounding.show(project.lowest)} – {rounding.show(project.highest)}"
    yield Cell("total", ends if project.total is None else in_points(project.total), "score")
    yield Cell("grade", project.grade, "centre")
    yield Cell("state", project.state.label, "centre")
    yield Cell("missing", project.missing, "count")
    yield Cell("flagged", project.flagged, "count")
    yield from (Cell(one.name, told.get(one, 0), "count") for one in Severity)


def _problems_sheet(year: int, problems: Iterable[Problem], mark: str) -> Sheet:
    """The sheet 问题: how often each was found, and of how many projects; the worst and most frequent first."""
    columns = (
        Column("seq", "序号", 6),
        Column("severity", "级别", 8),
        Column("code", "代码", 9),
        Column("title", "问题", 60, frozen=True),
        Column(_COUNT, "条数", 10),
        Column("projects", "涉及项目\n（个）", 11),
    )
    counts, owners, severities = Counter[str](), dict[str, set[str]](), dict[str, Severity]()
    for one in problems:
        counts[one.code] += 1
        owners.setdefault(one.code, set()).add(one.place.project)
        severities[one.code] = one.severity
    order = [*Severity]
    codes = sorted(counts, key=lambda code: (order.index(severities[code]), -counts[code], code))
    rows = (
        Row(
            (
                Cell("seq", at, "count"),
                Cell("severity", severities[code].value, "centre"),
                Cell("code", code, "centre"),
                Cell("title", ENTRIES[code].title),
                Cell(_COUNT, counts[code], "count"),
                Cell("projects", len(owners[code] - {""}), "count"),
            ),
            _row("problem", at),
            _FITTED,
        )
        for at, code in enumerate(codes, start=1)
    )
    return _sheet("问题", f"问题分类（{year}年度）", _PROBLEMS_NOTE, mark, columns, rows)
