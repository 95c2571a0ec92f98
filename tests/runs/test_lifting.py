"""What would lift the real projects of the sample, proved by scoring again, and told in words."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from selfeval.domain.case import cases
from selfeval.runs.inputs import Choice, Inputs, load_inputs
from selfeval.runs.lifting import TRUE_VALUES, Lifted, lifted
from selfeval.runs.workspace import Workspace
from tests.domain.proof import Proof

ROOT = Path(__file__).parents[2]
GOOD, MANY_LOSSES = "13080024P00009210007A", "13080024P000099100047"
PROJECTS = (GOOD, MANY_LOSSES, "13080023P00044010009J", "13080024P00011010003E", "13080024P000093100070")
"""Those of the sample that lost most, of every kind."""


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    found = load_inputs(Workspace(ROOT), Choice(2024))
    assert isinstance(found, Inputs)
    return found


@pytest.mark.parametrize("goal", [9000, 9850])
def test_values_named_for_real_projects_are_enough_and_a_step_less_is_not(inputs: Inputs, goal: int) -> None:
    cut = inputs.only([*PROJECTS])
    counts = [Proof(case, cut.rulebook, goal, Random(goal)).counts for case in cases(cut.targets, cut.reported)]
    assert len(counts) == len(PROJECTS)
    assert sum(one["alone"] + one["together"] for one in counts) > 1


def told(inputs: Inputs, named: str, need: str) -> Lifted:
    found = lifted(inputs, named, need)
    assert isinstance(found, Lifted)
    return found


def test_every_loss_is_told_with_its_price(inputs: Inputs) -> None:
    found = told(inputs, GOOD, "优")
    assert found.title == f"{GOOD}  社区矫正和特殊人员教育经费：达到“优”（90.00分）还差什么"
    assert found.parts["现在"] == ("总分84.63分，等级“良”；还差5.37分。", TRUE_VALUES)
    assert found.parts["失分（从多到少）"][:4] == (
        "1. 社区矫正对象脱管率（02）：得5.21分（满分12.50分），失7.29分",
        "   指标值≤0.5%，实际完成值1.2%",
        "   得满分：实际完成值至多0.5%",
        "   单独达到即可：实际完成值至多0.59%（本项得10.59分）。总分达到90.01分",
    )
    assert found.parts["失分（从多到少）"][-3:] == (
        "   全年预算数20万元，全年执行数19.15万元",
        "   得满分：全年执行数至少20万元",
        "   单独不足：补回后总分85.05分，还差4.95分",
    )
    assert "几项一起" not in found.parts
    assert found.facts["losses"][0]["alone"][0]["values"][0]["number"] == "0.59"


def test_several_losses_are_put_together(inputs: Inputs) -> None:
    found = told(inputs, MANY_LOSSES, "99.5分")
    head, first, *lines = found.parts["几项一起"]
    assert head.startswith("仅一项不足，至少需要3项。")
    assert first == "1. 总分99.50分："
    assert lines[-1] == "   预算执行率：全年执行数至少21.91万元（本项得9.70分）"


def test_a_goal_that_is_reached_or_out_of_reach_is_said(inputs: Inputs) -> None:
    assert "总分92.85分，等级“优”；已达到“优”（90.00分），高出2.85分。" in told(inputs, MANY_LOSSES, "优").parts["现在"]
    never = told(inputs, MANY_LOSSES, "100.5").parts["现在"]
    assert "无法达到：下列失分全部补回，总分为100.00分。" in never


def test_what_is_no_goal_is_refused(inputs: Inputs) -> None:
    assert lifted(inputs, GOOD, "极好") is None
