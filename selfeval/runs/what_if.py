"""What if: every project's score and grade under another rulebook, and the rules that make the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from selfeval.domain.case import records
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.domain.scored_case import INDICATOR_SCORES
from selfeval.domain.scoring.score import score
from selfeval.domain.tables import column
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import columns_csv, csv_bytes

Row = Mapping[str, Any]
"""A record of the projects or of the indicators of a scoring."""


@dataclass(frozen=True)
class Side:
    """A total and a grade; ``total`` is hundredths (None while open), ``shown`` the total or its range as printed."""

    total: int | None
    shown: str
    grade: str


@dataclass(frozen=True)
class ProjectWhatIf:
    """One project before and after; ``changed`` counts its rows whose points, score or state differ."""

    project: str
    name: str
    unit_code: str
    before: Side
    after: Side
    changed: int

    @property
    def difference(self) -> str:
        """The change of the total with its sign; blank while one of the two is open."""
        if self.before.total is None or self.after.total is None:
            return ""
        return signed(self.after.total - self.before.total)


@dataclass(frozen=True)
class RowWhatIf:
    """One row that scores otherwise: before and after of its points, score, state and rule, as printed."""

    project: str = column("code of the project", "项目编码")
    indicator: str = column("id, or 预算执行率", "指标编号")
    level3: str = column("as published", "三级指标")
    target: str = column("as printed", "指标值")
    actual: str = column("as reported", "实际完成值")
    points: tuple[str, str] = column("before and after", "分值")
    score: tuple[str, str] = column("before and after; blank when not scored", "得分")
    difference: str = column("with its sign; blank while one of the two is open", "得分变化")
    state: tuple[str, str] = column("labels before and after", "状态")
    rule: tuple[str, str] = column("what scored it, and where that stands, before and after", "规则")
    why: str = column("the sentence of the other scoring", "为什么")


@dataclass(frozen=True)
class WhatIf:
    """Two scorings of the same inputs: all projects in document order, and the rows that differ."""

    before: Rulebook
    after: Rulebook
    projects: tuple[ProjectWhatIf, ...]
    rows: tuple[RowWhatIf, ...]


_PROJECTS: Mapping[str, Callable[[ProjectWhatIf], str]] = {
    "项目编码": lambda one: one.project,
    "项目名称": lambda one: one.name,
    "单位编码": lambda one: one.unit_code,
    "原总分": lambda one: one.before.shown,
    "新总分": lambda one: one.after.shown,
    "总分变化": lambda one: one.difference,
    "原等级": lambda one: one.before.grade,
    "新等级": lambda one: one.after.grade,
    "变化的指标数": lambda one: str(one.changed),
}


def what_if(inputs: Inputs, other: Rulebook) -> WhatIf:
    """Score the inputs by their own rulebook and by another. Nothing is written."""
    before, after = (score(inputs.targets, inputs.reported, rulebook) for rulebook in (inputs.rulebook, other))
    rows = _rows(before, after, inputs.rulebook, other)
    counts = Counter(one.project for one in rows)
    both = zip(records(before.projects), records(after.projects), strict=True)
    projects = tuple(
        ProjectWhatIf(one["project"], one["name"], one["unit_code"], _side(one), _side(two), counts[one["project"]])
        for one, two in both
    )
    return WhatIf(inputs.rulebook, other, projects, rows)


def what_if_csv(found: WhatIf) -> tuple[tuple[str, bytes], ...]:
    """项目变化.csv and 指标变化.csv as (name, content), UTF-8 with BOM; what is before and after takes two columns."""
    columns = [(one.metadata["header"], "tuple" in str(one.type)) for one in fields(RowWhatIf)]
    header = [*_flat((f"原{name}", f"新{name}") if paired else name for name, paired in columns)]
    indicators = csv_bytes(header, ([*_flat(vars(one).values())] for one in found.rows))
    return ("项目变化.csv", columns_csv(_PROJECTS, found.projects)), ("指标变化.csv", indicators)


def _flat(values: Iterable[str | tuple[str, str]]) -> Iterator[str]:
    for value in values:
        yield from (value,) if isinstance(value, str) else value


def signed(hundredths: int) -> str:
    """A change with its sign: +1.25, -0.40, 0.00."""
    sign = "+" if hundredths > 0 else "-" if hundredths < 0 else ""
    return sign + show_points(abs(hundredths))


def _side(project: Row) -> Side:
    total, lowest, highest = (project[name] for name in ("total", "lowest", "highest"))
    shown = f"{show_points(lowest)} – {show_points(highest)}" if total is None else show_points(total)
    return Side(total, shown, project["grade"])


_ANSWER = {name: INDICATOR_SCORES[name] for name in ("points", "score", "state")}
"""A row that keeps these has not changed."""


def _rows(before: Scored, after: Scored, old: Rulebook, new: Rulebook) -> tuple[RowWhatIf, ...]:
    return tuple(
        _row(one, other, (_rule(one, old), _rule(other, new)))
        for one, other in zip(records(before.indicators), records(after.indicators), strict=True)
        if any(_shown(one, name) != _shown(other, name) for name in _ANSWER)
    )


def _row(one: Row, other: Row, rule: tuple[str, str]) -> RowWhatIf:
    earlier, later = one["score"], other["score"]
    return RowWhatIf(
        **{name: one[name] for name in ("project", "indicator", "level3", "target", "actual")},
        points=(_shown(one, "points"), _shown(other, "points")),
        score=(_shown(one, "score"), _shown(other, "score")),
        difference="" if earlier is None or later is None else signed(later - earlier),
        state=(State(one["state"]).label, State(other["state"]).label),
        rule=rule,
        why=other["sentence"],
    )


def _shown(row: Row, name: str) -> str:
    return _ANSWER[name].printed(row[name])


def _rule(row: Row, rulebook: Rulebook) -> str:
    if row["indicator"] == EXECUTION:
        return f"{EXECUTION} {rulebook.execution.origin}"
    names = {name: row[name] for name in ("indicator", "level1", "level2", "level3")}
    rule = rulebook.rule_for(row["kind"], **names, unit=row["target_unit"])
    if rule is None:
        return "没有认出"
    return f"{rule.label}{f'（{rule.variant}）' if rule.variant else ''} {rule.origin}"
