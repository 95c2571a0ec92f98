"""Soundness of measures: curves, deductions, and the variants of a kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise

from selfeval.domain.kind import Kind
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.rulebook.models import CurveItem, DeductModel, KindModel, PointModel, StepModel, VariantModel
from selfeval.rulebook.text.nodes import Block, find

PER_UNIT = "per_unit"
"""The measure that reads ``deduct``."""

SCOPE = ("level1", "level2", "level3", "indicators", "unit")
"""The conditions of a variant."""


def check_measured(name: str, kind: KindModel, known: Kind, root: Block) -> Iterator[Problem]:
    """A kind has a measure of its own, a sound curve for it, and sound variants."""
    measures = list(known.measures)
    if (kind.measure or "") not in (measures or [""]):
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


def _wrong_measure(name: str, found: str | None, known: Sequence[str], root: Block, *path: str | int) -> Problem:
    facts = {"kind": name, "found": found or "（没有写）", "known": "、".join(known) or "（不写）"}
    return problem("E222", find(root, *path)[1].place, **facts)


def _variant(name: str, kind: KindModel, known: Kind, i: int, one: VariantModel, root: Block) -> Iterator[Problem]:
    path = ("kinds", name, "variants", i)
    place = find(root, *path)[1].place
    if not known.measures:
        yield problem("E222", place, kind=name, found=one.id, known="（不写）")
        return
    if not any(getattr(one, key) for key in SCOPE):
        yield problem("E238", place, kind=name, variant=one.id)
    measure = one.measure or kind.measure
    if measure not in known.measures:
        yield _wrong_measure(name, measure, list(known.measures), root, *path, "measure")
    if one.curve:
        yield from check_curve(one.curve, root, *path, "curve")
    elif one.measure is not None and one.measure != kind.measure:
        facts = {"where": f"kinds.{name}.variants.{one.id}", "what": "换了计量方法（measure），没有写曲线（curve）"}
        yield problem("E224", find(root, *path, "measure")[1].place, **facts)
    yield from _deduct(measure, one.deduct or kind.deduct, one.curve or kind.curve, root, *path)


def _overlap(first: VariantModel, second: VariantModel) -> bool:
    """Whether one indicator can fall under both; one that names indicators comes before one that does not."""
    if bool(first.indicators) != bool(second.indicators):
        return False
    pairs = ((getattr(first, key), getattr(second, key)) for key in SCOPE)
    return all(not a or not b or {*map(normalise, a)} & {*map(normalise, b)} for a, b in pairs)


def _deduct(
    measure: str | None, deduct: DeductModel | None, curve: Sequence[CurveItem], root: Block, *path: str | int
) -> Iterator[Problem]:
    """``per_unit`` needs a deduction above 0, and a curve that passes the measure on."""
    place = find(root, *path, "deduct")[1].place
    if measure != PER_UNIT:
        if deduct is not None:
            yield problem("E240", place, what=f"计量方法是 {measure}，用不到 deduct")
        return
    if deduct is None:
        yield problem("E240", find(root, *path, "measure")[1].place, what="没有写 deduct（差一个单位扣几分）")
    elif deduct.points <= 0 or deduct.every <= 0:
        yield problem("E240", place, what="points 和 every 都要大于 0")
    if curve and all(isinstance(one, StepModel) and one.share is not None for one in curve):
        facts = {"where": "曲线", "what": "计量方法是 per_unit，要有一档 share: measure，否则扣分不起作用"}
        yield problem("E224", find(root, *path, "curve")[1].place, **facts)


def check_curve(items: Sequence[CurveItem], root: Block, *path: str | int) -> Iterator[Problem]:
    """A curve has items of one form, in rising order, with shares between 0 and 1."""
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
    place = find(root, *path)[1].place
    if not items:
        yield problem("E224", place, where=where, what="没有写一档或一点")
        return
    if len({type(one) for one in items}) > 1:
        yield problem("E224", place, where=where, what="分档（from）和折线（at）混在一起")
        return
    starts = [_start(one) for one in items]
    for i, (before, after) in enumerate(pairwise(starts)):
        if after <= before:
            at = find(root, *path, i + 1)[1].place
            what = f"第 {i + 2} 项从 {float(after):g} 起，不大于前一项的 {float(before):g}"
            yield problem("E224", at, where=where, what=what)
    for i, one in enumerate(items):
        if isinstance(one, PointModel) and not 0 <= one.share <= 1:
            what = f"第 {i + 1} 项的得分比例 {float(one.share):g} 不在 0 到 1 之间"
            yield problem("E224", find(root, *path, i)[1].place, where=where, what=what)


def _start(one: StepModel | PointModel) -> Fraction:
    return one.start if isinstance(one, StepModel) else one.at
