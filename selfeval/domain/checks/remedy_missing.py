"""I524: indicators of a project lost points for a reason, and nothing is said of what will be done about it."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.checks.model import CONTENT, MET, Answered, Check, Example, Facts, Findings, Sample


def _find(facts: Facts) -> Findings:
    lost = facts.scored & ~facts.full & ~facts.blank("reason") & facts.blank("remedy")
    for places in facts.by_project(lost):
        yield places[0][1].at(indicator=""), {"names": facts.named([i for i, _ in places])}


_SHORT = Answered("≥4次", 3.0, reason="人手不足", level3="培训场次")

CHECK = Check(
    code="I524",
    find=_find,
    title="失分指标未填写改进措施",
    message="有失分，写了偏差原因，未填写改进措施：{names}",
    remedy="请在“改进措施”写明怎样改进、什么时候完成；确实不需要改进的不用处理",
    looks_for="失分的指标写了偏差原因而未填写改进措施（写“无”的同样）；一个项目只提示一次",
    source="复核",
    says=(
        Example([Sample([_SHORT, MET])], "未填写改进措施：培训场次"),
        Example([Sample([replace(_SHORT, remedy="无"), MET])]),
        Example([Sample([replace(_SHORT, level3="培训场次。"), replace(_SHORT, level3="讲座")])], "：培训场次、讲座"),
    ),
    silent=(Example([Sample([replace(_SHORT, remedy="增配人手，6月底前到位"), MET, CONTENT])]), Example([Sample()])),
)
