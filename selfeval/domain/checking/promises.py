"""Checks of the targets themselves: weights, names, signs, copies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from selfeval.domain.checking.facts import Facts
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import RATE, normalise
from selfeval.domain.rounding import show_points
from selfeval.domain.rulebook import Check

_NAMES_SHOWN = 5


def heavy_indicator(facts: Facts, check: Check) -> Iterator[Problem]:
    """One indicator carries more points than the limit."""
    assert check.limit is not None
    points = facts.column("points")
    heavy = (points > float(check.limit * 100)) & ~facts.execution
    for i, place in facts.targets_of(heavy):
        yield problem("W530", place, points=show_points(int(points[i])), limit=show_points(int(check.limit * 100)))


def duplicate_names(facts: Facts, check: Check) -> Iterator[Problem]:
    """Two indicators of one project with the same third-level name; said at the later one."""
    assert check.limit is None
    names = facts.indicators["level3"].tolist()
    plain = {one: normalise(one) for one in set(names)}
    indicators, owners = facts.indicators["indicator"].tolist(), facts.owners.tolist()
    first: dict[tuple[int, str], str] = {}
    others: dict[int, str] = {}
    for i in np.flatnonzero(~facts.execution & ~facts.kinds("not_applicable")).tolist():
        key = owners[i], plain[names[i]]
        if key[1] and first.setdefault(key, indicators[i]) != indicators[i]:
            others[i] = first[key]
    mask = np.zeros(len(names), dtype=np.bool_)
    mask[list(others)] = True
    for i, place in facts.targets_of(mask):
        yield problem("W531", place, name=names[i], other=others[i])


def cost_at_least(facts: Facts, check: Check) -> Iterator[Problem]:
    """A cost that must be at least so much rewards spending. Rates (节约率) are left alone."""
    assert check.limit is None
    rate = (facts.indicators["target_unit"] == RATE).to_numpy()
    for i, place in facts.targets_of(facts.kinds("at_least") & facts.named("成本") & ~rate):
        yield problem("W532", place, target=facts.indicators["target"].iloc[i])


def payment_as_output(facts: Facts, check: Check) -> Iterator[Problem]:
    """An indicator of quantity that only says how much was paid, by the check's words in its name."""
    outputs = facts.says("level2", ("数量",)) & ~facts.kinds("not_applicable")
    for i, place in facts.targets_of(outputs & facts.says("level3", check.words)):
        yield problem("W533", place, name=facts.indicators["level3"].iloc[i])


def same_indicators(facts: Facts, check: Check) -> Iterator[Problem]:
    """Projects with the same indicators and targets, word by word; said once, at the first of them."""
    assert check.limit is not None
    frame = facts.targets.indicators
    texts = {one: normalise(one) for name in ("level3", "target") for one in frame[name].unique().tolist()}
    sets: dict[str, list[tuple[str, str]]] = {}
    for project, level3, target in frame[["project", "level3", "target"]].itertuples(index=False, name=None):
        sets.setdefault(str(project), []).append((texts[level3], texts[target]))
    owners: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for project, rows in sets.items():
        if len(rows) >= check.limit:
            owners.setdefault(tuple(sorted(rows)), []).append(project)
    for first, *others in owners.values():
        if others:
            more = f"等 {len(others)} 个项目" if len(others) > _NAMES_SHOWN else ""
            place = Place(first, "", facts.targets.file, "指标")
            yield problem("I522", place, others="、".join(others[:_NAMES_SHOWN]) + more)
