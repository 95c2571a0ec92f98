"""The same targets as sheets in the layout of the published form: a table a project."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import xlsxwriter

from selfeval.domain.targets import CHECKPOINTS, Targets

HEADS = ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据")
_FIELDS = ("level2", "level3", "description", "target", "basis")
_COLUMNS_OF_PLAN = dict(zip(CHECKPOINTS, (1, 2, 4, 6), strict=True))


class _Sheet:
    """A sheet that is written from above."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._percent = book.add_format({"num_format": "0%"})
        self.row = 0

    def put(self, column: int, value: object, *, columns: int = 1, rows: int = 1, down: int = 0) -> None:
        first, last = (self.row + down, column), (self.row + down + rows - 1, column + columns - 1)
        if rows * columns > 1:
            self._sheet.merge_range(*first, *last, value)
        else:
            self._sheet.write(*first, value)

    def share(self, column: int, share: object) -> None:
        if isinstance(share, float) and not math.isnan(share):
            self._sheet.write_number(self.row, column, share, self._percent)


def write_forms(path: Path, targets: Targets, *, sheets: bool, gap: int = 1) -> None:
    """One table a sheet, or all on one, with so many blank rows between them."""
    plans = {row["project"]: row for row in targets.plan.records}
    sheet = None
    with xlsxwriter.Workbook(path) as book:
        for number, project in enumerate(targets.projects.records, start=1):
            if sheet is None or sheets:
                sheet = _Sheet(book, f"表{number}")
            _upper(sheet, project, plans[project["project"]])
            _lower(sheet, targets.indicators.of(project["project"]))
            sheet.row += gap


def _upper(sheet: _Sheet, project: Mapping[str, object], plan: Mapping[str, object]) -> None:
    sheet.put(0, f"{project['seq']}.{project['name']}绩效目标表", columns=7)
    sheet.put(0, f"{project['unit_code']} {project['unit_name']}", columns=5, down=1)
    sheet.put(5, "单位：万元", columns=2, down=1)
    sheet.row += 2
    sheet.put(0, "项目编码")
    sheet.put(1, project["project"], columns=2)
    sheet.put(3, "项目名称")
    sheet.put(4, project["name"], columns=3)
    sheet.row += 1
    sheet.put(0, "预算规模及\n资金用途", rows=2)
    for column, value in enumerate(("预算数", project["budget"], "其中：财政资金", project["fiscal"], "其他资金"), 1):
        sheet.put(column, value)
    sheet.put(1, project["purpose"], columns=6, down=1)
    sheet.row += 2
    sheet.put(0, "资金支出计划（%）", rows=2)
    for month, column in _COLUMNS_OF_PLAN.items():
        sheet.put(column, f"{month}月底")
    sheet.row += 1
    for month, column in _COLUMNS_OF_PLAN.items():
        sheet.share(column, plan[f"month_{month}"])
    sheet.row += 1
    sheet.put(0, "绩效目标")
    sheet.put(1, project["goal"], columns=6)
    sheet.row += 1


def _lower(sheet: _Sheet, indicators: Sequence[Mapping[str, object]]) -> None:
    for column, title in enumerate(HEADS):
        sheet.put(column, title)
    sheet.row += 1
    for level1, group in groupby(indicators, key=lambda one: one["level1"]):
        rows = list(group)
        sheet.put(0, level1, rows=len(rows))
        for row in rows:
            for column, name in enumerate(_FIELDS, start=1):
                sheet.put(column, row[name])
            sheet.row += 1
