"""W533: an indicator of quantity only says how much was paid."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.checks.model import CONTENT, DONE, MET, Check, Example, Facts, Findings, Sample
from selfeval.domain.needs.nothing import NOTHING_ASKED


def _find(facts: Facts, words: tuple[str, ...]) -> Findings:
    outputs = facts.contains("level2", ("数量",)) & ~facts.is_kind(lambda kind: kind.need is NOTHING_ASKED)
    names = facts.scores.column("level3")
    for i, place in facts.target_places(outputs & facts.contains("level3", words)):
        yield place, {"name": names[i]}


def _named(name: str) -> Example:
    return Example([Sample([replace(DONE, level3=name), MET, CONTENT])])


CHECK = Check(
    code="W533",
    find=_find,
    title="数量指标考核的是资金支付",
    message="数量指标“{name}”考核的是资金支付，不能反映工作数量",
    remedy="请核对；下年编制绩效目标时请改为产出的数量，支付进度由预算执行率反映",
    words="三级指标名称中的词",
    looks_for="数量指标的名称是资金支付、拨付、预算执行",
    source="复核",
    says=(_named("资金支付金额"),),
    silent=(_named("培训人数"),),
)
