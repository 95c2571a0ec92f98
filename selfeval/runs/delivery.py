"""Delivery: the year's forms, written from targets and rules, filled from a reported table where one is given."""

from __future__ import annotations

from selfeval.domain.problems import Problem
from selfeval.domain.reading.recognise import recognise_targets
from selfeval.forms.making.deliver import Delivery, write_forms
from selfeval.forms.reading.table import read_reported
from selfeval.runs.inputs import Choice, Unusable, load_rulebook, load_targets, missing_table, unknown_projects
from selfeval.runs.workspace import Workspace


def deliver(
    workspace: Workspace, choice: Choice, *, overwrite: bool
) -> tuple[Delivery, tuple[Problem, ...]] | Unusable:
    """Write the forms of a year; ``choice.reported`` is the table to fill them from.

    Returns what was done and the problems of targets, recognition and table; Unusable when nothing could be written.
    """
    targets, target_problems = load_targets(workspace, choice.year)
    rulebook, rule_problems = load_rulebook(workspace, choice)
    missing = missing_table(choice)
    if targets is None or rulebook is None or missing:
        return Unusable((*target_problems, *rule_problems, *missing))
    unknown = unknown_projects(targets, choice.projects)
    if unknown:
        return Unusable(unknown)
    prefill = None if choice.reported is None else read_reported(choice.reported, targets, workspace.root)
    if choice.projects:
        targets = targets.only(list(choice.projects))
    readings, doubts = recognise_targets(targets, rulebook)
    folder = workspace.forms(choice.year)
    delivery = write_forms(targets, rulebook, readings, folder, workspace.root, prefill=prefill, overwrite=overwrite)
    found = () if prefill is None else prefill.problems
    return delivery, (*target_problems, *doubts, *found)
