"""The sheets of ``targets.xlsx`` and their rows: where columns stand, what each row holds and where it fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from selfeval.domain.problems import Place, Problem
from selfeval.domain.reading.quantity import says_nothing
from selfeval.domain.tables import Table, TableColumn
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS
from selfeval.packages.columns import letters
from selfeval.packages.looks import Look, Looks
from selfeval.packages.number_formats import Shown
from selfeval.packages.workbook import Raw
from selfeval.sources.imported import Account
from selfeval.sources.layout import tidy
from selfeval.sources.targets_cells import DATA_TYPES, ERRORS, Value, is_hidden, read_cell, seen, shown
from selfeval.sources.targets_columns import UnreadColumns, column_places
from selfeval.sources.targets_rows import EXAMPLE, MOST_TITLES, headings_at, other_unit, passed_over, plain_titles
from selfeval.sources.targets_told import Told


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

_QUOTED = 60
_MAY_BE_NONE = "other"
"""The amount of which a stroke, or 无, says that there is none."""
_NAMES = frozenset({"unit_name", "department", "name", "level1", "level2", "level3"})
"""What is one line wherever it is said, though a cell may break it in two."""
_ELSE = DATA_TYPES.keys()
"""Columns that hold anything but text."""
_KEPT_TEXTS = 50_000
"""Different texts of a sheet that are held once for all cells that hold them."""
_MANY = 3
"""So many lines, and one in so many, are no slip."""
_TAKES_ALL = "level1"
"""A column without whose value nothing of the project can be scored: of a row whose columns may have moved."""


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

    def only_keys(self) -> TargetRow:
        """The same row with nothing but what it is known by: for what is told of it later."""
        return TargetRow(self.number, {name: self.text(name) for name in ("project", "indicator")}, self.letters)


@dataclass(frozen=True)
class Page:
    """The lines of a sheet, which may be read only once, and how its cells are shown.

    ``fields``: those of a file in which a sign parts the fields of a line, so that lines may be of any length.
    """

    lines: Iterable[Sequence[Raw]]
    looks: Looks = field(default_factory=dict)
    fields: bool = False


class PageReading:
    """The rows of a page but blank ones, one after the other; what is to be told of them is complete behind the last.

    ``count``: the rows so far; ``place``: that of the sheet.
    """

    def __init__(self, page: Page, sheet: TargetSheet, place: Place) -> None:
        self.count = 0
        self._page, self._sheet, self._place = page, sheet, place
        self._parts = [Told(), Told(), Told(), Told()]
        self._plain: dict[int, bool] = {}  # whether texts are shown as they are, by the look
        self._once: dict[str, str] = {}  # most texts of a table stand there many times

    @property
    def problems(self) -> list[Problem]:
        """What is to be told: of headings, lines that hold no record, columns that are not read, then of rows."""
        return [one for part in self._parts for one in part.all]

    def __iter__(self) -> Iterator[TargetRow]:
        """The rows. Once only."""
        page, table = self._page, self._sheet.table
        headings, passing, unread, _ = (Account(self._place, problems=part) for part in self._parts)
        lines = iter(page.lines)
        top = [*islice(lines, MOST_TITLES)]
        head = headings_at([[*map(shown, row)] for row in top], table)
        titles = plain_titles(map(shown, top[head] if top else []))
        places = column_places(titles, table, headings, head + 1)
        width, letters_of = max(places.values(), default=-1) + 1, {name: letters(at) for name, at in places.items()}
        passed, others = _Passed(head, titles, self._sheet, passing), UnreadColumns(titles, places, table)
        usual = _usual_widths(top)
        above: TargetRow | None = None
        for at, line in enumerate(chain(top, lines)):
            if passed.holds(at, line) or at <= head:
                continue
            if page.fields and len(line) < width:
                line = [*line, *[""] * (width - len(line))]  # noqa: PLW2901 - as a sheet gives it
            moved = _beyond(line, len(titles), usual) if page.fields and len(line) > len(titles) else ""
            if not moved:
                others.look(line)
            row = self._row(at, line, places, letters_of)
            if row is None:
                continue
            if moved:
                self._tell_moved(row, moved)
            if above is not None:
                _carry_down(self._sheet, row.fields, above.fields)
            above = row
            self.count += 1
            yield row
        passed.end()
        others.report(unread)

    def _row(
        self, at: int, line: Sequence[Raw], places: Mapping[str, int], letters_of: Mapping[str, str]
    ) -> TargetRow | None:
        """The row of a line; None for a blank one."""
        page, hidden, looks = self._page, dict[str, Raw](), dict[str, Look]()
        found: dict[str, Value] = {name: line[column] for name, column in places.items()}
        if page.looks:
            looks = self._looks_of(at, found, places)
            hidden = {name: line[places[name]] for name, look in looks.items() if is_hidden(name, found[name], look)}
            found |= {name: seen(name, found[name], look) for name, look in looks.items()}
        if all(value == "" or not shown(value).strip() for value in found.values()):
            return None
        row = TargetRow(at + 1, {}, letters_of)
        unread = {name: ("E140", shown(value)) for name, value in hidden.items()}
        unread |= {name: ("E130", look.fault[:_QUOTED]) for name, look in looks.items() if look.fault}
        faults = [*_fill(row, found, unread, self._sheet, self._once)]
        if len(self._once) > _KEPT_TEXTS:
            self._once.clear()
        if row.fields.get("project", ...) == "":  # as below a merged cell: the number of the indicator begins with it
            row.fields["project"] = row.text("indicator").rpartition("-")[0]
        for name, code, facts in faults:
            row.faults.add(name)
            here = row.here(Account(self._place, problems=self._parts[-1]), name)
            here.report(code, None, what=self._sheet.table[name].header, **facts)
        return row

    def _looks_of(self, at: int, found: Mapping[str, Value], places: Mapping[str, int]) -> dict[str, Look]:
        """How the cells of a line are shown, but those of texts that are shown as they are: most."""
        looks, plain = self._page.looks, self._plain
        odd: dict[str, Look] = {}
        for name, column in places.items():
            look = looks.get((at, column))
            if look is None:
                continue
            if type(found[name]) is str:
                if id(look) not in plain:
                    bare = not (look.fault or look.struck or look.raised)
                    plain[id(look)] = bare and look.beside_text() == Shown()
                if plain[id(look)]:
                    continue
            odd[name] = look
        return odd

    def _tell_moved(self, row: TargetRow, extra: str) -> None:
        """Report a line with more fields than there are headings: a sign in a text may have moved all behind it."""
        row.faults.add(_TAKES_ALL)
        here = Account(self._place, problems=self._parts[-1]).about(
            cell=f"A{row.number}", project=row.text("project"), indicator=row.text("indicator")
        )
        found = row.text("indicator") or row.text("project")
        here.report("E330", row=row.number, found=found, extra=extra[:_QUOTED])


def _beyond(line: Sequence[Raw], width: int, usual: Container[int]) -> str:
    """What stands in a line behind the last heading; a blank counts where lines are not usually as long."""
    found = next((text for value in line[width:] if (text := shown(value).strip())), "")
    return found or ("" if len(line) in usual else "一格空白")


def _usual_widths(lines: Sequence[Sequence[Raw]]) -> frozenset[int]:
    """How many fields many lines have: a program may end lines with a comma, and a comma in a text makes one more."""
    counts = Counter(map(len, lines))
    return frozenset(width for width, count in counts.items() if count >= _MANY and count * _MANY >= len(lines))


class _Passed:
    """The lines that surely hold no record, each of which is told."""

    def __init__(self, head: int, titles: Sequence[str], sheet: TargetSheet, account: Account) -> None:
        self._head, self._titles, self._account = head, titles, account
        self._money = any(DATA_TYPES.get(name) == "money" for name in sheet.table.names)
        self._above = False
        self._examples: list[int] = []

    def holds(self, at: int, line: Sequence[Raw]) -> bool:
        """Whether the next line is such; ``at``: its place from 0."""
        self._above = at != self._head and self._is_passed(at, line)
        return self._above

    def _is_passed(self, at: int, line: Sequence[Raw]) -> bool:
        texts = [*map(shown, line)]
        what = "标题" if at < self._head else passed_over(texts, self._titles, after_note=self._above)
        if not what or not any(map(str.strip, texts)):
            return False
        if what == EXAMPLE:
            self._examples.append(at + 1)
            return True
        found = " ".join(" ".join(texts).split())[:_QUOTED]
        here = self._account.about(cell=f"A{at + 1}")
        here.report("I101", row=at + 1, what=what, found=found)
        if self._money and (unit := other_unit(texts)):
            here.report("E133", found=found, unit=unit)
        return True

    def end(self) -> None:
        """Tell the examples."""
        if self._examples:
            first, last = self._examples[0], self._examples[-1]
            rows = f"{first}行至第{last}" if first != last else str(first)
            self._account.about(cell=f"A{first}").report("I160", rows=rows)


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
        column = sheet.table[name]
        if type(value) is str and name not in _ELSE and name not in unread:
            text = value.strip()
            if text not in ERRORS and len(text) <= column.longest and (name not in _NAMES or text.isprintable()):
                row.fields[name] = once.setdefault(text, text)  # as it is read below
                continue
        nothing = name == _MAY_BE_NONE and isinstance(value, str) and says_nothing(value)
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
