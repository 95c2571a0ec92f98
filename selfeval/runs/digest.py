"""Digests of projects: whether two runs scored a project from the same, and came to the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import pandas as pd

from selfeval.domain.problems import Problem
from selfeval.domain.scored import Scored
from selfeval.runs.inputs import Inputs

Parts = dict[str, list[tuple[object, ...]]]
"""What belongs to each project: by 项目编码, the name of a table and a row of it, in the order of the tables."""


def digest(parts: Iterable[object]) -> str:
    """SHA-256, in hexadecimal, of plain values (texts, numbers, tuples and dataclasses of them), in their order."""
    running = hashlib.sha256()
    for part in parts:
        running.update(repr(part).encode())
        running.update(b"\x1e")
    return running.hexdigest()


def project_digests(inputs: Inputs, scored: Scored) -> Iterator[tuple[str, str, str]]:
    """Each project's 项目编码, the digest of what it was scored from and that of what came out, in document order.

    The first is of its promise, plan, reported values and the problems of reading them; the rules stand apart in the
    record, by file. The second is of its scores, months and problems.
    """
    targets, reported = inputs.targets, inputs.reported
    given, came = Parts(), Parts()
    for name in ("projects", "indicators", "plan"):
        _share_out(given, name, getattr(targets, name))
    for name in ("funds", "payments", "actuals", "narrative"):
        _share_out(given, name, getattr(reported, name))
    for name in ("projects", "indicators", "schedules"):
        _share_out(came, name, getattr(scored, name))
    _share_out_problems(given, reported.problems)
    _share_out_problems(came, scored.problems)
    for project in scored.projects["project"]:
        yield str(project), digest(given.get(project, ())), digest(came.get(project, ()))


def _share_out(parts: Parts, name: str, frame: pd.DataFrame) -> None:
    """Each row to its project, in one pass."""
    for project, row in zip(frame["project"], frame.itertuples(index=False, name=None), strict=True):
        parts.setdefault(project, []).append((name, *row))


def _share_out_problems(parts: Parts, problems: Iterable[Problem]) -> None:
    for one in problems:
        parts.setdefault(one.place.project, []).append(("problems", one))
