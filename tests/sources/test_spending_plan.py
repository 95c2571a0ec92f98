"""The spending plan, as published documents print it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from selfeval.domain.problems import Place, Problem
from selfeval.sources.blocks import Grid, Spot
from selfeval.sources.form import spending_plan
from selfeval.sources.form.labels import filled
from selfeval.sources.imported import Account, Reading
from selfeval.sources.text.reader import blocks

HEAD3 = "\t3 月底\t\t6 月底\t\t10 月底\t"
HEAD4 = "\t3月底\t\t6月底\t\t10月底\t12月底"


@dataclass(frozen=True)
class Plan:
    """What was read, and how."""

    shares: dict[int, float]
    readings: list[Reading]
    problems: list[Problem]


def read(text: str) -> Plan:
    """Read a plan out of the lines that follow its label."""
    table = next(block for block in blocks(f"项目编码\tP\n资金支出计划{text}") if isinstance(block, Grid))
    account = Account(Place(project="P"))
    shares = spending_plan.read(filled(table.rows[1:])[1:], Spot(10), account)
    return Plan(shares, account.readings, account.problems)


AS_PRINTED = {
    "four under four": (f"{HEAD4}\n\t20%\t\t50%\t\t75%\t100%", {3: 0.2, 6: 0.5, 10: 0.75, 12: 1.0}),
    "a blank stays blank": (f"{HEAD4}\n\t\t\t\t\t50%\t100%", {10: 0.5, 12: 1.0}),
    "no 12月底 at all": (f"{HEAD3}\n\t25%\t\t50%\t\t90%\t", {3: 0.25, 6: 0.5, 10: 0.9}),
    "other columns": ("\t3月底\t\t6月底\t10月底\t12月底\t\n\t\t\t50%\t75%\t100%\t", {6: 0.5, 10: 0.75, 12: 1.0}),
    "decimals": (f"{HEAD3}\n\t12.5%\t\t33.33%\t\t90%", {3: 0.125, 6: 0.3333, 10: 0.9}),
    "nothing": (f"{HEAD4}\n\t\t\t\t", {}),
}
INFERRED = {
    "one column right": ("\t3 月底\t\t6 月底\t\t10 月底\t12 月底\n\t\t20%\t\t50%\t\t90%", {3: 0.2, 6: 0.5, 10: 0.9}, 3),
    "12月底 on a line of its own": (f"{HEAD3}\n\t\t\t50%\t\t75%\t\n12月底\t100%\t\t\t", {6: 0.5, 10: 0.75, 12: 1.0}, 1),
    "12月底 in one cell": (f"{HEAD3}\n\t25%\t\t50%\t\t90%\t12月底 100%", {3: 0.25, 6: 0.5, 10: 0.9, 12: 1.0}, 1),
    "12月底 in one broken cell": (
        f"{HEAD3}\n\t25%\t\t50%\t\t90%\t12月底\n100%",
        {3: 0.25, 6: 0.5, 10: 0.9, 12: 1.0},
        1,
    ),
    "12月底 with its value below": (f"{HEAD3}\n\t\t\t\t\t12 月底\t\n\t\t\t\t\t100%\t", {12: 1.0}, 1),
    "12月底 with its value beside": (f"{HEAD3}\n\t\t\t\t\t12月底\t100%", {12: 1.0}, 1),
    "12月底 without a head": (f"{HEAD3}\n\t25%\t\t50%\t\t90%\t100%", {3: 0.25, 6: 0.5, 10: 0.9, 12: 1.0}, 1),
    "as many as heads": (f"{HEAD4}\n\t20%\t50%\t75%\t100%", {3: 0.2, 6: 0.5, 10: 0.75, 12: 1.0}, 4),
    "no percent sign": (f"{HEAD4}\n\t20\t\t50\t\t75\t100", {3: 0.2, 6: 0.5, 10: 0.75, 12: 1.0}, 4),
}


@pytest.mark.parametrize("case", AS_PRINTED)
def test_values_under_their_months_need_no_inference(case: str) -> None:
    text, shares = AS_PRINTED[case]
    plan = read(text)
    assert plan.shares == shares
    assert plan.readings == []
    assert plan.problems == []


@pytest.mark.parametrize("case", INFERRED)
def test_slipped_values_are_read_by_rule_and_each_is_reported(case: str) -> None:
    text, shares, inferred = INFERRED[case]
    plan = read(text)
    assert plan.shares == shares
    assert len(plan.readings) == inferred
    assert plan.problems == []


@pytest.mark.parametrize("value", ["120%", "0.5", "半数%"])
def test_what_is_no_share_is_a_problem_and_stays_blank(value: str) -> None:
    plan = read(f"{HEAD4}\n\t{value}\t\t50%\t\t75%\t100%")
    assert plan.shares == {6: 0.5, 10: 0.75, 12: 1.0}
    assert [one.code for one in plan.problems] == ["E112"]
    assert value in plan.problems[0].message


def test_what_fits_no_rule_stays_blank() -> None:
    plan = read(f"{HEAD4}\n\t\t20%\t30%\t\t\t")
    assert plan.shares == {}
    assert [one.code for one in plan.problems] == ["E112", "E112"]


def test_positions_are_trusted_and_a_plan_complete_too_early_is_doubted() -> None:
    plan = read("\t3月底\t\t6月底\t10月底\t12月底\t\n\t\t\t90%\t100%\t\t")
    assert plan.shares == {6: 0.9, 10: 1.0}
    assert [one.code for one in plan.problems] == ["W104"]
    assert "6月底90%，10月底100%" in plan.problems[0].message


def test_months_that_no_plan_has_are_not_taken_for_others() -> None:
    plan = read("\t3月底\t9月底\n\t20%\t60%")
    assert plan.shares == {3: 0.2}
    assert [one.code for one in plan.problems] == ["E112"]
