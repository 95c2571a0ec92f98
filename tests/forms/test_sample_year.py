"""The sample year: every project told, every kind and state met, and nothing wrong with it."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest

from selfeval.domain.problems import Severity
from selfeval.domain.scored import Scored
from selfeval.domain.scoring.score import score
from selfeval.forms.reading.folder import read_forms
from selfeval.packages.container import unpack
from tests.forms.conftest import Year

MARK = "示例数据（虚构，仅供演示）"


@pytest.fixture(scope="module")
def scored(year: Year) -> Scored:
    forms = read_forms(year.root / "inputs/2024/forms", year.targets, year.root)
    return score(year.targets, forms, year.rulebook)


def rows(scored: Scored, kind: str) -> pd.DataFrame:
    return scored.indicators.frame[scored.indicators.frame["kind"] == kind]


def test_the_forms_in_the_repository_are_made_from_the_table(year: Year) -> None:
    for code in year.targets.projects.column("project"):
        kept = (year.root / year.path(code)).read_bytes()
        assert unpack(kept) == unpack(year.form(code)), code  # compressed by another program, bytes differ


def test_every_form_is_marked_as_invented(year: Year) -> None:
    assert [one.narrative["mark"].text for one in year.reported.projects.values()] == [MARK] * 28


def test_nothing_is_wrong_with_it(year: Year, scored: Scored) -> None:
    assert year.reported.problems == ()
    assert [one for one in scored.problems if one.severity is Severity.ERROR] == []
    assert set(scored.projects.frame["state"]) <= {"scored", "attention"}
    assert scored.projects.frame["total"].notna().all()


def test_every_kind_of_the_document_is_there_met_and_missed(scored: Scored) -> None:
    for kind in ("at_least", "at_most", "exactly", "deadline", "monthly_schedule", "qualitative"):
        shares = rows(scored, kind)["share"]
        assert (shares == 1).any(), kind
        assert (shares < 1).any(), kind
    assert len(rows(scored, "judged")) == 1
    assert (rows(scored, "not_applicable")["state"] == "not_applicable").all()


def test_targets_are_far_exceeded(scored: Scored) -> None:
    completion = rows(scored, "at_least")["completion"]
    assert ((completion >= 1.2) & (completion < 1.3)).any()
    assert (completion >= 1.3).any()


def test_inverse_targets_are_missed_below_and_beyond_twice_the_target(scored: Scored) -> None:
    missed = rows(scored, "at_most")
    ratio = missed["actual_value"] / missed["target_value"]
    assert ((ratio > 1) & (ratio < 2)).any()
    assert (ratio >= 2).any()


def test_deadlines_are_missed_by_days_and_by_months(scored: Scored) -> None:
    late = rows(scored, "deadline")["measure"]
    assert late.between(1, 30).any()
    assert late.between(31, 90).any()


def test_all_levels_are_used_with_and_without_a_percentage(scored: Scored) -> None:
    found = rows(scored, "qualitative")
    assert found["actual_level"].nunique() == 3
    given = found[found["actual_percentage"].notna()]
    assert given["actual_level"].nunique() == 3
    assert len(given) < len(found)


def test_every_lost_point_has_a_reason_and_a_remedy(scored: Scored) -> None:
    lost = scored.indicators.frame[
        (scored.indicators.frame["share"] < 1) & (scored.indicators.frame["kind"] != "execution")
    ]
    assert len(lost) > 30
    assert (lost["reason"] != "").all()
    assert (lost["remedy"] != "").all()


def test_the_money_adds_up(year: Year) -> None:
    rates = []
    for project, own in year.reported.projects.items():
        executed, full_year = (Fraction(own.funds[item].text) for item in ("executed", "full_year"))
        assert sum(Fraction(cell.text) for cell in own.payments.values()) == executed, project
        assert executed <= full_year, project
        rates.append(executed / full_year)
    assert min(rates) < Fraction(65, 100)
    assert max(rates) == 1
