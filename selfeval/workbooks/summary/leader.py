"""概览: the year on one page for the leader, all of it live: sums, grades, the worst, the largest losses, sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from selfeval.domain.catalogue.document import ENTRIES
from selfeval.domain.expression.tree import (
    Expression,
    Operand,
    Span,
    count_numbers,
    count_of,
    count_where,
    lift,
    steady,
    when,
)
from selfeval.domain.problems import Problem, Severity
from selfeval.domain.rounding import SHARE_PLACES
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell
from selfeval.sheets.page import Footer, Margins, Page
from selfeval.sheets.rows import banner
from selfeval.workbooks.problem_sheet import down_problems
from selfeval.workbooks.summary import indicators, overview
from selfeval.workbooks.summary.analysis import Analysis
from selfeval.workbooks.summary.indicators import down_rows
from selfeval.workbooks.summary.overview import AVERAGE, PROJECTS, WEIGHTED, Year, down_projects, money_pattern
from selfeval.workbooks.summary.ranking import AT, place_of, there
from selfeval.workbooks.summary.sentences import sentences

LEADER = "概览"
_GRID = tuple(Column(f"{at}", width=3.1) for at in range(24))
_PLACE = Column("at", hidden=True, width=9)
"""Where what stands in a row of a ranking is found in its table."""

_PAGE = Page(
    landscape=False,
    margins=Margins(0.5, 0.5, 0.45, 0.5),
    centred=True,
    tall=1,
    printed=(_GRID[0].id, _GRID[-1].id),
    footer=Footer(),
)
_RANKED, _GRADES_A_LINE, _KINDS_TOLD = 5, 7, 3


class Field(NamedTuple):
    """A column of a table: how many columns of the grid it takes, its heading, its look, and its number format."""

    width: int
    heading: str
    style: str
    pattern: str = ""


def leader_sheet(year: Year, analysis: Analysis, rulebook: Rulebook) -> Sheet:
    """The sheet 概览."""
    rows = [
        banner(_GRID, f"项目支出绩效自评概览（{year.year}年度）", "title", year.mark, 26),
        banner(_GRID, f"评分规则：{rulebook.title}", "note"),
    ]
    if year.projects:
        labels = (*(grade.label for grade in rulebook.grades), PENDING_GRADE)
        money = {
            column: money_pattern(getattr(one, column) for one in year.projects) for column in ("full_year", "executed")
        }
        rows += [*_key_figures(year, money), *_grades(labels, len(year.projects))]
        rows += [*_worst(year, money["full_year"]), *_losses(year), *_open_problems(year)]
        rows.append(_section("报告用语（可直接引用，数字随各表重算）"))
        for at, text in enumerate(sentences(year, analysis, labels)):
            rows.append(Row((Cell(_GRID[0].id, text, "text", _GRID[-1].id),), f"sentence.{at}", 42.0))
    return Sheet(LEADER, (*_GRID, _PLACE), tuple(rows), _PAGE, protection="entries")


def _section(title: str) -> Row:
    return Row((Cell(_GRID[0].id, title, "section line"),), height=22.0)


def _cells(fields: Sequence[Field], contents: Sequence[Operand], start: int = 0) -> Iterator[Cell]:
    """What stands in one row of a table, from a column of the grid on."""
    at = start
    for field, content in zip(fields, contents, strict=True):
        shown = float(content) if isinstance(content, int) else content
        yield Cell(_GRID[at].id, shown, field.style, _GRID[at + field.width - 1].id, pattern=field.pattern)
        at += field.width


def _heads(fields: Sequence[Field], start: int = 0) -> Iterator[Cell]:
    return _cells([Field(one.width, "", "head 9pt") for one in fields], [one.heading for one in fields], start)


def _key_figures(year: Year, money: dict[str, str]) -> Iterator[Row]:
    """What the year comes to."""
    fields = (
        Field(3, "项目数", "large_count"),
        *(Field(5, overview.HEADINGS[column], "large_money", pattern) for column, pattern in money.items()),
        Field(3, overview.HEADINGS["rate"], "large_percent"),
        Field(4, "平均得分\n（已评定项目）", "large_score"),
        Field(4, "加权平均得分\n（按预算数）", "large_score"),
    )
    figures = [
        count_numbers(down_projects("seq", len(year.projects))),
        *(cell("sums", column, PROJECTS) for column in (*money, "rate")),
        *(cell(row, "total", PROJECTS) for row in (AVERAGE, WEIGHTED)),
    ]
    yield Row(height=4.0)
    yield Row(tuple(_heads(fields)), height=30.0)
    yield Row(tuple(_cells(fields, figures)), "figures", 32.0)


def _grades(labels: Sequence[str], count: int) -> Iterator[Row]:
    """How many projects of each grade."""
    yield _section("等级分布")
    for start in range(0, len(labels), _GRADES_A_LINE):
        part = labels[start : start + _GRADES_A_LINE]
        fields = [Field(3, "等级", "label 9pt"), *(Field(3, label, "count") for label in part)]
        counts = [count_of(down_projects("grade", count), label) for label in part]
        shares = [steady(found / count, SHARE_PLACES) for found in counts]
        yield Row(tuple(_heads(fields)), height=18.0)
        yield Row(tuple(_cells(fields, ["项目数", *counts])), f"grades.{start}", 18.0)
        yield Row(tuple(_cells([one._replace(pattern="percent") for one in fields], ["占比", *shares])), "", 18.0)


def _ranking(
    name: str, fields: Sequence[Field], spans: Sequence[Span], keys: Span, nothing: str, height: float, *, largest: bool
) -> Iterator[Row]:
    """The first of a table by the whole numbers of ``keys``; the second field says when there is none at all."""
    yield Row(tuple(_heads(fields)), height=30.0 if any("\n" in field.heading for field in fields) else 20.0)
    for rank in range(1, _RANKED + 1):
        row = f"{name}.{rank}"
        at = cell(row, _PLACE.id)
        shown: list[Operand] = [there(span).bind({AT: at}) for span in spans]
        if rank == 1:
            shown[0] = when(at > 0, shown[0], nothing)
        cells = _cells(fields, [when(at > 0, rank, ""), *shown])
        yield Row((*cells, Cell(_PLACE.id, place_of(keys, rank, largest=largest), "plain")), row, height)


def _worst(year: Year, money: str) -> Iterator[Row]:
    """The projects with the lowest totals."""
    yield _section("得分最低的五个项目")
    fields = (
        Field(2, "名次", "count 9pt"),
        Field(9, "项目名称", "small"),
        Field(4, overview.HEADINGS["full_year"], "money 9pt", money),
        Field(3, overview.HEADINGS["rate"], "percent 9pt"),
        Field(2, overview.HEADINGS["total"], "score 9pt"),
        Field(2, overview.HEADINGS["grade"], "centre 9pt"),
        Field(2, Severity.WARNING.value, "count 9pt"),
    )
    columns = (overview.SHORT, "full_year", "rate", "total", "grade", Severity.WARNING.name)
    spans = [down_projects(column, len(year.projects)) for column in columns]
    keys = down_projects(overview.KEY, len(year.projects))
    yield from _ranking("worst", fields, spans, keys, "没有低于100分的已评定项目", 27.0, largest=False)


def _losses(year: Year) -> Iterator[Row]:
    """The indicators that lost most points, and why."""
    yield _section("失分最多的五项指标")
    fields = (
        Field(2, "名次", "count 9pt"),
        Field(5, "项目名称", "small"),
        Field(4, "指标", "small"),
        Field(3, indicators.HEADINGS["target"], "centre 9pt"),
        Field(3, indicators.HEADINGS["actual"], "centre 9pt"),
        Field(2, indicators.HEADINGS["lost"], "lost 9pt"),
        Field(5, "原因", "small"),
    )
    columns = (indicators.SHORT_NAME, indicators.SHORT, indicators.PROMISED, indicators.DONE, "lost", indicators.WHY)
    spans = [down_rows(column, year.rows) for column in columns]
    yield from _ranking(
        "loss", fields, spans, down_rows(indicators.KEY, year.rows), "没有失分的指标", 45.0, largest=True
    )


def _open_problems(year: Year) -> Iterator[Row]:
    """How many problems are open, of how many projects, and which are the most frequent."""
    yield _section("待核实的问题")
    problems = year.problems
    left = (Field(3, "级别", "label 9pt"), Field(2, "条数", "count 9pt"), Field(3, "涉及项目", "count 9pt"))
    right = (Field(13, "出现最多的错误和警告", "small"), Field(3, "条数", "count 9pt"))
    told = _most_frequent(problems)
    yield Row((*_heads(left), *_heads(right, 8)), height=18.0)
    for severity, (title, number) in zip(Severity, told, strict=True):
        of_projects = count_where(down_projects(severity.name, len(year.projects)), ">0")
        counts = (_count("severity", severity.value, problems), of_projects)
        row = (*_cells(left, [severity.value, *counts]), *_cells(right, [title, number], 8))
        yield Row(row, f"problems.{severity.name}", 18.0)


def _count(column: str, word: str, problems: Sequence[Problem]) -> Expression:
    return count_of(down_problems(column, len(problems)), word) if problems else lift(0)


def _most_frequent(problems: Sequence[Problem]) -> list[tuple[str, Operand]]:
    """The titles of the most frequent errors and warnings, and how many there are; blank where there are fewer."""
    counted = Counter(one.code for one in problems if one.severity is not Severity.INFO)
    most = sorted(counted, key=lambda code: (-counted[code], code))[:_KINDS_TOLD]
    found: list[tuple[str, Operand]] = [(ENTRIES[code].title, _count("code", code, problems)) for code in most]
    return found + [("", "")] * (_KINDS_TOLD - len(found))
