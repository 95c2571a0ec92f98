"""Collect: forms that came back are put in place, and the year's standing is told: sent, not sent, incomplete."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from selfeval.domain.case import cases
from selfeval.domain.problems import Place, Problem, in_order, problem
from selfeval.domain.promise import doubtful_targets
from selfeval.forms.collecting.collect import Collected, Intake, collect
from selfeval.forms.collecting.gather import gather
from selfeval.forms.writing.cover import Cover
from selfeval.packages.links import LinkError, inside, real
from selfeval.runs.folders import as_typed, quoted
from selfeval.runs.inputs import Choice, Unusable, load_promised
from selfeval.runs.placing import only_writer, writing_to
from selfeval.runs.settings import load_settings
from selfeval.runs.standing import Standing
from selfeval.runs.whole import asked_for, read_year, standings_of, whole_in
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class CollectOutcome:
    """What a collection did: the standing of every project, in document order, and all problems, worst first.

    ``department`` is the standing of the department's own part.
    """

    standings: tuple[Standing, ...]
    department: Standing | None
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
    whole = whole_in(workspace, targets, rulebook)
    by_code = {case.code: case for case in cases(asked_for(targets, whole))}
    settings, faulty = load_settings(workspace)
    cover = Cover(settings.of(choice.year).due, settings.contact)
    intake = Intake(targets.year, by_code, rulebook, folder, workspace.root, day, accept_newest, cover)
    intake = replace(intake, whole_rules=None if whole is None else whole.rulebook, alone=_alone(source, choice.year))
    with only_writer(folder, workspace.root), unpacking_beside(folder, workspace.root) as aside:
        received, problems = gather(source, aside)
        collected = collect(received, intake)
    read = read_year(workspace, targets, rulebook)
    found = standings_of(workspace, targets, rulebook, read, _now(collected))
    said = in_order([*doubts, *problems, *collected.problems, *faulty], targets.names)
    return CollectOutcome(*found, collected, said)


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


def _alone(source: Path, year: int) -> Callable[[str, Path], str]:
    """The command that collects one of the files below ``source``: itself, or the archive that it came in."""

    def command(shown: str, path: Path) -> str:
        below = PurePosixPath(shown).relative_to(PurePosixPath(shown).parts[0])
        packed = [source.joinpath(up) for up in (*reversed(below.parents), below)]
        file = path if path.is_relative_to(source) else next((up for up in packed if up.is_file()), source)
        return f"selfeval collect {quoted(as_typed(file))} --year {year} --accept-newest"

    return command


def _now(collected: Collected) -> dict[str, str]:
    """What was done with each project."""
    return {project: words for name, words in reversed(_NOW.items()) for project in getattr(collected, name)}


_NOW = {
    "placed": "本次收到",
    "replaced": "本次收到，换下原来的一份",
    "unchanged": "已收过，保留现有的一份",
    "unsettled": "有几份不同，待核对",
}
