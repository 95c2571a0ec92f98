"""What the cases of checks are made of: projects in which all is well but for what a case names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Value = str | float | date | None
"""What was reported; None: the cell is blank."""


@dataclass(frozen=True)
class Row:
    """One indicator: its target, and what was reported for it."""

    target: str
    actual: Value = None
    level: Value = None
    percentage: Value = None
    reason: Value = None
    evidence: Value = None
    level1: str = "产出指标"
    level2: str = "数量指标"
    level3: str = ""


DONE = Row("≥3次", 4.0, reason="活动增加")
MET = Row("持续提升", level="达成年度指标", level1="效益指标", level2="社会效益指标")
CONTENT = Row("持续提升", level="达成年度指标", level1="满意度指标", level2="服务对象满意度指标")


@dataclass(frozen=True)
class Project:
    """A project: its indicators, its reported money and its budget in the targets (万元), its result in words."""

    rows: Sequence[Row] = (DONE, MET, CONTENT)
    code: str = "P1"
    initial: float = 100.0
    full_year: float = 100.0
    executed: float = 100.0
    budget: float | None = None
    result: Value = None


@dataclass(frozen=True)
class Case:
    """The projects of a year; ``message`` is what a check that says something of them says, in part or whole."""

    projects: Sequence[Project]
    message: str = ""
