"""Naming: whether the names in a condition are borne by anything: by the sections, by the targets of the year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.headings import is_heading, plain_heading
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import Rulebook, Variant
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

_NOWHERE = "哪个部分的 levels1 里都没有，永远用不到"
_UNUSUAL = "不是二级指标常见的名称"
_UNBORNE = "目标表里没有一个指标用这个名称"
_UNSAID = "目标表里没有一个指标的名称或指标值含这些词"


def doubtful_names(rulebook: Rulebook, root: Block, targets: Targets | None) -> Iterator[Problem]:
    """Names in the conditions of this file that nothing bears; ``targets`` are those of its year, if there are any."""
    own = at_value(root, "id").file
    conditions: list[tuple[Trail, str, Collection[str]]] = []
    for kind, rule in rulebook.kinds.items():
        for i, variant in enumerate(rule.variants):
            path: Trail = ("kinds", kind, "variants", i)
            conditions += [(path, level, getattr(variant, level)) for level in ("level1", "level2", "level3")]
    conditions += [(("recognise", i), "level2", entry.level2) for i, entry in enumerate(rulebook.recognise)]
    doubted: set[Trail] = set()
    for path, level, names in conditions:
        if names and at(root, *path, level).file == own:
            borne = [] if targets is None else _borne(targets, level)
            for found in _unborne(rulebook, root, (path, level), names, borne):
                doubted.add(path)
                yield found
    if targets is not None:
        yield from _homeless(rulebook, root, targets)
        yield from _unheard(rulebook, root, targets)
        for kind, rule in rulebook.kinds.items():
            for i, variant in enumerate(rule.variants):
                path = ("kinds", kind, "variants", i)
                if path not in doubted and at(root, *path).file == own and not _held(variant, targets):
                    yield problem("W232", at(root, *path), where=spelled(root, *path))


def _borne(targets: Targets, level: str) -> list[str]:
    """The names of a level in the targets."""
    return [*dict.fromkeys(map(normalise, targets.indicators[level].tolist()))]


def _unborne(
    rulebook: Rulebook, root: Block, place: tuple[Trail, str], names: Collection[str], borne: Collection[str]
) -> Iterator[Problem]:
    path, level = place
    where = f"{spelled(root, *path)}.{level}"
    plain = normalise if level == "level3" else plain_heading
    homes = [name for part in rulebook.sections for name in part.levels1]
    borne_as, own = {*map(plain, borne)}, {*map(plain, names)}
    for j, name in enumerate(names):
        written = at_value(root, *path, level, j)
        if level == "level1" and not is_heading(name, homes):
            yield problem("W231", written, where=where, found=name, scope=_NOWHERE, near=nearest(name, homes))
        elif borne and plain(name) not in borne_as:
            # a list may name what other years call the same thing: it is enough that one of them is borne
            others = [other for other in borne if plain(other) not in own]
            near = nearest(name, others)
            if near or not own & borne_as:
                yield problem("W231", written, where=where, found=name, scope=_UNBORNE, near=near)
        elif not borne and level == "level2" and not is_heading(name, _USUAL) and (near := nearest(name, _USUAL)):
            yield problem("W231", written, where=where, found=name, scope=_UNUSUAL, near=near)


def _homeless(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    """First levels of the targets that belong to no section."""
    homes = [name for part in rulebook.sections for name in part.levels1]
    counts = Counter(targets.indicators["level1"].tolist())
    for level1, count in counts.items():
        if level1 and not is_heading(level1, homes):
            near = nearest(level1, homes)
            place = next((part for part in _levels(rulebook) if near and part[1] in near), None)
            at_place = at_value(root, *place[0]) if place else find(root, "sections")[1].place
            yield problem("W233", at_place, level1=level1, count=count, near=near)


def _unheard(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    """Words for names of which no indicator holds a single one."""
    own = at_value(root, "id").file
    rows = targets.indicators[["level2", "level3", "target"]].itertuples(index=False, name=None)
    heard = [normalise("|".join(row)) for row in rows]
    named: dict[str, list[tuple[str, ...]]] = {
        "recognise": [entry.names for entry in rulebook.recognise],
        "plausible": [one.names for one in rulebook.plausible],
    }
    for key, parts in named.items():
        for i, names in enumerate(parts):
            words = names if at(root, key, i, "names").file == own else ()
            if words and not any(word in text for word in words for text in heard):
                borne = _borne(targets, "level3")
                near = next(filter(None, (nearest(word, borne) for word in words)), "")
                facts = {"where": f"{spelled(root, key, i)}.names", "found": "、".join(words), "near": near}
                if near:  # without one it may be meant for another year
                    yield problem("W231", at(root, key, i, "names"), scope=_UNSAID, **facts)


def _levels(rulebook: Rulebook) -> Iterator[tuple[Trail, str]]:
    for i, part in enumerate(rulebook.sections):
        for j, name in enumerate(part.levels1):
            yield ("sections", i, "levels1", j), name


def _held(variant: Variant, targets: Targets) -> bool:
    """Whether an indicator of the year meets the conditions together, whatever its unit."""
    free = replace(variant, unit=())
    rows = targets.indicators[["indicator", "level1", "level2", "level3"]].itertuples(index=False, name=None)
    return any(free.holds(indicator, level1, level2, level3, "") for indicator, level1, level2, level3 in rows)
