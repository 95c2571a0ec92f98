"""Soundness of how a department's own part is scored: its sections make 100, and take the partial goals."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.problems import Problem, problem
from selfeval.domain.rounding import WHOLE, show_points
from selfeval.domain.rulebook import Rulebook, WholeRule
from selfeval.rulebook.text.nodes import Block, at, at_value


def check_whole(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """What makes the sections of a department's own part unusable; nothing where it is not scored."""
    rule = rulebook.whole
    inherited = at(root, "department").file != at_value(root, "id").file
    if rule is None or not rule.enabled or inherited:  # what a parent wrote is sound, or counts for nothing
        return
    for fault in _faults(rule, rulebook):
        yield problem("E265", at(root, "department"), fault=fault)


def _faults(rule: WholeRule, rulebook: Rulebook) -> Iterator[str]:
    total, own, step = sum(part.points for part in rule.sections), rulebook.execution.section, rulebook.rounding.step
    if total != WHOLE:
        parts = " + ".join(f"{part.label} {show_points(part.points)}" for part in rule.sections) or "没有写 sections"
        yield f"各部分分值相加是{show_points(total)}（{parts}），应为100"
    if own not in {part.id for part in rule.sections}:
        yield f"没有预算执行率所在的部分“{own}”；不计分的写 points: 0"
    others = [part for part in rule.sections if part.id != own]
    rest = [part.label for part in others if not part.levels1]
    if not others:
        yield "除预算执行率外，没有收分项绩效目标的部分"
    if len(rest) > 1:
        yield f"{'、'.join(rest)}都没有写 levels1，分不清各分项绩效目标归入哪一部分；只能有一个部分不写"
    for part in rule.sections:
        if part.extra or part.if_empty:
            yield f"“{part.label}”写了 extra 或 if_empty，部门整体不用"
        if part.points % step:
            yield f"“{part.label}”的分值{show_points(part.points)}取不到{rulebook.rounding.smallest}"
