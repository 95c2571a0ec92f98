"""Lint: what a rule file that can be used still leaves to be desired, and what only the targets can tell.

``selfeval rules check`` prints it: the faults of loading first; if there are none, the doubts below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from selfeval.domain.curves import Curve
from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.rulebook.loading import Loaded, in_order, load_all
from selfeval.rulebook.text.nodes import Block, find
from selfeval.rulebook.text.shape import Trail, nearest


def lint(path: Path, root: Path, targets: Targets | None = None) -> tuple[Problem, ...]:
    """Everything wrong or doubtful about a rule file, from the top down.

    With ``targets``, overrides are also checked against the indicators that exist.
    """
    loaded = load_all(path, root)
    return loaded.problems or lint_loaded(loaded, targets)


def lint_loaded(loaded: Loaded, targets: Targets | None = None) -> tuple[Problem, ...]:
    """The doubts about a rulebook that loaded without problems."""
    root, rulebook = loaded.root, loaded.rulebook
    assert root is not None
    assert rulebook is not None
    found = [*_reach(rulebook, root), *_sources(rulebook, root), *_attention(rulebook, root)]
    found += _overrides(rulebook, root)
    if targets is not None:
        found += _targets(rulebook, root, targets)
    return in_order(tuple(found))


def _reach(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Steps that no measure can ever reach."""
    curves: list[tuple[str, Bounds, Curve, Trail]] = [
        (f"kinds.{name}.curve", _bounds(name, kind.measure), kind.curve, ("kinds", name, "curve"))
        for name, kind in rulebook.kinds.items()
    ]
    curves += [
        (
            f"kinds.{name}.variants.{one.id}.curve",
            _bounds(name, one.measure or kind.measure),
            one.curve,
            _variant(name, i),
        )
        for name, kind in rulebook.kinds.items()
        for i, one in enumerate(kind.variants)
    ]
    curves.append(("execution.curve", Bounds(never_negative=True), rulebook.execution.curve, ("execution", "curve")))
    for where, measure, curve, path in curves:
        starts = curve.turns
        for i, start in enumerate(starts):
            limit = _limit(measure, start, starts[i + 1] if i + 1 < len(starts) else None)
            if limit:
                facts = {"where": where, "number": i + 1, "start": f"{float(start):g}", "limit": limit}
                yield problem("W202", find(root, *path, i)[1].place, **facts)


def _variant(kind: str, i: int) -> Trail:
    return "kinds", kind, "variants", i, "curve"


@dataclass(frozen=True)
class Bounds:
    """What a measure can never be."""

    at_most_one: bool = False
    never_negative: bool = False
    in_days: bool = False


def _bounds(kind: str, measure: str | None) -> Bounds:
    found = KINDS[kind].measures.get(measure or "")
    return Bounds() if found is None else Bounds(found.at_most_one, found.never_negative, found.in_days)


def _limit(measure: Bounds, start: Fraction, following: Fraction | None) -> str:
    if measure.at_most_one and start > 1:
        return "最大为 1"
    if measure.never_negative and following is not None and following <= 0:
        return "最小为 0"
    if measure.in_days and following is not None and start // 1 == following // 1 and start % 1:
        return "是整天数"
    return ""


def _sources(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    cited = {
        *rulebook.execution.sources,
        *rulebook.grading.sources,
        *(one for section in rulebook.sections for one in section.sources),
        *(one for kind in rulebook.kinds.values() for one in kind.sources),
        *(one for kind in rulebook.kinds.values() for variant in kind.variants for one in variant.sources),
        *(one for level in rulebook.levels for one in level.sources),
        *(one for entry in rulebook.recognise for one in entry.sources),
        *(one for check in rulebook.checks.values() for one in check.sources),
    }
    own = find(root, "id")[0].mark.file
    for i, source in enumerate(rulebook.sources.values()):
        mark = find(root, "sources", i)[1]
        if source.id not in cited and mark.file == own:  # a child may well cite another one than its parent did
            yield problem("W203", mark.place, source=source.id)
        if not source.verified:
            yield problem("I201", mark.place, source=source.id)


def _attention(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    for name, kind in rulebook.kinds.items():
        if KINDS[name].can_exceed:
            continue
        thresholds = {"flag_from": kind.attention.flag_from, "reason_from": kind.attention.reason_from}
        for key, threshold in thresholds.items():
            if threshold is not None:
                place = find(root, "kinds", name, "attention", key)[1].place
                yield problem("W204", place, kind=name, what=key)


def _overrides(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """An override whose own target cannot be read helps nobody."""
    read = recogniser(rulebook, rulebook.first_year).read
    for i, override in enumerate(rulebook.overrides.values()):
        reading = read(override.indicator, override.target, "", "") if override.target else None
        if reading is not None and reading.code:
            facts = {"indicator": override.indicator, "target": override.target, "year": rulebook.first_year}
            fault = problem(reading.code, Place(), **facts, **reading.facts)
            named = {"indicator": override.indicator, "target": override.target, "kind": override.kind}
            yield problem("E234", find(root, "overrides", i, "target")[1].place, detail=fault.message, **named)


def _targets(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    known: pd.Series[str] = targets.indicators["indicator"]
    names = known.tolist()
    for i, one in enumerate(rulebook.overrides.values()):
        if one.indicator not in names:
            place = find(root, "overrides", i, "indicator")[1].place
            yield problem("E233", place, indicator=one.indicator, near=nearest(one.indicator, names))
    for kind, rule in rulebook.kinds.items():
        for i, variant in enumerate(rule.variants):
            for j, indicator in enumerate(variant.indicators):
                if indicator not in names:
                    place = find(root, "kinds", kind, "variants", i, "indicators", j)[0].mark.place
                    yield problem("E242", place, indicator=indicator, near=nearest(indicator, names))
