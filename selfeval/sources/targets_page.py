"""The sheets of ``targets.xlsx`` and their rows: where columns stand, what each row holds and where it fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from selfeval.domain.reading.quantity import says_nothing
from selfeval.domain.tables import Table, TableColumn
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS
from selfeval.packages.columns import letters
from selfeval.packages.workbook import Raw, Workbook
from selfeval.packages.workbook import Sheet as Page
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, tidy, unified
from selfeval.sources.targets_cells import DATA_TYPES, Value, is_hidden, read_cell, seen, shown
from selfeval.sources.targets_columns import column_places, report_unread
from selfeval.sources.targets_rows import EXAMPLE, MOST_TITLES, headings_at, other_unit, passed_over, plain_titles


@dataclass(frozen=True)
class TargetSheet:
    """A sheet: its table, the widths of the columns in characters, and those (``carried``) blank where as above.

    A workbook may be without one that is not ``needed``.
    """

    name: str
    table: Table
    widths: tuple[float, ...]
    carried: tuple[str, ...] = ()
    needed: bool = True


SHEETS = (
    TargetSheet("项目", PROJECTS, (6, 10, 18, 25, 28, 10, 10, 10, 26, 50, 18)),
    TargetSheet("指标", INDICATORS, (27, 25, 12, 20, 30, 42, 22, 18, 12, 8, 40), ("level1", "level2")),
    TargetSheet("资金计划", PLAN, (25, 10, 10, 10, 10), needed=False),
    TargetSheet("部门目标", DEPARTMENT, (6, 22, 60, 36, 14, 58), ("seq", "title", "goal"), needed=False),
)

MAX_ROWS = 20_000  # rows of one sheet

_QUOTED = 60
_MAY_BE_NONE = "other"
"""The amount of which a stroke, or 无, says that there is none."""
_NAMES = frozenset({"unit_name", "department", "name", "level1", "level2", "level3"})
"""What is one line wherever it is said, though a cell may break it in two."""


@dataclass(frozen=True)
class TargetRow:
    """A row: its number, the letters of the columns there are, and their values (None: blank or unreadable) by name.

    ``faults`` are the columns whose value could not be read, or is not to be relied on.
    """

    number: int
    fields: dict[str, object]
    letters: Mapping[str, str]
    faults: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """A code or text; blank too where the sheet has no such column."""
        return str(self.fields.get(name) or "")

    def cell(self, name: str) -> str:
        """The place of a value, such as G2; blank where the sheet has no such column."""
        return f"{self.letters[name]}{self.number}" if name in self.letters else ""

    def here(self, account: Account, name: str) -> Account:
        """The account of the row's sheet, for one of its cells."""
        return account.about(cell=self.cell(name), project=self.text("project"), indicator=self.text("indicator"))


def read_page(book: Workbook, sheet: TargetSheet, account: Account) -> list[TargetRow]:
    """The rows of a sheet of a workbook but blank ones. The account is the sheet's."""
    page = _only(book, sheet, account)
    if page is None:
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
        found = {name: seen(name, line[at], looks[name]) for name, at in places.items()}
        if all(value == "" or not shown(value).strip() for value in found.values()):
            continue
        row = TargetRow(number, {}, named)
        hidden = {name: line[at] for name, at in places.items() if is_hidden(name, line[at], looks[name])}
        unread = {name: ("E140", shown(value)) for name, value in hidden.items()}
        unread |= {name: ("E130", look.fault[:_QUOTED]) for name, look in looks.items() if look and look.fault}
        faults = [*_fill(row, found, unread, sheet, once)]
        if row.fields.get("project", ...) == "":  # as below a merged cell: the number of the indicator begins with it
            row.fields["project"] = row.text("indicator").rpartition("-")[0]
        for name, code, facts in faults:
            row.faults.add(name)
            row.here(account, name).report(code, None, what=sheet.table[name].header, **facts)
        if rows:
            _carry_down(sheet, row.fields, rows[-1].fields)
        rows.append(row)
    return rows


def _only(book: Workbook, sheet: TargetSheet, account: Account) -> Page | None:
    """The sheet of a workbook; None, and reported where it is needed, when it is not there or cannot be used."""
    alike = [name for name in book.sheets if squeeze(unified(name)) == sheet.name]
    page = book.sheets[alike[0]] if alike else None
    if len(alike) > 1:
        account.report("E134", sheet=sheet.name, count=len(alike))
        return None
    if page is None:
        headers = "、".join(column.header for column in sheet.table.published)
        if sheet.needed:
            account.report("E121", sheet=sheet.name, columns=headers)
        return None
    if page.hidden:
        account.report("W138", sheet=sheet.name)
    if len(page.rows) > MAX_ROWS + 1:
        account.report("E128", rows=len(page.rows), limit=MAX_ROWS)
        return None
    return page


def _passed(
    rows: Sequence[Sequence[Raw]], head: int, titles: Sequence[str], known: tuple[TargetSheet, Account]
) -> set[int]:
    """The places of the rows that surely hold no record, each of which is told. ``known``: the sheet, its account."""
    (sheet, account), passed, examples = known, set[int](), list[int]()
    money = any(DATA_TYPES.get(name) == "money" for name in sheet.table.names)
    for at, row in enumerate(rows):
        texts = [*map(shown, row)]
        what = "标题" if at < head else passed_over(texts, titles, after_note=at - 1 in passed) if at > head else ""
        if not what or not any(map(str.strip, texts)):
            continue
        passed.add(at)
        if what == EXAMPLE:
            examples.append(at + 1)
            continue
        found = " ".join(" ".join(texts).split())[:_QUOTED]
        here = account.about(cell=f"A{at + 1}")
        here.report("I101", row=at + 1, what=what, found=found)
        if money and (unit := other_unit(texts)):
            here.report("E133", found=found, unit=unit)
    if examples:
        rows = f"{examples[0]}行至第{examples[-1]}" if len(examples) > 1 else str(examples[0])
        account.about(cell=f"A{examples[0]}").report("I160", rows=rows)
    return passed


def _fill(
    row: TargetRow,
    found: Mapping[str, Value],
    unread: Mapping[str, tuple[str, str]],
    sheet: TargetSheet,
    once: dict[str, str],
) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Read what was found in a row into it; gives what is wrong: column, code, facts. ``once``: texts met before.

    ``unread``: where a value cannot be read for how it stands in its cell, the code of that, and what stands there.
    """
    for name, value in found.items():
        column, nothing = sheet.table[name], name == _MAY_BE_NONE and isinstance(value, str) and says_nothing(value)
        read, fault = read_cell(DATA_TYPES.get(name, "text"), "" if nothing else value)
        if isinstance(read, str) and name in _NAMES and len(read.splitlines()) > 1:
            read = tidy(read)
        if isinstance(read, str) and not column.takes(read):
            yield name, "E131", _too_long(column, read)
            read = ""
        row.fields[name] = once.setdefault(read, read) if isinstance(read, str) else read
        if name in unread:
            code, stands = unread[name]
            row.fields[name] = row.fields[name] if code == "E140" else None
            yield name, code, {"found": stands}
        elif fault:
            yield name, fault, {"found": shown(value)}


def _too_long(column: TableColumn, text: str) -> dict[str, object]:
    return {"count": len(text), "limit": column.longest}


def _carry_down(sheet: TargetSheet, values: dict[str, object], above: dict[str, object]) -> None:
    """Fill what is blank because it is the same as above: within one project, and under the same upper levels."""
    if sheet.carried[:1] == ("seq",) and all(values.get(name) in ("", None) for name in sheet.carried[1:]):
        values["seq"] = above.get("seq")  # it counts rows, not what the rows belong to
    for index, name in enumerate(sheet.carried):
        same = all(values.get(upper) == above.get(upper) for upper in ("project", *sheet.carried[:index]))
        if same and values.get(name, ...) in ("", None):
            values[name] = above.get(name)
