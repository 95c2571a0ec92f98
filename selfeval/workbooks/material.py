"""What the sheets of one project show, gathered from the tables of the year."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from selfeval.domain.problems import Problem
from selfeval.domain.rulebook import KindRule, Rulebook
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.targets import CHECKPOINTS

_NAN = float("nan")
Row = ScoredRow


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


def gather(scored: ScoredCase, rulebook: Rulebook) -> Material:
    """Everything about one project."""
    case, total = scored.case, scored.total
    plan = scored.funds.counting_plan()
    return Material(
        year=case.year,
        project=case.code,
        name=total.name,
        unit_code=total.unit_code,
        unit_name=total.unit_name,
        department=case.department,
        goal=case.project.goal,
        funds=_funds(scored),
        narrative={item: case.told(item) for item, cell in case.reports.narrative.items() if cell.form != "blank"},
        rows=scored.rows,
        paid=tuple(month.paid for month in scored.months) or (_NAN,) * 12,
        cumulative=tuple(month.cumulative for month in scored.months) or (_NAN,) * 12,
        plan=tuple(float(plan[month]) if month in plan else _NAN for month in CHECKPOINTS),
        assumed=scored.funds.assumed,
        rate=total.rate,
        total=total.total,
        lowest=total.lowest,
        highest=total.highest,
        grade=total.grade,
        missing=total.missing,
        problems=scored.problems,
        rulebook=rulebook,
    )


def rule_of(row: ScoredRow) -> KindRule | None:
    """The rule that scored a row: a variant's, or its kind's; None for the execution row and where none fits."""
    return None if row.promise is None else row.promise.rule


def is_converted(material: Material) -> bool:
    """Whether the total is converted to 100 from the points of the rows that apply (不涉及: whole_form)."""
    indicators = sum(row.points for row in material.rows if not row.is_execution)
    return material.rulebook.not_applicable == "whole_form" and indicators > 0


def _funds(scored: ScoredCase) -> Funds:
    """The reported year-start budget, else that of the target document, whose split then holds for it."""
    project, total = scored.case.project, scored.total
    initial = project.budget if isnan(total.initial) else total.initial
    same = initial == project.budget
    return Funds(
        initial, project.fiscal if same else _NAN, project.other if same else _NAN, total.full_year, total.executed
    )
