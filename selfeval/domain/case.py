"""One project of a year: what it promised, and what was reported for it. The unit of everything that is scored."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import pandas as pd

from selfeval.domain.problems import Problem, by_project
from selfeval.domain.reading.quantity import SAYS_NOTHING, normalise
from selfeval.domain.reported import Reported
from selfeval.domain.targets import CHECKPOINTS, Targets

_NAN = float("nan")
_HEAD_OFFICE = "本级"
_DEPARTMENT_DIGITS = 3


@dataclass(frozen=True)
class Project:
    """A row of PROJECTS: money in 万元, NaN where not known."""

    seq: int | None
    unit_code: str
    unit_name: str
    project: str
    name: str
    budget: float
    fiscal: float
    other: float
    purpose: str
    goal: str


@dataclass(frozen=True)
class Indicator:
    """A row of INDICATORS: what is promised, as printed. ``points`` is the 分值 of the table, NaN where blank."""

    indicator: str
    project: str
    level1: str
    level2: str
    level3: str
    description: str
    target: str
    basis: str
    kind: str
    points: float
    cell: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One reported value and where it stands; ``form`` (how the cell holds it) is blank when nothing was found."""

    text: str = ""
    number: float = math.nan
    form: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


NOTHING = Cell()


@dataclass(frozen=True)
class Case:
    """A project with its plan and reports.

    ``plan`` has four cumulative shares for CHECKPOINTS (NaN: blank). ``funds`` are by FUND_ITEMS, ``payments`` by
    month, ``answers`` by (指标编号, ACTUAL_ITEMS), ``narrative`` by NARRATIVE_ITEMS. ``problems`` are what the readers
    said of this project; ``targets_file`` is where the targets stand, ``department`` the supervising department.
    """

    year: int
    project: Project
    indicators: tuple[Indicator, ...]
    plan: tuple[float, ...] = (_NAN,) * len(CHECKPOINTS)
    funds: Mapping[str, Cell] = field(default_factory=dict)
    payments: Mapping[int, Cell] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    narrative: Mapping[str, Cell] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    targets_file: str = ""
    department: str = ""

    @property
    def code(self) -> str:
        """项目编码."""
        return self.project.project

    @property
    def sent(self) -> bool:
        """Whether anything at all was looked at for it: a form, or rows of a table."""
        parts = (self.funds, self.payments, self.answers, self.narrative)
        return any(cell.form for part in parts for cell in part.values())

    def answer(self, indicator: str, item: str) -> Cell:
        """The cell of an item of an indicator; an empty one when nothing was found."""
        return self.answers.get((indicator, item), NOTHING)

    def reason(self, indicator: str) -> str:
        """The 偏差原因 when it says something: blank for 无, / and the like."""
        text = self.answer(indicator, "reason").text.strip()
        return "" if normalise(text) in SAYS_NOTHING else text

    def told_reason(self, indicator: str) -> str:
        """The 偏差原因 as written, with its category before it when one was picked."""
        category, text = (self.answer(indicator, item).text.strip() for item in ("category", "reason"))
        return f"〔{category}〕{text}" if category and text else text

    def told(self, item: str) -> str:
        """The text of an item of NARRATIVE_ITEMS, stripped."""
        return self.narrative.get(item, NOTHING).text.strip()

    @property
    def mark(self) -> str:
        """What must be printed wherever its figures are, such as 示例数据; blank for real data."""
        return self.told("mark")


def cases(targets: Targets, reported: Reported) -> Iterator[Case]:
    """The projects of a year, in document order. Every table is gone through once."""
    indicators = _by_project(targets.indicators)
    plans = _by_project(targets.plan)
    funds, payments = _cells(reported.funds, "item"), _cells(reported.payments, "month")
    answers, narrative = _cells(reported.actuals, "indicator", "item"), _cells(reported.narrative, "item")
    problems = by_project(reported.problems)
    departments = departments_of(targets)
    for record in _records(targets.projects):
        code = record["project"]
        yield Case(
            targets.year,
            Project(**record),
            tuple(Indicator(**row) for row in indicators.get(code, ())),
            next((plan_of(row) for row in plans.get(code, ())), (_NAN,) * len(CHECKPOINTS)),
            funds.get(code, {}),
            payments.get(code, {}),
            answers.get(code, {}),
            narrative.get(code, {}),
            tuple(problems.get(code, ())),
            targets.file,
            departments.get(record["unit_code"], ""),
        )


def promised_cases(targets: Targets) -> Iterator[Case]:
    """The projects of a year before anything is reported."""
    return cases(targets, Reported())


def plan_of(row: Mapping[str, Any]) -> tuple[float, ...]:
    """The four shares of a row of PLAN."""
    return tuple(float(row[f"month_{month}"]) for month in CHECKPOINTS)


def departments_of(targets: Targets) -> dict[str, str]:
    """The supervising department of each unit, by 单位编码: the one whose 本级 is listed under the same first digits.

    Codes of units begin with that of their department (324001 承德市司法局本级 of 324 承德市司法局). A unit is left out
    when no 本级 is listed: a name is never guessed.
    """
    units = dict(zip(targets.projects["unit_code"].tolist(), targets.projects["unit_name"].tolist(), strict=True))
    pairs = zip(targets.projects["unit_code"].tolist(), targets.projects["unit_name"].tolist(), strict=True)
    heads: dict[str, str] = {}
    for code, name in pairs:
        if code and name.endswith(_HEAD_OFFICE):
            heads.setdefault(code[:_DEPARTMENT_DIGITS], name.removesuffix(_HEAD_OFFICE))
    return {code: heads[code[:_DEPARTMENT_DIGITS]] for code in units if code[:_DEPARTMENT_DIGITS] in heads and code}


def _by_project(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in _records(frame):
        found.setdefault(record["project"], []).append(record)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a declared table as plain Python values; a missing integer is None."""
    names = frame.columns.tolist()
    return [dict(zip(names, values, strict=True)) for values in _rows(frame, *names)]


def _cells(frame: pd.DataFrame, *keys: str) -> dict[str, dict[Any, Cell]]:
    """The cells of a reported table by project, then by what stands in the columns ``keys``."""
    found: dict[str, dict[Any, Cell]] = {}
    named = _rows(frame, *keys) if len(keys) > 1 else _plain(frame[keys[0]])
    cells = _rows(frame, *(part.name for part in fields(Cell)))
    for project, key, cell in zip(frame["project"].tolist(), named, cells, strict=True):
        found.setdefault(project, {})[key] = Cell(*cell)
    return found


def _rows(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(_plain(frame[name]) for name in names), strict=True)


def _plain(column: pd.Series) -> list[Any]:
    # the one NaN of math: its identity lets a text that was read before be found again
    blank = math.nan if column.dtype == "float64" else None
    return column.astype(object).where(column.notna(), blank).tolist()
