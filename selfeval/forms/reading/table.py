"""A reported table: figures that finance or a platform exports, as a workbook or a folder of CSV files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfeval.domain.faults import unless_faulty
from selfeval.domain.funds import MONTHS
from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, near_word, problem, worst_first
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, SCORED_ITEMS, Cell, Reported, Reports
from selfeval.domain.targets import Targets
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.cells import as_answer, with_unit
from selfeval.forms.reading.folder import Files, shown_path
from selfeval.forms.reading.grid import SheetGrid, address, open_csv, open_workbook
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.spool import Spool
from selfeval.packages.workbook import Workbook, workbook_of

_HEADER = re.compile(r"(?P<name>[^（()）]+)(?:[（(](?P<unit>[^（()）]*)[）)])?")
_MONEY = frozenset({"元", "千元", "百万元", "亿元"})
"""Units that a header may name instead of 万元."""

_LINE_ENDS = (b"\n", b"\r")

_COMPARISONS = 200_000
"""How many pairs of ids are compared to find which one was meant."""

HEADER_WITHIN = 10
"""The header is looked for in so many first rows, so that a title above it does no harm."""


@dataclass(frozen=True, eq=False)
class TablePart:
    """One of the three sheets: its name, the column of ids, and the other columns by item.

    ``needed`` are the columns without which nothing can be scored; ``numeric`` those that hold numbers; ``answers``
    those that a score is made of.
    """

    name: str
    key: str
    items: Mapping[str, str]
    needed: frozenset[str] = frozenset()
    numeric: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()


_FUND_COLUMNS = {**FUND_ITEMS, **{f"{month:02d}": f"{month}月" for month in MONTHS}}
ANSWERS = TablePart(
    "指标", "指标编号", ACTUAL_ITEMS, frozenset({"actual"}), frozenset({"actual", "percentage", "judged"}), SCORED_ITEMS
)
_AMOUNTS = frozenset(_FUND_COLUMNS)
FUNDS = TablePart("资金", "项目编码", _FUND_COLUMNS, frozenset(FUND_ITEMS), _AMOUNTS, _AMOUNTS)
NARRATIVE = TablePart("项目", "项目编码", NARRATIVE_ITEMS)
PARTS = (ANSWERS, FUNDS, NARRATIVE)


@dataclass(frozen=True)
class FoundPart:
    """A part as found: where its ids stand, the column and unit of each item, and the rows of each id, from 0."""

    part: TablePart
    grid: SheetGrid
    key: int
    columns: Mapping[str, tuple[int, str]]
    rows: Mapping[str, Sequence[int]]

    def cell(self, row: int, item: str) -> Cell:
        """The cell of an item; blank, with no place, where its column is missing."""
        if item not in self.columns:
            return self.grid.blank()
        at, unit = self.columns[item]
        cell = self.grid.cell(row, at, numeric=item in self.part.numeric)
        return with_unit(as_answer(cell) if item in self.part.answers else cell, unit)

    def cells(self, key: str) -> dict[str, Cell]:
        """The cells of an id by item; blank where it has no row, or several that differ."""
        rows = self.rows.get(key, ())
        if not rows or self.differ(rows):
            return dict.fromkeys(self.part.items, self.grid.blank())
        return {item: self.cell(rows[0], item) for item in self.part.items}

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

    A workbook with the sheets 指标, 资金, 项目, or a folder with CSV files of these names (UTF-8 or GB18030). Columns
    are found by name; 标记 in 项目 is optional. Every project that the table mentions gets a row for every expected
    value; a blank one has data type ``blank``. Paths are given relative to ``root``.
    """
    files: Files = []
    problems: list[Problem] = []
    grids = _grids(path, root, problems, files)
    found = (_sheet(part, grids[part.name], problems) for part in PARTS if part.name in grids)
    sheets = {sheet.part: sheet for sheet in found if sheet is not None}
    names = targets.names
    pairs = zip(targets.indicators["indicator"].tolist(), targets.indicators["project"].tolist(), strict=True)
    owner = dict(pairs)
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


def _grids(path: Path, root: Path, problems: list[Problem], files: Files) -> dict[str, SheetGrid]:
    """The grids that are there, by name; what was read goes to ``files``."""
    found: dict[str, SheetGrid] = {}
    file = shown_path(path, root)
    if not path.exists():
        problems.append(problem("E315", Place(file=file), reason="没有这个文件或文件夹"))
        return found
    if path.is_dir():
        kind, present = "CSV 文件", sorted(table.name for table in path.glob("*.csv"))
        there = [part.name for part in PARTS if (path / f"{part.name}.csv").is_file()]
        for name in there:
            own = path / f"{name}.csv"
            shown, content = shown_path(own, root), read_bytes(own)
            if isinstance(content, Unreadable):
                files.append((shown, content.digest))
                grid: SheetGrid | Problem | str = content.reason
            else:
                files.append((shown, digest(content)))
                grid = unless_faulty(Place(file=shown), open_csv, content, shown)
                if isinstance(grid, SheetGrid) and not content.endswith(_LINE_ENDS) and grid.raw[-1][-1]:
                    last = {"found": grid.raw[-1][-1], "row": grid.rows}
                    problems.append(problem("W309", Place(file=shown), **last))
            if isinstance(grid, SheetGrid):
                found[name] = grid
            else:
                refused = problem("E315", Place(file=shown), reason=grid) if isinstance(grid, str) else grid
                problems.append(refused)
    else:
        data = read_bytes(path)
        files.append((file, data.digest if isinstance(data, Unreadable) else digest(data)))
        book = data if isinstance(data, Unreadable) else unless_faulty(Place(file=file), workbook_of, data)
        if not isinstance(book, Workbook):
            why = book if isinstance(book, Problem) else problem("E315", Place(file=file), reason=book.reason)
            problems.append(why)
            return found
        sheets = open_workbook(book, file)
        found = {grid.sheet.strip(): grid for grid in sheets}
        kind, present, there = "工作表", [grid.sheet for grid in sheets], list(found)
    for part in PARTS:
        if part.name not in there:
            listed = "、".join((part.key, *part.items.values()))
            facts = {"what": part.name, "found": "、".join(present) or "（空）", "part": kind, "columns": listed}
            problems.append(problem("E316", Place(file=file), **facts))
    return found


def _sheet(part: TablePart, grid: SheetGrid, problems: list[Problem]) -> FoundPart | None:
    """The part with its columns found by name; None without the column of ids, and then nothing else is said."""
    top, headings = _header(part, grid)
    place = Place(file=grid.file, sheet=grid.sheet)
    shown = "、".join(name for name, _, _ in headings) or "（空）"
    missing = {"sheet": part.name, "found": shown}
    keys, *columns = (
        (item, name, [(at, unit) for found, unit, at in headings if found == name])
        for item, name in {"": part.key, **part.items}.items()
    )
    if not keys[2]:
        problems.append(problem("E317", place, what=part.key, **missing))
        return None
    left_out: list[str] = []
    for item, name, hits in (keys, *columns):
        if len(hits) > 1:
            problems.append(problem("E322", place, sheet=part.name, what=name, count=len(hits)))
        elif not hits and item in part.needed:
            problems.append(problem("E317", place, what=name, **missing))
        elif not hits and item not in OPTIONAL_ITEMS:
            left_out.append(name)
    if left_out:
        problems.append(problem("W302", place, sheet=part.name, what="”“".join(left_out)))
    key = keys[2][0][0]
    rows: dict[str, list[int]] = {}
    longer: list[Problem] = []
    for row in range(top + 1, grid.rows):
        if not (name := grid.label(row, key)):
            continue
        if not grid.sheet and (beyond := [at for at in range(grid.width(top), grid.width(row)) if grid.label(row, at)]):
            facts = {"row": row + 1, "found": name, "extra": grid.label(row, beyond[0])}
            longer.append(problem("E330", replace(place, cell=address(row, beyond[0])), **facts))
        else:
            rows.setdefault(name, []).append(row)
    problems += longer[:MOST_TOLD]
    problems += more_of_the_same(place, len(longer), "E330")
    return FoundPart(part, grid, key, {item: hits[0] for item, _, hits in columns if hits}, rows)


def _header(part: TablePart, grid: SheetGrid) -> tuple[int, list[tuple[str, str, int]]]:
    """The header row and its (name, unit, column); the first row when none holds the column of ids."""
    first: list[tuple[str, str, int]] = []
    for row in range(min(grid.rows, HEADER_WITHIN)):
        texts = ("".join(grid.label(row, column).split()) for column in range(grid.width(row)))
        headings = [
            (match["name"], match["unit"] if match["unit"] in _MONEY else "", column)
            for column, text in enumerate(texts)
            if (match := _HEADER.fullmatch(text))
        ]
        if any(name == part.key for name, _, _ in headings):
            return row, headings
        first = first or headings
    return 0, first


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
            more = f" 等 {len(rows)} " if len(rows) > MOST_TOLD else ""
            listed = "、".join(str(row + 1) for row in rows[:MOST_TOLD]) + more
            yield problem("E319", place.at(project=project, indicator=indicator), **facts, rows=listed)
    yield from more_of_the_same(Place(file=sheet.grid.file, sheet=sheet.grid.sheet), unknown, "E318")


def _project(sheets: Mapping[TablePart, FoundPart], code: str, indicators: Iterable[str]) -> Reports:
    """Every expected value of one project; blank, with no file, where a sheet is missing."""

    def cells(part: TablePart, key: str) -> dict[str, Cell]:
        return sheets[part].cells(key) if part in sheets else dict.fromkeys(part.items, Cell(data_type="blank"))

    money = cells(FUNDS, code)
    return Reports(
        {item: money[item] for item in FUND_ITEMS},
        {month: money[f"{month:02d}"] for month in MONTHS},
        {(name, item): cell for name in indicators for item, cell in cells(ANSWERS, name).items()},
        cells(NARRATIVE, code),
    )
