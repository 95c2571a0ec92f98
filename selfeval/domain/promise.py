"""What a project promised: each indicator with the kind, the numbers and the rule that the rulebook reads from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from math import isnan

from selfeval.domain.case import Case, cases
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.expression.tree import Expression, any_of
from selfeval.domain.individual import standard_of, written_for_another
from selfeval.domain.kind import Kind
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import Measure, Terms
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.doubts import FAR, NUMBER, PUBLISHED, too_large, too_small
from selfeval.domain.needs.need import Need
from selfeval.domain.needs.nothing import ANYTHING
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.problems import Problem, problem
from selfeval.domain.promised_at import promised_at
from selfeval.domain.reading.addressed import addressed_to
from selfeval.domain.reading.proposal import propose
from selfeval.domain.reading.quantity import RATE, Quantity, normalise, show_number, unit_class
from selfeval.domain.reading.recognise import WRITTEN_FOR, Reading, recogniser
from selfeval.domain.reading.rewording import ONE_WAY
from selfeval.domain.reading.units import convert
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Earning, ExtraKind, KindRule, Level, Rulebook, show_percent
from selfeval.domain.targets import SPENDING_PLAN, Indicator, Targets

_BLANK = "E505"
"""The code of a target of which nothing is there."""


@dataclass(frozen=True)
class Promise:
    """An indicator, what was read from its target, and its kind and rule; None where there is no such."""

    indicator: Indicator
    reading: Reading
    kind: Kind | None
    rule: KindRule | None
    asked: Asked

    @property
    def standard(self) -> str:
        """Its own 评分标准; blank where that says nothing."""
        return standard_of(self.indicator)

    @property
    def unapproved(self) -> str:
        """Its own 评分标准 where the rule that scores it does not name it and quote that text; else blank."""
        text, rule = self.standard, self.rule
        if not text or rule is None or self.measure is None:
            return ""
        named = self.indicator.indicator in rule.indicators
        return "" if named and normalise(text) in normalise(rule.note) else text

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

    def held_back(self, case: Case) -> bool:
        """Whether it cannot be scored as the targets of its project were read: its own, or the plan it hangs on."""
        by_plan = self.need is PAYMENTS and SPENDING_PLAN in case.faulty
        return by_plan or case.is_faulty(self.indicator.indicator)

    @property
    def unfit(self) -> bool:
        """Whether its measure cannot be used for a target in this unit."""
        wanted = "" if self.measure is None else self.measure.unit
        marked = self.rule is None or self.rule.deduct is None or self.rule.deduct.fits(self.asked.unit)
        return not marked or (bool(wanted) and unit_class(self.asked.unit) != wanted)


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


def _asked(case: Case, indicator: Indicator, reading: Reading, rulebook: Rulebook, levels: tuple[Level, ...]) -> Asked:
    """The other side of the report for an indicator."""
    numbers, budget = reading.numbers, case.project.budget
    names = "|".join(map(normalise, (indicator.level2, indicator.level3, indicator.target)))
    return Asked(
        indicator.target,
        numbers.value,
        numbers.unit,
        levels,
        case.year,
        upper=numbers.upper,
        name=indicator.level3,
        same=rulebook.same_units,
        signed=rulebook.negative(names),
        highest=rulebook.highest(names),
        words=rulebook.vocabulary,
        budget=_in_unit(budget, numbers.unit) if rulebook.from_budget(names) else None,
        unclear=reading.unclear,
    )


def _in_unit(budget: float, unit: str) -> Fraction | None:
    """A published budget in a unit of money, or in what is paid for each; None without such a budget or unit."""
    paid = unit.partition("/")[0]
    known = budget > 0 and unit_class(paid) == "money"  # NaN: no budget was published
    return convert(Quantity(fraction(budget), "万元"), paid) if known else None


def promises(case: Case, rulebook: Rulebook) -> tuple[list[Promise], list[Problem]]:
    """The promises of a project, in document order, and the targets that cannot be read."""
    read = recogniser(rulebook, case.year).read
    found: list[Promise] = []
    problems: list[Problem] = []
    for indicator in case.indicators:
        key, target = indicator.indicator, indicator.target
        reading = read(key, target, indicator.level2, indicator.kind, indicator.level3)
        names = {"level1": indicator.level1, "level2": indicator.level2, "level3": indicator.level3}
        numbers, kind = reading.numbers, KINDS.get(reading.kind)
        rule = rulebook.rule_for(reading.kind, indicator=key, **names, unit=numbers.unit)
        levels = rulebook.levels if rule is None or not rule.own_levels else rule.own_levels
        asked = _asked(case, indicator, reading, rulebook, levels)
        bare = partial(read, key, f"1{numbers.unit}", indicator.level2, "", indicator.level3)
        code, facts, meant = reading.code, dict[str, object](reading.facts), target
        if kind is not None and rule is None:
            code, facts = "E516", {"kind": kind.id, "label": kind.label}
        elif another := written_for_another(indicator, rule):
            code, facts, rule = WRITTEN_FOR, dict(another), None
            reading, kind = Reading(rule=reading.rule, code=code), None
        elif kind is not None and rule is not None and _below_zero(numbers.value, kind, rule):
            code, facts = "E504", {"label": kind.label, "origin": str(rule.origin)}
            reading, kind, rule = Reading(rule=reading.rule, code=code), None, None
        elif kind is not None and (wanted := _impossible(kind, asked) or _reversed(kind, asked, bare)):
            code, facts, meant = "E503", {"label": kind.label, "wanted": wanted}, ""  # only a person can tell
            reading, kind, rule = Reading(rule=reading.rule, code=code), None, None
        elif slip := _slip(asked, case.project.budget):
            reading = replace(reading, said=(*reading.said, slip), look=True)
        found.append(Promise(indicator, reading, kind, rule, asked))
        if code and not (code == _BLANK and key in case.faulty):  # what could not be read is told already
            opposite = "opposite" in facts or str(facts.get("wanted", "")).startswith(ONE_WAY)
            offered = propose(meant, indicator.level3, rulebook.vocabulary, case.year, opposite=opposite)
            cure: dict[str, object] = {
                "line": offered.line(key, addressed_to(indicator.level3, target)),
                "command": offered.command(key, case.year),
            }
            facts = {"target": target, "indicator": key, "year": case.year, **cure, **facts}
            if offered.wrong and "wanted" in facts:
                facts["wanted"] = f"{facts['wanted']}；{offered.wrong}"
            problems.append(problem(code, promised_at(case.targets_file, indicator.cell, case.code, key), **facts))
    return found, problems


def _below_zero(value: float, kind: Kind, rule: KindRule) -> bool:
    """Whether a target below zero is to be divided by: only some measures can take one."""
    measure = kind.measures.get(rule.measure)
    return value < 0 and measure is not None and not measure.signed


def _impossible(kind: Kind, asked: Asked) -> str:
    """What would have to stand where what is promised cannot be: a satisfaction of 290%, a cost of 1000 budgets."""
    highest, budget = asked.highest, asked.budget
    if asked.unit == RATE and kind.better >= 0 and highest is not None and asked.value > highest * 100:
        return f"不超过{show_percent(highest)}的数（这样的比率不会更高）"
    if budget is not None and asked.value >= budget * FAR:
        return f"与{PUBLISHED} {show_number(budget)}{asked.unit.partition('/')[0]}相称的金额（单位可能有误）"
    return ""


def _reversed(kind: Kind, asked: Asked, bare: Callable[[], Reading]) -> str:
    """The same of ≥0次 under 事故, which is met by any number; ``bare`` reads a number without a sign."""
    if kind.better <= 0 or asked.value != 0:
        return ""
    own = KINDS.get(bare().kind)
    return (
        "≤0，或者大于0的数（≥0无论完成多少都能达到，而名称所指事项越少越好）"
        if own is not None and own.better < 0
        else ""
    )


def _slip(asked: Asked, budget: float) -> str:
    """What to say of a target with the number of the published budget (万元) in the wrong unit; blank for any other."""
    published = _in_unit(budget, asked.unit)
    if published is None or "/" in asked.unit or isnan(asked.value):
        return ""
    amount = fraction(asked.value)
    if exactly(any_of(too_large(NUMBER, published), too_small(NUMBER, published)), {NUMBER.key: amount}) is not True:
        return ""
    return f"{show_number(amount)}{asked.unit}与{PUBLISHED} {show_number(budget)}万元只差元和万元，单位可能有误"


def doubtful_targets(targets: Targets, rulebook: Rulebook) -> tuple[Problem, ...]:
    """The targets of a year that cannot be read."""
    return tuple(found for case in cases(targets) for found in promises(case, rulebook)[1])
