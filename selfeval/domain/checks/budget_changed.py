"""W526: the budget changed during the year and the result in words does not say so.

A year-start budget of 0 is a project added during the year, which is normal. One that was changed together with that of
the whole year is held against what was promised.
"""

from __future__ import annotations

import numpy as np

from selfeval.domain.checks.model import Check, Example, Facts, Findings, Sample, as_floats
from selfeval.domain.reading.quantity import normalise, show_number

_NOISE = 1e-9
"""万元 by which sums of floats are off."""


def _find(facts: Facts, words: tuple[str, ...]) -> Findings:
    initial, budget = facts.project_column("initial"), facts.project_column("full_year")
    promised = as_floats(facts.targets.projects.column("budget"))
    changed = (initial > 0) & (initial != budget)
    off = (promised > 0) & (np.abs(promised - budget) > _NOISE) & ((initial == budget) | np.isnan(initial))
    wanted = [normalise(word) for word in words]
    for i, executed in facts.executed_places((budget > 0) & (changed | off)):
        said = facts.results.get(executed.project)
        if said is None or not any(word in normalise(said.text) for word in wanted):
            place = executed if said is None else executed.at(file=said.file, sheet=said.sheet, cell=said.cell)
            before = f"绩效目标表的{show_number(float(promised[i]))}" if off[i] else show_number(float(initial[i]))
            yield place, {"initial": before, "budget": show_number(float(budget[i]))}


CHECK = Check(
    code="W526",
    find=_find,
    title="预算调整未作说明",
    message="年中预算由{initial}万元调整为{budget}万元，未作说明",
    remedy="请在“年度总体目标实际完成情况”中说明调整事项和批复文号",
    words="有其中一个词的，视为已说明",
    looks_for=(
        "年初预算数与全年预算数不同，或者两个数相同而与绩效目标表的预算数不同，“年度总体目标实际完成情况”未作说明；"
        "年初为0的是年中新增，不提示"
    ),
    source="公开",
    says=(
        Example([Sample(initial=90.0, result="完成任务")]),
        Example([Sample(budget=120.0, result="完成任务")], "年中预算由绩效目标表的120万元调整为100万元，未作说明"),
    ),
    silent=(
        Example([Sample(initial=90.0, result="年中追加10万元")]),
        Example([Sample(initial=0.0)]),
        Example([Sample(budget=120.0, result="年中压减20万元")]),
        Example([Sample(initial=0.0, budget=120.0)]),
    ),
)
