"""Overrides: whether each can be read and scored, by the same way as targets, and whether it says what it means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.problems import Problem, problem
from selfeval.domain.promise import doubtful_targets
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reading.proposal import WHY
from selfeval.domain.reading.recognise import recogniser
from selfeval.domain.rulebook import Override, Rulebook
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.text.nodes import Block, at, at_value
from selfeval.rulebook.text.suggesting import nearest


def doubtful_overrides(rulebook: Rulebook, root: Block, targets: Targets | None) -> Iterator[Problem]:
    """Overrides of no indicator, those whose own target cannot be read, and those that say two things at once."""
    own = at_value(root, "id").file
    names: list[str] = [] if targets is None else targets.indicators.column("indicator")
    details = _details(rulebook, targets)
    for i, override in enumerate(rulebook.overrides.values()):
        name, written = override.indicator, at(root, "overrides", i, "target" if override.target else "kind")
        if at(root, "overrides", i).file != own:
            continue  # what an earlier year said of its own indicators
        if targets is not None and name not in names:
            yield problem("E233", at(root, "overrides", i, "indicator"), indicator=name, near=nearest(name, names))
        named = {"indicator": name, "kind": override.kind}
        if name in details:
            yield problem("E234", written, target=override.target or "（没有改写）", detail=details[name], **named)
        elif WHY in override.because:
            yield problem("W247", at(root, "overrides", i, "because"), indicator=name)
        elif doubt := said_against(override, rulebook):
            yield problem("W236", written, target=override.target, doubt=doubt, **named)


def _details(rulebook: Rulebook, targets: Targets | None) -> dict[str, str]:
    """Why indicators still cannot be scored, by their number; without ``targets``, where their own text tells."""
    overrides = {name: replace(one, printed="") for name, one in rulebook.overrides.items()}  # that is told elsewhere
    rulebook = replace(rulebook, overrides=overrides)
    found = () if targets is None else targets.indicators.records
    rows = {row["indicator"]: row for row in found if row["indicator"] in overrides}
    asked = [
        {**rows.get(name, {"indicator": name, "target": ""}), "project": ""}
        | ({"target": one.target} if one.target else {})
        for name, one in overrides.items()
        if one.target or name in rows
    ]
    year = rulebook.in_force.start if targets is None else targets.year
    alone = Targets(year, PROJECTS.rows([{}]), INDICATORS.rows(asked))
    return {one.place.indicator: one.message for one in reversed(doubtful_targets(alone, rulebook))}


def said_against(override: Override, rulebook: Rulebook) -> str:
    """What the new text says against the kind, or against the year; blank for nothing."""
    kind = KINDS[override.kind]
    if not override.target:
        return ""
    year = rulebook.in_force.start
    plain = recogniser(replace(rulebook, overrides={}), year).read("", override.target, "", "")
    read = KINDS.get(plain.kind)
    opposite = read is not None and kind.better * read.better < 0
    unread = read is not None and kind.need is LEVEL_PICKED and (read.compared or read.need is DAY)
    if read is not None and ((opposite and not plain.said) or unread):
        return f"按这样写应识别为{read.id}（{read.label}）"
    alone = replace(rulebook, overrides={override.indicator: replace(override, printed="")})
    numbers = recogniser(alone, year).read(override.indicator, override.target, "", "").numbers
    if kind.need is DAY and numbers.value < excel_day(date(year, 1, 1)):  # false where there is none: NaN
        return f"是{year}年以前的日期"
    return ""
