"""One project of a year: what it promised, and what was reported for it. The unit of everything that is scored."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from selfeval.domain.problems import Problem, by_project
from selfeval.domain.reading.quantity import SAYS_NOTHING, normalise
from selfeval.domain.reported import Reported
from selfeval.domain.targets import CHECKPOINTS, Indicator, Project, Targets

_NAN = float("nan")
_HEAD_OFFICE = "本级"
_DEPARTMENT_DIGITS = 3


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
class Reports:
    """What one project reported; a value that was looked for and found blank has a cell with the form ``blank``.

    ``funds`` are by FUND_ITEMS, ``payments`` by month, ``answers`` by (指标编号, ACTUAL_ITEMS), ``narrative`` by
    NARRATIVE_ITEMS.
    """

    funds: dict[str, Cell] = field(default_factory=dict)
    payments: dict[int, Cell] = field(default_factory=dict)
    answers: dict[tuple[str, str], Cell] = field(default_factory=dict)
    narrative: dict[str, Cell] = field(default_factory=dict)

    def cells(self) -> Iterator[Cell]:
        """Every cell."""
        for part in (self.funds, self.payments, self.answers, self.narrative):
            yield from part.values()

    @property
    def filled(self) -> bool:
        """Whether anything but the mark is filled in."""
        mark = self.narrative.get("mark")
        return any(cell.form not in {"", "blank"} and cell is not mark for cell in self.cells())


@dataclass(frozen=True)
class Case:
    """A project with its plan and reports.

    ``plan`` has four cumulative shares for CHECKPOINTS (NaN: blank). ``problems`` are what the readers said of this
    project; ``targets_file`` is where the targets stand, ``department`` the supervising department.
    """

    year: int
    project: Project
    indicators: tuple[Indicator, ...]
    plan: tuple[float, ...] = (_NAN,) * len(CHECKPOINTS)
    reports: Reports = field(default_factory=Reports)
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
        return any(cell.form for cell in self.reports.cells())

    def answer(self, indicator: str, item: str) -> Cell:
        """The cell of an item of an indicator; an empty one when nothing was found."""
        return self.reports.answers.get((indicator, item), NOTHING)

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
        return self.reports.narrative.get(item, NOTHING).text.strip()

    @property
    def mark(self) -> str:
        """What must be printed wherever its figures are, such as 示例数据; blank for real data."""
        return self.told("mark")


def cases(
    targets: Targets, reports: Mapping[str, Reports] | None = None, problems: Iterable[Problem] = ()
) -> Iterator[Case]:
    """The projects of a year, in document order, with what each reported and what its readers said of it."""
    indicators, plans, told = _by_project(targets.indicators), _by_project(targets.plan), by_project(problems)
    departments = departments_of(targets)
    for record in records(targets.projects):
        code = record["project"]
        reported = None if reports is None else reports.get(code)
        yield Case(
            targets.year,
            Project(**record),
            tuple(Indicator(**row) for row in indicators.get(code, ())),
            next((plan_of(row) for row in plans.get(code, ())), (_NAN,) * len(CHECKPOINTS)),
            Reports() if reported is None else reported,
            tuple(told.get(code, ())),
            targets.file,
            departments.get(record["unit_code"], ""),
        )


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


def reports_of(reported: Reported) -> dict[str, Reports]:
    """The reports of each project, by 项目编码. Every table is gone through once."""
    found: dict[str, Reports] = {}

    def of(row: Mapping[str, Any]) -> Reports:
        return found.setdefault(row["project"], Reports())

    for row in records(reported.funds):
        of(row).funds[row["item"]] = _cell(row)
    for row in records(reported.payments):
        of(row).payments[int(row["month"])] = _cell(row)
    for row in records(reported.actuals):
        of(row).answers[row["indicator"], row["item"]] = _cell(row)
    for row in records(reported.narrative):
        of(row).narrative[row["item"]] = _cell(row)
    return found


def _by_project(frame: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for record in records(frame):
        found.setdefault(record["project"], []).append(record)
    return found


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a declared table as plain Python values; a missing integer is None."""
    names = frame.columns.tolist()
    columns = (frame[name].astype(object).where(frame[name].notna(), _blank(frame[name])).tolist() for name in names)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _blank(column: pd.Series) -> object:
    # the one NaN of math: its identity lets a text that was read before be found again
    return math.nan if column.dtype == "float64" else None


def _cell(row: Mapping[str, Any]) -> Cell:
    return Cell(row["text"], row["number"], row["form"], row["file"], row["sheet"], row["cell"])
