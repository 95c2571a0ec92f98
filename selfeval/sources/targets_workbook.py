"""``inputs/<year>/targets.xlsx``: written after an import, read by every other command."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pandas as pd
import xlsxwriter

from selfeval.sources.imported import Imported
from selfeval.sources.sheets import DEPARTMENT_SHEET, RECORD_SHEET, SHEETS, Kind, Sheet
from selfeval.sources.targets_reader import read_targets

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = ["read_targets", "write_targets"]

_FONT = "宋体"
_NUMBER_FORMATS: dict[Kind, str] = {
    "text": "@",
    "code": "@",
    "money": "#,##0.00####",
    "number": "General",
    "integer": "0",
    "share": "0.####%",
}
_LINE = 14.5
"""Points that a line of text takes."""
_RECORD_COLUMNS = (("项目编码", 25.0), ("读的是什么", 27.0), ("原文", 46.0), ("读作", 74.0), ("行号", 8.0))


def write_targets(imported: Imported, target: Path | BinaryIO) -> None:
    """Write the workbook of design section 9: 项目, 指标, 资金计划, 部门目标, and 导入记录 with every inferred reading.

    Text is stored as text, whatever it begins with. The same import gives the same bytes.
    """
    place = str(target) if isinstance(target, Path) else target
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(place, {"in_memory": True, **options})
    # A fixed date: the clock must not show in the bytes.
    book.set_properties({"title": f"{imported.targets.year}年绩效目标", "created": _day(imported.targets.year)})
    targets = imported.targets
    frames = (targets.projects, targets.indicators, targets.plan, targets.department)
    styles = _Styles(book)
    for sheet, frame in zip(SHEETS, frames, strict=True):
        _write_sheet(book.add_worksheet(sheet.name), sheet, frame, styles)
    _write_record(book.add_worksheet(RECORD_SHEET), imported, styles)
    book.close()


def _day(year: int) -> dt.datetime:
    """1 January of a year, in UTC."""
    return dt.datetime(year, 1, 1, tzinfo=dt.UTC)


class _Styles:
    """The few formats of the workbook."""

    def __init__(self, book: Workbook) -> None:
        base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter", "border": 1, "border_color": "#BFBFBF"}
        self.header: Format = book.add_format(
            {**base, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#DDEBF7", "text_wrap": True}
        )
        self.cells: dict[Kind, Format] = {
            kind: book.add_format({**base, "num_format": shape, "text_wrap": kind in ("text", "code")})
            for kind, shape in _NUMBER_FORMATS.items()
        }
        self.repeated: Format = book.add_format({**base, "num_format": "@", "font_color": "#A6A6A6"})
        self.cells["integer"].set_align("center")


def _write_sheet(page: Worksheet, sheet: Sheet, frame: pd.DataFrame, styles: _Styles) -> None:
    _set_up(page, [(column.header, column.width) for column in sheet.columns], styles)
    lines = [1] * len(frame)
    for index, column in enumerate(sheet.columns):
        above: object = None
        for row, value in enumerate(frame[column.name].tolist()):
            # The goal of a part stands in each of its rows; only the first is meant to be read.
            repeated = sheet is DEPARTMENT_SHEET and column.name in ("title", "goal") and value == above
            _write(page, row + 1, index, value, styles.repeated if repeated else styles.cells[column.kind])
            if isinstance(value, str) and not repeated:
                lines[row] = max(lines[row], _lines(value, column.width))
            above = value
    for row, count in enumerate(lines, start=1):
        page.set_row(row, _LINE * count + 3)
    page.autofilter(0, 0, max(len(frame), 1), len(sheet.columns) - 1)
    page.freeze_panes(1, 0)


def _write(page: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """Write one cell; text always as text."""
    if isinstance(value, str) and value:
        page.write_string(row, column, value, style)
    elif isinstance(value, int | float) and not math.isnan(value):
        page.write_number(row, column, value, style)
    else:
        page.write_blank(row, column, None, style)


def _lines(text: str, width: float) -> int:
    """How many lines a wrapped text takes: a Chinese character is two wide, and a little is lost at each end."""
    wide = sum(1 if char.isascii() else 2 for char in text)
    return max(1, math.ceil(wide / (width - 1.5)))


def _set_up(page: Worksheet, columns: Sequence[tuple[str, float]], styles: _Styles) -> None:
    """Header row, widths, and a landscape A4 page as wide as the columns."""
    for index, (header, width) in enumerate(columns):
        page.set_column(index, index, width)
        page.write_string(0, index, header, styles.header)
    page.set_row(0, 22)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C第 &P 页，共 &N 页")


def _write_record(page: Worksheet, imported: Imported, styles: _Styles) -> None:
    """Where the targets came from, and what was read by a rule rather than plainly."""
    _set_up(page, _RECORD_COLUMNS, styles)
    text, number = styles.cells["text"], styles.cells["integer"]
    facts = (
        ("文件标题", imported.title),
        ("来源文件", imported.source),
        ("来源文件 SHA-256", imported.sha256),
        ("总体绩效目标", imported.overall_goal),
    )
    rows = [("", what, value, "", 0) for what, value in facts]
    rows += [(one.project, one.what, one.original, one.reading, one.line) for one in imported.readings]
    for row, (*words, line) in enumerate(rows, start=1):
        for index, word in enumerate(words):
            _write(page, row, index, word, text)
        _write(page, row, len(words), line or None, number)
        widths = [width for _, width in _RECORD_COLUMNS]
        if row <= len(facts):
            page.merge_range(row, 2, row, len(words), words[2], text)
            widths[2] = sum(widths[2:])
        page.set_row(row, _LINE * max(map(_lines, words, widths)) + 3)
