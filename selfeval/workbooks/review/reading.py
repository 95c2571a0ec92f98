"""Reading 审核意见 back from a workbook that a reviewer saved, with any program and under any name."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reviewing.review import Entry, ReviewBook
from selfeval.packages.guard import read_package
from selfeval.workbooks.review.identity import (
    MARKER,
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
                    return _read(name, sheet, rows)
    except (CalamineError, OSError, ValueError) as error:
        return f"这个工作簿打不开：{type(error).__name__}"
    return None


def _sheets(workbook: CalamineWorkbook) -> Iterator[tuple[str, Rows]]:
    """The sheets with their cells, the one with the usual name first."""
    for sheet in sorted(workbook.sheet_names, key=lambda one: one != REVIEW):
        yield sheet, workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _read(file: str, sheet: str, rows: Rows) -> ReviewBook | str:
    columns = {_text(one): i for i, one in enumerate(rows[0]) if i and _text(one)}
    missing = [one for one in (VALUE, *TYPED) if one not in columns]
    if missing:
        return "「审核意见」的隐藏行被删改，认不出各列"
    marked = {_text(row[0]): (i, row) for i, row in enumerate(rows) if i and row and _text(row[0])}

    def cell(row: str, column: str) -> str:
        found = marked.get(row)
        return "" if found is None else _at(found[1], columns.get(column, -1))

    year = cell(META_YEAR, VALUE)
    if not year.isdigit() or not cell(META_PROJECT, VALUE):
        return "「审核意见」的隐藏行被删改，认不出年度和项目"
    special = {META_YEAR, META_PROJECT, META_FINGERPRINT, WHOLE, OPINION}
    entries = tuple(_entry(name, i + 1, row, columns) for name, (i, row) in marked.items() if name not in special)
    letters = {one: str(xl_col_to_name(at)) for one, at in columns.items()}
    return ReviewBook(
        file=file,
        sheet=sheet,
        year=int(year),
        project=cell(META_PROJECT, VALUE),
        fingerprint=cell(META_FINGERPRINT, VALUE),
        verdict=cell(WHOLE, "verdict"),
        reviewer=cell(WHOLE, "reviewer"),
        day=cell(WHOLE, "day"),
        entries=entries,
        opinions={label: text for one, label in OPINIONS.items() if (text := cell(OPINION, one))},
        columns=letters,
        verdict_cell=f"{letters['verdict']}{marked[WHOLE][0] + 1}" if WHOLE in marked else "",
    )


def _entry(indicator: str, number: int, row: Sequence[object], columns: Mapping[str, int]) -> Entry:
    typed = {one: _dashless(_at(row, columns[one])) for one in TYPED}
    return Entry(indicator, number, **typed, own=_at(row, columns.get("score", -1)))


def _at(row: Sequence[object], column: int) -> str:
    return _text(row[column]) if 0 <= column < len(row) else ""


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
