"""Execute a run: score the inputs, make every output file, and record what went in, by which rules, what came out."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from selfeval.domain.case import cases, is_whole
from selfeval.domain.faults import faulty_projects, own_fault
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem, by_project, worst_first
from selfeval.domain.scored import Scored, State
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.packages.crew import Crew
from selfeval.packages.files import digest
from selfeval.packages.printable import in_json
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Inputs
from selfeval.runs.program import versions
from selfeval.runs.project_books import Desk, Project, made_of, project_digests, workbook_path
from selfeval.runs.publish import FORMAT, RECORD, Earlier
from selfeval.runs.results import problems_csv, projects_csv, results_csv
from selfeval.runs.whole_outputs import ScoredWhole
from selfeval.workbooks.books import summary_workbook

SUMMARY = "汇总.xlsx"


def run_record(
    inputs: Inputs, scored: Scored, digests: Sequence[dict[str, str]], outputs: Mapping[str, str], day: date, code: int
) -> bytes:
    """The record as JSON, the same every time; ``outputs`` maps each file written to its SHA-256.

    ``digests`` are of the projects, and of the department's own part where there is one.
    """
    rulebook = inputs.rulebook
    record = {
        "format": FORMAT,
        "year": scored.year,
        "date": day.isoformat(),
        "versions": versions(),
        "rulebook": {"id": rulebook.id, "title": rulebook.title},
        "rules": _hashes((file.path, file.sha256) for file in rulebook.files),
        "inputs": _hashes(inputs.files),
        "sources": _hashes(inputs.targets.sources),
        "projects": [one for one in digests if not is_whole(one["project"])],
        "department": next((one for one in digests if is_whole(one["project"])), None),
        "counts": {
            "projects": len(scored.projects),
            "indicators": len(scored.indicators) - len(scored.projects),
            "states": dict(sorted(Counter(scored.indicators["state"].tolist()).items())),
            "problems": dict(sorted(Counter(str(problem.severity) for problem in scored.problems).items())),
        },
        "exit": code,
        "outputs": _hashes(sorted(outputs.items())),
    }
    return (in_json(json.dumps(record, ensure_ascii=False, indent=2)) + "\n").encode()


def _hashes(files: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"path": path, "sha256": sha256} for path, sha256 in files]


def verdict_with(scored: Scored, whole: ScoredWhole | None) -> Exit:
    """That of a year with the department's own part, which counts once its form came back."""
    own = Exit.DONE if whole is None or not whole.sent else verdict(whole.scored)
    return max(verdict(scored), own)


def verdict(scored: Scored) -> Exit:
    """DONE when every project has its total and nothing is of severity 错误; BUG for a fault of ours; else PROBLEMS."""
    if faulty_projects(scored.problems):
        return Exit.BUG
    waiting = scored.projects["state"].isin([State.ASK, State.ERROR]).any()
    return Exit.PROBLEMS if waiting else Exit.of(scored.problems)


def default_date(year: int) -> date:
    """The date that documents carry when a command names none: the last day of the year evaluated."""
    return date(year, 12, 31)


@dataclass
class Making:
    """How outputs are made, and what is told of it.

    ``tick`` is called for each workbook; ``crew`` makes those of projects (None: this process alone); those that
    ``earlier`` has from the same are taken over. ``broken``: what a fault of ours kept from being made; ``same``: how
    many were taken over.
    """

    tick: Callable[[str], None] = lambda _name: None
    crew: Crew[Desk] | None = None
    earlier: Path | None = None
    broken: list[Problem] = field(default_factory=list)
    same: int = 0


def outputs(
    inputs: Inputs, scored: Scored, day: date, whole: ScoredWhole | None = None, making: Making | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every output file as (path below the outputs, content), the record last.

    A workbook that a fault of ours keeps from being made is left out, and told in ``making`` and in problems.csv.
    ``whole`` is the department's own part, which has files of its own and is counted nowhere else.
    """
    making = Making() if making is None else making
    broken = making.broken
    gc.freeze()  # what is loaded stays: no look at it again for every few projects
    hashes: dict[str, str] = {}

    def hashed(path: str, content: bytes) -> tuple[str, bytes]:
        hashes[path] = digest(content)
        return path, content

    links, marks, digests = dict[str, str](), dict[str, None](), list[dict[str, str]]()
    problems, faulty, names = by_project(scored.problems), faulty_projects(scored.problems), inputs.targets.names
    earlier, held = None if making.earlier is None else Earlier(making.earlier), dict[str, bytes]()

    def given() -> Iterator[Project]:
        for case in cases(inputs.targets, inputs.reported):
            if case.code in faulty:
                continue
            marks[case.mark] = None
            links[case.code] = workbook_path(case)
            before, held[case.code] = (earlier and earlier.of(case.code, links[case.code])) or ("", b"")
            yield Project(case, tuple(problems.get(case.code, ())), before)

    crew = making.crew or Crew(Desk(inputs.rulebook, day))
    for made in crew.each(made_of, given()):
        making.tick(names[made.code])
        digests.append(made.digests)
        kept = held.pop(made.code)
        if made.broken is None:
            making.same += made.content is None
            yield hashed(links[made.code], kept if made.content is None else made.content)
        else:
            broken.append(made.broken)
            del links[made.code]
    making.tick(SUMMARY)
    mark = "；".join(filter(None, marks))
    scored = replace(scored, problems=worst_first([*scored.problems, *broken]))
    try:
        yield hashed(SUMMARY, summary_workbook(scored, inputs.targets, inputs.rulebook, links, day, mark))
    except Exception as error:  # noqa: BLE001
        broken.append(own_fault(error, Place(), f"{SUMMARY}没有写出"))
        scored = replace(scored, problems=worst_first([*scored.problems, *broken]))
    apart = list[Problem]()
    if whole is not None:
        if not faulty_projects(whole.scored.problems):
            digests.append(project_digests(whole.case))
        yield from (hashed(*file) for file in whole.files(day, apart))
        broken += apart
        apart += whole.problems
    yield hashed(RESULTS_FILE.name, results_csv(scored, inputs.rulebook.rounding))
    yield hashed(PROJECTS_FILE.name, projects_csv(scored, inputs.rulebook.rounding))
    yield hashed(PROBLEMS_FILE.name, problems_csv(worst_first([*scored.problems, *apart])))
    yield RECORD, run_record(inputs, scored, digests, hashes, day, int(verdict_with(scored, whole)))
