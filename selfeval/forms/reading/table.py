"""A reported table: figures that finance or a platform exports, as a workbook or a folder of CSV files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.fund_layouts import SOURCE_ITEMS
from selfeval.domain.fund_sources import with_totals
from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, near_word, problem, worst_first
from selfeval.domain.reported import FUND_ITEMS, Cell, Reported, Reports
from selfeval.domain.targets import Targets
from selfeval.forms.reading.answer_units import AnswerRows, answer_units, targets_by_row
from selfeval.forms.reading.cells import as_answer, as_remark, csv_value, dropped, with_unit
from selfeval.forms.reading.folder import Files, shown_path
from selfeval.forms.reading.grid import SheetGrid, address
from selfeval.forms.reading.table_claims import Promises, contradicted, promises_of
from selfeval.forms.reading.table_columns import Columns, Doubted, columns_of
from selfeval.forms.reading.table_files import grids
from selfeval.forms.reading.table_lines import is_sum_or_note, sums, told_otherwise, without_id
from selfeval.forms.reading.table_parts import ANSWERS, FUNDS, NARRATIVE, PARTS, TablePart
from selfeval.packages.spool import Spool

_MANY = 3
"""One in so many lines is no slip."""
_COMPARISONS = 200_000
"""How many pairs of ids are compared to find which one was meant."""


@dataclass(frozen=True)
class FoundPart:
    """A part as found: where its ids stand, the column and unit of each item, and the rows of each id, from 0."""

    part: TablePart
    grid: SheetGrid
    key: int
    columns: Mapping[str, tuple[int, str]]
    rows: Mapping[str, Sequence[int]]
    doubted: Mapping[str, Sequence[int]]
    """Columns of which it is in doubt what stands below."""
    units: Mapping[int, str]
    """In which unit the bare answer of a row is, where that is not its target's."""
    refused: Container[int] = ()
    """Rows of which it is in doubt whose they are."""

    def cell(self, row: int, item: str) -> Cell:
        """The cell of an item; blank, with no place, where its column is missing."""
        cell = self._cell(row, item)
        if row not in self.refused:
            return cell
        return dropped(cell) if item in self.part.answers else self.grid.blank()

    def _cell(self, row: int, item: str) -> Cell:
        if item in self.doubted:
            cells = [self.grid.cell(row, at, numeric=item in self.part.numeric) for at in self.doubted[item]]
            return dropped(next((cell for cell in cells if cell.data_type != "blank"), cells[0]))
        if item not in self.columns:
            return self.grid.blank()
        at, unit = self.columns[item]
        unit = unit or (self.units.get(row, "") if item == "actual" else "")
        cell = self.grid.cell(row, at, numeric=item in self.part.numeric)
        return with_unit(as_answer(cell) if item in self.part.answers else as_remark(cell), unit)

    def cells(self, key: str) -> dict[str, Cell]:
        """The cells of an id by item; blank where it has no row, or several that differ."""
        rows = self.rows.get(key, ())
        if not rows:
            return dict.fromkeys(self.part.items, self.grid.blank())
        if self.differ(rows):
            return {item: self._in_doubt(rows, item) for item in self.part.items}
        return {item: self.cell(rows[0], item) for item in self.part.items}

    def _in_doubt(self, rows: Sequence[int], item: str) -> Cell:
        if item not in self.part.answers:
            return self.grid.blank()
        cells = [self.cell(row, item) for row in rows]
        return dropped(next((cell for cell in cells if cell.data_type != "blank"), cells[0]))

    def differ(self, rows: Sequence[int]) -> bool:
        """Whether several rows do not hold the same."""
        first, *others = rows
        raw = self.grid.raw
        if not self.grid.sheet:  # a field has no look that could make two of the same text differ
            others = [row for row in others if raw[row] != raw[first]]
        held = self._held(first) if others else []
        return any(self._held(row) != held for row in others)

    def _held(self, row: int) -> list[tuple[str, str]]:
        cells = (self.cell(row, item) for item in self.columns)
        return [(cell.text, cell.data_type) for cell in cells]


def read_reported(path: Path, targets: Targets, root: Path) -> Reported:
    """The reported table at ``path``, with all problems inside.

    A workbook with the sheets 指标, 资金, 项目, or a folder with files of texts of these names (``open_csv``). Columns
    are found by name; 标记 in 项目 is optional. Every project that the table mentions gets a row for every expected
    value; a blank one has data type ``blank``. Paths are given relative to ``root``.
    """
    files: Files = []
    problems: list[Problem] = []
    there = grids(path, root, problems, files)
    promises = promises_of(targets)
    found = (_sheet(part, there[part.name], promises, problems) for part in PARTS if part.name in there)
    sheets = {sheet.part: sheet for sheet in found if sheet is not None}
    names = targets.names
    owner = {indicator: own.project for indicator, own in promises.indicators.items()}
    for part, sheet in sheets.items():
        problems += _unknown(sheet, owner if part is ANSWERS else names, targets.year)
    ids = ((part, key) for part, sheet in sheets.items() for key in sheet.rows)
    mentioned = {owner.get(key, key) if part is ANSWERS else key for part, key in ids}
    own: dict[str, list[str]] = {}
    for indicator, project in owner.items():
        own.setdefault(project, []).append(indicator)
    reports: Spool[Reports] = Spool()
    for code, name in names.items():
        if code in mentioned:
            reports.put(code, _project(sheets, code, own.get(code, ())))
        elif sheets:
            problems.append(problem("E320", Place(code, file=shown_path(path, root)), name=name))
    return Reported(reports, worst_first(problems), tuple(files))


def _sheet(part: TablePart, grid: SheetGrid, promises: Promises, problems: list[Problem]) -> FoundPart | None:
    """The part with its columns and the rows of each id; None without the column of ids."""
    if (found := columns_of(part, grid, promises.year, problems)) is None:
        return None
    top, key, columns, doubted = found
    rows = _rows(grid, top, key, problems)
    at = {column: item for item, (column, _) in columns.items()}
    at |= {column: item for item, places in doubted.items() if item for column in places}
    problems += without_id(part, grid, (top, key), at)
    problems += sums(part, grid, (top, key))
    refused, told = contradicted(part, grid, (top, key), rows, promises)
    problems += told
    answers = [column for column, item in at.items() if item in part.answers or not part.answers]
    if title := told_otherwise(part, grid, top, answers, promises):
        problems.append(title)
        refused = frozenset(row for places in rows.values() for row in places)
    sound = {name: [row for row in places if row not in refused] or places for name, places in rows.items()}
    units = _answer_units(grid, found, sound, promises) if part is ANSWERS and "actual" in columns else {}
    return FoundPart(part, grid, key, columns, sound, doubted, units, refused)


def _rows(grid: SheetGrid, top: int, key: int, problems: list[Problem]) -> dict[str, list[int]]:
    """The rows of each id; those that are longer than the headings are told."""
    place = Place(file=grid.file, sheet=grid.sheet)
    rows: dict[str, list[int]] = {}
    told: list[Problem] = []
    usual, behind = _usual_widths(grid, top), _behind(grid, top)
    for row in range(top + 1, grid.rows):
        name = grid.label(row, key)
        if not name or is_sum_or_note(name):
            continue
        if grid.sheet:
            beyond = [at for at in behind if grid.width(row) > at and _is_number(grid, row, at)]
        else:
            fields = range(grid.width(top), grid.width(row))
            beyond = [at for at in fields if grid.label(row, at)] or [*fields][: grid.width(row) not in usual]
        if beyond:
            facts = {"row": row + 1, "found": name, "extra": grid.label(row, beyond[0]) or "一格空白"}
            told.append(problem("E330", replace(place, cell=address(row, beyond[0])), **facts))
        else:
            rows.setdefault(name, []).append(row)
    problems += told[:MOST_TOLD]
    problems += more_of_the_same(place, len(told), "E330")
    return rows


def _answer_units(
    grid: SheetGrid,
    found: tuple[int, int, Columns, Doubted],
    rows: Mapping[str, Sequence[int]],
    promises: Promises,
) -> dict[int, str]:
    top, key, columns, _ = found
    promised = targets_by_row(rows, {name: own.target for name, own in promises.indicators.items()})
    return answer_units(AnswerRows(grid, top, key, columns["actual"][0], promised))


def _behind(grid: SheetGrid, top: int) -> list[int]:
    """The column of a sheet right behind the last heading, if it holds numbers in the fewer rows.

    What was moved aside is there. Where most rows have numbers it is somebody's own column, and so is what stands
    farther off.
    """
    rows, ends = range(top + 1, grid.rows), grid.width(top)
    while ends and not grid.label(top, ends - 1):
        ends -= 1
    count = sum(_is_number(grid, row, ends) for row in rows if grid.width(row) > ends)
    return [ends] if 0 < count * 2 <= len(rows) else []


def _is_number(grid: SheetGrid, row: int, at: int) -> bool:
    cell = grid.cell(row, at)
    return cell.data_type in {"number", "percent"} or csv_value(cell.text, numeric=True)[2] == "number"


def _usual_widths(grid: SheetGrid, top: int) -> set[int]:
    """How many fields many lines have: a program may end lines with a comma, and a comma in a number makes one more."""
    counts = Counter(map(grid.width, range(top, grid.rows)))
    return {width for width, count in counts.items() if count * _MANY >= counts.total()}


def _unknown(sheet: FoundPart, known: Mapping[str, str], year: int) -> Iterable[Problem]:
    """Rows whose id is not in the targets, with the nearest known id; and ids that come twice, differently."""
    unknown = 0
    for key, rows in sheet.rows.items():
        place = Place(file=sheet.grid.file, sheet=sheet.grid.sheet, cell=address(rows[0], sheet.key))
        facts = {"what": sheet.part.key, "found": key}
        if key not in known:
            unknown += 1
            if unknown <= MOST_TOLD:
                compared = known if unknown * len(known) <= _COMPARISONS else ()
                hint = near_word(key, compared, "（最接近的是“{}”）", cutoff=0.85)
                yield problem("E318", place, **facts, year=year, near=hint)
        elif sheet.differ(rows):
            project, indicator = (known[key], key) if sheet.part is ANSWERS else (key, "")
            more = f"等{len(rows)}" if len(rows) > MOST_TOLD else ""
            listed = "、".join(str(row + 1) for row in rows[:MOST_TOLD]) + more
            yield problem("E319", place.at(project=project, indicator=indicator), **facts, rows=listed)
    yield from more_of_the_same(Place(file=sheet.grid.file, sheet=sheet.grid.sheet), unknown, "E318")


def _project(sheets: Mapping[TablePart, FoundPart], code: str, indicators: Iterable[str]) -> Reports:
    """Every expected value of one project; blank, with no file, where a sheet is missing."""

    def cells(part: TablePart, key: str) -> dict[str, Cell]:
        return sheets[part].cells(key) if part in sheets else dict.fromkeys(part.items, Cell(data_type="blank"))

    money = cells(FUNDS, code)
    reports = Reports(
        {item: money[item] for item in (*FUND_ITEMS, *SOURCE_ITEMS)},
        {month: money[f"{month:02d}"] for month in MONTHS},
        {(name, item): cell for name in indicators for item, cell in cells(ANSWERS, name).items()},
        cells(NARRATIVE, code),
    )
    return with_totals(reports)
