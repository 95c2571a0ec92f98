"""Lint: the faults of loading or, if there are none, what is doubtful about rules, and what only targets can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Problem, Severity, problem
from selfeval.domain.reported import CATEGORIES
from selfeval.domain.rulebook import EXTRA_WORDS, Rulebook
from selfeval.domain.targets import Targets
from selfeval.rulebook.loading import in_order, load_all
from selfeval.rulebook.shelf import rule_name
from selfeval.rulebook.soundness.addressed import misaddressed
from selfeval.rulebook.soundness.citing import cited
from selfeval.rulebook.soundness.deductions import doubtful_deductions
from selfeval.rulebook.soundness.entries import doubtful_entries, idle_groups
from selfeval.rulebook.soundness.heirs import doubtful_heirs
from selfeval.rulebook.soundness.levels import doubtful_levels
from selfeval.rulebook.soundness.naming import doubtful_names
from selfeval.rulebook.soundness.overrides import doubtful_overrides
from selfeval.rulebook.soundness.points import doubtful_points
from selfeval.rulebook.soundness.scales import doubtful_scales
from selfeval.rulebook.soundness.sense import doubtful_sense
from selfeval.rulebook.text.nodes import Block, Items, at, at_value, find, line_of, spelled
from selfeval.rulebook.text.reading import read
from selfeval.rulebook.text.suggesting import nearest
from selfeval.rulebook.trying.casting import doubtful_cases

GLUED = "W220"
_YEAR_NAME = re.compile(r"(?:19|20)\d\d")


def lint(path: Path, root: Path, targets: Targets | None = None) -> tuple[Problem, ...]:
    """All that is wrong or doubtful about a rule file, from the top down, and about the ``targets`` it names."""
    tree, rulebook, problems, parent = load_all(path, root)
    own = read(path, rule_name(path, root))
    written = own.doubts
    if tree is None or rulebook is None:
        return in_order(_once([*problems, *written]))
    checks = (
        *(_sources, _attention, _categories, _cases, _years, doubtful_points, doubtful_scales),
        *(doubtful_deductions, doubtful_entries, idle_groups, doubtful_levels, doubtful_sense),
    )
    found = [doubt for doubts in checks for doubt in doubts(rulebook, tree)]
    found += doubtful_heirs(own.root, parent) if own.root and parent else ()
    found += doubtful_cases(path, root, rulebook)
    found += [*doubtful_names(rulebook, tree, targets), *doubtful_overrides(rulebook, tree, targets)]
    return in_order(_once([*written, *found, *(_targets(rulebook, tree, targets) if targets else ())]))


def _once(problems: list[Problem]) -> list[Problem]:
    """Without what an error on the same line says too of a list glued by its commas, or a doubt that comes of it."""

    def line(found: Problem) -> tuple[str, int]:
        return found.place.file, line_of(found.place)

    lines = {line(found) for found in problems if found.code == GLUED}
    serious = {line(found) for found in problems if found.severity is Severity.ERROR}
    doubted = [found for found in problems if line(found) in lines]
    said = {found for found in doubted if (found.code == GLUED) != (line(found) in serious)}
    return [found for found in problems if line(found) not in lines or found in said]


def _sources(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    mentioned = {name.text for name in cited(root)}
    own = at_value(root, "id").file
    for i, source in enumerate(rulebook.sources.values()):
        place = at(root, "sources", i)
        if source.id not in mentioned and place.file == own:  # a child may well cite another one than its parent did
            yield problem("W203", place, source=source.id)
        if not source.verified and not source.convention:  # of the unit's own choices there is no original
            yield problem("I201", place, source=source.id)
        for key, marks in (("title", "《》"), ("quote", "“”")):
            text = getattr(source, key)
            if place.file == own and text[:1] == marks[0] and text[-1:] == marks[1]:
                yield problem("W243", at_value(root, "sources", i, key), source=source.id, key=key, marks=marks)


def _attention(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    for name, kind in rulebook.kinds.items():
        for key in () if KINDS[name].can_exceed else ("flag_from", "reason_from"):
            if getattr(kind.attention, key) is not None:
                yield problem("W204", at(root, "kinds", name, "attention", key), kind=name, what=key)


def _categories(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """A category that no list of a form offers is picked by nobody who does not type it."""
    for path, rule in rulebook.rules:
        if not isinstance(find(root, *path, "when_category")[0], Items):
            continue  # a variant that takes over those of its kind
        for i, other in enumerate(rule.when_category):
            for j, word in enumerate(other.categories):
                if word not in CATEGORIES:
                    place = at_value(root, *path, "when_category", i, "categories", j)
                    facts = {"near": nearest(word, CATEGORIES), "known": "、".join(CATEGORIES)}
                    yield problem("W221", place, found=word, **facts)


def _cases(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """Cases of ``when`` that indicators of the kind never come to."""
    for path, rule in rulebook.rules:
        need = KINDS[rule.kind].need
        node = find(root, *path, "when")[0]
        for key in node.entries if isinstance(node, Block) else ():
            if (key == "no_level" and need is not LEVEL_PICKED) or (key == "budget_zero" and need is not PAYMENTS):
                yield problem("W244", at(root, *path, "when", key), where=f"{spelled(root, *path)}.when", key=key)


def _years(rulebook: Rulebook, root: Block) -> Iterator[Problem]:
    """A rulebook that is named after a year holds in it."""
    if _YEAR_NAME.fullmatch(rulebook.id) and not rulebook.in_force.covers(int(rulebook.id)):
        facts = {"title": rulebook.title, "span": rulebook.in_force.span, "year": rulebook.id}
        facts["how"] = "请改正 in_force，或按它适用的年度改文件名"
        yield problem("E217", at(root, "in_force"), **facts)
    for i, part in enumerate(rulebook.sections):
        other = next((word for kind, word in EXTRA_WORDS.items() if kind != part.extra and word[:2] in part.label), "")
        if part.extra and other:
            facts = {"label": part.label, "extra": part.extra, "said": EXTRA_WORDS[part.extra]}
            yield problem("W242", at(root, "sections", i, "extra"), **facts)


def _targets(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    own = at_value(root, "id").file
    names: list[str] = targets.indicators.column("indicator")
    for kind, rule in rulebook.kinds.items():
        for i, variant in enumerate(rule.variants):
            for j, name in enumerate(variant.indicators):
                place = at_value(root, "kinds", kind, "variants", i, "indicators", j)
                if name not in names and place.file == own:
                    yield problem("E242", place, indicator=name, near=nearest(name, names))
    yield from misaddressed(rulebook, root, targets)
