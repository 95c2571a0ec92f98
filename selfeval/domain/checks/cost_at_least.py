"""W532: a cost that must be at least so much rewards spending; rates (节约率) are left alone."""

from __future__ import annotations

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Sample
from selfeval.domain.reading.quantity import RATE


def _find(facts: Facts) -> Findings:
    costs = facts.is_kind(lambda kind: kind.better > 0) & facts.level_contains("成本")
    for i, place in facts.target_places(costs & ~facts.is_unit(RATE)):
        yield place, {"target": facts.scores["target"].iloc[i]}


CHECK = Check(
    code="W532",
    find=_find,
    title="成本指标写成了不少于",
    message="成本指标的指标值是“{target}”，花得越多分越高",
    remedy="请复核指标值的符号；成本一般应写“≤”，定额补助可写“=”",
    looks_for="成本指标写成“≥”（比率除外，如节约率）",
    source="C40 复核",
    says=(Example([Sample([Answered("≥17.4万元", 18.0, level2="成本指标"), MET, CONTENT])]),),
    silent=(Example([Sample([Answered("≥5%", 6.0, level2="成本指标"), MET, CONTENT])]),),
)
