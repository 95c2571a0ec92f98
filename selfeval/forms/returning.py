"""退回修改清单: what a unit has to mend in its forms, as one workbook that can be mailed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.page import FORM_PAGE
from selfeval.sheets.rows import headings, over
from selfeval.sheets.themes.forms import FORMS
from selfeval.sheets.writer import workbook

_COLUMNS = (
    Column("seq", "序号", 6),
    Column("project", "项目", 24),
    Column("file", "文件", 30),
    Column("sheet", "工作表", 10),
    Column("cell", "单元格", 9),
    Column("indicator", "指标", 22),
    Column("severity", "级别", 7),
    Column("message", "问题", 46),
    Column("remedy", "怎样修改", 46),
)
_SMALL = {"seq", "sheet", "cell", "severity"}


@dataclass(frozen=True)
class ReturnRow:
    """One line of the list."""

    project: str
    file: str
    sheet: str
    cell: str
    indicator: str
    severity: str
    message: str
    remedy: str


def return_list(unit: str, year: int, rows: Sequence[ReturnRow], day: dt.date) -> bytes:
    """The list as the bytes of an .xlsx file, dated ``day``; the same inputs give the same bytes."""
    note = f"单位：{unit}。共 {len(rows)} 处，请逐处修改后更新填报日期，把填报表发回。制表日期：{day:%Y-%m-%d}"
    title = over(_COLUMNS, f"{year}年度绩效自评填报表退回修改清单", "title", 32.0)
    head = headings(_COLUMNS, "heading", 24.0, frozen=True)
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    said = (title, over(_COLUMNS, note, "note", 22.0), head, *lines)
    sheet = Sheet("退回修改清单", _COLUMNS, said, FORM_PAGE, filter=(head.id, [head, *lines][-1].id))
    return workbook(Book(f"{unit} 退回修改清单", day, FORMS, (sheet,)))


def _line(number: int, row: ReturnRow) -> Row:
    contents = {"seq": number, **vars(row)}
    cells = (Cell(name, content, "hint" if name in _SMALL else "text") for name, content in contents.items())
    return Row(tuple(cells), f"line.{number}", Fit(24.0))
