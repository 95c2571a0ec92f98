"""I523: indicators of a project earned points without any 佐证材料, or with words that name none."""

from __future__ import annotations

import re
from dataclasses import replace

from selfeval.domain.checks.model import DONE, MET, Check, Example, Facts, Findings, Sample
from selfeval.domain.needs.payments import PAYMENTS

_NAMES_NONE = re.compile(
    r"(?:详?见|另?附|后|有|已|均|都|全|齐|提[供交]|上传|相关|备查|存档|佐证|证明|材料|资料|附件"
    r"|[\d一二三四五六七八九十、，,。.；;:/()~-])+"
)
"""见附件, 已提供, 资料齐全: nobody can look for that."""


def _find(facts: Facts) -> Findings:
    earned = facts.scored & (facts.column("score") > 0) & ~facts.is_kind(lambda kind: kind.need is PAYMENTS)
    bare = earned & (facts.blank("evidence") | facts.matches("evidence", _NAMES_NONE))
    for places in facts.by_project(bare):
        yield places[0][1].at(indicator=""), {"names": facts.named([i for i, _ in places])}


_PROVEN = replace(DONE, evidence="活动记录4份")

CHECK = Check(
    code="I523",
    find=_find,
    title="得分指标未写明佐证材料",
    message="未写明佐证材料：{names}",
    remedy="请在“佐证材料”写明名称和件数，如“验收报告1份”，供复核时查验",
    looks_for="得分的指标未填写佐证材料，或者只写“见附件”“已提供”一类，没有名称；一个项目只提示一次，按各月支付计分的除外",
    source="复核",
    says=(
        Example([Sample([_PROVEN, MET])]),
        Example([Sample([_PROVEN, replace(MET, evidence="已提交，详见附件（十二）")])]),
    ),
    silent=(Example([Sample([_PROVEN, replace(MET, evidence="问卷200份（见附件）")])]),),
)
