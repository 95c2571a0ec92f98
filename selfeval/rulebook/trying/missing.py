"""Missing cases: for what no case of a rulebook goes through, one that does, with what the engine gives now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import zip_longest
from math import inf, isnan

from selfeval.domain.curves import Curve, LineCurve
from selfeval.domain.funds import MONTHS
from selfeval.domain.kinds import KINDS
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.promise import Promise
from selfeval.domain.reading.quantity import RATE, show_number
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import KindRule, Rulebook, show_percent
from selfeval.domain.scored import EXECUTION, EXECUTION_KIND, State
from selfeval.domain.targets import Targets
from selfeval.rulebook.trying.cases import Plan, RuleCase
from selfeval.rulebook.trying.coverage import Covered, Key, seen_in
from selfeval.rulebook.trying.explaining import reports, turns_of, typed
from selfeval.rulebook.trying.specimens import Specimens
from selfeval.rulebook.trying.trial import ScoredOne, scored_cases

_PROOF = "有佐证材料"
_STATES = (State.SCORED, State.ATTENTION, State.NOT_APPLICABLE, State.ASK)
_BEYOND = Fraction(1, 100)
_USUAL = tuple(Fraction(percent, 100) for percent in (0, 50, 90, 100))
_SWEEP, _TWENTIETH, _DECIMALS = 61, 20, 2


@dataclass(frozen=True)
class MissingCase:
    """A case that is missing, with what the engine gives now, and the things that no other goes through."""

    case: RuleCase
    covers: tuple[Covered, ...]


@dataclass(frozen=True)
class _Found:
    """A case that was tried, what came out of it, and what it goes through."""

    case: RuleCase
    made: ScoredOne
    seen: frozenset[Key]


Attempts = Iterator[list[RuleCase]]


def missing_cases(
    things: Sequence[Covered], rulebook: Rulebook, year: int, targets: Targets | None
) -> tuple[list[MissingCase], list[Covered]]:
    """A case for each thing that is not covered (one may serve several), and the things that none could be found for.

    ``targets`` of the year, if there are, give the texts of indicators that the rulebook names.
    """
    wanted = {thing.key: thing for thing in things if not thing.covered}
    found = _tried([key for key in wanted if key[0] != "grades"], rulebook, year, targets)
    chosen: dict[Key, MissingCase] = {}
    open_ = set(wanted)
    ranks = {group: i for i, group in enumerate(("steps", "levels", "evidence", "overrides", "recognise", "kinds"))}
    for key in sorted((key for key in wanted if key[0] in ranks), key=lambda key: ranks[key[0]]):
        fitting = [(_rank(key, one, rulebook), i) for i, one in enumerate(found) if key in one.seen]
        if key in open_ and fitting:
            one = found[min(fitting)[1]]
            covers = tuple(thing for other, thing in wanted.items() if other in open_ & one.seen)
            open_ -= one.seen
            chosen[covers[0].key] = MissingCase(_answered(one), covers)
    for grade in rulebook.grades:
        key = ("grades", grade.label)
        if key in open_:
            name = f"{show_number(Fraction(grade.lowest, 100))}分为{grade.label}"
            chosen[key] = MissingCase(RuleCase(name=name, total=grade.lowest, grade=grade.label), (wanted[key],))
            open_.discard(key)
    return [chosen[key] for key in wanted if key in chosen], [wanted[key] for key in wanted if key in open_]


def _tried(wanted: Sequence[Key], rulebook: Rulebook, year: int, targets: Targets | None) -> list[_Found]:
    """Cases tried until everything wanted was gone through, or nothing more is known to try."""
    makers = _Attempts(rulebook, Specimens(rulebook, year, targets))
    by_subject: dict[Key, set[Key]] = {}
    for key in wanted:
        by_subject.setdefault(_subject(key), set()).add(key)
    attempts = {subject: makers.about(subject) for subject in by_subject}
    found: list[_Found] = []
    for round_ in zip_longest(*(_until_met(attempts[subject], keys, found) for subject, keys in by_subject.items())):
        tried = [case for cases in round_ for case in cases or ()]
        for i, made in scored_cases(tried, year, rulebook):
            if made.row is not None and made.row["state"] in _STATES:
                found.append(_Found(tried[i], made, frozenset(seen_in(made.row, rulebook))))
    return found


def _until_met(attempts: Attempts, keys: set[Key], found: Sequence[_Found]) -> Attempts:
    for cases in attempts:
        yield cases
        if keys <= {key for one in found for key in one.seen}:
            return


def _subject(key: Key) -> Key:
    """What is tried for a thing: a rule with all its steps and levels, the usual levels, an entry, an override."""
    return ("kinds", key[1]) if key[0] in {"steps", "evidence"} or (key[0] == "levels" and key[1]) else key


class _Attempts:
    """The cases to try for a subject, some at a time."""

    def __init__(self, rulebook: Rulebook, specimens: Specimens) -> None:
        self._rulebook, self._specimens = rulebook, specimens
        self._rules = {rule.name: rule for _, rule in rulebook.rules}

    def about(self, subject: Key) -> Attempts:
        """The cases for a subject."""
        group, name, *_ = subject
        if group == "recognise":
            entry = next(entry for entry in self._rulebook.recognise if entry.id == name)
            yield [met for case, promise in self._specimens.of_entry(entry) for met in self._met(case, promise)]
        elif group == "overrides":
            for case, promise in self._specimens.of_override(name.partition(":")[2]):
                yield [*self._met(case, promise)]
        elif name == EXECUTION_KIND:
            yield [_executed(rate) for rate in _rates(self._rulebook.execution.curve)]
            yield [_executed(Fraction(k, _TWENTIETH)) for k in range(_TWENTIETH + 2)]
        elif group == "levels":
            for rule in self._rules.values():
                if not rule.own_levels and KINDS[rule.kind].need is LEVEL_PICKED:
                    yield from self._by_rule(rule)
        else:
            yield from self._by_rule(self._rules[name])

    def _by_rule(self, rule: KindRule) -> Attempts:
        """At the edges of the curve, for one target after the other; then all along it."""
        specimens = list(self._specimens.of_rule(rule))
        for make in (self._reported, _swept):
            for case, promise in specimens:
                given = [*make(self._proven(case, rule), promise)]
                others = [replace(one, category=way.categories[0]) for way in rule.when_category for one in given]
                bare = [replace(one, evidence="") for one in given] if rule.when.evidence_missing is not None else []
                yield [*given, *others, *bare]

    def _reported(self, case: RuleCase, promise: Promise) -> Iterator[RuleCase]:
        """The values that ``rules explain`` would show, each under its name."""
        if promise.need is PAYMENTS and promise.rule is not None:
            yield from (_paid(case, rate) for rate in _rates(promise.rule.curve))
        elif promise.need is NOTHING_ASKED:
            yield replace(case, name=case.target)
        for shown, reported in reports(promise, case):
            yield replace(reported, name=f"{case.target}填{shown}")

    def _met(self, case: RuleCase, promise: Promise) -> Iterator[RuleCase]:
        """What just meets the target, where the values around it name it; else all of them."""
        assert promise.rule is not None
        given = list(self._reported(self._proven(case, promise.rule), promise))
        at = promise.reading.numbers.value
        shown = (
            "" if isnan(at) else f"{show_number(fraction(at))}{RATE if promise.reading.numbers.unit == RATE else ''}"
        )
        met = [one for one in given if one.actual is not None and one.actual.text == shown]
        yield from met or given

    def _proven(self, case: RuleCase, rule: KindRule) -> RuleCase:
        """The case with evidence where the rule looks at it, and with no more points than its section has."""
        levels1 = [(section, section.levels1) for section in self._rulebook.sections if section.levels1]
        own = next((section for section, names in levels1 if not case.level1 or case.level1 in names), None)
        points = case.points if own is None else min(case.points, own.points)
        return replace(case, points=points, evidence=_PROOF if rule.when.evidence_missing is not None else "")


def _rates(curve: Curve) -> Iterator[Fraction]:
    """Shares to try on a curve, 0 to 1 and beyond."""
    yield from sorted({*_USUAL, *(turn for turn in turns_of(curve, _BEYOND) if turn >= 0)})


def _executed(rate: Fraction) -> RuleCase:
    executed = rate * 100
    name = f"{EXECUTION} {show_percent(rate)}"
    return RuleCase(name=name, kind=EXECUTION_KIND, budget=Fraction(100), executed=executed)


def _paid(case: RuleCase, rate: Fraction) -> RuleCase:
    """A budget of 100 of which so much is paid, all in the last month, where all was planned."""
    paid = rate * 100
    payments = (*[Fraction(0)] * (len(MONTHS) - 1), paid)
    name = f"{case.target}支付{show_percent(rate)}"
    plan = Plan(month_12=Fraction(1))
    return replace(case, name=name, plan=plan, payments=payments, budget=Fraction(100), executed=paid)


def _swept(case: RuleCase, promise: Promise) -> Iterator[RuleCase]:
    """Values from nothing to three times the target."""
    if promise.need is not NUMBER:
        return
    numbers = promise.reading.numbers
    ends = [fraction(end) for end in (numbers.value, numbers.upper) if not isnan(end)]
    for k in range(_SWEEP):
        value = round((max(ends) or Fraction(1)) * k / _TWENTIETH, _DECIMALS)
        text = f"{show_number(value)}{RATE if numbers.unit == RATE else ''}"
        yield replace(case, name=f"{case.target}填{text}", actual=typed(text))


def _rank(key: Key, one: _Found, rulebook: Rulebook) -> tuple[float, ...]:
    """How well a case shows a thing, the best first: scored; a step at its edge, or where it is a line, inside it."""
    row = one.made.row
    assert row is not None
    state = _STATES.index(row["state"])
    share, measure = (inf if isnan(row[name]) else row[name] for name in ("share", "measure"))
    target, actual = row["target_value"], row["actual_value"]
    away = 0.0 if isnan(target) or isnan(actual) else abs(actual - target)
    if key[0] != "steps":
        return state, -share, away
    curve, i = _curve_of(key, rulebook), int(key[3])
    starts = [float(start) for start, _ in curve.begins]
    flat = i + 1 == len(starts) if isinstance(curve, LineCurve) else curve.steps[i].share is not None
    end = starts[i + 1] if i + 1 < len(starts) else starts[i] + 1
    return state, not (flat or 0 < share < 1), abs(measure - (starts[i] if flat else (starts[i] + end) / 2)), away


def _curve_of(key: Key, rulebook: Rulebook) -> Curve:
    _, name, which, _ = key
    rule = next((rule for _, rule in rulebook.rules if rule.name == name), None)
    if rule is None:
        return rulebook.execution.curve
    return rule.curve if which == "curve" else rule.when_category[int(which.rpartition(".")[2])].curve


def _answered(one: _Found) -> RuleCase:
    """The case with what came out of it, under a name that says what it gives."""
    case, row = one.case, one.made.row
    assert row is not None
    state = State(row["state"])
    asked = next((code for code in one.made.codes if code.startswith("E")), "") if state is State.ASK else ""
    said = [f"偏差类别为{case.category}"] if case.category else []
    said += ["没有佐证材料"] if any(key[0] == "evidence" for key in one.seen) else []
    name = "，".join((case.name, *said))
    rule = "" if case.kind == EXECUTION_KIND else row["rule"]
    return replace(case, name=name, kind=row["kind"], rule=rule, score=row["score"], status=state, problem=asked)
