"""One form: what it must hold, and its values, found by the marker of the sheet and the ids of rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, problem
from selfeval.domain.reading.bounds import read_range
from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import Quantity, read_quantity
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, SCORED_ITEMS, Cell, Reports
from selfeval.domain.targets import Indicator
from selfeval.forms.identity import (
    ACTUAL,
    FINGERPRINT,
    MARKER,
    MARKER_FAMILY,
    META,
    META_PROJECT,
    META_YEAR,
    OPTIONAL_ITEMS,
    TARGET,
    CellPlace,
    fingerprint,
    fund_row,
    narrative_row,
    payment_row,
)
from selfeval.forms.reading.cells import as_answer, with_unit
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.sheets.ids import Found, markers, read_ids


@dataclass(frozen=True)
class Expected:
    """One row of a form: its id, what people call it, and the columns to read.

    That of an indicator has a ``fingerprint`` and the ``target`` it was made from. An ``optional`` row may be missing,
    as in forms made before it was thought of.
    """

    row: str
    name: str
    columns: tuple[str, ...] = (ACTUAL,)
    fingerprint: str = ""
    target: str = ""
    optional: bool = False

    @property
    def indicator(self) -> str:
        """指标编号; blank for a row of no indicator."""
        return self.row if self.fingerprint else ""

    def scored(self, column: str) -> bool:
        """Whether a score is made of its cell in a column."""
        return column in SCORED_ITEMS if self.fingerprint else self.row in _AMOUNTS

    def called(self, column: str) -> str:
        """What people call its cell in a column."""
        return f"{self.name} {ACTUAL_ITEMS[column]}" if self.fingerprint else self.name


_AMOUNTS = frozenset((*map(fund_row, FUND_ITEMS), *map(payment_row, MONTHS)))

COMMON_ROWS: tuple[Expected, ...] = (
    *(Expected(fund_row(item), name) for item, name in FUND_ITEMS.items()),
    *(Expected(payment_row(month), f"{month}月支付金额") for month in MONTHS),
    *(Expected(narrative_row(item), name, optional=item in OPTIONAL_ITEMS) for item, name in NARRATIVE_ITEMS.items()),
)
"""The rows that every form has: funds, payments, narrative."""


def expected_rows(indicators: Sequence[Indicator]) -> tuple[Expected, ...]:
    """Every row that the form of a project holds, its indicators in document order."""
    return (*COMMON_ROWS, *(_indicator_row(indicator) for indicator in indicators))


def _indicator_row(indicator: Indicator) -> Expected:
    name, target = indicator.level3, indicator.target
    called = f"{indicator.indicator} {name}"
    return Expected(indicator.indicator, called, tuple(ACTUAL_ITEMS), fingerprint(name, target), target)


@dataclass(frozen=True)
class Form:
    """A sheet whose marker was found: where its ids stand, and what it says it is for."""

    grid: SheetGrid
    ids: Found
    others: tuple[Form, ...] = ()
    """Those of other projects in the same file."""

    @property
    def project(self) -> str:
        """项目编码; blank when it does not say."""
        return self.at(META_PROJECT, ACTUAL).text

    @property
    def year(self) -> str:
        """The year evaluated; blank when it does not say."""
        return self.at(META_YEAR, ACTUAL).text

    @property
    def place(self) -> Place:
        """Where its problems stand."""
        return Place(self.project, file=self.grid.file, sheet=self.grid.sheet)

    def at(self, row: str, column: str) -> Cell:
        """The first cell of a row in a column; a blank one when either is missing."""
        return next(iter(self.copies(row, column)), self.grid.blank())

    def copies(self, row: str, column: str) -> list[Cell]:
        """The cells in a column of a row, both of which may have been copied; none when either is missing."""
        columns = self.ids.columns.get(column, ())
        return [self.grid.cell(place, at) for place in self.ids.rows.get(row, ()) for at in columns]

    def address(self, row: str, column: str) -> str:
        """The address of a cell of a row that is there; that of the row when the column is missing."""
        return address(self.ids.rows[row][0], self.ids.columns.get(column, (0,))[0])


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
    return form if form.project and form.year else problem("E314", here, command=command)


def read_values(
    form: Form, indicators: Sequence[Indicator], *, as_written: bool = False
) -> tuple[Reports, list[Problem]]:
    """Every value that a form must hold, and what is missing, doubled, unknown, or was made for an older target.

    A bare number beside an older target gets the unit printed there when today's differs, unless ``as_written``.
    """
    here, command = form.place, form_command(form.year, form.project)
    problems = [
        problem("E309", here, what=name, command=command)
        for column, name in ACTUAL_ITEMS.items()
        if column not in form.ids.columns and column not in OPTIONAL_ITEMS
    ]
    found: dict[CellPlace, Cell] = {}
    expected = expected_rows(indicators)
    for row in expected:
        place = here.at(indicator=row.indicator)
        if row.row not in form.ids.rows and not row.optional:
            problems.append(problem("E308", place, what=row.name, command=command))
        for column in row.columns:
            copies = form.copies(row.row, column)
            cell = copies[0] if copies else form.grid.blank()
            if len({(copy.text, copy.data_type) for copy in copies}) > 1:
                cells = "、".join(copy.cell for copy in copies)
                problems.append(problem("E311", place.at(cell=cell.cell), what=row.called(column), cells=cells))
                cell = form.grid.blank(cell.cell)
            found[row.row, column] = as_answer(cell) if row.scored(column) else cell
        if form.at(row.row, FINGERPRINT).text not in {"", row.fingerprint} and row.indicator:
            old = form.at(row.row, TARGET).text
            if not as_written:
                found[row.row, ACTUAL] = _in_printed_unit(found[row.row, ACTUAL], old, row.target)
            facts = {"what": row.name, "old": old, "new": row.target, "command": command}
            problems.append(problem("W303", place.at(cell=form.address(row.row, TARGET)), **facts))
    known = {row.row for row in expected} | set(META)
    unknown = [(row, name) for name, rows in form.ids.rows.items() if name not in known for row in rows]
    for at, name in unknown[:MOST_TOLD]:
        problems.append(problem("E310", here.at(cell=address(at, form.ids.left)), row=at + 1, found=name))
    problems += more_of_the_same(here, len(unknown), "E310")
    reports = Reports(
        {item: found[fund_row(item), ACTUAL] for item in FUND_ITEMS},
        {month: found[payment_row(month), ACTUAL] for month in MONTHS},
        {(row.row, column): found[row.row, column] for row in expected if row.indicator for column in row.columns},
        {item: found[narrative_row(item), ACTUAL] for item in NARRATIVE_ITEMS},
    )
    return reports, problems


def _in_printed_unit(cell: Cell, printed: str, today: str) -> Cell:
    """The value with the unit of the printed target where today's has another one: 20 beside ≤20万元 is 20万元.

    So it converts (200000元) or is asked about (E404); values that say their unit themselves stay as they are.
    """
    unit, now = _unit(printed), _unit(today)
    if not unit or now is None or unit == now:
        return cell
    if cell.data_type != "text":
        return with_unit(cell, unit)
    digits = in_digits(cell.text, unit)
    quantity = read_quantity(digits)
    bare = isinstance(quantity, Quantity) and not quantity.unit
    return replace(cell, text=f"{digits}{unit}") if bare else cell


def _unit(target: str) -> str | None:
    """The unit of a target with a number or a range; None for any other."""
    bounds = read_range(target)
    if bounds is not None:
        return bounds[2]
    quantity = read_quantity(target, label=True)
    return quantity.unit if isinstance(quantity, Quantity) else None
