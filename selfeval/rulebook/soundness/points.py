"""Soundness of what a rulebook says of points: rounding, sections outside the 100, the execution, uncapped scores."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.curves import Curve, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import EXTRA_WORDS, PER_UNIT, Execution, Rulebook, Section
from selfeval.domain.scored import EXECUTION
from selfeval.rulebook.text.nodes import Block, at, at_value, find, spelled


def check_points(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """What makes points unusable."""
    own = rulebook.execution.section
    for i, part in enumerate(rulebook.sections):
        if part.id == own and part.levels1:
            facts = {"section": part.label, "levels1": "、".join(part.levels1)}
            place, levels = at_value(root, "execution", "section"), at(root, "sections", i, "levels1")
            place = levels if levels.file == at_value(root, "id").file != place.file else place
            yield problem("E270", place, where=spelled(root, "sections", i), **facts)
        if fault := _outside(part, own):
            yield problem("E272", at(root, "sections", i, "extra"), section=part.label, fault=fault)
    yield from _on_the_step(rulebook, root)
    for fault, key in _execution_deduct(rulebook.execution):
        yield problem("E240", at(root, "execution", key), what=fault)


def _execution_deduct(rule: Execution) -> Iterator[tuple[str, str]]:
    """What is wrong with the points off for every unit of the execution rate, and the key it stands at."""
    if rule.measure != PER_UNIT:
        if rule.deduct is not None:
            yield f"预算执行率的计算方法是 {rule.measure}，用不到 deduct", "deduct"
        return
    if rule.deduct is None:
        yield "预算执行率没有写 deduct（每低多少个百分点扣几分）", "measure"
        return
    if not rule.deduct.takes:
        yield "points、every（和 most）都要大于0", "deduct"
    if rule.deduct.above is not None:
        yield "预算执行率越低扣得越多，不能写 above，起扣的数用 below", "deduct"
    if isinstance(rule.curve, StepCurve) and all(step.share is not None for step in rule.curve.steps):
        yield "计算方法是 per_unit，计分标准要有一档 share: measure，否则扣分不起作用", "curve"


def _outside(part: Section, execution: str) -> str:
    """What is wrong with a section outside the 100; blank for nothing."""
    if not part.extra:
        return ""
    if part.id == execution:
        return "是预算执行率所在的部分，不能写在100分之外"
    if part.if_empty:
        return "不在100分之内，没有指标时没有分值要归入别处，不用写 if_empty"
    if not part.levels1:
        return "没有写属于它的一级指标（levels1）"
    return "" if part.points else "的 points 是0，加不了也扣不了分"


def _on_the_step(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Full marks must be scores that can be printed."""
    rounding = rulebook.rounding
    for i, part in enumerate(rulebook.sections):
        points = [("points", part.points)]
        points += [(f"if_empty 中归入{passed.to}的分值", passed.points) for passed in part.if_empty]
        for what, given in points:
            if given % rounding.step:
                facts = {"what": what, "found": show_points(given), "step": rounding.smallest}
                yield problem("E271", at(root, "sections", i), section=part.label, **facts)


def doubtful_points(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """What is allowed, but must be known."""
    for path, rule in rulebook.rules:
        if rule.uncapped and KINDS[rule.kind].measures:
            measure = KINDS[rule.kind].measures.get(rule.measure)
            never = measure is not None and measure.at_most_one
            if "cap" in _keys(root, *path):
                yield _uncapped(root, rule.curve, *path, what=rule.name, never=never)
    execution = rulebook.execution
    if execution.uncapped:
        yield _uncapped(root, execution.curve, "execution", what=EXECUTION, never=execution.deduct is not None)
    if rulebook.total_cap == "none" and not any(part.extra == "bonus" for part in rulebook.sections):
        yield problem("W272", at(root, "total_cap"), bonus=EXTRA_WORDS["bonus"])


def _keys(root: Block, *path: str | int) -> tuple[str, ...]:
    node = find(root, *path)[0]
    return tuple(node.entries) if isinstance(node, Block) else ()


def _uncapped(root: Block, curve: Curve, *path: str | int, what: str, never: bool) -> Problem:
    """That scores may be above their points; or why they never are, although the rule says so."""
    place, why = at(root, *path, "cap"), ""
    if never:
        why = "完成程度最大为1"
    elif not isinstance(curve, StepCurve):
        why = "按区间线性计分的得分率最大为1"
    elif curve.steps and curve.steps[-1].share is not None:
        why = "计分标准最后一档不是 share: measure，从那里起得分率是固定的"
    return problem("W271", place, what=what, why=why) if why else problem("W270", place, what=what)
