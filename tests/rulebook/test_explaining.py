"""What a target's text would mean, and score, before anybody reports anything."""

from __future__ import annotations

import pytest

from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import RuleCase
from selfeval.rulebook.trying.explaining import TextReading, explain_text
from tests.rulebook.workbench import Workbench


def ask(bench: Workbench, case: RuleCase, name: str = "2024.yaml") -> TextReading:
    rulebook, _ = load(bench.path(name), bench.root)
    assert isinstance(rulebook, Rulebook)
    return explain_text(case, rulebook, 2024)


def scores(reading: TextReading) -> dict[str, int | None]:
    return {one.actual: one.score for one in reading.trials}


def test_a_number_shows_what_falls_short_and_what_is_flagged(bench: Workbench) -> None:
    reading = ask(bench, RuleCase(name="试算", target="≥7000次", level2="数量指标"))
    assert reading.entry is not None
    assert (reading.kind, reading.entry.id, reading.target) == ("at_least", "at_least_sign", "7000次")
    assert str(reading.entry.origin).startswith("rules/national-2020.yaml:")
    found = scores(reading)
    assert (found["0"], found["6300"], found["7000"], found["9100"]) == (0, 900, 1000, 1000)
    assert {one.actual: one.state.label for one in reading.trials}["9100"] == "需关注"


def test_a_deadline_is_tried_on_both_sides_of_every_step(bench: Workbench) -> None:
    found = scores(ask(bench, RuleCase(name="试算", target="12月底")))
    assert (found["2024-12-31"], found["2025-01-01"], found["2025-01-30"], found["2025-01-31"]) == (1000, 800, 800, 600)
    assert (found["2025-03-31"], found["2025-04-01"]) == (600, 0)


def test_bands_are_tried_at_their_bounds(bench: Workbench) -> None:
    found = scores(ask(bench, RuleCase(name="试算", target="≥95%", level1="满意度指标"), "central-2021.yaml"))
    assert (found["60%"], found["80%"], found["90%"]) == (500, 800, 1000)


def test_levels_are_tried_with_and_without_a_percentage(bench: Workbench) -> None:
    found = scores(ask(bench, RuleCase(name="试算", target="有所提升", points=1500)))
    assert found["达成年度指标"] == 1500
    assert found["部分达成年度指标并具有一定效果 60%"] == 900


@pytest.mark.parametrize(
    ("text", "kind"), [("实际金额", ""), ("月度时序", "monthly_schedule"), ("不涉及", "not_applicable")]
)
def test_what_cannot_be_tried_is_still_explained(text: str, kind: str, bench: Workbench) -> None:
    reading = ask(bench, RuleCase(name="试算", target=text))
    assert (reading.kind, reading.trials) == (kind, ())
    assert [one.code for one in reading.problems] == ([] if kind else ["E501"])


def test_a_range_is_tried_inside_and_outside(bench: Workbench) -> None:
    found = scores(ask(bench, RuleCase(name="试算", target="90%-95%")))
    assert (found["45%"], found["90%"], found["95%"]) == (500, 1000, 1000)


def test_what_no_trial_can_score_says_why(bench: Workbench) -> None:
    head = "id: 2025\ntitle: 试\nextends: national-2020\nin_force: {from: 2020}\n"
    rule = "{measure: rate, curve: [{from: -100%, share: 100%}, {above: 0, share: 0}]}"
    bench.write(f"{head}kinds: {{at_most: {rule}}}\n", "2025.yaml")
    reading = ask(bench, RuleCase(name="试算", target="≤5次"), "2025.yaml")
    assert {one.why[:4] for one in reading.trials} == {"E515"}


@pytest.mark.parametrize(("name", "read"), [("预算调整率", "0%"), ("死亡率", "0"), ("事故数", "0"), ("频率", "0")])
def test_a_zero_of_a_rate_needs_no_unit(name: str, read: str, bench: Workbench) -> None:
    assert ask(bench, RuleCase(name="试算", target="=0", level3=name)).target == read
