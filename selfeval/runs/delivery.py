"""Delivery: the year's forms, written from targets and rules, filled from a reported table where one is given."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from selfeval.domain.case import cases
from selfeval.domain.problems import Place, Problem, problem, worst_first
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reported import Reported
from selfeval.domain.targets import Targets
from selfeval.forms.reading.last_year import last_texts
from selfeval.forms.reading.table import read_reported
from selfeval.forms.writing.cover import Cover
from selfeval.forms.writing.deliver import Delivery, write_forms
from selfeval.runs.inputs import Choice, Unusable, load_promised, unit_names, unknown_projects
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class FormOptions:
    """What the forms are to say besides the targets. ``units`` are 单位编码; ``from_year`` is where texts come from.

    ``due`` and ``contact`` are printed on every form.
    """

    overwrite: bool = False
    units: tuple[str, ...] = ()
    from_year: int | None = None
    due: date | None = None
    contact: str = ""


def deliver(workspace: Workspace, choice: Choice, options: FormOptions) -> Delivery | Unusable:
    """Write the forms of a year; ``choice.reported`` is the table to fill them from.

    The problems are those of targets, recognition, table and forms, worst first; Unusable when nothing could be
    written.
    """
    promised = load_promised(workspace, choice)
    if isinstance(promised, Unusable):
        return promised
    targets, rulebook, target_problems = promised
    wrong = (*unknown_projects(targets, choice.projects), *_unknown_units(targets, options.units))
    wrong += _no_last_year(workspace, choice.year, options.from_year)
    if wrong:
        return Unusable(wrong)
    prefill = Reported() if choice.reported is None else read_reported(choice.reported, targets, workspace.root)
    carried = {}
    if options.from_year is not None:
        carried = last_texts(workspace.forms(options.from_year), workspace.root, targets)
    if choice.projects or options.units:
        own = targets.projects
        chosen = own["project"].isin(choice.projects) | own["unit_code"].isin(options.units)
        targets = targets.only(own.loc[chosen, "project"].tolist())
    doubts = doubtful_targets(targets, rulebook)
    delivery = write_forms(
        tuple(cases(targets, prefill)),
        rulebook,
        workspace.forms(choice.year),
        workspace.root,
        carried=carried,
        cover=Cover(options.due, options.contact),
        overwrite=options.overwrite,
    )
    problems = worst_first([*target_problems, *doubts, *prefill.problems, *delivery.problems])
    return replace(delivery, problems=problems)


def _unknown_units(targets: Targets, units: tuple[str, ...]) -> tuple[Problem, ...]:
    known = unit_names(targets)
    listed = "、".join(f"{code} {name}" for code, name in known.items())
    return tuple(
        problem("E327", Place(), year=targets.year, found=one, known=listed) for one in units if one not in known
    )


def _no_last_year(workspace: Workspace, year: int, before: int | None) -> tuple[Problem, ...]:
    """Texts come from the year before, and its forms must be there."""
    if before is None or (before == year - 1 and workspace.forms(before).is_dir()):
        return ()
    path = workspace.name(workspace.forms(before))
    return (problem("E328", Place(), found=before, year=year, expected=year - 1, path=path),)
