"""W530: one indicator carries more points than the limit."""

from __future__ import annotations

from selfeval.domain.checks.model import CONTENT, DONE, MET, Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.rounding import UNIT


def _find(facts: Facts, limit: Limit) -> Findings:
    points, most = facts.column("points"), limit * UNIT
    for i, place in facts.target_places((points > float(most)) & ~facts.execution):
        yield place, {"points": facts.rounding.show(int(points[i])), "limit": facts.rounding.show(int(most))}


CHECK = Check(
    code="W530",
    find=_find,
    title="单个指标的分值过高",
    message="本指标占{points}分，超过{limit}分，对总分影响过大",
    remedy="请核对分值分配；下年编制绩效目标时宜细化为几个指标",
    limit="一个指标超过多少分",
    unit="分",
    source="公开",
    says=(Example([Sample([DONE, MET, CONTENT])]),),
    silent=(Example([Sample([DONE, DONE, MET, CONTENT])]),),
)
