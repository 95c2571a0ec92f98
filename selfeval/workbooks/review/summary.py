"""复核汇总.xlsx: deviation by project and unit, every adjustment, and what could not be accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.domain.problems import Problem
from selfeval.domain.reviewing.review import Line, Review, deviation
from selfeval.domain.rounding import sheet_round
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import row_height
from selfeval.workbooks.live.formulas import DASH, PENDING
from selfeval.workbooks.live.places import SheetColumn
from selfeval.workbooks.problem_sheet import problem_sheet
from selfeval.workbooks.review.formulas import DEVIATION_PLACES, deviation_formula, difference_formula

_COLUMNS = (
    SheetColumn("seq", "序号", 6),
    SheetColumn("unit", "单位", 24),
    SheetColumn("project", "项目编码", 26),
    SheetColumn("name", "项目名称", 32),
    SheetColumn("own", "自评\n总分", 9),
    SheetColumn("total", "复核\n总分", 9),
    SheetColumn("difference", "自评−\n复核", 9),
    SheetColumn("deviation", "偏离度", 9),
    SheetColumn("own_grade", "自评\n等级", 7),
    SheetColumn("grade", "复核\n等级", 7),
    SheetColumn("adjusted", "调整\n（处）", 7),
    SheetColumn("returned", "退回\n（处）", 7),
    SheetColumn("state", "复核状态", 10),
    SheetColumn("file", "工作簿", 40),
)
_AT = {column.id: i for i, column in enumerate(_COLUMNS)}
_DETAIL = (
    SheetColumn("name", "项目名称", 26),
    SheetColumn("indicator", "指标编号", 29),
    SheetColumn("level3", "三级指标", 24),
    SheetColumn("points", "分值", 8),
    SheetColumn("own", "自评\n得分", 8),
    SheetColumn("verdict", "审核意见", 9),
    SheetColumn("adjusted", "核定\n得分", 8),
    SheetColumn("difference", "自评−\n核定", 8),
    SheetColumn("reason", "理由", 44),
    SheetColumn("reviewer", "审核人", 10),
    SheetColumn("day", "日期", 11),
    SheetColumn("used", "采用", 10),
)
_FIRST = 3
_DEFINITION = (
    "偏离度 =（自评总分 − 复核总分）÷ 复核总分，正数表示自评偏高；这是本表的约定，不是上级规定。没有复核的项目不计入。"
)


def review_workbook(year: int, reviews: Sequence[Review], problems: Sequence[Problem], date: dt.date) -> bytes:
    """The summary of a year's reviews as the bytes of an xlsx file, the same for the same input."""
    book = Book(f"项目支出绩效自评复核汇总（{year}年度）", date)
    _write_projects(book, year, reviews)
    _write_detail(book, year, reviews)
    names = {one.scored.project: one.scored.name for one in reviews}
    rows = {row.indicator: row.name for one in reviews for row in one.scored.rows}
    book.host(problem_sheet(f"复核工作簿中要改正的问题（{year}年度）", "", problems, rows, names))
    return book.finish()


def _write_projects(book: Book, year: int, reviews: Sequence[Review]) -> None:
    pen = book.sheet("复核汇总", landscape=True)
    pen.columns([column.width for column in _COLUMNS])
    pen.banner(0, f"项目支出绩效自评复核汇总（{year}年度）", "title", least=28)
    pen.banner(1, _DEFINITION, "note")
    pen.heads(2, [column.heading for column in _COLUMNS], 32)
    for i, review in enumerate(reviews):
        _write_project(pen, i, review)
    last = _FIRST + len(reviews) - 1
    if reviews:
        pen.sheet.autofilter(2, 0, last, len(_COLUMNS) - 1)
        _write_units(pen, reviews, last)
    pen.sheet.freeze_panes(_FIRST, _AT["name"] + 1)
    pen.sheet.repeat_rows(2)
    pen.fit()


def _cell(column: str, row: int) -> str:
    return str(xl_rowcol_to_cell(row, _AT[column]))


def _score(hundredths: int | None, other: str) -> float | str:
    return other if hundredths is None else hundredths / 100


def _put(pen: Pen, row: int, col: int, value: float | str, style: str = "score") -> None:
    if isinstance(value, str):
        pen.text(row, col, value, "centre")
    else:
        pen.number(row, col, value, style)


def _degree(share: Fraction | None) -> float | str:
    return DASH if share is None else sheet_round(float(share), DEVIATION_PLACES)


def _unit(review: Review) -> str:
    return f"{review.scored.unit_code} {review.scored.unit_name}".strip()


def _write_project(pen: Pen, i: int, review: Review) -> None:
    row, scored = _FIRST + i, review.scored
    texts = {
        "unit": _unit(review),
        "project": scored.project,
        "name": scored.name,
        "own_grade": scored.grade,
        "grade": review.grade,
        "state": review.state,
        "file": review.file,
    }
    widths = {column.id: column.width for column in _COLUMNS}
    pen.height(row, row_height([(text, widths[name]) for name, text in texts.items()], 22))
    pen.number(row, _AT["seq"], i + 1, "count")
    for name, text in texts.items():
        pen.text(row, _AT[name], text, "text" if name in {"unit", "name", "file"} else "centre")
    total = _score(review.total, PENDING if review.file else DASH)
    _put(pen, row, _AT["own"], _score(scored.total, PENDING))
    _put(pen, row, _AT["total"], total)
    own, reviewed = _cell("own", row), _cell("total", row)
    known = scored.total is not None and review.total is not None
    away: float | str = (scored.total - review.total) / 100 if known else DASH  # type: ignore[operator]
    pen.live(row, _AT["difference"], difference_formula(own, reviewed), away, "score")
    pen.live(row, _AT["deviation"], deviation_formula(own, reviewed), _degree(review.deviation), "percent")
    pen.number(row, _AT["adjusted"], review.adjusted, "count")
    pen.number(row, _AT["returned"], review.returned, "count")


def _write_units(pen: Pen, reviews: Sequence[Review], last: int) -> None:
    """One row a unit, and one over all: averages of the reviewed projects and the deviation of their sums."""
    top = last + 3
    pen.height(top - 1, 10)
    pen.height(top, 24)
    pen.spanned(top, 0, top, _AT["name"], "按单位（只计复核后有总分的项目）", "subtitle")
    pen.height(top + 1, 32)
    headings = {"project": "项目数", "name": "已复核项目数", "own": "自评\n平均", "total": "复核\n平均"}
    headings |= {"difference": "自评−\n复核", "deviation": "偏离度"}
    pen.spanned(top + 1, 0, top + 1, _AT["unit"], "单位", "head")
    for name, heading in headings.items():
        pen.text(top + 1, _AT[name], heading, "head")
    units = list(dict.fromkeys(_unit(one) for one in reviews))
    for step, unit in enumerate([*units, ""], start=2):
        mine = [one for one in reviews if not unit or _unit(one) == unit]
        _write_unit(pen, top + step, unit, mine, last)


def _write_unit(pen: Pen, row: int, unit: str, mine: Sequence[Review], last: int) -> None:
    pen.height(row, row_height([(unit, 30)], 22))
    pen.spanned(row, 0, row, _AT["unit"], unit or "全部单位", "text" if unit else "total_label")
    names, own, total = (str(xl_range_abs(_FIRST, _AT[one], last, _AT[one])) for one in ("unit", "own", "total"))
    here = str(xl_rowcol_to_cell(row, 0))
    # not SUMIF: it reads a name such as ">5" as a condition
    these = f"({names}={here})" if unit else f"({names}={names})"
    both = f"{these}*ISNUMBER({own})*ISNUMBER({total})"
    compared = [one for one in mine if one.scored.total is not None and one.total is not None]
    pen.live(row, _AT["project"], f"=SUMPRODUCT({these}*1)", len(mine), "count")
    pen.live(row, _AT["name"], f"=SUMPRODUCT({both})", len(compared), "count")
    count = _cell("name", row)
    sums = [sum(one.scored.total or 0 for one in compared), sum(one.total or 0 for one in compared)]
    for column, area, value in (("own", own, sums[0]), ("total", total, sums[1])):
        formula = f'=IF({count}=0,"{DASH}",ROUND(SUMPRODUCT({both},{area})/{count},2))'
        average: float | str = DASH
        if compared:
            average = int(Fraction(value, len(compared)) + Fraction(1, 2)) / 100
        pen.live(row, _AT[column], formula, average, "score")
    first, second = _cell("own", row), _cell("total", row)
    away: float | str = DASH
    if compared:
        halves = [int(Fraction(value, len(compared)) + Fraction(1, 2)) for value in sums]
        away = (halves[0] - halves[1]) / 100
    pen.live(row, _AT["difference"], difference_formula(first, second), away, "score")
    own_sum, total_sum = (f"SUMPRODUCT({both},{area})" for area in (own, total))
    share = f"ROUND(({own_sum}-{total_sum})/{total_sum},{DEVIATION_PLACES})"
    formula = f'=IF({count}=0,"{DASH}",IF({total_sum}>0,{share},"{DASH}"))'
    pen.live(row, _AT["deviation"], formula, _degree(deviation(*sums) if compared else None), "percent")


def _write_detail(book: Book, year: int, reviews: Sequence[Review]) -> None:
    """Every row that was adjusted, returned or refused."""
    pen = book.sheet("调整明细", landscape=True)
    pen.columns([column.width for column in _DETAIL])
    pen.banner(0, f"调整、退回和没有采用的意见（{year}年度）", "title", least=26)
    pen.heads(1, [column.heading for column in _DETAIL], 32)
    pen.sheet.repeat_rows(1)
    pen.sheet.freeze_panes(2, 1)
    told = [(one, line) for one in reviews for line in one.lines if _told(line)]
    if not told:
        pen.height(2, 24)
        pen.spanned(2, 0, 2, len(_DETAIL) - 1, "没有调整或退回", "centre")
    for at, (review, line) in enumerate(told, start=2):
        _write_line(pen, at, review, line)
    if told:
        pen.sheet.autofilter(1, 0, 1 + len(told), len(_DETAIL) - 1)
    pen.fit()


def _told(line: Line) -> bool:
    return line.refused or line.adjusted is not None or line.verdict not in {"", "认可"}


def _write_line(pen: Pen, at: int, review: Review, line: Line) -> None:
    place = {column.id: i for i, column in enumerate(_DETAIL)}
    texts = {
        "name": review.scored.name,
        "indicator": line.row.indicator,
        "level3": line.row.name,
        "verdict": line.verdict,
        "reason": line.reason,
        "reviewer": line.reviewer,
        "day": line.day,
        "used": "没有采用" if line.refused else "是",
    }
    widths = {column.id: column.width for column in _DETAIL}
    pen.height(at, row_height([(text, widths[name]) for name, text in texts.items()], 22))
    for name, text in texts.items():
        pen.text(at, place[name], text, "text" if name in {"name", "level3", "reason"} else "centre")
    pen.number(at, place["points"], line.row.points / 100, "score")
    _put(pen, at, place["own"], _score(line.row.score, PENDING))
    _put(pen, at, place["adjusted"], _score(line.adjusted, ""))
    own, adjusted = (str(xl_rowcol_to_cell(at, place[one])) for one in ("own", "adjusted"))
    known = line.row.score is not None and line.adjusted is not None
    away: float | str = (line.row.score - line.adjusted) / 100 if known else DASH  # type: ignore[operator]
    pen.live(at, place["difference"], difference_formula(own, adjusted), away, "score")
