"""W527: a satisfaction earned points without evidence, or with the lack of complaints for evidence."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.checks.model import CONTENT, DONE, MET, Check, Example, Facts, Findings, Sample


def _find(facts: Facts, words: tuple[str, ...]) -> Findings:
    earned = facts.scored & (facts.column("score") > 0) & facts.level_contains("满意")
    weak = facts.blank("evidence") | facts.contains("evidence", words)
    texts = facts.scores.column("evidence")
    for i, place in facts.actual_places(earned & weak):
        found = texts[i].strip()
        yield place, {"found": f"只写了“{found}”" if found else "没有填写"}


def _asked(evidence: str) -> Example:
    return Example([Sample([DONE, MET, replace(CONTENT, evidence=evidence)])])


CHECK = Check(
    code="W527",
    find=_find,
    title="满意度没有调查依据",
    message="满意度指标已得分，“佐证材料”{found}",
    remedy="请在“佐证材料”写明调查方式、份数和时间；“没有投诉”不能代替调查",
    words="这些说法不视为佐证",
    looks_for="满意度指标已得分，没有佐证材料，或者仅以“没有投诉”为证",
    source="复核",
    says=(Example([Sample()], "没有填写"), replace(_asked("全年无投诉"), message="无投诉")),
    silent=(
        _asked("问卷200份"),
        Example([Sample([DONE, MET, replace(CONTENT, level="未达成", percentage="0%", reason="差")])]),
    ),
)
