"""Naming: whether the names in a condition are borne by anything: by the sections, by the targets of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.headings import is_heading, plain_heading
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import Rulebook, Variant
from selfeval.domain.rulebook.homes import adoption
from selfeval.domain.targets import Targets
from selfeval.rulebook.text.nodes import Block, at, at_value, find, spelled
from selfeval.rulebook.text.shape import Trail
from selfeval.rulebook.text.suggesting import nearest

_USUAL = (
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "经济成本指标",
    "社会成本指标",
    "产出成本指标",
    "成本控制指标",
    "项目成本指标",
    "生态环境成本指标",
    "经济效益指标",
    "社会效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
)
"""Names of second levels that printed forms use."""

_USUAL_FIRST = ("成本指标", "产出指标", "效益指标", "满意度指标")
_NOWHERE = "哪个部分的 levels1 里都没有，永远用不到"
_LEVELS = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标"}
_UNUSUAL = "不是二级指标常见的名称"
_UNBORNE = "绩效目标表里没有一个指标用这个名称"
_UNSAID = "绩效目标表里没有一个指标的名称或指标值含这些词"


def doubtful_names(rulebook: Rulebook, root: Block, targets: Targets | None) -> Iterator[Problem]:
    """Names in the conditions of this file that nothing bears; ``targets`` are those of its year, if there are any."""
    own = at_value(root, "id").file
    conditions: list[tuple[Trail, str, Collection[str]]] = []
    for path, variant in _variants(rulebook):
        conditions += [(path, level, getattr(variant, level)) for level in ("level1", "level2", "level3")]
    conditions += [(("recognise", i), "level2", entry.level2) for i, entry in enumerate(rulebook.recognise)]
    doubted: set[Trail] = set()
    for path, level, names in conditions:
        if names and at(root, *path, level).file == own:
            borne = {one: [] if targets is None else _borne(targets, one) for one in _LEVELS}
            for found in _unborne(rulebook, root, (path, level), names, borne):
                doubted.add(path)
                yield found
    if targets is None:
        yield from _misnamed(rulebook, root)
    else:
        yield from _homeless(rulebook, root, targets)
        for path, found in _unheard(rulebook, root, targets):
            doubted.add(path)
            yield found
        for path, variant in _variants(rulebook):
            mine = path not in doubted and at(root, *path).file == own
            if mine and not (variant.indicators or _held(variant, targets)):
                yield problem("W232", at(root, *path), where=spelled(root, *path))


def _variants(rulebook: Rulebook) -> Iterator[tuple[Trail, Variant]]:
    for kind, rule in rulebook.kinds.items():
        yield from ((("kinds", kind, "variants", i), variant) for i, variant in enumerate(rule.variants))


def _borne(targets: Targets, level: str) -> list[str]:
    """The names of a level in the targets."""
    return [*dict.fromkeys(map(normalise, targets.indicators.column(level)))]


def _unborne(
    rulebook: Rulebook,
    root: Block,
    place: tuple[Trail, str],
    names: Collection[str],
    borne_at: Mapping[str, Collection[str]],
) -> Iterator[Problem]:
    path, level = place
    borne = borne_at[level]
    where = f"{spelled(root, *path)}.{level}"
    plain = normalise if level == "level3" else plain_heading
    homes = [name for part in rulebook.sections for name in part.levels1]
    borne_as, own = {*map(plain, borne)}, {*map(plain, names)}
    for j, name in enumerate(names):
        written = at_value(root, *path, level, j)
        if other := _elsewhere(name, level, homes, borne_at):
            yield problem(
                "W231",
                written,
                where=where,
                found=name,
                scope=f"是{_LEVELS[other]}的名称，写在{level}下永远用不到",
                near="",
            )
        elif level == "level1" and not is_heading(name, homes):
            if plain(name) not in borne_as:  # else the section lacks it
                yield problem("W231", written, where=where, found=name, scope=_NOWHERE, near=nearest(name, homes))
        elif borne and plain(name) not in borne_as:
            # a list may name what other years call the same thing: it is enough that one of them is borne
            others = [other for other in borne if plain(other) not in own]
            near = nearest(name, others)
            if near or not own & borne_as:
                yield problem("W231", written, where=where, found=name, scope=_UNBORNE, near=near)
        elif not borne and level == "level2" and not is_heading(name, _USUAL) and (near := nearest(name, _USUAL)):
            yield problem("W231", written, where=where, found=name, scope=_UNUSUAL, near=near)


def _elsewhere(name: str, level: str, homes: Collection[str], borne_at: Mapping[str, Collection[str]]) -> str:
    """The other level whose name one is; blank where it is a name of its own level, or of none."""
    known = {"level1": [*homes, *borne_at["level1"]], "level2": [*_USUAL, *borne_at["level2"]]}
    own = is_heading(name, known.get(level, borne_at[level]) or [name])
    return "" if own else next((one for one, names in known.items() if is_heading(name, names)), "")


def _homeless(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    """First levels of the targets that belong to no section."""
    homes = [name for part in rulebook.sections for name in part.levels1]
    counts = Counter(targets.indicators.column("level1"))
    for level1, count in counts.items():
        if level1 and not is_heading(level1, homes):
            idle = [part for part in _levels(rulebook) if not is_heading(part[1], [*counts])]
            idle = [part for part in idle if at_value(root, *part[0]).file == at_value(root, "id").file]
            alike = [part for part in idle if nearest(level1, [part[1]])]
            places = alike or idle
            near = f"，这里写的“{places[0][1]}”是否应为“{level1}”？" if len(places) == 1 else ""
            at_place = at_value(root, *places[0][0]) if near else find(root, "sections")[1].place
            facts = {**adoption(level1, rulebook.sections), "known": "绩效目标表里的"}
            facts |= {"count": f"（{count}个指标）", "near": near}
            yield problem("W233", at_place, level1=level1, **facts)


def _misnamed(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Without targets: a first level of printed forms that belongs to no section, beside a name that comes near it."""
    written, own = [*_levels(rulebook)], at_value(root, "id").file
    homes = [name for _, name in written]
    odd = [(path, name) for path, name in written if not is_heading(name, _USUAL_FIRST)]
    usual = any(is_heading(name, _USUAL_FIRST) for name in homes)  # else the form has levels of its own
    for level1 in _USUAL_FIRST if usual else ():
        for path, name in odd:
            near = nearest(level1, [name])
            if near and not is_heading(level1, homes) and at_value(root, *path).file == own:
                near = f"，这里写的“{name}”是否应为“{level1}”？"
                facts = {**adoption(level1, rulebook.sections), "known": "通用表样的", "count": "", "near": near}
                yield problem("W233", at_value(root, *path), level1=level1, **facts)


def _unheard(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[tuple[Trail, Problem]]:
    """Words for names of which no indicator holds a single one, with the way to what they are a condition of."""
    own = at_value(root, "id").file
    rows = targets.indicators.columns("level2", "level3", "target")
    heard = [normalise("|".join(row)) for row in rows]
    named: list[tuple[Trail, tuple[str, ...]]] = [
        *((("recognise", i), entry.names) for i, entry in enumerate(rulebook.recognise)),
        *((("plausible", i), one.names) for i, one in enumerate(rulebook.plausible)),
        *((path, variant.names) for path, variant in _variants(rulebook)),
    ]
    for path, names in named:
        words = names if at(root, *path, "names").file == own else ()
        if words and not any(word in text for word in words for text in heard):
            borne = _borne(targets, "level3")
            near = next(filter(None, (nearest(word, borne) for word in words)), "")
            facts = {"where": f"{spelled(root, *path)}.names", "found": "、".join(words), "near": near}
            if near:  # without one it may be meant for another year
                yield path, problem("W231", at(root, *path, "names"), scope=_UNSAID, **facts)


def _levels(rulebook: Rulebook) -> Iterator[tuple[Trail, str]]:
    for i, part in enumerate(rulebook.sections):
        for j, name in enumerate(part.levels1):
            yield ("sections", i, "levels1", j), name


def _held(variant: Variant, targets: Targets) -> bool:
    """Whether an indicator of the year meets the conditions together, whatever its unit."""
    free = replace(variant, unit=())
    rows = targets.indicators.columns("indicator", "level1", "level2", "level3")
    return any(free.holds(indicator, level1, level2, level3, "") for indicator, level1, level2, level3 in rows)
