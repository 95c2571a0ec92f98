"""Comparing two runs: files, projects, rows and problems, and whether data or rules are the cause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from selfeval.domain.differing.past import PastRun, Record
from selfeval.domain.kinds import KINDS
from selfeval.domain.scored import State

DATA = ("指标值", "实际完成值")
RULES = ("类型", "规则", "分值")
RESULT = ("得分", "状态")
MONEY = ("全年预算数", "全年执行数")
_RANGE = ("最低", "最高")
TOTALS = ("总分", "最低", "最高", "等级", "状态")
_SEEN = ("代码", "项目编码", "指标编号", "问题")


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
    """One value: its name, and what it was and is (blank: it was not there)."""

    what: str
    old: str
    new: str

    def __str__(self) -> str:
        """For people: 得分：8.00 → 9.50."""
        return f"{self.what}：{_spoken(self.what, self.old)} → {_spoken(self.what, self.new)}"


def _spoken(what: str, value: str) -> str:
    """A value as people read it: states and kinds by their words."""
    if what == "状态" and value in set(State):
        return State(value).label
    if what == "类型" and value in KINDS:
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


def compare(old: PastRun, new: PastRun) -> Difference:
    """What changed from one run to the other, in the order of the newer one."""
    rules = tuple(_files(old.rules, new.rules))
    versions = tuple(_changes(old.versions, new.versions, dict.fromkeys([*old.versions, *new.versions])))
    return Difference(
        old,
        new,
        tuple(_files(old.inputs, new.inputs)),
        rules,
        versions,
        tuple(_projects(old, new)),
        tuple(_rows(old, new, Cause.RULES if rules else Cause.OTHER if versions else Cause.DATA)),
        tuple(_missing(new.problems, old.problems)),
        tuple(_missing(old.problems, new.problems)),
    )


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[FileChange]:
    for path in sorted({*old, *new}):
        if path not in old or path not in new:
            yield FileChange(path, Presence.ADDED if path in new else Presence.GONE)
        elif old[path] != new[path]:
            yield FileChange(path, Presence.CHANGED)


def _changes(old: Mapping[str, str], new: Mapping[str, str], names: Mapping[str, object]) -> Iterator[Change]:
    for name in names:
        before, after = old.get(name, ""), new.get(name, "")
        if before != after:
            yield Change(name, before, after)


def _presence(before: Record, after: Record) -> Presence:
    if not before:
        return Presence.ADDED
    return Presence.CHANGED if after else Presence.GONE


def _projects(old: PastRun, new: PastRun) -> Iterator[ProjectChange]:
    for project in dict.fromkeys([*new.projects, *old.projects]):
        before, after = old.projects.get(project, {}), new.projects.get(project, {})
        data = tuple(_changes(before, after, dict.fromkeys(MONEY)))
        both = before.get("总分") and after.get("总分")  # then the range says nothing more
        result = tuple(_changes(before, after, dict.fromkeys(one for one in TOTALS if not (both and one in _RANGE))))
        if not data and not result and before and after:
            continue
        name = (after or before).get("项目名称", "")
        total = _less(after.get("总分", ""), before.get("总分", ""))
        yield ProjectChange(project, name, _presence(before, after), data, result, total)


def _less(new: str, old: str) -> Decimal | None:
    try:
        return Decimal(new) - Decimal(old)
    except InvalidOperation:
        return None


def _rows(old: PastRun, new: PastRun, unseen: Cause) -> Iterator[RowChange]:
    for key in dict.fromkeys([*new.results, *old.results]):
        before, after = old.results.get(key, {}), new.results.get(key, {})
        data, rules, result = (tuple(_changes(before, after, dict.fromkeys(names))) for names in (DATA, RULES, RESULT))
        # the budget behind an execution rate stands only in projects.csv
        money = _money_changed(key[0], old, new) if after.get("类型") == "execution" else ()
        data = (*(one for one in data if not money or one.what not in DATA), *money)
        if not data and not rules and not result and before and after:
            continue
        row = after or before
        yield RowChange(
            key[0],
            row.get("项目名称", ""),
            key[1],
            row.get("三级指标", ""),
            _presence(before, after),
            _cause(data, rules, unseen) if before and after else Cause.DATA,
            data,
            rules,
            result,
        )


def _money_changed(project: str, old: PastRun, new: PastRun) -> tuple[Change, ...]:
    before, after = old.projects.get(project, {}), new.projects.get(project, {})
    return tuple(_changes(before, after, dict.fromkeys(MONEY)))


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
