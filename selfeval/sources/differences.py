"""How one target table differs from another: projects, indicators and values, as a person would tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from selfeval.domain.reading.quantity import show_number
from selfeval.domain.tables import Rows, Table, TableColumn
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.layout import squeeze, unified

ADDED, REMOVED, CHANGED = "增加", "删除", "修改"
Record = Mapping[str, Any]  # Any: a value of a declared column
NOT_COMPARED = {"序号", "项目编码", "指标编号"}
"""Columns in which the same project may differ from table to table."""


@dataclass(frozen=True)
class Difference:
    """One difference: what happened to a project (``name``), an indicator of it, or the value of a column.

    A project or indicator that was added or removed has no ``column``; ``old`` and ``new`` are as people write them. Of
    the department's goals ``project`` is blank.
    """

    what: str
    project: str
    name: str
    indicator: str = ""
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Whole:
    """All that a table says of one project; ``indicators`` in their order."""

    project: Record
    plan: Record
    indicators: tuple[Record, ...] = field(default=())

    @property
    def title(self) -> tuple[str, str]:
        """Unit and name, as they are compared."""
        return same(self.project["unit_name"]), same(self.project["name"])


def same(text: str) -> str:
    """A name as it is compared: without white space, signs of one width."""
    return squeeze(unified(text))


def differences(old: Targets, new: Targets) -> tuple[Difference, ...]:
    """What became of one table in the other; nothing where they say the same."""
    before, after = by_project(old), by_project(new)
    found: list[Difference] = []
    renamed = dict(_pairs([one for code, one in before.items() if code not in after], after, before))
    kept = {id(one) for one in renamed.values()}
    for code, whole in after.items():
        earlier = before.get(code) or renamed.get(code)
        if earlier is None:
            found.append(Difference(ADDED, code, whole.project["name"], new=_summed(whole)))
        else:
            found += inside(earlier, whole)
    gone = [one for code, one in before.items() if code not in after and id(one) not in kept]
    found += (Difference(REMOVED, one.project["project"], one.project["name"], old=_summed(one)) for one in gone)
    goals = old.department.column("indicators")
    for code, one in renamed.items():
        goals = [text.replace(f"{one.project['project']}-", f"{code}-") for text in goals]
    return (*found, *_of_department(old.department.with_columns(indicators=goals), new.department))


def _pairs(
    left: Sequence[Whole], after: Mapping[str, Whole], before: Mapping[str, Whole]
) -> Iterator[tuple[str, Whole]]:
    """Projects of which only the code changed, by their new ones: the only ones of their unit and name."""
    fresh = [whole for code, whole in after.items() if code not in before]
    counts = [Counter(one.title for one in wholes) for wholes in (left, fresh)]
    gone = {one.title: one for one in left}
    for whole in fresh:
        if all(count[whole.title] == 1 for count in counts):
            yield whole.project["project"], gone[whole.title]


def by_project(targets: Targets) -> dict[str, Whole]:
    """The projects of a table by their codes, each with all that is said of it."""
    plans = {row["project"]: row for row in targets.plan.records}
    rows: dict[str, list[Record]] = {}
    for row in targets.indicators.records:
        rows.setdefault(row["project"], []).append(row)
    return {
        row["project"]: Whole(row, plans.get(row["project"], {}), tuple(rows.get(row["project"], ())))
        for row in targets.projects.records
    }


def _summed(whole: Whole) -> str:
    budget = written(PROJECTS["budget"], whole.project["budget"])
    return f"{len(whole.indicators)}项指标，预算数{budget or '空白'}{'万元' if budget else ''}"


def inside(old: Whole, new: Whole) -> Iterator[Difference]:
    """The differences of one project."""
    code, name = new.project["project"], new.project["name"]
    parts: list[tuple[Table, Record, Record, str]] = [
        (PROJECTS, old.project, new.project, ""),
        (PLAN, {**old.plan, "project": ""}, {**new.plan, "project": ""}, ""),
    ]
    for one, other in paired(old.indicators, new.indicators):
        if one is None or other is None:
            row: Record = other or one or {}
            text = f"{row['level3']}：{row['target']}"
            what = ADDED if one is None else REMOVED
            yield Difference(
                what, code, name, row["indicator"], old=text if other is None else "", new=text if other else ""
            )
        else:
            # a code that changed is told once, of the project
            number = one["indicator"].removeprefix(old.project["project"])
            was = {**one, "project": other["project"], "indicator": f"{code}{number}"}
            parts.append((INDICATORS, was if number != one["indicator"] else one, other, other["indicator"]))
    for table, before, after, indicator in parts:
        for column, was_, now in _changes(table, before, after):
            yield Difference(CHANGED, code, name, indicator, column.header, was_, now)


def _changes(table: Table, old: Record, new: Record) -> Iterator[tuple[TableColumn, str, str]]:
    for column in table.published:
        was, now = (written(column, row.get(column.name)) for row in (old, new))
        if was != now:
            yield column, was, now


def paired(old: Sequence[Record], new: Sequence[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Indicators of two tables side by side: by their names where these are unique, then by their numbers."""
    named = [_unique(rows) for rows in (old, new)]
    pairs = {key: (named[0][key], named[1][key]) for key in named[1] if key in named[0]}
    taken = {id(row) for pair in pairs.values() for row in pair}
    left = {row["indicator"]: row for row in old if id(row) not in taken}
    by_new = {id(other): one for one, other in pairs.values()}
    for row in new:
        yield by_new.get(id(row)) or left.pop(row["indicator"], None), row
    for gone in left.values():
        yield gone, None


def _unique(rows: Sequence[Record]) -> dict[tuple[str, str], Record]:
    keys = [(same(row["level2"]), same(row["level3"])) for row in rows]
    counts = Counter(keys)
    return {key: row for key, row in zip(keys, rows, strict=True) if counts[key] == 1}


def _of_department(old: Rows, new: Rows) -> Iterator[Difference]:
    before, after = ([_line(row) for row in rows.records] for rows in (old, new))
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            yield from (Difference(REMOVED, "", "部门目标", old=line) for line in before[i:j])
            yield from (Difference(ADDED, "", "部门目标", new=line) for line in after[k:m])


def _line(row: Record) -> str:
    texts = (written(column, row[column.name]) for column in DEPARTMENT.published)
    return " | ".join(filter(None, texts))


def written(column: TableColumn, value: object) -> str:
    """A value as a person would write it; blank for none."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return ""
    if isinstance(value, float):
        return f"{show_number(round(value * 100, 10))}%" if column.name.startswith("month_") else show_number(value)
    return str(value)
