"""Explaining: how a rulebook reads a target, and what actuals around it and where the curve turns would score."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan

from selfeval.domain.case import cases
from selfeval.domain.curves import Above, Curve
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.problems import Problem
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.reading.quantity import RATE, show_number, unit_class
from selfeval.domain.reading.targets import TargetNumbers
from selfeval.domain.rounding import fraction, in_points
from selfeval.domain.rulebook import Entry, KindRule, Rulebook, show_percent
from selfeval.domain.scored import State
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.text.nodes import Mark, Scalar
from selfeval.rulebook.trying.cases import RuleCase, score_small, small_project, why_open

_AROUND = [Fraction(percent, 100) for percent in (0, 50, 60, 80, 90, 95, 100, 110, 120, 130, 200)]
_NEARLY = Fraction(9, 10)
_PERCENT_MOST = Fraction(100)
_DAYS = (-10, 0, 1, 30)
_COARSE = 20  # below, steps of one are too coarse


@dataclass(frozen=True)
class Trial:
    """One actual and what it would score; ``score`` is hundredths (None: not scored, and ``why`` in Chinese)."""

    actual: str
    share: float
    score: int | None
    state: State
    sentence: str
    why: str = ""


@dataclass(frozen=True)
class TextReading:
    """How a text is read: the entry and kind (None: not recognised), the target, the rule, trials, problems.

    ``said``: what of it was not read literally.
    """

    text: str
    kind: str
    entry: Entry | None
    target: str
    rule: KindRule | None
    trials: tuple[Trial, ...]
    problems: tuple[Problem, ...]
    said: tuple[str, ...] = ()


def explain_text(asked: RuleCase, rulebook: Rulebook, year: int) -> TextReading:
    """Read the target of a case, and score the values that show how its rule works."""
    level1 = asked.level1 or next((section.levels1[0] for section in rulebook.sections if section.levels1), "")
    given = replace(asked, level1=level1, evidence=asked.evidence or "试算")
    # the id stands in messages, which tell to write it into the rulebook
    row = {
        "indicator": "这个指标",
        "target": given.target,
        "level1": level1,
        "level2": given.level2,
        "level3": given.level3,
    }
    targets = Targets(year, PROJECTS.rows([{}]), INDICATORS.rows([row]))
    (case,) = cases(targets)
    (promise,), problems = promises(case, rulebook)
    read, rule = promise.reading, promise.rule
    entry = next((entry for entry in rulebook.recognise if entry.id == read.rule), None)
    understood = as_read(read.numbers) if rule else ""
    trials = _try_out(promise, given, rulebook) if rule else ()
    return TextReading(given.target, read.kind, entry, understood, rule, trials, tuple(problems), read.said)


def try_out(asked: RuleCase, rulebook: Rulebook, year: int) -> tuple[Trial, ...]:
    """What actuals around the target of a real indicator would score by the rule that is for it."""
    row = {name: getattr(asked, name) for name in ("indicator", "target", "level1", "level2")}
    row |= {"level3": asked.level3, "kind": asked.type}
    (case,) = cases(Targets(year, PROJECTS.rows([{}]), INDICATORS.rows([row])))
    (promise,), _ = promises(case, rulebook)
    if promise.rule is None or promise.kind is None:
        return ()
    # one by one: all are of the same project
    return tuple(trial for each in reports(promise, asked) for trial in _scored([each], promise, rulebook))


def as_read(numbers: TargetNumbers) -> str:
    """The value of a target, or its two ends, with the unit; blank where there is none."""
    ends = [end for end in (numbers.value, numbers.upper) if not isnan(end)]
    return "至".join(show_value(end, numbers.unit) for end in ends)


def _try_out(promise: Promise, case: RuleCase, rulebook: Rulebook) -> tuple[Trial, ...]:
    return _scored(list(reports(promise, case)), promise, rulebook)


def _scored(given: Sequence[tuple[str, RuleCase]], promise: Promise, rulebook: Rulebook) -> tuple[Trial, ...]:
    """What each of some reports scores, as shown and as a case gives it."""
    small = [small_project(i, report, rulebook) for i, (_, report) in enumerate(given)]
    if not small or any(project.fault for project in small):
        return ()
    scored, problems = score_small(small, rulebook, promise.asked.year)
    rows = (scored[project.id, project.indicator] for project in small)
    return tuple(
        Trial(shown, row["share"], row["score"], State(row["state"]), row["sentence"], why_open(row, problems))
        for (shown, _), row in zip(given, rows, strict=True)
    )


def reports(promise: Promise, case: RuleCase) -> Iterator[tuple[str, RuleCase]]:
    """What is reported in each trial, as it is shown and as a case gives it."""
    need = promise.need
    if need in {NUMBER, DAY}:
        for text in _numbers(promise) if need is NUMBER else _days(promise):
            yield text, replace(case, actual=typed(text))
    elif need is LEVEL_PICKED:
        for level in promise.asked.levels:
            chosen, low = replace(case, level=level.label), show_percent(level.low)
            yield level.label, chosen
            yield f"{level.label} {low}", replace(chosen, percentage=typed(low))
    elif need is JUDGEMENT:
        for tenths in (0, 8, 10):
            text = show_number(in_points(case.points) * Fraction(tenths, 10))
            yield f"{text}分", replace(case, judged=typed(text))


def turns_of(curve: Curve, beyond: Fraction) -> Iterator[Fraction]:
    """Where a curve turns, and a little ``beyond`` where a band is closed above."""
    yield from curve.turns
    yield from (step.start + beyond for step in getattr(curve, "steps", ()) if isinstance(step, Above))


def typed(text: str) -> Scalar:
    """A value as it is typed into a form, without quotes."""
    return Scalar(text, plain=True, mark=Mark("", 1, 1))


def _numbers(promise: Promise) -> tuple[str, ...]:
    """Values to try against a number or a range, as typed into a form: 6300, 95%."""
    numbers, kind, measure, rule = promise.reading.numbers, promise.kind, promise.measure, promise.rule
    target, unit = fraction(numbers.value), numbers.unit
    assert kind
    assert measure
    assert rule
    capped = kind.better < 0
    if not isnan(numbers.upper):
        upper = fraction(numbers.upper)
        found = [target / 2, target * _NEARLY, target, (target + upper) / 2, upper, upper * Fraction(11, 10), upper * 2]
    elif target == 0:
        found = [Fraction(0), Fraction(1, 10), Fraction(1)]
    else:
        found = [target * part for part in _AROUND if not capped or part == 0 or part >= _NEARLY]
        # where the curve turns, and a unit or two on the wrong side of the target
        actuals = (measure.actual_at(target, turn) for turn in turns_of(rule.curve, Fraction(1, 100)))
        found += [actual for actual in actuals if actual is not None]
        if rule.deduct:
            start = rule.deduct.mark.number if rule.deduct.mark else target
            found += [start + (1 if capped else -1) * step * rule.deduct.every for step in (0, 1, 2)]
    if unit == RATE and target <= _PERCENT_MOST and not capped:
        found = [min(value, _PERCENT_MOST) for value in found]
    # so many decimals as the target has; people and events are whole
    decimals = len(show_number(target).partition(".")[2])
    places = decimals or (0 if unit_class(unit) == "count" or target >= _COARSE else 1)
    values = sorted({Fraction(round(value * 10**places), 10**places) for value in found if value >= 0})
    return tuple(f"{show_number(value)}{RATE if unit == RATE else ''}" for value in values)


def _days(promise: Promise) -> tuple[str, ...]:
    """Days to try against a deadline: 2024-12-31."""
    assert promise.measure
    assert promise.rule
    turns = [int(turn) for turn in turns_of(promise.rule.curve, Fraction(1))] if promise.measure.in_days else []
    offsets = sorted({*_DAYS, *turns, *(turn - 1 for turn in turns if turn > 1)})
    return tuple(from_excel_day(promise.asked.value + days).isoformat() for days in offsets)
