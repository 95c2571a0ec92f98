"""Each project has a digest of what it was scored from, and one of what came out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.case import cases
from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import PROJECTS
from selfeval.runs.project_books import given_digest, project_digests, values_digest
from tests.workbooks.sample import FULL, score_year, value

Digests = dict[str, tuple[str, str]]
YEAR = score_year()


def digests(reported: Reported = YEAR.reported, rulebook: Rulebook = YEAR.rulebook) -> Digests:
    found = (project_digests(score_case(case, rulebook)) for case in cases(YEAR.targets, reported))
    return {digest["project"]: (digest["scored_from"], digest["scored"]) for digest in found}


def test_the_same_gives_the_same_for_every_project() -> None:
    assert digests() == digests()
    assert list(digests()) == YEAR.targets.projects.frame["project"].tolist()
    assert len({given for given, _ in digests().values()}) == len(YEAR.targets.projects)


def test_a_changed_actual_changes_its_own_project_alone() -> None:
    mine = YEAR.reported.projects[FULL]
    answers = mine.answers | {(f"{FULL}-01", "actual"): value(1, "F31")}
    projects = {**YEAR.reported.projects, FULL: replace(mine, answers=answers)}
    before, after = digests(), digests(replace(YEAR.reported, projects=projects))
    assert [one for one in before if before[one] != after[one]] == [FULL]
    assert before[FULL][0] != after[FULL][0]
    assert before[FULL][1] != after[FULL][1]


def test_another_rule_changes_what_came_out_alone() -> None:
    grading = YEAR.rulebook.grading
    strict = replace(YEAR.rulebook, grading=replace(grading, scale=grading.scale[-1:]))
    before, after = digests(), digests(rulebook=strict)
    assert [given for given, _ in before.values()] == [given for given, _ in after.values()]
    assert before[FULL][1] != after[FULL][1]


def test_a_department_that_the_targets_name_counts_and_a_blank_one_changes_no_record() -> None:
    first = next(iter(cases(YEAR.targets, YEAR.reported)))
    named = replace(first, project=replace(first.project, department="某市某局"))
    assert given_digest(named) != given_digest(first)
    before = [getattr(first.project, part) for part in PROJECTS.names if part != "department"]
    reports = [list(part.items()) for part in vars(first.reports).values()]
    assert given_digest(first) == values_digest((before, first.indicators, first.plan, reports, first.problems))


@pytest.mark.parametrize("parts", [("1",), (1,), (1.0,), ("1", ""), (("1",),), ()])
def test_values_that_differ_have_digests_that_differ(parts: tuple[object, ...]) -> None:
    assert values_digest(parts) != values_digest(("2",))
    others: list[tuple[object, ...]] = [("1",), (1,), (1.0,), ("1", ""), (("1",),), ()]
    assert [values_digest(one) == values_digest(parts) for one in others].count(True) == 1
