"""Soundness: what must hold before a rulebook may score anything; what is merely doubtful is left to the lint."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

from selfeval.domain.checks import CHECKS
from selfeval.domain.curves import NO_CURVE, Curve, StepCurve
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import Measure
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.headings import is_named, plain_heading
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import UNIT, WHOLE, show_points
from selfeval.domain.rulebook import (
    CONDITIONS,
    EXTRA_WORDS,
    PER_UNIT,
    CheckRule,
    Deduction,
    Entry,
    KindRule,
    Rulebook,
    Variant,
)
from selfeval.rulebook.soundness.citing import check_cited, check_quoted, unknown
from selfeval.rulebook.soundness.curves import check_by_category, check_curve
from selfeval.rulebook.soundness.entries import check_groups
from selfeval.rulebook.soundness.levels import check_levels, own_levels
from selfeval.rulebook.soundness.points import check_points
from selfeval.rulebook.soundness.scales import check_scales
from selfeval.rulebook.soundness.sense import check_sense
from selfeval.rulebook.soundness.whole import check_whole
from selfeval.rulebook.text.nodes import Block, at, at_value, find, line_of, spelled


def check_soundness(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Everything that makes a well-shaped rulebook unusable, each at its line."""
    unfit = list[Problem]()
    of_parts = _sections, check_points, _kinds, check_levels, _grades
    for check in (
        *of_parts,
        check_cited,
        check_quoted,
        _in_force,
        _shared_words,
        _named,
        _checks,
        check_scales,
        check_groups,
        check_whole,
    ):
        unfit += check(rulebook, root)
    off = {line_of(found.place) for found in unfit if found.code == "E260"}
    unfit = [found for found in unfit if found.code != "E224" or line_of(found.place) not in off]
    yield from unfit or check_sense(rulebook, root)  # a curve that is no curve, or off its scale, makes no sense anyway


def _sections(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    total = sum(part.points for part in rulebook.inside)
    if total != WHOLE:
        parts = " + ".join(f"{part.label} {show_points(part.points)}" for part in rulebook.inside)
        place, hint = _off(rulebook, root, total)
        yield problem("E218", place, parts=parts, total=show_points(total), hint=hint)
    labels = {part.id: part.label for part in rulebook.sections}
    section = rulebook.execution.section
    if section not in labels:
        yield unknown(at_value(root, "execution", "section"), "部分", section, labels)
    owners: dict[str, str] = {}
    for i, part in enumerate(rulebook.sections):
        for level in part.levels1:
            first = owners.setdefault(plain_heading(level), part.id)
            if first != part.id:
                place = at(root, "sections", i, "levels1")
                yield problem("E219", place, level1=level, first=first, second=part.id)
        # the points of an empty section go, all of them, to other sections with indicators
        others = {other.id: other.label for other in rulebook.inside if other.levels1 and other.id != part.id}
        for j, passed in enumerate(part.if_empty):
            if passed.to not in others:
                yield unknown(at_value(root, "sections", i, "if_empty", j, "to"), "其他部分", passed.to, others)
        total = sum(passed.points for passed in part.if_empty)
        if part.if_empty and total != part.points:
            facts = {"section": part.label, "total": show_points(total), "points": show_points(part.points)}
            yield problem("E243", at(root, "sections", i, "if_empty"), **facts)
        if section in labels and not part.levels1 and part.id != section and not part.extra:
            yield problem("E221", at(root, "sections", i), section=part.label)


def _off(rulebook: Rulebook, root: Block, total: int) -> tuple[Place, str]:
    """The section whose points make the sum wrong, if it shows, and what its points were meant to be."""
    whole = at(root, "sections")
    if 0 < total <= UNIT:
        return whole, "；points 写分数，不写比例：一半写50"
    for i, part in enumerate(rulebook.sections):
        inside = not part.extra
        word = next((kind for kind, said in EXTRA_WORDS.items() if kind and said[:2] in part.label), "")
        if inside and word and total - part.points == WHOLE:
            return at(root, "sections", i), f"；“{part.label}”在100分之外的，写上 extra: {word}"
        meant = WHOLE - total + part.points
        if inside and part.points and meant in {part.points * 100, part.points * 10, part.points // 10}:
            return at(root, "sections", i, "points"), f"；“{part.label}”是否应为 points: {show_points(meant)}"
    return whole, ""


def _kinds(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    for rule in rulebook.kinds.values():
        yield from check_measured(rule, root)
    execution = rulebook.execution
    yield from check_curve(execution.curve, root, "execution", "curve")


def _grades(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    scale = rulebook.grades
    if not scale or scale[-1].lowest != 0:
        yield problem("E227", at(root, "grades", "scale"), what="最后一级的最低总分应为0，否则低分没有等级")
    for i, (upper, lower) in enumerate(pairwise(scale), start=1):
        if lower.lowest >= upper.lowest > UNIT:
            shown = [f"“{grade.label}”的{show_points(grade.lowest)}" for grade in (lower, upper)]
            yield problem("E227", at(root, "grades", "scale", i), what=" 应低于".join(shown))


def _in_force(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    first, last = rulebook.in_force.start, rulebook.in_force.end
    if last is not None and last < first:
        yield problem("E229", at(root, "in_force"), start=first, end=last)


def _named(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """The id of a rulebook is the name of its file, because that is how others find it."""
    place = at_value(root, "id")
    stem = place.file.rpartition("/")[2].removesuffix(".yaml")
    if rulebook.id != stem:
        yield problem("E230", place, found=rulebook.id, expected=stem)
    for i, entry in enumerate(rulebook.recognise):
        looks = [*entry.symbols, *entry.words, *entry.suffixes, *entry.exact, *entry.patterns]
        if not (looks or entry.shape) or not all(map(normalise, looks)):
            yield problem("E231", at(root, "recognise", i), entry=entry.id)


def _shared_words(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Words that two entries share: the same text would fit both equally well."""
    for (i, first), (j, second) in combinations(enumerate(rulebook.recognise), 2):
        shared = _looks(first) & _looks(second)
        if shared and _meet(first, second):
            mark, place = find(root, "recognise", i)[1], at(root, "recognise", j)
            where = f"第{mark.line}行" if mark.file == place.file else f"{mark.file}第{mark.line}行"
            facts = {"words": "、".join(sorted(shared)), "first": first.id, "second": second.id, "where": where}
            yield problem("E232", place, **facts)


def _looks(entry: Entry) -> set[str]:
    shapes = {f"shape: {entry.shape}"} if entry.shape else set()
    return shapes.union(entry.symbols, entry.words, entry.suffixes, entry.exact)


def _meet(first: Entry, second: Entry) -> bool:
    """Whether one text can fulfil the conditions of both."""
    if {first.number, second.number} == {"present", "absent"}:
        return False
    if (bool(first.names), bool(first.level2)) != (bool(second.names), bool(second.level2)):
        return False  # one that looks at the name, or at the heading, goes before one that does not
    if first.names and first.kind == second.kind:
        return False  # a name may contain words of both, which then say the same
    pairs = ((first.unit, second.unit), (first.level2, second.level2), (first.names, second.names))
    return all(not a or not b or {*a} & {*b} for a, b in pairs)


def _checks(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Each of ``checks`` is a known one, with a limit and words exactly where it takes them."""
    for name, rule in rulebook.checks.items():
        place = at(root, "checks", name)
        for fault in _misplaced(rule, CHECKS[name].limit, CHECKS[name].words):
            yield problem("E245", place, name=name, fault=fault)


def _misplaced(rule: CheckRule, limit: str, words: str) -> Iterator[str]:
    for key, meaning, given in (("limit", limit, rule.limit is not None), ("words", words, bool(rule.words))):
        if meaning and not given:
            yield f"没有写 {key}（{meaning}）"
        if given and not meaning:
            yield f"不用 {key}"
    if rule.limit is not None and rule.limit < 0:
        yield "limit 不能小于0"


def check_measured(rule: KindRule, root: Block) -> Iterator[Problem]:
    """A kind has a measure of its own, a sound curve for it, and sound variants."""
    path = "kinds", rule.kind
    if KINDS[rule.kind].measures:
        yield from _measured(rule, rule.measure, root, *path)
        yield from check_curve(rule.curve, root, *path, "curve")
        yield from _deduct(KINDS[rule.kind].measures.get(rule.measure), rule.deduct, rule.curve, root, *path)
    elif rule.measure:
        yield problem("E222", at(root, *path, "measure"), kind=rule.kind, found=rule.measure, known="（不写）")
    yield from check_by_category(rule.when_category, root, *path)
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
        yield problem("E238", at(root, *path), kind=rule.kind, variant=variant.id, known="、".join(CONDITIONS))
    measure = variant.measure or rule.measure
    yield from _measured(rule, measure, root, *path)
    if variant.curve != NO_CURVE:
        yield from check_curve(variant.curve, root, *path, "curve")
    elif measure != rule.measure:
        what = "换了计算方法（measure），没有写计分标准（curve）"
        yield problem("E224", at(root, *path, "measure"), where=spelled(root, *path), what=what)
    yield from check_by_category(variant.when_category, root, *path)
    yield from own_levels(variant, root, *path)
    if variant.levels and KINDS[rule.kind].need is not LEVEL_PICKED:
        yield problem(
            "E225", at(root, *path, "levels"), what=f"类型 {rule.kind} 不选档次，不用 levels；只有 qualitative 选档次"
        )
    curve = rule.curve if variant.curve == NO_CURVE else variant.curve
    yield from _deduct(KINDS[rule.kind].measures.get(measure), variant.deduct or rule.deduct, curve, root, *path)


_SCORING = ("measure", "deduct", "curve", "attention", "when")


def _overlap(first: Variant, second: Variant) -> bool:
    """Whether one indicator can fall under both and would score otherwise; ids of indicators come before names."""
    alike = all(getattr(first, key) == getattr(second, key) for key in _SCORING)
    if alike or bool(first.indicators) != bool(second.indicators):
        return False
    # what a name contains can be words of both, unless the other says the whole name
    for one, other in ((first, second), (second, first)):
        if one.level3 and other.names and not any(is_named(name, other.names) for name in one.level3):
            return False
    pairs = ((getattr(first, key), getattr(second, key)) for key in CONDITIONS if key != "names")
    return all(not a or not b or {*map(normalise, a)} & {*map(normalise, b)} for a, b in pairs)


def _deduct(
    measure: Measure | None, deduct: Deduction | None, curve: Curve, root: Block, *path: str | int
) -> Iterator[Problem]:
    """``per_unit`` needs a deduction above 0, and a curve that passes the measure on."""
    place = at(root, *path, "deduct")
    if measure is None or measure.id != PER_UNIT:
        if deduct is not None and measure is not None:  # a measure that is none has been told
            yield problem("E240", place, what=f"计算方法是 {measure.id}，用不到 deduct")
        return
    if deduct is None:
        yield problem("E240", at(root, *path, "measure"), what="没有写 deduct（每差一个单位扣几分）")
    elif not deduct.takes:
        yield problem("E240", place, what="points、every（和 most）都要大于0")
    elif KINDS[str(path[1])].need is DAY and deduct.every.denominator != 1:
        yield problem("E240", place, what="按天扣的，every 要写整数天，如1")
    for key in ("below", "above") if deduct is not None else ():
        if getattr(deduct, key) is not None and key not in measure.marks:
            use = f"起扣的数用 {'、'.join(measure.marks)}" if measure.marks else "只能从指标值数起"
            yield problem("E240", place, what=f"这一类指标用不到 {key}，{use}")
    if isinstance(curve, StepCurve) and curve.steps and all(step.share is not None for step in curve.steps):
        what = "计算方法是 per_unit，要有一档 share: measure，否则扣分不起作用"
        yield problem("E224", at(root, *path, "curve"), where="计分标准", what=what)
