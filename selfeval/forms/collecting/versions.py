"""Versions of a project's form: what each holds, which is newest, and where they differ."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from selfeval.domain.case import Case
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.period import day_words, in_chinese, read_reported_date
from selfeval.domain.reported import NOTHING, Cell, Reports
from selfeval.forms.identity import FINGERPRINT, TARGET, CellPlace, answered_cells
from selfeval.forms.reading.expected import Expected
from selfeval.forms.reading.folder import named_project
from selfeval.forms.reading.form import Form, find_form, form_command
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.values import IN_DOUBT, read_values
from selfeval.packages.any_workbook import any_workbook, is_newest
from selfeval.packages.files import Unreadable, digest, read_bytes

SHOWN = 12
"""How many differences a message lists."""


@dataclass(frozen=True)
class Version:
    """One form of a project, as written, ``digest`` that of its bytes; ``plain`` says that it is an .xlsx."""

    shown: str
    path: Path
    digest: str
    form: Form
    reports: Reports
    problems: list[Problem]
    plain: bool

    def content(self) -> bytes:
        """The bytes that were judged. Raises OSError when the file has changed since."""
        data = read_bytes(self.path)
        if isinstance(data, Unreadable) or digest(data) != self.digest:
            raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), str(self.path))
        return data

    @cached_property
    def cells(self) -> dict[CellPlace, Cell]:
        """What the department filled in."""
        return answered_cells(self.reports)

    @cached_property
    def day(self) -> date | None:
        """Its 填报日期, when that can be read."""
        day = read_reported_date(self.reports.narrative["date"].text)
        return None if isinstance(day, str) else day

    @property
    def filled(self) -> dict[CellPlace, tuple[str, bool]]:
        """What is filled in, without its cells: 95% is the same as a text and as a percentage, a number is not."""
        return {place: (cell.text, cell.data_type == "number") for place, cell in self.cells.items()}

    @property
    def dated(self) -> str:
        """Its 填报日期 for people."""
        return f"填报日期{in_chinese(self.day)}" if self.day else "未写填报日期"

    def same_as(self, other: Version) -> bool:
        """Whether both hold the same for the same targets."""
        return self.filled == other.filled and not any(self.other_target(other, row) for row in self.form.ids.rows)

    def other_target(self, other: Version, row: str) -> bool:
        """Whether a row was made for different targets in the two; a lost fingerprint differs from none."""
        own, theirs = (version.form.at(row, FINGERPRINT).text for version in (self, other))
        return bool(own and theirs) and own != theirs

    def renews(self, other: Version, rows: Sequence[Expected]) -> bool:
        """Whether this is the other filled in alike, made anew for today's targets."""
        today = all(self.form.at(row.row, FINGERPRINT).text == row.fingerprint for row in rows if row.fingerprint)
        return today and self.filled == other.filled

    def target(self, row: str) -> Cell:
        """The target that the form prints in a row."""
        return replace(self.form.at(row, TARGET), cell=self.form.address(row, TARGET))


def read_version(path: Path, shown: str, promised: Mapping[str, Case], year: int) -> Version | Problem:
    """The form in a file of any kind that is read, or why there is none. ``promised``: the projects of the year."""
    data = read_bytes(path)
    book = data if isinstance(data, Unreadable) else any_workbook(data)
    if isinstance(book, Unreadable):
        return problem("E302", Place(file=shown), reason=book.reason)
    form = find_form(open_workbook(book, shown), shown, form_command(year), named_project(shown))
    if isinstance(form, Problem):
        return form
    case = promised.get(form.project)
    reports, problems = read_values(form, () if case is None else case.indicators, as_written=True)
    # a workbook with macros must not be called .xlsx: Excel would refuse to open it
    plain = isinstance(data, bytes) and is_newest(data) and Path(shown).suffix.lower() != ".xlsm"
    if not plain and (doubt := next((found for found in problems if found.code in IN_DOUBT), None)) is not None:
        return doubt  # a form made anew would print what is sound, and nobody would know
    return Version(shown, path, book.digest, form, reports, problems, plain)


def differences(first: Version, second: Version, rows: Sequence[Expected]) -> list[str]:
    """The cells in which two versions differ, in the order of the form; targets they were made for count too."""
    found: list[str] = []
    for row in rows:
        if first.other_target(second, row.row):
            what = f"{row.name}列示的名称或指标值"
            found.append(_difference(what, first.target(row.row), second.target(row.row)))
        for column in row.columns:
            old, new = (version.cells.get((row.row, column), NOTHING) for version in (first, second))
            if (old.text, old.data_type) != (new.text, new.data_type):
                found.append(_difference(row.called(column), old, new))
    return found


def _difference(what: str, old: Cell, new: Cell) -> str:
    was, now = (f"{_shown(cell) or '（空）'}（{cell.cell or old.cell or new.cell}）" for cell in (old, new))
    return f"{what}：{was}→ {now}"


def _shown(cell: Cell) -> str:
    return day_words(cell.text) if cell.data_type == "date" else cell.text


def listed(found: Sequence[str]) -> str:
    """The differences as one text, the first dozen of them."""
    more = f"；另有{len(found) - SHOWN}处" if len(found) > SHOWN else ""
    return "；".join(found[:SHOWN]) + more


def newest(versions: Sequence[Version]) -> Version | None:
    """The one whose 填报日期 is later than those of all others; None when there is no such one."""
    dated = sorted((version for version in versions if version.day), key=lambda version: version.day or date.min)
    tied = len(dated) > 1 and dated[-1].day == dated[-2].day
    return dated[-1] if dated and not tied else None
