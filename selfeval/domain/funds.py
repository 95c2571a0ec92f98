"""Funds: budgets, execution and the twelve payments of a project, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isnan

from selfeval.domain.amounts import doubt_about
from selfeval.domain.case import Case
from selfeval.domain.expression.evaluate import exact_number
from selfeval.domain.fund_layouts import SOURCE_ITEMS, SOURCES, source_item
from selfeval.domain.fund_sources import by_source
from selfeval.domain.measures.measure import KEPT_AT, PAID, PLAN
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.actuals import Answer, read_amount
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reported import FUND_ITEMS, NOTHING, Cell, Reports
from selfeval.domain.rounding import fraction
from selfeval.domain.sameness import blanks_alike
from selfeval.domain.targets import CHECKPOINTS

TOLERANCE = Fraction(1, 100)
"""万元 by which twelve rounded payments may differ from the executed total without a word."""

MONTHS = range(1, 13)
_NAN = float("nan")


@blanks_alike
@dataclass(frozen=True)
class Funds:
    """The money of one project in 万元; NaN where it is not known or cannot be used.

    ``paid`` has twelve amounts; ``plan`` four cumulative shares for CHECKPOINTS (NaN: blank).
    """

    initial: float
    full_year: float
    executed: float
    paid: tuple[float, ...]
    plan: tuple[float, ...]

    @property
    def open_months(self) -> list[int]:
        """The months without a usable payment."""
        return [month for month, paid in zip(MONTHS, self.paid, strict=True) if isnan(paid)]

    @property
    def schedule_known(self) -> bool:
        """Whether every month and the full-year budget can be used."""
        return not self.open_months and self.full_year > 0

    @property
    def assumed(self) -> bool:
        """Whether the plan of 12月底 is blank, and counts as 100%."""
        return isnan(self.plan[-1])

    def cumulative(self) -> tuple[Fraction | None, ...]:
        """万元 paid up to the end of each month, None from the first unknown month on."""
        sums: list[Fraction | None] = []
        so_far: Fraction | None = Fraction(0)
        for paid in self.paid:
            so_far = None if so_far is None or isnan(paid) else so_far + fraction(paid)
            sums.append(so_far)
        return tuple(sums)

    def paid_shares(self) -> dict[int, Fraction]:
        """The cumulative share of the full-year budget paid by each checkpoint; only while ``schedule_known``."""
        budget, sums = fraction(self.full_year), self.cumulative()
        return {month: paid / budget for month in CHECKPOINTS if (paid := sums[month - 1]) is not None}

    def kept(self) -> list[Fraction]:
        """``KEPT_AT`` of each checkpoint that counts; only while ``schedule_known``."""
        shares = self.paid_shares()
        plan = counting_plan(self.plan).items()
        return [exact_number(KEPT_AT, {PAID.key: shares[month], PLAN.key: planned}) for month, planned in plan]


def counting_plan(plan: tuple[float, ...]) -> dict[int, Fraction]:
    """The plan at the checkpoints that count, by month: a blank 12月底 is 100%, other blanks do not count."""
    shares = {month: fraction(share) for month, share in zip(CHECKPOINTS, plan, strict=True) if not isnan(share)}
    return {**shares, CHECKPOINTS[-1]: shares.get(CHECKPOINTS[-1], Fraction(1))}


def in_words(months: list[int]) -> str:
    """Months for people: 3月、7月."""
    return "、".join(f"{month}月" for month in months)


def says_nothing(cell: Cell) -> bool:
    """Whether an amount was left blank."""
    return read_amount(cell.text, cell.data_type, cell.number).code == "E401"


def unpaid_months(reports: Reports) -> list[int]:
    """The months left blank in which nothing was paid, since the others make up what was executed to the last digit."""
    looked_for = {month: reports.payments.get(month, NOTHING) for month in MONTHS}
    blank = [month for month, cell in looked_for.items() if cell.data_type and says_nothing(cell)]
    cells = [reports.funds.get("executed", NOTHING), *(looked_for[month] for month in MONTHS if month not in blank)]
    amounts = [read_amount(cell.text, cell.data_type, cell.number).value for cell in cells]
    executed, *paid = (None if amount is None else fraction(amount) for amount in amounts)
    known = [amount for amount in paid if amount is not None]
    return blank if len(known) == len(paid) and executed is not None and sum(known, Fraction(0)) == executed else []


def read_funds(case: Case, *, executed_needed: bool = True) -> tuple[Funds, list[Problem]]:
    """The funds of a project and the problems with them; a project that sent nothing is reported elsewhere.

    A full-year budget of 0 is told where it is used.
    """
    reading = _Reading(case, {"full_year", "executed"} if executed_needed else {"full_year"})
    initial, reading.full_year = reading.fund("initial"), reading.fund("full_year")
    executed = reading.fund("executed")
    paid = [reading.paid(month) for month in MONTHS]
    # an executed amount that cannot be used says nothing of the months either
    unpaid = [] if isnan(executed) else unpaid_months(case.reports)
    for month in unpaid:
        paid[month - 1] = 0.0
    if unpaid:
        reading.report("I420", case.payment(unpaid[0]), months=in_words(unpaid))
    if negative := [month for month, amount_paid in zip(MONTHS, paid, strict=True) if amount_paid < 0]:
        reading.report("W402", case.payment(negative[0]), months=in_words(negative))
    if not isnan(executed) and not any(map(isnan, paid)):
        total = sum(map(fraction, paid), Fraction(0))
        difference = abs(total - fraction(executed))
        if difference > TOLERANCE:
            facts = {"paid": show_number(total), "executed": show_number(executed)}
            reading.report("W503", case.fund("executed"), **facts, difference=show_number(difference))
    # any other blank month is left unknown here; whoever needs it asks for it
    return Funds(initial, reading.full_year, executed, tuple(paid), case.plan), reading.problems if case.sent else []


class _Reading:
    """The amounts of a project, one after another, and what is wrong with them."""

    def __init__(self, case: Case, needed: set[str]) -> None:
        self.case, self.needed, self.full_year = case, needed, _NAN
        self.problems: list[Problem] = []

    def report(self, code: str, cell: Cell, **facts: object) -> None:
        self.problems.append(problem(code, cell.place(self.case.code), **facts))

    def fund(self, item: str) -> float:
        """An item of FUND_ITEMS; NaN when it cannot be used."""
        cell, what = self.case.fund(item), FUND_ITEMS[item]
        answer = self._amount(item, cell, what, needed=item in self.needed)
        if not self._sources_read(item) or answer.value is None:
            return _NAN
        if answer.value < 0:
            self.report("E422", cell, what=what, found=answer.shown)
            return _NAN
        parts = by_source(self.case.reports, item)
        if parts is not None and parts.total != fraction(answer.value):
            self.report("E442", cell, what=what, found=answer.shown, total=show_number(parts.total))
            return _NAN
        return answer.value

    def _sources_read(self, item: str) -> bool:
        """Whether whatever is filled in of the item by source can be used; a sum passes over what cannot."""
        told = len(self.problems)
        for name in (source_item(item, source) for source in SOURCES):
            cell, what = self.case.fund(name), SOURCE_ITEMS[name]
            answer = read_amount(cell.text, cell.data_type, cell.number)
            if answer.value is not None and answer.value < 0:
                self.report("E422", cell, what=what, found=answer.shown)
            elif answer.value is None and answer.code != "E401":
                self.report(answer.code, cell, what=what, unit_hint="（万元）", **answer.facts)
        return len(self.problems) == told

    def paid(self, month: int) -> float:
        """The payment of a month; NaN when it cannot be used."""
        return _number(self._amount(str(month), self.case.payment(month), f"{month}月支付"))

    def _amount(self, item: str, cell: Cell, what: str, *, needed: bool = False) -> Answer:
        answer = read_amount(cell.text, cell.data_type, cell.number)
        if answer.value is None:
            if needed or answer.code != "E401":
                self.report(answer.code, cell, what=what, unit_hint="（万元）", **answer.facts)
            return answer
        written = "unit" in answer.facts
        doubt = doubt_about(item, answer.value, self.case.project.budget, self.full_year, written=written)
        if doubt is None:
            return answer
        self.report("E433", cell, what=what, **doubt)
        return Answer(code="E433")


def _number(answer: Answer) -> float:
    return _NAN if answer.value is None else answer.value
