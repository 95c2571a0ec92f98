"""``inputs/<year>/targets.xlsx``: written after an import, read by every other command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from selfeval.domain.tables import Rows
from selfeval.sheets.heights import Fit
from selfeval.sheets.model import Book, Cell, Column, Row, Sheet
from selfeval.sheets.page import Footer, Page
from selfeval.sheets.rows import headings
from selfeval.sheets.themes.targets import TARGETS
from selfeval.sheets.writer import workbook
from selfeval.sources.imported import Imported
from selfeval.sources.pending import still_open
from selfeval.sources.readings import once
from selfeval.sources.targets_cells import DATA_TYPES
from selfeval.sources.targets_notes import GOAL, PENDING, RECORD, SHA256, SOURCE
from selfeval.sources.targets_page import SHEETS, TargetSheet

_PAGE = Page(footer=Footer(numbers="第{page}页，共{pages}页"))
Record = dict[str, Any]  # Any: a value of a declared column
LEFT_OUT = ("standard", "department")  # columns that are not written where nothing stands in them
_WIDTHS = (8, 25, 27, 30, 60, 50)
_LEAST = 17.5  # points of a row with one line of text

_RECORD = (
    Column("project", "项目编码", 25),
    Column("what", "推断的内容", 27),
    Column("original", "原文", 46),
    Column("reading", "识别为", 74),
    Column("line", "行号", 8),
)


def targets_workbook(imported: Imported) -> bytes:
    """The workbook, the same bytes every time: 项目, 指标, 资金计划, 部门目标, and 导入记录 with inferred readings.

    And 待处理, where something is left to be settled.
    """
    targets = imported.targets
    parts = (targets.projects, targets.indicators, targets.plan, targets.department)
    tables = [*map(_table, SHEETS, parts), *_pending(imported)]
    # a fixed date: the clock must not show in the bytes
    day = dt.date(targets.year, 1, 1)
    return workbook(Book(f"{targets.year}年绩效目标", day, TARGETS, (*tables, _record(imported))))


def _table(sheet: TargetSheet, rows: Rows) -> Sheet:
    published = sheet.table.published
    columns = tuple(
        Column(each.name, each.header, width)
        for each, width in zip(published, sheet.widths, strict=True)
        if each.name not in LEFT_OUT or any(rows.column(each.name))
    )
    values = rows.records
    made = [_row(f"row.{at}", columns, *pair) for at, pair in enumerate(zip(values, [{}, *values], strict=False))]
    lines = made or [Row(id="row.0", height=None)]
    whole = (headings(columns, "header", 22.0, frozen=True), *lines)
    return Sheet(sheet.name, columns, whole, _PAGE, filter=("head", lines[-1].id), gridlines=True)


def _row(name: str, columns: Sequence[Column], values: Record, above: Record) -> Row:
    """One record. The goal of a part stands in each of its rows; only the first is meant to be read."""
    again = {column for column in ("title", "goal") if "title" in values and values[column] == above.get(column)}
    ids = [column.id for column in columns]
    cells = (Cell(id_, values[id_], "repeated" if id_ in again else DATA_TYPES.get(id_, "text")) for id_ in ids)
    return Row(tuple(cells), name, Fit(_LEAST, tuple(id_ for id_ in ids if id_ not in again)))


def _pending(imported: Imported) -> Iterator[Sheet]:
    """What the table itself does not show, and yet no score may pass over; no sheet where there is none."""
    rows = [*still_open(imported)]
    if rows:
        columns = tuple(
            Column(each.name, each.header, width) for each, width in zip(PENDING.columns, _WIDTHS, strict=True)
        )
        cells = ([Cell(name, value) for name, value in row.items()] for row in rows)
        lines = (Row(tuple(line), height=Fit(_LEAST)) for line in cells)
        yield Sheet(
            PENDING.name, columns, (headings(columns, "header", 22.0, frozen=True), *lines), _PAGE, gridlines=True
        )


def _record(imported: Imported) -> Sheet:
    """Where the targets came from, and what was read by a rule rather than plainly."""
    files = imported.files or (("", ""),)
    facts = (
        ("文件标题", imported.title),
        *(fact for name, sha256 in files for fact in ((SOURCE, name), (SHA256, sha256))),
        (GOAL, imported.overall_goal or imported.targets.overall_goal),
    )
    rows: list[tuple[Cell, ...]]
    rows = [(Cell("project"), Cell("what", what), Cell("original", value, last="line")) for what, value in facts]
    for reading in once(imported.readings):
        texts = (Cell(column.id, getattr(reading, column.id)) for column in _RECORD[:-1])
        line, spot = reading.spot.only_line, reading.spot.in_file
        if reading.file:
            line, spot = 0, f"{reading.file} {spot}".strip()
        rows.append((*texts, Cell("line", line or spot or None, "text" if spot and not line else "integer")))
    lines = (Row(cells, height=Fit(_LEAST)) for cells in rows)
    return Sheet(RECORD, _RECORD, (headings(_RECORD, "header", 22.0), *lines), _PAGE, gridlines=True)
