"""Money typed in 元 where 万元 is meant: asked about by the scoring and by the form, whichever cell it stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import DOUBTFUL, FILLED, TO_READ
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.scoring.score import score
from tests.forms.conftest import CENTRE, Year
from tests.forms.fillings import Filling, number, text
from tests.forms.test_selfcheck import Sheet

MONTHLY = f"{CENTRE}-03"


def with_money(year: Year, funds: dict[str, Cell], payments: dict[int, Cell]) -> Reported:
    """A sound filling of a project whose published budget is 5 万元, with other money."""
    own = Filling(year, 1, sound=True).reported().projects[CENTRE]
    even: dict[int, Cell] = dict.fromkeys(range(1, 13), number(0.4))
    usual = {"initial": number(5.0), "full_year": number(5.0), "executed": number(4.8)}
    return Reported({CENTRE: replace(own, funds={**usual, **funds}, payments={**even, **payments})})


@pytest.mark.parametrize(
    ("funds", "payments", "asked"),
    [
        ({}, {}, set()),
        ({"executed": number(0.0001)}, {}, set()),
        ({"initial": number(0.0)}, {}, set()),
        ({"initial": number(50_000.0)}, {}, {"funds.initial"}),
        ({"full_year": number(50_000.0)}, {}, {"funds.full_year"}),
        ({"full_year": number(0.0005), "executed": number(0.0004)}, {}, {"funds.full_year"}),
        ({"executed": number(48_000.0)}, {}, {"funds.executed"}),
        ({"executed": number(600.0)}, {}, {"funds.executed"}),
        ({"full_year": number(50_000.0), "executed": number(48_000.0)}, {}, {"funds.full_year", "funds.executed"}),
        ({}, {3: number(4_000.0)}, {"payments.03"}),
        ({"executed": number(4.800000000000001)}, {}, set()),
    ],
)
def test_the_scoring_and_the_form_ask_about_the_same_amounts(
    year: Year, funds: dict[str, Cell], payments: dict[int, Cell], asked: set[str]
) -> None:
    reported = with_money(year, funds, payments)
    scored = score(year.targets.only([CENTRE]), reported, year.rulebook)
    sheet = Sheet(year, CENTRE, reported)
    assert sum(one.code == "E433" for one in scored.problems) == len(asked)
    rows = ("funds.initial", "funds.full_year", "funds.executed", "payments.03")
    assert {row for row in rows if sheet.result(row, "status") == DOUBTFUL} == asked
    states = dict(zip(scored.indicators["indicator"], scored.indicators["state"], strict=True))
    for name, row in (("预算执行率", "funds.executed"), (MONTHLY, MONTHLY)):
        assert (str(states[name]) == "ask") == (sheet.result(row, "score") == PENDING), row


def test_a_unit_that_was_written_is_converted_and_left_to_the_scoring(year: Year) -> None:
    reported = with_money(year, {"executed": text("48000元")}, {})
    scored = score(year.targets.only([CENTRE]), reported, year.rulebook)
    assert scored.projects["executed"].tolist() == [4.8]
    assert Sheet(year, CENTRE, reported).result("funds.executed", "status") == TO_READ
    assert Sheet(year, CENTRE, reported).result("funds.full_year", "status") == FILLED
