"""Addressed: rules for one indicator by its number, against what bears that number in the targets of the year."""

from __future__ import annotations

from collections.abc import Iterator

from selfeval.domain.case import cases
from selfeval.domain.individual import unaddressed, written_for_another
from selfeval.domain.problems import Problem, problem
from selfeval.domain.reading.addressed import addressed_to, is_for
from selfeval.domain.reading.directions import is_direction
from selfeval.domain.reading.recognise import WRITTEN_FOR
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Targets
from selfeval.rulebook.text.nodes import Block, at, at_value

UNADDRESSED = "I505"


def misaddressed(rulebook: Rulebook, root: Block, targets: Targets) -> Iterator[Problem]:
    """Overrides and variants written for another indicator than bears the number, and those that do not tell."""
    own = at_value(root, "id").file
    rows = {row.indicator: row for case in cases(targets) for row in case.indicators}
    for i, override in enumerate(rulebook.overrides.values()):
        row, where = rows.get(override.indicator), ("overrides", i)
        if row is None or (row.kind and not is_direction(row.kind)):  # an explicit 类型 goes before it
            continue
        named = {"indicator": row.indicator}
        if override.printed and not is_for(override.printed, row.level3, row.target):
            found = {"was": override.printed, "now": addressed_to(row.level3, row.target)}
            yield problem(WRITTEN_FOR, at(root, *where, "printed"), origin=str(override.origin), **named, **found)
        elif at(root, *where).file == own:  # what is above it is told there
            yield from (
                problem(UNADDRESSED, at(root, *where), **named, **facts) for facts in unaddressed(row, None, override)
            )
    for path, rule in rulebook.rules:
        for j, name in enumerate(rule.indicators):
            place, row = at_value(root, *path, "indicators", j), rows.get(name)
            if row is None:
                continue
            if facts := written_for_another(row, rule):
                yield problem(WRITTEN_FOR, place, indicator=name, **facts)
            elif place.file == own:
                yield from (
                    problem(UNADDRESSED, place, indicator=name, **facts) for facts in unaddressed(row, rule, None)
                )
