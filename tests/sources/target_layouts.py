"""The same targets in every layout that they may lie in: one workbook, one a unit, CSV files, Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from selfeval.domain.problems import Problem
from selfeval.domain.tables import Rows
from selfeval.domain.targets import DEPARTMENT, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.targets_folder import read_folder
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_reader import read_targets, usable
from selfeval.sources.targets_workbook import targets_workbook


def sheets_of(targets: Targets) -> dict[str, Rows]:
    """The tables of targets by the names of their sheets."""
    parts = (targets.projects, targets.indicators, targets.plan, targets.department)
    return {sheet.name: rows for sheet, rows in zip(SHEETS, parts, strict=True)}


def of_unit(targets: Targets, unit: str) -> list[str]:
    """The projects of a unit."""
    return [project for project, code in targets.projects.columns("project", "unit_code") if code == unit]


def workbook_to(path: Path, targets: Targets) -> Path:
    """A workbook of targets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(targets_workbook(Imported(targets)))
    return path


def one_workbook(targets: Targets, inputs: Path) -> None:
    """``targets.xlsx``."""
    workbook_to(inputs / "targets.xlsx", targets)


def by_unit(targets: Targets, inputs: Path) -> None:
    """A workbook a unit; the goals of the department stand in the first."""
    for at, unit in enumerate(dict.fromkeys(targets.projects.column("unit_code"))):
        part = replace(
            targets.only(of_unit(targets, unit)), department=targets.department if at == 0 else DEPARTMENT.rows()
        )
        workbook_to(inputs / "targets" / f"{at}_{unit}.xlsx", part)


def as_csv(targets: Targets, inputs: Path, encoding: str = "utf-8-sig") -> None:
    """CSV files."""
    home = inputs / "targets" / "全县"
    home.mkdir(parents=True)
    for name, rows in sheets_of(targets).items():
        columns = rows.table.published
        with (home / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file)
            writer.writerow(column.header for column in columns)
            for record in rows.records:
                writer.writerow(column.printed(record[column.name]) for column in columns)


def as_csv_of_china(targets: Targets, inputs: Path) -> None:
    """CSV files as Excel in China saves them."""
    as_csv(targets, inputs, "gb18030")


def as_parquet(targets: Targets, inputs: Path) -> None:
    """Parquet files."""
    home = inputs / "targets"
    home.mkdir(parents=True)
    for name, rows in sheets_of(targets).items():
        columns = {column.header: pa.array(rows.column(column.name)) for column in rows.table.published}
        parquet.write_table(pa.table(columns), home / f"{name}.parquet")


LAYOUTS: Mapping[str, Callable[[Targets, Path], None]] = {
    "one workbook": one_workbook,
    "a workbook a unit": by_unit,
    "CSV": as_csv,
    "CSV in GB18030": as_csv_of_china,
    "Parquet": as_parquet,
}


def read_any(inputs: Path) -> tuple[Targets | None, tuple[Problem, ...]]:
    """The targets that lie in a folder of inputs; None where they cannot be used."""
    folder = inputs / "targets"
    if folder.exists():
        return read_folder(folder, 2024, "inputs/2024/targets")
    targets, problems = read_targets(inputs / "targets.xlsx", 2024, "inputs/2024/targets.xlsx")
    return (targets if usable(targets, problems) else None), problems
