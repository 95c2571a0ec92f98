"""汇总: one row a project with its scores, grade and link, and sums below; live where it adds up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE, Scored, State
from selfeval.workbooks.drawing.pen import Book, Pen
from selfeval.workbooks.drawing.text import clean, row_height
from selfeval.workbooks.live.formulas import PENDING, grade_formula, guarded
from selfeval.workbooks.live.places import SheetColumn
from selfeval.workbooks.live.rounded import rounded
from selfeval.workbooks.summary.places import PROJECTS_SHEET, Listing

_COLUMNS = (
    SheetColumn("seq", "序号", 6),
    SheetColumn("unit", "单位", 18),
    SheetColumn("project", "项目编码", 14),
    SheetColumn("name", "项目名称", 28),
    SheetColumn("full_year", "全年预算数\n（万元）", 11.5),
    SheetColumn("executed", "全年执行数\n（万元）", 11.5),
    SheetColumn("rate", "执行率", 9),
    SheetColumn("execution", "执行\n得分", 7.5),
    SheetColumn("indicators", "指标\n得分", 7.5),
    SheetColumn("total", "总分", 13),
    SheetColumn("grade", "等级", 7),
    SheetColumn("state", "状态", 9),
    SheetColumn("missing", "待补充\n（项）", 8),
    SheetColumn("flagged", "需关注\n（项）", 8),
    SheetColumn("link", "自评表", 8),
)
_AT = {column.id: i for i, column in enumerate(_COLUMNS)}
_HEAD, _FIRST = 2, 3
_SMALL = ("unit", "project", "name")
_LONGEST_LINK = 500
"""Characters of a path: escaped, it must stay below what a link can hold."""


def write_overview(book: Book, scored: Scored, rulebook: Rulebook, links: Mapping[str, str], mark: str) -> Listing:
    """Write the sheet 汇总; where its projects stand."""
    pen = book.sheet(PROJECTS_SHEET, landscape=True)
    pen.columns([column.width for column in _COLUMNS])
    pen.banner(0, f"项目支出绩效自评汇总（{scored.year}年度）", "title", mark, 28)
    pen.banner(1, f"评分规则：{rulebook.title}（{rulebook.id}）")
    pen.heads(_HEAD, [column.heading for column in _COLUMNS], 32)
    records = scored.projects.to_dict("records")
    for i, record in enumerate(records):
        _write_project(pen, i, {str(key): value for key, value in record.items()}, rulebook, links)
    listing = Listing(PROJECTS_SHEET, _FIRST, len(records), _COLUMNS)
    if records:
        _write_sums(pen, scored.projects, listing.last)
        pen.sheet.autofilter(_HEAD, 0, listing.last, len(_COLUMNS) - 1)
        pen.colour_states(_FIRST, _AT["state"], listing.last)
    pen.fit()
    pen.sheet.freeze_panes(_FIRST, _AT["name"] + 1)
    pen.sheet.repeat_rows(_HEAD)
    return listing


def unit_label(code: object, name: object) -> str:
    """A unit as the tables name it: 324001 承德市司法局本级."""
    return clean(f"{code} {name}".strip())


def _cell(column: str, row: int) -> str:
    return str(xl_rowcol_to_cell(row, _AT[column]))


def _column(column: str, last: int) -> str:
    return str(xl_range_abs(_FIRST, _AT[column], last, _AT[column]))


def _write_project(
    pen: Pen, i: int, record: Mapping[str, object], rulebook: Rulebook, links: Mapping[str, str]
) -> None:
    row, project = _FIRST + i, str(record["project"])
    unit, name = unit_label(record["unit_code"], record["unit_name"]), str(record["name"])
    texts = {"unit": unit, "project": project, "name": name}
    pen.height(row, row_height([(texts[one], _COLUMNS[_AT[one]].width) for one in _SMALL], 24))
    pen.number(row, _AT["seq"], i + 1, "count")
    for column, text, style in (("unit", unit, "text"), ("project", project, "centre"), ("name", name, "text")):
        pen.text(row, _AT[column], text, style)
    budget, executed = (float(str(record[one])) for one in ("full_year", "executed"))
    pen.number(row, _AT["full_year"], budget, "money")
    pen.number(row, _AT["executed"], executed, "money")
    _write_rate(pen, row, float(str(record["rate"])), "percent")
    _write_scores(pen, row, record, rulebook)
    pen.text(row, _AT["state"], State(str(record["state"])).label, "centre")
    pen.number(row, _AT["missing"], int(str(record["missing"])), "count")
    pen.number(row, _AT["flagged"], int(str(record["flagged"])), "count")
    _write_link(pen, row, links.get(project, ""))


def _write_rate(pen: Pen, row: int, rate: float, style: str, known: str = "") -> None:
    """Executed over budget of the same row; 待补充 without a budget, or where ``known`` does not hold."""
    budget, executed = _cell("full_year", row), _cell("executed", row)
    result = None if math.isnan(rate) else rounded(rate)
    text = f"ROUND({executed}/{budget},{result.places if result else 12})"
    usable = guarded(f"{budget}>0", text).removeprefix("=")
    formula = guarded(known or f"AND(ISNUMBER({budget}),ISNUMBER({executed}))", usable)
    pen.live(row, _AT["rate"], formula, result.value if result else PENDING, style)


def _write_scores(pen: Pen, row: int, record: Mapping[str, object], rulebook: Rulebook) -> None:
    execution, total = record["execution_score"], record["total"]
    if pd.isna(execution):  # type: ignore[call-overload]
        pen.text(row, _AT["execution"], PENDING, "centre")
    else:
        pen.number(row, _AT["execution"], int(str(execution)) / 100, "score")
    pen.number(row, _AT["indicators"], int(str(record["indicator_score"])) / 100, "score")
    if pd.isna(total):  # type: ignore[call-overload]
        span = f"{int(str(record['lowest'])) / 100:.2f} – {int(str(record['highest'])) / 100:.2f}"
        pen.text(row, _AT["total"], span, "centre")
    elif rulebook.not_applicable == "whole_form":  # converted to 100: no sum of the two
        pen.number(row, _AT["total"], int(str(total)) / 100, "score")
    elif int(str(total)) != int(str(execution)) + int(str(record["indicator_score"])):
        pen.number(row, _AT["total"], int(str(total)) / 100, "score")  # converted from the points that apply
    else:
        sums = f"=ROUND({_cell('execution', row)}+{_cell('indicators', row)},2)"
        pen.live(row, _AT["total"], sums, int(str(total)) / 100, "score")
    formula = grade_formula(_cell("total", row), rulebook, PENDING_GRADE)
    pen.live(row, _AT["grade"], formula, str(record["grade"]), "centre")


def _write_link(pen: Pen, row: int, path: str) -> None:
    if path and len(path) <= _LONGEST_LINK:
        pen.link(row, _AT["link"], path, "打开")
    else:
        pen.text(row, _AT["link"], "", "centre")


def _write_money(pen: Pen, row: int, column: str, text: str, value: float, style: str) -> None:
    """A live sum of money, rounded to the places at which floats cannot show."""
    result = rounded(value)
    pen.live(row, _AT[column], f"=ROUND({text},{result.places})", result.value, style)


def exact_sum(values: Sequence[float]) -> float:
    """The exact sum of money, without the noise of floats."""
    return float(sum((fraction(one) for one in values if not math.isnan(one)), Fraction(0)))


def _write_sums(pen: Pen, projects: pd.DataFrame, last: int) -> None:
    """Sums of money, the rate over all, the average total of the projects that have one."""
    row = last + 1
    pen.height(row, 24)
    pen.spanned(row, 0, row, _AT["name"], f"合计 {len(projects)} 个项目", "total_label")
    for column in ("full_year", "executed"):
        value = exact_sum(projects[column].tolist())
        _write_money(pen, row, column, f"SUM({_column(column, last)})", value, "total_money")
    both = f"ISNUMBER({_column('full_year', last)})*ISNUMBER({_column('executed', last)})"
    known = f"SUMPRODUCT({both})={len(projects)}"
    _write_rate(pen, row, rate_of(projects), "total_percent", known)
    for column in ("execution", "indicators", "grade", "state", "link"):
        pen.text(row, _AT[column], "", "total_label")
    average = average_of(projects["total"])
    formula = f'=IF(COUNT({_column("total", last)})=0,"{PENDING}",ROUND(AVERAGE({_column("total", last)}),2))'
    pen.live(row, _AT["total"], formula, average, "total")
    for column in ("missing", "flagged"):
        pen.live(row, _AT[column], f"=SUM({_column(column, last)})", int(projects[column].sum()), "total_count")


def rate_of(projects: pd.DataFrame) -> float:
    """Executed over budget of several projects; NaN unless both are known of each: half a sum misleads."""
    money = projects[["full_year", "executed"]]
    budget = exact_sum(money["full_year"].tolist())
    if money.isna().to_numpy().any() or budget <= 0:
        return math.nan
    return float(fraction(exact_sum(money["executed"].tolist())) / fraction(budget))


def average_of(totals: pd.Series) -> float | str:
    """The average of final totals, half up to a hundredth; 待补充 without any."""
    final = [int(one) for one in totals.dropna()]
    if not final:
        return PENDING
    return int(Fraction(sum(final), len(final)) + Fraction(1, 2)) / 100
