"""``targets.xlsx`` to Targets, as an import wrote it or a person made it in Excel or WPS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from pathlib import Path

from selfeval.domain.filenames import coded_name
from selfeval.domain.problems import Place, Problem, Severity
from selfeval.domain.scored import EXECUTION
from selfeval.domain.tables import Rows
from selfeval.domain.targets import CHECKPOINTS, MOST_INDICATORS, SPENDING_PLAN, Targets
from selfeval.packages.files import Unreadable
from selfeval.packages.workbook import Workbook, read_workbook, workbook_of
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.targets_notes import pending_faults, recorded_goal, recorded_sources
from selfeval.sources.targets_page import SHEETS, TargetRow, TargetSheet, read_page

_OF_THE_WHOLE = frozenset({"E120", "E121", "E122", "E128", "E133", "E134", "E136", "E137", "E161"})
"""The codes of what makes a file, or a sheet that scores hang on, unusable as a whole."""
_NO_SCORE = "部门目标"
"""The sheet that no score of a project hangs on."""
_WHOLE_PROJECT = ""
_HIT: dict[str, str] = {
    "budget": EXECUTION,
    **dict.fromkeys(("level1", "points"), _WHOLE_PROJECT),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), SPENDING_PLAN),
}
"""What a value that is not to be relied on takes with it: a row of the project, or all (points are shared out)."""
_ALIKE = 0.8
_HIT_ITSELF = frozenset({"target", "kind", "level2", "level3", "standard"})
"""The columns that only their own indicator hangs on."""


def usable(targets: Targets, problems: Iterable[Problem]) -> bool:
    """Whether targets can be used at all: what is wrong with single rows is theirs, or their projects' alone."""
    wrong = (one for one in problems if one.severity is Severity.ERROR and one.place.sheet != _NO_SCORE)
    return bool(len(targets.projects)) and not any(one.code in _OF_THE_WHOLE for one in wrong)


def read_targets(path: Path, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """Read the targets of a year. ``name`` is the workspace-relative path that messages and Targets carry.

    Columns are found by their headers in row 1. A row without its key, with a key that came before, or of an unknown
    project is left out, and a problem says so; so is a value that its column cannot hold. What cannot be scored for it
    is named in ``faulty``. Nothing is raised.
    """
    return targets_of(read_workbook(path), year, name)


def is_target_book(book: Workbook, *, whole: bool = True) -> bool:
    """Whether a workbook is one of targets by the names of its sheets; ``whole``: one of them is not enough."""
    found = {squeeze(unified(name)) for name in book.sheets} & {sheet.name for sheet in SHEETS}
    return len(found) > 1 if whole else bool(found)


def targets_in(data: bytes, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """The same for the bytes of a file."""
    return targets_of(workbook_of(data), year, name)


def targets_of(book: Workbook | Unreadable, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """The same for a workbook that was read, or why it was not."""
    account = Account(Place(file=name))
    if isinstance(book, Unreadable):
        account.report("E120", reason=book.reason)
        return Targets(year, file=name), tuple(account.problems)
    heres = [(sheet, account.about(sheet=sheet.name)) for sheet in SHEETS]
    projects, indicators, plan, department = (
        _Page(sheet, here, read_page(book, sheet, here), set()) for sheet, here in heres
    )
    if not projects.rows and all(one.severity is not Severity.ERROR for one in account.problems):
        projects.account.report("E161")
    projects.keep_keyed("project")
    projects.number()
    projects.tell_units()
    known = {row.text("project") for row in projects.rows}
    indicators.keep_keyed("indicator")
    indicators.keep_known(known, _owners_around)
    indicators.count_up()
    plan.keep_keyed("project")
    plan.keep_known(known, _owners_alike)
    projects.require("name", "budget")
    indicators.require("level1", "level3")  # of a blank target every scoring tells, but where a rule reads it
    for row in indicators.rows:
        row.fields["cell"] = f"指标!{row.cell('target')}"
    for row in department.rows:
        row.fields["cell"] = f"部门目标!{row.cell('target')}"
    rows = {(row.text("project"), row.text("indicator")) for row in indicators.rows}
    faulty = {*projects.hits(), *indicators.hits(), *plan.hits(SPENDING_PLAN)}
    for project, number in pending_faults(book, account):
        is_known = (project, number) in rows or number in {EXECUTION, SPENDING_PLAN}
        faulty.add((project, number if is_known else _WHOLE_PROJECT))  # a number that is gone may be of any row
    hit = frozenset((project, indicator) for project, indicator in faulty if project in known)
    tables = projects.table(), indicators.table(), plan.table(), department.table()
    targets = Targets(year, *tables, name, book.digest, hit, recorded_sources(book), recorded_goal(book))
    return targets, tuple(account.problems)


Strays = Iterator[tuple[TargetRow, tuple[str, ...]]]
"""Rows of unknown projects, each with the known ones that may lack it."""


@dataclass
class _Page:
    """The rows of a sheet that are kept, the account of the sheet, and the projects that lack a row of it."""

    sheet: TargetSheet
    account: Account
    rows: list[TargetRow]
    lacking: set[str]

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
                if code:
                    row.here(self.account, key).report("E123", what=title, key=code, first=first[alike].cell(key))
                elif key not in row.faults:
                    row.here(self.account, key).report("E127", what=title, effect="，这一行未采用")
                self.lacking |= {row.text("project"), *([first[alike].text("project")] if code else ())}
        self.rows = list(first.values())

    def number(self) -> None:
        """Number the rows where no column does."""
        for at, row in enumerate(self.rows, start=1):
            row.fields.setdefault("seq", at)

    def keep_known(self, known: set[str], owners: Callable[[Sequence[TargetRow], set[str]], Strays]) -> None:
        """Leave out the rows of unknown projects; ``owners`` names those that may lack them."""
        rows = [row for row in self.rows if "project" in row.letters]
        self.rows = [row for row in rows if row.text("project") in known]
        for row, near in owners(rows, known):
            self.lacking |= {*near}
            for project in near or [row.text("project")]:
                here = row.here(self.account, "project").about(project=project)
                here.report("E124", key=row.text("project") or "（空白）")

    def tell_units(self) -> None:
        """Report a code of a unit that stands beside several names."""
        names: dict[str, dict[str, TargetRow]] = {}
        for row in self.rows:
            if row.text("unit_code") and row.text("unit_name"):
                names.setdefault(row.text("unit_code"), {}).setdefault(row.text("unit_name"), row)
        for code, rows in names.items():
            if len(rows) > 1:
                second = [*rows.values()][1]
                second.here(self.account, "unit_name").report("W149", None, unit=code, names="”“".join(rows))

    def count_up(self) -> None:
        """Report a project with more indicators than one can have."""
        counts = Counter(row.text("project") for row in self.rows)
        more = {project for project, count in counts.items() if count > MOST_INDICATORS}
        self.lacking |= more
        for row in self.rows:
            if (project := row.text("project")) in more:
                more.remove(project)
                row.here(self.account, "project").report("E113", count=counts[project], limit=MOST_INDICATORS)

    def require(self, *names: str) -> None:
        """Report blank cells that must be filled in. A value that was there but unreadable has its own problem."""
        for row in self.rows:
            for name in names:
                if row.fields.get(name, ...) in ("", None) and name not in row.faults:
                    row.faults.add(name)
                    row.here(self.account, name).report("E127", what=self.sheet.table[name].header, effect="")

    def hits(self, lacking: str = _WHOLE_PROJECT) -> Iterator[tuple[str, str]]:
        """What cannot be scored, as (project, indicator); ``lacking``: of a project without a row."""
        yield from ((project, lacking) for project in self.lacking)
        for row in self.rows:
            for name in row.faults & (_HIT.keys() | _HIT_ITSELF):
                yield row.text("project"), _HIT.get(name, row.text("indicator"))

    def table(self) -> Rows:
        return self.sheet.table.rows(row.fields for row in self.rows)


def _owners_around(rows: Sequence[TargetRow], known: set[str]) -> Strays:
    """Indicators: the project that their number names, or in whose midst they stand; else that beside a single one."""
    blocks = [(key, [*group]) for key, group in groupby(rows, lambda row: (row.text("project"), _named(row)))]
    around = [key[0] if key[0] in known else "" for key, _ in blocks]
    for at, ((project, named), block) in enumerate(blocks):
        if project in known:
            continue
        before, after = (around[place] if 0 <= place < len(around) else "" for place in (at - 1, at + 1))
        owners = {named} if named in known else {before} & {after}
        if not owners - {""} and len(block) == 1 and named != project:
            owners = {before, after}
        for row in block:
            yield row, tuple(sorted(owners - {""}))


def _named(row: TargetRow) -> str:
    return row.text("indicator").rpartition("-")[0]


def _owners_alike(rows: Sequence[TargetRow], known: set[str]) -> Strays:
    """Rows of which each project has one: the projects without, if their code is nearly the same."""
    without = known.difference(row.text("project") for row in rows)
    for row in rows:
        if (code := row.text("project")) not in known:
            yield row, tuple(get_close_matches(code, sorted(without), 2, _ALIKE))
