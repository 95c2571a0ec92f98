"""Whose a folder is: whether ``score`` made what lies in it, and what may not be written over."""

from __future__ import annotations

import json
from pathlib import Path

from selfeval.packages.files import is_lock
from selfeval.runs.workspace import Workspace

RECORD = "run.json"
_FORMAT = "selfeval.run."
_SYSTEM = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def record_of(folder: Path) -> dict[str, object]:
    """The record of the run whose results lie in the folder; empty when there is none of ours."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    ours = isinstance(record, dict) and str(record.get("format", "")).startswith(_FORMAT)
    return record if ours and isinstance(record.get("outputs"), list) else {}


def is_foreign(folder: Path) -> bool:
    """Whether a folder holds files, but not the results of a run: nothing in it is ours to replace."""
    if not folder.is_dir() or record_of(folder):
        return False
    return any(one.name not in _SYSTEM and not is_lock(one.name) for one in folder.iterdir())


def covered(folder: Path) -> int:
    """How many projects the results in the folder cover; 0 when there are none."""
    counts = record_of(folder).get("counts")
    number = counts.get("projects") if isinstance(counts, dict) else None
    return number if isinstance(number, int) else 0


def is_published(workspace: Workspace, folder: Path) -> bool:
    """Whether a folder lies in the workspace's outputs or holds results: only ``score`` of a year writes there."""
    outputs = (workspace.root / "outputs").resolve()
    return folder.resolve().is_relative_to(outputs) or (folder / RECORD).exists()


def would_lose(workspace: Workspace, folder: Path, year: int, projects: int) -> bool:
    """Whether writing the results of a few projects into a folder would take those of more projects away."""
    return folder.resolve() == workspace.outputs(year).resolve() or covered(folder) > projects
