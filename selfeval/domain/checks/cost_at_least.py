"""W532: a cost that must be at least so much rewards spending; rates (节约率) are left alone."""

from __future__ import annotations

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Sample
from selfeval.domain.reading.quantity import RATE


def _find(facts: Facts) -> Findings:
    costs = facts.is_kind(lambda kind: kind.better > 0) & facts.level_contains("成本")
    targets = facts.scores.column("target")
    for i, place in facts.target_places(costs & ~facts.is_unit(RATE)):
        yield place, {"target": targets[i]}


CHECK = Check(
    code="W532",
    find=_find,
    title="成本指标的符号与成本控制方向相反",
    message="成本指标的指标值为“{target}”，符号与成本控制方向相反",
    remedy="请核对；成本一般为“≤”，定额补助可为“=”",
    looks_for="成本指标写成“≥”（比率除外，如节约率）",
    source="复核",
    says=(Example([Sample([Answered("≥17.4万元", 18.0, level2="成本指标"), MET, CONTENT])]),),
    silent=(Example([Sample([Answered("≥5%", 6.0, level2="成本指标"), MET, CONTENT])]),),
)
