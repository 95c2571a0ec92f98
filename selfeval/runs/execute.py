"""Execute a run: score the inputs and make every output file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from selfeval.domain.filenames import safe_name
from selfeval.domain.problems import Severity, by_project
from selfeval.domain.scored import Scored, State
from selfeval.domain.scoring.score import score_case
from selfeval.domain.scoring.year import score_year
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Inputs
from selfeval.runs.publish import RECORD
from selfeval.runs.record import run_record
from selfeval.runs.results import problems_csv, projects_csv, results_csv
from selfeval.workbooks import project_workbook, summary_workbook

SUMMARY = "汇总.xlsx"


def score_inputs(inputs: Inputs) -> Scored:
    """The scores of the inputs."""
    return score_year(inputs.cases(), inputs.targets, inputs.rulebook, inputs.problems)


def verdict(scored: Scored) -> Exit:
    """DONE when every project has its total and nothing is of severity 错误; else PROBLEMS."""
    open_states = {State.ASK, State.ERROR}
    waiting = any(State(one) in open_states for one in scored.projects["state"].tolist())
    wrong = any(one.severity is Severity.ERROR for one in scored.problems)
    return Exit.PROBLEMS if waiting or wrong else Exit.DONE


def default_date(year: int) -> date:
    """The date that documents carry when a command names none: the last day of the year evaluated."""
    return date(year, 12, 31)


def workbook_path(unit_code: str, unit_name: str, project: str, name: str) -> str:
    """Where a project's workbook lies below the outputs of its year."""
    return f"{safe_name(f'{unit_code}_{unit_name}')}/{safe_name(f'{project}_{name}')}_自评表.xlsx"


def outputs(
    inputs: Inputs, scored: Scored, day: date, tick: Callable[[str], None] = lambda _name: None
) -> Iterator[tuple[str, bytes]]:
    """Every output file as (path below the outputs folder, content); ``tick`` is called before each workbook."""
    made: list[tuple[str, bytes]] = []

    def keep(path: str, content: bytes) -> tuple[str, bytes]:
        made.append((path, content))
        return path, content

    yield keep("results.csv", results_csv(scored))
    yield keep("projects.csv", projects_csv(scored))
    yield keep("problems.csv", problems_csv(scored.problems))
    links: dict[str, str] = {}
    problems = by_project(scored.problems)
    marks: dict[str, None] = {}
    for case in inputs.cases():
        marks[case.mark] = None
        project = case.project
        tick(project.name)
        links[case.code] = workbook_path(project.unit_code, project.unit_name, case.code, project.name)
        one = score_case(case, inputs.rulebook).with_problems(tuple(problems.get(case.code, ())))
        yield keep(links[case.code], project_workbook(one, inputs.rulebook, day))
    tick(SUMMARY)
    summary = summary_workbook(
        scored, inputs.targets, inputs.rulebook, links, day, "；".join(mark for mark in marks if mark)
    )
    yield keep(SUMMARY, summary)
    yield RECORD, run_record(inputs, scored, made, day, int(verdict(scored)))
