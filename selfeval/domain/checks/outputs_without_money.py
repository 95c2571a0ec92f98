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
        yield place, {"rate": show_share(float(rate[i]), 2), "limit": show_percent(limit)}


CHECK = Check(
    code="W523",
    find=_find,
    title="钱没怎么花，产出却是满分",
    message="执行率只有{rate}（低于{limit}），数量、质量、时效指标却全部满分",
    remedy="请核对实际完成值；资金在下年支付的，请写明并附验收等佐证材料",
    limit="执行率低于多少",
    unit="%",
    looks_for="钱没怎么花，数量、质量、时效却全部满分",
    source="C24 复核",
    says=(Example([Sample(executed=49.99)]),),
    silent=(
        Example([Sample([DONE, Answered("≥3次", 2.0, reason="少"), MET, CONTENT], executed=49.99)]),
        Example([Sample([DONE, Answered("≥3次", 2.0, reason="少", level2="时效指标"), MET, CONTENT], executed=49.99)]),
        Example([Sample(executed=50.0)]),
    ),
)
