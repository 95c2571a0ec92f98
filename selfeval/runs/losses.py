"""Losses: where one project lost points, row by row, the worst first."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.problems import Problem, by_project
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredRow, Total
from selfeval.runs.inputs import Inputs, score_one


@dataclass(frozen=True)
class Losses:
    """A scored project: ``open`` rows have no score yet, ``lost`` are the others that lost points, the worst first.

    ``full`` lost none. ``problems`` are those of the project, worst first.
    """

    total: Total
    open: tuple[ScoredRow, ...]
    lost: tuple[ScoredRow, ...]
    full: tuple[ScoredRow, ...]
    problems: tuple[Problem, ...]


def lost_points(row: ScoredRow) -> int:
    """What a row lost of its points, in hundredths; of a row that only deducts, what it took; 0 without a score."""
    return 0 if row.score is None else max(0, row.points - row.score)


def losses(inputs: Inputs, project: str) -> Losses:
    """Where a project lost points; it is one of the targets."""
    cut, scored = score_one(inputs, project)
    waiting = [row for row in scored.rows if row.score is None and row.state is not State.NOT_APPLICABLE]
    rest = [row for row in scored.rows if row not in waiting]
    lost = sorted((row for row in rest if lost_points(row)), key=lost_points, reverse=True)
    return Losses(
        total=scored.total,
        open=tuple(waiting),
        lost=tuple(lost),
        full=tuple(row for row in rest if not lost_points(row)),
        problems=tuple(by_project(cut.score().problems).get(project, ())),
    )
