"""Reading ``targets.xlsx``, as written by an import or made by hand in Excel, WPS or LibreOffice."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.targets import Targets
from selfeval.packages.guard import read_package
from selfeval.sources.pages import Book, Page, Row, read_page
from selfeval.sources.sheets import DEPARTMENT_SHEET, INDICATOR_SHEET, PLAN_SHEET, PROJECT_SHEET, SHEETS, Sheet


def read_targets(path: Path, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """Read the targets of a year. ``name`` is the workspace-relative path that messages and Targets carry.

    Columns are found by their headers in row 1; others are ignored, as are blank rows. A row without its key, with a
    key that came before, or of an unknown project is left out, and a problem says so; so is a value that is not what
    its column holds. Nothing is raised for a fault of the file.
    """
    place = Place(file=name)
    data = read_package(path)
    if isinstance(data, str):
        return Targets(year, file=name), (problem("E120", place, reason=data),)
    problems: list[Problem] = []
    try:
        book = Book(data)
        pages = {sheet.name: read_page(book, sheet, place, problems) for sheet in SHEETS}
    except (CalamineError, OSError, ValueError):
        return Targets(year, file=name), (problem("E120", place, reason="文件已损坏或不完整"),)
    projects = _keyed(pages["项目"], PROJECT_SHEET, "project", place, problems)
    known = {row.fields["project"] for row in projects}
    indicators = _keyed(pages["指标"], INDICATOR_SHEET, "indicator", place, problems)
    indicators = _of_known(indicators, pages["指标"], INDICATOR_SHEET, known, place, problems)
    plan = _keyed(pages["资金计划"], PLAN_SHEET, "project", place, problems)
    plan = _of_known(plan, pages["资金计划"], PLAN_SHEET, known, place, problems)
    _require(projects, pages["项目"], PROJECT_SHEET, ("name", "budget"), place, problems)
    _require(indicators, pages["指标"], INDICATOR_SHEET, ("level1", "level3", "target"), place, problems)
    targets = Targets(
        year,
        _frame(PROJECT_SHEET, projects),
        _frame(INDICATOR_SHEET, indicators).assign(
            cell=pd.array([f"指标!{pages['指标'].cell('target', row)}" for row in indicators], dtype="str")
        ),
        _frame(PLAN_SHEET, plan),
        _frame(DEPARTMENT_SHEET, list(pages["部门目标"].rows)),
        name,
        hashlib.sha256(data).hexdigest(),
    )
    return targets, tuple(problems)


def _frame(sheet: Sheet, rows: list[Row]) -> pd.DataFrame:
    return sheet.table.frame(row.fields for row in rows)


def _keyed(page: Page, sheet: Sheet, key: str, place: Place, problems: list[Problem]) -> list[Row]:
    """The rows that have a key of their own."""
    title = next(column.header for column in sheet.columns if column.name == key)
    if key not in (page.letters or {}):
        return []
    first: dict[object, str] = {}
    kept = []
    for row in page.rows:
        code = row.fields[key]
        here = place.at(sheet=sheet.name, cell=page.cell(key, row))
        if not code:
            problems.append(problem("E127", here, what=title, effect="，这一行没有读入"))
        elif code in first:
            problems.append(problem("E123", here, what=title, key=code, first=first[code]))
        else:
            first[code] = here.cell
            kept.append(row)
    return kept


def _of_known(
    rows: list[Row], page: Page, sheet: Sheet, known: set[object], place: Place, problems: list[Problem]
) -> list[Row]:
    """The rows whose project stands in 项目."""
    if "project" not in (page.letters or {}):
        return []
    kept = []
    for row in rows:
        code = row.fields["project"]
        if code in known:
            kept.append(row)
            continue
        indicator = str(row.fields.get("indicator", ""))
        here = place.at(project=str(code), indicator=indicator, sheet=sheet.name, cell=page.cell("project", row))
        problems.append(problem("E124", here, key=code or "（空白）"))
    return kept


def _require(
    rows: list[Row], page: Page, sheet: Sheet, names: tuple[str, ...], place: Place, problems: list[Problem]
) -> None:
    """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
    titles = {column.name: column.header for column in sheet.columns}
    faulty = {(one.place.sheet, one.place.cell) for one in problems}
    for row in rows:
        for name in names:
            cell = page.cell(name, row)
            if name in (page.letters or {}) and row.fields[name] in ("", None) and (sheet.name, cell) not in faulty:
                facts = {"project": str(row.fields["project"]), "indicator": str(row.fields.get("indicator", ""))}
                here = place.at(sheet=sheet.name, cell=cell, **facts)
                problems.append(problem("E127", here, what=titles[name], effect=""))
