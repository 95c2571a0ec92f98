"""The rows of the sheets of a targets workbook, each cell read as its column says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook

from selfeval.packages.looks import Look, looks
from selfeval.sources.cell_values import Value, blank, read, shown
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze
from selfeval.sources.sheets import KINDS, OPTIONAL, Sheet

MAX_ROWS = 20_000
"""Rows of one sheet."""


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its values, None where blank or unreadable, and its cells (such as G2), by column name.

    A column that the sheet lacks is in neither.
    """

    fields: dict[str, object]
    cells: dict[str, str]

    def text(self, name: str) -> str:
        """A code or text; blank too where the sheet has no such column."""
        return str(self.fields.get(name) or "")


def read_page(book: CalamineWorkbook, data: bytes, sheet: Sheet, account: Account) -> list[Row]:
    """Read one sheet of an opened workbook, blank rows left out. The account is the sheet's.

    ``data`` are the bytes of the workbook, which passed the guard.
    """
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
    seen = looks(data, sheet.name)
    rows: list[Row] = []
    for number, line in enumerate(lines, start=2):
        cells = {name: f"{get_column_letter(at + 1)}{number}" for name, at in places.items()}
        found = {name: _seen(name, line[at], seen.get((number - 1, at), Look())) for name, at in places.items()}
        if all(map(blank, found.values())):
            continue
        values: dict[str, object] = {}
        for name, value in found.items():
            values[name], fault = read(KINDS.get(name, "text"), value)
            if fault:
                here = account.about(cell=cells[name])
                here.report(fault, what=sheet.table[name].header, found=shown(value))
        if rows:
            _carry_down(sheet, values, rows[-1].fields)
        rows.append(Row(values, cells))
    return rows


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


def _seen(name: str, value: Value, look: Look) -> Value:
    """A value as a person sees it: python-calamine gives a formula's error as a blank, and 95% as 0.95."""
    if look.fault.startswith("#"):
        return look.fault
    percentage = name == "target" and isinstance(value, int | float) and "%" in look.format
    return f"{shown(float(Decimal(repr(value)) * 100))}%" if percentage else value


def _carry_down(sheet: Sheet, values: dict[str, object], above: dict[str, object]) -> None:
    """Fill what is blank because it is the same as above: within one project, and under the same upper levels."""
    for index, name in enumerate(sheet.carried):
        same = all(values.get(upper) == above.get(upper) for upper in ("project", *sheet.carried[:index]))
        if same and values.get(name, ...) in ("", None):
            values[name] = above.get(name)
