"""Import: a target document to the year's target table, never losing the table that was there."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.runs.publish import write_keeping
from selfeval.runs.workspace import Workspace
from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from selfeval.sources.targets_workbook import write_targets


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did. ``path`` is None when nothing was written; ``kept`` is the name of a table set aside.

    ``readings`` are the inferred readings as lines; ``counts`` what was read, by its Chinese name.
    """

    path: str | None
    kept: str
    counts: dict[str, int]
    readings: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_document(file: Path, year: int, root: Path) -> ImportOutcome:
    """Read a document and write ``inputs/<year>/targets.xlsx`` below ``root``.

    A different table that is there already is renamed ``targets.旧1.xlsx`` (旧2, …), because an analyst may have
    corrected it by hand. Raises CannotWriteError.
    """
    imported = read_file(file, year)
    targets = imported.targets
    counts = {
        "项目": len(targets.projects),
        "指标": len(targets.indicators),
        "部门目标": len(targets.department),
    }
    readings = tuple(_line(imported, i) for i in range(len(imported.readings)))
    if not len(targets.projects):
        return ImportOutcome(None, "", counts, readings, imported.problems)
    workspace = Workspace(root)
    path = workspace.targets(year)
    buffer = io.BytesIO()
    write_targets(imported, buffer)
    kept = write_keeping(path, buffer.getvalue())
    return ImportOutcome(workspace.name(path), kept, counts, readings, imported.problems)


def _line(imported: Imported, i: int) -> str:
    one = imported.readings[i]
    where = f"第 {one.line} 行" if one.line else "全文"
    return f"{one.project} {one.what}（{where}）：“{one.original}”{one.reading}".strip()
