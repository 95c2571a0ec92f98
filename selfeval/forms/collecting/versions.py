"""Versions of a project's form: what each holds, which is newest, and where they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfeval.domain.case import Case
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.period import read_reported_date
from selfeval.forms.identity import ACTUAL, FINGERPRINT, TARGET, narrative_row
from selfeval.forms.reading.cells import BLANK, Value
from selfeval.forms.reading.expected import Expected, column_name, expected_rows
from selfeval.forms.reading.grid import address, open_workbook
from selfeval.forms.reading.one_form import Form, contents, find_form
from selfeval.forms.reading.xls import open_xls
from selfeval.packages.guard import read_package, read_xls

SHOWN = 12
"""How many differences a message lists."""


@dataclass(frozen=True)
class Version:
    """One form of a project: what is filled in with its cells, and its 填报日期; ``plain`` says that it is an .xlsx."""

    shown: str
    path: Path
    form: Form
    cells: dict[tuple[str, str], tuple[Value, str]]
    day: date | None
    plain: bool

    @property
    def filled(self) -> dict[tuple[str, str], tuple[str, bool]]:
        """What is filled in, without its cells: 95% is the same as a text and as a percentage, a number is not."""
        return {place: (value.text, value.form == "number") for place, (value, _) in self.cells.items()}

    def same_as(self, other: Version) -> bool:
        """Whether both hold the same for the same targets."""
        return self.filled == other.filled and not any(self.other_target(other, row) for row in self.form.ids.rows)

    def other_target(self, other: Version, row: str) -> bool:
        """Whether a row was made for different targets in the two; a lost fingerprint differs from none."""
        one, two = (version.form.at(row, FINGERPRINT).text for version in (self, other))
        return bool(one and two) and one != two

    def renews(self, other: Version, rows: Sequence[Expected]) -> bool:
        """Whether this is the other filled in alike, made anew for today's targets."""
        prints = {row.row: row.fingerprint for row in rows if row.fingerprint}
        today = all(self.form.at(row, FINGERPRINT).text == expected for row, expected in prints.items())
        return today and self.filled == other.filled

    @property
    def dated(self) -> str:
        """Its 填报日期 for people."""
        return self.day.isoformat() if self.day else "没有写填报日期"


@dataclass(frozen=True)
class Difference:
    """One cell that differs between two versions; a blank one shows as （空）."""

    what: str
    first: str
    first_cell: str
    second: str
    second_cell: str

    def __str__(self) -> str:
        return f"{self.what}：{self.first}（{self.first_cell}）→ {self.second}（{self.second_cell}）"


def read_version(path: Path, shown: str, promised: Mapping[str, Case], command: str) -> Version | Problem:
    """The form in a file, .xlsx or .xls by its content, or why it is none. ``promised`` are the year's projects."""
    old, new = read_xls(path), b""
    if old is None:
        data = read_package(path)
        if isinstance(data, str):
            return problem("E302", Place(file=shown), reason=data)
        new = data
    grids = open_workbook(new) if old is None else open_xls(old)
    if isinstance(grids, str):
        return problem("E302", Place(file=shown), reason=grids)
    form = find_form(grids, shown, command)
    if isinstance(form, Problem):
        return form
    case = promised.get(form.project)
    cells = contents(form, expected_rows(() if case is None else case.indicators))
    # a workbook with macros must not be called .xlsx: Excel would refuse to open it
    plain = old is None and Path(shown).suffix.lower() != ".xlsm"
    return Version(shown, path, form, cells, _day(cells), plain)


def _day(cells: dict[tuple[str, str], tuple[Value, str]]) -> date | None:
    value, _ = cells.get((narrative_row("date"), ACTUAL), (BLANK, ""))
    day = read_reported_date(value.text)
    return None if isinstance(day, str) else day


def differences(first: Version, second: Version, rows: Sequence[Expected]) -> tuple[Difference, ...]:
    """The cells in which two versions differ, in the order of the form; targets they were made for count too."""
    found: list[Difference] = []
    for row in rows:
        if first.other_target(second, row.row):
            printed = (
                (one.form.at(row.row, TARGET).text or "（空）", _target_cell(one, row)) for one in (first, second)
            )
            found.append(Difference(f"{row.name} 印好的名称或指标值", *next(printed), *next(printed)))
        for column in row.columns:
            one, one_cell = first.cells.get((row.row, column), (BLANK, ""))
            two, two_cell = second.cells.get((row.row, column), (BLANK, ""))
            if one != two:
                what = f"{row.name} {column_name(column)}" if row.indicator else row.name
                cells = (one_cell or two_cell, two_cell or one_cell)
                found.append(Difference(what, one.text or "（空）", cells[0], two.text or "（空）", cells[1]))
    return tuple(found)


def _target_cell(version: Version, row: Expected) -> str:
    return address(version.form.ids.rows[row.row][0], version.form.ids.columns.get(TARGET, 0))


def told(found: Sequence[Difference]) -> str:
    """The differences as one text, the first dozen of them."""
    more = f"；另有 {len(found) - SHOWN} 处" if len(found) > SHOWN else ""
    return "；".join(str(one) for one in found[:SHOWN]) + more


def newest(versions: Sequence[Version]) -> Version | None:
    """The one whose 填报日期 is later than those of all others; None when there is no such one."""
    dated = sorted((one for one in versions if one.day), key=lambda one: str(one.day))
    if not dated or (len(dated) > 1 and dated[-1].day == dated[-2].day):
        return None
    return dated[-1]
