"""The workbooks of the projects of a year, each made from its project and the rules alone, by one process or more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache, cached_property
from operator import attrgetter
from pathlib import Path
from typing import Any, NamedTuple

from selfeval.domain.case import Case
from selfeval.domain.faults import own_fault
from selfeval.domain.filenames import coded_name, safe_name
from selfeval.domain.problems import Place, Problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import INDICATOR_SCORES, ScoredCase
from selfeval.domain.scoring.score import score_case
from selfeval.forms.reading.folder import Looked, Promised, look
from selfeval.packages.deflated import compressed_by
from selfeval.packages.files import digest
from selfeval.runs.program import code_digest, versions
from selfeval.workbooks.books import project_workbook

NOTHING_PROMISED = Promised(0, Path(), {})
"""Where no form is to be looked at."""


@dataclass(frozen=True)
class Desk:
    """What every project is done by: the rules, the date that its workbook bears, and what its form is of."""

    rulebook: Rulebook
    day: date
    promised: Promised

    @cached_property
    def stamp(self) -> str:
        """SHA-256 of all that a workbook is made by but its project: program, rules, date, what compresses it."""
        return values_digest((rules_stamp(self.rulebook), self.day.isoformat(), compressed_by()))


def program_stamp() -> str:
    """SHA-256 of the program and of what it is made of."""
    return values_digest((code_digest(), sorted(versions().items())))


def rules_stamp(rulebook: Rulebook) -> str:
    """SHA-256 of all that a project is scored by: program and rules."""
    rules = [(file.path, file.sha256) for file in rulebook.files]
    return values_digest((program_stamp(), rules, rulebook.title))


class Project(NamedTuple):
    """A project to be made a workbook of: with the problems that the year has found in it."""

    case: Case
    problems: tuple[Problem, ...]


class Made(NamedTuple):
    """What was made of a project: its digests and its workbook, or the fault of ours that kept it from being made."""

    code: str
    digests: dict[str, str]
    content: bytes | None = None
    broken: Problem | None = None


def looked_at(desk: Desk, path: Path) -> Looked:
    """What a file in the folder of forms came to."""
    return look(desk.promised, path)


def made_of(desk: Desk, given: Project) -> Made:
    """The workbook of a project. Raises OSError, of the disk."""
    case = given.case
    # scored once more, which is quick: a year of scored projects is never kept
    project = replace(score_case(case, desk.rulebook), problems=given.problems)
    digests = {**project_digests(project), "made_from": made_from(desk, given)}
    try:
        return Made(case.code, digests, project_workbook(project, desk.rulebook, desk.day))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one workbook; the others are written
        what = f"项目“{case.project.name}”的自评表没有写出"
        return Made(case.code, digests, broken=own_fault(error, Place(case.code), what))


def made_from(desk: Desk, given: Project) -> str:
    """SHA-256 of all that the workbook of a project is made from."""
    return values_digest((desk.stamp, case_digest(given.case), given.problems))


def case_digest(case: Case) -> str:
    """SHA-256 of a project with all that a run knows of it before it is scored."""
    others = case.year, case.department, case.targets_file, sorted(case.faulty), sorted(case.taken)
    return values_digest((given_digest(case), others))


def workbook_path(case: Case) -> str:
    """Where the workbook of a project stands below the outputs."""
    folder = safe_name(f"{case.project.unit_code}_{case.project.unit_name}")
    return f"{folder}/{coded_name(case.code, case.project.name)}_自评表.xlsx"


def project_digests(scored: ScoredCase) -> dict[str, str]:
    """SHA-256 of what a project was scored from (but the rules, which the record has by file), and of what came out."""
    rows = [[getattr(row, name) for name in INDICATOR_SCORES.names] for row in scored.rows]
    came_out = values_digest((rows, scored.total, scored.months, scored.problems))
    return {"project": scored.case.code, "scored_from": given_digest(scored.case), "scored": came_out}


def given_digest(case: Case) -> str:
    """SHA-256 of all that a project is scored from but the rules; a 主管部门 counts where the targets name one."""
    project = [value for name, value in vars(case.project).items() if value or name != "department"]
    reports = [list(part.items()) for part in vars(case.reports).values()]
    return values_digest((project, case.indicators, case.plan, reports, case.problems))


def values_digest(parts: Iterable[object]) -> str:
    """SHA-256, in hexadecimal, of plain values and dataclasses of them, in their order; no names of fields count."""
    return digest(json.dumps(list(parts), default=_values).encode())


def _values(held: object) -> tuple[object, ...]:
    return _values_of(type(held))(held)  # type: ignore[arg-type]  # a type is hashable


@cache
def _values_of(kind: type[Any]) -> Callable[[object], tuple[object, ...]]:
    """What gives the values of a dataclass."""
    return attrgetter(*(part.name for part in fields(kind)))
