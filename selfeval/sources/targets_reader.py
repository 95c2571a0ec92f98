"""``targets.xlsx``: its sheets, and reading it, as an import wrote it or a person made it in Excel or WPS."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pandas as pd

from selfeval.domain.filenames import coded_name
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import says_nothing
from selfeval.domain.tables import Table
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, MOST_INDICATORS, PLAN, PROJECTS, Targets
from selfeval.packages.columns import letters
from selfeval.packages.files import Unreadable
from selfeval.packages.looks import Look
from selfeval.packages.number_formats import Shown
from selfeval.packages.workbook import Raw, Workbook, read_workbook
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.targets_columns import column_places, report_unread
from selfeval.sources.targets_rows import MOST_TITLES, headings_at, other_unit, passed_over, plain_titles

DATA_TYPES: Mapping[str, str] = {
    **dict.fromkeys(("unit_code", "project", "indicator", "indicators"), "code"),
    **dict.fromkeys(("budget", "fiscal", "other"), "money"),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), "share"),
    "seq": "integer",
    "points": "number",
}
"""What a cell of a column holds, by the column's name; text where nothing is said."""


@dataclass(frozen=True)
class TargetSheet:
    """A sheet: its table, the widths of the columns in characters, and those (``carried``) blank where as above."""

    name: str
    table: Table
    widths: tuple[float, ...]
    carried: tuple[str, ...] = ()


SHEETS = (
    TargetSheet("项目", PROJECTS, (6, 10, 18, 25, 32, 10, 10, 10, 36, 70)),
    TargetSheet("指标", INDICATORS, (27, 25, 12, 20, 30, 42, 22, 18, 12, 8, 40), ("level1", "level2")),
    TargetSheet("资金计划", PLAN, (25, 10, 10, 10, 10)),
    TargetSheet("部门目标", DEPARTMENT, (6, 22, 60, 36, 14, 58), ("seq", "title", "goal")),
)

MAX_ROWS = 20_000  # rows of one sheet

Value = Raw | None

_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"}
_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number
_TYPED = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,30})(?:\.\d{0,30})?|[+-]?\.\d{1,30}) *(?P<unit>万元|分|%|)", re.ASCII
)
"""A number as a person types it; with white space inside nobody knows where it ends."""
_UNITS = {"money": "万元", "number": "分", "share": "%"}
_QUOTED = 60
_OWN_UNITS = {"money": Shown(after="万元"), "number": Shown(after="分")}
"""What numbers of a data type are in anyway."""
_MAY_BE_NONE = "other"
"""The amount of which a stroke, or 无, says that there is none."""
_NAMES = frozenset({"unit_name", "name", "level1", "level2", "level3"})
"""What is one line wherever it is said, though a cell may break it in two."""

_EXPLAINS = frozenset({"seq", "purpose", "goal", "description", "basis", "title"})
"""Columns that no score hangs on."""


@dataclass(frozen=True)
class TargetRow:
    """A row: its number, the letters of the columns there are, and their values (None: blank or unreadable) by name."""

    number: int
    fields: dict[str, object]
    letters: Mapping[str, str]

    def text(self, name: str) -> str:
        """A code or text; blank too where the sheet has no such column."""
        return str(self.fields.get(name) or "")

    def cell(self, name: str) -> str:
        """The place of a value, such as G2; blank where the sheet has no such column."""
        return f"{self.letters[name]}{self.number}" if name in self.letters else ""


def read_page(book: Workbook, sheet: TargetSheet, account: Account) -> list[TargetRow]:
    """The rows of a sheet of a workbook but blank ones. The account is the sheet's."""
    alike = [name for name in book.sheets if squeeze(unified(name)) == sheet.name]
    if len(alike) > 1:
        account.report("E134", sheet=sheet.name, count=len(alike))
        return []
    page = book.sheets[alike[0]] if alike else None
    if page is None:
        headers = "、".join(column.header for column in sheet.table.published)
        account.report("E121", sheet=sheet.name, columns=headers)
        return []
    if page.hidden:
        account.report("W138", sheet=sheet.name)
    if len(page.rows) > MAX_ROWS + 1:
        account.report("E128", rows=len(page.rows), limit=MAX_ROWS)
        return []
    head = headings_at([[*map(shown, row)] for row in page.rows[:MOST_TITLES]], sheet.table)
    titles = plain_titles(map(shown, page.rows[head] if page.rows else []))
    places = column_places(titles, sheet.table, account, head + 1)
    named = {name: letters(at) for name, at in places.items()}
    passed = _passed(page.rows, head, titles, (sheet, account))
    lines = [line if at not in passed else [] for at, line in enumerate(page.rows)][head + 1 :]
    report_unread(titles, places, lines, sheet.table, account)
    rows: list[TargetRow] = []
    once: dict[str, str] = {}  # most texts of a table stand there many times
    for number, line in enumerate(lines, start=head + 2):
        if not line:
            continue
        looks = {name: page.looks.get((number - 1, at)) for name, at in places.items()}
        found = {name: _seen(name, line[at], looks[name]) for name, at in places.items()}
        if all(value == "" or not shown(value).strip() for value in found.values()):
            continue
        row = TargetRow(number, {}, named)
        hidden = {name: line[at] for name, at in places.items() if _is_hidden(name, line[at], looks[name])}
        _fill(row, found, hidden, (sheet, account, once))
        if row.fields.get("project", ...) == "":  # as below a merged cell: the number of the indicator begins with it
            row.fields["project"] = row.text("indicator").rpartition("-")[0]
        if rows:
            _carry_down(sheet, row.fields, rows[-1].fields)
        rows.append(row)
    return rows


def _passed(
    rows: Sequence[Sequence[Raw]], head: int, titles: Sequence[str], known: tuple[TargetSheet, Account]
) -> set[int]:
    """The places of the rows that surely hold no record, each of which is told. ``known``: the sheet, its account."""
    (sheet, account), passed = known, set[int]()
    money = any(DATA_TYPES.get(name) == "money" for name in sheet.table.names)
    for at, row in enumerate(rows):
        texts = [*map(shown, row)]
        what = "标题" if at < head else passed_over(texts, titles, after_note=at - 1 in passed) if at > head else ""
        if not what or not any(map(str.strip, texts)):
            continue
        passed.add(at)
        found = " ".join(" ".join(texts).split())[:_QUOTED]
        here = account.about(cell=f"A{at + 1}")
        here.report("I101", row=at + 1, what=what, found=found)
        if money and (unit := other_unit(texts)):
            here.report("E133", found=found, unit=unit)
    return passed


def _fill(
    row: TargetRow,
    found: Mapping[str, Value],
    hidden: Mapping[str, Value],
    known: tuple[TargetSheet, Account, dict[str, str]],
) -> None:
    """Read what was found in a row into it. ``known``: the sheet, its account, and the texts met before."""
    sheet, account, once = known
    for name, value in found.items():
        column, nothing = sheet.table[name], name == _MAY_BE_NONE and isinstance(value, str) and says_nothing(value)
        read, fault = _read(DATA_TYPES.get(name, "text"), "" if nothing else value)
        if isinstance(read, str) and name in _NAMES and len(read.splitlines()) > 1:
            read = tidy(read)
        fits = not isinstance(read, str) or column.takes(read)
        row.fields[name] = once.setdefault(read, read) if isinstance(read, str) else read
        if fits and not fault and name not in hidden:  # as nearly all are: places are made for what is told only
            continue
        here = account.about(cell=row.cell(name))
        if isinstance(read, str):
            row.fields[name] = here.bounded(read, column)
        if name in hidden:
            here.report("E140", what=column.header, found=shown(hidden[name]))
        elif fault:
            here.report(fault, what=column.header, found=shown(value))


def shown(value: Value) -> str:
    """A value as a person would write it: 324001.0 as 324001, a date as 2024-12-31."""
    if isinstance(value, str) or value is None:
        return value or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        # 15 digits, as a spreadsheet shows: 22.590000000000003, a sum of floats, is 22.59
        return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(float(f"{value:.15g}"))
    return f"{value:%Y-%m-%d}" if isinstance(value, dt.datetime) else str(value)


def _seen(name: str, value: Value, look: Look | None) -> Value:
    """A value as a person sees it: python-calamine gives a formula's error as a blank, and 95% as 0.95."""
    if look and look.fault.startswith("#"):
        return look.fault
    if not look or not look.format or isinstance(value, bool) or not isinstance(value, int | float | str):
        return value
    seen = _beside(value, look)
    if seen is None or seen == _OWN_UNITS.get(DATA_TYPES.get(name, "")):
        return value
    if seen.percent and (name == "target" or seen.after):
        return f"{seen.before}{shown(float(Decimal(shown(float(value))) * 100))}%{seen.after}"
    return f"{seen.before}{shown(value)}{seen.after}" if seen.before or seen.after else value


def _beside(value: str | float, look: Look) -> Shown | None:
    """What is seen beside a value; None where the value itself is not."""
    if isinstance(value, str):
        return look.beside_text() if value else Shown()
    return look.shown(value)


def _is_hidden(name: str, value: Value, look: Look | None) -> bool:
    """Whether a value that a score may hang on is struck out, has raised digits, or is not shown as it is."""
    if look is None or name in _EXPLAINS or value == "" or isinstance(value, bool):
        return False
    return look.struck or look.raised or (isinstance(value, int | float | str) and _beside(value, look) is None)


def _read(data_type: str, value: Value) -> tuple[str | float | None, str]:
    """A cell of a data type (None: no number, or unreadable), and the code of the problem in its way."""
    text = shown(value)
    if text.strip() in _ERRORS:
        return None, "E130"
    if data_type == "text":
        return text.strip(), ""
    if data_type == "code":
        lost = isinstance(value, int | float) and abs(value) >= _EXACT
        return (None, "E129") if lost else (squeeze(text), "")
    if not text.strip():
        return None, ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _ranged(data_type, Decimal(repr(value)))
    return _typed(data_type, unified(text).strip())


def _typed(data_type: str, text: str) -> tuple[float | None, str]:
    """A number that was typed as text: plain, or with the unit that its column has anyway."""
    found = _TYPED.fullmatch(text)
    if found is None or found["unit"] not in {"", _UNITS.get(data_type, "")}:
        return None, "E125"
    number = Decimal(found["number"].replace(",", ""))
    return _ranged(data_type, number / 100 if found["unit"] == "%" else number)


def _ranged(data_type: str, exact: Decimal) -> tuple[float | None, str]:
    """A number of a column: amounts and points from 0, shares from 0 to 1, integers."""
    number = float(f"{float(exact):.15g}")  # as a spreadsheet shows it
    if not math.isfinite(number):
        return None, "E125"
    if data_type in {"money", "number"} and number < 0:
        return None, "E132"
    if data_type == "share" and not 0 <= number <= 1:
        return None, "E126"
    if data_type == "integer":
        return (int(number), "") if number.is_integer() else (None, "E125")
    return number, ""


def _carry_down(sheet: TargetSheet, values: dict[str, object], above: dict[str, object]) -> None:
    """Fill what is blank because it is the same as above: within one project, and under the same upper levels."""
    for index, name in enumerate(sheet.carried):
        same = all(values.get(upper) == above.get(upper) for upper in ("project", *sheet.carried[:index]))
        if same and values.get(name, ...) in ("", None):
            values[name] = above.get(name)


def read_targets(path: Path, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """Read the targets of a year. ``name`` is the workspace-relative path that messages and Targets carry.

    Columns are found by their headers in row 1. A row without its key, with a key that came before, or of an unknown
    project is left out, and a problem says so; so is a value that its column cannot hold. Nothing is raised.
    """
    book = read_workbook(path)
    if isinstance(book, Unreadable):
        return Targets(year, file=name), (problem("E120", Place(file=name), reason=book.reason),)
    return targets_of(book, year, name)


def is_target_book(book: Workbook, *, whole: bool = True) -> bool:
    """Whether a workbook is one of targets by the names of its sheets; ``whole``: one of them is not enough."""
    found = {squeeze(unified(name)) for name in book.sheets} & {sheet.name for sheet in SHEETS}
    return len(found) > 1 if whole else bool(found)


def targets_of(book: Workbook, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """The same for a workbook that was read."""
    account = Account(Place(file=name))
    heres = [(sheet, account.about(sheet=sheet.name)) for sheet in SHEETS]
    pages = [_Page(sheet, here, read_page(book, sheet, here)) for sheet, here in heres]
    projects, indicators, plan, department = pages
    projects.keep_keyed("project")
    known = {row.text("project") for row in projects.rows}
    indicators.keep_keyed("indicator")
    indicators.keep_known(known)
    indicators.count_up()
    plan.keep_keyed("project")
    plan.keep_known(known)
    projects.require("name", "budget")
    indicators.require("level1", "level3", "target")
    for row in indicators.rows:
        row.fields["cell"] = f"指标!{row.cell('target')}"
    frames = (projects.frame(), indicators.frame(), plan.frame(), department.frame())
    return Targets(year, *frames, name, book.digest), tuple(account.problems)


@dataclass
class _Page:
    """The rows of a sheet that are kept, and the account of the sheet."""

    sheet: TargetSheet
    account: Account
    rows: list[TargetRow]

    def keep_keyed(self, key: str) -> None:
        title = self.sheet.table[key].header
        first: dict[str, TargetRow] = {}
        for row in self.rows:
            code = row.text(key)
            # files are named after projects, and some systems do not tell case apart
            alike = coded_name(code, "").casefold() if key == "project" else code
            if code and alike not in first:
                first[alike] = row
            elif key in row.letters:
                here = self.account.about(cell=row.cell(key))
                if code:
                    here.report("E123", what=title, key=code, first=first[alike].cell(key))
                else:
                    here.report("E127", what=title, effect="，这一行没有读入")
        self.rows = list(first.values())

    def keep_known(self, known: set[str]) -> None:
        rows = [row for row in self.rows if "project" in row.letters]
        self.rows = [row for row in rows if row.text("project") in known]
        for row in rows:
            if row.text("project") not in known:
                self._at(row, "project").report("E124", key=row.text("project") or "（空白）")

    def count_up(self) -> None:
        """Report a project with more indicators than one can have."""
        counts = Counter(row.text("project") for row in self.rows)
        more = {project for project, count in counts.items() if count > MOST_INDICATORS}
        for row in self.rows:
            if (project := row.text("project")) in more:
                more.remove(project)
                self._at(row, "project").report("E113", count=counts[project], limit=MOST_INDICATORS)

    def require(self, *names: str) -> None:
        """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
        faulty = {(problem.place.sheet, problem.place.cell) for problem in self.account.problems}
        for row in self.rows:
            for name in names:
                if row.fields.get(name, ...) in ("", None) and (self.sheet.name, row.cell(name)) not in faulty:
                    self._at(row, name).report("E127", what=self.sheet.table[name].header, effect="")

    def frame(self) -> pd.DataFrame:
        return self.sheet.table.frame(row.fields for row in self.rows)

    def _at(self, row: TargetRow, name: str) -> Account:
        who = {"project": row.text("project"), "indicator": row.text("indicator")}
        return self.account.about(cell=row.cell(name), **who)
