"""Collect: forms that came back are put in place, and the year's standing is told: sent, not sent, incomplete."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfeval.domain.case import cases, records
from selfeval.domain.problems import Place, Problem, Severity, problem, worst_first
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import Targets
from selfeval.forms.collecting.collect import Collected, Intake, collect
from selfeval.forms.collecting.gather import gather
from selfeval.forms.reading.folder import read_forms
from selfeval.packages.links import LinkError, inside, real
from selfeval.runs.folders import as_typed
from selfeval.runs.inputs import Choice, Unusable, load_promised
from selfeval.runs.placing import only_writer, writing_to
from selfeval.runs.workspace import Workspace

NOT_SENT, INCOMPLETE, COMPLETE = "未交", "不完整", "已交"


@dataclass(frozen=True)
class Standing:
    """How far one project is: NOT_SENT, INCOMPLETE with the number of errors, or COMPLETE; ``now`` is what came."""

    unit: str
    project: str
    name: str
    state: str
    errors: int
    now: str


@dataclass(frozen=True)
class CollectOutcome:
    """What a collection did: the standing of every project, in document order, and all problems, worst first."""

    standings: tuple[Standing, ...]
    collected: Collected
    problems: tuple[Problem, ...]


def collect_forms(
    workspace: Workspace, choice: Choice, source: Path, *, day: date | None, accept_newest: bool
) -> CollectOutcome | Unusable:
    """Collect from a folder, an archive or one file. ``day`` dates replaced versions without a 填报日期.

    Raises BusyError while another collection of the year runs, and CannotWriteError when nothing can be set aside.
    """
    folder, wrong = workspace.forms(choice.year), []
    if not source.exists():
        wrong = [problem("E606", Place(), path=as_typed(source))]
    elif real(source).is_relative_to(real(folder)):
        wrong = [problem("E329", Place(), path=workspace.name(source))]
    promised = load_promised(workspace, choice, *wrong)
    if isinstance(promised, Unusable):
        return promised
    targets, rulebook, _ = promised
    doubts = doubtful_targets(targets, rulebook)
    by_code = {case.code: case for case in cases(targets)}
    intake = Intake(targets.year, by_code, rulebook, folder, workspace.root, day, accept_newest)
    with only_writer(folder, workspace.root), unpacking_beside(folder, workspace.root) as aside:
        received, problems = gather(source, aside)
        collected = collect(received, intake)
    standings = tuple(_standings(targets, rulebook, read_forms(folder, targets, workspace.root), collected))
    return CollectOutcome(standings, collected, worst_first([*doubts, *problems, *collected.problems]))


@contextmanager
def unpacking_beside(folder: Path, home: Path) -> Iterator[Path]:
    """A hidden folder beside that of the forms, for what archives hold; that of a killed run goes first."""
    aside = folder.with_name(f".{folder.name}.unpacked")
    with writing_to(aside):
        inside(aside, home)
        if aside.is_symlink():
            raise LinkError(aside)
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _standings(targets: Targets, rulebook: Rulebook, read: Reported, collected: Collected) -> Iterator[Standing]:
    """How far each project is, by the problems that ``check`` and ``score`` tell."""
    problems = score(targets, read, rulebook).problems
    errors = Counter(found.place.project for found in problems if found.severity is Severity.ERROR)
    # a form that is there but cannot be used was sent all the same
    sent = {found.place.project for found in read.problems if found.code in _UNUSABLE}
    sent |= {project for project, reports in read.projects.items() if reports.filled}
    for record in records(targets.projects):
        project, unit = record["project"], f"{record['unit_code']} {record['unit_name']}"
        count = errors[project] if project in sent else 0
        state = NOT_SENT if project not in sent else INCOMPLETE if count else COMPLETE
        now = next((words for name, words in _NOW.items() if project in getattr(collected, name)), "")
        yield Standing(unit, project, record["name"], state, count, now)


_UNUSABLE = frozenset({"E302", "E303", "E304", "E307", "E311", "E312", "E314", "E335", "E340", "E341", "E342", "E343"})
_NOW = {
    "placed": "本次收到",
    "replaced": "本次收到，换下原来的一份",
    "unchanged": "与已收的相同",
    "unsettled": "有几份不同，待核对",
}
