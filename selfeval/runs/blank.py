"""An empty target table for a year, written where nothing is yet."""

from __future__ import annotations

from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.runs.folders import as_typed
from selfeval.runs.imported import rulebook_of
from selfeval.runs.placing import home_of, write_new
from selfeval.runs.workspace import Workspace
from selfeval.sources.template import template


def write_template(path: Path | None, year: int, workspace: Workspace) -> tuple[Path, tuple[Problem, ...]]:
    """Write the empty table, with the headings of the year's rulebook; a file that is there is left, as a problem.

    Without a path, or with a folder, it gets a name of its own. Raises CannotWriteError and BusyError.
    """
    name = f"绩效目标表_{year}_空白.xlsx"
    target = Path(name) if path is None else path / name if path.is_dir() else path
    if target.suffix.lower() != ".xlsx":
        target = target.with_name(f"{target.name}.xlsx")
    content = template(year, rulebook_of(workspace, year))
    whole = Path.cwd() / target
    folder = whole.parent
    home = folder.parent if folder == workspace.root else home_of(folder, workspace.root)
    if write_new(folder, {whole.name: content}, home):
        other = as_typed(target.with_name(f"{target.stem}2{target.suffix}"))
        return target, (problem("E167", Place(), path=as_typed(target), other=other, year=year),)
    return target, ()
