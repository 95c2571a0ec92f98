"""What the sheets of one project show, gathered from the tables of the year."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from selfeval.domain.problems import Problem
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import KindRule, Rulebook
from selfeval.domain.scored import EXECUTION, Scored, State
from selfeval.domain.targets import CHECKPOINTS, Targets

_NAN = float("nan")
_HEAD_OFFICE = "本级"
_DEPARTMENT_DIGITS = 3


@dataclass(frozen=True)
class Row:
    """One scored row, as in ``INDICATOR_SCORES``: points and score in hundredths (score None while open)."""

    indicator: str
    level1: str
    level2: str
    level3: str
    kind: str
    measure_id: str
    rule: str
    target: str
    target_cell: str
    target_value: float
    target_upper: float
    target_unit: str
    actual: str
    actual_value: float
    actual_level: str
    actual_percentage: float
    measure: float
    share: float
    points: int
    score: int | None
    state: State
    sentence: str
    reason: str
    remedy: str
    file: str
    sheet: str
    cell: str

    @property
    def is_execution(self) -> bool:
        """Whether this is the row of the budget execution rate."""
        return self.indicator == EXECUTION


@dataclass(frozen=True)
class Funds:
    """Money of a project in 万元, NaN where not known: year-start split, full year and executed totals."""

    initial: float
    fiscal: float
    other: float
    full_year: float
    executed: float


@dataclass(frozen=True)
class Material:
    """One project: who, what was promised and reported, its scored rows (the execution row first) and problems.

    ``paid`` and ``cumulative`` hold twelve amounts in 万元 (NaN: unknown); ``plan`` the cumulative share planned at
    each of CHECKPOINTS (NaN: does not count); ``assumed`` says that the last of them was blank and counts as 100%.
    ``total``, ``lowest`` and ``highest`` are hundredths. ``narrative`` is by NARRATIVE_ITEMS.
    """

    year: int
    project: str
    name: str
    unit_code: str
    unit_name: str
    department: str
    goal: str
    funds: Funds
    narrative: dict[str, str]
    rows: tuple[Row, ...]
    paid: tuple[float, ...]
    cumulative: tuple[float, ...]
    plan: tuple[float, ...]
    assumed: bool
    rate: float
    total: int | None
    lowest: int
    highest: int
    grade: str
    missing: int
    problems: tuple[Problem, ...]
    rulebook: Rulebook

    @property
    def mark(self) -> str:
        """What must be printed on every sheet, such as 示例数据; blank for real data."""
        return self.narrative.get("mark", "")


def gather(scored: Scored, targets: Targets, reported: Reported, rulebook: Rulebook, project: str) -> Material:
    """Everything about one project. Raises KeyError for a project that was not scored (a bug)."""
    total = _record(scored.projects, project)
    target = _record(targets.projects, project)
    plan, assumed = _plan(targets, project)
    months = scored.schedules[scored.schedules["project"] == project]
    return Material(
        year=scored.year,
        project=project,
        name=str(total["name"]),
        unit_code=str(total["unit_code"]),
        unit_name=str(total["unit_name"]),
        department=department_of(targets, str(total["unit_code"])),
        goal=str(target["goal"]),
        funds=_funds(total, target),
        narrative=_narrative(reported, project),
        rows=_rows(scored, project),
        paid=_months(months, "paid"),
        cumulative=_months(months, "cumulative"),
        plan=plan,
        assumed=assumed,
        rate=_number(total["rate"]),
        total=_whole(total["total"]),
        lowest=int(str(total["lowest"])),
        highest=int(str(total["highest"])),
        grade=str(total["grade"]),
        missing=int(str(total["missing"])),
        problems=tuple(one for one in scored.problems if one.place.project == project),
        rulebook=rulebook,
    )


def department_of(targets: Targets, unit_code: str) -> str:
    """The supervising department of a unit: the one whose 本级 is listed under the same first three digits.

    Codes of units begin with that of their department (324001 承德市司法局本级 of 324 承德市司法局). Blank when no
    本级 is listed: a name is never guessed.
    """
    units = targets.projects[["unit_code", "unit_name"]].drop_duplicates()
    for code, name in units.itertuples(index=False, name=None):
        same = str(code)[:_DEPARTMENT_DIGITS] == unit_code[:_DEPARTMENT_DIGITS]
        if same and unit_code and str(name).endswith(_HEAD_OFFICE):
            return str(name).removesuffix(_HEAD_OFFICE)
    return ""


def rule_of(row: Row, rulebook: Rulebook) -> KindRule | None:
    """The rule that scored a row: a variant's, or its kind's; None for the execution row and where none fits."""
    return rulebook.rule_for(
        row.kind,
        indicator=row.indicator,
        level1=row.level1,
        level2=row.level2,
        level3=row.level3,
        unit=row.target_unit,
    )


def is_converted(material: Material) -> bool:
    """Whether the total is converted to 100 from the points of the rows that apply (不涉及: whole_form)."""
    indicators = sum(row.points for row in material.rows if not row.is_execution)
    return material.rulebook.not_applicable == "whole_form" and indicators > 0


def rows_of(frame: pd.DataFrame) -> tuple[Row, ...]:
    """The rows of an INDICATOR_SCORES frame."""
    names = [field.name for field in fields(Row)]
    found = []
    for values in frame[names].itertuples(index=False, name=None):
        record = dict(zip(names, values, strict=True))
        record |= {
            "points": _whole(record["points"]) or 0,
            "score": _whole(record["score"]),
            "state": State(record["state"]),
        }
        found.append(Row(**record))
    return tuple(found)


def _rows(scored: Scored, project: str) -> tuple[Row, ...]:
    return rows_of(scored.indicators[scored.indicators["project"] == project])


def _record(frame: pd.DataFrame, project: str) -> dict[str, object]:
    found = frame[frame["project"] == project]
    if found.empty:
        raise KeyError(project)
    return {str(name): value for name, value in found.iloc[0].items()}


def _funds(total: dict[str, object], target: dict[str, object]) -> Funds:
    """The reported year-start budget, else that of the target document, whose split then holds for it."""
    promised, reported = _number(target["budget"]), _number(total["initial"])
    initial = promised if np.isnan(reported) else reported
    same = initial == promised
    return Funds(
        initial,
        _number(target["fiscal"]) if same else _NAN,
        _number(target["other"]) if same else _NAN,
        _number(total["full_year"]),
        _number(total["executed"]),
    )


def _narrative(reported: Reported, project: str) -> dict[str, str]:
    frame = reported.narrative
    mine = frame[(frame["project"] == project) & (frame["form"] != "blank")]
    return {str(item): str(text).strip() for item, text in mine[["item", "text"]].itertuples(index=False, name=None)}


def _plan(targets: Targets, project: str) -> tuple[tuple[float, ...], bool]:
    """The plan that counts: a blank 12月底 is 100%, as in the scoring of 月度时序."""
    found = targets.plan[targets.plan["project"] == project]
    names = [f"month_{month}" for month in CHECKPOINTS]
    shares = [_NAN] * len(names) if found.empty else [float(found[name].iloc[0]) for name in names]
    assumed = bool(np.isnan(shares[-1]))
    return (*shares[:-1], 1.0 if assumed else shares[-1]), assumed


def _months(months: pd.DataFrame, column: str) -> tuple[float, ...]:
    values = dict(zip(months["month"].tolist(), months[column].tolist(), strict=True))
    return tuple(float(values.get(month, _NAN)) for month in range(1, 13))


def _number(value: object) -> float:
    return float(str(value)) if value is not None and not pd.isna(value) else _NAN  # type: ignore[call-overload]


def _whole(value: object) -> int | None:
    return None if pd.isna(value) else int(str(value))  # type: ignore[call-overload]
