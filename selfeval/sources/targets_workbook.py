"""``inputs/<year>/targets.xlsx``: written after an import, read by every other command."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import BinaryIO

import pandas as pd

from selfeval.sheets import model
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Content, Row
from selfeval.sheets.page import Footer, Page
from selfeval.sheets.rows import headings
from selfeval.sheets.themes.targets import TARGETS
from selfeval.sheets.writer import workbook
from selfeval.sources.imported import Imported
from selfeval.sources.sheets import DEPARTMENT_SHEET, RECORD_SHEET, SHEETS, Sheet
from selfeval.sources.targets_reader import read_targets

__all__ = ["read_targets", "write_targets"]

_PAGE = Page(footer=Footer(numbers="第 {page} 页，共 {pages} 页"))
_LEAST = 17.5
"""Points of a row with one line of text."""

_RECORD = (
    Column("project", "项目编码", 25),
    Column("what", "读的是什么", 27),
    Column("original", "原文", 46),
    Column("reading", "读作", 74),
    Column("line", "行号", 8),
)


def write_targets(imported: Imported, target: Path | BinaryIO) -> None:
    """Write the workbook of design section 9: 项目, 指标, 资金计划, 部门目标, and 导入记录 with every inferred reading.

    Text is stored as text, whatever it begins with. The same import gives the same bytes.
    """
    targets = imported.targets
    frames = (targets.projects, targets.indicators, targets.plan, targets.department)
    tables = [_table(sheet, frame) for sheet, frame in zip(SHEETS, frames, strict=True)]
    # a fixed date: the clock must not show in the bytes
    day = dt.date(targets.year, 1, 1)
    data = workbook(Book(f"{targets.year}年绩效目标", day, TARGETS, (*tables, _record(imported))))
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)


def _table(sheet: Sheet, frame: pd.DataFrame) -> model.Sheet:
    """One table, which can be filtered."""
    columns = tuple(Column(column.name, column.header, column.width) for column in sheet.columns)
    rows: list[Row] = []
    above: dict[str, object] = {}
    for at, record in enumerate(frame[[column.name for column in sheet.columns]].to_dict("records")):
        values = {str(name): value for name, value in record.items()}
        rows.append(_row(f"row.{at}", sheet, values, above))
        above = values
    lines = tuple(rows) or (Row(id="row.0", height=None),)
    return model.Sheet(
        sheet.name,
        columns,
        (headings(columns, "header", 22.0, frozen=True), *lines),
        _PAGE,
        filter=("head", lines[-1].id),
        gridlines=True,
    )


def _row(name: str, sheet: Sheet, values: dict[str, object], above: dict[str, object]) -> Row:
    """One record. The goal of a part stands in each of its rows; only the first is meant to be read."""
    kept = ("title", "goal") if sheet is DEPARTMENT_SHEET else ()
    again = {column for column in kept if values[column] == above.get(column)}
    cells = (
        Cell(column.name, _content(values[column.name]), "repeated" if column.name in again else column.kind)
        for column in sheet.columns
    )
    measured = tuple(column.name for column in sheet.columns if column.name not in again)
    return Row(tuple(cells), name, Fit(_LEAST, measured))


def _content(value: object) -> Content:
    """A text or a number; nothing for whatever is missing."""
    if isinstance(value, str):
        return value
    return value if isinstance(value, int | float) and not math.isnan(value) else None


def _record(imported: Imported) -> model.Sheet:
    """Where the targets came from, and what was read by a rule rather than plainly."""
    facts = (
        ("文件标题", imported.title),
        ("来源文件", imported.source),
        ("来源文件 SHA-256", imported.sha256),
        ("总体绩效目标", imported.overall_goal),
    )
    rows = [
        Row((Cell("project"), Cell("what", what), Cell("original", value, last="line")), height=Fit(_LEAST))
        for what, value in facts
    ]
    for reading in imported.readings:
        texts = ((column.id, getattr(reading, column.id)) for column in _RECORD[:-1])
        cells = (*(Cell(name, text) for name, text in texts), Cell("line", reading.line or None, "integer"))
        rows.append(Row(cells, height=Fit(_LEAST)))
    return model.Sheet(RECORD_SHEET, _RECORD, (headings(_RECORD, "header", 22.0), *rows), _PAGE, gridlines=True)
