"""退回修改清单: what a unit has to mend in its forms, as one workbook that can be mailed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.domain.reading.period import in_chinese
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.page import FORM_PAGE
from selfeval.sheets.rows import headings, over
from selfeval.sheets.themes.forms import FORMS
from selfeval.sheets.writer import workbook

_COLUMNS = (
    Column("seq", "序号", 6),
    Column("project", "项目", 20),
    Column("file", "文件", 22),
    Column("sheet", "工作表", 9),
    Column("cell", "单元格", 8),
    Column("indicator", "指标", 18),
    Column("severity", "级别", 8),
    Column("message", "问题", 38),
    Column("remedy", "怎样修改", 38),
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


@dataclass(frozen=True)
class Letter:
    """What stands above the lines: to which unit, for which year, until when, whom to ask, and its own date."""

    unit: str
    year: int
    due: dt.date | None = None
    contact: str = ""
    day: dt.date | None = None

    def note(self, count: int) -> str:
        """The line below the title."""
        parts = [f"单位：{self.unit}。共{count}处，请逐处修改后更新填报日期，把填报表发回。"]
        parts += [f"报送期限：{in_chinese(self.due)}。"] if self.due else []
        parts += [f"联系人：{self.contact}。"] if self.contact else []
        parts += [f"制表日期：{in_chinese(self.day)}"] if self.day else []
        return "".join(parts)


def return_list(letter: Letter, rows: Sequence[ReturnRow]) -> bytes:
    """The list as the bytes of an .xlsx file; the same inputs give the same bytes."""
    year = letter.year
    title = over(_COLUMNS, f"{year}年度绩效自评填报表退回修改清单", "title", 32.0)
    head = headings(_COLUMNS, "heading", 24.0, frozen=True)
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    said = (title, over(_COLUMNS, letter.note(len(rows)), "note", 22.0), head, *lines)
    sheet = Sheet("退回修改清单", _COLUMNS, said, FORM_PAGE, filter=(head.id, [head, *lines][-1].id))
    return workbook(Book(f"{letter.unit}退回修改清单", dt.date(year, 12, 31), FORMS, (sheet,)))


def _line(number: int, row: ReturnRow) -> Row:
    contents = {"seq": number, **vars(row)}
    cells = (Cell(name, content, "hint" if name in _SMALL else "text") for name, content in contents.items())
    return Row(tuple(cells), f"line.{number}", Fit(24.0))
