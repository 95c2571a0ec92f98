"""图表: the spread of totals, where and why points were lost, and execution against score; native charts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from selfeval.domain.expression.tree import Span
from selfeval.domain.rounding import in_points
from selfeval.domain.scored_case import PROJECTS_FILE, Total
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner
from selfeval.sheets.themes.workbooks import BLUE, GRID, ORANGE, RED
from selfeval.workbooks.summary.analysis import COUNT, LOST, Analysis
from selfeval.workbooks.summary.overview import PROJECTS, row_of

_COLUMNS = tuple(Column(f"{at}", width=8.43) for at in range(16))
_WIDTHS = {"project": 24, "rate": None, "total": None}
_DATA = (Column("beside"), *(Column(name, PROJECTS_FILE[name].header, width) for name, width in _WIDTHS.items()))
"""The columns of the last chart's data, beside the printed area."""

_SPREAD, _LEVELS, _REASONS = "总分分布（项目数）", "失分最多的指标（二级指标）", "失分的偏差类别"
_POINTS = "执行率与总分（每点一个项目）"
_CORNERS = {_SPREAD: ("line.0", "0"), _LEVELS: ("line.0", "8"), _REASONS: ("line.17", "0"), _POINTS: ("line.17", "8")}
_LINES = 35
"""How many lines are printed; there may be more data."""

_MOST = 12
"""Bars of a chart: the tables are in order, so that the longest come first."""


def charts_sheet(year: int, projects: Sequence[Total], analysis: Analysis, mark: str) -> Sheet:
    """The sheet 图表."""
    # a text among the points would spoil the whole chart
    both = [at for at, project in enumerate(projects) if not math.isnan(project.rate) and project.total is not None]
    tables = (
        ("column", _SPREAD, analysis.spread.bars(COUNT, _MOST), BLUE, "count"),
        ("bar", _LEVELS, analysis.levels.bars(LOST, _MOST), RED, "score"),
        ("bar", _REASONS, analysis.reasons.bars(LOST, _MOST), ORANGE, "score"),
    )
    charts = [_bars(kind, title, bars, colour, pattern) for kind, title, bars, colour, pattern in tables if bars]
    charts += [_scatter([projects[at] for at in both])] if both else []
    rows = (
        banner(_COLUMNS, f"图表（{year}年度）", "title", mark, 26),
        banner(_COLUMNS, "数据在「分析」和「汇总」，图随数据变化；图是普通的 Excel 图表，可以改。", "note"),
        *_lines(projects, both, {chart.title for chart in charts}),
    )
    page = replace(ACROSS, tall=1, printed=(_COLUMNS[0].id, _COLUMNS[-1].id), until=f"line.{_LINES - 1}")
    return Sheet("图表", (*_COLUMNS, *_DATA) if both else _COLUMNS, rows, page, charts=tuple(charts))


def _lines(projects: Sequence[Total], both: Sequence[int], drawn: set[str]) -> Iterator[Row]:
    """The lines below the charts, with what says that one is missing, and the data of the last one beside them."""
    for line in range(max(_LINES, len(both) + 1)):
        name = f"line.{line}"
        missing = {title: at for title, (row, at) in _CORNERS.items() if row == name and title not in drawn}
        cells = [Cell(at, f"{title}：没有可画的数据", "note line") for title, at in missing.items()]
        if both and line == 0:
            cells += [Cell(column.id, column.heading, "head") for column in _DATA[1:]]
        elif 0 < line <= len(both):
            at = both[line - 1]
            cells.append(Cell("project", projects[at].project, "centre"))
            cells.append(Cell("rate", cell(row_of(at), "rate", PROJECTS), "percent"))
            cells.append(Cell("total", cell(row_of(at), "total", PROJECTS), "score"))
        yield Row(tuple(cells), name, None)


def _bars(kind: str, title: str, bars: tuple[Span, Span], colour: str, pattern: str) -> Chart:
    plain = Axis(pattern=pattern, least=0, grid=GRID)
    series = Series(title, *bars, colour, labels=pattern)
    if kind == "column":
        return _chart("column", series, Axis(), plain)
    return _chart("bar", series, plain, Axis(reverse=True))  # the first line of the table on top


def _scatter(both: Sequence[Total]) -> Chart:
    """One point a project that has both a rate and a total."""
    least_rate = int(min(project.rate for project in both) * 10) / 10
    least_total = int(in_points(min(project.total or 0 for project in both)) / 10) * 10
    rates, totals = (down(column, "line.1", f"line.{len(both)}") for column in ("rate", "total"))
    series = Series(_POINTS, rates, totals, BLUE, marker="circle", marker_size=7, edge="#FFFFFF")
    across = Axis("执行率", "axis_percent", least_rate, grid=GRID)
    return _chart("scatter", series, across, Axis("总分", "count", least_total, 100, GRID))


def _chart(kind: Literal["column", "bar", "scatter"], series: Series, across: Axis, up: Axis) -> Chart:
    corner = cell(*_CORNERS[series.name])
    return Chart(kind, corner, 500, 310, (series,), series.name, across, up, legend=None, stretched=False)
