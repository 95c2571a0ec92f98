"""Soundness: what must hold before a rulebook may score anything.

These are errors; whatever is merely doubtful is the lint's business (``selfeval.rulebook.soundness.lint``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from selfeval.domain.checks import CHECKS
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rounding import WHOLE, show_points
from selfeval.domain.rulebook import Check, Entry, Rulebook, show_percent
from selfeval.rulebook.soundness.measured import check_curve, check_measured
from selfeval.rulebook.text.nodes import Block, Mark, find
from selfeval.rulebook.text.shape import Trail, nearest


def check_soundness(rulebook: Rulebook, root: Block) -> tuple[Problem, ...]:
    """Everything that makes a well-shaped rulebook unusable, each at its line."""
    checks = (_sections, _kinds, _levels, _grades, _cited, _in_force, _shared_words, _named, _checks)
    return tuple(found for check in checks for found in check(rulebook, root))


def _mark(root: Block, *path: str | int) -> Mark:
    return find(root, *path)[1]


def _sections(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    total = sum(one.points for one in rulebook.sections)
    if total != WHOLE:
        parts = " + ".join(f"{one.label} {show_points(one.points)}" for one in rulebook.sections)
        yield problem("E218", _mark(root, "sections").place, parts=parts, total=show_points(total))
    ids = [one.id for one in rulebook.sections]
    section = rulebook.execution.section
    if section not in ids:
        at = find(root, "execution", "section")[0].mark
        yield problem("E220", at.place, what="部分", found=section, known="、".join(ids), near=nearest(section, ids))
    owners: dict[str, str] = {}
    for i, one in enumerate(rulebook.sections):
        for level in one.levels1:
            if owners.setdefault(normalise(level), one.id) != one.id:
                facts = {"level1": level, "first": owners[normalise(level)], "second": one.id}
                yield problem("E219", _mark(root, "sections", i, "levels1").place, **facts)
        yield from _if_empty(rulebook, i, root)
        if not one.levels1 and one.id != section:
            yield problem("E221", _mark(root, "sections", i).place, section=one.label)


def _if_empty(rulebook: Rulebook, i: int, root: Block) -> Iterator[Problem]:
    """The points of an empty section go, all of them, to other sections with indicators."""
    one = rulebook.sections[i]
    others = [other.id for other in rulebook.sections if other.levels1 and other.id != one.id]
    for j, part in enumerate(one.if_empty):
        if part.to not in others:
            at = find(root, "sections", i, "if_empty", j, "to")[0].mark.place
            facts = {"what": "其他部分", "found": part.to, "known": "、".join(others), "near": nearest(part.to, others)}
            yield problem("E220", at, **facts)
    total = sum(part.points for part in one.if_empty)
    if one.if_empty and total != one.points:
        facts = {"section": one.label, "total": show_points(total), "points": show_points(one.points)}
        yield problem("E243", _mark(root, "sections", i, "if_empty").place, **facts)


def _kinds(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    for name, kind in rulebook.kinds.items():
        known = KINDS.get(name)
        if known is None:
            facts = {"what": "类型", "found": name, "known": "、".join(KINDS), "near": nearest(name, KINDS)}
            yield problem("E220", _mark(root, "kinds", name).place, **facts)
            continue
        yield from check_measured(name, kind, known, root)
    yield from check_curve(rulebook.execution.curve, root, "execution", "curve")


def _levels(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    levels = rulebook.levels
    place = _mark(root, "levels").place
    if not levels:
        yield problem("E225", place, what="一档也没有写")
        return
    if levels[0].high != 1 or not levels[0].high_included:
        yield problem("E225", _mark(root, "levels", 0).place, what=f"第一档「{levels[0].label}」的上限应为 100%（含）")
    if levels[-1].low != 0:
        at = _mark(root, "levels", len(levels) - 1).place
        yield problem("E225", at, what=f"最后一档「{levels[-1].label}」的下限应为 0")
    for i, (upper, lower) in enumerate(pairwise(levels)):
        if lower.high != upper.low or lower.high_included:
            found = show_percent(lower.high) + ("（含）" if lower.high_included else "（不含）")
            wanted = f"「{upper.label}」的下限 {show_percent(upper.low)}（不含）"
            what = f"「{lower.label}」的上限是 {found}，应为{wanted}"
            yield problem("E225", _mark(root, "levels", i + 1, "high").place, what=what)
    seen: dict[str, str] = {}
    for i, one in enumerate(levels):
        at = _mark(root, "levels", i, "default").place
        if not one.allows(one.default):
            facts = {"level": one.label, "found": show_percent(one.default)}
            yield problem("E226", at, low=show_percent(one.low), high=show_percent(one.high), **facts)
        for word in dict.fromkeys([one.label, *one.words]):
            if seen.setdefault(normalise(word), one.id) != one.id:
                what = f"“{word}”同时属于 {seen[normalise(word)]} 和 {one.id}"
                yield problem("E225", _mark(root, "levels", i, "words").place, what=what)


def _grades(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    scale = rulebook.grades
    place = _mark(root, "grades", "scale").place
    if not scale or scale[-1].lowest != 0:
        yield problem("E227", place, what="最后一级的最低总分应为 0，否则低分没有等级")
    for i, (upper, lower) in enumerate(pairwise(scale)):
        if lower.lowest >= upper.lowest:
            what = (
                f"「{lower.label}」的 {show_points(lower.lowest)} 应低于「{upper.label}」的 {show_points(upper.lowest)}"
            )
            yield problem("E227", _mark(root, "grades", "scale", i + 1).place, what=what)


def _cited(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Every rule cites a source that is listed."""
    known = list(rulebook.sources)
    rules: list[tuple[Trail, str, Sequence[str]]] = [
        *((("sections", i), f"sections.{one.id}", one.sources) for i, one in enumerate(rulebook.sections)),
        (("execution",), "execution", rulebook.execution.sources),
        *((("kinds", name), f"kinds.{name}", one.sources) for name, one in rulebook.kinds.items()),
        *(
            (("kinds", name, "variants", i), f"kinds.{name}.variants.{one.id}", one.sources)
            for name, kind in rulebook.kinds.items()
            for i, one in enumerate(kind.variants)
        ),
        *((("levels", i), f"levels.{one.id}", one.sources) for i, one in enumerate(rulebook.levels)),
        (("grades",), "grades", rulebook.grading.sources),
        *((("checks", name), f"checks.{name}", one.sources) for name, one in rulebook.checks.items() if name in CHECKS),
    ]
    for path, what, sources in rules:
        if not sources:
            yield problem("E228", _mark(root, *path).place, what=what)
    cited = [*rules, *((("recognise", i), one.id, one.sources) for i, one in enumerate(rulebook.recognise))]
    for path, _, sources in cited:
        for j, one in enumerate(sources):
            if one not in known:
                at = find(root, *path, "sources", j)[0].mark.place
                facts = {"what": "依据", "found": one, "known": "、".join(known), "near": nearest(one, known)}
                yield problem("E220", at, **facts)


def _in_force(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    years = rulebook.in_force
    if years.end is not None and years.end < years.start:
        yield problem("E229", _mark(root, "in_force").place, start=years.start, end=years.end)


def _named(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """The id of a rulebook is the name of its file, because that is how others find it."""
    node, _ = find(root, "id")
    stem = node.mark.file.rpartition("/")[2].removesuffix(".yaml")
    if rulebook.id != stem:
        yield problem("E230", node.mark.place, found=rulebook.id, expected=stem)
    for i, one in enumerate(rulebook.recognise):
        looks = [*one.symbols, *one.words, *one.suffixes, *one.exact, *one.patterns]
        if (not looks and not one.shape) or any(not normalise(text) for text in looks):
            yield problem("E231", _mark(root, "recognise", i).place, entry=one.id)


def _shared_words(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Words that two entries share: the same text would fit both equally well."""
    for (i, first), (j, second) in combinations(enumerate(rulebook.recognise), 2):
        shared = _looks(first) & _looks(second)
        if shared and _meet(first, second):
            later = _mark(root, "recognise", j).place
            line = _mark(root, "recognise", i).line
            facts = {"words": "、".join(sorted(shared)), "first": first.id, "second": second.id, "line": line}
            yield problem("E232", later, **facts)


def _looks(one: Entry) -> set[str]:
    texts = {*one.symbols, *one.words, *one.suffixes, *one.exact}
    return texts | ({f"shape: {one.shape}"} if one.shape else set())


def _meet(first: Entry, second: Entry) -> bool:
    """Whether one text can fulfil the conditions of both."""
    if {first.number, second.number} == {"present", "absent"}:
        return False
    pairs = ((first.unit, second.unit), (first.level2, second.level2))
    return all(not a or not b or {*a} & {*b} for a, b in pairs)


def _checks(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Each of ``checks`` is a known one, with a limit and words exactly where it takes them."""
    for name, one in rulebook.checks.items():
        place = _mark(root, "checks", name).place
        known = CHECKS.get(name)
        if known is None:
            facts = {"what": "核对", "found": name, "known": "、".join(CHECKS), "near": nearest(name, CHECKS)}
            yield problem("E220", place, **facts)
            continue
        for fault in _limit_faults(one, known.limit, known.words):
            yield problem("E245", place, name=name, fault=fault)


def _limit_faults(one: Check, limit: str, words: str) -> Iterator[str]:
    if limit and one.limit is None:
        yield f"没有写 limit（{limit}）"
    if not limit and one.limit is not None:
        yield "不用 limit"
    if one.limit is not None and one.limit < 0:
        yield "limit 不能小于 0"
    if words and not one.words:
        yield f"没有写 words（{words}）"
    if not words and one.words:
        yield "不用 words"
