"""W521: more of the budget than the limit was not spent."""

from __future__ import annotations

from selfeval.domain.checks.model import Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.reading.quantity import show_number, show_share
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import show_percent


def _find(facts: Facts, limit: Limit) -> Findings:
    """The projects with rate < 1 - limit: both sides are the nearest float of an exact fraction."""
    budget, executed = facts.project_column("full_year"), facts.project_column("executed")
    for i, place in facts.executed_places(facts.project_column("rate") < float(1 - limit)):
        left = fraction(budget[i]) - fraction(executed[i])
        shown = {"left": show_number(left), "share": show_share(float(left / fraction(budget[i])), 2)}
        yield place, {"budget": show_number(budget[i]), "limit": show_percent(limit), **shown}


CHECK = Check(
    code="W521",
    find=_find,
    title="预算结余较多",
    message="全年预算数{budget}万元，还有{left}万元（{share}）没有支出，超过{limit}",
    remedy="请说明没有支出的原因和结余资金的去向；复核时会对照产出指标是否真的完成",
    limit="没有支出的部分超过预算的多少",
    unit="%",
    source="C23 平台",
    replaces="W520",
    says=(Example([Sample(executed=79.99)], "还有20.01万元（20.01%）"),),
    silent=(Example([Sample(executed=80.0)]),),
)
