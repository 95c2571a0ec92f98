"""Invented fillings of the year's forms: right, wrong, half done, and odd in every way that a cell can be."""

from __future__ import annotations

import random
from fractions import Fraction

import pandas as pd

from selfeval.domain.case import Case, cases
from selfeval.domain.fund_layouts import source_item
from selfeval.domain.fund_sources import with_totals
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reported import CATEGORIES, Cell, DataType, Reported, Reports
from selfeval.domain.rounding import fraction
from tests.forms.conftest import Year


def number(value: float) -> Cell:
    return Cell(show_number(fraction(value)), value, "number")


def percent(share: float) -> Cell:
    return Cell(f"{show_number(fraction(share) * 100)}%", share, "percent")


def text(value: str, data_type: DataType = "text") -> Cell:
    return Cell(value, data_type=data_type)


BLANK = text("", "blank")


class Filling:
    """One filling of all forms of a year, by its seed. ``sound`` leaves out what nobody types on purpose."""

    def __init__(self, year: Year, seed: int, *, sound: bool = False) -> None:
        self._year = year
        self._chance = random.Random(seed)
        self._sound = sound
        self._oddity = 0.0 if sound else self._chance.choice((0.0, 0.02, 0.2))

    def reported(self) -> Reported:
        return Reported({case.code: self._reports(case) for case in cases(self._year.targets)})

    def _reports(self, case: Case) -> Reports:
        chance, budget = self._chance, case.project.budget
        promised, _ = promises(case, self._year.rulebook)
        answers = {key: cell for promise in promised for key, cell in self._indicator(promise).items()}
        full = round(budget * chance.choice((1, 1, 0.9, 1.25)), 2) or 1.0
        idle = chance.choice((0, 0.5, 1))
        months = [round(full * chance.random() / 9, 2) if chance.random() >= idle else 0.0 for _ in range(12)]
        amounts = {"initial": budget, "full_year": full, "executed": round(sum(months), 2)}
        odd = (BLANK, number(0.0), number(-3.0), text("若干"), number(full * 2), number(1e-12))
        funds: dict[str, Cell] = {}
        for item, amount in amounts.items():
            funds |= (
                self._by_source(item, amount, odd) if chance.random() < 0.7 else {item: self._or(number(amount), odd)}
            )
        unpaid = BLANK if chance.random() < 0.5 else number(0.0)
        payments = {
            month: self._or(number(amount) if amount else unpaid, odd) for month, amount in enumerate(months, start=1)
        }
        narrative = {item: self._or(text("已写"), (BLANK,)) for item in ("result", "filler", "phone", "head")}
        dates = (BLANK, text("一月"), text("2025-01-12"))
        narrative["date"] = self._or(text("2025-01-10", "date"), dates)
        return Reports(funds, payments, answers, narrative)

    def _by_source(self, item: str, amount: float, odd: tuple[Cell, ...]) -> dict[str, Cell]:
        """An amount by its sources, as a form has it: the sum is that of what can be added."""
        carried = round(amount * self._chance.choice((0, 0, 0.3, 1)), 2)
        parts = {"granted": round(amount - carried, 2), "carried": carried, "other": 0.0}
        cells = {name: self._or(number(part) if part or not amount else BLANK, odd) for name, part in parts.items()}
        known = with_totals(Reports({source_item(item, name): cell for name, cell in cells.items()}))
        return known.funds

    def _or(self, usual: Cell, odd: tuple[Cell, ...]) -> Cell:
        return self._chance.choice(odd) if self._chance.random() < self._oddity else usual

    def _indicator(self, promise: Promise) -> dict[tuple[str, str], Cell]:
        chance, kind, asked = self._chance, promise.reading.kind, promise.asked
        values: dict[str, Cell] = {}
        if kind in {"at_least", "at_most", "exactly", "range"}:
            values["actual"] = self._number(asked.value, asked.unit)
        elif kind == "deadline":
            day = pd.Timestamp("1899-12-30") + pd.Timedelta(days=asked.value)
            day += pd.Timedelta(days=chance.choice((-40, 0, 0, 1, 30, 31, 90, 91)))
            odd = (BLANK, text("已完成"), text("12月5日"), text("2031-01-01", "date"), text("#N/A", "error"))
            values["actual"] = self._or(text(f"{day:%Y-%m-%d}", "date"), odd)
        elif kind == "qualitative":
            level = chance.choice(self._year.rulebook.levels)
            values["level"] = self._or(text(level.label), (BLANK, text("基本完成"), text("#REF!", "error")))
            inside = level.low + (level.high - level.low) * Fraction(chance.randrange(0, 100), 100)
            given = percent(float(inside)) if chance.random() < 0.6 else BLANK
            values["percentage"] = self._or(given, (percent(0.599), percent(1.5), text("八成多"), percent(0.8)))
        elif kind == "judged":
            values["actual"] = self._or(text("按结算评审金额"), (BLANK,))
            values["judged"] = self._or(number(float(chance.randrange(0, 5))), (BLANK, number(-1.0), number(99.0)))
        reason = chance.choice((text("有原因"), text("有原因"), BLANK, text("无"), text("/")))
        values["reason"] = text("有原因") if self._sound else reason
        values["category"] = text(CATEGORIES[0]) if self._sound else chance.choice((text(CATEGORIES[0]), BLANK))
        return {(promise.indicator.indicator, item): value for item, value in values.items()}

    def _number(self, target: float, unit: str) -> Cell:
        chance = self._chance
        part = chance.choice((1.0, 1.0, 1.3, 1.2, 0.5, 2.0, 0.995, 1.005, chance.random() * 2, chance.random()))
        value = round(target * part, chance.choice((0, 1, 2, 4)))
        if self._sound and unit == RATE:
            value = min(max(value, target / 2), 100.0)  # whatever is asked about is no sound filling
        odd = (
            BLANK,
            number(0.0),
            number(-5.0),
            number(1e-10),
            number(1e15),
            text("合格"),
            text("约7000"),
            text("#DIV/0!", "error"),
            text("是", "flag"),
        )
        if unit != RATE:
            return self._or(number(value), odd)
        return self._or(percent(float(fraction(value) / 100)), (*odd[:3], *odd[5:]))
