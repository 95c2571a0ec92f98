"""The same targets in every layout that they may lie in: one workbook, one a unit, CSV files, Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from selfeval.domain.tables import Rows
from selfeval.domain.targets import DEPARTMENT, INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.targets_page import SHEETS
from selfeval.sources.targets_workbook import targets_workbook


def sheets_of(targets: Targets) -> dict[str, Rows]:
    """The tables of targets by the names of their sheets."""
    parts = (targets.projects, targets.indicators, targets.plan, targets.department)
    return {sheet.name: rows for sheet, rows in zip(SHEETS, parts, strict=True)}


def one_workbook(targets: Targets, inputs: Path) -> None:
    """``targets.xlsx``."""
    (inputs / "targets.xlsx").write_bytes(targets_workbook(Imported(targets)))


def by_unit(targets: Targets, inputs: Path) -> None:
    """A workbook a unit; the goals of the department stand in the first."""
    units = dict.fromkeys(targets.projects.column("unit_code"))
    for at, unit in enumerate(units):
        own = targets.projects.where("unit_code", {unit}).column("project")
        part = replace(targets.only(own), department=targets.department if at == 0 else DEPARTMENT.rows())
        path = inputs / "targets" / f"{at:04d}_{unit}.xlsx"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(targets_workbook(Imported(part)))


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
                writer.writerow(_printed(record[column.name]) for column in columns)


def as_csv_of_china(targets: Targets, inputs: Path) -> None:
    """CSV files as Excel in China saves them."""
    as_csv(targets, inputs, "gb18030")


def as_parquet(targets: Targets, inputs: Path) -> None:
    """Parquet files."""
    home = inputs / "targets"
    home.mkdir()
    for name, rows in sheets_of(targets).items():
        columns = {column.header: rows.column(column.name) for column in rows.table.published}
        parquet.write_table(
            pa.table({name: pa.array(values) for name, values in columns.items()}), home / f"{name}.parquet"
        )


def _printed(value: Any) -> str:  # a value of a column
    return "" if value is None or value != value else str(value)


LAYOUTS: Mapping[str, Callable[[Targets, Path], None]] = {
    "one workbook": one_workbook,
    "a workbook a unit": by_unit,
    "CSV": as_csv,
    "CSV in GB18030": as_csv_of_china,
    "Parquet": as_parquet,
}

TABLES = {"项目": PROJECTS, "指标": INDICATORS, "资金计划": PLAN, "部门目标": DEPARTMENT}
