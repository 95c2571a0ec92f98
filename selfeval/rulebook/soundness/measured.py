"""Soundness of measures: curves, deductions, and the variants of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from selfeval.domain.curves import NO_CURVE, Curve, LineCurve, StepCurve
from selfeval.domain.kind import Kind
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import CONDITIONS, PER_UNIT, Deduction, KindRule, Variant
from selfeval.rulebook.text.nodes import Block, Items, find


def check_measured(name: str, kind: KindRule, known: Kind, root: Block) -> Iterator[Problem]:
    """A kind has a measure of its own, a sound curve for it, and sound variants."""
    measures = list(known.measures)
    if kind.measure not in (measures or [""]):
        yield _wrong_measure(name, kind.measure, measures, root, "kinds", name, "measure")
    if measures:
        yield from check_curve(kind.curve, root, "kinds", name, "curve")
        yield from _deduct(kind.measure, kind.deduct, kind.curve, root, "kinds", name)
    for i, one in enumerate(kind.variants):
        yield from _variant(name, kind, known, i, one, root)
    for (_, first), (j, second) in combinations(enumerate(kind.variants), 2):
        if _overlap(first, second):
            facts = {"kind": name, "first": first.id, "second": second.id}
            yield problem("E239", find(root, "kinds", name, "variants", j)[1].place, **facts)


def _wrong_measure(name: str, found: str, known: Sequence[str], root: Block, *path: str | int) -> Problem:
    facts = {"kind": name, "found": found or "（没有写）", "known": "、".join(known) or "（不写）"}
    return problem("E222", find(root, *path)[1].place, **facts)


def _variant(name: str, kind: KindRule, known: Kind, i: int, one: Variant, root: Block) -> Iterator[Problem]:
    path = ("kinds", name, "variants", i)
    place = find(root, *path)[1].place
    if not known.measures:
        yield problem("E222", place, kind=name, found=one.id, known="（不写）")
        return
    if not any(getattr(one, key) for key in CONDITIONS):
        yield problem("E238", place, kind=name, variant=one.id)
    measure = one.measure or kind.measure
    if measure not in known.measures:
        yield _wrong_measure(name, measure, list(known.measures), root, *path, "measure")
    if one.curve != NO_CURVE:
        yield from check_curve(one.curve, root, *path, "curve")
    elif one.measure and one.measure != kind.measure:
        facts = {"where": f"kinds.{name}.variants.{one.id}", "what": "换了计量方法（measure），没有写曲线（curve）"}
        yield problem("E224", find(root, *path, "measure")[1].place, **facts)
    yield from _deduct(
        measure, one.deduct or kind.deduct, kind.curve if one.curve == NO_CURVE else one.curve, root, *path
    )


def _overlap(first: Variant, second: Variant) -> bool:
    """Whether one indicator can fall under both; one that names indicators comes before one that does not."""
    if bool(first.indicators) != bool(second.indicators):
        return False
    pairs = ((getattr(first, key), getattr(second, key)) for key in CONDITIONS)
    return all(not a or not b or {*map(normalise, a)} & {*map(normalise, b)} for a, b in pairs)


def _deduct(measure: str, deduct: Deduction | None, curve: Curve, root: Block, *path: str | int) -> Iterator[Problem]:
    """``per_unit`` needs a deduction above 0, and a curve that passes the measure on."""
    place = find(root, *path, "deduct")[1].place
    if measure != PER_UNIT:
        if deduct is not None:
            yield problem("E240", place, what=f"计量方法是 {measure or None}，用不到 deduct")
        return
    if deduct is None:
        yield problem("E240", find(root, *path, "measure")[1].place, what="没有写 deduct（差一个单位扣几分）")
    elif deduct.points <= 0 or deduct.every <= 0:
        yield problem("E240", place, what="points 和 every 都要大于 0")
    if isinstance(curve, StepCurve) and curve.steps and all(one.share is not None for one in curve.steps):
        facts = {"where": "曲线", "what": "计量方法是 per_unit，要有一档 share: measure，否则扣分不起作用"}
        yield problem("E224", find(root, *path, "curve")[1].place, **facts)


def check_curve(curve: Curve, root: Block, *path: str | int) -> Iterator[Problem]:
    """A curve has items of one form, in rising order, with shares between 0 and 1."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    node, mark = find(root, *path)
    if curve == NO_CURVE:
        yield problem("E224", mark.place, where=where, what="没有写一档或一点")
        return
    points = curve.points if isinstance(curve, LineCurve) else ()
    if points and isinstance(node, Items) and len(node.items) > len(points):
        yield problem("E224", mark.place, where=where, what="分档（from）和折线（at）混在一起")
        return
    starts = curve.turns
    for i, (before, after) in enumerate(pairwise(starts)):
        if after <= before:
            at = find(root, *path, i + 1)[1].place
            what = f"第 {i + 2} 项从 {float(after):g} 起，不大于前一项的 {float(before):g}"
            yield problem("E224", at, where=where, what=what)
    for i, (_, share) in enumerate(points):
        if not 0 <= share <= 1:
            what = f"第 {i + 1} 项的得分比例 {float(share):g} 不在 0 到 1 之间"
            yield problem("E224", find(root, *path, i)[1].place, where=where, what=what)
