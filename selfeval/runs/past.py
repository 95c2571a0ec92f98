"""Published runs: one read back from its folder, and two compared."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from selfeval.domain.difference.differ import Difference, PastRun, differ
from selfeval.domain.problems import PROBLEMS_FILE, Place, Problem, problem
from selfeval.domain.scored_case import PROJECTS_FILE, RESULTS_FILE
from selfeval.domain.tables import Table
from selfeval.packages.files import Unreadable, digest, read_bytes
from selfeval.packages.printable import as_written
from selfeval.runs.execute import default_date
from selfeval.runs.folders import years_with_results
from selfeval.runs.placing import home_of, write_keeping
from selfeval.runs.publish import FORMAT, FORMATS, RECORD, made_before
from selfeval.runs.whole_outputs import TABLE, TOTAL
from selfeval.runs.workspace import Workspace
from selfeval.runs.years import there_are
from selfeval.workbooks.difference import difference_workbook

_TABLES = {table.name: table for table in (RESULTS_FILE, PROJECTS_FILE, PROBLEMS_FILE)}
_OF_WHOLE = {TABLE: RESULTS_FILE, TOTAL: PROJECTS_FILE}
"""The tables of the department's own part, which a run has that evaluated it."""
_KEYS = {RESULTS_FILE: {"project", "indicator"}, PROJECTS_FILE: {"project"}, PROBLEMS_FILE: {"code"}}
"""Without these columns a file is none of ours. Any other column may be missing: a version before it wrote the run."""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MAX_FILE = 512 * 1024 * 1024
"""Bytes of a file of results: those of 100,000 projects. It takes several times as many in memory."""


_YEARS = range(2000, 2101)
_LONGEST_WORD = 1_000
"""Characters of a word of the record: a path, the name of a rulebook or the number of a version."""
_LONGEST = 32_767
"""Characters of a field of a table: as many as a cell of a spreadsheet holds."""
_MOST_ROWS = 500_000
_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?%?", re.ASCII)
"""A number as ``score`` writes it: never 1e9, nan or inf."""
_TOLD = 20
_NUMBERS = frozenset({"percent", "points", "amount"})


class _UnreadableError(ValueError):
    """A file of the folder is not what ``score`` writes; the text says why."""


def read_run(folder: Path, name: str) -> tuple[PastRun | None, tuple[Problem, ...]]:
    """The run in a folder; None, with the reasons, when it is none. ``name`` is what messages call the folder.

    The department's own part stands behind the projects. A table that is not the one the record was written with is
    read, and a problem says so.
    """
    written = made_before(folder)
    tables = {RECORD: None} | _TABLES | {file: table for file, table in _OF_WHOLE.items() if file in written}
    missing = [file for file in tables if not (folder / file).is_file()]
    if missing:
        known = there_are("评分结果", years_with_results(folder.parent))
        return None, (problem("E620", Place(file=name), path=name, missing="、".join(missing), known=known),)
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
            why = str(error) if isinstance(error, _UnreadableError) else "不是 selfeval score 写出的格式"
            problems.append(problem("E621", Place(file=f"{name}/{file}"), file=f"{name}/{file}", why=why))
    if problems:
        return None, tuple(problems)
    record, results, projects, found = (read[file] for file in (RECORD, *_TABLES))
    results, projects = (*results, *read.get(TABLE, ())), (*projects, *read.get(TOTAL, ()))
    rulebook, versions = (
        known if isinstance(known := record.get(key), dict) else {} for key in ("rulebook", "versions")
    )
    past = PastRun(
        name,
        record["year"],
        rulebook.get("id", ""),
        rules=_hashes(record.get("rules")),
        inputs=_hashes(record.get("inputs")),
        versions=versions,
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
    text = data.decode("utf-8")
    record = json.loads(text)
    if not isinstance(record, dict) or record.get("format") not in [*FORMATS]:  # which may be a list
        raise _UnreadableError(f"的格式不是{FORMAT}")
    lines, year = text.splitlines(), record.get("year")
    at = next((f"第{number}行" for number, line in enumerate(lines, start=1) if '"year"' in line), "")
    if not isinstance(year, int) or isinstance(year, bool) or year not in _YEARS:
        raise _UnreadableError(f"{at and f'的{at}'}的年度（year）不是{_YEARS[0]}到{_YEARS[-1]}的整数")
    parts = {key: part for key in ("rulebook", "versions") if isinstance(part := record.get(key), dict)}
    words = [("rulebook.id", parts.get("rulebook", {}).get("id", "")), *_named("versions", parts.get("versions", {}))]
    words += [
        (f"{key}.{what}", file[what])
        for key in ("rules", "inputs", "outputs")
        for file in _files(record.get(key))
        for what in ("path", "sha256")
        if what in file
    ]
    for what, word in words:
        if not isinstance(word, str) or len(word) > _LONGEST_WORD:
            raise _UnreadableError(f"的{what}不是文字，或者太长")
    return record


def _named(what: str, words: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The keys and the values of a part of the record, each of which is to be a word."""
    for key, word in words.items():
        yield what, key
        yield what, word


def _rows(data: bytes, table: Table) -> list[dict[str, str]]:
    """The rows by the names of the columns, whatever their order; columns that are not known are passed over."""
    lines = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    try:
        return _read_rows(((lines.line_num, line) for line in lines), table)
    except csv.Error:
        raise _UnreadableError(f"的第{lines.line_num}行不是 CSV 的写法") from None


def _read_rows(lines: Iterator[tuple[int, list[str]]], table: Table) -> list[dict[str, str]]:
    """The rows of the lines, each with its number."""
    names = {column.header: column.name for column in table.columns}
    header = [names.get(title, "") for title in next(lines, (0, []))[1]]
    absent = [column.header for column in table.columns if column.name in _KEYS[table] - {*header}]
    if absent:
        raise _UnreadableError(f"没有“{'、'.join(absent)}”列")
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for number, row in lines:
        if len(row) != len(header):
            raise _UnreadableError(f"的第{number}行有{len(row)}列，表头有{len(header)}列")
        if len(rows) >= _MOST_ROWS:
            raise _UnreadableError(f"超过{_MOST_ROWS}行")
        read = {name: as_written(text) for name, text in zip(header, row, strict=True) if name}
        for column in table.columns:
            value = read.get(column.name, "")
            if len(value) > _LONGEST:
                raise _UnreadableError(f"的第{number}行“{column.header}”有{len(value)}字，太长")
            if value and column.shown in _NUMBERS and not _NUMBER.fullmatch(value):
                raise _UnreadableError(f"的第{number}行“{column.header}”不是数：{value[:_TOLD]}")
        key = (str(len(rows)),) if table is PROBLEMS_FILE else tuple(read[name] for name in sorted(_KEYS[table]))
        if key in rows:
            raise _UnreadableError(f"的第{number}行与前面的一行重复")
        rows[key] = read
    return list(rows.values())


def _files(listed: object) -> Iterator[dict[str, Any]]:
    """The files that a part of the record lists, as JSON holds them."""
    yield from (file for file in (listed if isinstance(listed, list) else ()) if isinstance(file, dict))


def _hashes(listed: object) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in _files(listed) if {"path", "sha256"} <= {*file}}


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
