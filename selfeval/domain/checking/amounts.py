"""Checks of amounts of money against one another: cost against spending, 元 against 万元, budgets that changed."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from selfeval.domain.checking.facts import MONEY, Facts, Mask
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.quantity import normalise, show_number
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Check
from selfeval.domain.scored import EXECUTION

Floats = npt.NDArray[np.float64]
_NEARLY = 1 - 1e-9
"""Floats choose what is then compared exactly."""


def cost_over_money(facts: Facts, check: Check) -> Iterator[Problem]:
    """A cost in money that is more, by over the limit in 万元, than was spent or budgeted."""
    assert check.limit is not None
    actual, units = facts.column("actual_value"), facts.indicators["target_unit"]
    in_10_000 = actual * units.map({unit: float(size) for unit, size in MONEY.items()}).to_numpy(dtype=np.float64)
    owners = facts.owners
    funds = [(facts.of_project("full_year"), "全年预算数"), (facts.of_project("executed"), "全年执行数")]
    doubtful = facts.scored() & facts.named("成本")
    doubtful &= in_10_000 > (np.fmin(funds[0][0], funds[1][0])[owners] + float(check.limit)) * _NEARLY
    for i, place in facts.rows(doubtful):
        cost = fraction(actual[i]) * MONEY[str(units.iloc[i])]
        for column, what in funds:
            amount = float(column[owners[i]])
            if not np.isnan(amount) and cost - fraction(amount) > check.limit:
                shown = {"cost": show_number(cost), "what": what, "amount": show_number(amount)}
                yield problem("W524", place, **shown)
                break


def unit_ratio(facts: Facts, check: Check) -> Iterator[Problem]:
    """Two amounts of which one is about ten thousand times the other: 元 was written for 万元 or the reverse."""
    assert check.limit is not None
    limit = check.limit
    money = facts.indicators["target_unit"].isin(MONEY).to_numpy() & facts.scored()
    actual, target = facts.column("actual_value"), facts.column("target_value")
    unit = facts.indicators["target_unit"]
    for i, place in facts.rows(money & _far(actual, target, limit)):
        shown = [show_value(float(one[i]), str(unit.iloc[i])) for one in (actual, target)]
        names = {"what": "实际完成值", "found": shown[0], "other": "指标值", "expected": shown[1]}
        yield problem("W525", place, ratio=_ratio(actual[i], target[i]), **names)
    promised = facts.targets.projects["budget"].to_numpy(dtype=np.float64)
    budget = facts.of_project("full_year")
    for i, place in facts.money_place(_far(budget, promised, limit)):
        shown = [f"{show_number(float(amount[i]))} 万元" for amount in (budget, promised)]
        names = {"what": "全年预算数", "found": shown[0], "other": "目标文本的预算数", "expected": shown[1]}
        yield problem("W525", place, ratio=_ratio(budget[i], promised[i]), **names)


def _far(one: Floats, other: Floats, limit: Fraction) -> Mask:
    """Where two positive amounts differ by the factor ``limit`` or more."""
    known = (one > 0) & (other > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(known, one / other, 1.0)
    return np.asarray((ratio >= float(limit)) | (ratio <= 1 / float(limit)))


def _ratio(one: float, other: float) -> str:
    return show_number(round(max(one, other) / min(one, other)))


def budget_changed(facts: Facts, check: Check) -> Iterator[Problem]:
    """The budget changed during the year and the result in words does not say so with any of the check's words.

    A year-start budget of 0 is a project added during the year, which is normal.
    """
    initial, budget = facts.of_project("initial"), facts.of_project("full_year")
    told = _told(facts)
    words = [normalise(one) for one in check.words]
    for i, place in facts.money_place((initial > 0) & (budget > 0) & (initial != budget)):
        text, at = told.get(place.project, ("", place))
        if any(word in normalise(text) for word in words):
            continue
        amounts = {"initial": show_number(float(initial[i])), "budget": show_number(float(budget[i]))}
        yield problem("W526", at, **amounts)


def _told(facts: Facts) -> dict[str, tuple[str, Place]]:
    """年度目标完成情况 of each project, and where it stands."""
    said = facts.reported.narrative
    columns = ["project", "text", "file", "sheet", "cell"]
    records = said.loc[said["item"] == "result", columns].itertuples(index=False, name=None)
    return {
        str(project): (str(text), Place(str(project), EXECUTION, str(file), str(sheet), str(cell)))
        for project, text, file, sheet, cell in records
    }
