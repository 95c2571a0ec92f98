"""Reading ``targets.xlsx``, as written by an import or made by hand in Excel, WPS or LibreOffice."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from selfeval.domain.problems import Place, Problem
from selfeval.domain.targets import Targets
from selfeval.packages.guard import read_package
from selfeval.sources.imported import Account
from selfeval.sources.pages import Row, read_page
from selfeval.sources.sheets import SHEETS, Sheet


def read_targets(path: Path, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """Read the targets of a year. ``name`` is the workspace-relative path that messages and Targets carry.

    Columns are found by their headers in row 1; others are ignored, as are blank rows. A row without its key, with a
    key that came before, or of an unknown project is left out, and a problem says so; so is a value that is not what
    its column holds. Nothing is raised for a fault of the file.
    """
    account = Account(Place(file=name))
    data = read_package(path)
    if isinstance(data, str):
        return _unreadable(account, year, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        projects, indicators, plan, department = (_page(book, data, sheet, account) for sheet in SHEETS)
    except (CalamineError, OSError, ValueError):
        return _unreadable(Account(account.place), year, "文件已损坏或不完整")
    projects.keep_keyed("project")
    known = {row.text("project") for row in projects.rows}
    indicators.keep_keyed("indicator")
    indicators.keep_known(known)
    plan.keep_keyed("project")
    plan.keep_known(known)
    projects.require("name", "budget")
    indicators.require("level1", "level3", "target")
    for row in indicators.rows:
        row.fields["cell"] = f"指标!{row.cells.get('target', '')}"
    frames = (projects.frame(), indicators.frame(), plan.frame(), department.frame())
    return Targets(year, *frames, name, hashlib.sha256(data).hexdigest()), tuple(account.problems)


def _page(book: CalamineWorkbook, data: bytes, sheet: Sheet, account: Account) -> _Page:
    here = account.about(sheet=sheet.name)
    return _Page(sheet, here, read_page(book, data, sheet, here))


def _unreadable(account: Account, year: int, reason: str) -> tuple[Targets, tuple[Problem, ...]]:
    account.report("E120", reason=reason)
    return Targets(year, file=account.place.file), tuple(account.problems)


@dataclass
class _Page:
    """The rows of a sheet that are kept, and the account of the sheet."""

    sheet: Sheet
    account: Account
    rows: list[Row]

    def at(self, row: Row, name: str) -> Account:
        """The account of a cell."""
        return self.account.about(cell=row.cells[name])

    def keep_keyed(self, key: str) -> None:
        """Keep the rows that have a key of their own."""
        title = self.sheet.table[key].header
        first: dict[str, Row] = {}
        for row in self.rows:
            code = row.text(key)
            if key not in row.cells:
                continue
            if not code:
                self.at(row, key).report("E127", what=title, effect="，这一行没有读入")
            elif code in first:
                self.at(row, key).report("E123", what=title, key=code, first=first[code].cells[key])
            else:
                first[code] = row
        self.rows = list(first.values())

    def keep_known(self, known: set[str]) -> None:
        """Keep the rows whose project stands in 项目."""
        rows = [row for row in self.rows if "project" in row.cells]
        self.rows = [row for row in rows if row.text("project") in known]
        for row in rows:
            code = row.text("project")
            if code not in known:
                here = self.at(row, "project").about(project=code, indicator=row.text("indicator"))
                here.report("E124", key=code or "（空白）")

    def require(self, *names: str) -> None:
        """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
        faulty = {(one.place.sheet, one.place.cell) for one in self.account.problems}
        for row in self.rows:
            for name in names:
                if row.fields.get(name, ...) in ("", None) and (self.sheet.name, row.cells[name]) not in faulty:
                    here = self.at(row, name).about(project=row.text("project"), indicator=row.text("indicator"))
                    here.report("E127", what=self.sheet.table[name].header, effect="")

    def frame(self) -> pd.DataFrame:
        """The rows as the table of the sheet."""
        return self.sheet.table.frame(row.fields for row in self.rows)
