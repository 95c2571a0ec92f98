"""A year: ``score(targets, reported, rulebook) -> Scored`` is ``score_case`` over every project, and the checks."""

from __future__ import annotations

from collections.abc import Iterable

from selfeval.domain.case import cases
from selfeval.domain.checking import run_checks
from selfeval.domain.checking.facts import Facts
from selfeval.domain.problems import Problem, worst_first
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.domain.scored_case import ScoredCase, YearFrames
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import Targets


def score(targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """Score a year: every indicator and the execution of every project, by the rulebook.

    Returns one row an indicator in document order, the execution row first in each project; totals by project; the
    months; and all problems, those of ``reported`` included, worst first.
    """
    scored = (score_case(case, rulebook) for case in cases(targets, reported))
    return in_frames(scored, targets, reported, rulebook)


def in_frames(scored: Iterable[ScoredCase], targets: Targets, reported: Reported, rulebook: Rulebook) -> Scored:
    """The tables of a year from its scored projects, with what the checks over the whole year find."""
    year = YearFrames()
    problems: list[Problem] = [*reported.problems]
    for project in scored:
        year.add(project)
        problems += project.problems
    indicators, projects, schedules = year.frames()
    problems += run_checks(Facts(targets, reported, indicators, projects), rulebook.checks)
    return Scored(targets.year, indicators, projects, schedules, worst_first(problems))
