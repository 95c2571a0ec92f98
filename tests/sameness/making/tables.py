"""Input tables as files: the target table of a year read and written anew, and a reported year as CSV or workbook.

The files of one content are the same bytes on every run: they carry no clock.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from collections.abc import Mapping
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook

from tests.sameness.making.years import Broken, Percent, ReportedYear, Row, Rows, Value

_MADE = dt.datetime(2024, 1, 1)  # noqa: DTZ001 - xlsxwriter takes no zone
_PLAIN = (bool, int, float, str)


def read_tables(path: Path) -> dict[str, Rows]:
    """The sheets of a workbook, each as rows by the names in its first line."""
    found: dict[str, Rows] = {}
    for sheet in load_workbook(path, data_only=True).worksheets:
        lines = sheet.iter_rows(values_only=True)
        names = [str(one) for one in next(lines)]
        found[sheet.title] = [
            {name: one if isinstance(one, _PLAIN) else None for name, one in zip(names, line, strict=True)}
            for line in lines
        ]
    return found


def vary_targets(tables: dict[str, Rows], seed: int) -> dict[str, Rows]:
    """A target table in which some indicators promise other things than the real one.

    Whole projects and whole sections 不涉及, ranges, strict signs, zeros, dates, 分值 printed in the table, indicators
    that people judge, and texts that cannot be read.
    """
    chance = random.Random(seed)
    projects = [str(one["项目编码"]) for one in tables["项目"]]
    nothing, no_benefit, given = (chance.sample(projects, count) for count in (2, 5, 6))
    texts = (
        *("5-8天", "90%-95%", "＞5次", "低于30%", "0起", "2024年6月30日前", "上半年"),
        *("≥1.2万人次", "≥1‰", "约50", "5"),
    )
    rows = []
    for old in tables["指标"]:
        row, project = dict(old), str(old["项目编码"])
        if project in nothing or (project in no_benefit and row["一级指标"] == "效益指标"):
            row["指标值"] = "不涉及"
        elif chance.random() < 0.2:
            row["指标值"] = chance.choice(texts)
        elif chance.random() < 0.05:
            row |= {"指标值": "由评审打分", "类型": "人工"}
        elif chance.random() < 0.03:
            row |= chance.choice(_UNREADABLE)
        rows.append(row)
    for project in given:
        _print_points([one for one in rows if one["项目编码"] == project], chance)
    return {**tables, "指标": rows}


def _print_points(rows: Rows, chance: random.Random) -> None:
    """分值 of one project as a target table prints them: 50, 30 and 10 in whole points, sometimes one too many."""
    for section, points in (("产出指标", 50), ("效益指标", 30), ("满意度指标", 10)):
        there = [one for one in rows if one["一级指标"] == section and one["指标值"] != "不涉及"]
        for number, row in enumerate(there):
            part = points // len(there)
            row["分值"] = part if number else points - part * (len(there) - 1) + (chance.random() < 0.2)


_UNREADABLE: tuple[Row, ...] = (
    {"指标值": "≥-5次"},
    {"指标值": "≥5次且≤9次"},
    {"类型": "没有这一类"},
    {"一级指标": "其他指标"},
    {"分值": 5},
    {"三级指标": "资金支付率", "二级指标": "数量指标"},
)
"""What makes an indicator of a target table unusable, or doubtful."""


def write_targets(path: Path, tables: dict[str, Rows]) -> None:
    """A target table as a workbook."""
    _write_workbook(path, tables)


def write_reported_csv(folder: Path, year: ReportedYear) -> None:
    """A reported year as a folder of CSV files, every value as the text that a person would type."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in _named(year).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(rows[0])
            writer.writerows([_text(one) for one in row.values()] for row in rows)


def write_reported_workbook(path: Path, year: ReportedYear) -> None:
    """A reported year as a workbook with real days, percentages, truth values and errors in its cells."""
    _write_workbook(path, _named(year))


def _named(year: ReportedYear) -> dict[str, Rows]:
    return {"指标": year.indicators, "资金": year.funds, "项目": year.projects}


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Percent):
        return f"{value.share * 100:.4f}".rstrip("0").rstrip(".") + "%"
    if isinstance(value, Broken):
        return value.error
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _write_workbook(path: Path, sheets: Mapping[str, Rows]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": _MADE})
        looks = {name: book.add_format({"num_format": name}) for name in ("0.00%", "yyyy-mm-dd")}
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, list(rows[0]) if rows else [])
            for number, row in enumerate(rows, start=1):
                _write_row(sheet, number, row, looks)


def _write_row(sheet: xlsxwriter.worksheet.Worksheet, number: int, row: Row, looks: Mapping[str, object]) -> None:
    for column, value in enumerate(row.values()):
        if isinstance(value, Percent):
            sheet.write_number(number, column, value.share, looks["0.00%"])
        elif isinstance(value, Broken):
            sheet.write_formula(number, column, "=1/0" if "DIV" in value.error else "=NA()", None, value.error)
        elif isinstance(value, bool):
            sheet.write_boolean(number, column, value)
        elif isinstance(value, dt.date):
            sheet.write_datetime(number, column, value, looks["yyyy-mm-dd"])
        elif isinstance(value, str):
            sheet.write_string(number, column, value)
        elif value is not None:
            sheet.write_number(number, column, value)
