"""Comparing two runs: files, projects, rows and problems, and whether data or rules are the cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from selfeval.domain.difference.past import PastRun, Record
from selfeval.domain.kinds import KINDS
from selfeval.domain.scored import State
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Column, Shown

_DATA = tuple(RESULTS_FILE[name] for name in ("target", "actual"))
_RULES = tuple(RESULTS_FILE[name] for name in ("kind", "rule", "points"))
_RESULT = tuple(RESULTS_FILE[name] for name in ("score", "state"))
_MONEY = tuple(PROJECTS_FILE[name] for name in ("full_year", "executed"))
_TOTALS = tuple(PROJECTS_FILE[name] for name in ("total", "lowest", "highest", "grade", "state"))
_RANGE = {"lowest", "highest"}
_SEEN = ("code", "project", "indicator", "message")


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
    """One value: what it is called, what it was and is (blank: it was not there), and how people are told it."""

    what: str
    old: str
    new: str
    shown: Shown = "text"

    def __str__(self) -> str:
        """For people: 得分：8.00 → 9.50."""
        return f"{self.what}：{self._spoken(self.old)} → {self._spoken(self.new)}"

    def _spoken(self, value: str) -> str:
        if self.shown == "state" and value in set(State):
            return State(value).label
        if self.shown == "kind" and value in KINDS:
            return KINDS[value].label
        return value or "（空）"


@dataclass(frozen=True)
class ProjectChange:
    """A project whose money or totals changed. ``difference`` is new total less old, where both are known."""

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
        parts = (self.inputs, self.rules, self.versions, self.projects, self.rows)
        return not any(parts) and not self.problems_added and not self.problems_gone


def differ(old: PastRun, new: PastRun) -> Difference:
    """What changed from one run to the other, in the order of the newer one."""
    rules = tuple(_files(old.rules, new.rules))
    packages = dict.fromkeys([*old.versions, *new.versions])
    versions = [Change(one, old.versions.get(one, ""), new.versions.get(one, "")) for one in packages]
    moved = tuple(one for one in versions if one.old != one.new)
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
        if path not in old or path not in new:
            yield FileChange(path, Presence.ADDED if path in new else Presence.GONE)
        elif old[path] != new[path]:
            yield FileChange(path, Presence.CHANGED)


def _changes(old: Record, new: Record, columns: Iterable[Column]) -> Iterator[Change]:
    """The values of two rows that differ. A column that an older version did not write yet says nothing."""
    for column in columns:
        known = (column.name in old and column.name in new) or not old or not new
        before, after = old.get(column.name, ""), new.get(column.name, "")
        if known and before != after:
            yield Change(column.header, before, after, column.shown)


def _presence(before: Record, after: Record) -> Presence:
    if not before:
        return Presence.ADDED
    return Presence.CHANGED if after else Presence.GONE


def _projects(old: PastRun, new: PastRun) -> Iterator[ProjectChange]:
    for project in dict.fromkeys([*new.projects, *old.projects]):
        before, after = old.projects.get(project, {}), new.projects.get(project, {})
        data = tuple(_changes(before, after, _MONEY))
        both = before.get("total") and after.get("total")  # then the range says nothing more
        result = tuple(_changes(before, after, (one for one in _TOTALS if not (both and one.name in _RANGE))))
        if not data and not result and before and after:
            continue
        name = (after or before).get("name", "")
        total = _less(after.get("total", ""), before.get("total", ""))
        yield ProjectChange(project, name, _presence(before, after), data, result, total)


def _less(new: str, old: str) -> Decimal | None:
    try:
        return Decimal(new) - Decimal(old)
    except InvalidOperation:
        return None


def _rows(old: PastRun, new: PastRun, unseen: Cause) -> Iterator[RowChange]:
    for key in dict.fromkeys([*new.results, *old.results]):
        before, after = old.results.get(key, {}), new.results.get(key, {})
        data, rules, result = (tuple(_changes(before, after, columns)) for columns in (_DATA, _RULES, _RESULT))
        # the budget behind an execution rate stands only in projects.csv
        money = _money_changed(key[0], old, new) if after.get("kind") == "execution" else ()
        data = money or data
        if not data and not rules and not result and before and after:
            continue
        row = after or before
        yield RowChange(
            key[0],
            row.get("name", ""),
            key[1],
            row.get("level3", ""),
            _presence(before, after),
            _cause(data, rules, unseen) if before and after else Cause.DATA,
            data,
            rules,
            result,
        )


def _money_changed(project: str, old: PastRun, new: PastRun) -> tuple[Change, ...]:
    before, after = old.projects.get(project, {}), new.projects.get(project, {})
    return tuple(_changes(before, after, _MONEY))


def _cause(data: tuple[Change, ...], rules: tuple[Change, ...], unseen: Cause) -> Cause:
    """What the values say; where neither data nor rule shows a change, what the files say."""
    if data and rules:
        return Cause.BOTH
    if data or rules:
        return Cause.DATA if data else Cause.RULES
    return unseen


def _missing(these: tuple[Record, ...], those: tuple[Record, ...]) -> Iterator[Record]:
    """The records of ``these`` that ``those`` do not have, as often as they are missing."""
    left = Counter(_key(one) for one in those)
    for one in these:
        if left[_key(one)]:
            left[_key(one)] -= 1
        else:
            yield one


def _key(record: Record) -> tuple[str, ...]:
    return tuple(record.get(name, "") for name in _SEEN)
