"""Soundness of measures: curves, deductions, and the variants of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from selfeval.domain.curves import NO_CURVE, Curve, LineCurve, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import CONDITIONS, PER_UNIT, Deduction, KindRule, Variant
from selfeval.rulebook.text.nodes import Block, Items, at, find, spelled


def check_measured(rule: KindRule, root: Block) -> Iterator[Problem]:
    """A kind has a measure of its own, a sound curve for it, and sound variants."""
    path = "kinds", rule.kind
    if KINDS[rule.kind].measures:
        yield from _measured(rule, rule.measure, root, *path)
        yield from check_curve(rule.curve, root, *path, "curve")
        yield from _deduct(rule.measure, rule.deduct, rule.curve, root, *path)
    elif rule.measure:
        yield problem("E222", at(root, *path, "measure"), kind=rule.kind, found=rule.measure, known="（不写）")
    for i, variant in enumerate(rule.variants):
        yield from _variant(rule, variant, root, *path, "variants", i)
    for (_, first), (j, second) in combinations(enumerate(rule.variants), 2):
        if _overlap(first, second):
            place = at(root, *path, "variants", j)
            yield problem("E239", place, kind=rule.kind, first=first.id, second=second.id)


def _measured(rule: KindRule, measure: str, root: Block, *path: str | int) -> Iterator[Problem]:
    known = KINDS[rule.kind].measures
    if measure not in known:
        facts = {"kind": rule.kind, "found": measure or "（没有写）", "known": "、".join(known)}
        yield problem("E222", at(root, *path, "measure"), **facts)


def _variant(rule: KindRule, variant: Variant, root: Block, *path: str | int) -> Iterator[Problem]:
    if not KINDS[rule.kind].measures:
        yield problem("E222", at(root, *path), kind=rule.kind, found=variant.id, known="（不写）")
        return
    if not any(getattr(variant, key) for key in CONDITIONS):
        yield problem("E238", at(root, *path), kind=rule.kind, variant=variant.id)
    measure = variant.measure or rule.measure
    yield from _measured(rule, measure, root, *path)
    if variant.curve != NO_CURVE:
        yield from check_curve(variant.curve, root, *path, "curve")
    elif measure != rule.measure:
        what = "换了计量方法（measure），没有写曲线（curve）"
        yield problem("E224", at(root, *path, "measure"), where=spelled(root, *path), what=what)
    curve = rule.curve if variant.curve == NO_CURVE else variant.curve
    yield from _deduct(measure, variant.deduct or rule.deduct, curve, root, *path)


def _overlap(first: Variant, second: Variant) -> bool:
    """Whether one indicator can fall under both; one that names indicators comes before one that does not."""
    if bool(first.indicators) != bool(second.indicators):
        return False
    pairs = ((getattr(first, key), getattr(second, key)) for key in CONDITIONS)
    return all(not a or not b or {*map(normalise, a)} & {*map(normalise, b)} for a, b in pairs)


def _deduct(measure: str, deduct: Deduction | None, curve: Curve, root: Block, *path: str | int) -> Iterator[Problem]:
    """``per_unit`` needs a deduction above 0, and a curve that passes the measure on."""
    place = at(root, *path, "deduct")
    if measure != PER_UNIT:
        if deduct is not None:
            yield problem("E240", place, what=f"计量方法是 {measure or None}，用不到 deduct")
        return
    if deduct is None:
        yield problem("E240", at(root, *path, "measure"), what="没有写 deduct（差一个单位扣几分）")
    elif deduct.points <= 0 or deduct.every <= 0:
        yield problem("E240", place, what="points 和 every 都要大于 0")
    if isinstance(curve, StepCurve) and curve.steps and all(step.share is not None for step in curve.steps):
        what = "计量方法是 per_unit，要有一档 share: measure，否则扣分不起作用"
        yield problem("E224", at(root, *path, "curve"), where="曲线", what=what)


def check_curve(curve: Curve, root: Block, *path: str | int) -> Iterator[Problem]:
    """A curve has items of one form, in rising order, with shares between 0 and 1."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    node, mark = find(root, *path)
    points = curve.points if isinstance(curve, LineCurve) else ()
    if curve == NO_CURVE:
        yield problem("E224", mark.place, where=where, what="没有写一档或一点")
    elif points and isinstance(node, Items) and len(node.items) > len(points):
        yield problem("E224", mark.place, where=where, what="分档（from）和折线（at）混在一起")
    else:
        for i, (before, after) in enumerate(pairwise(curve.turns), start=1):
            if after <= before:
                what = f"第 {i + 1} 项从 {float(after):g} 起，不大于前一项的 {float(before):g}"
                yield problem("E224", at(root, *path, i), where=where, what=what)
        for i, (_, share) in enumerate(points):
            if not 0 <= share <= 1:
                what = f"第 {i + 1} 项的得分比例 {float(share):g} 不在 0 到 1 之间"
                yield problem("E224", at(root, *path, i), where=where, what=what)
