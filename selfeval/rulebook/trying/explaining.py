"""Explaining: how a rulebook reads a target's text, and what a handful of actuals would score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from selfeval.domain.kinds import KINDS
from selfeval.domain.problems import Place, Problem, problem
from selfeval.domain.reading.actuals import show_value
from selfeval.domain.reading.recognise import recognise_targets
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Entry, KindRule, Rulebook, show_percent
from selfeval.domain.scored import State
from selfeval.domain.targets import INDICATORS, Targets
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
    readings, problems = recognise_targets(Targets(year, indicators=INDICATORS.frame([row])), rulebook)
    read = readings.iloc[0]
    kind, unit = str(read["kind"]), str(read["target_unit"])
    entry = next((one for one in rulebook.recognise if one.id == read["rule"]), None)
    rule = rulebook.rule_for(kind, **names, unit=unit) if kind else None
    if kind and rule is None:
        unruled = {"target": question.text, "kind": kind, "label": KINDS[kind].label}
        problems = (*problems, problem("E516", Place(), **unruled))
    if rule is None:
        return Reading(question.text, kind, entry, "", None, (), problems)
    trials = _try_out(question, level1, rule, read, rulebook, year)
    return Reading(question.text, kind, entry, _as_read(read), rule, trials, problems)


def _as_read(read: pd.Series) -> str:
    if pd.isna(read["target_value"]):
        return ""
    unit = str(read["target_unit"])
    low = show_value(float(read["target_value"]), unit)
    return low if pd.isna(read["target_upper"]) else f"{low} 至 {show_value(float(read['target_upper']), unit)}"


def _try_out(
    question: Question, level1: str, rule: KindRule, read: pd.Series, rulebook: Rulebook, year: int
) -> tuple[Trial, ...]:
    case = Given(name="试算", target=question.text, level1=level1, level2=question.level2, points=question.points)
    reports = _reports(case, rule, read, rulebook)
    small = [small_project(i, one, rulebook) for i, (_, one) in enumerate(reports)]
    if not small or any(one.fault for one in small):
        return ()
    scored = score_together(small, rulebook, year)
    trials = []
    for (shown, _), project in zip(reports, small, strict=True):
        row = row_of(scored, project.id, project.indicator)
        points = None if pd.isna(row["score"]) else int(row["score"])
        trials.append(Trial(shown, float(row["share"]), points, State(row["state"]), str(row["sentence"])))
    return tuple(trials)


def _reports(case: Given, rule: KindRule, read: pd.Series, rulebook: Rulebook) -> list[tuple[str, Given]]:
    """What is reported in each trial, as it is shown, and the case with it."""
    needs = KINDS[rule.kind].needs
    if needs == "number":
        upper = None if pd.isna(read["target_upper"]) else fraction(float(read["target_upper"]))
        target, unit = fraction(float(read["target_value"])), str(read["target_unit"])
        return [(one, replace(case, actual=_typed(one))) for one in telling_numbers(rule, target, upper, unit)]
    if needs == "date":
        days = telling_days(rule, float(read["target_value"]))
        return [(one, replace(case, actual=_typed(one))) for one in days]
    if needs == "level":
        found: list[tuple[str, Given]] = []
        for level in rulebook.levels:
            chosen, low = replace(case, level=level.label), show_percent(level.low)
            found += [(level.label, chosen), (f"{level.label} {low}", replace(chosen, percentage=_typed(low)))]
        return found
    if needs == "judgement":
        scores = [Fraction(case.points, 100) * Fraction(one, 10) for one in (0, 8, 10)]
        return [(f"{float(one):g} 分", replace(case, judged=_typed(f"{float(one):.12g}"))) for one in scores]
    return []


def _typed(text: str) -> Scalar:
    return Scalar(text, plain=True, mark=Mark("", 1, 1))
