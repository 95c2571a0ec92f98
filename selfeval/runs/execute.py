"""Execute a run: score the inputs, make every output file, and record what went in, by which rules, what came out."""

from __future__ import annotations

import gc
import json
from collections import Counter
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from selfeval.domain.case import Case, cases, is_whole
from selfeval.domain.faults import faulty_projects, own_fault
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem, by_project, worst_first
from selfeval.domain.scored import Scored, State
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.packages.crew import Crew
from selfeval.packages.files import digest
from selfeval.packages.printable import in_json
from selfeval.runs.earlier import Books, TakenOver
from selfeval.runs.exits import Exit
from selfeval.runs.inputs import Inputs
from selfeval.runs.parquet import parquet_files
from selfeval.runs.program import versions
from selfeval.runs.project_books import (
    NOTHING_PROMISED,
    Desk,
    Made,
    Project,
    given_digest,
    made_of,
    project_digests,
    workbook_path,
)
from selfeval.runs.publish import FORMAT, RECORD, Content
from selfeval.runs.results import problems_csv, projects_csv, results_csv
from selfeval.runs.unit_books import SUMMARY, unit_summary, unit_years
from selfeval.runs.whole_outputs import ScoredWhole
from selfeval.workbooks.books import summary_workbook
from selfeval.workbooks.summary.by_unit import lists_units, summary_by_unit


def run_record(
    inputs: Inputs,
    scored: Scored,
    digests: Sequence[Mapping[str, str]],
    outputs: Mapping[str, str],
    day: date,
    code: int,
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
            "states": dict(sorted(Counter(scored.indicators.column("state")).items())),
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
    waiting = not {State.ASK, State.ERROR}.isdisjoint(scored.projects.column("state"))
    return Exit.PROBLEMS if waiting else Exit.of(scored.problems)


def default_date(year: int) -> date:
    """The date that documents carry when a command names none: the last day of the year evaluated."""
    return date(year, 12, 31)


@dataclass
class Making:
    """How outputs are made, and what is told of it.

    ``tick`` is called for each workbook; ``crew`` makes those of projects (None: this process alone); those that
    ``earlier`` runs made of the same are taken over. Without ``workbooks`` there are tables alone; ``parquet``: those
    of the scores in that format too. ``broken``: what a fault of ours kept from being made; ``same``: how many were
    taken over.
    """

    tick: Callable[[str], None] = lambda _name: None
    crew: Crew[Desk] | None = None
    earlier: Books | None = None
    workbooks: bool = True
    parquet: bool = False
    broken: list[Problem] = field(default_factory=list)
    same: int = 0


def outputs(
    inputs: Inputs, scored: Scored, day: date, whole: ScoredWhole | None = None, making: Making | None = None
) -> Iterator[tuple[str, Content]]:
    """Every output file as (path below the outputs, content), the record last; of a long one one piece after another.

    A workbook that a fault of ours keeps from being made is left out, and told in ``making`` and in problems.csv.
    ``whole`` is the department's own part, which has files of its own and is counted nowhere else.
    """
    gc.freeze()  # what is loaded stays: no look at it again for every few projects
    making = Making() if making is None else making
    run = _Run(inputs, scored, day, making)
    yield from run.workbooks() if making.workbooks else run.without_workbooks()
    apart = list[Problem]() if whole is None else (yield from run.of_department(whole))
    rounding = inputs.rulebook.rounding
    yield from run.in_pieces(RESULTS_FILE.name, results_csv(run.scored, rounding))
    yield from run.in_pieces(PROJECTS_FILE.name, projects_csv(run.scored, rounding))
    for file in parquet_files(run.scored) if making.parquet else ():
        yield run.hashed(*file)
    yield from run.in_pieces(PROBLEMS_FILE.name, problems_csv(worst_first([*run.scored.problems, *apart])))
    code = int(verdict_with(run.scored, whole))
    yield RECORD, run_record(inputs, run.scored, [*filter(None, run.digests.values())], run.hashes, day, code)


class _Run:
    """The outputs of a run while they are made: ``hashes`` of those made so far, ``digests`` of what they show."""

    def __init__(self, inputs: Inputs, scored: Scored, day: date, making: Making) -> None:
        self.scored = scored
        self.hashes: dict[str, str] = {}
        self.digests: dict[str, Mapping[str, str]] = {}
        self._inputs, self._day, self._making = inputs, day, making
        self._links: dict[str, str] = {}

    def hashed(self, path: str, content: bytes) -> tuple[str, bytes]:
        """A file that is made, which the record lists."""
        self.hashes[path] = digest(content)
        return path, content

    def in_pieces(self, path: str, pieces: Iterable[bytes]) -> Iterator[tuple[str, bytes]]:
        """The same of a file that comes piece by piece."""
        whole = sha256()
        for piece in pieces:
            whole.update(piece)
            yield path, piece
        self.hashes[path] = whole.hexdigest()

    def workbooks(self) -> Iterator[tuple[str, Content]]:
        """The workbooks of the projects, and the summary."""
        marks, earlier, without = dict[str, None](), self._making.earlier, faulty_projects(self.scored.problems)
        for given in self._projects(without):
            case = given.case
            path = self._links[case.code] = workbook_path(case)
            marks[case.mark], self.digests[case.code] = None, {}
            if earlier is not None and (taken := earlier.of(given, path)):
                yield path, taken
                if taken.done:
                    self._took_over(case, path, taken)
                    without.add(case.code)
        mark = "；".join(filter(None, marks))
        crew = self._making.crew or Crew(Desk(self._inputs.rulebook, self._day, NOTHING_PROMISED))
        made = crew.each(made_of, self._projects(without))
        by_unit = lists_units(len(self.scored.projects))
        self._making.tick(SUMMARY)
        summary = None if by_unit else self._summary(mark)  # while other processes are at work
        yield from self._books(made)
        if self._making.broken:
            self._links = {code: path for code, path in self._links.items() if path in self.hashes}
            self._tell(*self._making.broken)
            summary = None
        if by_unit:
            units = unit_years(self.scored, self._inputs.targets, self._links, mark)
            yield from self._summaries(crew.each(unit_summary, units, large=True))
        summary = self._summary(mark) if summary is None else summary
        if isinstance(summary, Problem):
            self._making.broken.append(summary)
            self._tell(summary)
        else:
            yield self.hashed(SUMMARY, summary)

    def without_workbooks(self) -> Iterator[tuple[str, bytes]]:
        """No file; what each project was scored from is recorded all the same."""
        faulty = faulty_projects(self.scored.problems)
        for case in self._cases():
            if case.code not in faulty:
                self.digests[case.code] = {"project": case.code, "scored_from": given_digest(case)}
        yield from ()

    def of_department(self, whole: ScoredWhole) -> Generator[tuple[str, bytes], None, list[Problem]]:
        """The files of the department's own part; at the end, what is told of it."""
        apart = list[Problem]()
        if not faulty_projects(whole.scored.problems):
            self.digests[whole.case.case.code] = project_digests(whole.case)
        for file in whole.files(self._day, apart, workbook=self._making.workbooks):
            yield self.hashed(*file)
        self._making.broken += apart
        return [*apart, *whole.problems]

    def _cases(self) -> Iterator[Case]:
        return cases(self._inputs.targets, self._inputs.reported)

    def _tell(self, *problems: Problem) -> None:
        self.scored = replace(self.scored, problems=worst_first([*self.scored.problems, *problems]))

    def _projects(self, without: Collection[str]) -> Iterator[Project]:
        """The projects but some, with what the year has found in each."""
        problems = by_project(self.scored.problems)
        for case in self._cases():
            if case.code not in without:
                yield Project(case, tuple(problems.get(case.code, ())))

    def _took_over(self, case: Case, path: str, taken: TakenOver) -> None:
        self._making.tick(case.project.name)
        self._making.same += 1
        self.digests[case.code], self.hashes[path] = taken.digests, taken.sha256

    def _books(self, results: Iterator[Made]) -> Iterator[tuple[str, bytes]]:
        names, earlier = self._inputs.targets.names, self._making.earlier
        for made in results:
            self._making.tick(names[made.code])
            self.digests[made.code] = made.digests
            if made.content is None:
                self._making.broken += filter(None, [made.broken])
                continue
            file = self.hashed(self._links[made.code], made.content)
            if earlier is not None:
                earlier.making(file[0], made.digests, self.hashes[file[0]])
            yield file

    def _summaries(self, made: Iterable[tuple[str, bytes | Problem]]) -> Iterator[tuple[str, bytes]]:
        """The summaries of units."""
        for path, content in made:
            if isinstance(content, Problem):
                self._making.broken.append(content)
                self._tell(content)
            else:
                yield self.hashed(path, content)

    def _summary(self, mark: str) -> bytes | Problem:
        targets, rulebook = self._inputs.targets, self._inputs.rulebook
        try:
            if lists_units(len(self.scored.projects)):
                written = {path.partition("/")[0]: path for path in self.hashes if path.endswith(f"/{SUMMARY}")}
                own = targets.projects.columns("project", "unit_code", "unit_name")
                folders = {
                    (unit, name): self._links[code].partition("/")[0] for code, unit, name in own if code in self._links
                }
                links = {unit: written[folder] for unit, folder in folders.items() if folder in written}
                return summary_by_unit(self.scored, rulebook, links, self._day, mark)
            return summary_workbook(self.scored, targets, rulebook, self._links, self._day, mark)
        except Exception as error:  # noqa: BLE001 - a fault of ours in one workbook; the others are written
            return own_fault(error, Place(), f"{SUMMARY}没有写出")
