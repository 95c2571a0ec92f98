"""What a project promised: each indicator with the kind, the numbers and the rule that the rulebook reads from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from selfeval.domain.case import Case, cases
from selfeval.domain.expression.tree import Expression
from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import Measure, Terms
from selfeval.domain.needs.need import Asked, Need
from selfeval.domain.needs.nothing import ANYTHING
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.quantity import unit_class
from selfeval.domain.reading.recognise import Reading, recogniser
from selfeval.domain.rulebook import Earning, ExtraKind, KindRule, Rulebook
from selfeval.domain.targets import Indicator, Targets


@dataclass(frozen=True)
class Promise:
    """An indicator, what was read from its target, and its kind and rule; None where there is no such."""

    indicator: Indicator
    reading: Reading
    kind: Kind | None
    rule: KindRule | None
    asked: Asked

    @property
    def need(self) -> Need:
        """What is to be reported for it."""
        return ANYTHING if self.kind is None or self.rule is None else self.kind.need

    @property
    def measure(self) -> Measure | None:
        """How it is measured; None where nothing is."""
        return None if self.kind is None or self.rule is None else self.kind.measures.get(self.rule.measure)

    @property
    def expression(self) -> Expression:
        """Its measure, over the names of ``domain.measures``. Raises AttributeError where nothing is measured."""
        assert self.rule is not None
        assert self.measure is not None
        return _expression(self.measure, Terms(self.asked.levels, self.rule.deduct))

    @property
    def unfit(self) -> bool:
        """Whether its measure cannot be used for a target in this unit."""
        wanted = "" if self.measure is None else self.measure.unit
        return bool(wanted) and unit_class(self.asked.unit) != wanted


def earning_of(promise: Promise, extra: ExtraKind, *, forced: bool = False) -> Earning:
    """How the share of an indicator becomes its score; ``extra`` is that of its section.

    A ``forced`` share, which a ``when`` rule gave, always says how many of the points are kept.
    """
    if extra == "deduction":
        return "given" if promise.need.by_hand and not forced else "taken"
    return "uncapped" if promise.rule is not None and promise.rule.uncapped else "points"


@lru_cache(maxsize=256)
def _expression(measure: Measure, terms: Terms) -> Expression:
    """The expression of a measure, the same object for every row of a rule: it is made ready for evaluation once."""
    return measure.expression(terms)


def promises(case: Case, rulebook: Rulebook) -> tuple[list[Promise], list[Problem]]:
    """The promises of a project, in document order, and the targets that cannot be read."""
    read = recogniser(rulebook, case.year).read
    found: list[Promise] = []
    problems: list[Problem] = []
    for indicator in case.indicators:
        key, target = indicator.indicator, indicator.target
        reading = read(key, target, indicator.level2, indicator.kind)
        names = {"level1": indicator.level1, "level2": indicator.level2, "level3": indicator.level3}
        numbers, kind = reading.numbers, KINDS.get(reading.kind)
        rule = rulebook.rule_for(reading.kind, indicator=key, **names, unit=numbers.unit)
        asked = Asked(target, numbers.value, numbers.unit, rulebook.levels, case.year)
        found.append(Promise(indicator, reading, kind, rule, asked))
        facts = {"target": target, "indicator": key, "year": case.year, **reading.facts}
        code = reading.code
        if kind is not None and rule is None:
            code, facts = "E516", {**facts, "kind": kind.id, "label": kind.label}
        if code:
            sheet, _, address = indicator.cell.rpartition("!")
            problems.append(problem(code, Place(case.code, key, case.targets_file, sheet, address), **facts))
    return found, problems


def doubtful_targets(targets: Targets, rulebook: Rulebook) -> tuple[Problem, ...]:
    """The targets of a year that cannot be read."""
    return tuple(found for case in cases(targets) for found in promises(case, rulebook)[1])
