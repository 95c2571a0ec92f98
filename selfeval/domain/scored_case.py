"""One scored project: its rows, its months, its total, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

import pandas as pd

from selfeval.domain.case import NOTHING, Case, Cell
from selfeval.domain.funds import Funds
from selfeval.domain.problems import Problem
from selfeval.domain.promise import Promise
from selfeval.domain.scored import EXECUTION, INDICATOR_SCORES, PROJECT_SCORES, SCHEDULES, State
from selfeval.domain.tables import Table

_NAN = float("nan")


@dataclass(frozen=True)
class ScoredRow:
    """A scored row, as in INDICATOR_SCORES: points and score in hundredths (score None while open).

    ``promise`` is what it was scored from; None for the execution row.
    """

    project: str
    indicator: str
    level1: str
    level2: str
    level3: str
    section: str
    kind: str
    points: int
    state: State
    sentence: str
    score: int | None = None
    measure_id: str = ""
    rule: str = ""
    target: str = ""
    target_cell: str = ""
    target_value: float = _NAN
    target_upper: float = _NAN
    target_unit: str = ""
    actual: str = ""
    actual_value: float = _NAN
    actual_level: str = ""
    actual_percentage: float = _NAN
    completion: float = _NAN
    measure: float = _NAN
    share: float = _NAN
    category: str = ""
    reason: str = ""
    remedy: str = ""
    evidence: str = ""
    origin: Cell = NOTHING
    promise: Promise | None = None

    @property
    def file(self) -> str:
        """Where the actual came from; blank when nothing was found."""
        return self.origin.file

    @property
    def sheet(self) -> str:
        """The same."""
        return self.origin.sheet

    @property
    def cell(self) -> str:
        """The same."""
        return self.origin.cell

    @property
    def is_execution(self) -> bool:
        """Whether this is the row of the budget execution rate."""
        return self.indicator == EXECUTION


@dataclass(frozen=True)
class Month:
    """A row of SCHEDULES: 万元 paid in and up to a month, and the plan at a checkpoint (NaN: unknown or none)."""

    project: str
    month: int
    paid: float
    cumulative: float
    plan: float
    assumed: bool


@dataclass(frozen=True)
class Total:
    """A row of PROJECT_SCORES: money in 万元, scores in hundredths (None: not known)."""

    project: str
    name: str
    unit_code: str
    unit_name: str
    initial: float
    full_year: float
    executed: float
    rate: float
    execution_score: int | None
    indicator_score: int
    total: int | None
    lowest: int
    highest: int
    grade: str
    state: State
    missing: int
    flagged: int


@dataclass(frozen=True)
class ScoredCase:
    """A project with the execution row first, then its indicators in document order.

    ``converted``: its total is converted to 100 from the points of the rows that apply. ``months`` are twelve, or none
    when no payment was reported. ``problems`` are those of its readers and of its scoring, worst first.
    """

    case: Case
    funds: Funds
    rows: tuple[ScoredRow, ...]
    months: tuple[Month, ...]
    total: Total
    problems: tuple[Problem, ...]
    converted: bool = False

    def with_problems(self, problems: tuple[Problem, ...]) -> ScoredCase:
        """The same project with other problems."""
        return replace(self, problems=problems)


class YearFrames:
    """The tables of a year, gathered project by project."""

    def __init__(self) -> None:
        self._gathered = {
            INDICATOR_SCORES: _Columns(INDICATOR_SCORES),
            PROJECT_SCORES: _Columns(PROJECT_SCORES),
            SCHEDULES: _Columns(SCHEDULES),
        }

    def add(self, scored: ScoredCase) -> None:
        """One more project."""
        self._gathered[INDICATOR_SCORES].add(scored.rows)
        self._gathered[PROJECT_SCORES].add([scored.total])
        self._gathered[SCHEDULES].add(scored.months)

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """INDICATOR_SCORES, PROJECT_SCORES and SCHEDULES of all projects added."""
        indicators, projects, schedules = (columns.frame() for columns in self._gathered.values())
        return indicators, projects, schedules


class _Columns:
    """A declared table on its way, row by row."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._values = attrgetter(*table.names)
        self._rows: list[tuple[object, ...]] = []

    def add(self, rows: Iterable[object]) -> None:
        self._rows += map(self._values, rows)

    def frame(self) -> pd.DataFrame:
        columns = zip(*self._rows, strict=True) if self._rows else ((),) * len(self._table.names)
        return self._table.from_columns(dict(zip(self._table.names, map(list, columns), strict=True)))
