"""Coverage: which kinds, steps of curves, levels, grades and entries of a rulebook its cases go through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isnan
from typing import Any

from selfeval.domain.curves import Curve
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND
from selfeval.rulebook.text.nodes import Block, at
from selfeval.rulebook.text.shape import Trail

_CLOSE = 1e-9

GROUPS: Mapping[str, str] = {
    "kinds": "类型和另行计分",
    "steps": "曲线各档",
    "levels": "定性档次",
    "grades": "等级",
    "recognise": "识别规则",
    "overrides": "个别指标",
}
"""What is counted by itself, with its name for people."""


@dataclass(frozen=True)
class Covered:
    """One thing that a case may go through: the ``group`` it counts in, where it stands, and whether one does.

    ``told``: where none does it is named by itself; the steps of a kind that has no case at all are not.
    """

    group: str
    what: str
    place: Place
    covered: bool
    told: bool = True


@dataclass
class Seen:
    """What rows came across: things by the part of a rulebook, measures by rule."""

    things: set[tuple[str, str]] = field(default_factory=set)
    measures: dict[str, set[float]] = field(default_factory=lambda: defaultdict(set))

    def row(self, row: Mapping[str, Any], rulebook: Rulebook) -> None:
        """Take note of a scored row."""
        names = {name: row[name] for name in ("indicator", "level1", "level2", "level3")}
        rule = rulebook.rule_for(row["kind"], **names, unit=row["target_unit"])
        name, read = rule.name if rule else row["kind"], row["rule"]
        self.things |= {("kinds", name), ("recognise", read), ("overrides", read), ("levels", row["actual_level"])}
        self.things.add((f"levels of {name}", row["actual_level"]))
        if not isnan(row["measure"]):
            self.measures[name].add(row["measure"])


def covered(rulebook: Rulebook, root: Block, seen: Seen) -> Iterator[Covered]:
    """All that the rulebook's own file writes, and whether it was seen: what it inherits is its parent's to try."""
    own = rulebook.files[-1].path
    return (thing for thing in _things(rulebook, root, seen) if thing.place.file == own)


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


def _things(rulebook: Rulebook, root: Block, seen: Seen) -> Iterator[Covered]:
    curves: list[tuple[Trail, str, Curve]] = [(path, rule.name, rule.curve) for path, rule in rulebook.rules]
    curves.append((("execution",), EXECUTION_KIND, rulebook.execution.curve))
    labels = {EXECUTION_KIND: EXECUTION}
    for name, rule in rulebook.kinds.items():
        beside = f"（不落入另行计分 {'、'.join(rule.varied)} 的）" if rule.variants else ""
        labels[name] = f"类型 {name}（{rule.label}）{beside}"
    levels = {rule.name: rule.own_levels for _, rule in rulebook.rules}
    for path, name, curve in curves:
        tried = ("kinds", name) in seen.things
        yield Covered("kinds", labels.get(name, f"另行计分 {name}"), at(root, *path), tried)
        # the steps of a curve (or the lines between its points) that no measure fell on
        begun = [(float(start), above) for start, above in curve.begins]
        passed = (
            sum(measure > start + _CLOSE if above else measure >= start - _CLOSE for start, above in begun)
            for measure in seen.measures[name]
        )
        reached = {number - 1 for number in passed}
        for i, (start, above) in enumerate(begun):
            what = f"{name} 得分曲线第 {i + 1} 档（{f'大于 {start:g}' if above else f'从 {start:g} 起'}）"
            yield Covered("steps", what, at(root, *path, "curve", i), i in reached, told=tried)
        for i, level in enumerate(levels.get(name, ())):
            met = (f"levels of {name}", level.label) in seen.things
            yield Covered("levels", f"{name} 的档次「{level.label}」", at(root, *path, "levels", i), met, told=tried)
    named = (
        ("levels", ("levels",), [(level.label, f"档次「{level.label}」") for level in rulebook.levels]),
        ("grades", ("grades", "scale"), [(grade.label, f"等级「{grade.label}」") for grade in rulebook.grades]),
        ("recognise", ("recognise",), [(entry.id, f"识别规则 {entry.id}") for entry in rulebook.recognise]),
        ("overrides", ("overrides",), [(f"override:{name}", f"个别指标 {name}") for name in rulebook.overrides]),
    )
    for group, path, things in named:
        for i, (name, what) in enumerate(things):
            yield Covered(group, what, at(root, *path, i), (group, name) in seen.things)
