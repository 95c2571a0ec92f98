"""A run that was published, as its files hold it: every value is the text of ``results.csv`` and its neighbours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Record = Mapping[str, str]
"""One row of a published table, by the names of its columns. A column that the file has not is not in it."""


@dataclass(frozen=True)
class PastRun:
    """One run. ``name`` is what people call it (the folder); ``results`` are by project and indicator.

    ``rules`` and ``inputs`` map a path to its SHA-256, ``versions`` a package to its version. ``results`` holds rows of
    RESULTS_FILE, ``projects`` of PROJECTS_FILE, ``problems`` of PROBLEMS_FILE.
    """

    name: str
    year: int
    rulebook: str
    rules: Mapping[str, str]
    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    results: Mapping[tuple[str, str], Record]
    projects: Mapping[str, Record]
    problems: tuple[Record, ...]
