"""A reviewer at work: opens a workbook, types into 复核意见, saves it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from openpyxl import load_workbook

from selfeval.workbooks.review.finding import MARKER, REVIEW
from selfeval.workbooks.review.reading import WHOLE

Typed = Mapping[str, str | float | date]
"""What is typed in one row, by column id: ``{"verdict": "调整", "adjusted": 4.5}``."""


def cell_of(file: Path, row: str, column: str) -> str:
    """The cell of 复核意见 at a row id and a column id: 复核意见!H13."""
    lines, letters = _ids(file, file.stat().st_mtime_ns)
    return f"{REVIEW}!{letters[column]}{lines[row]}"


@lru_cache(maxsize=4)
def _ids(file: Path, _written: int) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """The first row and column of each id in a file as it was last written: opening it takes half a second."""
    sheet = load_workbook(file)[REVIEW]
    assert sheet["A1"].value == MARKER
    lines = {str(one.value): one.row for one in reversed(sheet["A"]) if one.value}
    letters = {str(one.value): one.column_letter for one in reversed(sheet[1]) if one.value}
    return lines, letters


def review(file: Path, rows: Mapping[str, Typed], target: Path | None = None) -> Path:
    """Type into rows (指标编号, or ``whole``) and save, over the file or as ``target``."""
    book = load_workbook(file)
    sheet = book[REVIEW]
    lines = {str(one.value): one.row for one in sheet["A"] if one.value}
    letters = {str(one.value): one.column for one in sheet[1] if one.value}
    for row, typed in rows.items():
        for column, value in typed.items():
            cell = sheet.cell(lines[row], letters[column])
            assert not cell.protection.locked, f"{cell.coordinate} is locked"
            cell.value = value
    saved = target or file
    book.save(saved)
    return saved


__all__ = ["REVIEW", "WHOLE", "Typed", "cell_of", "review"]
