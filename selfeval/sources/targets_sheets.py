"""The rows of a sheet over all tables of a year, and one pass over those in one table: what is kept, what is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from difflib import get_close_matches

from selfeval.domain.filenames import coded_name
from selfeval.domain.problems import Problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.tables import Rows
from selfeval.domain.targets import CHECKPOINTS, MOST_INDICATORS, SPENDING_PLAN
from selfeval.packages.shelf import Shelf
from selfeval.sources.imported import Account
from selfeval.sources.targets_page import PageReading, TargetRow, TargetSheet
from selfeval.sources.targets_strays import Strays
from selfeval.sources.targets_tables import NotReadError, TargetTable
from selfeval.sources.targets_told import Told

WHOLE_PROJECT = ""
_HIT: dict[str, str] = {
    "budget": EXECUTION,
    **dict.fromkeys(("level1", "points"), WHOLE_PROJECT),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), SPENDING_PLAN),
}
"""What a value that is not to be relied on takes with it: a row of the project, or all (points are shared out)."""
_HIT_ITSELF = frozenset({"target", "kind", "level2", "level3", "standard"})
"""The columns that only their own indicator hangs on."""
_TAKES = _HIT.keys() | _HIT_ITSELF
_ALIKE = 0.8
_COMPARISONS = 200_000
"""How many pairs of codes are compared to find which one was meant: some seconds."""


class SheetRows:
    """A sheet over all tables: the rows that are ``kept``, and by what they are known.

    ``codes``: the projects of the rows that are kept; ``strays``: those of rows that were left out, as the table that
    they stand in has no such project.
    """

    def __init__(self, sheet: TargetSheet) -> None:
        self.sheet = sheet
        self.kept = Shelf()
        self._names = sheet.table.names
        self.codes: set[str] = set()
        self.strays: set[str] = set()
        self.units: dict[str, dict[str, None]] = {}
        self._first: dict[str, int] = {}  # the row of each key: its number, and behind a factor the table
        self._tables: list[tuple[TargetTable, str]] = []
        self._owners: dict[str, str] = {}

    def begin(self, table: TargetTable) -> None:
        """The rows that follow are of another table."""
        self._tables.append((table, ""))

    def before(self, alike: str, row: TargetRow, key: str) -> str:
        """Where the first row of a key stands; blank where this is the first, which is taken note of."""
        table, at = self._tables[-1][0], len(self._tables) - 1
        self._tables[-1] = table, row.letters.get(key, "")
        own = at * _ROWS + row.number
        first, number = divmod(self._first.setdefault(alike, own), _ROWS)
        if (first, number) == (at, row.number):
            if (project := row.text("project")) != alike.rpartition("-")[0]:
                self._owners[alike] = project
            return ""
        there, column = self._tables[first]
        return f"{column}{number}" if there is table else there.cell(self.sheet.name, f"{column}{number}")

    def ended(self) -> Rows:
        """The rows that were kept, once no more will come."""
        self._first, self._owners = {}, {}
        return Rows(self.sheet.table, self.kept)

    def put(self, record: Mapping[str, object]) -> None:
        """Keep a row; what it lacks is blank."""
        self.sheet.table.put(self.kept, ([record.get(name) for name in self._names],))

    def owner(self, alike: str) -> str:
        """The project of the first row of a key."""
        return self._owners.get(alike, alike.rpartition("-")[0])


_ROWS = 10**10
"""More than a table has."""


class SheetPass:
    """One reading of a sheet in one table. All that is told is complete once the rows were read.

    ``read``, ``checked``, ``needed``: the problems of the lines, of the rows among each other, of what must be filled
    in. ``hit``: what cannot be scored, as (project, indicator); ``seen``: of those asked for, what there is.
    """

    def __init__(self, rows: SheetRows, table: TargetTable, file: str) -> None:
        self.hit: set[tuple[str, str]] = set()
        self.seen: set[tuple[str, str]] = set()
        self.known: set[str] = set()
        self._rows, self._table, self._sheet = rows, table, rows.sheet
        place = table.place(file, rows.sheet.name)
        self._opened, self._ended, self._keys, self._between, self._blank = (
            Account(place, problems=Told()) for _ in range(5)
        )
        rows.begin(table)
        page = table.page(rows.sheet, self._opened)
        self._page = None if page is None else PageReading(page, rows.sheet, place)
        self._lacking: set[str] = set()

    @property
    def count(self) -> int:
        """Rows that were read, kept or not."""
        return 0 if self._page is None else self._page.count

    @property
    def read(self) -> list[Problem]:
        """Of the sheet, its headings and its lines."""
        lines = [] if self._page is None else self._page.problems
        return [*self._opened.problems, *lines, *self._ended.problems]

    @property
    def checked(self) -> list[Problem]:
        """Of keys, then of what rows lead to."""
        return [*_all(self._keys), *_all(self._between)]

    @property
    def needed(self) -> list[Problem]:
        """Of blank cells."""
        return _all(self._blank)

    def projects(self) -> list[str]:
        """The sheet of projects; gives their codes. ``known``: those that other sheets of the table may name."""
        own, second = list[str](), dict[str, TargetRow]()
        for row in self._keyed("project"):
            row.fields.setdefault("seq", len(self._rows.kept) + 1)
            unit, name = row.text("unit_code"), row.text("unit_name")
            if unit and name:
                names = self._rows.units.setdefault(unit, {})
                if names and name not in names:
                    second.setdefault(unit, row)
                names[name] = None
            self._require(row, "name", "budget")
            self._keep(row)
            own.append(row.text("project"))
        self.known |= {*own}
        for unit, names in self._rows.units.items() if second else ():
            if unit in second:
                here = second[unit].here(self._between, "unit_name")
                here.report("W149", None, unit=unit, names="”“".join(names))
        self._end(WHOLE_PROJECT)
        return own

    def indicators(self, known: Container[str], wanted: Container[str]) -> None:
        """The sheet of indicators of known projects; ``wanted``: numbers that are asked for."""
        strays = Strays(known, self._tell_stray)
        counts, first = Counter[str](), dict[str, TargetRow]()
        for row in self._keyed("indicator"):
            if "project" not in row.letters or not strays.takes(row):
                continue
            project, number = row.text("project"), row.text("indicator")
            counts[project] += 1
            first.setdefault(project, row.only_keys())
            if number in wanted:
                self.seen.add((project, number))
            self._require(row, "level1", "level3")  # of a blank target every scoring tells, but where a rule reads it
            row.fields["cell"] = self._table.cell(self._sheet.name, row.cell("target"))
            self._keep(row)
        strays.end()
        for project, count in counts.items():
            if count > MOST_INDICATORS:
                self._lacking.add(project)
                here = first[project].here(self._between, "project")
                here.report("E113", count=count, limit=MOST_INDICATORS)
        self._end(WHOLE_PROJECT)

    def plan(self, known: set[str]) -> None:
        """The sheet of plans, one row a project."""
        strays, planned = list[TargetRow](), set[str]()
        for row in self._keyed("project"):
            if (code := row.text("project")) in known:
                planned.add(code)
                self._keep(row)
            else:
                strays.append(row.only_keys())
        without = sorted(known - planned) if strays else []
        for row in strays:  # the projects without a row, if their code is nearly the same
            near = without if len(strays) * len(without) <= _COMPARISONS else ()
            self._tell_stray(row, get_close_matches(row.text("project"), near, 2, _ALIKE))
        self._end(SPENDING_PLAN)

    def goals(self) -> None:
        """The sheet of the department's goals."""
        for row in self._lines():
            row.fields["cell"] = self._table.cell(self._sheet.name, row.cell("target"))
            self._rows.put(row.fields)

    def _lines(self) -> Iterator[TargetRow]:
        try:
            yield from self._page or ()
        except NotReadError as fault:
            self._ended.report("E169", reason=fault.reason, cure=fault.cure)

    def _keyed(self, key: str) -> Iterator[TargetRow]:
        """The rows with a key of their own."""
        title = self._sheet.table[key].header
        for row in self._lines():
            code = row.text(key)
            # files are named after projects, and some systems do not tell case apart
            alike = coded_name(code, "").casefold() if key == "project" else code
            first = self._rows.before(alike, row, key) if code else ""
            if code and not first:
                yield row
            elif key in row.letters:
                if code:
                    row.here(self._keys, key).report("E123", what=title, key=code, first=first)
                    self._lacking.add(self._rows.owner(alike))
                    self.known |= {code} & self._rows.codes
                elif key not in row.faults:
                    row.here(self._keys, key).report("E127", what=title, effect="，这一行未采用")
                self._lacking.add(row.text("project"))

    def _require(self, row: TargetRow, *names: str) -> None:
        """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
        for name in names:
            if row.fields.get(name, ...) in ("", None) and name not in row.faults:
                row.faults.add(name)
                row.here(self._blank, name).report("E127", what=self._sheet.table[name].header, effect="")

    def _keep(self, row: TargetRow) -> None:
        self.hit |= {(row.text("project"), _HIT.get(name, row.text("indicator"))) for name in row.faults & _TAKES}
        self._rows.put(row.fields)
        self._rows.codes.add(row.text("project"))

    def _tell_stray(self, row: TargetRow, near: Sequence[str]) -> None:
        """Report a row of an unknown project; ``near``: the known ones that may lack it."""
        self._lacking |= {*near}
        self._rows.strays.add(row.text("project"))
        for project in near or [row.text("project")]:
            here = row.here(self._between, "project").about(project=project)
            here.report("E124", key=row.text("project") or "（空白）")

    def _end(self, lacking: str) -> None:
        self.hit |= {(project, lacking) for project in self._lacking}


def _all(account: Account) -> list[Problem]:
    return account.problems.all if isinstance(account.problems, Told) else account.problems
