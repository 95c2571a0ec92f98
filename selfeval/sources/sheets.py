"""The sheets of ``targets.xlsx``: which table each holds, what stands in a column, and its rows read as that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from python_calamine import CalamineWorkbook

from selfeval.domain.tables import Table
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, PLAN, PROJECTS
from selfeval.packages.columns import letters
from selfeval.packages.looks import Look, looks
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze

KINDS: Mapping[str, str] = {
    **dict.fromkeys(("unit_code", "project", "indicator", "indicators"), "code"),
    **dict.fromkeys(("budget", "fiscal", "other"), "money"),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), "share"),
    "seq": "integer",
    "points": "number",
}
"""What a cell of a column holds, by the column's name; text where nothing is said."""
OPTIONAL = ("kind", "points")
"""Columns without which a sheet still reads."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the table whose published columns it holds, and their widths in characters, in order.

    ``carried`` are the columns that a person leaves blank (or merges) where they are the same as in the row above.
    """

    name: str
    table: Table
    widths: tuple[float, ...]
    carried: tuple[str, ...] = ()


SHEETS = (
    Sheet("项目", PROJECTS, (6, 10, 18, 25, 32, 10, 10, 10, 36, 70)),
    Sheet("指标", INDICATORS, (27, 25, 12, 20, 30, 42, 22, 18, 12, 8), ("level1", "level2")),
    Sheet("资金计划", PLAN, (25, 10, 10, 10, 10)),
    Sheet("部门目标", DEPARTMENT, (6, 22, 60, 36, 14, 58), ("seq", "title", "goal")),
)

MAX_ROWS = 20_000
"""Rows of one sheet."""

Value = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
"""What python-calamine gives for a cell; a blank cell is an empty string."""

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
_EXACT = 10**15
"""A spreadsheet keeps fifteen digits of a number."""
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")


@dataclass(frozen=True)
class Row:
    """A row: its number, the letters of the columns there are, and their values (None: blank or unreadable) by name."""

    number: int
    fields: dict[str, object]
    letters: Mapping[str, str]

    def text(self, name: str) -> str:
        """A code or text; blank too where the sheet has no such column."""
        return str(self.fields.get(name) or "")

    def cell(self, name: str) -> str:
        """The place of a value, such as G2; blank where the sheet has no such column."""
        return f"{self.letters[name]}{self.number}" if name in self.letters else ""


def read_page(book: CalamineWorkbook, data: bytes, sheet: Sheet, account: Account) -> list[Row]:
    """The rows of a sheet of an opened workbook (``data``: its bytes) but blank ones. The account is the sheet's."""
    if sheet.name not in book.sheet_names:
        headers = "、".join(column.header for column in sheet.table.published)
        account.report("E121", sheet=sheet.name, columns=headers)
        return []
    page = book.get_sheet_by_name(sheet.name)
    if page.total_height > MAX_ROWS + 1:
        account.report("E128", rows=page.total_height, limit=MAX_ROWS)
        return []
    header, *lines = page.to_python(skip_empty_area=False) or [[]]
    places = _places(header, sheet, account)
    named = {name: letters(at) for name, at in places.items()}
    seen = looks(data, sheet.name)
    rows: list[Row] = []
    for number, line in enumerate(lines, start=2):
        found = {name: _seen(name, line[at], seen.get((number - 1, at))) for name, at in places.items()}
        if all(value == "" or not shown(value).strip() for value in found.values()):
            continue
        row = Row(number, {}, named)
        for name, value in found.items():
            row.fields[name], fault = _read(KINDS.get(name, "text"), value)
            if fault:
                here = account.about(cell=row.cell(name))
                here.report(fault, what=sheet.table[name].header, found=shown(value))
        if rows:
            _carry_down(sheet, row.fields, rows[-1].fields)
        rows.append(row)
    return rows


def shown(value: Value) -> str:
    """A value as a person would write it: 324001.0 as 324001, a date as 2024-12-31."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value)


def _places(header: Sequence[Value], sheet: Sheet, account: Account) -> dict[str, int]:
    """Where each column stands; a needed one that is missing is a problem."""
    titles = [squeeze(shown(value)) for value in header]
    places = {}
    for column in sheet.table.published:
        if column.header in titles:
            places[column.name] = titles.index(column.header)
        elif column.name not in OPTIONAL:
            account.about(cell="A1").report("E122", column=column.header)
    return places


def _seen(name: str, value: Value, look: Look | None) -> Value:
    """A value as a person sees it: python-calamine gives a formula's error as a blank, and 95% as 0.95."""
    if look and look.fault.startswith("#"):
        return look.fault
    percentage = name == "target" and look and isinstance(value, int | float) and "%" in look.format
    return f"{shown(float(Decimal(repr(value)) * 100))}%" if percentage else value


def _read(kind: str, value: Value) -> tuple[str | float | None, str]:
    """A cell of a column of a kind (None: no number, or unreadable), and the code of the problem in its way.

    A code is text without white space; a number of sixteen digits or more in its place has lost some of them.
    """
    text = shown(value)
    if text.strip() in _ERRORS:
        return None, "E130"
    if kind == "text":
        return text.strip(), ""
    if kind == "code":
        lost = isinstance(value, int | float) and abs(value) >= _EXACT
        return (None, "E129") if lost else (squeeze(text), "")
    return _number(kind, squeeze(text)) if text.strip() else (None, "")


def _number(kind: str, bare: str) -> tuple[float | None, str]:
    """A number or share (25%, from 0 to 1), which may also be typed as text."""
    typed = _PERCENT.fullmatch(bare) if kind == "share" else None
    try:
        number = float(Decimal(typed[1]) / 100 if typed else bare.replace(",", ""))
    except ValueError:
        return None, "E125"
    if kind == "share" and not 0 <= number <= 1:
        return None, "E126"
    if kind == "integer":
        return (int(number), "") if number.is_integer() else (None, "E125")
    return number, ""


def _carry_down(sheet: Sheet, values: dict[str, object], above: dict[str, object]) -> None:
    """Fill what is blank because it is the same as above: within one project, and under the same upper levels."""
    for index, name in enumerate(sheet.carried):
        same = all(values.get(upper) == above.get(upper) for upper in ("project", *sheet.carried[:index]))
        if same and values.get(name, ...) in ("", None):
            values[name] = above.get(name)
