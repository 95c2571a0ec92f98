"""Hands on forms, as a department's would be: find a cell by its ids, type into it, and read the folder again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pandas as pd
from openpyxl.cell.cell import Cell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.reported import Reported
from selfeval.forms import read_forms
from selfeval.forms.identity import MARKER
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
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.protection.sheet = False
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
    form = next(one for one in book.worksheets if any(cell.value == MARKER for row in one for cell in row))
    return book, form


def cell_at(sheet: Worksheet, row: str, column: str = "actual") -> Cell:
    """The cell of a row id and a column id, wherever they now stand."""
    top, left = next((c.row, c.column) for line in sheet for c in line if c.value == MARKER)
    at = next(line[0].row for line in sheet.iter_rows(min_col=left, max_col=left) if line[0].value == row)
    across = next(c.column for c in sheet[top] if c.value == column)
    cell = sheet.cell(at, across)
    assert isinstance(cell, Cell)
    return cell


def saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def values(reported: Reported) -> dict[tuple[str, str], tuple[str, str]]:
    """(text, form) of every value that is not blank, by (project or indicator, item)."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for frame in (reported.funds, reported.payments, reported.actuals, reported.narrative):
        key = frame["indicator"] if "indicator" in frame else frame["project"]
        item = frame["item"] if "item" in frame else frame["month"].astype("str")
        for one in zip(key, item, frame["text"], frame["form"], strict=True):
            if one[3] != "blank":
                found[one[0], one[1]] = (one[2], one[3])
    return found


def value(reported: Reported, indicator: str, item: str = "actual") -> tuple[str, str]:
    """(text, form) of one value of an indicator."""
    row = row_of(reported.actuals, indicator=indicator, item=item)
    return str(row["text"]), str(row["form"])


def row_of(frame: pd.DataFrame, **keys: object) -> pd.Series:
    """The one row of a table with these keys."""
    chosen = frame
    for column, wanted in keys.items():
        chosen = chosen[chosen[column] == wanted]
    assert len(chosen) == 1, keys
    return chosen.iloc[0]


def codes(reported: Reported) -> list[str]:
    return [one.code for one in reported.problems]
