"""``diff``: find two runs by folder or year, compare them, and write the comparison where it is wanted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from selfeval.domain.difference.differ import Difference, differ
from selfeval.domain.problems import Problem
from selfeval.runs.past import read_run
from selfeval.runs.publish import write_keeping
from selfeval.runs.workspace import Workspace
from selfeval.workbooks.difference import difference_workbook


def folder_of(workspace: Workspace, text: str) -> Path:
    """The folder that a user means: a year, a path in the workspace, or a path from where the command was run."""
    if text.isdecimal() and text.isascii():
        return workspace.outputs(int(text))
    inside = workspace.root / text
    return inside if inside.is_dir() or not Path(text).is_dir() else Path(text)


def difference_of(workspace: Workspace, old: str, new: str) -> tuple[Difference | None, tuple[Problem, ...]]:
    """What changed between two runs; None, with the reasons, when one of them cannot be read."""
    first, second = (folder_of(workspace, one) for one in (old, new))
    names = [workspace.name(one) for one in (first, second)]
    if names[0] == names[1]:  # two folders outside the workspace that bear the same name
        names = [old, new]
    runs, problems = zip(*(read_run(one, name) for one, name in zip((first, second), names, strict=True)), strict=True)
    if runs[0] is None or runs[1] is None:
        return None, (*problems[0], *problems[1])
    return differ(runs[0], runs[1]), ()


def write_difference(difference: Difference, path: Path) -> None:
    """Write the comparison as a workbook, keeping another file of that name. Raises CannotWriteError."""
    write_keeping(path, difference_workbook(difference, date(difference.new.year, 12, 31)))
