"""图表: the spread of totals, where and why points were lost, and execution against score; native charts.

One dark colour a chart, with the numbers beside the bars: they say the same in black and white.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from selfeval.domain.expression.tree import NOT_AVAILABLE, Name, Span, all_of, is_number, when
from selfeval.domain.scored_case import Total
from selfeval.sheets.charts import Axis, Chart, Series
from selfeval.sheets.model import Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import ACROSS
from selfeval.sheets.rows import banner
from selfeval.sheets.themes.workbooks import BLUE, GRID, ORANGE, RED
from selfeval.workbooks.summary.analysis import COUNT, LOST, Analysis
from selfeval.workbooks.summary.indicators import NOT_CHOSEN, OF_EXECUTION
from selfeval.workbooks.summary.overview import PROJECTS, row_of
from selfeval.workbooks.summary.tables import FigureTable

_COLUMNS = tuple(Column(f"{at}", width=8.43) for at in range(16))
_DATA = tuple(Column(name, hidden=True, width=9) for name in ("rate", "total"))
"""The columns of the last chart's data, out of sight: a text among its points would spoil the chart."""

_SPREAD, _LEVELS, _CAUSES, _POINTS = "spread", "levels", "causes", "points"
_CORNERS = {_SPREAD: ("line.0", "0"), _LEVELS: ("line.0", "8"), _CAUSES: ("line.17", "0"), _POINTS: ("line.17", "8")}
_LINES = 35
"""How many lines are printed; there may be more data."""

_MOST = 12
"""Bars of a chart: the tables are in order, so that the longest come first."""

_TOLD = 3
_RATE, _TOTAL = Name("rate"), Name("total")
_BOTH = all_of(is_number(_RATE), is_number(_TOTAL))
_DRAWN = {"rate": when(_BOTH, _RATE, 0), "total": when(_BOTH, _TOTAL, NOT_AVAILABLE)}


def charts_sheet(year: int, projects: Sequence[Total], analysis: Analysis, mark: str) -> Sheet:
    """The sheet 图表."""
    chosen = any(names[-1] not in {*NOT_CHOSEN, OF_EXECUTION} for names in analysis.reasons.lines)
    causes = analysis.reasons if chosen else analysis.kinds
    title = "按偏差类别的失分（分）" if chosen else "按指标类型的失分（分）"
    made = (
        _bars(_SPREAD, "总分分布（项目数）", analysis.spread, BLUE),
        _bars(_LEVELS, "按二级指标的失分（分）", analysis.levels, RED),
        _bars(_CAUSES, title, causes, ORANGE),
        _scatter(len(projects)),
    )
    charts = tuple(chart for chart in made if chart is not None)
    rows = (
        banner(_COLUMNS, f"图表（{year}年度）", "title", mark, 26),
        banner(_COLUMNS, "图中数字见“分析”“汇总”两表，随其变化。", "note"),
        *_lines(len(projects), {(chart.corner) for chart in charts}),
    )
    page = replace(ACROSS, tall=1, printed=(_COLUMNS[0].id, _COLUMNS[-1].id), until=f"line.{_LINES - 1}")
    return Sheet("图表", (*_COLUMNS, *_DATA), rows, page, charts=charts)


def _lines(projects: int, drawn: set[Name]) -> Iterator[Row]:
    """The lines below the charts, with what says that one is missing, and the data of the last one, hidden."""
    missing = {corner for corner in _CORNERS.values() if cell(*corner) not in drawn}
    for line in range(max(_LINES, projects)):
        name = f"line.{line}"
        cells = [Cell(at, "暂无数据", "note line") for row, at in missing if row == name]
        if line < projects:
            both = {one: cell(row_of(line), str(one.key), PROJECTS) for one in (_RATE, _TOTAL)}
            cells += [Cell(one, text.of(both), "plain") for one, text in _DRAWN.items()]
        yield Row(tuple(cells), name, None)


def _bars(place: str, title: str, table: FigureTable, colour: str) -> Chart | None:
    """Projects of a band, or points lost: the first line of the table on top."""
    of_projects = place == _SPREAD
    bars = table.bars(COUNT if of_projects else LOST, _MOST)
    if bars is None:
        return None
    first = "、".join("—".join(dict.fromkeys(names)) for names in list(table.lines)[: min(_TOLD, table.drawn)])
    most = "" if of_projects else f"评分时失分最多的依次是：{first}。"
    said = f"条形图：{title}。{most}数字见“分析”表“{table.title}”。"
    pattern = "count" if of_projects else "score"
    series = Series(title, *bars, colour, labels=pattern)
    return _chart(place, "bar", series, Axis(pattern=pattern, least=0, hidden=True), Axis(reverse=True), said)


def _scatter(projects: int) -> Chart | None:
    """One point a project that has both a rate and a total."""
    if not projects:
        return None
    title = "预算执行率与总分（每点一个项目）"
    points: list[Span] = [down(column.id, "line.0", f"line.{projects - 1}") for column in _DATA]
    series = Series(title, points[0], points[1], BLUE, marker="circle", marker_size=7, edge="#FFFFFF")
    said = f"散点图：{title}。横轴是预算执行率，纵轴是自评总分；右上方的项目执行率和得分都高。数字见“汇总”表。"
    return _chart(
        _POINTS,
        "scatter",
        series,
        Axis("预算执行率", "axis_percent", grid=GRID),
        Axis("总分", "count", grid=GRID),
        said,
    )


def _chart(place: str, kind: Literal["bar", "scatter"], series: Series, across: Axis, up: Axis, said: str) -> Chart:
    return Chart(
        kind, cell(*_CORNERS[place]), 500, 310, (series,), series.name, across, up,
        legend=None, hidden=True, stretched=False, description=said,
    )  # fmt: skip
