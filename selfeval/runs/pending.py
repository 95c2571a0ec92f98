"""Pending cases: what no case of a rulebook goes through, and the cases that are missing, written for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.packages.files import holds
from selfeval.packages.links import real
from selfeval.rulebook.loading import load_all
from selfeval.rulebook.shelf import is_shipped, year_named
from selfeval.rulebook.trying.cases import cases_path, read_cases
from selfeval.rulebook.trying.coverage import Covered, covered
from selfeval.rulebook.trying.missing import MissingCase, missing_cases
from selfeval.rulebook.trying.trial import run_cases
from selfeval.rulebook.writing.cases import pending_cases, pending_path
from selfeval.runs.inputs import Unusable, load_targets
from selfeval.runs.placing import home_of, write_new
from selfeval.runs.rulebooks import with_schema_beside
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class Pending:
    """The cases that a rulebook lacks: ``text`` is the file of them that belongs at ``path``.

    ``uncovered`` is all that has no case, ``without`` what of it no case was found for.
    """

    rulebook: str
    year: int
    path: Path
    beside: Path
    uncovered: tuple[Covered, ...]
    cases: tuple[MissingCase, ...]
    without: tuple[Covered, ...]
    text: str


def find_pending(workspace: Workspace, path: Path) -> Pending | Unusable:
    """The cases that the rulebook at a path lacks; the reasons when it, or its file of cases, cannot be read."""
    tree, rulebook, problems, _ = load_all(path, workspace.root)
    beside = cases_path(path)
    if tree is None or rulebook is None:
        return Unusable(problems)
    things: Sequence[Covered] = tuple(covered(rulebook, tree, set()))
    year = year_named(path) or rulebook.in_force.start
    if beside.is_file():
        ran = run_cases(path, workspace.root)
        written, _ = read_cases(beside, workspace.root)
        if ran.faults or written is None:
            return Unusable(ran.faults)
        things, year = ran.coverage, rulebook.in_force.start if written.year is None else written.year
    targets = load_targets(workspace, year)[0] if workspace.has_targets(year) else None
    cases, without = missing_cases(things, rulebook, year, targets)
    inside = real(path).is_relative_to(workspace.rules)
    name = real(path).relative_to(workspace.rules).with_suffix("").as_posix() if inside else path.stem
    return Pending(
        rulebook=rulebook.id,
        year=year,
        path=pending_path(path),
        beside=beside,
        uncovered=tuple(thing for thing in things if not thing.covered),
        cases=tuple(cases),
        without=tuple(without),
        text=with_schema_beside(pending_cases(name, workspace.name(beside), year, cases, without), workspace.root),
    )


def write_pending(workspace: Workspace, pending: Pending) -> Problem | None:
    """Write the file, over no other; the problem when another is there. Raises CannotWriteError, BusyError.

    Beside a rulebook that comes with selfeval nothing is written.
    """
    if is_shipped(pending.path, workspace.root):
        file = workspace.name(pending.beside.with_name(f"{pending.beside.name.removesuffix('.cases.yaml')}.yaml"))
        return problem("E257", Place(file=file), file=file, name=file.partition("/")[2].removesuffix(".yaml"))
    content = pending.text.encode()
    path, home = pending.path, home_of(pending.path, workspace.root)
    if not write_new(path.parent, {path.name: content}, home) or holds(path, content):
        return None
    file = workspace.name(path)
    return problem("E255", Place(file=file), file=file, cases=workspace.name(pending.beside))
