"""Amounts of a project that can hardly be 万元: each doubt an expression, for the scoring and for forms alike."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isnan

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import NEVER, Expression, Name, all_of, any_of, is_number, when
from selfeval.domain.needs.doubts import FAR
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction

AMOUNT, FULL_YEAR = Name("amount"), Name("full_year")
"""The amount in doubt, and the full-year budget as reported (blank: not known), both in 万元."""

_PAID_TOO_MUCH = 100
"""Nobody spends so many times a budget: 15000元 beside 20万元 was typed without its 万."""

BUDGETS = ("initial", "full_year")
"""Items of FUND_ITEMS that are far off when they are too small as well; a small executed amount is no doubt."""


def off_budget(item: str, budget: float) -> Expression:
    """Whether an amount is far off the published ``budget`` (万元; NaN: not known), or off the one that was reported.

    ``item`` is one of FUND_ITEMS, or a month.
    """
    return _off(budget if budget > 0 else 0.0, whole=item in BUDGETS)  # NaN is not above 0


@lru_cache(maxsize=4096)
def _off(budget: float, *, whole: bool) -> Expression:
    """The same for all items of a kind, made ready once: a ``whole`` budget, or what is spent of one; 0: not known."""
    doubts: list[Expression] = []
    published = fraction(budget)
    if published:
        doubts.append(published * FAR <= AMOUNT)
        if whole:
            doubts.append(all_of(AMOUNT > 0, published >= AMOUNT * FAR))
    if not whole:
        over = when(FULL_YEAR > 0, AMOUNT >= FULL_YEAR * _PAID_TOO_MUCH, NEVER)
        doubts.append(when(is_number(FULL_YEAR), over, NEVER))
    return any_of(*doubts) if doubts else NEVER


def doubt_about(item: str, amount: float, budget: float, full_year: float) -> dict[str, str] | None:
    """The facts of the doubt about an amount; None when there is none."""
    known = None if isnan(full_year) else fraction(full_year)
    value = fraction(amount)
    if exactly(off_budget(item, budget), {AMOUNT.key: value, FULL_YEAR.key: known}) is not True:
        return None
    of_target = not isnan(budget) and budget > 0 and (item in BUDGETS or value >= fraction(budget) * FAR)
    other = fraction(budget) if of_target else known or Fraction(1)
    ratio = value / other if value >= other else other / value
    return {
        "found": show_number(value),
        "other": "目标文本的预算数" if of_target else "全年预算数",
        "expected": show_number(other),
        "ratio": show_number(round(ratio)),
    }
