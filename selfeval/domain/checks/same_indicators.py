"""I522: projects with the same indicators and targets, word by word, as many as the limit; the first is named."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from selfeval.domain.checks.model import DONE, MET, Answered, Check, Example, Facts, Findings, Limit, Sample
from selfeval.domain.promised_at import promised_at, sheet_beside
from selfeval.domain.reading.quantity import normalise

_NAMES_SHOWN = 5


def _find(facts: Facts, limit: Limit) -> Findings:
    owners: dict[bytes, list[str]] = {}
    for project in facts.projects.column("project"):
        own = sorted(
            f"{normalise(row['level3'])}\n{normalise(row['target'])}" for row in facts.targets.indicators.of(project)
        )
        if len(own) >= limit:
            owners.setdefault(sha256("\n".join(own).encode()).digest(), []).append(project)
    for first, *others in owners.values():
        if others:
            more = f"等{len(others)}个项目" if len(others) > _NAMES_SHOWN else ""
            cell = facts.targets.indicators.of(first)[0]["cell"]
            place = promised_at(facts.targets.file, sheet_beside(cell, "指标"), first)
            yield place, {"others": "、".join(others[:_NAMES_SHOWN]) + more}


def _copies(*targets: str) -> Example:
    """Projects of three indicators each, one of which has the given target."""
    rows = [[replace(DONE, level3="活动"), Answered(target, level3="其他", level="达成"), MET] for target in targets]
    return Example([Sample(three, code=f"P{i}") for i, three in enumerate(rows)])


CHECK = Check(
    code="I522",
    find=_find,
    title="几个项目的指标完全相同",
    message="本项目的指标和指标值与{others}逐字相同",
    remedy="请核实指标是否符合本项目实际",
    limit="至少有几个指标",
    unit="个",
    looks_for="几个项目的指标和指标值逐字相同",
    source="复核",
    says=(_copies("提升", "提升"),),
    silent=(_copies("提升", "明显提升"),),
    over_year=True,
)
