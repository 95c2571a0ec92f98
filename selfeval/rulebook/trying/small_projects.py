"""Small projects: a case, or a question, as a whole project that the real pipeline can score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import pandas as pd

from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rounding import in_points, show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.rulebook.trying.cases import EXECUTION_KIND, Case, Plan, as_cell

_FILLER = "≥1"
_ONE = Cell("1", 1.0, "number")


@dataclass(frozen=True)
class SmallProject:
    """A project made for one case, its indicator first; ``fault`` says in Chinese why it cannot be made."""

    id: str
    indicator: str
    indicators: list[dict[str, object]]
    plan: dict[str, object]
    reports: Reports
    fault: str


def project_id(i: int, case: Case) -> str:
    """The 项目编码 of the project made for the i-th case: that of a real indicator when the case names one."""
    return case.indicator.rpartition("-")[0] if case.indicator else f"CASE{i + 1:04d}"


def small_project(i: int, case: Case, rulebook: Rulebook) -> SmallProject:
    """One project around a case: the rest of its section, and the other sections, are filled with met targets."""
    project = project_id(i, case)
    indicator = case.indicator or f"{project}-01"
    sections = [section for section in rulebook.sections if section.levels1]
    own = next((section for section in sections if not case.level1 or case.level1 in section.levels1), None)
    fault = ""
    given: list[dict[str, Any]] = []
    if own is None:
        fault = f"一级指标“{case.level1}”不属于任何一个部分"
    elif case.kind == EXECUTION_KIND:
        own = None
    elif case.points > own.points:
        fault = f"分值 {show_points(case.points)} 超过「{own.label}」的 {show_points(own.points)}"
    else:
        names = {"level1": case.level1 or own.levels1[0], "level2": case.level2, "level3": case.name}
        given = [{"indicator": indicator, "target": case.target, "kind": case.type, "points": case.points, **names}]
    fillers: list[dict[str, Any]] = [
        {"indicator": f"{project}-F{k}", "level1": section.levels1[0], "target": _FILLER, "points": rest}
        for k, section in enumerate(sections)
        if (rest := section.points - (case.points if section is own else 0)) > 0
    ]
    rows = [{**row, "project": project, "points": float(in_points(row["points"]))} for row in (*given, *fillers)]
    answers = {(str(row["indicator"]), "actual"): _ONE for row in fillers}
    answers |= {(indicator, item): as_cell(getattr(case, item)) for item in ("actual", "percentage", "judged")}
    for item, text in (("level", case.level), ("reason", case.reason)):
        answers[indicator, item] = Cell(text, form="text" if text else "blank")
    plan = {month: None if share is None else float(share) for month, share in vars(case.plan or Plan()).items()}
    return SmallProject(project, indicator, rows, {"project": project, **plan}, _reports(case, answers), fault)


def _reports(case: Case, answers: dict[tuple[str, str], Cell]) -> Reports:
    budget = Fraction(100) if case.budget is None else case.budget
    executed = budget if case.executed is None else case.executed
    amounts = {"initial": budget, "full_year": budget, "executed": executed}
    return Reports(
        {item: _amount(amount) for item, amount in amounts.items()},
        {month: _amount(paid) for month, paid in enumerate(case.payments, start=1)},
        answers,
    )


def _amount(amount: Fraction) -> Cell:
    return Cell(f"{float(amount):.15g}", float(amount), "number")


def score_together(projects: Sequence[SmallProject], rulebook: Rulebook, year: int) -> Scored:
    """Score small projects in one run; those with a fault are left out."""
    ready = [project for project in projects if not project.fault]
    targets = Targets(
        year,
        PROJECTS.frame([{"seq": k, "project": made.id, "name": made.id} for k, made in enumerate(ready, start=1)]),
        INDICATORS.frame([row for made in ready for row in made.indicators]),
        PLAN.frame([made.plan for made in ready]),
    )
    return score(targets, Reported({made.id: made.reports for made in ready}), rulebook)


def row_of(scored: Scored, project: str, indicator: str) -> pd.Series:
    """The scored row of an indicator."""
    rows = scored.indicators
    return rows[(rows["project"] == project) & (rows["indicator"] == indicator)].iloc[0]
