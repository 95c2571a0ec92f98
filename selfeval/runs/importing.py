"""Import: a target document to the year's target table, never losing the table that was there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem
from selfeval.runs.placing import write_keeping
from selfeval.runs.workspace import Workspace
from selfeval.sources.imported import Reading
from selfeval.sources.read import read_file
from selfeval.sources.targets_workbook import targets_workbook


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: the table written (None: nothing), the name of one kept, readings as lines, counts."""

    path: str | None
    kept: str
    counts: dict[str, int]
    readings: tuple[str, ...]
    problems: tuple[Problem, ...]


def import_document(file: Path, year: int, root: Path) -> ImportOutcome:
    """Write ``inputs/<year>/targets.xlsx`` from a document, keeping a different one there.

    Raises CannotWriteError and BusyError.
    """
    imported = unless_faulty(Place(file=file.name), read_file, file, year)
    if isinstance(imported, Problem):
        return ImportOutcome(None, "", {}, (), (imported,))
    targets = imported.targets
    frames = {"项目": targets.projects, "指标": targets.indicators, "部门目标": targets.department}
    counts = {what: len(frame) for what, frame in frames.items()}
    path, kept = None, ""
    if counts["项目"]:
        table = Workspace(root).targets(year)
        path, kept = Workspace(root).name(table), write_keeping(table, targets_workbook(imported), root)
    return ImportOutcome(path, kept, counts, tuple(map(_line, imported.readings)), imported.problems)


def _line(reading: Reading) -> str:
    spot = reading.spot
    where = f"第{spot.only_line}行" if spot.only_line else str(spot) or "全文"
    original = f"原文“{reading.original}”，" if reading.original else ""
    return f"{reading.project} {reading.what}（{where}）：{original}{reading.reading}".strip()
