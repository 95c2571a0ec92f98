"""A published run, read back from its folder."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

from selfeval.domain.difference.past import PastRun
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem, problem
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Table
from selfeval.runs.publish import RECORD
from selfeval.runs.record import FORMAT, FORMATS
from selfeval.runs.results import as_written

_TABLES = (RESULTS_FILE, PROJECTS_FILE, PROBLEMS_FILE)
_KEYS = {"results.csv": {"project", "indicator"}, "projects.csv": {"project"}, "problems.csv": {"code"}}
"""Without these columns a file is none of ours. Any other column may be missing: a version before it wrote the run."""
_MAX_FILE = 512 * 1024 * 1024


class _UnreadableError(Exception):
    """A file of the folder is not what ``score`` writes; the text says why."""


def read_run(folder: Path, name: str) -> tuple[PastRun | None, tuple[Problem, ...]]:
    """The run in a folder; None, with the reasons, when it is none. ``name`` is what messages call the folder."""
    files = [RECORD, *(table.name for table in _TABLES)]
    missing = [file for file in files if not (folder / file).is_file()]
    if missing:
        return None, (problem("E620", Place(file=name), path=name, missing="、".join(missing)),)
    problems: list[Problem] = []
    read: dict[str, Any] = {}  # the record as JSON holds it, and the rows of each table
    for file, table in zip(files, (None, *_TABLES), strict=True):
        try:
            read[file] = _record(folder / file) if table is None else _rows(folder / file, table)
        except (_UnreadableError, OSError, UnicodeDecodeError, ValueError, csv.Error) as error:
            why = str(error) if isinstance(error, _UnreadableError) else "不是 selfeval score 写出的样子"
            problems.append(problem("E621", Place(file=f"{name}/{file}"), file=f"{name}/{file}", why=why))
    if problems:
        return None, tuple(problems)
    record, results, projects, told = read.values()
    rulebook, versions = record.get("rulebook"), record.get("versions")
    past = PastRun(
        name=name,
        year=record["year"],
        rulebook=str(rulebook.get("id", "")) if isinstance(rulebook, dict) else "",
        rules=_hashes(record.get("rules")),
        inputs=_hashes(record.get("inputs")),
        versions={str(one): str(two) for one, two in versions.items()} if isinstance(versions, dict) else {},
        results={(row["project"], row["indicator"]): row for row in results},
        projects={row["project"]: row for row in projects},
        problems=tuple(told),
    )
    return past, ()


def _record(path: Path) -> dict[str, object]:
    _check_size(path)
    record = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(record, dict) or record.get("format") not in FORMATS or not isinstance(record.get("year"), int):
        raise _UnreadableError(f"的格式不是 {FORMAT}")
    return record


def _rows(path: Path, table: Table) -> list[dict[str, str]]:
    """The rows by the names of the columns, whatever their order; columns that are not known are passed over."""
    _check_size(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        names = {column.header: column.name for column in table.columns}
        header = [names.get(title, "") for title in next(lines, [])]
        absent = [column.header for column in table.columns if column.name in _KEYS[table.name] - {*header}]
        if absent:
            raise _UnreadableError(f"没有「{'、'.join(absent)}」列")
        return [{name: as_written(text) for name, text in zip(header, row, strict=False) if name} for row in lines]


def _check_size(path: Path) -> None:
    if path.stat().st_size > _MAX_FILE:
        raise _UnreadableError("太大")


def _hashes(listed: object) -> dict[str, str]:
    if not isinstance(listed, list):
        return {}
    return {
        str(one["path"]): str(one["sha256"]) for one in listed if isinstance(one, dict) and {"path", "sha256"} <= {*one}
    }
