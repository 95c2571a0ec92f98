"""The checks by the name that a rulebook calls them, with what their limit means."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from selfeval.domain.checking.amounts import budget_changed, cost_over_money, unit_ratio
from selfeval.domain.checking.facts import Facts
from selfeval.domain.checking.promises import (
    cost_at_least,
    duplicate_names,
    heavy_indicator,
    payment_as_output,
    same_indicators,
)
from selfeval.domain.checking.spending import (
    better_than_execution,
    execution_low,
    outputs_without_money,
    unspent,
)
from selfeval.domain.checking.too_good import (
    after_year,
    all_equal,
    full_unit,
    reason_without_loss,
    satisfaction_evidence,
)
from selfeval.domain.problems import Problem
from selfeval.domain.rulebook import Check


@dataclass(frozen=True)
class Known:
    """One check: the code it reports, its function, and what its limit and words are (blank: it takes none)."""

    code: str
    run: Callable[[Facts, Check], Iterator[Problem]]
    limit: str = ""
    words: str = ""


CHECKS: dict[str, Known] = {
    "execution_low": Known("W520", execution_low, "执行率低于多少"),
    "unspent": Known("W521", unspent, "没有支出的部分超过预算的多少"),
    "better_than_execution": Known("W522", better_than_execution, "指标得分率比执行得分率高出多少"),
    "outputs_without_money": Known("W523", outputs_without_money, "执行率低于多少"),
    "cost_over_money": Known("W524", cost_over_money, "允许相差多少万元"),
    "unit_ratio": Known("W525", unit_ratio, "相差多少倍"),
    "budget_changed": Known("W526", budget_changed, words="说明中有其中一个词，就算说明过"),
    "satisfaction_evidence": Known("W527", satisfaction_evidence, words="这些说法不算佐证"),
    "after_year": Known("W528", after_year),
    "full_unit": Known("W529", full_unit, "单位至少有几个项目"),
    "heavy_indicator": Known("W530", heavy_indicator, "一个指标超过多少分"),
    "duplicate_names": Known("W531", duplicate_names),
    "cost_at_least": Known("W532", cost_at_least),
    "payment_as_output": Known("W533", payment_as_output, words="三级指标名称中的词"),
    "all_equal": Known("I520", all_equal, "至少有几个数值指标"),
    "reason_without_loss": Known("I521", reason_without_loss),
    "same_indicators": Known("I522", same_indicators, "至少有几个指标"),
}
"""Every check, in the order of the page ``docs/checks.md``."""

SAID_BY = {"W520": "W521"}
"""A problem that is not said of a project of which the other one is: it would say less of the same."""


def run_checks(facts: Facts, checks: Mapping[str, Check]) -> list[Problem]:
    """The problems of the checks that the rulebook has turned on. None of them changes a score or a state."""
    found: list[Problem] = []
    for name, known in CHECKS.items():
        check = checks.get(name)
        if check is not None and check.enabled:
            found.extend(known.run(facts, check))
    return list(_once(found))


def _once(found: Iterable[Problem]) -> Iterator[Problem]:
    problems = list(found)
    said = {(one.code, one.place.project) for one in problems}
    for one in problems:
        if (SAID_BY.get(one.code, ""), one.place.project) not in said:
            yield one
