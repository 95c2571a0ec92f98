"""What if: every project's score and grade under another rulebook, and the rules that make the difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from selfeval.domain.rulebook import Rounding, Rulebook
from selfeval.domain.rulebook.carrying import carried
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.domain.scored_case import INDICATOR_SCORES
from selfeval.domain.tables import column
from selfeval.runs.inputs import Inputs
from selfeval.runs.results import columns_csv, csv_bytes, total_shown


@dataclass(frozen=True)
class Graded:
    """A total and a grade; ``total`` is hundredths (None while open), ``shown`` the total or its range as printed."""

    total: int | None
    shown: str
    grade: str


@dataclass(frozen=True)
class ProjectWhatIf:
    """One project before and after; ``changed`` counts its rows whose points, score or state differ.

    ``difference`` is the change of the total with its sign; blank while one of the two is open.
    """

    project: str
    name: str
    unit_code: str
    before: Graded
    after: Graded
    difference: str
    changed: int


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
    """Two scorings of the same inputs: all projects in document order, and the rows that differ.

    ``readings``: what of the first rulebook's readings the other took over, in words; blank for nothing.
    """

    before: Rulebook
    after: Rulebook
    projects: tuple[ProjectWhatIf, ...]
    rows: tuple[RowWhatIf, ...]
    readings: str = ""


_PROJECTS: Mapping[str, Callable[[ProjectWhatIf], str]] = {
    "项目编码": lambda project: project.project,
    "项目名称": lambda project: project.name,
    "单位编码": lambda project: project.unit_code,
    "原总分": lambda project: project.before.shown,
    "新总分": lambda project: project.after.shown,
    "总分变化": lambda project: project.difference,
    "原等级": lambda project: project.before.grade,
    "新等级": lambda project: project.after.grade,
    "变化的指标数": lambda project: str(project.changed),
}


def what_if(inputs: Inputs, other: Rulebook) -> WhatIf:
    """Score the inputs by their own rulebook and by another, which reads their texts as theirs does.

    Nothing is written.
    """
    taken = carried(other, inputs.rulebook)
    other = taken.rulebook
    before, after = inputs.score(), replace(inputs, rulebook=other).score()
    rows = tuple(_rows(before, after, inputs.rulebook, other))
    counts = Counter(row.project for row in rows)
    finer = _finer(inputs.rulebook, other)
    projects = tuple(
        ProjectWhatIf(
            old["project"],
            old["name"],
            old["unit_code"],
            _side(old, inputs.rulebook),
            _side(new, other),
            _change(old["total"], new["total"], finer),
            counts[old["project"]],
        )
        for old, new in zip(before.projects.records, after.projects.records, strict=True)
    )
    return WhatIf(inputs.rulebook, other, projects, rows, taken.said)


def what_if_csv(found: WhatIf) -> tuple[tuple[str, bytes], ...]:
    """项目变化.csv and 指标变化.csv as (name, content), UTF-8 with BOM; what is before and after takes two columns."""
    columns = [(field.metadata["header"], "tuple" in str(field.type)) for field in fields(RowWhatIf)]
    header = [*_flat((f"原{name}", f"新{name}") if paired else name for name, paired in columns)]
    indicators = csv_bytes(header, ([*_flat(vars(row).values())] for row in found.rows))
    return ("项目变化.csv", columns_csv(_PROJECTS, found.projects)), ("指标变化.csv", indicators)


def _flat(values: Iterable[str | tuple[str, str]]) -> Iterator[str]:
    for value in values:
        yield from (value,) if isinstance(value, str) else value


def _change(before: int | None, after: int | None, rounding: Rounding) -> str:
    """A change in hundredths with its sign; blank while one of the two is open."""
    return "" if before is None or after is None else rounding.signed(after - before)


def _finer(one: Rulebook, other: Rulebook) -> Rounding:
    return max(one.rounding, other.rounding, key=lambda rounding: rounding.places)


def _side(project: dict[str, Any], rulebook: Rulebook) -> Graded:
    return Graded(project["total"], total_shown(project, rulebook.rounding), project["grade"])


def _rows(before: Scored, after: Scored, old: Rulebook, new: Rulebook) -> Iterator[RowWhatIf]:
    """The rows of which points, score or state differ as they are printed."""
    answer = {name: INDICATOR_SCORES[name] for name in ("points", "score", "state")}
    for row, other in zip(before.indicators.records, after.indicators.records, strict=True):
        if any(column.printed(row[name]) != column.printed(other[name]) for name, column in answer.items()):
            printed = {
                name: (column.printed(row[name], old.rounding.show), column.printed(other[name], new.rounding.show))
                for name, column in answer.items()
            }
            yield RowWhatIf(
                **{name: row[name] for name in ("project", "indicator", "level3", "target", "actual")},
                points=printed["points"],
                score=printed["score"],
                difference=_change(row["score"], other["score"], _finer(old, new)),
                state=(State(row["state"]).label, State(other["state"]).label),
                rule=(_rule(row, old), _rule(other, new)),
                why=other["sentence"],
            )


def _rule(row: dict[str, Any], rulebook: Rulebook) -> str:
    if row["indicator"] == EXECUTION:
        return f"{EXECUTION} {rulebook.execution.origin}"
    names = {name: row[name] for name in ("indicator", "level1", "level2", "level3")}
    rule = rulebook.rule_for(row["kind"], **names, unit=row["target_unit"])
    return f"{rule.label}{f'（{rule.variant}）' if rule.variant else ''} {rule.origin}" if rule else "无法识别"
