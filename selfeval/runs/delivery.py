"""Delivery: the year's forms, written from targets and rules, filled from a reported table where one is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.targets import Targets
from selfeval.forms.making.content.cover import Cover
from selfeval.forms.making.deliver import Delivery, write_forms
from selfeval.forms.reading.last_year import last_texts
from selfeval.forms.reading.table import read_reported
from selfeval.runs.inputs import Choice, Unusable, load_rulebook, load_targets, missing_table, unknown_projects
from selfeval.runs.workspace import Workspace


@dataclass(frozen=True)
class Wishes:
    """What the forms are to say besides the targets. ``units`` are 单位编码; ``from_year`` is where texts come from.

    ``due`` and ``contact`` are printed on every form.
    """

    overwrite: bool = False
    units: tuple[str, ...] = ()
    from_year: int | None = None
    due: date | None = None
    contact: str = ""


def deliver(workspace: Workspace, choice: Choice, wishes: Wishes) -> tuple[Delivery, tuple[Problem, ...]] | Unusable:
    """Write the forms of a year; ``choice.reported`` is the table to fill them from.

    Returns what was done and the problems of targets, recognition and table; Unusable when nothing could be written.
    """
    targets, target_problems = load_targets(workspace, choice.year)
    rulebook, rule_problems = load_rulebook(workspace, choice)
    missing = missing_table(choice)
    if targets is None or rulebook is None or missing:
        return Unusable((*target_problems, *rule_problems, *missing))
    wrong = (*unknown_projects(targets, choice.projects), *_unknown_units(targets, wishes.units))
    wrong += _no_last_year(workspace, choice.year, wishes.from_year)
    if wrong:
        return Unusable(wrong)
    prefill = None if choice.reported is None else read_reported(choice.reported, targets, workspace.root)
    carried = {}
    if wishes.from_year is not None:
        carried = last_texts(workspace.forms(wishes.from_year), workspace.root, targets)
    targets = _cut(targets, choice.projects, wishes.units)
    doubts = doubtful_targets(targets, rulebook)
    delivery = write_forms(
        targets,
        rulebook,
        workspace.forms(choice.year),
        workspace.root,
        prefill=prefill,
        carried=carried,
        cover=Cover(wishes.due, wishes.contact),
        overwrite=wishes.overwrite,
    )
    found = () if prefill is None else prefill.problems
    return delivery, (*target_problems, *doubts, *found)


def _cut(targets: Targets, projects: tuple[str, ...], units: tuple[str, ...]) -> Targets:
    """The projects named, and those of the units named; all when nothing is."""
    if not projects and not units:
        return targets
    own = targets.projects
    chosen = own["project"].isin(projects) | own["unit_code"].isin(units)
    return targets.only([str(one) for one in own.loc[chosen, "project"]])


def _unknown_units(targets: Targets, units: tuple[str, ...]) -> tuple[Problem, ...]:
    pairs = targets.projects[["unit_code", "unit_name"]].drop_duplicates().itertuples(index=False, name=None)
    known = {str(code): str(name) for code, name in pairs}
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
