"""Used: which rules, steps, levels, entries, overrides, checks and words of a rulebook a scored year went through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from selfeval.domain.checks import CHECKS
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.rulebook import Entry, Rulebook
from selfeval.domain.scored import Scored
from selfeval.rulebook.loading import load_all
from selfeval.rulebook.shelf import rule_path
from selfeval.rulebook.text.nodes import Block, at
from selfeval.rulebook.trying.coverage import Covered, Key, covered, seen_in
from selfeval.runs.inputs import Inputs

_TEXTS = ("symbols", "words", "suffixes", "exact")


def unused(inputs: Inputs, scored: Scored, chosen: Path | None = None, *, inherited: bool = False) -> list[Covered]:
    """What the file of the rulebook writes that no indicator of the year came by; ``inherited``: and its parents.

    In the order of the rulebook. ``chosen`` is the rule file, or the name of one, that a command named.
    """
    own_path = rule_path(inputs.rulebook.files[-1].path, inputs.workspace.root)
    path = chosen if chosen is not None and chosen.is_file() else own_path
    tree, rulebook = load_all(path, inputs.workspace.root)[:2] if path.is_file() else (None, None)
    if tree is None or rulebook is None:
        return []
    # the rows were scored with the readings of the year, which another rulebook took over; its file is what counts
    rows = scored.indicators.records
    seen: set[Key] = {("grades", grade) for grade in scored.projects.column("grade")}
    for row in rows:
        seen |= seen_in(row, inputs.rulebook)
    codes = {found.code for found in scored.problems}
    own = rulebook.files[-1].path
    things = [
        *covered(rulebook, tree, seen, inherited=inherited),
        *_texts(rulebook, tree, _read(rows)),
        *_readings(rulebook, tree, rows),
        *_checks(rulebook, tree, codes),
    ]
    return [thing for thing in things if thing.told and not thing.covered and (inherited or thing.place.file == own)]


def _read(rows: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    """The targets, normalised, that each entry read."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row["rule"], set()).add(normalise(row["target"]))
    return found


def _texts(rulebook: Rulebook, root: Block, read: dict[str, set[str]]) -> Iterator[Covered]:
    """The words and signs of the entries that read something; of the others none is told by itself."""
    for i, entry in enumerate(rulebook.recognise):
        targets = read.get(entry.id, set())
        for name in _TEXTS if targets else ():
            for j, text in enumerate(_said(entry, name)):
                plain = normalise(text)
                met = plain in targets if name == "exact" else any(plain in target for target in targets)
                what = f"识别规则 {entry.id} 的“{text}”"
                yield Covered(("texts", entry.id, text), what, at(root, "recognise", i, name, j), met)


def _said(entry: Entry, name: str) -> tuple[str, ...]:
    said: tuple[str, ...] = getattr(entry, name)
    return said


def _readings(rulebook: Rulebook, root: Block, rows: Sequence[Mapping[str, Any]]) -> Iterator[Covered]:
    """The units and the names of which no indicator of the year has any."""
    names = [normalise("|".join((row["level2"], row["level3"], row["target"]))) for row in rows]
    for i, group in enumerate(rulebook.units):
        met = any(row["target_unit"] in group.same for row in rows)
        yield Covered(("units", group.id), f"同一单位 {group.id}", at(root, "units", i), met)
    for i, one in enumerate(rulebook.plausible):
        yield Covered(("plausible", one.id), f"合理范围 {one.id}", at(root, "plausible", i), any(map(one.holds, names)))


def _checks(rulebook: Rulebook, root: Block, codes: set[str]) -> Iterator[Covered]:
    """The checks that are turned on; one that found nothing has nothing to say of the year."""
    for name, rule in rulebook.checks.items():
        if rule.enabled:
            what = f"核对 {name}（{CHECKS[name].title}）"
            yield Covered(("checks", name), what, at(root, "checks", name), CHECKS[name].code in codes)
