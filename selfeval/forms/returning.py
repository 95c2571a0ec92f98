"""退回修改清单: what a unit has to mend in its forms, as one workbook that can be mailed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import xlsxwriter

from selfeval.forms.making.layout import height_for
from selfeval.forms.making.styles import STYLES

_COLUMNS = (
    ("序号", 6.0),
    ("项目", 24.0),
    ("文件", 30.0),
    ("工作表", 10.0),
    ("单元格", 9.0),
    ("指标", 22.0),
    ("级别", 7.0),
    ("问题", 46.0),
    ("怎样修改", 46.0),
)


@dataclass(frozen=True)
class ReturnRow:
    """One line of the list, in the order of its columns."""

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
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    book.set_properties({"title": f"{unit} 退回修改清单", "created": created})
    sheet = book.add_worksheet("退回修改清单")
    form = {name: book.add_format(STYLES[name]) for name in ("title", "note", "heading", "text", "hint")}
    last = len(_COLUMNS) - 1
    for at, (heading, width) in enumerate(_COLUMNS):
        sheet.set_column(at, at, width)
        sheet.write_string(2, at, heading, form["heading"])
    sheet.merge_range(0, 0, 0, last, f"{year}年度绩效自评填报表退回修改清单", form["title"])
    sheet.set_row(0, 32)
    told = f"单位：{unit}。共 {len(rows)} 处，请逐处修改后更新填报日期，把填报表发回。制表日期：{day:%Y-%m-%d}"
    sheet.merge_range(1, 0, 1, last, told, form["note"])
    sheet.set_row(1, 22)
    sheet.set_row(2, 24)
    for number, row in enumerate(rows, start=1):
        at = number + 2
        sheet.write_number(at, 0, number, form["hint"])
        texts = astuple(row)
        for column, text in enumerate(texts, start=1):
            sheet.write_string(at, column, text, form["hint" if column in {3, 4, 6} else "text"])
        sheet.set_row(at, height_for(*zip(texts, (width for _, width in _COLUMNS[1:]), strict=True)))
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, 2 + len(rows), last)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_footer("&R&8第 &P 页 共 &N 页")
    book.close()
    return buffer.getvalue()
