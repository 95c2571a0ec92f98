"""I521: a reason for a deviation where there is none: full points and nothing that deserves attention."""

from __future__ import annotations

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Sample
from selfeval.domain.scored import State


def _find(facts: Facts) -> Findings:
    judged = facts.is_kind(lambda kind: kind.need.reasoned)  # these need a reason
    plain = facts.full & facts.is_one_of("state", (State.SCORED,)) & ~judged
    texts = facts.scores.column("reason")
    for i, place in facts.actual_places(plain & ~facts.blank("reason")):
        yield place, {"reason": _short(texts[i])}


def _short(text: str, longest: int = 40) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= longest else f"{plain[:longest]}……"


def _explained(target: str, actual: float, reason: str) -> Example:
    return Example([Sample([Answered(target, actual, reason=reason), MET, CONTENT])])


CHECK = Check(
    code="I521",
    find=_find,
    title="没有失分而填写了偏差原因",
    message="本指标得满分、没有偏差，“偏差原因”填写了“{reason}”",
    remedy="请核对是否填错了行；补充说明可写在“佐证材料”里",
    looks_for="得满分、没有偏差，而填写了偏差原因（人工评定的除外）",
    source="推定",
    says=(_explained("≥3次", 3.0, "经费不足"),),
    silent=(
        _explained("≥3次", 3.0, "无"),
        _explained("≥100次", 130.0, "活动增加"),  # an excess wants a reason
    ),
)
