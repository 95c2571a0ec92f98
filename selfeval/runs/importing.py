"""Import: a target document to the year's target table, never losing the table that was there."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.problems import Problem
from selfeval.runs.publish import write_keeping
from selfeval.runs.workspace import Workspace
from selfeval.sources.imported import Reading
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
    frames = {"项目": targets.projects, "指标": targets.indicators, "部门目标": targets.department}
    counts = {what: len(frame) for what, frame in frames.items()}
    path, kept = None, ""
    if counts["项目"]:
        table = Workspace(root).targets(year)
        buffer = io.BytesIO()
        write_targets(imported, buffer)
        path, kept = Workspace(root).name(table), write_keeping(table, buffer.getvalue())
    return ImportOutcome(path, kept, counts, tuple(map(_line, imported.readings)), imported.problems)


def _line(found: Reading) -> str:
    where = f"第 {found.line} 行" if found.line else "全文"
    return f"{found.project} {found.what}（{where}）：“{found.original}”{found.reading}".strip()
