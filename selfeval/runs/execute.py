"""Execute a run: score the inputs and make every output file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from selfeval.domain.case import cases
from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import PROBLEMS_FILE, by_project
from selfeval.domain.scored import Scored, State
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import Project
from selfeval.packages.files import digest
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Inputs
from selfeval.runs.publish import RECORD
from selfeval.runs.record import ProjectDigests, project_digests, run_record
from selfeval.runs.results import problems_csv, projects_csv, results_csv
from selfeval.workbooks import project_workbook, summary_workbook

SUMMARY = "汇总.xlsx"


def verdict(scored: Scored) -> Exit:
    """DONE when every project has its total and nothing is of severity 错误; else PROBLEMS."""
    waiting = scored.projects["state"].isin([State.ASK, State.ERROR]).any()
    return Exit.PROBLEMS if waiting else Exit.of(scored.problems)


def default_date(year: int) -> date:
    """The date that documents carry when a command names none: the last day of the year evaluated."""
    return date(year, 12, 31)


def outputs(
    inputs: Inputs, scored: Scored, day: date, tick: Callable[[str], None] = lambda _name: None
) -> Iterator[tuple[str, bytes]]:
    """Every output file as (path below the outputs folder, content); ``tick`` is called before each workbook.

    Nothing is kept of a file but its hash, for the record, which comes last.
    """
    gc.freeze()  # what is loaded stays: no look at it again for every few projects
    hashes: dict[str, str] = {}

    def hashed(path: str, content: bytes) -> tuple[str, bytes]:
        hashes[path] = digest(content)
        return path, content

    yield hashed(RESULTS_FILE.name, results_csv(scored))
    yield hashed(PROJECTS_FILE.name, projects_csv(scored))
    yield hashed(PROBLEMS_FILE.name, problems_csv(scored.problems))
    links: dict[str, str] = {}
    digests: list[ProjectDigests] = []
    marks: dict[str, None] = {}
    problems = by_project(scored.problems)
    for case in cases(inputs.targets, inputs.reported):
        tick(case.project.name)
        # scored once more, which is quick: a year of scored projects is never kept
        project = replace(score_case(case, inputs.rulebook), problems=tuple(problems.get(case.code, ())))
        digests.append(project_digests(project))
        marks[case.mark] = None
        links[case.code] = _workbook_path(case.project)
        yield hashed(links[case.code], project_workbook(project, inputs.rulebook, day))
    tick(SUMMARY)
    mark = "；".join(filter(None, marks))
    yield hashed(SUMMARY, summary_workbook(scored, inputs.targets, inputs.rulebook, links, day, mark))
    yield RECORD, run_record(inputs, scored, digests, hashes, day, int(verdict(scored)))


def _workbook_path(project: Project) -> str:
    """Where a project's workbook lies below the outputs of its year."""
    folder, name = f"{project.unit_code}_{project.unit_name}", f"{project.project}_{project.name}"
    return f"{safe_name(folder)}/{safe_name(name)}_自评表.xlsx"
