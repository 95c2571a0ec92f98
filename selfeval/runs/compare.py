"""What if: every project's score and grade under another rulebook, and the rules that make the difference."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.domain.scoring.year import score_year
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import csv_bytes

PROJECTS = ("项目编码", "项目名称", "单位编码", "原总分", "新总分", "总分变化", "原等级", "新等级", "变化的指标数")
INDICATORS = (
    "项目编码",
    "指标编号",
    "三级指标",
    "指标值",
    "实际完成值",
    "原分值",
    "新分值",
    "原得分",
    "新得分",
    "得分变化",
    "原状态",
    "新状态",
    "原规则",
    "新规则",
    "为什么",
)


@dataclass(frozen=True)
class Side:
    """A total and a grade; ``total`` is hundredths (None while open), ``shown`` the total or its range as printed."""

    total: int | None
    shown: str
    grade: str


@dataclass(frozen=True)
class ProjectChange:
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
class RowChange:
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
class Comparison:
    """Two scorings of the same year: all projects in document order, and the rows that differ."""

    before: Rulebook
    after: Rulebook
    projects: tuple[ProjectChange, ...]
    rows: tuple[RowChange, ...]


def compare(inputs: Inputs, other: Rulebook) -> Comparison:
    """Score the inputs by their own rulebook and by another. Nothing is written."""
    before, after = (
        score_year(inputs.cases(), inputs.targets, rulebook, inputs.problems) for rulebook in (inputs.rulebook, other)
    )
    rows = _rows(before, after, inputs.rulebook, other)
    counts: dict[str, int] = {}
    for one in rows:
        counts[one.project] = counts.get(one.project, 0) + 1
    names = before.projects[["project", "name", "unit_code"]].itertuples(index=False, name=None)
    projects = tuple(
        ProjectChange(str(project), str(name), str(unit), old, new, counts.get(str(project), 0))
        for (project, name, unit), old, new in zip(names, _sides(before), _sides(after), strict=True)
    )
    return Comparison(inputs.rulebook, other, projects, rows)


def comparison_csv(found: Comparison) -> tuple[tuple[str, bytes], ...]:
    """项目变化.csv and 指标变化.csv as (name, content), UTF-8 with BOM."""
    projects = [
        (
            *(one.project, one.name, one.unit_code, one.before.shown, one.after.shown, one.difference),
            *(one.before.grade, one.after.grade, str(one.changed)),
        )
        for one in found.projects
    ]
    rows = [
        (
            *(one.project, one.indicator, one.level3, one.target, one.actual),
            *(*one.points, *one.score, one.difference, *one.state, *one.rule, one.why),
        )
        for one in found.rows
    ]
    return ("项目变化.csv", csv_bytes(PROJECTS, projects)), ("指标变化.csv", csv_bytes(INDICATORS, rows))


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


_COMPARED = ["project", "indicator", "level1", "level2", "level3", "target", "actual", "kind", "target_unit"]
_ANSWERED = ["points", "score", "state", "sentence"]


def _rows(before: Scored, after: Scored, old: Rulebook, new: Rulebook) -> tuple[RowChange, ...]:
    columns = _COMPARED + _ANSWERED
    both = (side.indicators[columns].to_dict("records") for side in (before, after))
    changes = []
    for first, second in zip(*both, strict=True):
        one, other = ({str(name): value for name, value in row.items()} for row in (first, second))
        if _answer(one) != _answer(other):
            changes.append(_change(one, other, (_rule(one, old), _rule(other, new))))
    return tuple(changes)


def _change(one: dict[str, object], other: dict[str, object], rules: tuple[str, str]) -> RowChange:
    earlier, later = _score(one), _score(other)
    return RowChange(
        project=str(one["project"]),
        indicator=str(one["indicator"]),
        level3=str(one["level3"]),
        target=str(one["target"]),
        actual=str(one["actual"]),
        points=(show_points(int(str(one["points"]))), show_points(int(str(other["points"])))),
        score=("" if earlier is None else show_points(earlier), "" if later is None else show_points(later)),
        difference="" if earlier is None or later is None else signed(later - earlier),
        state=(State(str(one["state"])).label, State(str(other["state"])).label),
        rule=rules,
        why=str(other["sentence"]),
    )


def _answer(row: dict[str, object]) -> tuple[int, int | None, str]:
    """Points, score and state: a row that keeps these has not changed."""
    return int(str(row["points"])), _score(row), str(row["state"])


def _score(row: dict[str, object]) -> int | None:
    return None if pd.isna(row["score"]) else int(str(row["score"]))  # type: ignore[call-overload]


def _rule(row: dict[str, object], rulebook: Rulebook) -> str:
    if row["indicator"] == EXECUTION:
        return f"{EXECUTION} {rulebook.execution.origin}"
    names = {name: str(row[name]) for name in ("indicator", "level1", "level2", "level3")}
    rule = rulebook.rule_for(str(row["kind"]), **names, unit=str(row["target_unit"]))
    if rule is None:
        return "没有认出"
    return f"{rule.label}{f'（{rule.variant}）' if rule.variant else ''} {rule.origin}"
