"""Execute a run: score the inputs and make every output file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from selfeval.domain.case import cases
from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import by_project
from selfeval.domain.scored import Scored, State
from selfeval.domain.scoring.score import score, score_case
from selfeval.runs.digest import ProjectDigests, project_digests
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Inputs
from selfeval.runs.publish import RECORD
from selfeval.runs.record import run_record
from selfeval.runs.results import problems_csv, projects_csv, results_csv
from selfeval.workbooks import project_workbook, summary_workbook

SUMMARY = "汇总.xlsx"


def score_inputs(inputs: Inputs) -> Scored:
    """The scores of the inputs."""
    return score(inputs.targets, inputs.reported, inputs.rulebook)


def verdict(scored: Scored) -> Exit:
    """DONE when every project has its total and nothing is of severity 错误; else PROBLEMS."""
    open_states = {State.ASK, State.ERROR}
    waiting = any(State(one) in open_states for one in scored.projects["state"].tolist())
    return Exit.PROBLEMS if waiting else Exit.of(scored.problems)


def default_date(year: int) -> date:
    """The date that documents carry when a command names none: the last day of the year evaluated."""
    return date(year, 12, 31)


def workbook_path(unit_code: str, unit_name: str, project: str, name: str) -> str:
    """Where a project's workbook lies below the outputs of its year."""
    return f"{safe_name(f'{unit_code}_{unit_name}')}/{safe_name(f'{project}_{name}')}_自评表.xlsx"


def outputs(
    inputs: Inputs, scored: Scored, day: date, tick: Callable[[str], None] = lambda _name: None
) -> Iterator[tuple[str, bytes]]:
    """Every output file as (path below the outputs folder, content); ``tick`` is called before each workbook.

    Nothing is kept of a file but its hash, for the record, which comes last.
    """
    hashes: dict[str, str] = {}

    def hashed(path: str, content: bytes) -> tuple[str, bytes]:
        hashes[path] = hashlib.sha256(content).hexdigest()
        return path, content

    yield hashed("results.csv", results_csv(scored))
    yield hashed("projects.csv", projects_csv(scored))
    yield hashed("problems.csv", problems_csv(scored.problems))
    links: dict[str, str] = {}
    digests: list[ProjectDigests] = []
    marks: dict[str, None] = {}
    problems = by_project(scored.problems)
    for case in cases(inputs.targets, inputs.reported):
        project = case.project
        tick(project.name)
        # scored once more, which is quick: a year of scored projects is never kept
        one = replace(score_case(case, inputs.rulebook), problems=tuple(problems.get(case.code, ())))
        digests.append(project_digests(one))
        marks[case.mark] = None
        links[case.code] = workbook_path(project.unit_code, project.unit_name, case.code, project.name)
        yield hashed(links[case.code], project_workbook(one, inputs.rulebook, day))
    tick(SUMMARY)
    mark = "；".join(mark for mark in marks if mark)
    yield hashed(SUMMARY, summary_workbook(scored, inputs.targets, inputs.rulebook, links, day, mark))
    yield RECORD, run_record(inputs, scored, digests, hashes, day, int(verdict(scored)))
