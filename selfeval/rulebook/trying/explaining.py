"""Explaining: how a rulebook reads a target's text, and what a handful of actuals would score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan

import pandas as pd

from selfeval.domain.case import cases
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.problems import Problem
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.targets import TargetNumbers
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Entry, KindRule, Rulebook, show_percent
from selfeval.domain.scored import State
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.text.nodes import Mark, Scalar
from selfeval.rulebook.trying.actuals import telling_days, telling_numbers
from selfeval.rulebook.trying.cases import Given
from selfeval.rulebook.trying.small_projects import row_of, score_together, small_project


@dataclass(frozen=True)
class Question:
    """A target's text, the levels it stands under (blank: none in particular), its points in hundredths."""

    text: str
    level1: str = ""
    level2: str = ""
    points: int = 1000


@dataclass(frozen=True)
class Trial:
    """One actual and what it would score; ``score`` is hundredths (None: not scored)."""

    actual: str
    share: float
    score: int | None
    state: State
    sentence: str


@dataclass(frozen=True)
class Reading:
    """How a text is read: the entry and kind (None: not recognised), the target, the rule, trials, problems."""

    text: str
    kind: str
    entry: Entry | None
    target: str
    rule: KindRule | None
    trials: tuple[Trial, ...]
    problems: tuple[Problem, ...]


def explain_text(question: Question, rulebook: Rulebook, year: int) -> Reading:
    """Read a text as the target of an indicator, and score the values that show how its rule works."""
    level1 = question.level1 or next((one.levels1[0] for one in rulebook.sections if one.levels1), "")
    names = {"level1": level1, "level2": question.level2}
    # the id stands in messages, which tell to write it into the rulebook
    row = {"indicator": "这个指标", "target": question.text, **names}
    targets = Targets(year, PROJECTS.frame([{}]), INDICATORS.frame([row]))
    (case,) = cases(targets)
    (promise,), problems = promises(case, rulebook)
    read, rule = promise.reading, promise.rule
    entry = next((one for one in rulebook.recognise if one.id == read.rule), None)
    if rule is None:
        return Reading(question.text, read.kind, entry, "", None, (), tuple(problems))
    trials = _try_out(question, level1, promise, rulebook)
    return Reading(question.text, read.kind, entry, _as_read(read.numbers), rule, trials, tuple(problems))


def _as_read(numbers: TargetNumbers) -> str:
    if isnan(numbers.value):
        return ""
    low = show_value(numbers.value, numbers.unit)
    return low if isnan(numbers.upper) else f"{low} 至 {show_value(numbers.upper, numbers.unit)}"


def _try_out(question: Question, level1: str, promise: Promise, rulebook: Rulebook) -> tuple[Trial, ...]:
    given = Given(name="试算", target=question.text, level1=level1, level2=question.level2, points=question.points)
    reports = _reports(promise, rulebook, given)
    small = [small_project(i, case, rulebook) for i, (_, case) in enumerate(reports)]
    if not small or any(one.fault for one in small):
        return ()
    scored = score_together(small, rulebook, promise.asked.year)
    trials = []
    for (shown, _), project in zip(reports, small, strict=True):
        row = row_of(scored, project.id, project.indicator)
        points = None if pd.isna(row["score"]) else int(row["score"])
        trials.append(Trial(shown, float(row["share"]), points, State(row["state"]), str(row["sentence"])))
    return tuple(trials)


def _reports(promise: Promise, rulebook: Rulebook, case: Given) -> list[tuple[str, Given]]:
    """What is reported in each trial, as it is shown and as a case gives it."""
    need = promise.need
    if need in {NUMBER, DAY}:
        values = telling_numbers(promise) if need is NUMBER else telling_days(promise)
        return [(one, replace(case, actual=_typed(one))) for one in values]
    if need is LEVEL_PICKED:
        found: list[tuple[str, Given]] = []
        for level in rulebook.levels:
            chosen, low = replace(case, level=level.label), show_percent(level.low)
            found += [(level.label, chosen), (f"{level.label} {low}", replace(chosen, percentage=_typed(low)))]
        return found
    if need is JUDGEMENT:
        scores = [in_points(case.points) * Fraction(one, 10) for one in (0, 8, 10)]
        return [(f"{float(one):g} 分", replace(case, judged=_typed(f"{float(one):.12g}"))) for one in scores]
    return []


def _typed(text: str) -> Scalar:
    return Scalar(text, plain=True, mark=Mark("", 1, 1))
