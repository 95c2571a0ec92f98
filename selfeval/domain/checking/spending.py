"""Checks of spending: little was spent, and what was claimed beside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from selfeval.domain.checking.facts import Facts, show_share
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction, show_points
from selfeval.domain.rulebook import Check, show_percent

OUTPUTS = ("数量", "质量", "时效")


def execution_low(facts: Facts, check: Check) -> Iterator[Problem]:
    """Execution below the limit."""
    assert check.limit is not None
    rate = facts.of_project("rate")
    for i, place in facts.money_place(rate < float(check.limit)):
        yield problem("W520", place, rate=show_share(float(rate[i])), limit=show_percent(check.limit))


def unspent(facts: Facts, check: Check) -> Iterator[Problem]:
    """More of the budget than the limit was not spent."""
    assert check.limit is not None
    # rate < 1 - limit, with both sides the nearest float of an exact fraction
    rate = facts.of_project("rate")
    budget, executed = facts.of_project("full_year"), facts.of_project("executed")
    for i, place in facts.money_place(rate < float(1 - check.limit)):
        left = fraction(budget[i]) - fraction(executed[i])
        shown = {"left": show_number(left), "share": show_share(float(left / fraction(budget[i])))}
        yield problem("W521", place, budget=show_number(budget[i]), limit=show_percent(check.limit), **shown)


def better_than_execution(facts: Facts, check: Check) -> Iterator[Problem]:
    """The indicators did better than the money by more than the limit: (S/I - B/E) / (S/I) > limit.

    S and I are score and points of the indicators, B and E of the execution. Whole hundredths, so exact at the bound.
    """
    assert check.limit is not None
    execution = facts.execution
    final = ~np.isnan(facts.of_project("total"))
    (score, points), (money, full) = (
        [facts.sum_of(one, mask & facts.has_score()) for one in ("score", "points")] for mask in (~execution, execution)
    )
    gap = score * full - money * points
    limit = check.limit
    hit = final & (gap * limit.denominator > limit.numerator * score * full)
    for i, place in facts.money_place(hit):
        shown = {
            "indicators": f"{show_points(int(score[i]))}/{show_points(int(points[i]))}",
            "execution": f"{show_points(int(money[i]))}/{show_points(int(full[i]))}",
            "better": show_share(float(gap[i] / (score[i] * full[i]))),
        }
        yield problem("W522", place, limit=show_percent(limit), **shown)


def outputs_without_money(facts: Facts, check: Check) -> Iterator[Problem]:
    """All 数量, 质量 and 时效 indicators have full marks while less than the limit was spent."""
    assert check.limit is not None
    outputs = facts.scored() & facts.says("level2", OUTPUTS)
    rate = facts.of_project("rate")
    for i, place in facts.money_place(facts.every(facts.full(), outputs) & (rate < float(check.limit))):
        yield problem("W523", place, rate=show_share(float(rate[i])), limit=show_percent(check.limit))
