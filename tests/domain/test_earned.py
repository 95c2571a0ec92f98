"""What rows earn in columns is what each earns by itself, and a year is scored as its projects are."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from selfeval.domain.case import cases
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import INDICATOR_SCORES
from selfeval.domain.scoring import earned as earning
from selfeval.domain.scoring.earned import Due, earned, in_columns
from selfeval.domain.scoring.score import _Scoring, score, score_case
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.what_if import what_if, what_if_csv
from selfeval.runs.workspace import open_workspace
from tests.domain.build import make_reported, make_targets
from tests.domain.random_projects import random_project
from tests.domain.rules import rulebook_2024

RULES = ("2024", "central-2021", "national-2020")


@pytest.fixture(scope="module")
def inputs(project_root: Path) -> Inputs:
    found = load_inputs(open_workspace(project_root)[0], Choice(2024))
    assert isinstance(found, Inputs)
    return found


@pytest.fixture(scope="module", params=RULES)
def other(request: pytest.FixtureRequest, project_root: Path) -> Rulebook:
    found = load_inputs(open_workspace(project_root)[0], Choice(2024, rules=Path(f"rules/{request.param}.yaml")))
    assert isinstance(found, Inputs)
    return found.rulebook


@pytest.fixture
def _all_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earning, "_ENOUGH", 1)


def dues(inputs: Inputs, rulebook: Rulebook) -> list[Due]:
    return [due for case in cases(inputs.targets, inputs.reported) for due in _Scoring(case, rulebook).dues]


def changed(due: Due, random: Random) -> Due:
    """The same row with another number reported, near the target or anywhere, and other points."""
    target = due.promise.reading.numbers.value
    near = round(target * random.choice((0.5, 0.9, 0.95, 1.0, 1.05, 2)), random.randrange(4))
    value = random.choice((near, near, random.randrange(0, 10**5) / 100, random.uniform(0, 1000), 0.0, -1.5, 1 / 3))
    return replace(due, outcome=replace(due.outcome, value=value), points=random.randrange(0, 5000))


@pytest.mark.usefixtures("_all_in_columns")
def test_columns_give_what_each_row_earns_to_the_last_digit(inputs: Inputs, other: Rulebook) -> None:
    random, sure = Random(0), 0
    some = dues(inputs, other)
    some += [changed(due, random) for due in some * 10 if due.outcome.forced is None and not due.outcome.inputs]
    for due, found in zip(some, in_columns(some), strict=True):
        if found is not None:
            assert found == earned(due), due
            sure += 1
    assert sure > len(some) / 2


def test_few_rows_and_what_is_no_plain_number_go_by_themselves(inputs: Inputs) -> None:
    some = dues(inputs, inputs.rulebook)
    assert in_columns(some[:10]) == [None] * 10
    answered = in_columns(some)
    assert any(found is not None for found in answered)
    assert all(found is None for due, found in zip(some, answered, strict=True) if due.outcome.inputs)


@pytest.mark.usefixtures("_all_in_columns")
def test_a_year_is_scored_as_its_projects_are() -> None:
    random = Random(5)
    projects = [random_project(random, f"P{i:04d}").project for i in range(300)]
    targets, reported, rulebook = make_targets(projects), make_reported(projects), rulebook_2024()
    year = score(targets, reported, rulebook)
    alone = [score_case(case, rulebook) for case in cases(targets, reported)]
    rows = INDICATOR_SCORES.of_rows(
        [[getattr(row, name) for name in INDICATOR_SCORES.names] for one in alone for row in one.rows]
    )
    assert year.indicators == rows
    assert year.projects.column("total") == [one.total.total for one in alone]
    told = Counter(found for one in alone for found in one.problems)
    assert told <= Counter(year.problems)  # which has those of the checks over a year too


def test_a_comparison_is_the_same_byte_by_byte(
    inputs: Inputs, other: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for enough in (1, 10**9):
        monkeypatch.setattr(earning, "_ENOUGH", enough)
        compared = what_if(inputs, other)
        found.append((compared.projects, compared.rows, what_if_csv(compared)))
    assert found[0] == found[1]
