"""A reported table: figures that finance or a platform exports, as a workbook or a folder of CSV files."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, Cell, Reported, Reports
from selfeval.domain.targets import Targets
from selfeval.forms.identity import OPTIONAL_ITEMS
from selfeval.forms.reading.cells import BLANK, Value, with_unit
from selfeval.forms.reading.csv_sheets import CsvGrid, open_csv
from selfeval.forms.reading.expected import NUMERIC_COLUMNS
from selfeval.forms.reading.folder import digest_of, shown_path
from selfeval.forms.reading.grid import Grid, address, open_workbook
from selfeval.packages.guard import read_package
from selfeval.packages.spool import Spool

_HEADER = re.compile(r"(?P<name>[^（()）]+)(?:[（(](?P<unit>[^（()）]*)[）)])?")
_MONEY = frozenset({"元", "千元", "百万元", "亿元"})
"""Units that a header may name instead of 万元."""

HEADER_WITHIN = 10
"""The header is looked for in so many first rows, so that a title above it does no harm."""


@dataclass(frozen=True)
class Part:
    """One of the three sheets: its name, the column of ids, and the other columns by item.

    ``needed`` are the columns without which nothing can be scored; ``numeric`` those that hold numbers.
    """

    name: str
    table: str
    key: str
    items: Mapping[str, str]
    needed: frozenset[str]
    numeric: frozenset[str]


_MONTHS = {f"{month:02d}": f"{month}月" for month in range(1, 13)}
_FUND_COLUMNS = {**FUND_ITEMS, **_MONTHS}
PARTS: tuple[Part, ...] = (
    Part("指标", "actuals", "指标编号", ACTUAL_ITEMS, frozenset({"actual"}), NUMERIC_COLUMNS),
    Part("资金", "funds", "项目编码", _FUND_COLUMNS, frozenset(FUND_ITEMS), frozenset(_FUND_COLUMNS)),
    Part("项目", "narrative", "项目编码", NARRATIVE_ITEMS, frozenset(), frozenset()),
)


@dataclass(frozen=True)
class Sheet:
    """A part as found: its header row, and the column and unit of each item. Positions count from 0."""

    part: Part
    grid: Grid
    file: str
    top: int
    key: int
    columns: dict[str, tuple[int, str]]
    rows: dict[str, tuple[int, ...]]


def read_reported(path: Path, targets: Targets, root: Path) -> Reported:
    """The reported table at ``path``, with all problems inside.

    A workbook with the sheets 指标, 资金, 项目, or a folder with CSV files of these names (UTF-8 or GB18030). Columns
    are found by name; 标记 in 项目 is optional. Every project that the table mentions gets a row for every expected
    value; a blank one has form ``blank``. Paths are given relative to ``root``.
    """
    grids, problems, files = _grids(path, root)
    sheets: dict[str, Sheet] = {}
    for part in PARTS:
        if part.name in grids:
            sheet, found = _sheet(part, *grids[part.name])
            problems += found
            if sheet is not None:
                sheets[part.name] = sheet
    names = targets.names
    pairs = zip(targets.indicators["indicator"].tolist(), targets.indicators["project"].tolist(), strict=True)
    owner = dict(pairs)
    for sheet in sheets.values():
        problems += _unknown(sheet, owner if sheet.part.table == "actuals" else names, targets.year)
    mentioned = {owner.get(key, key) if name == "指标" else key for name, one in sheets.items() for key in one.rows}
    own: dict[str, list[str]] = {}
    for indicator, project in owner.items():
        own.setdefault(project, []).append(indicator)
    reports: Spool[Reports] = Spool()
    for code, name in names.items():
        if code not in mentioned:
            if sheets:
                problems.append(problem("E320", Place(code, file=shown_path(path, root)), name=name))
            continue
        reports.put(code, _project(sheets, code, own.get(code, ())))
    return Reported(reports, worst_first(problems), tuple(files))


Files = list[tuple[str, str]]


def _grids(path: Path, root: Path) -> tuple[dict[str, tuple[Grid, str]], list[Problem], Files]:
    """The grid and the shown path of each part that is there, by name, and the files read with their hashes."""
    files: Files = []
    found: dict[str, tuple[Grid, str]] = {}
    file = shown_path(path, root)
    problems: list[Problem] = []
    if path.is_dir():
        for part in PARTS:
            one = path / f"{part.name}.csv"
            if not one.is_file():
                continue
            grid = open_csv(one, part.name)
            files.append((shown_path(one, root), digest_of(one, grid if isinstance(grid, str) else grid.data)))
            if isinstance(grid, str):
                problems.append(problem("E315", Place(file=shown_path(one, root)), reason=grid))
            found[part.name] = (CsvGrid(part.name, []) if isinstance(grid, str) else grid, shown_path(one, root))
        present = sorted(one.name for one in path.glob("*.csv"))
    elif not path.exists():
        return {}, [problem("E315", Place(file=file), reason="没有这个文件或文件夹")], files
    else:
        data = read_package(path)
        files.append((file, digest_of(path, data)))
        sheets = data if isinstance(data, str) else open_workbook(data)
        if isinstance(sheets, str):
            return {}, [problem("E315", Place(file=file), reason=sheets)], files
        present = [one.sheet for one in sheets]
        found = {one.sheet.strip(): (one, file) for one in sheets}
    for part in PARTS:
        if part.name not in found:
            kind = "CSV 文件" if path.is_dir() else "工作表"
            listed = "、".join((part.key, *part.items.values()))
            facts = {"what": part.name, "found": "、".join(present) or "（空）", "part": kind, "columns": listed}
            problems.append(problem("E316", Place(file=file), **facts))
    return found, problems, files


def _sheet(part: Part, grid: Grid, file: str) -> tuple[Sheet | None, list[Problem]]:
    """The part with its columns found by name, and what is missing or doubled."""
    if isinstance(grid, CsvGrid) and not grid.raw:
        return None, []  # already told why it could not be read
    top, headings = _header(part, grid)
    place = Place(file=file, sheet=grid.sheet)
    shown = "、".join(name for name, _, _ in headings) or "（空）"
    facts = {"sheet": part.name, "found": shown}
    problems: list[Problem] = []
    columns: dict[str, tuple[int, str]] = {}
    for item, name in {"": part.key, **part.items}.items():
        hits = [(at, unit) for found, unit, at in headings if found == name]
        if len(hits) > 1:
            problems.append(problem("E322", place, sheet=part.name, what=name, count=len(hits)))
        if hits:
            columns[item] = hits[0]
        elif item in {"", *part.needed}:
            problems.append(problem("E317", place, what=name, **facts))
        elif item not in OPTIONAL_ITEMS:
            problems.append(problem("W302", place, sheet=part.name, what=name))
    if "" not in columns:
        return None, [one for one in problems if one.code == "E317"][:1]
    key = columns.pop("")[0]
    rows: dict[str, tuple[int, ...]] = {}
    for row in range(top + 1, grid.rows):
        if name := grid.label(row, key):
            rows[name] = (*rows.get(name, ()), row)
    return Sheet(part, grid, file, top, key, columns, rows), problems


def _header(part: Part, grid: Grid) -> tuple[int, list[tuple[str, str, int]]]:
    """The header row and its (name, unit, column); the first row when none holds the column of ids."""
    first: list[tuple[str, str, int]] = []
    for row in range(min(grid.rows, HEADER_WITHIN)):
        headings = []
        for column in range(grid.width(row)):
            text = "".join(grid.label(row, column).split())
            match = _HEADER.fullmatch(text)
            if match:
                unit = match["unit"] or ""
                headings.append((match["name"], unit if unit in _MONEY else "", column))
        if any(name == part.key for name, _, _ in headings):
            return row, headings
        first = first or headings
    return 0, first


def _unknown(sheet: Sheet, known: Mapping[str, str], year: int) -> list[Problem]:
    """Rows whose id is not in the targets, with the nearest known id; and ids that come twice, differently."""
    problems: list[Problem] = []
    for key, rows in sheet.rows.items():
        place = Place(file=sheet.file, sheet=sheet.grid.sheet, cell=address(rows[0], sheet.key))
        if key not in known:
            near = get_close_matches(key, known, n=1, cutoff=0.85)
            hint = f"（最接近的是“{near[0]}”）" if near else ""
            facts = {"what": sheet.part.key, "found": key, "year": year, "near": hint}
            problems.append(problem("E318", place, **facts))
        elif _differ(sheet, rows):
            project, indicator = (known[key], key) if sheet.part.table == "actuals" else (key, "")
            listed = "、".join(str(row + 1) for row in rows)
            facts = {"what": sheet.part.key, "found": key, "rows": listed}
            problems.append(problem("E319", place.at(project=project, indicator=indicator), **facts))
    return problems


def _differ(sheet: Sheet, rows: Sequence[int]) -> bool:
    return len({tuple(_value(sheet, row, item) for item in sheet.columns) for row in rows}) > 1


def _value(sheet: Sheet, row: int, item: str) -> Value:
    at, unit = sheet.columns[item]
    return with_unit(sheet.grid.value(row, at, numeric=item in sheet.part.numeric), unit)


def _project(sheets: Mapping[str, Sheet], code: str, indicators: Sequence[str]) -> Reports:
    """Every expected value of one project; problems are told elsewhere, per row."""
    reports = Reports()
    for part in PARTS:
        sheet = sheets.get(part.name)
        for key in indicators if part.table == "actuals" else [code]:
            rows = () if sheet is None else sheet.rows.get(key, ())
            if sheet is not None and len(rows) > 1 and _differ(sheet, rows):
                rows = ()
            for item in part.items:
                cell = _cell(sheet, rows[:1], item)
                if part.table == "actuals":
                    reports.answers[key, item] = cell
                elif item in _MONTHS:
                    reports.payments[int(item)] = cell
                else:
                    (reports.funds if part.table == "funds" else reports.narrative)[item] = cell
    return reports


def _cell(sheet: Sheet | None, rows: Sequence[int], item: str) -> Cell:
    """The cell of one item; blank, with no place, where its sheet, row or column is missing."""
    value, place = BLANK, ""
    if sheet is not None and rows and item in sheet.columns:
        value, place = _value(sheet, rows[0], item), address(rows[0], sheet.columns[item][0])
    where = ("", "") if sheet is None else (sheet.file, sheet.grid.sheet)
    return Cell(value.text, value.number, value.form, *where, place)
