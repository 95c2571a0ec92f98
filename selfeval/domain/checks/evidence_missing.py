"""I523: indicators of a project earned points without any 佐证材料."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from selfeval.domain.checks.model import DONE, MET, Check, Example, Facts, Findings, Sample
from selfeval.domain.needs.payments import PAYMENTS

_NAMES_SHOWN = 5


def _find(facts: Facts) -> Findings:
    earned = facts.scored & (facts.column("score") > 0) & ~facts.is_kind(lambda kind: kind.need is PAYMENTS)
    bare = earned & facts.blank("evidence")
    names = facts.scores["level3"]
    for project in np.unique(facts.owners[bare]).tolist():
        rows = bare & (facts.owners == project)
        places = [*facts.actual_places(rows)]
        shown = "、".join(str(names.iloc[i]) for i, _ in places[:_NAMES_SHOWN])
        more = f"等{len(places)}项" if len(places) > _NAMES_SHOWN else ""
        yield places[0][1].at(indicator=""), {"names": shown + more}


_PROVEN = replace(DONE, evidence="活动记录4份")

CHECK = Check(
    code="I523",
    find=_find,
    title="得分指标未填写佐证材料",
    message="未填写佐证材料：{names}",
    remedy="请在“佐证材料”写明名称和件数，如“验收报告1份”，供复核时查验",
    looks_for="得分的指标未填写佐证材料；一个项目只提示一次，按各月支付计分的除外",
    source="复核",
    says=(Example([Sample([_PROVEN, MET])]),),
    silent=(Example([Sample([_PROVEN, replace(MET, evidence="问卷200份")])]),),
)
