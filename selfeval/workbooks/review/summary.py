"""复核汇总.xlsx: deviation by project and unit, every adjustment, and what could not be accepted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfeval.domain.expression.tree import Expression, rounded, steady, sum_product, when
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.problems import Problem
from selfeval.domain.reading.period import day_words
from selfeval.domain.reviewing.review import Line, Review, Verdict, deviation
from selfeval.domain.rounding import PLACES
from selfeval.domain.rulebook import USUAL, Rounding
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet, cell, down
from selfeval.sheets.page import LIST_PAGE
from selfeval.sheets.rows import banner, headings
from selfeval.sheets.styles import with_decimals
from selfeval.sheets.themes.workbooks import WORKBOOKS
from selfeval.sheets.writer import workbook
from selfeval.workbooks.conventions import DASH, listing, points_cell, published, unit_label, worth_cell
from selfeval.workbooks.problem_sheet import Known, problem_sheet
from selfeval.workbooks.review.formulas import DEVIATION, DEVIATION_PLACES, DIFFERENCE, OWN, REVIEWED
from selfeval.workbooks.summary.overview import row_of

_COLUMNS = (
    Column("seq", "序号", 6),
    Column("unit", "单位", 24),
    *published(PROJECTS_FILE, project=26, name=32, frozen="name"),
    Column("own", "自评\n总分", 9),
    Column("total", "复核\n总分", 9),
    Column("difference", "自评−\n复核", 9),
    Column("deviation", "自评复核\n偏差率", 9),
    Column("own_grade", "自评\n等级", 7),
    Column("grade", "复核\n等级", 7),
    Column("adjusted", "调整\n（处）", 7),
    Column("returned", "退回\n（处）", 7),
    Column("state", "复核状态", 10),
    Column("file", "工作簿", 40),
)
_DETAIL = (
    *published(RESULTS_FILE, name=26, indicator=29, level3=24, points=8, frozen="name"),
    Column("own", "自评\n得分", 8),
    Column("verdict", "复核意见", 9),
    Column("adjusted", "调整\n得分", 8),
    Column("difference", "自评−\n复核", 8),
    Column("reason", "理由", 44),
    Column("reviewer", "复核人", 10),
    Column("day", "日期", 14),
    Column("used", "采用", 10),
)
_DEPARTMENT = "department"
_DEFINITION = (
    "自评复核偏差率 =（自评总分 − 复核总分）÷ 复核总分，正数表示自评偏高；这是本表的算法，不是上级规定。"
    "没有复核的项目不计入。"
)
_APART = "部门整体列在各项目之后，不计入项目数和平均分。"


def review_workbook(
    year: int, reviews: Sequence[Review], problems: Sequence[Problem], date: dt.date, rounding: Rounding = USUAL
) -> bytes:
    """The summary of a year's reviews as the bytes of an xlsx file, the same for the same input.

    ``rounding`` is that of the rulebook that scored them.
    """
    title = f"项目支出绩效自评复核汇总（{year}年度）"
    numbered = {review.scored.project: seq for seq, review in enumerate(_of_projects(reviews), start=1)}
    names = {one.scored.project: (numbered.get(one.scored.project), one.scored.name) for one in reviews}
    rows = {row.indicator: row.name for review in reviews for row in review.scored.rows}
    known = Known(rows, lambda _place: None, names)
    sheets = (
        _projects_sheet(title, reviews),
        _detail_sheet(year, reviews),
        *((problem_sheet(f"复核工作簿中需改正的问题（{year}年度）", "", problems, known),) if problems else ()),
    )
    points = (row.points for review in reviews for row in review.scored.rows)
    return workbook(Book(title, date, with_decimals(WORKBOOKS, rounding.places_of(points)), sheets))


def _projects_sheet(title: str, reviews: Sequence[Review]) -> Sheet:
    apart = [review for review in reviews if review.scored.is_whole]
    top = (
        banner(_COLUMNS, title, "title", least=28),
        banner(_COLUMNS, _DEFINITION + (_APART if apart else ""), "note"),
        headings(_COLUMNS, height=32.0, frozen=True),
    )
    projects = _of_projects(reviews)
    rows = (Row(tuple(_project(at, review)), row_of(at), Fit(22.0)) for at, review in enumerate(projects))
    below = (*map(_department, apart), *_units(projects))
    found = listing("复核汇总", _COLUMNS, top, rows, below=below)
    return replace(found, page=replace(LIST_PAGE, printed=(_COLUMNS[0].id, "state")))  # the files are not printed


def _unit(review: Review) -> str:
    return unit_label(review.scored.unit_code, review.scored.unit_name)


def _away(row: str, reviewed: str, value: Expression, column: str, style: str) -> Cell:
    return Cell(column, value.of({OWN: cell(row, "own"), REVIEWED: cell(row, reviewed)}), style)


def _of_projects(reviews: Sequence[Review]) -> list[Review]:
    return [review for review in reviews if not review.scored.is_whole]


def _department(review: Review) -> Row:
    """The department's own part, below the projects: it is not filtered with them, and counts in no average."""
    return Row((Cell("seq", DASH, "count"), *_said(_DEPARTMENT, review)), _DEPARTMENT, Fit(22.0))


def _project(at: int, review: Review) -> Iterator[Cell]:
    yield Cell("seq", at + 1, "count")
    yield from _said(row_of(at), review)


def _said(row: str, review: Review) -> Iterator[Cell]:
    scored = review.scored
    yield Cell("unit", _unit(review))
    yield Cell("project", scored.project, "centre")
    yield Cell("name", scored.name)
    yield points_cell("own", scored.total)
    yield points_cell("total", review.total, PENDING if review.file else DASH)
    yield _away(row, "total", DIFFERENCE, "difference", "score")
    yield _away(row, "total", DEVIATION, "deviation", "percent")
    yield Cell("own_grade", scored.grade, "centre")
    yield Cell("grade", review.grade, "centre")
    yield Cell("adjusted", review.adjusted, "count")
    yield Cell("returned", review.returned, "count")
    yield Cell("state", review.state, "centre")
    yield Cell("file", review.file)


def _units(reviews: Sequence[Review]) -> Iterator[Row]:
    """One row a unit, and one over all: averages of the reviewed projects and the deviation of their sums."""
    yield Row(height=None)
    yield Row(height=10.0)
    yield Row((Cell("seq", "按单位（只计复核后有总分的项目）", "subtitle", "name"),), height=24.0)
    names = {unit.lower(): unit for unit in map(_unit, reviews)}  # = takes small and capital letters for the same
    rows = {f"unit.{at}": unit for at, unit in enumerate((*names.values(), ""))}
    found = {row: tuple(_figures(row, len(reviews), whole=not unit)) for row, unit in rows.items()}
    heads = (Cell(figure.column, heading, "head") for heading, figure in found["unit.0"])
    yield Row((Cell("seq", "单位", "head", "unit"), *heads), height=32.0)
    for row, unit in rows.items():
        label = Cell("seq", unit or "全部单位", "text" if unit else "total_label", "unit")
        yield Row((label, *(figure for _, figure in found[row])), row, Fit(22.0, tight=True))


def _figures(row: str, count: int, *, whole: bool) -> Iterator[tuple[str, Cell]]:
    columns = "unit", "own", "total", "difference"
    names, own, total, difference = (down(column, row_of(0), row_of(count - 1)) for column in columns)
    # not SUMIF, which reads a name such as ">5" as a condition
    here = names.equals(names if whole else cell(row, "seq"))
    both = here * difference.differs(DASH)
    compared, own_sum, total_sum = cell(row, "name"), sum_product(both, own), sum_product(both, total)
    share = steady(deviation(own_sum, total_sum), DEVIATION_PLACES)

    def known(value: Expression) -> Expression:
        return when(compared.equals(0), DASH, value)

    yield "项目数", Cell("project", sum_product(here * 1), "count")
    yield "已复核项目数", Cell("name", sum_product(both), "count")
    yield "自评\n平均", Cell("own", known(rounded(own_sum / compared, PLACES)), "score")
    yield "复核\n平均", Cell("total", known(rounded(total_sum / compared, PLACES)), "score")
    yield "自评−\n复核", _away(row, "total", DIFFERENCE, "difference", "score")
    yield "自评复核偏差率", Cell("deviation", known(when(total_sum > 0, share, DASH)), "percent")


def _detail_sheet(year: int, reviews: Sequence[Review]) -> Sheet:
    """Every row that was adjusted, returned or refused."""
    top = (
        banner(_DETAIL, f"调整、退回和未采用的意见（{year}年度）", "title", least=26),
        headings(_DETAIL, height=32.0, frozen=True),
    )
    listed = ((review, line) for review in reviews for line in review.lines if _is_listed(line))
    rows = (Row(tuple(_line(f"line.{at}", *both)), f"line.{at}", Fit(22.0)) for at, both in enumerate(listed))
    return replace(listing("调整明细", _DETAIL, top, rows, "没有调整或退回"), page=LIST_PAGE)


def _is_listed(line: Line) -> bool:
    return line.refused or line.adjusted is not None or line.verdict not in {"", Verdict.ACCEPTED}


def _line(name: str, review: Review, line: Line) -> Iterator[Cell]:
    yield Cell("name", review.scored.name)
    yield Cell("indicator", line.row.indicator, "centre")
    yield Cell("level3", line.row.name)
    yield worth_cell(line.row)
    yield points_cell("own", line.row.score)
    yield Cell("verdict", line.verdict, "centre")
    yield points_cell("adjusted", line.adjusted, "")
    yield _away(name, "adjusted", DIFFERENCE, "difference", "score")
    yield Cell("reason", line.reason)
    yield Cell("reviewer", line.reviewer, "centre")
    yield Cell("day", day_words(line.day), "centre")
    yield Cell("used", "未采用" if line.refused else "是", "centre")
