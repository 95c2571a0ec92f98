"""A year: ``score(targets, reported, rulebook) -> Scored`` is ``score_case`` over every project, and the checks."""

from __future__ import annotations

from selfeval.domain.case import cases
from selfeval.domain.checks import run_checks
from selfeval.domain.checks.model import Facts
from selfeval.domain.problems import worst_first
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import YearFrames
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import Targets


def score(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    Returns one row an indicator in document order, the execution row first in each project; totals by project; the
    months; and all problems, those of ``reported`` included, worst first. Projects are scored one by one, and nothing
    but their rows is kept; the checks look over the whole year at the end.
    """
    frames, found = YearFrames(), [*reported.problems]
    told: dict[str, Cell] = {}
    for case in cases(targets, reported):
        scored = score_case(case, rulebook)
        frames.add(scored)
        found += scored.problems
        if "result" in case.reports.narrative:
            told[case.code] = case.reports.narrative["result"]
    indicators, projects, schedules = frames.frames()
    found += run_checks(Facts(targets, told, indicators, projects), rulebook.checks)
    return Scored(targets.year, indicators, projects, schedules, worst_first(found))
