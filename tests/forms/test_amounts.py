"""Money typed in 元 where 万元 is meant: asked about by the scoring and by the form, whichever cell it stands in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from selfeval.domain.fund_sources import with_totals
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.needs.selfcheck import DOUBTFUL, FILLED, TO_READ
from selfeval.domain.reported import Cell, Reported
from selfeval.domain.scoring.score import score
from selfeval.domain.targets import INDICATORS, Targets
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
    states = dict(zip(scored.indicators.frame["indicator"], scored.indicators.frame["state"], strict=True))
    for name, row in (("预算执行率", "funds.executed"), (MONTHLY, MONTHLY)):
        assert (str(states[name]) == "ask") == (sheet.result(row, "score") == PENDING), row


BLANK = Cell("", float("nan"), "blank", "f.xlsx", "自评填报", "J43")


@pytest.mark.parametrize(
    ("funds", "state"),
    [
        ({"executed": number(4.0)}, "scored"),
        ({"executed.granted": number(3.0), "executed.carried": number(1.0)}, "scored"),
        ({"executed": number(4.0), "executed.granted": number(4.01)}, "ask"),  # by source it says something else
        ({"executed": number(4.0), "executed.granted": number(4.0), "executed.other": number(-1.0)}, "ask"),
        ({"executed": number(4.0), "executed.granted": number(4.0), "executed.other": text("不详")}, "ask"),
        ({"executed": number(-4.0)}, "ask"),
        ({"executed": number(60.0)}, "ask"),  # beside a budget of 5
    ],
)
def test_months_left_blank_are_zero_only_beside_an_executed_amount_that_can_be_used(
    year: Year, funds: dict[str, Cell], state: str
) -> None:
    """The others make it up, but whether that is all that was paid is not known where it is in doubt itself."""
    whole = funds["executed"].number if "executed" in funds else 4.0
    months: dict[int, Cell] = dict.fromkeys(range(1, 13), BLANK) | {3: number(whole / 2), 9: number(whole / 2)}
    reported = with_money(year, {"executed": BLANK, **funds}, months)
    reported = Reported({CENTRE: with_totals(reported.projects[CENTRE])})
    scored = score(year.targets.only([CENTRE]), reported, year.rulebook)
    states = dict(zip(scored.indicators.frame["indicator"], scored.indicators.frame["state"], strict=True))
    assert (str(states[MONTHLY]), str(states["预算执行率"])) == (state, state)
    sheet = Sheet(year, CENTRE, reported)
    for row in (MONTHLY, "funds.executed"):
        assert (sheet.result(row, "score") == PENDING) == (state == "ask"), row


def test_a_unit_that_was_written_is_converted_and_left_to_the_scoring(year: Year) -> None:
    reported = with_money(year, {"executed": text("48000元")}, {})
    scored = score(year.targets.only([CENTRE]), reported, year.rulebook)
    assert scored.projects.frame["executed"].tolist() == [4.8]
    assert Sheet(year, CENTRE, reported).result("funds.executed", "status") == TO_READ
    assert Sheet(year, CENTRE, reported).result("funds.full_year", "status") == FILLED


@pytest.mark.parametrize(
    ("target", "actual", "state", "codes"),
    [
        ("≤5万元", 5.0, "scored", set()),
        ("≤5元", 5.0, "attention", {"I504"}),
        ("≤50000元", 50_000.0, "scored", set()),
        ("≤4元", 4.0, "scored", set()),
        ("≤50000万元", 50_000.0, "error", {"E503"}),
        ("≤5000万元", 50_000.0, "error", {"E503"}),
    ],
)
def test_the_target_of_a_cost_is_held_against_the_published_budget(
    year: Year, target: str, actual: float, state: str, codes: set[str]
) -> None:
    """5 万元 printed as 5元 is scored as it stands, for a reviewer to see; what costs a thousand budgets is not."""
    alone = year.targets.only([CENTRE])
    first = alone.indicators.frame.head(1).assign(level2="成本指标", level3="项目总成本", target=target)
    targets = Targets(2024, alone.projects, INDICATORS.of_frame(first), alone.plan, file="targets.xlsx")
    own = Filling(year, 1, sound=True).reported().projects[CENTRE]
    name = str(first["indicator"].iloc[0])
    reported = Reported({CENTRE: replace(own, answers={(name, "actual"): number(actual)})})
    scored = score(targets, reported, year.rulebook)
    assert scored.indicators.frame["state"].tolist()[-1] == state
    found = {one.code for one in scored.problems if one.place.indicator == name}
    assert found & {"E428", "E503", "I504"} == codes
    assert ("单位可能有误" in scored.indicators.frame["sentence"].tolist()[-1]) == (codes == {"I504"})
    assert (Sheet(replace(year, targets=targets), CENTRE, reported).result(name, "score") == PENDING) == (
        state == "error"
    )
