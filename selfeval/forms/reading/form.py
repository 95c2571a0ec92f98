"""One form as found in a file: by the marker of the sheet and the ids of rows and columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from selfeval.domain.case import is_whole
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reported import ACTUAL_ITEMS, Cell
from selfeval.forms.identity import ACTUAL, MARKER, MARKER_FAMILY, META, META_PROJECT, META_YEAR, fund_row
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.sheets.ids import Found, markers, read_ids

_OF_ONE_CELL = re.compile(r"(?:funds|payments|narrative)\.")
"""How the ids begin of rows that nothing is filled into but the first cell: hints and formulas stand beside it."""


@dataclass(frozen=True)
class Form:
    """A sheet whose marker was found: where its ids stand, and what it says it is for."""

    grid: SheetGrid
    ids: Found
    others: tuple[Form, ...] = ()
    """Those of other projects in the same file."""

    @cached_property
    def project(self) -> str:
        """项目编码; blank when it does not say."""
        return self.said(META_PROJECT, ACTUAL)

    @property
    def is_whole(self) -> bool:
        """Whether it is that of a department's own part."""
        return is_whole(self.project)

    @cached_property
    def year(self) -> str:
        """The year evaluated; blank when it does not say."""
        return self.said(META_YEAR, ACTUAL)

    @cached_property
    def place(self) -> Place:
        """Where its problems stand."""
        return Place(self.project, file=self.grid.file, sheet=self.grid.sheet)

    @cached_property
    def _nothing(self) -> Cell:
        return self.grid.blank()

    def at(self, row: str, column: str) -> Cell:
        """The first cell of a row in a column; a blank one when either is missing."""
        rows, columns = self.ids.rows.get(row), self.ids.columns.get(column)
        return self.grid.cell(rows[0], columns[0]) if rows and columns else self._nothing

    def said(self, row: str, column: str) -> str:
        """The text of that cell."""
        rows, columns = self.ids.rows.get(row), self.ids.columns.get(column)
        return self.grid.said(rows[0], columns[0]) if rows and columns else ""

    def copies(self, row: str, column: str) -> list[Cell]:
        """The cells in a column of a row, both of which may have been copied; none when either is missing."""
        columns = self.ids.columns.get(column, ())
        return [self.grid.cell(place, at) for place in self.ids.rows.get(row, ()) for at in columns]

    @cached_property
    def unnamed(self) -> list[int]:
        """The rows without an id: the titles and headings, wherever they stand, and what somebody added."""
        named = {row for rows in self.ids.rows.values() for row in rows}
        return [row for row in range(self.grid.rows) if row not in named]

    def address(self, row: str, column: str) -> str:
        """The address of a cell of a row that is there; that of the row when the column is missing."""
        return address(self.ids.rows[row][0], self.ids.columns.get(column, (0,))[0])


def holds_nothing(form: Form) -> bool:
    """Whether a form holds no more than all are sent out with, whatever its targets were."""
    answers = [one for one in _answers(form) if one[1] == ACTUAL or not _OF_ONE_CELL.match(one[0])]
    return all(row.startswith(fund_row("initial")) or kind == "error" for row, _, _, kind in answers)


def _answers(form: Form) -> frozenset[tuple[str, str, str, str]]:
    """What is filled in, by the ids of row and column, as text and data type; headings and formulas are no answers."""
    places = ((row, column) for row in form.ids.rows if row not in META for column in ACTUAL_ITEMS)
    cells = ((row, column, cell) for row, column in places for cell in form.copies(row, column))
    return frozenset(
        (row, column, cell.text, cell.data_type) for row, column, cell in cells if cell.data_type != "blank"
    )


def _without_copies(forms: Sequence[Form]) -> list[Form]:
    """The forms of a file, without copies that somebody keeps: those that hold the same as another, or nothing."""
    found: dict[tuple[str, str, str], dict[frozenset[tuple[str, str, str, str]], Form]] = {}
    for form in sorted(forms, key=lambda form: form.grid.hidden):
        found.setdefault((form.ids.marker, form.project, form.year), {}).setdefault(_answers(form), form)
    filled = ([form for answers, form in same.items() if answers] or [*same.values()] for same in found.values())
    kept = [form for same in filled for form in same]
    return [form for form in forms if any(form is one for one in kept)]


def form_command(year: int | str, project: str = "项目编码") -> str:
    """The command that makes a new form of a project."""
    return f"selfeval forms {year} --project {project}"


def find_form(grids: Sequence[SheetGrid], file: str, command: str, named: str = "") -> Form | Problem:
    """The form among the sheets of a workbook, or why there is none. ``command`` makes a new one.

    Of several sheets the one counts that alone is of the project ``named`` by the file, if all others say that they
    are of another.
    """
    places = [(grid, place) for grid in grids for place in markers(grid, MARKER_FAMILY)]
    all_of_them = [Form(grid, read_ids(grid, place)) for grid, place in places]
    others = tuple(form for form in all_of_them if form.project not in {"", named})
    if named and len(places) > 1 and len(others) == len(places) - 1:
        places = [at for at, form in zip(places, all_of_them, strict=True) if form not in others]
        all_of_them = [form for form in all_of_them if form not in others]
    else:
        others = ()
    if not places:
        return problem("E303", Place(file=file), command=command)
    if len(places) > 1 and len(left := _without_copies(all_of_them)) == 1:
        places = [at for at, form in zip(places, all_of_them, strict=True) if form is left[0]]
        all_of_them = left
    if len(places) > 1:
        names = "、".join(f"“{grid.sheet}”" for grid, _ in places)
        return problem("E312", Place(file=file), count=len(places), sheets=names)
    (grid, place), form = places[0], replace(all_of_them[0], others=others)
    here = Place(file=file, sheet=grid.sheet)
    if form.ids.marker != MARKER:
        facts = {"found": form.ids.marker, "expected": MARKER, "command": command}
        return problem("E304", here.at(cell=address(*place)), **facts)
    for row, what in ((META_PROJECT, "项目编码"), (META_YEAR, "年度")):
        copies = form.copies(row, ACTUAL)
        if len({copy.text for copy in copies}) > 1:
            return problem("E311", here, what=what, cells="、".join(copy.cell for copy in copies))
    if grid.hidden:
        return problem("E342", here, sheet=grid.sheet)
    return form if form.project and form.year else problem("E314", here, command=command)
