"""Explaining: how a rulebook reads a target's text, and what a handful of actuals would score."""

from __future__ import annotations

from collections.abc import Iterator
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
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.reading.targets import TargetNumbers
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import Entry, KindRule, Rulebook, show_percent
from selfeval.domain.scored import State
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.text.nodes import Mark, Scalar
from selfeval.rulebook.trying.actuals import telling_days, telling_numbers
from selfeval.rulebook.trying.cases import Case
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
    level1 = question.level1 or next((section.levels1[0] for section in rulebook.sections if section.levels1), "")
    given = Case(name="试算", target=question.text, level1=level1, level2=question.level2, points=question.points)
    # the id stands in messages, which tell to write it into the rulebook
    row = {"indicator": "这个指标", "target": given.target, "level1": level1, "level2": given.level2}
    targets = Targets(year, PROJECTS.frame([{}]), INDICATORS.frame([row]))
    (case,) = cases(targets)
    (promise,), problems = promises(case, rulebook)
    read, rule = promise.reading, promise.rule
    entry = next((entry for entry in rulebook.recognise if entry.id == read.rule), None)
    trials = _try_out(promise, given, rulebook) if rule else ()
    return Reading(
        question.text, read.kind, entry, _as_read(read.numbers) if rule else "", rule, trials, tuple(problems)
    )


def _as_read(numbers: TargetNumbers) -> str:
    ends = [end for end in (numbers.value, numbers.upper) if not isnan(end)]
    return " 至 ".join(show_value(end, numbers.unit) for end in ends)


def _try_out(promise: Promise, case: Case, rulebook: Rulebook) -> tuple[Trial, ...]:
    reports = list(_reports(promise, rulebook, case))
    small = [small_project(i, report, rulebook) for i, (_, report) in enumerate(reports)]
    if not small or any(project.fault for project in small):
        return ()
    scored = score_together(small, rulebook, promise.asked.year)
    trials = []
    for (shown, _), project in zip(reports, small, strict=True):
        row = row_of(scored, project.id, project.indicator)
        points = None if pd.isna(row["score"]) else int(row["score"])
        trials.append(Trial(shown, float(row["share"]), points, State(row["state"]), str(row["sentence"])))
    return tuple(trials)


def _reports(promise: Promise, rulebook: Rulebook, case: Case) -> Iterator[tuple[str, Case]]:
    """What is reported in each trial, as it is shown and as a case gives it."""
    need = promise.need
    if need in {NUMBER, DAY}:
        for text in telling_numbers(promise) if need is NUMBER else telling_days(promise):
            yield text, replace(case, actual=_typed(text))
    elif need is LEVEL_PICKED:
        for level in rulebook.levels:
            chosen, low = replace(case, level=level.label), show_percent(level.low)
            yield level.label, chosen
            yield f"{level.label} {low}", replace(chosen, percentage=_typed(low))
    elif need is JUDGEMENT:
        for tenths in (0, 8, 10):
            text = show_number(in_points(case.points) * Fraction(tenths, 10))
            yield f"{text} 分", replace(case, judged=_typed(text))


def _typed(text: str) -> Scalar:
    return Scalar(text, plain=True, mark=Mark("", 1, 1))
