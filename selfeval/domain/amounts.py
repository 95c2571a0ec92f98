"""Amounts of a project that can hardly be 万元: each doubt an expression, for the scoring and for forms alike."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import isnan

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import NEVER, Expression, Name, any_of, is_number, when
from selfeval.domain.needs.doubts import PUBLISHED, far_above, far_below, far_off, too_large, too_small
from selfeval.domain.rounding import fraction

AMOUNT, FULL_YEAR = Name("amount"), Name("full_year")
"""The amount in doubt, and the full-year budget as reported (blank: not known), both in 万元."""

_PAID_TOO_MUCH = 10
"""Nobody spends so many times a budget: 15000元 beside 20万元 was typed without its 万, 200千元 without its 千."""

BUDGETS = ("initial", "full_year")
"""Items of FUND_ITEMS that are far off when they are too small as well; a small executed amount is no doubt."""


def off_budget(item: str, budget: float, *, written: bool = False) -> Expression:
    """Whether an amount is far off the published ``budget`` (万元; NaN: not known), or off the one that was reported.

    ``item`` is one of FUND_ITEMS, or a month. A unit that was ``written`` settles all but the digits of the budget
    itself under another unit: 200000万元 beside 20万元.
    """
    known = budget if budget > 0 else 0.0  # NaN, that is no budget was published, is not above 0
    return _off(known, paid=item not in BUDGETS, whole=not item.isdigit(), written=written)


@lru_cache(maxsize=4096)
def _off(budget: float, *, paid: bool, whole: bool, written: bool) -> Expression:
    """The same for all amounts of a kind, made ready once: ``paid``, of the ``whole`` year."""
    much = too_large if written else far_above
    little = too_small if written or paid else far_below
    doubts: list[Expression] = []
    if budget:
        published = fraction(budget)
        doubts += [much(AMOUNT, published), *([little(AMOUNT, published)] if whole else [])]
    if paid:
        over = too_large(AMOUNT, FULL_YEAR) if written else AMOUNT >= FULL_YEAR * _PAID_TOO_MUCH
        beside = any_of(over, *([too_small(AMOUNT, FULL_YEAR)] if whole else []))
        doubts.append(when(is_number(FULL_YEAR), when(FULL_YEAR > 0, beside, NEVER), NEVER))
    return any_of(*doubts) if doubts else NEVER


def doubt_about(
    item: str, amount: float, budget: float, full_year: float, *, written: bool = False
) -> dict[str, str] | None:
    """The facts of the doubt about an amount; None when there is none."""
    known = None if isnan(full_year) else fraction(full_year)
    value = fraction(amount)
    if exactly(off_budget(item, budget, written=written), {AMOUNT.key: value, FULL_YEAR.key: known}) is not True:
        return None
    if exactly(off_budget(item, budget, written=written), {AMOUNT.key: value, FULL_YEAR.key: None}) is True:
        return far_off(value, fraction(budget), PUBLISHED)
    return far_off(value, known or Fraction(1), "全年预算数")
