"""Tables of targets to Targets: ``targets.xlsx``, as an import wrote it or a person made it, or several together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from selfeval.domain.problems import Problem, Severity, problem
from selfeval.domain.scored import EXECUTION
from selfeval.domain.targets import SPENDING_PLAN, Targets
from selfeval.packages.files import Unreadable, digest
from selfeval.packages.workbook import Workbook, large_room, read_large, workbook_of
from selfeval.sources.imported import Account
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_sheets import WHOLE_PROJECT, SheetPass, SheetRows
from selfeval.sources.targets_tables import TargetTable, WorkbookTable

_OF_THE_WHOLE = frozenset({"E120", "E121", "E122", "E133", "E134", "E136", "E137", "E161", "E169"})
"""The codes of what makes a file, or a sheet that scores hang on, unusable as a whole."""
_NO_SCORE = "部门目标"
"""The sheet that no score of a project hangs on."""


def usable(targets: Targets, problems: Iterable[Problem]) -> bool:
    """Whether targets can be used at all: what is wrong with single rows is theirs, or their projects' alone."""
    return bool(len(targets.projects)) and not any(map(_is_grave, problems))


def _is_grave(one: Problem) -> bool:
    """Whether a problem makes its table unusable."""
    sheet = one.place.sheet or PurePosixPath(one.place.file).stem  # that of a folder is a file
    return one.severity is Severity.ERROR and one.code in _OF_THE_WHOLE and sheet != _NO_SCORE


def read_targets(path: Path, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """Read the targets of a year. ``name`` is the workspace-relative path that messages and Targets carry.

    Columns are found by their headers in row 1. A row without its key, with a key that came before, or of an unknown
    project is left out, and a problem says so; so is a value that its column cannot hold. What cannot be scored for it
    is named in ``faulty``. Nothing is raised.
    """
    return targets_of(read_large(path), year, name)


def is_target_book(book: Workbook, *, whole: bool = True) -> bool:
    """Whether a workbook is one of targets by the names of its sheets; ``whole``: one of them is not enough."""
    found = {squeeze(unified(name)) for name in book.sheets} & {sheet.name for sheet in SHEETS}
    return len(found) > 1 if whole else bool(found)


def targets_in(data: bytes, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """The same for the bytes of a file."""
    return targets_of(workbook_of(data, large_room(len(data))), year, name)


def targets_of(book: Workbook | Unreadable, year: int, name: str) -> tuple[Targets, tuple[Problem, ...]]:
    """The same for a workbook that was read, or why it was not."""
    reading = Reading(year, name)
    reading.take(WorkbookTable(book))
    return reading.targets(), tuple(reading.problems)


class Reading:
    """The tables of a year, put together as they are read, each as a part of one: what is there twice is told.

    ``file``: the one table, or the folder of several. ``sound``: whether any of these can be used; the projects of one
    that cannot are faulty, where the year has ``several``.
    """

    def __init__(self, year: int, file: str, *, several: bool = False) -> None:
        self.sound = False
        self._told: list[Problem | tuple[Problem, list[str]]] = []  # some to be told of each project of a table
        self._year, self._file, self._several = year, file, several
        self._sheets = [SheetRows(sheet) for sheet in SHEETS]
        self._faulty: set[tuple[str, str]] = set()
        self._files: list[tuple[str, str]] = []
        self._sources: dict[tuple[str, str], None] = {}
        self._goals: dict[str, None] = {}

    def take(self, table: TargetTable) -> None:
        """Read one more table."""
        account = Account(table.place(self._file, ""))
        if isinstance(table, WorkbookTable) and table.reason:
            account.report("E120", reason=table.reason)
            self._end(table, account.problems, [])
            return
        settling = Account(account.place)
        pending = table.pending(settling)
        passes = projects, indicators, plan, goals = [SheetPass(each, table, self._file) for each in self._sheets]
        own = projects.projects()
        indicators.indicators(projects.known, {number for _, number in pending})
        plan.plan(projects.known)
        goals.goals()
        read = [one for each in passes for one in each.read]
        if not projects.count and all(one.severity is not Severity.ERROR for one in read):
            read.append(problem("E161", table.place(self._file, SHEETS[0].name)))
        checked = [one for each in passes for one in each.checked]
        needed = [one for each in passes for one in each.needed]
        hit = {*projects.hit, *indicators.hit, *plan.hit}
        for project, number in pending:  # a number that is gone may be of any row
            is_known = (project, number) in indicators.seen or number in {EXECUTION, SPENDING_PLAN}
            hit.add((project, number if is_known else WHOLE_PROJECT))
        self._faulty |= hit
        self._end(table, [*read, *checked, *needed, *settling.problems], own)

    def _end(self, table: TargetTable, problems: list[Problem], projects: list[str]) -> None:
        """Take note of what a table gave: the codes of its projects, and what is told of it."""
        grave = [one for one in problems if _is_grave(one)]
        if not grave and projects:
            self.sound = True
        elif self._several and grave and projects:
            self._faulty |= {(project, WHOLE_PROJECT) for project in projects}
        for one in problems:  # each project is told why it cannot be scored
            self._told.append((one, projects) if self._several and projects and one in grave[:1] else one)
        self._files += table.files
        sources, goal = table.notes()
        self._sources |= dict.fromkeys(sources)
        self._goals |= dict.fromkeys([goal] if goal else [])
        table.close()

    def tell(self, one: Problem) -> None:
        """Take note of a problem that is that of no table."""
        self._told.append(one)

    @property
    def problems(self) -> Iterator[Problem]:
        """What is to be told; why a table cannot be used, to each of its projects, if there are others."""
        for told in self._told:
            if isinstance(told, Problem):
                yield told
            elif self.sound:
                yield from (replace(told[0], place=told[0].place.at(project=project)) for project in told[1])
            else:
                yield told[0]

    def targets(self) -> Targets:
        """What was read."""
        projects, indicators, plan, _ = self._sheets
        strays = {(code, WHOLE_PROJECT) for code in indicators.strays} | {(code, SPENDING_PLAN) for code in plan.strays}
        hit = frozenset((code, what) for code, what in self._faulty | strays if code in projects.codes)
        goals, files = [*self._goals], [(f"{self._file}/{name}", proof) for name, proof in self._files]
        own, rows, shares, department = (each.ended() for each in self._sheets)
        return Targets(
            self._year,
            projects=own,
            indicators=rows,
            plan=shares,
            department=department,
            file=self._file,
            sha256=digest("\n".join(map(" ".join, files)).encode()) if self._several else self._files[0][1],
            faulty=hit,
            sources=tuple(self._sources),
            overall_goal=goals[0] if len(goals) == 1 else "",
            files=tuple(files) if self._several else (),
        )
