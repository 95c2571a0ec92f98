"""W523: all outputs (数量, 质量, 时效) have full marks while less than the limit was spent."""

from __future__ import annotations

from fractions import Fraction

from selfeval.domain.checks.model import CONTENT, DONE, MET, Answered, Check, Example, Facts, Findings, Sample
from selfeval.domain.reading.quantity import show_share
from selfeval.domain.rulebook import show_percent


def _find(facts: Facts, limit: Fraction) -> Findings:
    outputs = facts.scored & facts.contains("level2", ("数量", "质量", "时效"))
    rate = facts.project_column("rate")
    for i, place in facts.executed_places(facts.all_by_project(facts.full, outputs) & (rate < float(limit))):
        yield place, {"rate": show_share(float(rate[i]), 2, beside=limit), "limit": show_percent(limit)}


CHECK = Check(
    code="W523",
    find=_find,
    title="预算执行率偏低而产出指标满分",
    message="预算执行率{rate}，低于{limit}，数量、质量、时效指标均为满分",
    remedy="请核实实际完成值；资金于下年支付的，请说明并附验收资料",
    limit="预算执行率低于多少",
    unit="%",
    looks_for="预算执行率偏低，数量、质量、时效指标均为满分",
    source="复核",
    says=(Example([Sample(executed=49.99)]),),
    silent=(
        Example([Sample([DONE, Answered("≥3次", 2.0, reason="少"), MET, CONTENT], executed=49.99)]),
        Example([Sample([DONE, Answered("≥3次", 2.0, reason="少", level2="时效指标"), MET, CONTENT], executed=49.99)]),
        Example([Sample(executed=50.0)]),
    ),
)
