"""rules/2024.yaml gives the same answers as the rulebook that the tests write by hand."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pandas as pd
import pytest

from selfeval.domain.catalogue.scoring import SCORING
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from tests.domain.build import CONTENT, MET, Percent, Project, Row, evaluate
from tests.domain.random_projects import random_project

SAME = ["indicator", "kind", "measure_id", "target_value", "target_upper", "points", "score", "share", "state"]


@pytest.fixture(scope="module")
def published(project_root: Path) -> Rulebook:
    rulebook, problems = load(project_root / "rules" / "2024.yaml", project_root)
    assert problems == ()
    assert rulebook is not None
    return rulebook


def assert_same(projects: list[Project], published: Rulebook) -> None:
    ours, theirs = evaluate(projects).scored, evaluate(projects, published).scored
    pd.testing.assert_frame_equal(ours.indicators.frame[SAME], theirs.indicators.frame[SAME])
    codes = [[one.code for one in scored.problems if one.code in SCORING] for scored in (ours, theirs)]
    assert codes[0] == codes[1]  # the checks of a rulebook are its own; the hand-written one has none


@pytest.mark.parametrize("seed", range(3))
def test_random_projects_score_the_same(published: Rulebook, seed: int) -> None:
    rng = Random(seed)
    assert_same([random_project(rng, f"P{i:03d}").project for i in range(100)], published)


def test_written_targets_score_the_same(published: Rulebook) -> None:
    rows = [
        Row("≥7000次", 6500.0),
        Row("≥95%", Percent(0.96)),
        Row("不低于95百分比", "94%"),
        Row("100%", "99%"),
        Row("≤0.5%", 0.3),
        Row("20万元", 19.5, level2="成本指标"),
        Row("15套", 16.0, reason="有原因"),
        Row("90%-95%", "89%"),
        Row("2024年11月30日前竣工", "2024-12-31"),
        Row("月度时序"),
        Row("有所提升", level="部分达成"),
        Row("不涉及"),
        Row("＞5次", 5.0),
        Row("≥95%", 0.95),
        Row("低于0.5%", "0.5%"),
        Row("不涉及", level1="效益指标"),
    ]
    assert_same([Project([*rows, MET, CONTENT])], published)
