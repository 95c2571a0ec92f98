"""Telling which files of ours somebody had changed, and under which name each was kept."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from selfeval.domain.problems import Place, Problem, problem
from selfeval.runs.workspace import Workspace


def changed_since(folder: Path, kept: Mapping[str, str], workspace: Workspace) -> tuple[Problem, ...]:
    """A problem for each file of a folder (its name, and that of its copy) that was not as a run had written it."""
    named = ((workspace.name(folder / name), copy) for name, copy in kept.items())
    return tuple(problem("W617", Place(file=file), file=file, kept=copy) for file, copy in named)
