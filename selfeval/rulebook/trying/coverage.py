"""Coverage: which kinds, steps, levels, grades, entries and overrides no case exercises.

A rulebook answers for what it writes itself; what it takes over unchanged is covered by its parent's cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from selfeval.domain.curves import Curve
from selfeval.domain.problems import Problem, problem
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import in_order
from selfeval.rulebook.text.nodes import Block, at
from selfeval.rulebook.text.shape import Trail
from selfeval.rulebook.trying.cases import EXECUTION_KIND

_CLOSE = 1e-9


@dataclass
class Seen:
    """What the cases of a run came across: things by the part of the rulebook they stand in, measures by rule.

    A rule is named by its kind, a variant of it as ``kind.variant``.
    """

    things: set[tuple[str, str]] = field(default_factory=set)
    measures: dict[str, set[float]] = field(default_factory=lambda: defaultdict(set))

    def row(self, row: pd.Series, rulebook: Rulebook) -> None:
        """Take note of one row of Scored.indicators."""
        names = {name: str(row[name]) for name in ("indicator", "level1", "level2", "level3")}
        rule = rulebook.rule_for(str(row["kind"]), **names, unit=str(row["target_unit"]))
        name = rule.name if rule else str(row["kind"])
        read = str(row["rule"])
        self.things |= {("kinds", name), ("recognise", read), ("overrides", read), ("levels", str(row["actual_level"]))}
        if not pd.isna(row["measure"]):
            self.measures[name].add(float(row["measure"]))


def uncovered(rulebook: Rulebook, root: Block, seen: Seen, file: str) -> tuple[Problem, ...]:
    """A warning for each thing the rulebook's own file writes and no case of ``file`` exercises."""
    places = ((at(root, *path), what) for path, what in _missing(rulebook, seen))
    own = rulebook.files[-1].path
    return in_order(problem("W201", place, what=what, file=file) for place, what in places if place.file == own)


def _missing(rulebook: Rulebook, seen: Seen) -> Iterator[tuple[Trail, str]]:
    curves: list[tuple[Trail, str, Curve]] = [(path, rule.name, rule.curve) for path, rule in rulebook.rules]
    curves.append((("execution",), EXECUTION_KIND, rulebook.execution.curve))
    labels = {name: f"类型 {name}（{rule.label}）" for name, rule in rulebook.kinds.items()}
    labels[EXECUTION_KIND] = "预算执行率"
    for path, name, curve in curves:
        if ("kinds", name) not in seen.things:
            yield path, labels.get(name, f"另行计分 {name}")
            continue
        # the steps of a curve (or the lines between its points) that no measure fell on
        starts = [float(turn) for turn in curve.turns]
        passed = (sum(measure >= start - _CLOSE for start in starts) for measure in seen.measures[name])
        reached = {number - 1 for number in passed}
        for i, start in enumerate(starts):
            if i not in reached:
                yield (*path, "curve", i), f"{name} 得分曲线第 {i + 1} 档（从 {start:g} 起）"
    named = (
        (("levels",), [(level.label, f"档次「{level.label}」") for level in rulebook.levels]),
        (("grades", "scale"), [(grade.label, f"等级「{grade.label}」") for grade in rulebook.grades]),
        (("recognise",), [(entry.id, f"识别规则 {entry.id}") for entry in rulebook.recognise]),
        (("overrides",), [(f"override:{name}", f"个别指标 {name}") for name in rulebook.overrides]),
    )
    for part, things in named:
        for i, (name, what) in enumerate(things):
            if (part[0], name) not in seen.things:
                yield (*part, i), what
