"""Invented fillings of the year's forms: right, wrong, half done, and odd in every way that a cell can be."""

from __future__ import annotations

import random
from fractions import Fraction

import pandas as pd

from selfeval.domain.case import promised_cases
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.reported import ACTUALS, FUNDS, NARRATIVE, PAYMENTS, Reported
from selfeval.domain.rounding import fraction
from tests.forms.conftest import Year

Record = dict[str, object]


def number(value: float) -> Record:
    return {"text": show_number(fraction(value)), "number": value, "form": "number"}


def percent(share: float) -> Record:
    return {"text": f"{show_number(fraction(share) * 100)}%", "number": share, "form": "percent"}


def text(value: str, form: str = "text") -> Record:
    return {"text": value, "form": form}


BLANK = text("", "blank")


class Filling:
    """One filling of all forms of a year, by its seed. ``sound`` leaves out what nobody types on purpose."""

    def __init__(self, year: Year, seed: int, *, sound: bool = False) -> None:
        self._year = year
        self._chance = random.Random(seed)
        self._sound = sound
        self._oddity = 0.0 if sound else self._chance.choice((0.0, 0.02, 0.2))

    def reported(self) -> Reported:
        targets, chance = self._year.targets, self._chance
        funds: list[Record] = []
        payments: list[Record] = []
        narrative: list[Record] = []
        promised = (one for case in promised_cases(targets) for one in promises(case, self._year.rulebook)[0])
        actuals = [record for promise in promised for record in self._indicator(promise)]
        for project, budget in targets.projects[["project", "budget"]].itertuples(index=False, name=None):
            full = round(budget * chance.choice((1, 1, 0.9, 1.25)), 2) or 1.0
            months = [round(full * chance.random() / 9, 2) for _ in range(12)]
            executed = round(sum(months), 2)
            amounts = {"initial": number(budget), "full_year": number(full), "executed": number(executed)}
            odd = (BLANK, number(0.0), number(-3.0), text("十万"), number(full * 2), number(1e-12))
            funds += [{"project": project, "item": item, **self._or(one, odd)} for item, one in amounts.items()]
            paid = {month: self._or(number(amount), odd) for month, amount in enumerate(months, start=1)}
            payments += [{"project": project, "month": month, **one} for month, one in paid.items()]
            said = {item: self._or(text("已写"), (BLANK,)) for item in ("result", "filler", "phone", "head")}
            narrative += [{"project": project, "item": item, **one} for item, one in said.items()]
            dates = (BLANK, text("一月"), text("2025-01-12"))
            narrative.append({"project": project, "item": "date", **self._or(text("2025-01-10", "date"), dates)})
        return Reported(
            FUNDS.frame(funds), PAYMENTS.frame(payments), ACTUALS.frame(actuals), NARRATIVE.frame(narrative)
        )

    def _or(self, usual: Record, odd: tuple[Record, ...]) -> Record:
        return self._chance.choice(odd) if self._chance.random() < self._oddity else usual

    def _indicator(self, promise: Promise) -> list[Record]:
        chance, kind, asked = self._chance, promise.reading.kind, promise.asked
        values: dict[str, Record] = {}
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
            values["percentage"] = self._or(given, (percent(0.599), percent(1.5), text("八成"), percent(0.8)))
        elif kind == "judged":
            values["actual"] = self._or(text("按结算评审金额"), (BLANK,))
            values["judged"] = self._or(number(float(chance.randrange(0, 5))), (BLANK, number(-1.0), number(99.0)))
        reason = chance.choice((text("有原因"), text("有原因"), BLANK, text("无"), text("/")))
        values["reason"] = text("有原因") if self._sound else reason
        keys = {"project": promise.indicator.project, "indicator": promise.indicator.indicator}
        return [{**keys, "item": item, **value} for item, value in values.items()]

    def _number(self, target: float, unit: str) -> Record:
        chance = self._chance
        part = chance.choice((1.0, 1.0, 1.3, 1.2, 0.5, 2.0, 0.995, 1.005, chance.random() * 2, chance.random()))
        value = round(target * part, chance.choice((0, 1, 2, 4)))
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
