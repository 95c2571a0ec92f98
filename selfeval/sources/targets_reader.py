"""Reading ``targets.xlsx``, as written by an import or made by hand in Excel, WPS or LibreOffice."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from selfeval.domain.problems import Place, Problem
from selfeval.domain.targets import Targets
from selfeval.packages.files import digest
from selfeval.packages.guard import read_package
from selfeval.sources.imported import Account
from selfeval.sources.sheets import SHEETS, Row, Sheet, read_page


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
        heres = [(sheet, account.about(sheet=sheet.name)) for sheet in SHEETS]
        pages = [_Page(sheet, here, read_page(book, data, sheet, here)) for sheet, here in heres]
    except (CalamineError, OSError, ValueError):
        return _unreadable(Account(account.place), year, "文件已损坏或不完整")
    projects, indicators, plan, department = pages
    projects.keep_keyed("project")
    known = {row.text("project") for row in projects.rows}
    indicators.keep_keyed("indicator")
    indicators.keep_known(known)
    plan.keep_keyed("project")
    plan.keep_known(known)
    projects.require("name", "budget")
    indicators.require("level1", "level3", "target")
    for row in indicators.rows:
        row.fields["cell"] = f"指标!{row.cell('target')}"
    frames = (projects.frame(), indicators.frame(), plan.frame(), department.frame())
    return Targets(year, *frames, name, digest(data)), tuple(account.problems)


def _unreadable(account: Account, year: int, reason: str) -> tuple[Targets, tuple[Problem, ...]]:
    account.report("E120", reason=reason)
    return Targets(year, file=account.place.file), tuple(account.problems)


@dataclass
class _Page:
    """The rows of a sheet that are kept, and the account of the sheet."""

    sheet: Sheet
    account: Account
    rows: list[Row]

    def keep_keyed(self, key: str) -> None:
        """Keep the rows that have a key of their own."""
        title = self.sheet.table[key].header
        first: dict[str, Row] = {}
        for row in self.rows:
            code = row.text(key)
            if code and code not in first:
                first[code] = row
            elif key in row.letters:
                here = self.account.about(cell=row.cell(key))
                if code:
                    here.report("E123", what=title, key=code, first=first[code].cell(key))
                else:
                    here.report("E127", what=title, effect="，这一行没有读入")
        self.rows = list(first.values())

    def keep_known(self, known: set[str]) -> None:
        """Keep the rows whose project stands in 项目."""
        rows = [row for row in self.rows if "project" in row.letters]
        self.rows = [row for row in rows if row.text("project") in known]
        for row in rows:
            if row.text("project") not in known:
                self._at(row, "project").report("E124", key=row.text("project") or "（空白）")

    def require(self, *names: str) -> None:
        """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
        faulty = {(problem.place.sheet, problem.place.cell) for problem in self.account.problems}
        for row in self.rows:
            for name in names:
                if row.fields.get(name, ...) in ("", None) and (self.sheet.name, row.cell(name)) not in faulty:
                    self._at(row, name).report("E127", what=self.sheet.table[name].header, effect="")

    def frame(self) -> pd.DataFrame:
        """The rows as the table of the sheet."""
        return self.sheet.table.frame(row.fields for row in self.rows)

    def _at(self, row: Row, name: str) -> Account:
        """The account of a cell of an indicator or a project."""
        who = {"project": row.text("project"), "indicator": row.text("indicator")}
        return self.account.about(cell=row.cell(name), **who)
