"""Reading 审核意见 back from a workbook that a reviewer saved, with any program and under any name."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reviewing.review import Entry, ReviewBook
from selfeval.packages.guard import read_package
from selfeval.sheets.ids import Found, TextGrid, read_ids
from selfeval.sheets.layout import letters
from selfeval.workbooks.review.identity import (
    MARKER,
    META,
    META_FINGERPRINT,
    META_PROJECT,
    META_YEAR,
    OPINION,
    OPINIONS,
    REVIEW,
    TYPED,
    VALUE,
    WHOLE,
)

_LONGEST = 4_000
"""Characters kept of what a reviewer typed in one cell."""

Rows = Sequence[Sequence[object]]


def read_review(path: Path, name: str) -> ReviewBook | str | None:
    """The review in a file; why it cannot be read, as a plain phrase; None when it holds no such sheet.

    ``name`` is the path that messages print.
    """
    data = read_package(path)
    if isinstance(data, str):
        return f"这个工作簿打不开：{data}"
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for sheet, rows in _sheets(workbook):
                if rows and rows[0] and _text(rows[0][0]) == MARKER:
                    return _read(name, sheet, TextGrid([[_text(value) for value in row] for row in rows]))
    except (CalamineError, OSError, ValueError) as error:
        return f"这个工作簿打不开：{type(error).__name__}"
    return None


def _sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, Rows]]:
    """The sheets with their cells, the one with the usual name first."""
    for sheet in sorted(workbook.sheet_names, key=lambda one: one != REVIEW):
        yield sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _read(file: str, sheet: str, grid: TextGrid) -> ReviewBook | str:
    found = read_ids(grid, (0, 0))
    if any(column not in found.columns for column in (VALUE, *TYPED)):
        return "「审核意见」的隐藏行被删改，认不出各列"
    seen = _Seen(grid, found)
    year = seen.text(META_YEAR, VALUE)
    if not year.isdigit() or not seen.text(META_PROJECT, VALUE):
        return "「审核意见」的隐藏行被删改，认不出年度和项目"
    special = {*META, WHOLE, OPINION}
    columns = {name: letters(at) for name, at in found.columns.items()}
    whole = seen.row(WHOLE)
    return ReviewBook(
        file=file,
        sheet=sheet,
        year=int(year),
        project=seen.text(META_PROJECT, VALUE),
        fingerprint=seen.text(META_FINGERPRINT, VALUE),
        verdict=seen.text(WHOLE, "verdict"),
        reviewer=seen.text(WHOLE, "reviewer"),
        day=seen.text(WHOLE, "day"),
        entries=tuple(seen.entry(row) for row in found.rows if row not in special),
        opinions={label: text for column, label in OPINIONS.items() if (text := seen.text(OPINION, column))},
        columns=columns,
        verdict_cell="" if whole is None else f"{columns['verdict']}{whole + 1}",
    )


@dataclass(frozen=True)
class _Seen:
    """The cells by the ids of their row and column."""

    grid: TextGrid
    found: Found

    def row(self, name: str) -> int | None:
        """Where a row stands; of one that was copied, the last."""
        return next(reversed(self.found.rows.get(name, ())), None)

    def text(self, row: str, column: str) -> str:
        at, across = self.row(row), self.found.columns.get(column)
        return "" if at is None or across is None else self.grid.label(at, across)

    def entry(self, indicator: str) -> Entry:
        typed = {column: _dashless(self.text(indicator, column)) for column in TYPED}
        return Entry(indicator, (self.row(indicator) or 0) + 1, **typed, own=self.text(indicator, "score"))


def _dashless(text: str) -> str:
    """The dash of a row that has nothing to fill in is no answer."""
    return "" if text in {"—", "-"} else text


def _text(value: object) -> str:
    """What a cell holds as text: a number in its shortest decimal form, a day as 2025-03-01."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return show_number(float(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value).strip()[:_LONGEST]
