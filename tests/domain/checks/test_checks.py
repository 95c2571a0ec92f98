"""Every check says something of the cases that its file says it does, and stays silent beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from functools import cache

import pytest

from selfeval.domain.catalogue import CATALOGUE
from selfeval.domain.checks import CHECKS
from selfeval.domain.checks.model import CONTENT, DONE, MET, Example, Sample
from selfeval.domain.problems import Problem
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import Scored
from selfeval.rulebook.loading import load
from tests.conftest import ROOT
from tests.domain.build import Project, Row, evaluate
from tests.domain.rules import rulebook_2024


@cache
def national() -> Rulebook:
    """The rulebook that draws the lines."""
    rulebook, problems = load(ROOT / "rules" / "national-2020.yaml", ROOT)
    assert rulebook is not None, problems
    return rulebook


def projects_of(described: Sequence[Sample]) -> list[Project]:
    return [Project(**{**vars(project), "rows": [Row(**asdict(row)) for row in project.rows]}) for project in described]


def said(name: str, described: Sequence[Sample], limit: Fraction | None = None) -> list[Problem]:
    """What one check says of the projects."""
    rule = national().checks[name]
    rule = rule if limit is None else replace(rule, limit=limit)
    projects = projects_of(described)
    scored = evaluate(projects, replace(rulebook_2024(), checks={name: rule})).scored
    assert "E690" not in {found.code for found in scored.problems}, "a check failed"
    assert scored.indicators.frame.equals(evaluate(projects).scored.indicators.frame), "a check changed a score"
    return [found for found in scored.problems if found.code == CHECKS[name].code]


def cases(which: str) -> list[object]:
    return [
        pytest.param(name, case, id=f"{name}-{i + 1}")
        for name, check in CHECKS.items()
        for i, case in enumerate(getattr(check, which))
    ]


@pytest.mark.parametrize(("name", "case"), cases("says"))
def test_a_check_says_what_it_looks_for_once(name: str, case: Example) -> None:
    found = said(name, case.projects)
    assert len(found) == 1
    assert case.message in found[0].message
    for text in (found[0].message, found[0].remedy):
        assert not set("{}") & set(text)
        assert "nan" not in text.lower()


@pytest.mark.parametrize(("name", "case"), cases("silent"))
def test_a_check_is_silent_beside_its_case(name: str, case: Example) -> None:
    assert said(name, case.projects) == []


def test_no_check_is_left_without_a_case_that_it_speaks_of_and_one_that_it_does_not() -> None:
    assert [name for name, check in CHECKS.items() if not check.says or not check.silent] == []


def test_every_check_has_a_line_in_the_rules_and_a_code_of_its_own_that_is_no_error() -> None:
    assert set(national().checks) == set(CHECKS)
    codes = [check.code for check in CHECKS.values()]
    assert len({*codes, *CATALOGUE}) == len(codes) + len(CATALOGUE)
    assert {code[0] for code in codes} == {"W", "I"}


def everything(projects: list[Project]) -> Scored:
    return evaluate(projects, replace(rulebook_2024(), checks=national().checks)).scored


def test_a_check_that_is_turned_off_says_nothing() -> None:
    off = replace(national().checks["execution_low"], enabled=False)
    result = evaluate(projects_of([Sample(executed=10.0)]), replace(rulebook_2024(), checks={"execution_low": off}))
    assert "W520" not in result.codes


def test_what_is_unspent_is_not_said_again_as_low_execution() -> None:
    codes = [problem.code for problem in everything(projects_of([Sample(executed=50.0)])).problems]
    assert "W521" in codes
    assert "W520" not in codes


@pytest.mark.parametrize("share", ["0.05", "0.0499999"])
def test_the_lead_over_execution_is_compared_exactly(share: str) -> None:
    # full indicators at 95.00%: 1 - 9.50/10 is 0.05 exactly, which is not more than 5%
    found = said("better_than_execution", [Sample(executed=95.0)], Fraction(share))
    assert bool(found) is (share != "0.05")


def test_the_points_of_an_indicator_are_compared_exactly() -> None:
    two = [Sample([DONE, DONE, MET, CONTENT])]  # 25, 25, 30 and 10 points
    assert said("heavy_indicator", two, Fraction(30)) == []
    assert len(said("heavy_indicator", two, Fraction(2999, 100))) == 1


def test_checks_cope_with_a_year_of_nothing_and_with_projects_that_sent_nothing() -> None:
    assert everything([]).problems == ()
    silent = replace(projects_of([Sample()])[0], sent=False)
    assert {problem.code for problem in everything([silent]).problems} <= {"E423", "W530"}
