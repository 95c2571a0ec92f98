"""Funds: budgets, execution and the twelve payments of a project, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from selfeval.domain.case import Case
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.measures.schedule import KEPT_AT, PAID, PLAN
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import read_amount
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, NOTHING, Cell
from selfeval.domain.rounding import fraction
from selfeval.domain.targets import CHECKPOINTS

TOLERANCE = Fraction(1, 100)
"""万元 by which twelve rounded payments may differ from the executed total without a word."""

MONTHS = range(1, 13)
_NAN = float("nan")


@dataclass(frozen=True)
class Funds:
    """The money of one project in 万元; NaN where it is not known or cannot be used.

    ``paid`` has twelve amounts; ``plan`` four cumulative shares for CHECKPOINTS (NaN: blank); ``sent`` says that a
    form or row for the project was there at all; ``executed_cell`` is where the executed amount stands, ``paid_cells``
    where the twelve payments do.
    """

    initial: float = _NAN
    full_year: float = _NAN
    executed: float = _NAN
    paid: tuple[float, ...] = (_NAN,) * 12
    plan: tuple[float, ...] = (_NAN,) * len(CHECKPOINTS)
    sent: bool = False
    executed_cell: Cell = NOTHING
    paid_cells: tuple[Cell, ...] = (NOTHING,) * 12

    @property
    def first_open_month(self) -> Cell:
        """The cell of the first month without a usable payment; an empty one when every month has one."""
        pairs = zip(self.paid, self.paid_cells, strict=True)
        return next((cell for paid, cell in pairs if np.isnan(paid)), NOTHING)

    @property
    def open_months(self) -> str:
        """The months without a usable payment, for people: 3月、7月."""
        return "、".join(f"{month}月" for month, paid in zip(MONTHS, self.paid, strict=True) if np.isnan(paid))

    @property
    def schedule_known(self) -> bool:
        """Whether every month and the full-year budget can be used."""
        return not any(np.isnan(self.paid)) and self.full_year > 0

    @property
    def assumed(self) -> bool:
        """Whether the plan of 12月底 is blank, and counts as 100%."""
        return bool(np.isnan(self.plan[-1]))

    def counting_plan(self) -> dict[int, Fraction]:
        """The plan at the checkpoints that count, by month: a blank 12月底 is 100%, other blanks do not count."""
        return counting_plan(self.plan)

    def cumulative(self) -> tuple[Fraction | None, ...]:
        """万元 paid up to the end of each month, None from the first unknown month on."""
        sums: list[Fraction | None] = []
        so_far: Fraction | None = Fraction(0)
        for paid in self.paid:
            so_far = None if so_far is None or np.isnan(paid) else so_far + fraction(paid)
            sums.append(so_far)
        return tuple(sums)

    def paid_shares(self) -> dict[int, Fraction]:
        """The cumulative share of the full-year budget paid by each checkpoint; only while ``schedule_known``."""
        budget, sums = fraction(self.full_year), self.cumulative()
        return {month: paid / budget for month in CHECKPOINTS if (paid := sums[month - 1]) is not None}

    def kept(self) -> list[Fraction]:
        """``KEPT_AT`` of each checkpoint that counts; only while ``schedule_known``."""
        shares = self.paid_shares()
        plan = self.counting_plan().items()
        return [exact_number(KEPT_AT, {PAID.key: shares[month], PLAN.key: planned}) for month, planned in plan]


def counting_plan(plan: tuple[float, ...]) -> dict[int, Fraction]:
    """The plan at the checkpoints that count, by month: a blank 12月底 is 100%, other blanks do not count."""
    shares = {month: fraction(share) for month, share in zip(CHECKPOINTS, plan, strict=True) if not np.isnan(share)}
    return {**shares, CHECKPOINTS[-1]: shares.get(CHECKPOINTS[-1], Fraction(1))}


def read_funds(case: Case) -> tuple[Funds, list[Problem]]:
    """The funds of a project and the problems with them; a project that sent nothing is told elsewhere."""
    reader = _Reader(case)
    funds = reader.read()
    return funds, reader.problems if case.sent else []


class _Reader:
    """Reads the money of one project and gathers its problems."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.problems: list[Problem] = []

    def read(self) -> Funds:
        initial = self._amount("initial", needed=False)
        full_year = self._amount("full_year", needed=True)
        executed = self._amount("executed", needed=True)
        if full_year == 0:
            self._add("E421", self._fund("full_year"), found="0")
        paid = self._paid()
        self._compare(executed, paid)
        cells = tuple(self._month(month) for month in MONTHS)
        case = self._case
        return Funds(initial, full_year, executed, paid, case.plan, case.sent, self._fund("executed"), cells)

    def _fund(self, item: str) -> Cell:
        return self._case.reports.funds.get(item, NOTHING)

    def _month(self, month: int) -> Cell:
        return self._case.reports.payments.get(month, NOTHING)

    def _amount(self, item: str, *, needed: bool) -> float:
        cell = self._fund(item)
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
        for month in MONTHS:
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
        total = sum((fraction(amount) for amount in paid), Fraction(0))
        difference = total - fraction(executed)
        if abs(difference) > TOLERANCE:
            facts = {"paid": show_number(total), "executed": show_number(executed)}
            self._add("W503", self._fund("executed"), **facts, difference=show_number(abs(difference)))

    def _add(self, code: str, cell: Cell, **facts: object) -> None:
        place = Place(self._case.code, "", cell.file, cell.sheet, cell.cell)
        self.problems.append(problem(code, place, **facts))
