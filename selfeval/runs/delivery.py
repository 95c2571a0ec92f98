"""Delivery: the year's forms, written from targets and rules, filled from a reported table where one is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from selfeval.domain.case import cases, is_whole
from selfeval.domain.problems import Place, Problem, in_order, problem
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import Targets
from selfeval.forms.reading.last_year import last_texts
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.deliver import Delivery, write_forms
from selfeval.packages.printable import printable
from selfeval.rulebook.settings import Noted
from selfeval.runs.inputs import Choice, Unusable, load_promised, unknown_units
from selfeval.runs.naming import chosen_projects
from selfeval.runs.placing import only_writer
from selfeval.runs.settings import load_settings, note_settings
from selfeval.runs.whole import NOTHING_THERE, asked_for, is_named, not_scored, whole_in
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class FormOptions:
    """What the forms are to say besides the targets; ``units`` are 单位编码, ``from_year`` is where texts come from."""

    overwrite: bool = False
    units: tuple[str, ...] = ()
    from_year: int | None = None
    due: date | None = None
    contact: str = ""


@dataclass(frozen=True)
class Delivered(Delivery):
    """What happened to the forms of projects; ``settings``: the file that now keeps what is printed on them, if any."""

    settings: str = ""
    department: Delivery = field(default_factory=Delivery)
    """The same of the form of the department's own part; nothing where there is none or it was not asked for."""


def deliver(workspace: Workspace, choice: Choice, options: FormOptions) -> Delivered | Unusable:
    """Write the forms of a year, filled from the table ``choice.reported`` if there is one; Unusable: nothing was.

    The due date and the contact are those of the options, else of the settings, which keep them for next time. Raises
    CannotWriteError, and BusyError while others write or collect the forms of the year.
    """
    promised = load_promised(workspace, choice)
    if isinstance(promised, Unusable):
        return promised
    targets, rulebook, target_problems = promised
    whole = whole_in(workspace, targets, rulebook)
    asked = [text for text in choice.projects if not is_named(whole, text)]
    projects, unknown = chosen_projects(targets, asked)
    wrong = (*unknown, *_wrong(workspace, targets, choice, options))
    if wrong:
        return Unusable(wrong)
    prefill = _prefill(workspace, asked_for(targets, whole), choice)
    before = options.from_year
    carried = {} if before is None else last_texts(workspace.forms(before), workspace.root, targets)
    alone = bool(choice.projects or options.units)
    if whole is not None and alone and len(asked) == len(choice.projects) and whole.unit not in options.units:
        whole = None
    if alone:
        own = targets.projects
        pairs = own.columns("project", "unit_code")
        targets = targets.only([code for code, unit in pairs if code in projects or unit in options.units])
    settings, faulty = load_settings(workspace)
    told = Noted(options.due, printable(options.contact))
    forms = workspace.forms(choice.year)
    with only_writer(forms, workspace.root):  # a form that is collected meanwhile would be lost
        cover = Cover(told.due or settings.of(choice.year).due, told.contact or settings.contact)
        writing = partial(write_forms, folder=forms, root=workspace.root, cover=cover, overwrite=options.overwrite)
        delivery = writing(tuple(cases(targets, prefill)), rulebook, carried=carried)
        of_whole = Delivery() if whole is None else writing(tuple(cases(whole.targets, prefill)), whole.rulebook)
    file, not_noted = note_settings(workspace, choice.year, told)
    doubts = (*doubtful_targets(targets, rulebook), *_without_points(targets, rulebook))
    if whole is not None:
        own_doubts = doubtful_targets(whole.targets, whole.rulebook)
        doubts += (*own_doubts, *_without_points(whole.targets, whole.rulebook), *whole.problems)
    if not alone:
        doubts += not_scored(targets, rulebook)
    done = (*delivery.problems, *of_whole.problems)
    said = in_order((*target_problems, *doubts, *prefill.problems, *done, *faulty, *not_noted), targets.names)
    return Delivered(**{**vars(delivery), "problems": said}, settings=file, department=of_whole)


_OF_POINTS = frozenset({"E507", "E508", "E509", "E513"})
"""The codes of what cannot be scored whatever is reported, because its points cannot be shared out."""


def _without_points(targets: Targets, rulebook: Rulebook) -> Iterator[Problem]:
    """What a department would fill in in vain."""
    for case in cases(targets):
        yield from (one for one in score_case(case, rulebook).problems if one.code in _OF_POINTS)


def _prefill(workspace: Workspace, asked: Targets, choice: Choice) -> Reported:
    """What forms are filled from; that a table has nothing of the department is no problem of it."""
    if choice.reported is None:
        return Reported()
    read = read_reported(choice.reported, asked, workspace.root)
    kept = (one for one in read.problems if not (is_whole(one.place.project) and one.code in NOTHING_THERE))
    return replace(read, problems=tuple(kept))


def _wrong(workspace: Workspace, targets: Targets, choice: Choice, options: FormOptions) -> Iterator[Problem]:
    yield from unknown_units(targets, options.units)
    year, before = choice.year, options.from_year  # texts come from the year before, and its forms must be there
    if before is not None and (before != year - 1 or not workspace.forms(before).is_dir()):
        path = workspace.name(workspace.forms(before))
        yield problem("E328", Place(), found=before, year=year, expected=year - 1, path=path)
