"""Funds: budgets, execution and the twelve payments of each project, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pandas as pd

from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import read_amount
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, Reported
from selfeval.domain.rounding import fraction
from selfeval.domain.scored import SCHEDULES
from selfeval.domain.scoring.answers import Cell, cells_of
from selfeval.domain.targets import CHECKPOINTS, Targets

TOLERANCE = Fraction(1, 100)
"""万元 by which twelve rounded payments may differ from the executed total without a word."""

_NAN = float("nan")


@dataclass(frozen=True)
class ProjectFunds:
    """The money of one project in 万元; NaN where it is not known or cannot be used.

    ``paid`` has twelve amounts; ``plan`` four cumulative shares for CHECKPOINTS (NaN: blank); ``sent`` says that a
    form or row for the project was there at all; ``faults`` are the problem codes found with the budget figures;
    ``executed_cell`` is where the executed amount stands, ``paid_cells`` where the twelve payments do.
    """

    project: str
    initial: float
    full_year: float
    executed: float
    paid: tuple[float, ...]
    plan: tuple[float, ...]
    sent: bool
    faults: tuple[str, ...]
    executed_cell: Cell
    paid_cells: tuple[Cell, ...]

    @property
    def first_open_month(self) -> Cell:
        """The cell of the first month without a usable payment; an empty one when every month has one."""
        pairs = zip(self.paid, self.paid_cells, strict=True)
        return next((cell for paid, cell in pairs if np.isnan(paid)), Cell())

    @property
    def schedule_known(self) -> bool:
        """Whether every month and the full-year budget can be used."""
        return not any(np.isnan(self.paid)) and self.full_year > 0

    def exact_paid_shares(self) -> list[Fraction]:
        """The cumulative share of the full-year budget paid by each checkpoint."""
        total = fraction(self.full_year)
        paid = [fraction(one) for one in self.paid]
        return [sum(paid[:month], Fraction(0)) / total for month in CHECKPOINTS]

    def exact_plan(self) -> list[Fraction | None]:
        """The plan at each checkpoint; a blank 12月底 counts as 100%, another blank does not count."""
        shares = [None if np.isnan(one) else fraction(one) for one in self.plan]
        return [*shares[:-1], Fraction(1) if shares[-1] is None else shares[-1]]


def read_funds(targets: Targets, reported: Reported) -> tuple[dict[str, ProjectFunds], list[Problem]]:
    """The funds of every project of the targets, by 项目编码 in document order, and the problems with them."""
    funds = _cells(reported.funds, "item")
    payments = _cells(reported.payments, "month")
    sent = {
        str(one)
        for frame in (reported.funds, reported.payments, reported.actuals, reported.narrative)
        for one in frame.loc[frame["form"] != "", "project"].unique()
    }
    names = ["month_3", "month_6", "month_10", "month_12"]
    plans = {
        str(project): tuple(float(one) for one in shares)
        for project, *shares in targets.plan[["project", *names]].itertuples(index=False, name=None)
    }
    result: dict[str, ProjectFunds] = {}
    problems: list[Problem] = []
    for project in targets.projects["project"].tolist():
        plan = plans.get(project, (_NAN,) * len(CHECKPOINTS))
        reader = _Reader(project, funds, payments, silent=project not in sent)
        result[project] = reader.read(plan)
        problems.extend(reader.problems)
    return result, problems


def _cells(frame: pd.DataFrame, key: str) -> dict[tuple[str, str], Cell]:
    keys = zip(frame["project"].tolist(), (str(one) for one in frame[key].tolist()), strict=True)
    return dict(zip(keys, cells_of(frame), strict=True))


class _Reader:
    """Reads the money of one project and gathers its problems."""

    def __init__(
        self,
        project: str,
        funds: dict[tuple[str, str], Cell],
        payments: dict[tuple[str, str], Cell],
        *,
        silent: bool,
    ) -> None:
        self._project = project
        self._funds = funds
        self._payments = payments
        self._silent = silent
        self.problems: list[Problem] = []

    def read(self, plan: tuple[float, ...]) -> ProjectFunds:
        initial = self._amount("initial", needed=False)
        full_year = self._amount("full_year", needed=True)
        executed = self._amount("executed", needed=True)
        if full_year == 0:
            at = self._funds.get((self._project, "full_year"), Cell())
            self._add("E421", at, found="0")
        paid = self._paid()
        self._compare(executed, paid)
        faults = tuple(one.code for one in self.problems if one.code[0] == "E")
        executed_cell = self._funds.get((self._project, "executed"), Cell())
        cells = tuple(self._month(month) for month in range(1, 13))
        return ProjectFunds(
            self._project, initial, full_year, executed, paid, plan, not self._silent, faults, executed_cell, cells
        )

    def _month(self, month: int) -> Cell:
        return self._payments.get((self._project, str(month)), Cell())

    def _amount(self, item: str, *, needed: bool) -> float:
        cell = self._funds.get((self._project, item), Cell())
        answer = read_amount(cell.text, cell.form, cell.number)
        what = FUND_ITEMS[item]
        if answer.value is None:
            if needed or answer.code != "E401":
                self._add(answer.code, cell, what=what, unit_hint="（万元）", **answer.facts)
            return _NAN
        if answer.value < 0:
            self._add("E422", cell, what=what, found=answer.shown)
            return _NAN
        return answer.value

    def _paid(self) -> tuple[float, ...]:
        """The twelve payments. A blank month is left unknown here; whoever needs it asks for it."""
        paid: list[float] = []
        negative: list[int] = []
        for month in range(1, 13):
            cell = self._month(month)
            answer = read_amount(cell.text, cell.form, cell.number)
            if answer.value is None and answer.code != "E401":
                self._add(answer.code, cell, what=f"{month}月支付", unit_hint="（万元）", **answer.facts)
            paid.append(_NAN if answer.value is None else answer.value)
            if answer.value is not None and answer.value < 0:
                negative.append(month)
        if negative:
            self._add("W402", self._month(negative[0]), months="、".join(f"{month}月" for month in negative))
        return tuple(paid)

    def _compare(self, executed: float, paid: tuple[float, ...]) -> None:
        if np.isnan(executed) or any(np.isnan(paid)):
            return
        total = sum((fraction(one) for one in paid), Fraction(0))
        difference = total - fraction(executed)
        if abs(difference) > TOLERANCE:
            at = self._funds.get((self._project, "executed"), Cell())
            self._add(
                "W503",
                at,
                paid=show_number(total),
                executed=show_number(executed),
                difference=show_number(abs(difference)),
            )

    def _add(self, code: str, cell: Cell, **facts: object) -> None:
        if not self._silent:
            place = Place(self._project, "", cell.file, cell.sheet, cell.cell)
            self.problems.append(problem(code, place, **facts))


def missing_months(funds: ProjectFunds) -> str:
    """The months without a usable payment, for people: 3月、7月."""
    return "、".join(f"{month}月" for month, paid in enumerate(funds.paid, start=1) if np.isnan(paid))


def schedules(funds: dict[str, ProjectFunds]) -> pd.DataFrame:
    """The months of every project that reported any payment (SCHEDULES)."""
    rows: list[dict[str, object]] = []
    for one in funds.values():
        if all(np.isnan(one.paid)):
            continue
        planned = dict(zip(CHECKPOINTS, one.exact_plan(), strict=True))
        cumulative: Fraction | None = Fraction(0)
        for month, paid in enumerate(one.paid, start=1):
            cumulative = None if cumulative is None or np.isnan(paid) else cumulative + fraction(paid)
            plan = planned.get(month)
            rows.append(
                {
                    "project": one.project,
                    "month": month,
                    "paid": paid,
                    "cumulative": _NAN if cumulative is None else float(cumulative),
                    "plan": _NAN if plan is None else float(plan),
                    "assumed": month == CHECKPOINTS[-1] and bool(np.isnan(one.plan[-1])),
                }
            )
    return SCHEDULES.frame(rows)
