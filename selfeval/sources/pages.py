"""The rows of the sheets of a targets workbook, each cell read as its column says."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import openpyxl
from openpyxl.workbook.workbook import Workbook
from python_calamine import CalamineWorkbook

from selfeval.domain.problems import Place, Problem, problem
from selfeval.packages.errors import formula_errors
from selfeval.sources import cell_values
from selfeval.sources.cell_values import Read, Value
from selfeval.sources.layout import squeeze
from selfeval.sources.sheets import Kind, Sheet, SheetColumn

MAX_ROWS = 20_000
"""Rows of one sheet."""

_READERS: dict[Kind, Callable[[Value], Read]] = {
    "text": cell_values.text,
    "code": cell_values.code,
    "money": cell_values.number,
    "number": cell_values.number,
    "integer": cell_values.integer,
    "share": cell_values.share,
}
_FAULTS = {"error": "E130", "number": "E125", "range": "E126", "code": "E129"}
_CARRIED = {"指标": ("level1", "level2"), "部门目标": ("seq", "title", "goal")}
"""What a person leaves blank (or merges) because it is the same as in the row above."""


class Book:
    """An opened workbook: values by python-calamine, and by openpyxl what these do not show. It passed the guard."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.values = CalamineWorkbook.from_filelike(io.BytesIO(data))
        self.errors = formula_errors(data)

    @cached_property
    def _formats(self) -> Workbook:
        return openpyxl.load_workbook(io.BytesIO(self._data))

    def shows_percent(self, sheet: str, cell: str) -> bool:
        """Whether a cell shows its number as a percentage. The workbook is opened for it once, and only if asked."""
        return "%" in str(self._formats[sheet][cell].number_format)


@dataclass(frozen=True)
class Row:
    """A row of a sheet: its number as the spreadsheet shows it, and its values by column name."""

    number: int
    fields: dict[str, object]


@dataclass(frozen=True)
class Page:
    """A sheet's rows, and the letter of each column's place."""

    rows: tuple[Row, ...] = ()
    letters: dict[str, str] | None = None

    def cell(self, name: str, row: Row) -> str:
        """Where a row has a column, e.g. G2."""
        return f"{(self.letters or {}).get(name, 'A')}{row.number}"


def read_page(book: Book, sheet: Sheet, place: Place, problems: list[Problem]) -> Page:
    """Read one sheet cell by cell, blank rows left out; faults go to ``problems``."""
    here = place.at(sheet=sheet.name)
    if sheet.name not in book.values.sheet_names:
        problems.append(problem("E121", here, sheet=sheet.name, columns=sheet.headers))
        return Page()
    page = book.values.get_sheet_by_name(sheet.name)
    if page.total_height > MAX_ROWS + 1:
        problems.append(problem("E128", here, rows=page.total_height, limit=MAX_ROWS))
        return Page()
    header, *lines = page.to_python(skip_empty_area=False) or [[]]
    places = _places(header, sheet, here, problems)
    rows: list[Row] = []
    carried: dict[str, object] = {}
    for number, line in enumerate(lines, start=2):
        spots = {column: here.at(cell=f"{_letter(at)}{number}") for column, at in places.items()}
        cells = {
            column: book.errors.get((sheet.name, spots[column].cell), line[at] if at < len(line) else "")
            for column, at in places.items()
        }
        if all(cell_values.blank(value) for value in cells.values()):
            continue
        values: dict[str, object] = {
            column.name: _value(book, column, value, spots[column], problems) for column, value in cells.items()
        }
        carried = _carry_down(sheet, values, carried)
        rows.append(Row(number, values))
    return Page(tuple(rows), {column.name: _letter(at) for column, at in places.items()})


def _places(header: Sequence[Value], sheet: Sheet, here: Place, problems: list[Problem]) -> dict[SheetColumn, int]:
    """Where each column stands; a needed one that is missing is a problem."""
    titles = [squeeze(cell_values.shown(value)) for value in header]
    places = {}
    for column in sheet.columns:
        if column.header in titles:
            places[column] = titles.index(column.header)
        elif not column.optional:
            problems.append(problem("E122", here.at(cell="A1"), column=column.header))
    return places


def _value(
    book: Book, column: SheetColumn, value: Value, here: Place, problems: list[Problem]
) -> str | float | int | None:
    if column.name == "target" and isinstance(value, int | float):
        read = cell_values.text(value, percent=book.shows_percent(here.sheet, here.cell))
    else:
        read = _READERS[column.kind](value)
    if read.fault:
        facts = {"what": column.header, "found": cell_values.shown(value)}
        problems.append(problem(_FAULTS[read.fault], here, **facts))
    return read.value


def _carry_down(sheet: Sheet, values: dict[str, object], above: dict[str, object]) -> dict[str, object]:
    """Fill what is blank because it is the same as above (within one project), and return it for the next row."""
    names = _CARRIED.get(sheet.name, ())
    same = above.get("project") == values.get("project")
    for index, name in enumerate(names):
        # A lower level is carried only under the same upper one.
        upper_same = all(values.get(upper) == above.get(upper) for upper in names[:index])
        if values.get(name) in ("", None) and same and upper_same:
            values[name] = above.get(name)
    return {name: values.get(name) for name in (*names, "project")}


def _letter(index: int) -> str:
    """0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
