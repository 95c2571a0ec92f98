"""The sheets of ``targets.xlsx``: which table each holds, and what stands in the cells of a column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from selfeval.domain.tables import Table
from selfeval.domain.targets import CHECKPOINTS, DEPARTMENT, INDICATORS, PLAN, PROJECTS

Kind = Literal["text", "code", "money", "number", "integer", "share"]
KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("unit_code", "project", "indicator", "indicators"), "code"),
    **dict.fromkeys(("budget", "fiscal", "other"), "money"),
    **dict.fromkeys((f"month_{month}" for month in CHECKPOINTS), "share"),
    "seq": "integer",
    "points": "number",
}
"""What a cell of a column holds, by the column's name; text where nothing is said."""
OPTIONAL = ("kind", "points")
"""Columns without which a sheet still reads."""


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, the table whose published columns it holds, and their widths in characters, in order.

    ``carried`` are the columns that a person leaves blank (or merges) where they are the same as in the row above.
    """

    name: str
    table: Table
    widths: tuple[float, ...]
    carried: tuple[str, ...] = ()


SHEETS = (
    Sheet("项目", PROJECTS, (6, 10, 18, 25, 32, 10, 10, 10, 36, 70)),
    Sheet("指标", INDICATORS, (27, 25, 12, 20, 30, 42, 22, 18, 12, 8), ("level1", "level2")),
    Sheet("资金计划", PLAN, (25, 10, 10, 10, 10)),
    Sheet("部门目标", DEPARTMENT, (6, 22, 60, 36, 14, 58), ("seq", "title", "goal")),
)
RECORD_SHEET = "导入记录"
