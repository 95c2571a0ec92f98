"""Published runs: one read back from its folder, and two compared."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

from selfeval.domain.difference.differ import Difference, PastRun, differ
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem, problem
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Table
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.printable import as_written
from selfeval.runs.execute import default_date
from selfeval.runs.placing import home_of, write_keeping
from selfeval.runs.publish import FORMAT, FORMATS, RECORD
from selfeval.runs.workspace import Workspace
from selfeval.workbooks.difference import difference_workbook

_TABLES = (RESULTS_FILE, PROJECTS_FILE, PROBLEMS_FILE)
_KEYS = {RESULTS_FILE: {"project", "indicator"}, PROJECTS_FILE: {"project"}, PROBLEMS_FILE: {"code"}}
"""Without these columns a file is none of ours. Any other column may be missing: a version before it wrote the run."""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MAX_FILE = 32 * 1024 * 1024
"""Bytes of a file of results: those of 10,000 projects. It takes several times as many in memory."""


class _UnreadableError(ValueError):
    """A file of the folder is not what ``score`` writes; the text says why."""


def read_run(folder: Path, name: str) -> tuple[PastRun | None, tuple[Problem, ...]]:
    """The run in a folder; None, with the reasons, when it is none. ``name`` is what messages call the folder.

    A table that is not the one the record was written with is read, and a problem says so.
    """
    tables = {RECORD: None} | {table.name: table for table in _TABLES}
    missing = [file for file in tables if not (folder / file).is_file()]
    if missing:
        return None, (problem("E620", Place(file=name), path=name, missing="、".join(missing)),)
    problems: list[Problem] = []
    read: dict[str, Any] = {}  # the record as JSON holds it, and the rows of each table
    proofs: dict[str, str] = {}
    for file, table in tables.items():
        try:
            data = read_bytes(folder / file, _MAX_FILE)
            if isinstance(data, Unreadable):
                raise _UnreadableError("太大" if (folder / file).stat().st_size > _MAX_FILE else data.reason)
            proofs[file] = digest(data)
            read[file] = _record(data) if table is None else _rows(data, table)
        except (OSError, ValueError, RecursionError, csv.Error) as error:  # JSON may be nested without end
            why = str(error) if isinstance(error, _UnreadableError) else "不是 selfeval score 写出的样子"
            problems.append(problem("E621", Place(file=f"{name}/{file}"), file=f"{name}/{file}", why=why))
    if problems:
        return None, tuple(problems)
    record, results, projects, found = read.values()
    rulebook, versions = (
        known if isinstance(known := record.get(key), dict) else {} for key in ("rulebook", "versions")
    )
    past = PastRun(
        name,
        record["year"],
        str(rulebook.get("id", "")),
        rules=_hashes(record.get("rules")),
        inputs=_hashes(record.get("inputs")),
        versions={str(package): str(version) for package, version in versions.items()},
        results={(row["project"], row["indicator"]): row for row in results},
        projects={row["project"]: row for row in projects},
        problems=tuple(found),
    )
    recorded = _hashes(record.get("outputs"))
    facts = {"record": f"{name}/{RECORD}", "year": record["year"]}
    changed = [file for file, proof in proofs.items() if recorded.get(file, proof) != proof]
    return past, tuple(
        problem("W616", Place(file=f"{name}/{file}"), file=f"{name}/{file}", **facts) for file in changed
    )


def _record(data: bytes) -> dict[str, object]:
    record = json.loads(data.decode("utf-8"))
    if not isinstance(record, dict) or record.get("format") not in FORMATS or not isinstance(record.get("year"), int):
        raise _UnreadableError(f"的格式不是 {FORMAT}")
    return record


def _rows(data: bytes, table: Table) -> list[dict[str, str]]:
    """The rows by the names of the columns, whatever their order; columns that are not known are passed over."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    names = {column.header: column.name for column in table.columns}
    header = [names.get(title, "") for title in next(lines, [])]
    absent = [column.header for column in table.columns if column.name in _KEYS[table] - {*header}]
    if absent:
        raise _UnreadableError(f"没有「{'、'.join(absent)}」列")
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for row in lines:
        if len(row) != len(header):
            raise _UnreadableError(f"的第 {lines.line_num} 行有 {len(row)} 格，表头有 {len(header)} 格")
        read = {name: as_written(text) for name, text in zip(header, row, strict=True) if name}
        key = (str(len(rows)),) if table is PROBLEMS_FILE else tuple(read[name] for name in sorted(_KEYS[table]))
        if key in rows:
            raise _UnreadableError(f"的第 {lines.line_num} 行与前面的一行重复")
        rows[key] = read
    return list(rows.values())


def _hashes(listed: object) -> dict[str, str]:
    files = listed if isinstance(listed, list) else []
    known = (file for file in files if isinstance(file, dict) and {"path", "sha256"} <= {*file})
    return {str(file["path"]): str(file["sha256"]) for file in known}


def _folder_of(workspace: Workspace, text: str) -> Path:
    if _YEAR.fullmatch(text):
        return workspace.outputs(int(text))
    inside = workspace.root / text
    return inside if inside.is_dir() or not Path(text).is_dir() else Path(text)


def difference_of(workspace: Workspace, old: str, new: str) -> tuple[Difference | None, tuple[Problem, ...]]:
    """What changed between two runs, by folder or year, and what is doubtful about them.

    None, with the reasons, when one of them cannot be read.
    """
    first, second = _folder_of(workspace, old), _folder_of(workspace, new)
    if workspace.name(first) != workspace.name(second):
        old, new = workspace.name(first), workspace.name(second)
    # else: two folders outside the workspace that bear the same name are called as they were given
    (before, wrong), (after, more) = read_run(first, old), read_run(second, new)
    found = tuple(dict.fromkeys((*wrong, *more)))  # a run beside itself
    return (None if before is None or after is None else differ(before, after)), found


def write_difference(difference: Difference, path: Path, root: Path) -> None:
    """Write the comparison as a workbook, keeping another file of that name. Raises CannotWriteError, BusyError."""
    book = difference_workbook(difference, default_date(difference.new.year))
    write_keeping(path, book, home_of(path, root))
