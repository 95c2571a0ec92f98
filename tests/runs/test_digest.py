"""Each project has a digest of what it was scored from, and one of what came out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from selfeval.domain.reported import Reported
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring import score
from selfeval.runs.digest import digest, project_digests
from selfeval.runs.inputs import Inputs
from selfeval.runs.workspace import Workspace
from tests.workbooks.sample import FULL, score_year

Digests = dict[str, tuple[str, str]]
YEAR = score_year()


def digests(reported: Reported = YEAR.reported, rulebook: Rulebook = YEAR.rulebook) -> Digests:
    inputs = Inputs(Workspace(Path()), YEAR.targets, rulebook, reported, ())
    scored = score(YEAR.targets, reported, rulebook)
    return {project: (given, came) for project, given, came in project_digests(inputs, scored)}


def test_the_same_gives_the_same_for_every_project() -> None:
    assert digests() == digests()
    assert list(digests()) == YEAR.targets.projects["project"].tolist()
    assert len({given for given, _ in digests().values()}) == len(YEAR.targets.projects)


def test_a_changed_actual_changes_its_own_project_alone() -> None:
    actuals = YEAR.reported.actuals.copy()
    mine = (actuals["indicator"] == f"{FULL}-01") & (actuals["item"] == "actual")
    actuals.loc[mine, "text"] = "1"
    actuals.loc[mine, "number"] = 1.0
    before, after = digests(), digests(replace(YEAR.reported, actuals=actuals))
    assert [one for one in before if before[one] != after[one]] == [FULL]
    assert before[FULL][0] != after[FULL][0]
    assert before[FULL][1] != after[FULL][1]


def test_another_rule_changes_what_came_out_alone() -> None:
    strict = replace(YEAR.rulebook, grades=YEAR.rulebook.grades[-1:])
    before, after = digests(), digests(rulebook=strict)
    assert [given for given, _ in before.values()] == [given for given, _ in after.values()]
    assert before[FULL][1] != after[FULL][1]


@pytest.mark.parametrize("parts", [("1",), (1,), (1.0,), ("1", ""), (("1",),), ()])
def test_values_that_differ_have_digests_that_differ(parts: tuple[object, ...]) -> None:
    assert digest(parts) != digest(("2",))
    others: list[tuple[object, ...]] = [("1",), (1,), (1.0,), ("1", ""), (("1",),), ()]
    assert [digest(one) == digest(parts) for one in others].count(True) == 1
