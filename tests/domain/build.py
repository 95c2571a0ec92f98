"""Makes targets and reports in memory, as readable rows: one row an indicator, with what was promised and reported."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from selfeval.domain.problems import Problem
from selfeval.domain.reported import Cell, DataType, Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from tests.domain.rules import rulebook_2024

FORM = "inputs/2024/forms/单位/项目.xlsx"


@dataclass(frozen=True)
class Percent:
    """A number in a cell that shows it as a percentage: Percent(0.95) shows 95%."""

    share: float


@dataclass(frozen=True)
class Unread:
    """What no reading looks at, by its data type: Unread("error", "#N/A"), Unread("struck", "17321")."""

    data_type: DataType
    text: str


Value = str | float | date | bool | Percent | Unread | None
"""What a cell holds: a text, a number, a date, a flag, a percentage, an error; None for a blank cell."""


@dataclass(frozen=True)
class Row:
    """One indicator: its target, and what was reported for it. ``points`` is the 分值 of the target table."""

    target: str
    actual: Value = None
    level: Value = None
    percentage: Value = None
    judged: Value = None
    reason: Value = None
    level1: str = "产出指标"
    level2: str = "数量指标"
    level3: str = ""
    evidence: Value = None
    remedy: Value = None
    category: Value = None
    standard: str = ""
    points: float | None = None
    kind: str = ""


ANSWERED = ("actual", "level", "percentage", "judged", "reason", "evidence", "remedy", "category")
MET = Row("持续提升", level="达成年度指标", level1="效益指标", level2="社会效益指标")
CONTENT = Row("持续提升", level="达成年度指标", level1="满意度指标", level2="服务对象满意度指标")
FULL_PLAN = (0.25, 0.5, 0.9, 1.0)
MONTHLY: tuple[Value, ...] = (10.0,) * 9 + (10.0, 0.0, 0.0)


@dataclass(frozen=True)
class Project:
    """One project with its indicators and its money (万元, ``sources`` by source_item).

    ``sent`` False: nothing was reported at all.
    """

    rows: Sequence[Row]
    code: str = "P1"
    full_year: Value = 100.0
    executed: Value = 100.0
    initial: Value = 100.0
    payments: Sequence[Value] = MONTHLY
    plan: Sequence[float | None] | None = FULL_PLAN
    sent: bool = True
    unit: str = "U1"
    budget: float | None = None
    result: Value = None
    sources: Mapping[str, Value] = field(default_factory=dict)

    def indicator(self, i: int) -> str:
        """The 指标编号 of the row at position i."""
        return f"{self.code}-{i + 1:02d}"


def cell(value: Value, at: str = "") -> Cell:
    """The cell at an address, as the readers of forms give it."""
    form, text, number = _held(value)
    return Cell(text, number, form, FORM, "填报", at)


def _held(value: Value) -> tuple[DataType, str, float]:
    match value:
        case None:
            return "blank", "", math.nan
        case bool():
            return "flag", str(value).upper(), math.nan
        case Percent(share):
            return "percent", shortest(share), share
        case Unread(data_type, text):
            return data_type, text, math.nan
        case date():
            return "date", value.isoformat(), math.nan
        case str():
            return "text", value, math.nan
        case _:
            return "number", shortest(value), float(value)


def shortest(number: float) -> str:
    """The shortest decimal form, whole numbers without a point."""
    return str(int(number)) if float(number).is_integer() and abs(number) < 1e15 else repr(float(number))


def make_targets(projects: Sequence[Project], year: int = 2024) -> Targets:
    """The targets of the projects, in their order."""
    indicators: list[dict[str, object]] = []
    plans: list[dict[str, object]] = []
    for project in projects:
        if project.plan is not None:
            names = ("month_3", "month_6", "month_10", "month_12")
            plans.append({"project": project.code, **dict(zip(names, project.plan, strict=True))})
        for i, row in enumerate(project.rows):
            named = {
                "level1": row.level1,
                "level2": row.level2,
                "level3": row.level3 or f"指标{i + 1}",
                "target": row.target,
            }
            more = {
                "kind": row.kind,
                "points": row.points,
                "standard": row.standard,
                "cell": f"指标!G{len(indicators) + 2}",
            }
            indicators.append({"indicator": project.indicator(i), "project": project.code, **named, **more})
    named_projects = [
        {"project": one.code, "name": f"项目{one.code}", "unit_code": one.unit, "budget": one.budget}
        for one in projects
    ]
    return Targets(
        year,
        PROJECTS.rows(named_projects),
        INDICATORS.rows(indicators),
        PLAN.rows(plans),
        file="inputs/2024/targets.xlsx",
    )


def make_reported(projects: Sequence[Project], problems: tuple[Problem, ...] = ()) -> Reported:
    """What the projects reported; a value that is None is a blank cell that was looked at."""
    return Reported({project.code: reports_of(project) for project in projects if project.sent}, problems)


def reports_of(project: Project) -> Reports:
    """What one project reported."""
    money = {"initial": project.initial, "full_year": project.full_year, "executed": project.executed}
    money |= project.sources
    return Reports(
        {item: cell(value, f"C{i}") for i, (item, value) in enumerate(money.items(), start=1)},
        {month: cell(value, f"D{month}") for month, value in enumerate(project.payments, start=1)},
        {
            (project.indicator(i), item): cell(getattr(row, item), f"{item}{i + 10}")
            for i, row in enumerate(project.rows)
            for item in ANSWERED
        },
        {"result": cell(project.result, "C40")},
    )


@dataclass(frozen=True)
class Result:
    """An answer, with its rows and codes at hand."""

    scored: Scored
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def codes(self) -> set[str]:
        """All problem codes."""
        return {one.code for one in self.scored.problems}

    def codes_of(self, indicator: str) -> set[str]:
        """The problem codes of one indicator."""
        return {one.code for one in self.scored.problems if one.place.indicator == indicator}

    def problem(self, code: str) -> Problem:
        """The only problem of a code."""
        found = [one for one in self.scored.problems if one.code == code]
        assert len(found) == 1, (code, self.scored.problems)
        return found[0]


def evaluate(projects: Sequence[Project], rulebook: Rulebook | None = None, year: int = 2024) -> Result:
    """Score the projects. Rows are found by 指标编号 (the execution row by project), projects by code."""
    rules = rulebook_2024() if rulebook is None else rulebook
    scored = score(make_targets(projects, year), make_reported(projects), rules)
    rows: dict[str, dict[str, Any]] = {}
    for record in scored.indicators.frame.to_dict("records"):
        name = f"{record['project']} {EXECUTION}" if record["indicator"] == EXECUTION else str(record["indicator"])
        rows[name] = {str(key): value for key, value in record.items()}
    totals = {
        str(record["project"]): {str(key): value for key, value in record.items()}
        for record in scored.projects.frame.to_dict("records")
    }
    return Result(scored, rows, totals)


def evaluate_row(row: Row, rulebook: Rulebook | None = None) -> tuple[dict[str, Any], set[str]]:
    """One indicator in an otherwise perfect project: its result row and its problem codes."""
    others = [one for one in (MET, CONTENT) if one.level1 != row.level1]
    result = evaluate([Project([row, *others])], rulebook)
    return result.rows["P1-01"], result.codes_of("P1-01")
