"""Collect: forms that came back are put in place, and the year's standing is told: sent, not sent, incomplete."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from selfeval.domain.case import cases
from selfeval.domain.problems import Place, Problem, Severity, problem, worst_first
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.year import score
from selfeval.domain.targets import Targets
from selfeval.forms.collecting.collect import Collected, Ground, collect
from selfeval.forms.collecting.gather import gather
from selfeval.forms.reading.folder import read_forms
from selfeval.runs.inputs import Choice, Unusable, load_rulebook, load_targets
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
    """Collect from a folder, an archive or one file. ``day`` dates replaced versions without a 填报日期."""
    targets, target_problems = load_targets(workspace, choice.year)
    rulebook, rule_problems = load_rulebook(workspace, choice)
    wrong = _wrong_source(workspace, choice.year, source)
    if targets is None or rulebook is None or wrong:
        return Unusable((*target_problems, *rule_problems, *wrong))
    doubts = doubtful_targets(targets, rulebook)
    folder = workspace.forms(choice.year)
    ground = Ground(
        targets.year, {case.code: case for case in cases(targets)}, rulebook, folder, workspace.root, day, accept_newest
    )
    with tempfile.TemporaryDirectory(prefix="selfeval-") as aside:
        received, problems = gather(source, Path(aside))
        collected = collect(received, ground)
    standings = _standings(targets, rulebook, read_forms(folder, targets, workspace.root), collected)
    return CollectOutcome(standings, collected, worst_first([*doubts, *problems, *collected.problems]))


def _wrong_source(workspace: Workspace, year: int, source: Path) -> tuple[Problem, ...]:
    if not source.exists():
        return (problem("E606", Place(), path=source.as_posix()),)
    if source.resolve().is_relative_to(workspace.forms(year).resolve()):
        return (problem("E329", Place(), path=workspace.name(source)),)
    return ()


def _standings(targets: Targets, rulebook: Rulebook, read: Reported, collected: Collected) -> tuple[Standing, ...]:
    """How far each project is, by the problems that ``check`` and ``score`` tell."""
    errors: dict[str, int] = {}
    for one in score(targets, read, rulebook).problems:
        if one.severity is Severity.ERROR:
            errors[one.place.project] = errors.get(one.place.project, 0) + 1
    found: list[Standing] = []
    columns = ["project", "name", "unit_code", "unit_name"]
    for project, name, unit_code, unit_name in targets.projects[columns].itertuples(index=False, name=None):
        count = errors.get(project, 0)
        # a form that is there but cannot be used was sent all the same
        unusable = any(one.place.project == project and one.code in _UNUSABLE for one in read.problems)
        reports = read.projects.get(project)
        sent = unusable or (reports is not None and reports.filled)
        state = NOT_SENT if not sent else INCOMPLETE if count else COMPLETE
        now = _now(str(project), collected)
        found.append(Standing(f"{unit_code} {unit_name}", str(project), str(name), state, count if sent else 0, now))
    return tuple(found)


_UNUSABLE = frozenset({"E302", "E303", "E304", "E307", "E312", "E314"})


def _now(project: str, collected: Collected) -> str:
    if project in collected.placed:
        return "本次收到"
    if project in collected.replaced:
        return "本次收到，换下原来的一份"
    if project in collected.unchanged:
        return "与已收的相同"
    return "有几份不同，待核对" if project in collected.unsettled else ""
