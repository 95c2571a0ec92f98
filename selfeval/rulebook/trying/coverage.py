"""Coverage: which kinds, steps, levels, grades, entries and overrides no case exercises.

A rulebook answers for what it writes itself; what it takes over unchanged is covered by its parent's cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from selfeval.domain.curves import Curve
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rulebook import KindRule, Rulebook
from selfeval.rulebook.loading import Loaded, in_order
from selfeval.rulebook.text.nodes import find
from selfeval.rulebook.text.shape import Trail
from selfeval.rulebook.trying.cases import EXECUTION_KIND

_CLOSE = 1e-9


@dataclass
class Seen:
    """What the cases of a run came across: rules, (rule, measure) pairs, level labels, grades, recognising entries.

    A rule is named by its kind, a variant of it as ``kind.variant``.
    """

    kinds: set[str] = field(default_factory=set)
    measures: set[tuple[str, float]] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    grades: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)

    def row(self, row: pd.Series, rulebook: Rulebook) -> None:
        """Take note of one row of Scored.indicators."""
        names = {name: str(row[name]) for name in ("indicator", "level1", "level2", "level3")}
        rule = rulebook.rule_for(str(row["kind"]), **names, unit=str(row["target_unit"]))
        name = str(row["kind"]) if rule is None else rule_name(rule)
        self.kinds.add(name)
        self.rules.add(str(row["rule"]))
        self.levels.add(str(row["actual_level"]))
        if not pd.isna(row["measure"]):
            self.measures.add((name, float(row["measure"])))


def rule_name(rule: KindRule) -> str:
    """at_least, or at_least.satisfaction for a variant."""
    return f"{rule.kind}.{rule.variant}" if rule.variant else rule.kind


def uncovered(loaded: Loaded, seen: Seen, file: str) -> tuple[Problem, ...]:
    """A warning for each thing the rulebook's own file writes and no case of ``file`` exercises."""
    root, rulebook = loaded.root, loaded.rulebook
    assert root is not None
    assert rulebook is not None
    own = rulebook.files[-1].path
    missing: list[Problem] = []
    for path, what in _missing(loaded, seen):
        mark = find(root, *path)[1]
        if mark.file == own:
            missing.append(problem("W201", mark.place, what=what, file=file))
    return in_order(tuple(missing))


def _missing(loaded: Loaded, seen: Seen) -> Iterator[tuple[Trail, str]]:
    rulebook = loaded.rulebook
    assert rulebook is not None
    curves = {EXECUTION_KIND: (("execution",), "预算执行率", rulebook.execution.curve)}
    kinds = {name: (("kinds", name), f"类型 {name}（{one.label}）", one.curve) for name, one in rulebook.kinds.items()}
    variants = {
        rule_name(one): (("kinds", name, "variants", i), f"另行计分 {rule_name(one)}", one.curve)
        for name, rule in rulebook.kinds.items()
        for i, one in enumerate(rule.varied.values())
    }
    everything: dict[str, tuple[Trail, str, Curve]] = {**kinds, **variants, **curves}
    for name, (path, what, curve) in everything.items():
        if name in seen.kinds:
            yield from _parts(curve, name, (*path, "curve"), seen)
        else:
            yield path, what
    named = (
        (("levels",), seen.levels, [(one.label, f"档次「{one.label}」") for one in rulebook.levels]),
        (("grades", "scale"), seen.grades, [(one.label, f"等级「{one.label}」") for one in rulebook.grades]),
        (("recognise",), seen.rules, [(one.id, f"识别规则 {one.id}") for one in rulebook.recognise]),
        (("overrides",), seen.rules, [(f"override:{one}", f"个别指标 {one}") for one in rulebook.overrides]),
    )
    for start, met, things in named:
        for i, (name, what) in enumerate(things):
            if name not in met:
                yield (*start, i), what


def _parts(curve: Curve, kind: str, path: Trail, seen: Seen) -> Iterator[tuple[Trail, str]]:
    """The steps of a curve (or the lines between its points) that no measure fell on."""
    measures = [measure for name, measure in seen.measures if name == kind]
    starts = [float(turn) for turn in curve.turns]
    reached = {max((i for i, start in enumerate(starts) if one >= start - _CLOSE), default=-1) for one in measures}
    for i, start in enumerate(starts):
        if i not in reached:
            yield (*path, i), f"{kind} 得分曲线第 {i + 1} 档（从 {start:g} 起）"
