"""I520: every numeric actual of a project is exactly its target."""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.problems import Place
from selfeval.domain.reading.quantity import RATE


def _find(facts: Facts, limit: Limit) -> Findings:
    actual, target = facts.column("actual_value"), facts.column("target_value")
    certain = facts.is_unit(RATE) & (target == 100)  # noqa: PLR2004 - percent; it cannot be passed and says nothing
    numeric = facts.scored & facts.is_kind(lambda kind: kind.compared) & ~certain & ~np.isnan(actual)
    same = facts.all_by_project(np.asarray(actual == target), numeric, int(limit))
    counts = np.bincount(facts.owners[numeric], minlength=len(facts.projects))
    codes = facts.projects.column("project")
    for at in np.flatnonzero(same).tolist():
        yield Place(codes[at]), {"count": int(counts[at])}


def _equal(*more: Answered) -> Example:
    return Example([Sample([Answered("≥2次", 2.0), Answered("3套", 3.0), *more, MET, CONTENT])])


CHECK = Check(
    code="I520",
    find=_find,
    title="实际完成值与指标值全部相等",
    message="{count}个数值指标的实际完成值都恰好等于指标值",
    remedy="请核实实际完成值的统计来源，并保留统计依据",
    limit="至少有几个数值指标",
    unit="个",
    looks_for="数值指标的实际完成值全部恰好等于指标值（100%的比率不算）",
    source="复核",
    says=(_equal(Answered("≤5日", 5.0)),),
    silent=(_equal(Answered("≤5日", 4.0)), _equal(Answered("100%", "100%"))),
)
