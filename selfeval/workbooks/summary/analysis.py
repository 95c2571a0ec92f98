"""分析: by unit, by level, kind and reason where points were lost, and the spread of totals; all live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial, reduce
from itertools import pairwise
from operator import mul
from typing import NamedTuple

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    all_of,
    count_cells,
    count_numbers,
    count_where,
    is_number,
    rounded,
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
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner
from selfeval.workbooks.conventions import DASH
from selfeval.workbooks.summary import indicators, overview
from selfeval.workbooks.summary.indicators import COUNTED, WORTH, down_rows
from selfeval.workbooks.summary.overview import FINAL, KNOWN, down_projects, money_pattern, rate_where
from selfeval.workbooks.summary.tables import ANALYSIS, NAMES, Figure, FigureTable, columns
from selfeval.workbooks.summary.tallies import GROUPED, Tallies
from selfeval.workbooks.summary.units import unit_names

COUNT, LOST = Name("count"), Name("lost")
_SCORED, _LOSING, _POINTS, _SCORE, _RATE, _SHARE, _AVERAGE = map(
    Name, ("scored", "losing", "points", "score", "rate", "share", "average")
)
_NOTE = "失分 = 分值 − 得分，只计已评分的指标。各表按评分时的失分从多到少排列，数字随“指标”“汇总”两表重算。"
_ENDS = (60, 80, 90, 95, 100)
_BANDS: dict[str, tuple[str, ...]] = {
    f"{_ENDS[0]}分以下": (f"<{_ENDS[0]}",),
    **{f"{least}（含）—{end}分": (f">={least}", f"<{end}") for least, end in pairwise(_ENDS)},
    f"{_ENDS[-1]}分及以上": (f">={_ENDS[-1]}",),
}
"""What each band of totals is called, and what a total in it meets."""


class Analysis(NamedTuple):
    """The tables of 分析."""

    units: FigureTable
    spread: FigureTable
    levels: FigureTable
    kinds: FigureTable
    reasons: FigureTable


def analyse(projects: Sequence[Total], rows: int, tallies: Tallies, rulebook: Rulebook) -> Analysis:
    """The tables of a year with so many rows of indicators."""
    titles = ("level", "按指标级次"), ("kind", "按指标类型"), ("category", "按偏差类别（只列有失分的）")
    levels, kinds, reasons = (
        _losses(name, title, by, rows, tallies) for (name, title), by in zip(titles, GROUPED, strict=True)
    )
    return Analysis(_units(projects, rows, rulebook), _spread(len(projects)), levels, kinds, reasons)


def analysis_sheet(year: int, analysis: Analysis, mark: str) -> Sheet:
    """The sheet 分析."""
    width = columns(*analysis)
    top = banner(width, f"失分情况分析（{year}年度）", "title", mark, 26), banner(width, _NOTE, "note")
    if not analysis.units.lines:  # no project at all
        return Sheet(ANALYSIS, width, top)
    lines = (row for table in analysis for row in table.rows())
    lost = (analysis.levels, analysis.kinds, analysis.reasons)
    areas = (table.all(LOST) for table in lost if table.lines)
    colours = tuple(Colour(area, all_of(is_number(area.first), area.first > 0), "lost") for area in areas)
    rows = top[0], top[1]._replace(frozen=True), *lines
    return Sheet(ANALYSIS, width, rows, _PAGE, colours=colours, protection="entries")


_PAGE = replace(ACROSS, tall=0)

# below: no COUNTIF or SUMIF by name, which read a name such as ">5" or "*" as a condition


def _units(projects: Sequence[Total], rows: int, rulebook: Rulebook) -> FigureTable:
    """Projects, money, rate, average total, points lost, and how many of each grade, by unit."""
    names = {label.lower(): label for label in unit_names(projects).values()}
    figures = tuple(_of_unit(projects, rows, rulebook))
    return FigureTable("unit", "按单位", ("单位",), figures, {(name,): {} for name in names.values()}, len(names))


def _of_unit(projects: Sequence[Total], rows: int, rulebook: Rulebook) -> Iterator[Figure]:
    of_all = partial(down_projects, count=len(projects))
    here, theirs = of_all("unit").equals(NAMES[0]), down_rows("unit", rows).equals(NAMES[0])
    known = sum_product(here * 1, of_all(KNOWN)).equals(COUNT)
    final = sum_product(here * 1, of_all(FINAL))
    average = rounded(sum_product(here * of_all(FINAL), of_all("total")) / final, PLACES)
    money = {column: money_pattern(getattr(one, column) for one in projects) for column in ("full_year", "executed")}
    yield Figure(COUNT, "项目数", sum_product(here * 1))
    for name, (column, pattern) in zip((BUDGET, EXECUTED), money.items(), strict=True):
        amount = steady(sum_product(here * 1, of_all(column)), MONEY_PLACES)
        yield Figure(name, overview.HEADINGS[column], amount, "money", pattern)
    yield Figure(_RATE, overview.HEADINGS["rate"], rate_where(known), "percent")
    yield Figure(_AVERAGE, "平均得分\n（已评定\n项目）", when(final.equals(0), PENDING, average), "score")
    yield Figure(LOST, "失分合计", steady(sum_product(theirs * 1, down_rows("lost", rows)), PLACES), "lost")
    for at, label in enumerate((*(grade.label for grade in rulebook.grades), PENDING_GRADE)):
        yield Figure(Name(f"grade.{at}"), f"{label}\n（个）", sum_product(here * of_all("grade").equals(label)))


def _losses(name: str, title: str, by: tuple[str, ...], rows: int, tallies: Tallies) -> FigureTable:
    """Where points were lost, by the texts of columns (one or two), the most first; not where all are blank."""
    groups = sorted(tallies.lost[by].values(), key=lambda group: -group[1])
    headings = tuple(indicators.HEADINGS[column] for column in by)
    drawn = sum(lost > 0 for _, lost in groups)
    return FigureTable(name, title, headings, _of_losses(by, rows), {texts: {} for texts, _ in groups}, drawn)


def _of_losses(by: Sequence[str], count: int) -> tuple[Figure, ...]:
    mine: Expression = reduce(mul, (down_rows(column, count).equals(at) for column, at in zip(by, NAMES, strict=False)))
    score, lost, scored, worth = (down_rows(column, count) for column in ("score", "lost", COUNTED, WORTH))
    return (
        Figure(COUNT, "指标数", sum_product(mine * 1)),
        Figure(_SCORED, "已评分", sum_product(mine * 1, scored)),
        Figure(_LOSING, "失分的\n指标数", sum_product(mine * (lost > 0), scored)),
        Figure(_POINTS, "分值\n（已评分）", steady(sum_product(mine * 1, worth), PLACES), "sum"),
        Figure(_SCORE, "得分", steady(sum_product(mine * 1, score), PLACES), "sum"),
        Figure(LOST, "失分", steady(_POINTS - _SCORE, PLACES), "lost"),
        Figure(_RATE, "失分率", _share(LOST, _POINTS), "percent"),
        Figure(_SHARE, "占全部\n失分", _share(LOST, steady(total(lost), PLACES)), "percent"),
    )


def _spread(count: int) -> FigureTable:
    """How many projects reached which band of totals."""
    totals, met = down_projects("total", count), Name("met")
    lines: dict[tuple[str, ...], dict[Name, Expression]] = {
        (name,): {met: count_where(*(part for limit in limits for part in (totals, limit)))}
        for name, limits in _BANDS.items()
    }
    lines[(PENDING_GRADE,)] = {met: count_cells(totals) - count_numbers(totals)}
    figures = (
        Figure(COUNT, "项目数", met),
        Figure(_SHARE, "占比", _share(COUNT, count_cells(totals)), "percent"),
    )
    head = (PROJECTS_FILE["total"].header,)
    return FigureTable("spread", "总分分布", head, figures, lines, len(lines) if count else 0, "centre")


def _share(part: Expression, whole: Expression) -> Expression:
    """One amount as a share of another; a dash where that is nothing."""
    return when(whole > 0, steady(part / whole, SHARE_PLACES), DASH)
