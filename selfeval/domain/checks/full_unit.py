"""W529: every project of a unit that has as many as the limit has 100.00."""

from __future__ import annotations

from selfeval.domain.checks.model import Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.problems import Place
from selfeval.domain.rounding import WHOLE


def _find(facts: Facts, limit: Limit) -> Findings:
    totals: dict[str, list[int | None]] = {}
    for code, name, total in facts.projects.columns("unit_code", "unit_name", "total"):
        totals.setdefault(f"{code} {name}".strip(), []).append(total)
    for unit, found in totals.items():
        if len(found) >= limit and all(total == WHOLE for total in found):
            yield Place(), {"unit": unit, "count": len(found)}


CHECK = Check(
    code="W529",
    find=_find,
    title="单位的项目均为100分",
    message="单位“{unit}”的{count}个项目均为100.00分",
    remedy="复核时请抽查佐证材料",
    limit="单位至少有几个项目",
    unit="个",
    looks_for="一个单位的项目均为100.00分",
    source="复核",
    says=(Example([Sample(code="P0"), Sample(code="P1")]),),
    silent=(Example([Sample(code="P0"), Sample(code="P1", executed=99.0)]), Example([Sample()])),
    over_year=True,
)
