"""分析: by unit, by level, kind and reason where points were lost, and the spread of totals; all live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial, reduce
from operator import mul
from typing import NamedTuple

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    count_cells,
    is_number,
    rounded,
    same_text,
    steady,
    sum_product,
    total,
    when,
)
from selfeval.domain.formulas import BUDGET, EXECUTED
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.rounding import MONEY_PLACES, PLACES, SHARE_PLACES
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE
from selfeval.domain.scored_case import PROJECTS_FILE, Total
from selfeval.sheets.colours import Colour
from selfeval.sheets.model import Sheet
from selfeval.sheets.rows import banner
from selfeval.workbooks.conventions import DASH, unit_label
from selfeval.workbooks.summary import indicators, overview
from selfeval.workbooks.summary.indicators import ListedRow, down_rows
from selfeval.workbooks.summary.overview import down_projects, rate_where
from selfeval.workbooks.summary.tables import ANALYSIS, NAMES, Figure, FigureTable, columns

COUNT, LOST = Name("count"), Name("lost")
_SCORED, _LOSING, _POINTS, _SCORE, _RATE, _SHARE, _AVERAGE, _MET = map(
    Name, ("scored", "losing", "points", "score", "rate", "share", "average", "met")
)
_NOTE = "失分 = 分值 − 得分，只计已评分的指标；待补充的不算失分。各表按失分从多到少排列，随「指标」「汇总」两表重算。"
_BANDS: tuple[tuple[str, int, int], ...] = (
    ("60 以下", 0, 60),
    ("60–80", 60, 80),
    ("80–90", 80, 90),
    ("90–95", 90, 95),
    ("95–100", 95, 100),
    ("100", 100, 1_000),
)
"""Name, lowest total and the total from which the next band begins."""


class Analysis(NamedTuple):
    """The tables of 分析."""

    units: FigureTable
    levels: FigureTable
    kinds: FigureTable
    reasons: FigureTable
    spread: FigureTable


def analyse(projects: Sequence[Total], rows: Sequence[ListedRow], rulebook: Rulebook) -> Analysis:
    """The tables of a year."""
    return Analysis(
        _units(projects, len(rows), rulebook),
        _losses("level", "按指标级次", ("level1", "level2"), rows),
        _losses("kind", "按指标类型", ("kind",), rows),
        _losses("category", "按偏差类别（只列有失分的）", ("category",), rows),
        _spread(len(projects)),
    )


def analysis_sheet(year: int, analysis: Analysis, mark: str) -> Sheet:
    """The sheet 分析."""
    width = columns(*analysis)
    top = banner(width, f"失分和分布（{year}年度）", "title", mark, 26), banner(width, _NOTE, "note")
    if not analysis.units.lines:  # no project at all
        return Sheet(ANALYSIS, width, top)
    lines = (row for table in analysis for row in table.rows())
    lost = (analysis.levels, analysis.kinds, analysis.reasons)
    areas = (table.all(LOST) for table in lost if table.lines)
    colours = tuple(Colour(area, area.first > 0, "lost") for area in areas)
    return Sheet(ANALYSIS, width, (top[0], top[1]._replace(frozen=True), *lines), colours=colours)


# below: not COUNTIF or SUMIF, which read a name such as ">5" or "*" as a condition


def _units(projects: Sequence[Total], rows: int, rulebook: Rulebook) -> FigureTable:
    """Projects, money, rate, average total, points lost, and how many of each grade, by unit."""
    names = dict.fromkeys(unit_label(project.unit_code, project.unit_name) for project in projects)
    figures = tuple(_of_unit(len(projects), rows, rulebook))
    return FigureTable("unit", "按单位", ("单位",), figures, {(name,): {} for name in names}, len(names))


def _of_unit(count: int, rows: int, rulebook: Rulebook) -> Iterator[Figure]:
    here, theirs = same_text(down_projects("unit", count), NAMES[0]), same_text(down_rows("unit", rows), NAMES[0])
    of_all = partial(down_projects, count=count)
    budget, executed, totals, grades = map(of_all, ("full_year", "executed", "total", "grade"))
    all_known = sum_product(here * is_number(budget) * is_number(executed)).equals(COUNT)
    final = sum_product(here * is_number(totals))
    average = rounded(sum_product(here * 1, totals) / final, PLACES)
    head = {column.id: column.heading for column in overview.COLUMNS}
    yield Figure(COUNT, "项目数", sum_product(here * 1))
    yield Figure(BUDGET, head["full_year"], steady(sum_product(here * 1, budget), MONEY_PLACES), "money")
    yield Figure(EXECUTED, head["executed"], steady(sum_product(here * 1, executed), MONEY_PLACES), "money")
    yield Figure(_RATE, head["rate"], rate_where(all_known), "percent")
    yield Figure(_AVERAGE, "平均总分\n（已定的）", when(final.equals(0), PENDING, average), "score")
    yield Figure(LOST, "失分合计", steady(sum_product(theirs * 1, down_rows("lost", rows)), PLACES), "lost")
    for at, label in enumerate((*(grade.label for grade in rulebook.grades), PENDING_GRADE)):
        yield Figure(Name(f"grade.{at}"), f"{label}\n（个）", sum_product(here * grades.equals(label)))


def _losses(table: str, title: str, by: Sequence[str], rows: Sequence[ListedRow]) -> FigureTable:
    """Where points were lost, by the texts of columns (one or two), the most first; not where all are blank."""
    lost: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = tuple(row.texts[column] for column in by)
        if any(key):
            lost[key] = lost.get(key, 0) + row.lost
    ordered = sorted(lost, key=lambda key: -lost[key])
    headings = tuple(column.heading for name in by for column in indicators.COLUMNS if column.id == name)
    drawn = sum(amount > 0 for amount in lost.values())
    return FigureTable(table, title, headings, _of_losses(by, len(rows)), {key: {} for key in ordered}, drawn)


def _of_losses(by: Sequence[str], count: int) -> tuple[Figure, ...]:
    mine: Expression = reduce(mul, map(same_text, (down_rows(column, count) for column in by), NAMES))
    points, score, lost = (down_rows(column, count) for column in ("points", "score", "lost"))
    scored = is_number(score)
    return (
        Figure(COUNT, "指标数", sum_product(mine * 1)),
        Figure(_SCORED, "已评分", sum_product(mine * scored)),
        Figure(_LOSING, "失分的\n指标数", sum_product(mine * is_number(lost) * lost.differs(0))),
        Figure(_POINTS, "分值\n（已评分）", steady(sum_product(mine * scored, points), PLACES), "score"),
        Figure(_SCORE, "得分", steady(sum_product(mine * 1, score), PLACES), "score"),
        Figure(LOST, "失分", steady(_POINTS - _SCORE, PLACES), "lost"),
        Figure(_RATE, "失分率", _share(LOST, _POINTS), "percent"),
        Figure(_SHARE, "占全部\n失分", _share(LOST, steady(total(lost), PLACES)), "percent"),
    )


def _spread(count: int) -> FigureTable:
    """How many projects reached which band of totals."""
    totals = down_projects("total", count)
    final = is_number(totals)
    lines: dict[tuple[str, ...], dict[Name, Expression]] = {
        (name,): {_MET: final * (totals >= lowest) * (totals < end)} for name, lowest, end in _BANDS
    }
    lines[(PENDING_GRADE,)] = {_MET: 1 - final}
    figures = (
        Figure(COUNT, "项目数", sum_product(_MET)),
        Figure(_SHARE, "占比", _share(COUNT, count_cells(down_projects("seq", count))), "percent"),
    )
    head = (PROJECTS_FILE["total"].header,)
    drawn = len(lines) if count else 0
    return FigureTable("spread", "总分分布（含下限，不含上限）", head, figures, lines, drawn, "centre")


def _share(part: Expression, whole: Expression) -> Expression:
    """One amount as a share of another; a dash where that is nothing."""
    return when(whole > 0, steady(part / whole, SHARE_PLACES), DASH)
