"""Other regimes are only YAML: what each profile and example says, as a whole, and cases that hold."""

from __future__ import annotations

from fractions import Fraction

import pytest

from selfeval.domain.curves import share_of
from selfeval.domain.rulebook import Rulebook
from selfeval.rulebook.loading import load
from tests.rulebook.workbench import RULES, Workbench

SHIPPED = sorted(path.relative_to(RULES).as_posix() for path in RULES.rglob("*.yaml") if "." not in path.stem)


def loaded(bench: Workbench, name: str) -> Rulebook:
    rulebook, problems = load(bench.path(name), bench.root)
    assert problems == ()
    assert rulebook is not None
    return rulebook


@pytest.mark.parametrize("name", SHIPPED)
def test_every_case_holds_and_nothing_of_its_own_is_without_one(name: str, bench: Workbench) -> None:
    run = bench.cases(name)
    assert run.passed
    assert run.results
    assert run.problems == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_source_that_was_not_seen_is_marked_wherever_it_is_printed(name: str, bench: Workbench) -> None:
    rulebook = loaded(bench, name)
    for source in rulebook.sources.values():
        mark = "〔未经审定〕" if source.convention else "〔原文未核对〕"
        assert str(source).endswith(mark) == (not source.verified)
    assert not rulebook.sources["mof-2020-10"].verified


def points(rulebook: Rulebook) -> dict[str, float]:
    return {one.id: one.points / 100 for one in rulebook.sections}


def test_central_2021_has_cost_as_a_first_level(bench: Workbench) -> None:
    rulebook = loaded(bench, "central-2021.yaml")
    assert points(rulebook) == {"execution": 10, "output": 40, "benefit": 20, "satisfaction": 10, "cost": 20}
    satisfaction = rulebook.rule_for("at_least", level1="满意度指标", unit="%")
    plain = rulebook.rule_for("at_least", level1="产出指标", unit="%")
    assert satisfaction is not None
    assert plain is not None
    assert (satisfaction.measure, plain.measure) == ("rate", "ratio")
    assert share_of(satisfaction.curve, Fraction(4, 5)) == Fraction(4, 5)
    assert [share_of(plain.curve, Fraction(one, 100)) for one in (59, 60, 80, 100)] == [0, 0, Fraction(1, 2), 1]
    assert share_of(rulebook.execution.curve, Fraction(99, 100)) == Fraction(7, 10)


def test_hubei_has_three_parts_and_levels_at_80_and_50(bench: Workbench) -> None:
    rulebook = loaded(bench, "examples/hubei.yaml")
    assert points(rulebook) == {"execution": 20, "output": 40, "benefit": 40}
    assert [(float(one.low), float(one.high)) for one in rulebook.levels] == [(0.8, 1), (0.5, 0.8), (0, 0.5)]


def test_remove_takes_from_the_parent_only(bench: Workbench) -> None:
    bench.child(
        "remove: [overrides]\n"
        "overrides:\n  - {indicator: X-01, kind: judged, because: 新的一年单独说明}\n"
    )  # fmt: skip
    assert list(loaded(bench, "2025.yaml").overrides) == ["X-01"]


def test_a_variant_can_be_changed_and_removed_by_its_id(bench: Workbench) -> None:
    bench.write(
        "id: mine\ntitle: 试\nextends: central-2021\nin_force: {from: 2025}\n"
        "remove: [kinds.at_least.variants.satisfaction]\n",
        "mine.yaml",
    )
    rule = loaded(bench, "mine.yaml").rule_for("at_least", level1="满意度指标", unit="%")
    assert rule is not None
    assert rule.variant == ""


def test_an_example_can_be_extended_from_the_rules(bench: Workbench) -> None:
    bench.write("id: mine\ntitle: 试\nextends: examples/hubei\nin_force: {from: 2025}\n", "mine.yaml")
    rulebook = loaded(bench, "mine.yaml")
    assert points(rulebook)["execution"] == 20
    assert [one.path for one in rulebook.files] == [
        "rules/national-2020.yaml",
        "rules/examples/hubei.yaml",
        "rules/mine.yaml",
    ]


def test_what_sections_levels_and_grades_rest_on_is_carried_along(bench: Workbench) -> None:
    rulebook = loaded(bench, "central-2021.yaml")
    cost = next(one for one in rulebook.sections if one.id == "cost")
    assert "财预〔2021〕101号" in rulebook.cite(cost.sources)
    assert "没有成本指标" in cost.note
    assert rulebook.levels[0].note
    assert rulebook.grading.sources == ("mof-2020-10", "mof-grades")
    assert rulebook.grading.origin.line > 0
