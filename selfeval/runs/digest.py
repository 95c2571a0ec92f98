"""Digests of projects: whether two runs scored a project from the same, and came to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from selfeval.domain.scored_case import INDICATOR_SCORES, ScoredCase


@dataclass(frozen=True)
class ProjectDigests:
    """SHA-256 of what a project was scored from, and of what came out.

    The first is of its promise, plan, reported values and the problems of reading them; the rules stand apart in the
    record, by file. The second is of its scores, months and problems.
    """

    project: str
    scored_from: str
    scored: str


def project_digests(scored: ScoredCase) -> ProjectDigests:
    """The digests of a project."""
    case = scored.case
    given = digest((case.project, case.indicators, case.plan, case.reports, case.problems))
    rows = [[getattr(row, name) for name in INDICATOR_SCORES.names] for row in scored.rows]
    return ProjectDigests(case.code, given, digest((rows, scored.total, scored.months, scored.problems)))


def digest(parts: Iterable[object]) -> str:
    """SHA-256, in hexadecimal, of plain values (texts, numbers, tuples and dataclasses of them), in their order."""
    running = hashlib.sha256()
    for part in parts:
        running.update(repr(part).encode())
        running.update(b"\x1e")
    return running.hexdigest()
