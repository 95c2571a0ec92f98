"""图表: the spread of totals, where and why points were lost, and execution against score; native charts."""

from __future__ import annotations

from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from selfeval.domain.scored import Scored
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.live.formulas import at
from selfeval.workbooks.live.rounded import rounded
from selfeval.workbooks.summary.analysis import Analysis
from selfeval.workbooks.summary.places import CHARTS_SHEET, PROJECTS_SHEET, Area, Listing

_COLUMNS, _WIDTH = 16, 8.43
_SIZE = {"width": 500, "height": 310}
_TOP, _STEP, _RIGHT = 2, 17, 8
_DATA = 17
"""The column from which the data of the last chart stand, beside the printed area."""

_BLUE, _ORANGE, _RED = "#1F4E79", "#C55A11", "#C00000"
_MOST = 12
"""Bars of a chart: the tables are in order, so that the longest come first."""


def write_charts(book: Book, scored: Scored, projects: Listing, analysis: Analysis, mark: str) -> None:
    """Write the sheet 图表."""
    pen = book.sheet(CHARTS_SHEET, landscape=True)
    pen.columns([_WIDTH] * _COLUMNS)
    pen.banner(0, f"图表（{scored.year}年度）", "title", mark, 26)
    pen.banner(1, "数据在「分析」和「汇总」，图随数据变化；图是普通的 Excel 图表，可以改。", "note")
    _bars(pen, 0, 0, "总分分布（项目数）", "column", analysis.spread, _BLUE, "0")
    _bars(pen, 0, 1, "失分最多的指标（二级指标）", "bar", _first(analysis.levels), _RED, "0.00")
    _bars(pen, 1, 0, "失分的偏差类别", "bar", _first(analysis.reasons), _ORANGE, "0.00")
    _scatter(pen, scored, projects)
    pen.sheet.print_area(0, 0, _TOP + 2 * _STEP, _COLUMNS - 1)
    pen.sheet.fit_to_pages(1, 1)


def _first(areas: tuple[Area, Area] | None) -> tuple[Area, Area] | None:
    """The first lines of a table."""
    if areas is None:
        return None
    cut = [[*area[:3], min(int(str(area[3])), int(str(area[1])) + _MOST - 1), area[4]] for area in areas]
    return cut[0], cut[1]


def _place(pen: Pen, down: int, across: int, chart: Any) -> None:  # noqa: ANN401 (XlsxWriter has no types)
    chart.set_size(_SIZE)
    pen.sheet.insert_chart(_TOP + down * _STEP, across * _RIGHT, chart, {"object_position": 2})


def _titled(chart: Any, title: str) -> None:  # noqa: ANN401
    chart.set_title({"name": title, "overlay": False, "name_font": {"size": 12}})
    chart.set_legend({"none": True})


def _nothing(pen: Pen, down: int, across: int, title: str) -> None:
    pen.text(_TOP + down * _STEP, across * _RIGHT, f"{title}：没有可画的数据", "note", text_wrap=False)


def _bars(
    pen: Pen, down: int, across: int, title: str, kind: str, areas: tuple[Area, Area] | None, colour: str, form: str
) -> None:
    if areas is None:
        _nothing(pen, down, across, title)
        return
    chart = pen.book.chart(kind)
    chart.add_series(
        {
            "name": title,
            "categories": areas[0],
            "values": areas[1],
            "fill": {"color": colour},
            "gap": 60,
            "data_labels": {"value": True, "num_format": form},
        }
    )
    _titled(chart, title)
    plain = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}, "num_format": form, "min": 0}
    if kind == "bar":  # XlsxWriter names the axis of names x for bars too; the first line of the table on top
        chart.set_x_axis(plain)
        chart.set_y_axis({"reverse": True})
    else:
        chart.set_y_axis(plain)
    _place(pen, down, across, chart)


def _scatter(pen: Pen, scored: Scored, projects: Listing) -> None:
    """One point a project that has both a rate and a total: a text among them would spoil the whole chart."""
    title = "执行率与总分（每点一个项目）"
    both = scored.projects[scored.projects["rate"].notna() & scored.projects["total"].notna()]
    if both.empty:
        _nothing(pen, 1, 1, title)
        return
    pen.sheet.set_column(_DATA, _DATA, 24)
    for col, heading in enumerate(("项目编码", "执行率", "总分"), start=_DATA):
        pen.text(_TOP, col, heading, "head")
    for step, (position, project, rate, total) in enumerate(both[["project", "rate", "total"]].itertuples(), start=1):
        row, source = _TOP + step, projects.first + int(str(position))
        pen.text(row, _DATA, str(project), "centre")
        for col, column, value, style in (
            (_DATA + 1, "rate", rounded(float(str(rate))).value, "percent"),
            (_DATA + 2, "total", int(str(total)) / 100, "score"),
        ):
            cell = xl_rowcol_to_cell(source, projects.at(column))
            pen.live(row, col, f"={at(PROJECTS_SHEET, cell)}", value, style)
    _add_points(pen, title, both)


def _add_points(pen: Pen, title: str, both: pd.DataFrame) -> None:
    first, last = _TOP + 1, _TOP + len(both)
    least_rate, least_total = int(both["rate"].min() * 10) / 10, int(both["total"].min()) // 1000 * 10
    chart = pen.book.chart("scatter")
    chart.add_series(
        {
            "name": title,
            "categories": [CHARTS_SHEET, first, _DATA + 1, last, _DATA + 1],
            "values": [CHARTS_SHEET, first, _DATA + 2, last, _DATA + 2],
            "marker": {"type": "circle", "size": 7, "fill": {"color": _BLUE}, "border": {"color": "#FFFFFF"}},
        }
    )
    _titled(chart, title)
    grid = {"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}}
    chart.set_x_axis({"name": "执行率", "num_format": "0%", "min": least_rate, **grid})
    chart.set_y_axis({"name": "总分", "num_format": "0", "min": least_total, "max": 100, **grid})
    _place(pen, 1, 1, chart)
