"""One form: find its sheet by the marker, its rows and columns by their ids, and take the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reported import Cell, Reports
from selfeval.forms.identity import (
    ACTUAL,
    FINGERPRINT,
    INPUT_COLUMNS,
    MARKER,
    MARKER_FAMILY,
    META,
    META_MARK,
    META_PROJECT,
    META_YEAR,
    OPTIONAL_ITEMS,
    TARGET,
)
from selfeval.forms.reading.cells import BLANK, Value
from selfeval.forms.reading.expected import NUMERIC_COLUMNS, Expected, column_name
from selfeval.forms.reading.grid import Grid, address
from selfeval.forms.reading.older import in_printed_unit


@dataclass(frozen=True)
class FormName:
    """Which form a file is: its shown path, the sheet, the project and the year it was made for."""

    file: str
    sheet: str
    project: str
    year: str


@dataclass(frozen=True)
class Form:
    """A sheet whose marker was found: where its ids stand, and what it says it is for. Positions count from 0."""

    grid: Grid
    file: str
    rows: dict[str, tuple[int, ...]]
    columns: dict[str, int]
    project: str
    year: str

    @property
    def name(self) -> FormName:
        """What is remembered of it once it has been read."""
        return FormName(self.file, self.grid.sheet, self.project, self.year)

    def at(self, row: str, column: str) -> Value:
        """The value of a row that occurs once; blank when the row or the column is missing."""
        places = self.rows.get(row, ())
        return self.value(places[0], column) if places else BLANK

    def value(self, row: int, column: str) -> Value:
        """The value in a column of a known row; blank when the column is missing."""
        at = self.columns.get(column)
        return BLANK if at is None else self.grid.value(row, at, numeric=column in NUMERIC_COLUMNS)


def find_form(grids: Sequence[Grid], file: str, command: str) -> Form | Problem:
    """The form among the sheets of a workbook, or why there is none. ``command`` makes a new one."""
    places = [(grid, place) for grid in grids for place in _markers(grid)]
    if not places:
        return problem("E303", Place(file=file), command=command)
    if len(places) > 1:
        names = "、".join(f"“{grid.sheet}”" for grid, _ in places)
        return problem("E312", Place(file=file), count=len(places), sheets=names)
    grid, (top, left) = places[0]
    here = Place(file=file, sheet=grid.sheet, cell=address(top, left))
    if (found := grid.label(top, left)) != MARKER:
        return problem("E304", here, found=found, expected=MARKER, command=command)
    columns: dict[str, int] = {}
    for at in range(grid.width(top)):
        if at != left and (name := grid.label(top, at)):
            columns.setdefault(name, at)
    rows: dict[str, tuple[int, ...]] = {}
    for at in range(grid.rows):
        if at != top and (name := grid.label(at, left)):
            rows[name] = (*rows.get(name, ()), at)
    form = Form(grid, file, rows, columns, "", "")
    project, year = form.at(META_PROJECT, ACTUAL).text, form.at(META_YEAR, ACTUAL).text
    if not project or not year:
        return problem("E314", Place(file=file, sheet=grid.sheet), command=command)
    return Form(grid, file, rows, columns, project, year)


def read_values(
    form: Form, expected: Sequence[Expected], command: str, *, as_written: bool = False
) -> tuple[Reports, list[Problem]]:
    """Every expected value of a form, and what is missing, doubled, unknown, or was made for an older target.

    A bare number beside an older target gets the unit printed there when today's differs, unless ``as_written``.
    """
    reports = Reports()
    problems: list[Problem] = []
    here = Place(form.project, file=form.file, sheet=form.grid.sheet)
    problems += [
        problem("E309", here, what=column_name(column), command=command)
        for column in INPUT_COLUMNS
        if column not in form.columns and column not in OPTIONAL_ITEMS
    ]
    for row in expected:
        place = here.at(indicator=row.indicator)
        found = form.rows.get(row.row, ())
        if not found and not row.optional:
            problems.append(problem("E308", place, what=row.name, command=command))
        for column in row.columns:
            value, cell = _one_value(form, found, column)
            if value is None:
                cells = "、".join(address(at, form.columns[column]) for at in found)
                what = f"{row.name} {column_name(column)}" if row.indicator else row.name
                problems.append(problem("E311", place.at(cell=cell), what=what, cells=cells))
            kept = value or BLANK
            if column == ACTUAL and not as_written and _outdated(form, row):
                kept = in_printed_unit(kept, form.at(row.row, TARGET).text, row.target)
            row.put(column, Cell(kept.text, kept.number, kept.form, form.file, form.grid.sheet, cell), reports)
        problems += _changed_target(form, row, place, command)
    known = {row.row for row in expected} | set(META)
    for name, places in form.rows.items():
        if name not in known:
            left = _column_of_ids(form)
            problems += [problem("E310", here.at(cell=address(at, left)), row=at + 1, found=name) for at in places]
    return reports, problems


def contents(form: Form, expected: Sequence[Expected]) -> dict[tuple[str, str], tuple[Value, str]]:
    """What is filled in, with its cell, by the ids of row and column; blanks and the mark are left out."""
    found: dict[tuple[str, str], tuple[Value, str]] = {}
    for row in expected:
        for column in row.columns:
            value, cell = _one_value(form, form.rows.get(row.row, ()), column)
            if value not in {None, BLANK} and row.row != META_MARK:
                found[row.row, column] = (value or BLANK, cell)
    return found


def _one_value(form: Form, rows: Sequence[int], column: str) -> tuple[Value | None, str]:
    """The value that all copies of a row agree on (None when they do not), and the cell to name."""
    at = form.columns.get(column)
    if not rows or at is None:
        return BLANK, ""
    values = [form.value(row, column) for row in rows]
    return (values[0] if len(set(values)) == 1 else None), address(rows[0], at)


def _outdated(form: Form, row: Expected) -> bool:
    """Whether a row of the form was made for another target than today's; a lost fingerprint says nothing."""
    return bool(row.fingerprint) and form.at(row.row, FINGERPRINT).text not in {"", row.fingerprint}


def _changed_target(form: Form, row: Expected, place: Place, command: str) -> list[Problem]:
    """A warning when the form was made for another target than today's."""
    if not _outdated(form, row):
        return []
    old = form.at(row.row, TARGET).text
    cell = address(form.rows[row.row][0], form.columns.get(TARGET, 0))
    return [problem("W303", place.at(cell=cell), what=row.name, old=old, new=row.target, command=command)]


def _markers(grid: Grid) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(grid.rows)
        for column in range(grid.width(row))
        if grid.label(row, column).startswith(MARKER_FAMILY)
    ]


def _column_of_ids(form: Form) -> int:
    return next((column for _, column in _markers(form.grid)), 0)
