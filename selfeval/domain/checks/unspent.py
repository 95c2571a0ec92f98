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
        shown = {"left": show_number(left), "share": show_share(float(left / fraction(budget[i])), 2, beside=limit)}
        yield place, {"limit": show_percent(limit), **shown}


CHECK = Check(
    code="W521",
    find=_find,
    title="未支出金额较多",
    message="未支出{left}万元，占全年预算数的{share}（提示线{limit}）",
    remedy="请在“年度总体目标实际完成情况”中说明未执行的原因和结转结余资金的处理情况",
    limit="未支出金额占全年预算数的比例超过多少",
    unit="%",
    source="平台",
    replaces="W520",
    says=(Example([Sample(executed=79.99)], "未支出20.01万元，占全年预算数的20.01%（提示线20%）"),),
    silent=(Example([Sample(executed=80.0)]),),
)
