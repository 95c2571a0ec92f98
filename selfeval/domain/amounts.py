"""Amounts of a project that can hardly be 万元: each doubt an expression, for the scoring and for forms alike."""

from __future__ import annotations

from fractions import Fraction
from math import isnan

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import NEVER, Expression, Name, any_of, is_number, when
from selfeval.domain.needs.doubts import FAR, PUBLISHED, far_above, far_below, far_off
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
    doubts: list[Expression] = []
    if not isnan(budget) and budget > 0:
        published = fraction(budget)
        doubts.append(far_above(AMOUNT, published))
        if item in BUDGETS:
            doubts.append(far_below(AMOUNT, published))
    if item not in BUDGETS:
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
    if of_target:
        return far_off(value, fraction(budget), PUBLISHED)
    return far_off(value, known or Fraction(1), "全年预算数")
