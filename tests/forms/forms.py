"""Hands on forms, as a department's would be: find a cell by its ids, type into it, and read the folder again."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import openpyxl
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.merge import MergedCellRange
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.reported import Cell, Reported
from selfeval.forms.identity import MARKER
from selfeval.forms.reading.folder import read_forms
from tests.forms.conftest import Year


def put(workspace: Path, year: Year, project: str, data: bytes | None = None) -> Path:
    """A form in its place; the filled sample form unless other bytes are given."""
    path = workspace / year.path(project)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(year.form(project) if data is None else data)
    return path


def read(workspace: Path, year: Year, *projects: str) -> Reported:
    """What the folder of forms says, for a year of these projects only."""
    return read_forms(workspace / "inputs/2024/forms", year.targets.only(list(projects)), workspace)


def open_form(path: Path) -> tuple[Workbook, Worksheet]:
    """The workbook and its form, unlocked for editing."""
    with patch.object(MergedCellRange, "format"):  # borders of merged cells, which take longer than all the rest
        book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.protection.sheet = False
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
    form = next(one for one in book.worksheets if any(cell.value == MARKER for row in one for cell in row))
    return book, form


def cell_at(sheet: Worksheet, row: str, column: str = "actual") -> SheetCell:
    """The cell of a row id and a column id, wherever they now stand."""
    return cells_of(sheet)(row, column)


def cells_of(sheet: Worksheet) -> Callable[[str, str], SheetCell]:
    """The same for many cells of a form that stays as it is: its ids are looked for once."""
    top, left = next((c.row, c.column) for line in sheet for c in line if c.value == MARKER)
    ids = reversed([line[0] for line in sheet.iter_rows(min_col=left, max_col=left)])
    rows = {one.value: one.row for one in ids if one.row is not None}
    columns = {one.value: one.column for one in reversed(sheet[top]) if one.column is not None}

    def at(row: str, column: str) -> SheetCell:
        cell = sheet.cell(rows[row], columns[column])
        assert isinstance(cell, SheetCell)
        return cell

    return at


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def found(reported: Reported) -> dict[tuple[str, str], Cell]:
    """Every value, blank ones too, by (project or indicator, item); a month is an item."""
    return {
        key: cell
        for code, reports in reported.projects.items()
        for key, cell in (
            *(((code, item), cell) for item, cell in (reports.funds | reports.narrative).items()),
            *(((code, str(month)), cell) for month, cell in reports.payments.items()),
            *reports.answers.items(),
        )
    }


def values(reported: Reported) -> dict[tuple[str, str], tuple[str, str]]:
    """(text, form) of every value that is not blank, by (project or indicator, item)."""
    return {key: (cell.text, cell.data_type) for key, cell in found(reported).items() if cell.data_type != "blank"}


def value(reported: Reported, key: str, item: str = "actual") -> tuple[str, str]:
    """(text, form) of one value of an indicator or a project."""
    cell = found(reported)[key, item]
    return cell.text, cell.data_type


def with_cells(reported: Reported, cells: Mapping[tuple[str, str], Cell]) -> Reported:
    """The same with other answers to some indicators, by (indicator, item)."""
    projects = {
        code: replace(reports, answers={key: cells.get(key, cell) for key, cell in reports.answers.items()})
        for code, reports in reported.projects.items()
    }
    return replace(reported, projects=projects)


def codes(reported: Reported) -> list[str]:
    return [one.code for one in reported.problems]
