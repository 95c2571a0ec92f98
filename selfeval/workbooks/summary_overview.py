"""汇总: one row a project with its scores, grade and link, sums below, and the units; live where it adds up."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import PENDING_GRADE, Scored, State
from selfeval.workbooks.formulas import PENDING, grade_formula, guarded, quoted
from selfeval.workbooks.pen import Book, Pen
from selfeval.workbooks.places import SheetColumn
from selfeval.workbooks.rounded import rounded
from selfeval.workbooks.text import row_height

SUMMARY = "汇总"
_COLUMNS = (
    SheetColumn("seq", "序号", 6),
    SheetColumn("unit", "单位", 22),
    SheetColumn("project", "项目编码", 26),
    SheetColumn("name", "项目名称", 28),
    SheetColumn("full_year", "全年预算数\n（万元）", 13),
    SheetColumn("executed", "全年执行数\n（万元）", 13),
    SheetColumn("rate", "执行率", 10),
    SheetColumn("execution", "执行得分", 9),
    SheetColumn("indicators", "指标得分", 9),
    SheetColumn("total", "总分", 15),
    SheetColumn("grade", "等级", 7),
    SheetColumn("state", "状态", 9),
    SheetColumn("missing", "待补充数", 9),
    SheetColumn("flagged", "需关注数", 9),
    SheetColumn("link", "自评表", 10),
)
_AT = {column.id: i for i, column in enumerate(_COLUMNS)}
_HEAD, _FIRST = 2, 3
_LONGEST_LINK = 500
"""Characters of a path: escaped, it must stay below what a link can hold."""


def write_overview(book: Book, scored: Scored, rulebook: Rulebook, links: Mapping[str, str], mark: str) -> None:
    """Write the sheet 汇总."""
    pen = book.sheet(SUMMARY, landscape=True)
    pen.columns([column.width for column in _COLUMNS])
    pen.banner(0, f"项目支出绩效自评汇总（{scored.year}年度）", "title", mark, 28)
    pen.banner(1, f"评分规则：{rulebook.title}（{rulebook.id}）")
    pen.heads(_HEAD, [column.heading for column in _COLUMNS], 32)
    records = scored.projects.to_dict("records")
    for i, record in enumerate(records):
        _write_project(pen, i, {str(key): value for key, value in record.items()}, rulebook, links)
    last = _FIRST + len(records) - 1
    if records:
        _write_sums(pen, scored.projects, last)
        _write_units(pen, scored.projects, last, last + 3, rulebook)
        pen.sheet.autofilter(_HEAD, 0, last, len(_COLUMNS) - 1)
        pen.colour_states(_FIRST, _AT["state"], last)
    pen.fit()
    pen.sheet.freeze_panes(_FIRST, _AT["name"] + 1)
    pen.sheet.repeat_rows(_HEAD)


def _cell(column: str, row: int) -> str:
    return str(xl_rowcol_to_cell(row, _AT[column]))


def _column(column: str, last: int) -> str:
    return str(xl_range_abs(_FIRST, _AT[column], last, _AT[column]))


def _write_project(
    pen: Pen, i: int, record: Mapping[str, object], rulebook: Rulebook, links: Mapping[str, str]
) -> None:
    row, project = _FIRST + i, str(record["project"])
    unit, name = f"{record['unit_code']} {record['unit_name']}".strip(), str(record["name"])
    pen.height(row, row_height([(unit, 22), (name, 28), (project, 26)], 24))
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


def _sum(values: Sequence[float]) -> float:
    """The exact sum of money, without the noise of floats."""
    return float(sum((fraction(one) for one in values if not math.isnan(one)), Fraction(0)))


def _write_sums(pen: Pen, projects: pd.DataFrame, last: int) -> None:
    """Sums of money, the rate over all, the average total of the projects that have one."""
    row = last + 1
    pen.height(row, 24)
    pen.spanned(row, 0, row, _AT["name"], f"合计 {len(projects)} 个项目", "total_label")
    for column in ("full_year", "executed"):
        value = _sum(projects[column].tolist())
        _write_money(pen, row, column, f"SUM({_column(column, last)})", value, "total_money")
    both = f"ISNUMBER({_column('full_year', last)})*ISNUMBER({_column('executed', last)})"
    known = f"SUMPRODUCT({both})={len(projects)}"
    _write_rate(pen, row, _rate(projects), "total_percent", known)
    for column in ("execution", "indicators", "grade", "state", "link"):
        pen.text(row, _AT[column], "", "total_label")
    average = _average(projects["total"])
    formula = f'=IF(COUNT({_column("total", last)})=0,"{PENDING}",ROUND(AVERAGE({_column("total", last)}),2))'
    pen.live(row, _AT["total"], formula, average, "total")
    for column in ("missing", "flagged"):
        pen.live(row, _AT[column], f"=SUM({_column(column, last)})", int(projects[column].sum()), "total_count")


def _rate(projects: pd.DataFrame) -> float:
    """Executed over budget of several projects; NaN unless both are known of each: half a sum misleads."""
    money = projects[["full_year", "executed"]]
    budget = _sum(money["full_year"].tolist())
    if money.isna().to_numpy().any() or budget <= 0:
        return math.nan
    return float(fraction(_sum(money["executed"].tolist())) / fraction(budget))


def _average(totals: pd.Series) -> float | str:
    """The average of final totals, half up to a hundredth; 待补充 without any."""
    final = [int(one) for one in totals.dropna()]
    if not final:
        return PENDING
    return int(Fraction(sum(final), len(final)) + Fraction(1, 2)) / 100


def _write_units(pen: Pen, projects: pd.DataFrame, last: int, top: int, rulebook: Rulebook) -> None:
    """One row a unit: projects, money, rate, average total, and how many of each grade."""
    pen.height(top, 24)
    pen.text(top, 0, "按单位", "section", text_wrap=False)
    grades = [*(grade.label for grade in rulebook.grades), PENDING_GRADE]
    headings = {
        "unit": "单位",
        "name": "项目数",
        "full_year": "全年预算数\n（万元）",
        "executed": "全年执行数\n（万元）",
    }
    headings |= {"rate": "执行率", "execution": "", "indicators": "", "total": "平均总分（已定的）"}
    pen.height(top + 1, 32)
    first = _AT["total"] + 1
    for column, heading in headings.items():
        pen.text(top + 1, _AT[column], heading, "head")
    pen.spanned(top + 1, _AT["unit"], top + 1, _AT["project"], "单位", "head")
    for step, grade in enumerate(grades):
        pen.text(top + 1, first + step, f"{grade}（个）", "head")
    for step, (unit, mine) in enumerate(_by_unit(projects), start=2):
        _write_unit(pen, top + step, unit, mine, last)
        for offset, grade in enumerate(grades):
            names, marks = _column("unit", last), _column("grade", last)
            formula = f"=SUMPRODUCT(({names}={_cell('unit', top + step)})*({marks}={quoted(grade)}))"
            pen.live(top + step, first + offset, formula, int((mine["grade"] == grade).sum()), "count")


def _by_unit(projects: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    """The projects of each unit, in document order."""
    names = (projects["unit_code"] + " " + projects["unit_name"]).str.strip()
    return [(str(name), projects[names == name]) for name in names.unique()]


def _write_unit(pen: Pen, row: int, unit: str, mine: pd.DataFrame, last: int) -> None:
    pen.height(row, row_height([(unit, 45)], 22))
    pen.spanned(row, _AT["unit"], row, _AT["project"], unit, "text")
    names, here = _column("unit", last), _cell("unit", row)
    # not COUNTIF or SUMIF: those read a name such as ">5" or "*" as a condition
    pen.live(row, _AT["name"], f"=SUMPRODUCT(({names}={here})*1)", len(mine), "count")
    for column in ("full_year", "executed"):
        value = _sum(mine[column].tolist())
        _write_money(pen, row, column, f"SUMPRODUCT(({names}={here})*1,{_column(column, last)})", value, "money")
    both = f"ISNUMBER({_column('full_year', last)})*ISNUMBER({_column('executed', last)})"
    known = f"SUMPRODUCT(({names}={here})*{both})={_cell('name', row)}"
    _write_rate(pen, row, _rate(mine), "percent", known)
    for column in ("execution", "indicators"):
        pen.text(row, _AT[column], "", "centre")
    totals = _column("total", last)
    count = f"SUMPRODUCT(({names}={here})*ISNUMBER({totals}))"
    average = f"ROUND(SUMPRODUCT(({names}={here})*1,{totals})/{count},2)"
    pen.live(row, _AT["total"], f'=IF({count}=0,"{PENDING}",{average})', _average(mine["total"]), "score")
