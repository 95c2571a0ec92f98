"""Coverage: which kinds, steps of curves, levels, grades and entries of a rulebook its scored rows go through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

from selfeval.domain.curves import Curve
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rulebook import Execution, KindRule, Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND
from selfeval.domain.shares import CATEGORY, EVIDENCE, UNPROVEN
from selfeval.domain.wording import IN_DAYS
from selfeval.rulebook.text.nodes import Block, at, written
from selfeval.rulebook.text.shape import Trail

_CLOSE = 1e-9

GROUPS: Mapping[str, str] = {
    "kinds": "类型和单独计分办法",
    "steps": "计分标准各档",
    "levels": "定性档次",
    "evidence": "缺佐证材料",
    "grades": "等级",
    "recognise": "识别规则",
    "overrides": "单独指定的指标",
    "texts": "识别规则的词",
    "units": "同一单位",
    "plausible": "合理范围",
    "checks": "核对",
}
"""What is counted by itself, with its name for people; the last four only by what a year used."""

Key = tuple[str, ...]
"""A thing by its group, and by what tells it from the others of the group."""


@dataclass(frozen=True)
class Covered:
    """One thing that a row may go through: the ``group`` it counts in, where it stands, and whether one does.

    ``told``: where none does it is named by itself; the steps of a kind that no row went through are not.
    """

    key: Key
    what: str
    place: Place
    covered: bool
    told: bool = True

    @property
    def group(self) -> str:
        """What it counts in."""
        return self.key[0]


def rule_of(row: Mapping[str, Any], rulebook: Rulebook) -> KindRule | None:
    """How a scored row scores; None for the execution, and for a row that was not recognised."""
    names = {name: row[name] for name in ("indicator", "level1", "level2", "level3")}
    return rulebook.rule_for(row["kind"], **names, unit=row["target_unit"])


def seen_in(row: Mapping[str, Any], rulebook: Rulebook) -> set[Key]:
    """What a scored row goes through."""
    rule, read, level = rule_of(row, rulebook), row["rule"], row["actual_level"]
    name = rule.name if rule else row["kind"]
    seen: set[Key] = {("kinds", name), ("recognise", read), ("overrides", read), ("levels", "", level)}
    seen.add(("levels", name, level))
    curve, which = (rulebook.execution.curve if name == EXECUTION_KIND else None), "curve"
    if rule is not None:
        curve = rule.curve
        for i, other in reversed(list(enumerate(rule.when_category))):
            if exactly(other.chosen, {CATEGORY.key: row["category"]}) is True:
                curve, which = other.curve, f"when_category.{i}"
        answered = row["score"] is not None or row["actual"] or level
        unproven = rule.when.evidence_missing is not None and exactly(UNPROVEN, {EVIDENCE.key: row["evidence"]})
        if unproven is True and answered:
            seen.add(("evidence", name))
    if curve is not None and not isnan(row["measure"]):
        seen.add(("steps", name, which, str(_step(curve, row["measure"]))))
    return seen


def _step(curve: Curve, measure: float) -> int:
    """The step of a curve (or the line between its points) that a measure falls on; -1: below the first."""
    begun = [(float(start), above) for start, above in curve.begins]
    return sum(measure > start + _CLOSE if above else measure >= start - _CLOSE for start, above in begun) - 1


def covered(rulebook: Rulebook, root: Block, seen: set[Key], *, inherited: bool = False) -> Iterator[Covered]:
    """All that the rulebook's own file writes, and whether it was seen: what it inherits is its parent's to try.

    ``inherited``: that too.
    """
    own = rulebook.files[-1].path
    return (thing for thing in _things(rulebook, root, seen) if inherited or thing.place.file == own)


def uncovered(things: Iterable[Covered], file: str) -> Iterator[Problem]:
    """What has no case, as a warning that names the file of cases."""
    for thing in things:
        if not thing.covered and thing.told:
            yield problem("W201", thing.place, what=thing.what, file=file)


def percentage(things: Sequence[Covered]) -> float:
    """How much of some things is covered, 0 to 100, cut to a tenth; 100 where there is nothing."""
    return sum(thing.covered for thing in things) * 1000 // len(things) / 10 if things else 100.0


def by_group(things: Sequence[Covered]) -> dict[str, list[Covered]]:
    """The things of each group that has any."""
    grouped = {group: [thing for thing in things if thing.group == group] for group in GROUPS}
    return {group: found for group, found in grouped.items() if found}


def counted(things: Sequence[Covered]) -> str:
    """How many things there are of each group, in words."""
    return "，".join(f"{GROUPS[group]}{len(found)}处" for group, found in by_group(things).items())


def _things(rulebook: Rulebook, root: Block, seen: set[Key]) -> Iterator[Covered]:
    for path, rule in rulebook.rules:
        yield from _of_rule(path, rule, root, seen)
    yield from _of_curves(("execution",), rulebook.execution, root, seen)
    named = (
        (("levels",), [(("levels", "", level.label), f"档次“{level.label}”") for level in rulebook.levels]),
        (("grades", "scale"), [(("grades", grade.label), f"等级“{grade.label}”") for grade in rulebook.grades]),
        (("recognise",), [(("recognise", entry.id), f"识别规则 {entry.id}") for entry in rulebook.recognise]),
        (("overrides",), [(("overrides", f"override:{one}"), f"单独指定的指标 {one}") for one in rulebook.overrides]),
    )
    for path, things in named:
        for i, (key, what) in enumerate(things):
            yield Covered(key, what, at(root, *path, i), key in seen)


def _of_rule(path: Trail, rule: KindRule, root: Block, seen: set[Key]) -> Iterator[Covered]:
    """A kind or a variant, its curves, its own levels, and what it does without evidence."""
    yield from _of_curves(path, rule, root, seen)
    more: list[tuple[Key, str, Trail]] = [
        (("levels", rule.name, level.label), f"{rule.name} 的档次“{level.label}”", (*path, "levels", i))
        for i, level in enumerate(rule.own_levels)
    ]
    proof = (*path, "when", "evidence_missing")
    if rule.when.evidence_missing is not None and written(root, *proof):
        more.append((("evidence", rule.name), f"{rule.name} 没有佐证材料的", proof))
    told = ("kinds", rule.name) in seen
    for key, what, place in more:
        yield Covered(key, what, at(root, *place), key in seen, told)


def _of_curves(path: Trail, rule: KindRule | Execution, root: Block, seen: set[Key]) -> Iterator[Covered]:
    key, name, what = ("kinds", EXECUTION_KIND), EXECUTION_KIND, EXECUTION
    if isinstance(rule, KindRule):
        key, name = ("kinds", rule.name), rule.name
        beside = f"（不按单独计分办法 {'、'.join(rule.varied)} 计分的）" if rule.variants else ""
        what = f"单独计分办法 {name}" if rule.variant else f"类型 {name}（{rule.label}）{beside}"
    yield Covered(key, what, at(root, *path), key in seen)
    for which, curve, place, said in _curves(root, path, rule):
        for i, (start, above) in enumerate(curve.begins):
            begins = show_number(start) if rule.measure in IN_DAYS else show_percent(start)
            from_ = f"大于{begins}" if above else f"{begins}起"
            what, step = f"{name} {said}计分标准第{i + 1}档（{from_}）", ("steps", name, which, str(i))
            yield Covered(step, what, at(root, *place, i), step in seen, told=key in seen)


def _curves(root: Block, path: Trail, rule: KindRule | Execution) -> Iterator[tuple[str, Curve, Trail, str]]:
    """The curves of a rule: the usual one, and those by 偏差类别 that it does not take over; how each is called."""
    yield "curve", rule.curve, (*path, "curve"), ""
    if isinstance(rule, KindRule) and written(root, *path, "when_category"):
        for i, other in enumerate(rule.when_category):
            said = f"偏差类别为{'、'.join(other.categories)}时的"
            yield f"when_category.{i}", other.curve, (*path, "when_category", i, "curve"), said
