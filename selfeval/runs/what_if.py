"""What if: every project's score and grade under another rulebook, and the rules that make the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.domain.scored_case import INDICATOR_SCORES
from selfeval.domain.scoring.year import score
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import columns_csv


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

    project: str
    indicator: str
    level3: str
    target: str
    actual: str
    points: tuple[str, str]
    score: tuple[str, str]
    difference: str
    state: tuple[str, str]
    rule: tuple[str, str]
    why: str


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
_INDICATORS: Mapping[str, Callable[[RowWhatIf], str]] = {
    "项目编码": lambda one: one.project,
    "指标编号": lambda one: one.indicator,
    "三级指标": lambda one: one.level3,
    "指标值": lambda one: one.target,
    "实际完成值": lambda one: one.actual,
    "原分值": lambda one: one.points[0],
    "新分值": lambda one: one.points[1],
    "原得分": lambda one: one.score[0],
    "新得分": lambda one: one.score[1],
    "得分变化": lambda one: one.difference,
    "原状态": lambda one: one.state[0],
    "新状态": lambda one: one.state[1],
    "原规则": lambda one: one.rule[0],
    "新规则": lambda one: one.rule[1],
    "为什么": lambda one: one.why,
}


def what_if(inputs: Inputs, other: Rulebook) -> WhatIf:
    """Score the inputs by their own rulebook and by another. Nothing is written."""
    before, after = (score(inputs.targets, inputs.reported, rulebook) for rulebook in (inputs.rulebook, other))
    rows = _rows(before, after, inputs.rulebook, other)
    counts = Counter(one.project for one in rows)
    names = before.projects[["project", "name", "unit_code"]].itertuples(index=False, name=None)
    projects = tuple(
        ProjectWhatIf(str(project), str(name), str(unit), old, new, counts[str(project)])
        for (project, name, unit), old, new in zip(names, _sides(before), _sides(after), strict=True)
    )
    return WhatIf(inputs.rulebook, other, projects, rows)


def what_if_csv(found: WhatIf) -> tuple[tuple[str, bytes], ...]:
    """项目变化.csv and 指标变化.csv as (name, content), UTF-8 with BOM."""
    return ("项目变化.csv", columns_csv(_PROJECTS, found.projects)), (
        "指标变化.csv",
        columns_csv(_INDICATORS, found.rows),
    )


def signed(hundredths: int) -> str:
    """A change with its sign: +1.25, -0.40, 0.00."""
    sign = "+" if hundredths > 0 else "-" if hundredths < 0 else ""
    return sign + show_points(abs(hundredths))


def _sides(scored: Scored) -> list[Side]:
    columns = ["total", "lowest", "highest", "grade"]
    found = []
    for total, lowest, highest, grade in scored.projects[columns].itertuples(index=False, name=None):
        known = None if pd.isna(total) else int(total)
        shown = f"{show_points(lowest)} – {show_points(highest)}" if known is None else show_points(known)
        found.append(Side(known, shown, str(grade)))
    return found


_ANSWER = {name: INDICATOR_SCORES[name] for name in ("points", "score", "state")}
"""A row that keeps these has not changed."""


def _rows(before: Scored, after: Scored, old: Rulebook, new: Rulebook) -> tuple[RowWhatIf, ...]:
    both = (side.indicators[INDICATOR_SCORES.names].to_dict("records") for side in (before, after))
    return tuple(
        _row(one, other, (_rule(one, old), _rule(other, new)))
        for one, other in zip(*both, strict=True)
        if any(_shown(one, name) != _shown(other, name) for name in _ANSWER)
    )


Row = Mapping[Hashable, Any]
"""A row of INDICATOR_SCORES."""


def _row(one: Row, other: Row, rule: tuple[str, str]) -> RowWhatIf:
    earlier, later = one["score"], other["score"]
    return RowWhatIf(
        project=one["project"],
        indicator=one["indicator"],
        level3=one["level3"],
        target=one["target"],
        actual=one["actual"],
        points=(_shown(one, "points"), _shown(other, "points")),
        score=(_shown(one, "score"), _shown(other, "score")),
        difference="" if pd.isna(earlier) or pd.isna(later) else signed(later - earlier),
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
