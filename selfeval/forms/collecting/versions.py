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
from selfeval.domain.reported import ACTUAL_ITEMS, NOTHING, Cell, Reports
from selfeval.forms.identity import ACTUAL, FINGERPRINT, TARGET, CellPlace, answered_cells, narrative_row
from selfeval.forms.reading.expected import Expected
from selfeval.forms.reading.folder import named_project
from selfeval.forms.reading.form import Form, find_form, form_command
from selfeval.forms.reading.grid import open_workbook
from selfeval.forms.reading.values import IN_DOUBT, read_values
from selfeval.packages.any_workbook import any_workbook, is_newest
from selfeval.packages.files import Unreadable, digest, read_bytes

SHOWN, _LONGEST = 5, 40
"""How many differences a message lists, and how many characters of a value."""

_DATE: CellPlace = (narrative_row("date"), ACTUAL)


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

    @cached_property
    def filled(self) -> dict[CellPlace, tuple[str, bool]]:
        """What is filled in, without its cells: 95% is the same as a text and as a percentage, a number is not.

        A 填报日期 is the same however it is written.
        """
        found = {place: (cell.text, cell.data_type == "number") for place, cell in self.cells.items()}
        return found | ({_DATE: (self.day.isoformat(), False)} if self.day and _DATE in found else {})

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

    def completes(self, other: Version, rows: Sequence[Expected]) -> bool:
        """Whether this holds all that the other does, for the same targets or for those of today."""
        today = all(
            self.form.at(row.row, FINGERPRINT).text == row.fingerprint
            for row in rows
            if self.other_target(other, row.row)
        )
        return today and other.filled.items() <= self.filled.items()

    def lacks(self, other: Version, rows: Sequence[Expected]) -> bool:
        """Whether the other has an actual value of an indicator for which this has none."""
        scored = {(row.row, column) for row in rows if row.fingerprint for column in row.columns if row.scored(column)}
        own, theirs = ({row for row, _ in scored & version.cells.keys()} for version in (self, other))
        return not theirs <= own

    def at(self, row: str, column: str) -> Cell:
        """What is filled in, where it stands: a total too, which is asked for where its first part is typed."""
        cell = self.cells.get((row, column), NOTHING)
        return replace(cell, cell=self.form.address(row, column)) if cell.cell and row in self.form.ids.rows else cell

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


def supersedes(new: Version, old: Version, rows: Sequence[Expected], *, by_date: bool = False) -> bool:
    """Whether a version surely takes the place of another: dated later, or holding all that the other does.

    Of two in which each has actual values of indicators that the other lacks, as when departments fill in a part each,
    the later one does so only ``by_date``.
    """
    if new.day and old.day and new.day != old.day:
        parts = new.lacks(old, rows) and old.lacks(new, rows)
        return new.day > old.day and (by_date or not parts)
    return new.completes(old, rows)


def differences(first: Version, second: Version, rows: Sequence[Expected]) -> list[str]:
    """The cells in which two versions differ, in the order of the form; targets they were made for count too."""
    found: list[str] = []
    for row in rows:
        name = row.level3 or row.name
        if first.other_target(second, row.row):
            found.append(_difference(f"{name}列示的名称或指标值", first.target(row.row), second.target(row.row)))
        for column in row.columns:
            place = (row.row, column)
            if first.filled.get(place) != second.filled.get(place):
                old, new = (version.at(*place) for version in (first, second))
                found.append(_difference(f"{name}{ACTUAL_ITEMS[column]}" if row.fingerprint else name, old, new))
    return found


def _difference(what: str, old: Cell, new: Cell) -> str:
    return f"{what}（{new.cell or old.cell}）{_shown(old)} → {_shown(new)}"


def _shown(cell: Cell) -> str:
    text = " ".join((day_words(cell.text) if cell.data_type == "date" else cell.text).split())
    return (text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…") or "空白"


def listed(found: Sequence[str]) -> str:
    """The differences as one text, the first few of them."""
    more = f"；另有{len(found) - SHOWN}处" if len(found) > SHOWN else ""
    return "；".join(found[:SHOWN]) + more
