"""The order of what was reported changes nothing; the order of the document decides that of the answer."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TypeVar

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.reported import Reported, Reports
from selfeval.domain.scored import EXECUTION, Scored
from selfeval.domain.scored_case import INDICATOR_SCORES, PROJECT_SCORES
from selfeval.domain.scoring.score import score
from selfeval.domain.tables import Table
from tests.domain.build import CONTENT, MET, Project, Row, make_reported, make_targets
from tests.domain.random_projects import random_project
from tests.domain.rules import rulebook_2024

K = TypeVar("K")
V = TypeVar("V")


def assert_same(one: Scored, other: Scored) -> None:
    for name in ("indicators", "projects"):
        pd.testing.assert_frame_equal(getattr(one, name).frame, getattr(other, name).frame)
    assert one.problems == other.problems


def mixed(seed: int) -> list[Project]:
    faulty = [Row("≥95%", 0.95), Row("无法识别"), Row("月度时序"), MET, CONTENT]
    good = [random_project(Random(seed + i), f"P{9 - i}").project for i in range(4)]
    return [*good, Project(faulty, "A1", payments=(1.0,) * 11), Project([MET, CONTENT], "B1", sent=False)]


def shuffled(values: Mapping[K, V], rng: Random) -> dict[K, V]:
    order = list(values)
    rng.shuffle(order)
    return {key: values[key] for key in order}


def shuffled_reports(reports: Reports, rng: Random) -> Reports:
    parts = (reports.funds, reports.payments, reports.answers, reports.narrative)
    return Reports(*(shuffled(part, rng) for part in parts))


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.randoms(use_true_random=False))
def test_shuffled_reports_give_the_same_answer(seed: int, rng: Random) -> None:
    projects = mixed(seed)
    targets, reported, rulebook = make_targets(projects), make_reported(projects), rulebook_2024()
    mixed_up = {code: shuffled_reports(one, rng) for code, one in shuffled(reported.projects, rng).items()}
    other = Reported(mixed_up, reported.problems)
    assert_same(score(targets, reported, rulebook), score(targets, other, rulebook))


def test_the_answer_follows_the_document() -> None:
    projects = [Project([Row("≥1次", 1.0), MET, CONTENT], code) for code in ("P9", "P1", "P5")]
    scored = score(make_targets(projects), make_reported(list(reversed(projects))), rulebook_2024())
    assert scored.projects.frame["project"].tolist() == ["P9", "P1", "P5"]
    wanted = [name for one in projects for name in (EXECUTION, *(one.indicator(i) for i in range(3)))]
    assert scored.indicators.frame["indicator"].tolist() == wanted


@given(st.integers(0, 2**32))
@settings(max_examples=4)
def test_other_projects_never_change_a_project(seed: int) -> None:
    projects = mixed(seed)
    rulebook = rulebook_2024()
    together = score(make_targets(projects), make_reported(projects), rulebook)
    for project in projects:
        alone = score(make_targets([project]), make_reported([project]), rulebook)
        at_all = together.indicators.frame[together.indicators.frame["project"] == project.code].reset_index(drop=True)
        pd.testing.assert_frame_equal(
            at_all.drop(columns="target_cell"), alone.indicators.frame.drop(columns="target_cell")
        )
        totals = together.projects.frame[together.projects.frame["project"] == project.code].reset_index(drop=True)
        pd.testing.assert_frame_equal(totals, alone.projects.frame)


def test_scoring_changes_none_of_its_inputs() -> None:
    projects = mixed(7)
    targets, reported = make_targets(projects), make_reported(projects)
    score(targets, reported, rulebook_2024())
    pd.testing.assert_frame_equal(targets.indicators.frame, make_targets(projects).indicators.frame)
    assert repr(reported) == repr(make_reported(projects))


@pytest.mark.parametrize(("name", "table"), [("indicators", INDICATOR_SCORES), ("projects", PROJECT_SCORES)])
def test_the_answer_has_its_declared_columns(name: str, table: Table) -> None:
    scored = score(make_targets(mixed(1)), make_reported(mixed(1)), rulebook_2024())
    frame, empty = getattr(scored, name).frame, table.rows().frame
    assert frame.columns.tolist() == empty.columns.tolist()
    assert frame.dtypes.tolist() == empty.dtypes.tolist()


def test_extra_rows_for_unknown_indicators_are_left_to_the_readers() -> None:
    projects = [Project([Row("≥1次", 1.0), MET, CONTENT])]
    targets = make_targets(projects)
    stranger = Project([*projects[0].rows, Row("≥1次", 5.0)])
    first, second = (score(targets, make_reported([one]), rulebook_2024()) for one in (projects[0], stranger))
    assert_same(first, second)
