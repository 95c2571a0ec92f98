"""Rules for some indicators of a kind: variants, points off a unit, the rate itself, and forms that are converted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.curves import Step, StepCurve
from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.kinds import KINDS
from selfeval.domain.measures.measure import ACTUAL, POINTS, TARGET, Terms
from selfeval.domain.options import Mark
from selfeval.domain.rulebook import Deduction, PartUnit, Passed, Rulebook, Variant, When, WhenAction
from tests.domain.build import CONTENT, MET, Percent, Project, Row, evaluate, evaluate_row
from tests.domain.rules import AT, NO_FLAGS, PROPORTIONAL, kind_rule, rulebook_2024

BANDS = StepCurve(
    (
        Step(Fraction(0), Fraction(0)),
        Step(Fraction(3, 5), Fraction(1, 2)),
        Step(Fraction(4, 5), Fraction(4, 5)),
        Step(Fraction(9, 10), Fraction(1)),
    )
)


def with_variants(*variants: tuple[str, Variant]) -> Rulebook:
    """The rulebook with variants of the kinds that stand before them."""
    kinds = dict(rulebook_2024().kinds)
    for kind, one in variants:
        kinds[kind] = replace(kinds[kind], variants=(*kinds[kind].variants, one))
    return rulebook_2024(kinds=kinds)


def satisfaction() -> tuple[str, Variant]:
    scope = Variant(id="satisfaction", level1=("满意度指标",), unit=("rate",), sources=(), origin=AT)
    return "at_least", replace(scope, measure="rate", curve=BANDS, attention=NO_FLAGS)


def per_unit(
    kind: str, points: str, every: str = "1", part: PartUnit = "whole", indicators: tuple[str, ...] = ()
) -> tuple[str, Variant]:
    """Points off a unit for outputs, or for the named indicators alone."""
    outputs = () if indicators else ("产出指标",)
    scope = Variant(id=f"per_unit {indicators}", level1=outputs, indicators=indicators, sources=(), origin=AT)
    deduct = Deduction(Fraction(points), Fraction(every), part)
    return kind, replace(scope, measure="per_unit", deduct=deduct, curve=PROPORTIONAL, attention=NO_FLAGS)


def scored(row: Row, rulebook: Rulebook) -> tuple[Decimal, str]:
    result, _ = evaluate_row(row, rulebook)
    return Decimal(int(result["score"])) / 100, str(result["sentence"])


@pytest.mark.parametrize(
    ("actual", "points"), [(1.0, 10), (0.9, 10), (0.899, 8), (0.8, 8), (0.6, 5), (0.599999, 0), (0, 0)]
)
def test_satisfaction_scores_by_bands_of_the_rate_itself(actual: float, points: int) -> None:
    row = Row("≥95%", Percent(actual), level1="满意度指标", reason="有原因")
    result, _ = evaluate_row(row, with_variants(satisfaction()))
    assert result["share"] == points / 10
    sentence = result["sentence"]
    assert "按实际比率本身计分" in sentence


def test_a_variant_holds_only_where_all_its_conditions_do() -> None:
    rulebook = with_variants(satisfaction())
    other_unit, _ = evaluate_row(Row("≥4分", 3.0, level1="满意度指标", reason="有原因"), rulebook)
    other_level, _ = evaluate_row(Row("≥50%", Percent(0.4), reason="有原因"), rulebook)
    assert [other_unit["share"], other_level["share"]] == [0.75, 0.8]


def test_a_variant_that_names_the_indicator_comes_first() -> None:
    general = per_unit("at_least", "1")
    named = per_unit("at_least", "2", indicators=("P1-01",))
    for order in ((general, named), (named, general)):
        assert scored(Row("≥10场", 9.0, reason="有原因"), with_variants(*order))[0] == 48


@pytest.mark.parametrize(
    ("part", "actual", "points"),
    [
        ("whole", 9.7, 49),
        ("proportional", 9.7, Decimal("49.7")),
        ("ignored", 9.7, 50),
        ("whole", 7.0, 47),
        ("ignored", 7.0, 47),
        ("whole", 0.0, 40),
    ],
)
def test_each_one_short_costs_its_points_until_none_are_left(part: PartUnit, actual: float, points: Decimal) -> None:
    score, sentence = scored(Row("≥10场", actual, reason="有原因"), with_variants(per_unit("at_least", "1", part=part)))
    assert score == points
    assert "每1场扣1分" in sentence


def test_no_more_is_lost_than_there_is() -> None:
    rulebook = with_variants(per_unit("at_least", "1", part="whole"))
    assert scored(Row("≥100场", 40.0, reason="有原因"), rulebook)[0] == 0


def test_a_float_a_hair_beside_a_whole_unit_costs_no_unit_more() -> None:
    # 0.3 - 0.1 is 0.19999999999999998 in floats, and 1.9999999999999998 units of 0.1
    rulebook = with_variants(per_unit("at_most", "1", "0.1", "ignored"))
    assert scored(Row("≤0.1公里", 0.3, reason="有原因"), rulebook)[0] == 48
    rulebook = with_variants(per_unit("at_least", "1", "0.1", "whole"))
    assert scored(Row("≥0.3公里", 0.1, reason="有原因"), rulebook)[0] == 48


def test_each_point_over_and_each_day_late_and_either_side() -> None:
    over = with_variants(per_unit("at_most", "0.1", part="ignored"))
    assert scored(Row("≤100%", Percent(1.039), reason="有原因"), over)[0] == Decimal("49.7")
    late = with_variants(per_unit("deadline", "0.5", part="proportional"))
    score, sentence = scored(Row("11月底前", "2024-12-04", reason="有原因"), late)
    assert score == 48
    assert "晚4天" in sentence
    apart = with_variants(per_unit("exactly", "1"))
    assert [scored(Row("10套", one, reason="有原因"), apart)[0] for one in (8.0, 10.0, 12.0)] == [48, 50, 48]
    assert ["应扣2分" in scored(Row("10套", one, reason="有原因"), apart)[1] for one in (8.0, 10.0, 12.0)] == [
        1,
        0,
        1,
    ]


def marked(kind: str, deduct: Deduction, level1: str = "产出指标") -> Rulebook:
    """Points off from a fixed mark, whatever the target is."""
    scope = Variant(id="marked", level1=(level1,), measure="per_unit", sources=(), origin=AT)
    return with_variants((kind, replace(scope, deduct=deduct, curve=PROPORTIONAL, attention=NO_FLAGS)))


@pytest.mark.parametrize(
    ("target", "actual", "points"),
    [("≥95%", 0.92, 50), ("≥95%", 0.9, 50), ("≥95%", 0.85, 49), ("≥85%", 0.88, Decimal("49.6")), ("≥95%", 0.9001, 50)],
)
def test_points_are_counted_from_a_fixed_mark_instead_of_the_target(
    target: str, actual: float, points: Decimal
) -> None:
    # 90%以上得满分，每降5%扣1分
    rules = marked("at_least", Deduction(Fraction(1), Fraction(5), below=Mark(Fraction(90), percent=True)))
    score, sentence = scored(Row(target, Percent(actual), reason="有原因"), rules)
    assert score == points
    assert f"（指标值{target[1:]}）" in sentence
    assert ("每5个百分点扣1分" in sentence) == (points < 50)


def test_a_mark_on_the_other_side_is_in_the_unit_of_the_target() -> None:
    rules = marked("at_most", Deduction(Fraction(2), above=Mark(Fraction(8))))
    found = [scored(Row("≤5次", one, reason="有原因"), rules)[0] for one in (4.0, 8.0, 9.0, 10.5)]
    assert found == [50, 50, 48, 45]


def test_a_mark_in_percent_is_not_for_a_target_in_another_unit() -> None:
    rules = marked("at_least", Deduction(Fraction(1), Fraction(5), below=Mark(Fraction(90), percent=True)))
    result = evaluate([Project([Row("≥50场", 40.0, reason="有"), MET, CONTENT])], rules)
    assert "E515" in result.codes


NUMBERS = st.decimals(0, 1000, places=2)


@pytest.mark.parametrize("part", ["whole", "proportional", "ignored"])
@pytest.mark.parametrize("kind", ["at_least", "at_most", "exactly", "deadline"])
@given(actual=NUMBERS, target=NUMBERS, every=st.decimals("0.01", 50, places=2), off=st.decimals("0.01", 5, places=2))
def test_points_off_are_those_of_a_second_calculation(
    kind: str, part: PartUnit, actual: Decimal, target: Decimal, every: Decimal, off: Decimal
) -> None:
    deduct = Deduction(Fraction(off), Fraction(every), part)
    missed = {"at_least": target - actual, "at_most": actual - target, "deadline": actual - target}.get(kind)
    units = Fraction(max(abs(target - actual) if missed is None else missed, Decimal(0))) / Fraction(every)
    counted = {"whole": Fraction(-(-units // 1)), "ignored": Fraction(units // 1), "proportional": units}[part]
    expected = 1 - counted * Fraction(off) / 10
    inputs = {ACTUAL.key: Fraction(actual), TARGET.key: Fraction(target), POINTS.key: Fraction(10)}
    assert exactly(KINDS[kind].measures["per_unit"].expression(Terms((), deduct)), inputs) == expected


def test_either_side_counts_alike_in_the_symmetric_measure() -> None:
    rulebook = rulebook_2024(kinds={"exactly": kind_rule("exactly", "symmetric")})
    found = [scored(Row("10套", one, reason="有原因"), rulebook)[0] for one in (8.0, 10.0, 12.0, 25.0)]
    assert found == [40, 50, 40, 0]


def test_pass_or_fail_and_a_pass_mark_are_curves() -> None:
    strict = StepCurve((Step(Fraction(1), Fraction(1)),))
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "ratio", strict)})
    assert [scored(Row("≥10次", one, reason="有"), rulebook)[0] for one in (9.99, 10.0)] == [0, 50]


def test_doing_more_may_cost_points_only_where_the_curve_says_so() -> None:
    cut = StepCurve((*PROPORTIONAL.steps, Step(Fraction(6, 5), Fraction(9, 10)), Step(Fraction(2), Fraction(1, 2))))
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "ratio", cut)})
    found = [scored(Row("≥10次", one, reason="有"), rulebook)[0] for one in (11.9, 12.0, 19.0, 20.0)]
    assert found == [50, 45, 45, 25]


@pytest.mark.parametrize(("action", "state", "points"), [("full", "attention", 50), ("zero", "attention", 0)])
def test_a_target_of_zero_scores_as_the_rulebook_says(action: WhenAction, state: str, points: int) -> None:
    rulebook = rulebook_2024(kinds={"at_most": kind_rule("at_most", "excess", when=When(target_zero=action))})
    row, _ = evaluate_row(Row("≤0起", 3.0, reason="有原因"), rulebook)
    assert (row["state"], int(row["score"]) / 100) == (state, points)


class TestWholeForm:
    """不涉及 leaves the form, and the total is converted: the worked numbers of the printed rule."""

    RULES = replace(rulebook_2024(), not_applicable="whole_form")
    FOUR = (Row("≥100次", 100.0), Row("≥100次", 100.0), Row("≥100次", 100.0), Row("≥100次", 80.0, reason="有原因"))

    def test_38_of_40_and_48_of_50_are_95_56(self) -> None:
        content = Row("有所提升", level="达成年度指标", level1="满意度指标", percentage=Percent(0.8), reason="有原因")
        result = evaluate([Project([*self.FOUR, Row("不涉及"), MET, content])], self.RULES)
        project = result.projects["P1"]
        assert [int(result.rows[f"P1-0{i}"]["points"]) for i in range(1, 6)] == [1000, 1000, 1000, 1000, 0]
        assert int(result.rows["P1-04"]["score"]) == 800
        assert (38 + 48, int(project["total"]), project["grade"]) == (86, 9556, "优")
        assert "90.00" in result.problem("W506").message
        assert "折算" in str(result.rows["P1-05"]["sentence"])

    def test_an_open_row_leaves_a_converted_range(self) -> None:
        rows = [*self.FOUR[:3], Row("≥100次"), Row("不涉及"), MET, CONTENT]
        project = evaluate([Project(rows)], self.RULES).projects["P1"]
        assert (int(project["lowest"]), int(project["highest"])) == (8889, 10000)
        assert project["grade"] == "待定"

    def test_without_any_left_out_nothing_is_converted(self) -> None:
        result = evaluate([Project([*self.FOUR, MET, CONTENT])], self.RULES)
        assert int(result.projects["P1"]["total"]) == 9750
        assert "W506" not in result.codes

    def test_a_section_that_is_wholly_left_out_leaves_the_form_too(self) -> None:
        result = evaluate([Project([*self.FOUR, MET, Row("不涉及", level1="满意度指标")])], self.RULES)
        assert int(result.projects["P1"]["total"]) == 9722  # 87.5 of 90
        assert "W501" not in result.codes

    def test_a_project_with_nothing_to_score_has_no_total(self) -> None:
        result = evaluate([Project([Row("不涉及")])], self.RULES)
        assert "E513" in result.codes
        assert result.projects["P1"]["grade"] == "待定"


def test_the_rate_may_be_rounded_before_it_is_scored() -> None:
    rulebook = rulebook_2024()
    first = replace(rulebook, execution=replace(rulebook.execution, rate_first=True))
    project = Project([Row("≥1次", 1.0), MET, CONTENT], full_year=10000.0, executed=9584.51, payments=())
    found = [int(evaluate([project], rules).rows["P1 预算执行率"]["score"]) for rules in (rulebook, first)]
    assert found == [958, 959]


def test_an_empty_section_may_name_who_takes_its_points() -> None:
    rulebook = rulebook_2024()
    *others, last = rulebook.sections
    rules = replace(rulebook, sections=(*others, replace(last, if_empty=(Passed("benefit", 1000),))))
    result = evaluate([Project([Row("≥1次", 1.0), MET])], rules)
    assert [int(result.rows[one]["points"]) for one in ("P1-01", "P1-02")] == [5000, 4000]
    only_output = evaluate([Project([Row("≥1次", 1.0)])], rules)
    assert int(only_output.rows["P1-01"]["points"]) == 9000
    assert "W501" in only_output.codes


@pytest.mark.parametrize(("actual", "points"), [(9.0, 49), (7.0, 47), (6.0, 47), (0.0, 47)])
def test_no_more_points_are_off_than_the_rulebook_says(actual: float, points: int) -> None:
    kind, variant = per_unit("at_least", "1")
    assert variant.deduct is not None
    capped = replace(variant, deduct=replace(variant.deduct, most=Fraction(3)))
    score, sentence = scored(Row("≥10场", actual, reason="有原因"), with_variants((kind, capped)))
    assert score == points
    assert "，最多扣3分" in sentence
