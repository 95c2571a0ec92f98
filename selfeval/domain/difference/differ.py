"""Comparing two runs: files, projects, rows and problems, and whether data or rules are the cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from selfeval.domain.kinds import KINDS
from selfeval.domain.reading.period import day_words
from selfeval.domain.scored import EXECUTION_KIND, State
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Shown, TableColumn

_DATA = tuple(RESULTS_FILE[name] for name in ("target", "actual"))
_RULES = tuple(RESULTS_FILE[name] for name in ("kind", "rule", "points", "most"))
_RESULT = tuple(RESULTS_FILE[name] for name in ("score", "state"))
_MONEY = tuple(PROJECTS_FILE[name] for name in ("full_year", "executed"))
_TOTALS = tuple(PROJECTS_FILE[name] for name in ("total", "lowest", "highest", "grade", "state"))
_RANGE = {"lowest", "highest"}
_LABELS: dict[Shown, dict[str, str]] = {
    "state": {state.value: state.label for state in State},
    "kind": {name: kind.label for name, kind in KINDS.items()},
}
_SEEN = ("code", "project", "indicator", "message")

Record = Mapping[str, str]
"""One row of a published table, by the names of its columns. A column that the file has not is not in it."""


@dataclass(frozen=True)
class PastRun:
    """One run. ``name`` is what people call it (the folder); ``results`` are by project and indicator.

    ``rules`` and ``inputs`` map a path to its SHA-256, ``versions`` a package to its version. ``results`` holds rows of
    RESULTS_FILE, ``projects`` of PROJECTS_FILE, ``problems`` of PROBLEMS_FILE.
    """

    name: str
    year: int
    rulebook: str
    rules: Mapping[str, str]
    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    results: Mapping[tuple[str, str], Record]
    projects: Mapping[str, Record]
    problems: tuple[Record, ...]


class Cause(StrEnum):
    """Why a row is different; the value is what people read."""

    DATA = "数据"
    RULES = "规则"
    BOTH = "数据和规则"
    OTHER = "其他"


class Presence(StrEnum):
    """Whether something is in both runs."""

    CHANGED = "改动"
    ADDED = "新增"
    GONE = "没有了"


@dataclass(frozen=True)
class FileChange:
    """A file that is not the same in both runs."""

    path: str
    presence: Presence


@dataclass(frozen=True)
class Change:
    """One value: what it is called, what it was and is (blank: it was not there), and how people read it."""

    what: str
    old: str
    new: str
    shown: Shown = "text"

    def __str__(self) -> str:
        """For people: 得分：8.00 → 9.50."""
        return f"{self.what}：{self._spoken(self.old)} → {self._spoken(self.new)}"

    def _spoken(self, value: str) -> str:
        return _LABELS.get(self.shown, {}).get(value, day_words(value) or "（空）")


@dataclass(frozen=True)
class ProjectChange:
    """A project whose money or totals changed. ``difference`` is new total less old, where both are known.

    It has the decimals with which the two were published.
    """

    project: str
    name: str
    presence: Presence
    data: tuple[Change, ...]
    result: tuple[Change, ...]
    difference: Decimal | None


@dataclass(frozen=True)
class RowChange:
    """An indicator, or the execution of a project, that changed; data, rules and result apart."""

    project: str
    project_name: str
    indicator: str
    name: str
    presence: Presence
    cause: Cause
    data: tuple[Change, ...]
    rules: tuple[Change, ...]
    result: tuple[Change, ...]


@dataclass(frozen=True)
class Difference:
    """Everything that changed from ``old`` to ``new``. Problems are by code, place and text."""

    old: PastRun
    new: PastRun
    inputs: tuple[FileChange, ...]
    rules: tuple[FileChange, ...]
    versions: tuple[Change, ...]
    projects: tuple[ProjectChange, ...]
    rows: tuple[RowChange, ...]
    problems_added: tuple[Record, ...]
    problems_gone: tuple[Record, ...]

    @property
    def is_empty(self) -> bool:
        """Whether scores, data, rules and problems are the same."""
        of_runs = (self.inputs, self.rules, self.versions, self.projects, self.rows)
        return not any((*of_runs, self.problems_added, self.problems_gone))


def differ(old: PastRun, new: PastRun) -> Difference:
    """What changed from one run to the other, in the order of the newer one."""
    rules = tuple(_files(old.rules, new.rules))
    packages = dict.fromkeys([*old.versions, *new.versions])
    versions = (Change(name, old.versions.get(name, ""), new.versions.get(name, "")) for name in packages)
    moved = tuple(change for change in versions if change.old != change.new)
    return Difference(
        old,
        new,
        tuple(_files(old.inputs, new.inputs)),
        rules,
        moved,
        tuple(_projects(old, new)),
        tuple(_rows(old, new, Cause.RULES if rules else Cause.OTHER if moved else Cause.DATA)),
        tuple(_missing(new.problems, old.problems)),
        tuple(_missing(old.problems, new.problems)),
    )


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    for path in sorted({*old, *new}):
        if old.get(path) != new.get(path):
            yield FileChange(path, _presence(path in old, path in new))


def _presence(before: object, after: object) -> Presence:
    return Presence.ADDED if not before else Presence.CHANGED if after else Presence.GONE


def _changes(old: Record, new: Record, columns: Iterable[TableColumn]) -> tuple[Change, ...]:
    """The values of two rows that differ. A column that an older version did not write yet says nothing."""
    values = [(column, old.get(column.name, ""), new.get(column.name, "")) for column in columns]
    return tuple(
        Change(column.header, before, after, column.shown)
        for column, before, after in values
        if before != after and (not old or not new or (column.name in old and column.name in new))
    )


def _projects(old: PastRun, new: PastRun) -> Iterator[ProjectChange]:
    for project in dict.fromkeys([*new.projects, *old.projects]):
        before, after = old.projects.get(project, {}), new.projects.get(project, {})
        data = _changes(before, after, _MONEY)
        both = before.get("total") and after.get("total")  # then the range says nothing more
        result = _changes(before, after, (column for column in _TOTALS if not (both and column.name in _RANGE)))
        if data or result:
            name, less = (after or before).get("name", ""), _less(after.get("total", ""), before.get("total", ""))
            yield ProjectChange(project, name, _presence(before, after), data, result, less)


def _less(new: str, old: str) -> Decimal | None:
    try:
        return Decimal(new) - Decimal(old)
    except InvalidOperation:
        return None


def _rows(old: PastRun, new: PastRun, unseen: Cause) -> Iterator[RowChange]:
    for key in dict.fromkeys([*new.results, *old.results]):
        project, indicator = key
        before, after = old.results.get(key, {}), new.results.get(key, {})
        data, rules, result = (_changes(before, after, columns) for columns in (_DATA, _RULES, _RESULT))
        if after.get("kind") == EXECUTION_KIND:  # the budget behind the rate stands only in projects.csv
            data = _changes(old.projects.get(project, {}), new.projects.get(project, {}), _MONEY) or data
        if data or rules or result or not before or not after:
            name, level3 = ((after or before).get(column, "") for column in ("name", "level3"))
            # what the values say; where neither data nor rule shows a change, what the files say
            said = Cause.BOTH if data and rules else Cause.DATA if data else Cause.RULES if rules else unseen
            cause = said if before and after else Cause.DATA
            presence = _presence(before, after)
            yield RowChange(project, name, indicator, level3, presence, cause, data, rules, result)


def _missing(these: tuple[Record, ...], those: tuple[Record, ...]) -> Iterator[Record]:
    """The records of ``these`` that ``those`` do not have, as often as they are missing."""
    left = Counter(map(_key, those))
    for record in these:
        left[_key(record)] -= 1
        if left[_key(record)] < 0:
            yield record


def _key(record: Record) -> tuple[str, ...]:
    return tuple(record.get(name, "") for name in _SEEN)
