"""W520: the execution rate is below the limit."""

from __future__ import annotations

from selfeval.domain.checks.model import Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.reading.quantity import show_share
from selfeval.domain.rulebook import show_percent


def _find(facts: Facts, limit: Limit) -> Findings:
    rate = facts.project_column("rate")
    for i, place in facts.executed_places(rate < float(limit)):
        yield place, {"rate": show_share(float(rate[i]), 2, beside=limit), "limit": show_percent(limit)}


CHECK = Check(
    code="W520",
    find=_find,
    title="预算执行率偏低",
    message="预算执行率{rate}，低于{limit}",
    remedy="请在“年度总体目标实际完成情况”中说明未执行的原因和结转结余资金的处理情况",
    limit="预算执行率低于多少",
    unit="%",
    source="公开",
    says=(Example([Sample(executed=89.99)]),),
    silent=(Example([Sample(executed=90.0)]),),
)
