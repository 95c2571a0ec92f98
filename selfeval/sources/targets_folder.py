"""A folder of tables of targets: workbooks, and folders of CSV or Parquet files, together the targets of a year."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from selfeval.domain.faults import unless_faulty
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.targets import Targets
from selfeval.packages.clutter import is_clutter
from selfeval.packages.workbook import read_large
from selfeval.sources.targets_fields import FieldLines
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_parquet import ParquetLines
from selfeval.sources.targets_reader import Reading
from selfeval.sources.targets_tables import FilesTable, Lines, TargetTable, WorkbookTable

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
"""Endings of what is read as a workbook, or told that it cannot be."""
_LINES: Mapping[str, Callable[[Path, str], Lines]] = {".csv": FieldLines, ".parquet": ParquetLines}
_PARTS = frozenset(sheet.name for sheet in SHEETS)
_BOTH = "文件夹里既有 .csv 又有 .parquet 的表，不能确定以哪一种为准"

Found = Callable[[], TargetTable] | Problem
"""A table, to be opened when its turn comes, or what is to be told in its place."""


def read_folder(folder: Path, year: int, name: str) -> tuple[Targets | None, tuple[Problem, ...]]:
    """The targets in a folder of tables, by path, then as in the table; None where none of the tables can be used.

    ``name`` is the workspace-relative path of the folder. What is wrong with a table is told of it, and only its own
    projects are not scored. Nothing is raised.
    """
    reading = Reading(year, name, several=True)
    for table in tables_in(folder, name):
        found = unless_faulty(Place(file=name), _taken, reading, table)
        if isinstance(found, Problem):
            reading.tell(found)
    return reading.targets() if reading.sound else None, tuple(reading.problems)


def _taken(reading: Reading, table: Found) -> None:
    if isinstance(table, Problem):
        reading.tell(table)
    else:
        reading.take(table())


def tables_in(folder: Path, name: str) -> Iterator[Found]:
    """The tables in a folder by path, and what else is to be told of it."""
    faults: list[OSError] = []
    found: list[tuple[tuple[str, ...], Found]] = []
    for top, folders, files in os.walk(folder, onerror=faults.append):
        below = Path(top).relative_to(folder)
        folders[:] = sorted(one for one in folders if not is_clutter(one))
        linked = [one for one in folders if (Path(top) / one).is_symlink()]
        seen = sorted(one for one in files if not is_clutter(one))
        found += _in_one(Path(top), below, [*seen, *linked], name)
    for fault in faults:
        where = Path(str(fault.filename)).relative_to(folder)
        found.append((where.parts, _unread(f"{name}/{where.as_posix()}", "打不开这个文件夹", "请核对权限，再试")))
    yield from (table for _, table in sorted(found, key=lambda one: one[0]))


def _in_one(top: Path, below: Path, names: list[str], name: str) -> Iterator[tuple[tuple[str, ...], Found]]:
    """What lies in one folder: its place in the order, and the table or the problem."""
    parts: dict[str, dict[str, Path]] = {}
    for file in names:
        path, shown = top / file, (below / file).as_posix()
        suffix = path.suffix.lower()
        if path.is_symlink():
            cure = "请把文件本身复制到这个文件夹里"
            yield (*below.parts, file), _unread(f"{name}/{shown}", "是指向别处的快捷方式（符号链接），未读取", cure)
        elif suffix in WORKBOOKS:
            yield (*below.parts, file), _workbook(path, shown)
        elif suffix in _LINES and path.stem in _PARTS and path.stem not in parts.get(suffix, ()):
            parts.setdefault(suffix, {})[path.stem] = path
        else:
            yield (*below.parts, file), problem("W161", Place(file=f"{name}/{shown}"), name=file)
    home = "" if below == Path() else below.as_posix()
    if len(parts) > 1:
        yield below.parts, _unread(f"{name}/{home}".rstrip("/"), _BOTH, "请只留一种，其余移出这个文件夹")
        return
    for suffix, files in parts.items():
        yield below.parts, _files(home, suffix, files)


def _unread(file: str, reason: str, cure: str) -> Problem:
    return problem("E169", Place(file=file), reason=reason, cure=cure)


def _workbook(path: Path, name: str) -> Callable[[], TargetTable]:
    return lambda: WorkbookTable(read_large(path), name)


def _files(home: str, suffix: str, files: Mapping[str, Path]) -> Callable[[], TargetTable]:
    return lambda: FilesTable(home, suffix, files, _LINES[suffix])
