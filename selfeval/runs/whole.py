"""The department's own part (部门整体) of a run: what is asked in its form, and it as inputs of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from selfeval.domain.case import WHOLE, is_whole
from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.reported import Reported, says_something
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import Targets
from selfeval.domain.whole import Whole, whole_of
from selfeval.forms.reading.folder import Each, read_forms
from selfeval.forms.reading.table import read_reported
from selfeval.runs.naming import Named, named, numbers
from selfeval.runs.settings import load_settings
from selfeval.runs.standing import Standing, not_returned, standings
from selfeval.runs.workspace import Workspace

NOTHING_THERE = frozenset({"E301", "E320"})
"""The codes that tell that a project has no form, or no rows in a table: of the department that is one notice."""


@dataclass(frozen=True)
class Read:
    """The forms of a year that were read: what projects ``reported``, and the department with its own part.

    ``sent``: its form came back, so that what it lacks is told as of any project.
    """

    reported: Reported
    whole: Whole | None = None
    of_whole: Reported = field(default_factory=Reported)
    sent: bool = False
    as_read: Reported = field(default_factory=Reported)
    """All that was read, before anything was taken over."""
    table: bool = False
    """Whether it was read from a reported table, and not from forms."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is to be told of the department's part where nothing came back of it: one notice."""
        return () if self.whole is None or self.sent else (_unsent(self.whole, self.of_whole, table=self.table),)


def whole_in(workspace: Workspace, targets: Targets, rulebook: Rulebook) -> Whole | None:
    """The department's own part of a year's targets; None where there is none, or the rules leave it out."""
    return whole_of(targets, rulebook, load_settings(workspace)[0].unit)


def asked_for(targets: Targets, whole: Whole | None) -> Targets:
    """The targets that forms are sent out for."""
    return targets if whole is None else whole.beside(targets)


def read_year(workspace: Workspace, targets: Targets, rulebook: Rulebook, each: Each | None = None) -> Read:
    """The forms of a year; those of projects and that of the department apart. ``each``: who looks at them."""
    whole, folder = whole_in(workspace, targets, rulebook), workspace.forms(targets.year)
    read = read_forms(folder, asked_for(targets, whole), workspace.root, each)
    if whole is None:
        return Read(read, as_read=read)
    sent = whole.code not in not_returned(folder, whole.targets, read)
    return _parted(whole, read, sent=sent)


def read_table(workspace: Workspace, targets: Targets, rulebook: Rulebook, path: Path) -> Read:
    """A reported table; what projects and what the department reported in it apart."""
    whole = whole_in(workspace, targets, rulebook)
    read = read_reported(path, asked_for(targets, whole), workspace.root)
    if whole is None:
        return Read(read)
    own = read.projects.get(whole.code)
    sent = own is not None and any(map(says_something, own.cells()))
    return replace(_parted(whole, read, sent=sent), table=True)


def _parted(whole: Whole, read: Reported, *, sent: bool) -> Read:
    """What was read, parted into that of projects and that of the department, whose blanks projects fill."""
    own = [one for one in read.problems if is_whole(one.place.project)]
    reports, told = whole.reports(read)
    usable = [one for one in own if one.code not in NOTHING_THERE]
    problems = (*usable, *told, *whole.problems)
    projects = replace(read, problems=tuple(one for one in read.problems if one not in own))
    return Read(projects, whole, Reported({whole.code: reports}, problems, read.files), sent, read)


def not_scored(targets: Targets, rulebook: Rulebook) -> tuple[Problem, ...]:
    """That there are goals of the department, and the rules mean to score them and cannot."""
    rule = rulebook.whole
    if rule is None or not rule.enabled or rulebook.whole_sections or not targets.department:
        return ()
    file, known = rulebook.files[-1].path, "、".join(part.id for part in rule.sections)
    facts = {"section": rulebook.execution.section, "known": known, "file": file}
    return (problem("W263", Place(file=file), **facts),)


def standings_of(
    workspace: Workspace, targets: Targets, rulebook: Rulebook, read: Read, now: Mapping[str, str]
) -> tuple[tuple[Standing, ...], Standing | None]:
    """How far each project is, and the department with its own part. ``now``: what a collection did, by project."""
    settings, folder = load_settings(workspace)[0].of(targets.year), workspace.forms(targets.year)

    def far(targets: Targets, reported: Reported, rulebook: Rulebook) -> tuple[Standing, ...]:
        told = score(targets, reported, rulebook).problems
        return tuple(standings(targets, folder, read.as_read, told, settings, now))

    own = () if read.whole is None else far(read.whole.targets, read.of_whole, read.whole.rulebook)
    return far(targets, read.reported, rulebook), next(iter(own), None)


def _unsent(whole: Whole, reported: Reported, *, table: bool) -> Problem:
    indicators, answers = whole.case.indicators, reported.projects[whole.code].answers
    taken = len({one for (one, _), cell in answers.items() if cell.text})
    unread = any(one.severity is Severity.ERROR for one in reported.problems)
    facts = {"state": "不能采用" if unread else "没有报送", "taken": taken, "asked": len(indicators) - taken}
    code = "I263" if table else "I260"
    return problem(code, Place(whole.code), **facts, project=whole.code, year=whole.targets.year)


def is_named(whole: Whole | None, text: str) -> bool:
    """Whether a text names the department's own part."""
    return whole is not None and text.strip() in {WHOLE[:2], WHOLE, f"{WHOLE}支出", whole.code, whole.case.project.name}


def called(targets: Targets, project: str) -> int | str:
    """What a project is called by in commands: its number in the list; of the department's own part, 部门."""
    return WHOLE[:2] if is_whole(project) else numbers(targets)[project]


def named_in(targets: Targets, whole: Targets | None, text: str) -> Named | Problem:
    """What is meant by a text: the department's part where it says so (部门, 部门-03), else as among projects.

    ``whole``: the targets of the department's part, if there is one.
    """
    said = text.strip()
    own = () if whole is None else (WHOLE[:2], *whole.names, *whole.names.values())
    if whole is not None and said.startswith(own):
        found = named(whole, said)
        if isinstance(found, Named):
            return found
    return named(targets, text)
