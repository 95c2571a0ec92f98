"""Small projects: a case, or a question, as a whole project that the real pipeline can score."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd

from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rounding import in_points, show_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.rulebook.trying.cases import EXECUTION_KIND, Given, as_cell

_FILLER = "≥1"


@dataclass(frozen=True)
class SmallProject:
    """A project made for one case: its indicators (the case's first), plan and reports.

    ``fault`` says in Chinese why it cannot be made.
    """

    id: str
    indicator: str
    indicators: list[dict[str, object]]
    plan: dict[str, object]
    reports: Reports
    fault: str


def project_id(i: int, case: Given) -> str:
    """The 项目编码 of the project made for the i-th case: that of a real indicator when the case names one."""
    return case.indicator.rpartition("-")[0] if case.indicator else f"CASE{i + 1:04d}"


def small_project(i: int, case: Given, rulebook: Rulebook) -> SmallProject:
    """One project around a case: the rest of its section, and the other sections, are filled with met targets.

    ``fault`` says in Chinese why it cannot be made.
    """
    project = project_id(i, case)
    indicator = case.indicator or f"{project}-01"
    sections = [one for one in rulebook.sections if one.levels1]
    own = next((one for one in sections if not case.level1 or case.level1 in one.levels1), None)
    fault = ""
    indicators: list[dict[str, object]] = []
    if own is None:
        fault = f"一级指标“{case.level1}”不属于任何一个部分"
    elif case.kind == EXECUTION_KIND:
        own = None
    elif case.points > own.points:
        fault = f"分值 {show_points(case.points)} 超过「{own.label}」的 {show_points(own.points)}"
    else:
        named = {"level1": case.level1 or own.levels1[0], "level2": case.level2, "level3": case.name}
        indicators.append(
            {
                "indicator": indicator,
                "target": case.target,
                "kind": case.type,
                "points": float(in_points(case.points)),
                **named,
            }
        )
    for k, section in enumerate(sections):
        rest = section.points - (case.points if section is own else 0)
        if rest > 0:
            filler = {"indicator": f"{project}-F{k}", "level1": section.levels1[0], "target": _FILLER}
            indicators.append({**filler, "points": float(in_points(rest))})
    key = {"project": project}
    answers = {(str(one["indicator"]), "actual"): _ONE for one in indicators if one["target"] is _FILLER}
    answers |= {(indicator, item): cell for item, cell in _answers(case).items()}
    budget = Fraction(100) if case.budget is None else case.budget
    executed = budget if case.executed is None else case.executed
    amounts = {"initial": budget, "full_year": budget, "executed": executed}
    reports = Reports(
        {item: _amount(amount) for item, amount in amounts.items()},
        {month: _amount(paid) for month, paid in enumerate(case.payments, start=1)},
        answers,
    )
    made = [{**key, **one} for one in indicators]
    return SmallProject(project, indicator, made, {**key, **_plan(case)}, reports, fault)


_ONE = Cell("1", 1.0, "number")


def _answers(case: Given) -> dict[str, Cell]:
    cells = {"actual": case.actual, "percentage": case.percentage, "judged": case.judged}
    texts = {"level": case.level, "reason": case.reason}
    said = {item: Cell(text, form="text" if text else "blank") for item, text in texts.items()}
    return {**{item: as_cell(one) for item, one in cells.items()}, **said}


def _plan(case: Given) -> dict[str, object]:
    plan = case.plan
    if plan is None:
        return {}
    shares = {"month_3": plan.month_3, "month_6": plan.month_6, "month_10": plan.month_10, "month_12": plan.month_12}
    return {month: None if share is None else float(share) for month, share in shares.items()}


def _amount(amount: Fraction) -> Cell:
    return Cell(f"{float(amount):.15g}", float(amount), "number")


def score_together(projects: Sequence[SmallProject], rulebook: Rulebook, year: int) -> Scored:
    """Score small projects in one run; those with a fault are left out."""
    ready = [one for one in projects if not one.fault]
    names = [{"seq": k, "project": one.id, "name": one.id} for k, one in enumerate(ready, start=1)]
    targets = Targets(
        year,
        PROJECTS.frame(names),
        INDICATORS.frame([row for one in ready for row in one.indicators]),
        PLAN.frame([one.plan for one in ready]),
    )
    return score(targets, Reported({one.id: one.reports for one in ready}), rulebook)


def row_of(scored: Scored, project: str, indicator: str) -> pd.Series:
    """The scored row of an indicator."""
    rows = scored.indicators
    return rows[(rows["project"] == project) & (rows["indicator"] == indicator)].iloc[0]
