"""W531: two indicators of one project have the same third-level name; it is said of the later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from selfeval.domain.checks.model import CONTENT, DONE, MET, Check, Example, Facts, Findings, Sample
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.reading.quantity import normalise


def _find(facts: Facts) -> Findings:
    names, indicators, owners = facts.scores.column("level3"), facts.scores.column("indicator"), facts.owners.tolist()
    known = {name: normalise(name) for name in {*names}}
    plain = [known[name] for name in names]
    first: dict[tuple[int, str], str] = {}
    others: dict[int, str] = {}
    for i in np.flatnonzero(~facts.execution & ~facts.is_kind(lambda kind: kind.need is NOTHING_ASKED)).tolist():
        key = owners[i], plain[i]
        if plain[i] and first.setdefault(key, indicators[i]) != indicators[i]:
            others[i] = first[key]
    for i, place in facts.target_places(np.isin(np.arange(len(names)), list(others))):
        yield place, {"name": names[i], "other": others[i]}


def _named(*names: str) -> Example:
    return Example([Sample([*(replace(DONE, level3=name) for name in names), MET, CONTENT])])


CHECK = Check(
    code="W531",
    find=_find,
    title="三级指标重名",
    message="三级指标“{name}”与{other}同名",
    remedy="请核对是否重复考核同一事项；下年编制绩效目标时请改名或合并",
    looks_for="同一个项目的三级指标重名（不涉及的不算）",
    source="复核",
    says=(_named("培训", " 培　训"),),
    silent=(_named("培训", "培训率"),),
)
