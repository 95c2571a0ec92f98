"""自评表: the official 《项目支出绩效自评表》 of 财预〔2020〕10号 on A4, with the fund rows used in Hebei.

Columns A to I. Scores, execution rate, total and grade come live from 评分依据.
"""

from __future__ import annotations

import math

from selfeval.domain.scored import PENDING_GRADE, State
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import clean
from selfeval.workbooks.form.pages import WIDTHS, needed_height, page_starts, physical_heights
from selfeval.workbooks.form.rows import actual_live, level1_label, reason_text, runs, segments
from selfeval.workbooks.live.formulas import DASH, FORM, NONE, PENDING
from selfeval.workbooks.live.places import GroundsPlaces
from selfeval.workbooks.live.rounded import rounded
from selfeval.workbooks.live.rows import live_row
from selfeval.workbooks.material import Material, Row

TITLE = "项目支出绩效自评表"
LONGEST_SHOWN = 3_000
"""Characters that a cell of a printed form shows; a longer text says that the rest stands in the form sent in."""

LONGEST_NAME = 400
"""The same of the names at the top, which stand in one row."""

_LAST = len(WIDTHS) - 1
_FUNDS_TOP = 4
_FUND_ROWS = ("年度资金总额", "其中：财政资金", "　　本级安排", "　　其中：上级补助", "其他资金")
_GOAL_TOP = _FUNDS_TOP + 1 + len(_FUND_ROWS)
_ROW = 20.0
_TOTAL, _GAP, _SIGN = 34.0, 8.0, 26.0
_TAIL = _TOTAL + _GAP + 2 * _SIGN
"""Heights of the row of the total (two lines: a range takes both), and of the block to be signed below it."""

_HEADINGS = ("年度指标值\n（A）", "实际完成值\n（B）", "分值", "得分", "偏差原因分析及改进措施")


def write_form(book: Book, material: Material, places: GroundsPlaces) -> None:
    """Write the sheet 自评表."""
    form = _Form(book.sheet(FORM, landscape=False), material, places)
    form.write()


class _Form:
    """Writes the form from top to bottom."""

    def __init__(self, pen: Pen, material: Material, places: GroundsPlaces) -> None:
        self._pen = pen
        self._material = material
        self._places = places

    def write(self) -> None:
        self._pen.columns(WIDTHS)
        self._write_head()
        self._write_funds()
        head = self._write_goal()
        last = self._write_indicators(head)
        end = self._write_total(last + 1)
        end = self._write_signatures(end + 1)
        self._pen.sheet.repeat_rows(head)
        self._pen.sheet.print_area(0, 0, end, _LAST)

    def _write_head(self) -> None:
        material, pen = self._material, self._pen
        self._pen.height(0, 36)
        pen.spanned(0, 0, 0, _LAST, TITLE, "form_title")
        self._pen.height(1, 22)
        self._write_year()
        name, department, unit = (
            clean(text, LONGEST_NAME) for text in (material.name, material.department, material.unit_name)
        )
        names = [(name, 1, _LAST, 10.0)]
        self._pen.height(2, max(_ROW, needed_height(names)))
        pen.text(2, 0, "项目名称", "label")
        pen.spanned(2, 1, 2, _LAST, name, "form_text")
        units = [(department, 1, 3, 10.0), (unit, 5, _LAST, 10.0)]
        self._pen.height(3, max(28, needed_height(units)))
        pen.text(3, 0, "主管部门", "label")
        pen.spanned(3, 1, 3, 3, department, "form_text")
        pen.text(3, 4, "实施单位", "label")
        pen.spanned(3, 5, 3, _LAST, unit, "form_text")

    def _write_year(self) -> None:
        """（2024年度）, and beside it what the figures are marked as."""
        material, pen = self._material, self._pen
        year = f"（{material.year}年度）"
        pen.spanned(1, 0, 1, _LAST, year, "subtitle")
        if material.mark:
            mark = clean(f"　【{material.mark}】", 200)
            looks = pen.book.style("subtitle"), pen.book.style("mark")
            pen.sheet.write_rich_string(1, 0, looks[0], year, looks[1], mark, looks[0])
            pen.sheet.set_header("&R" + mark.strip().replace("&", "&&")[:100])

    def _write_funds(self) -> None:
        pen, top = self._pen, _FUNDS_TOP
        pen.spanned(top, 0, top + len(_FUND_ROWS), 0, "项目资金\n（万元）", "label")
        self._pen.height(top, 30)
        pen.spanned(top, 1, top, 2, "", "label")
        headings = ("年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", "分值", "执行率\n（B/A）", "得分")
        for col, heading in enumerate(headings, start=3):
            pen.text(top, col, heading, "label")
        for step, label in enumerate(_FUND_ROWS, start=1):
            self._pen.height(top + step, _ROW)
            pen.spanned(top + step, 1, top + step, 2, label, "text")
            self._write_fund_row(top + step, step - 1)

    def _write_fund_row(self, row: int, kind: int) -> None:
        """The total row is scored; of the rows below only what is known is filled in."""
        funds, places, pen = self._material.funds, self._places, self._pen
        alone = math.isnan(funds.other) or funds.other == 0
        fiscal = funds.initial if math.isnan(funds.fiscal) and alone else funds.fiscal
        initial = {0: funds.initial, 1: fiscal, 4: funds.other}.get(kind, math.nan)
        pen.number(row, 3, initial, "money")
        if kind == 0 or (kind == 1 and alone):
            self._live_money(row, 4, "target_value", funds.full_year)
            self._live_money(row, 5, "actual_value", funds.executed)
            rate = self._material.rows[0].measure
            shown = PENDING if math.isnan(rate) else rounded(rate).value
            pen.live(row, 7, f"={places.seen('measure', 0)}", shown, "percent")
        else:
            for col in (4, 5, 7):
                pen.text(row, col, "", "centre")
        if kind:
            pen.text(row, 6, DASH, "centre")
            pen.text(row, 8, DASH, "centre")
            return
        execution = self._material.rows[0]
        pen.live(row, 6, f"={places.seen('points', 0)}", execution.points / 100, "number")
        score = PENDING if execution.score is None else execution.score / 100
        pen.live(row, 8, f"={places.seen('score', 0)}", score, "score")

    def _live_money(self, row: int, col: int, column: str, value: float) -> None:
        seen = self._places.seen(column, 0)
        blank = math.isnan(value)
        self._pen.live(row, col, f'=IF(ISNUMBER({seen}),{seen},"")', "" if blank else value, "money")

    def _write_goal(self) -> int:
        """年度总体目标, and the row after it: the headings of the indicators."""
        material, pen, top = self._material, self._pen, _GOAL_TOP
        goal, result = (_shown(text) for text in (material.goal, material.narrative.get("result", "")))
        self._pen.height(top, _ROW)
        pen.spanned(top, 1, top, 4, "预期目标", "label")
        pen.spanned(top, 5, top, _LAST, "实际完成情况", "label")
        heights = physical_heights(needed_height([(goal, 1, 4, 10.0), (result, 5, _LAST, 10.0)]), 60)
        last = top + len(heights)
        for step, height in enumerate(heights, start=1):
            self._pen.height(top + step, height)
        pen.spanned(top + 1, 1, last, 4, goal, "form_top")
        pen.spanned(top + 1, 5, last, _LAST, result, "form_top")
        pen.spanned(top, 0, last, 0, "年度\n总体\n目标", "label")
        return last + 1

    def _write_indicators(self, head: int) -> int:
        """The headings and one row an indicator (several, merged, for a very long text); the last row used."""
        pen, rows = self._pen, self._material.rows[1:]
        repeated = 32.0
        self._pen.height(head, repeated)
        for col, heading in enumerate(("一级指标", "二级指标", "三级指标", *_HEADINGS), start=1):
            pen.text(head, col, heading, "label")
        alone = {run.first for run in runs(rows, lambda row: (row.level1,), frozenset()) if run.first == run.last}
        heights = [physical_heights(_indicator_height(row), 36 if i in alone else 26) for i, row in enumerate(rows)]
        breaks = page_starts(self._pen.used, [sum(one) for one in heights], repeated, _TAIL)
        spans: list[tuple[int, int]] = []
        at = head + 1
        for parts in heights:
            for step, height in enumerate(parts):
                self._pen.height(at + step, height)
            spans.append((at, at + len(parts) - 1))
            at += len(parts)
        for i, row in enumerate(rows, start=1):
            self._write_indicator(i, row, *spans[i - 1])
        self._write_levels(rows, spans, breaks)
        for first, last in segments(len(rows), breaks):
            pen.spanned(head if not first else spans[first][0], 0, spans[last][1], 0, "绩效\n指标", "label")
        # a sheet fitted to a number of pages passes over its page breaks; one fitted to a width does not
        pen.sheet.fit_to_pages(1, 0 if breaks else 1)
        pen.sheet.set_h_pagebreaks([spans[first][0] if first else head for first in sorted(breaks)])
        return at - 1

    def _write_levels(self, rows: tuple[Row, ...], spans: list[tuple[int, int]], breaks: frozenset[int]) -> None:
        """The merged cells of the first and second level; both start anew on each page."""
        for run in runs(rows, lambda row: (row.level1,), breaks):
            text = level1_label(rows, run.text)
            self._pen.spanned(spans[run.first][0], 1, spans[run.last][1], 1, text, "centre")
        for run in runs(rows, lambda row: (row.level1, row.level2), breaks):
            self._pen.spanned(spans[run.first][0], 2, spans[run.last][1], 2, run.text, "centre")

    def _write_indicator(self, i: int, row: Row, top: int, last: int) -> None:
        pen, places = self._pen, self._places
        pen.spanned(top, 3, last, 3, _shown(row.level3), "form_text")
        pen.spanned(top, 4, last, 4, _shown(row.target), "form_centre")
        actual = actual_live(self._material, places, i)
        pen.span(top, 5, last, 5, "form_centre")
        if actual.formula:
            pen.live(top, 5, actual.formula, clean(str(actual.value)), "form_centre")
        else:
            pen.text(top, 5, str(actual.value), "form_centre")
        pen.span(top, 6, last, 6, "score")
        if row.state is State.NOT_APPLICABLE:
            pen.text(top, 6, DASH, "score")
        else:
            pen.live(top, 6, f"={places.seen('points', i)}", row.points / 100, "score")
        pen.span(top, 7, last, 7, "score")
        score = live_row(self._material, places, i).score.value
        pen.live(top, 7, f"={places.seen('score', i)}", score, "score")
        pen.spanned(top, 8, last, 8, _shown(reason_text(row)), "form_small")

    def _write_total(self, row: int) -> int:
        pen, places, material = self._pen, self._places, self._material
        self._pen.height(row, _TOTAL)
        pen.spanned(row, 0, row, 5, "总　　分", "label")
        points = round(sum(one.points for one in material.rows) / 100, 2)
        pen.live(row, 6, f"={places.sum_seen(0, 'points')}", points, "number")
        span = f"{material.lowest / 100:.2f} – {material.highest / 100:.2f}"
        total = span if material.total is None else material.total / 100
        pen.live(row, 7, f"={places.sum_seen(3)}", total, "total")
        grade = material.grade or PENDING_GRADE
        pen.live(row, 8, f'="自评等级："&{places.sum_seen(4)}', f"自评等级：{grade}", "total")
        return row

    def _write_signatures(self, row: int) -> int:
        """The block to be signed; what the department gave is filled in."""
        pen, told = self._pen, self._material.narrative
        filled = {key: clean(told.get(key, ""), 60) for key in ("filler", "phone", "head", "date")}
        lines = (
            (("填报人：", "filler", 0, 3), ("联系电话：", "phone", 4, 6), ("填报日期：", "date", 7, _LAST)),
            (("项目负责人：", "head", 0, 3), ("单位负责人：", "", 4, 6), ("单位（盖章）：", "", 7, _LAST)),
        )
        self._pen.height(row, _GAP)
        for step, line in enumerate(lines, start=1):
            self._pen.height(row + step, _SIGN)
            for label, key, first, last in line:
                pen.spanned(row + step, first, row + step, last, label + filled.get(key, ""), "sign")
        return row + len(lines)


def _shown(text: str) -> str:
    if len(text) <= LONGEST_SHOWN:
        return text
    return f"{text[:LONGEST_SHOWN]}……（全文 {len(text)} 字，其余见填报表）"


def _indicator_height(row: Row) -> float:
    return needed_height(
        [
            (row.level2, 2, 2, 10.0),
            (_shown(row.level3), 3, 3, 10.0),
            (_shown(row.target), 4, 4, 10.0),
            (_shown(row.actual) or NONE, 5, 5, 10.0),
            (_shown(reason_text(row)), 8, 8, 9.0),
        ]
    )
