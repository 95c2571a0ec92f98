"""A year: ``score(targets, reported, rulebook) -> Scored`` is ``score_case`` over every project, and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from selfeval.domain.case import Case, cases, reports_of
from selfeval.domain.checks import run_checks
from selfeval.domain.checks.model.facts import Facts
from selfeval.domain.problems import Problem, worst_first
from selfeval.domain.reported import NARRATIVE, Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import YearFrames
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import Targets


def score(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    Returns one row an indicator in document order, the execution row first in each project; totals by project; the
    months; and all problems, those of ``reported`` included, worst first.
    """
    year = cases(targets, reports_of(reported), reported.problems)
    return score_year(year, targets, rulebook, reported.problems)


def score_year(year: Iterable[Case], targets: Targets, rulebook: Rulebook, problems: Iterable[Problem] = ()) -> Scored:
    """Score the projects of a year one by one; of each, only its rows of the tables and its problems are kept.

    ``problems`` are those that belong to no project. The checks look over the whole year at the end.
    """
    frames, found, told = YearFrames(), [*problems], []
    for case in year:
        scored = score_case(case, rulebook)
        frames.add(scored)
        found += scored.problems
        told += _result(case)
    indicators, projects, schedules = frames.frames()
    reported = Reported(narrative=NARRATIVE.frame(told))
    found += run_checks(Facts(targets, reported, indicators, projects), rulebook.checks)
    return Scored(targets.year, indicators, projects, schedules, worst_first(found))


def _result(case: Case) -> list[dict[str, object]]:
    """年度目标完成情况 of a project as a row of NARRATIVE: the one report that a check looks into."""
    cell = case.reports.narrative.get("result")
    return [] if cell is None else [{"project": case.code, "item": "result", **asdict(cell)}]
