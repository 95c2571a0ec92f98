"""What would lift a project: proved by scoring again, over shipped and invented rulebooks and random projects."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.case import Case, cases
from selfeval.domain.curves import Above, Curve, LineCurve, Step, StepCurve
from selfeval.domain.lifting.goal import Goal, read_goal
from selfeval.domain.lifting.lift import Lift, lift
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import Total
from selfeval.domain.scoring.score import score_case
from selfeval.rulebook.loading import load
from selfeval.rulebook.trying.cases import cases_path, read_cases
from tests.domain.build import CONTENT, MET, Percent, Project, Row, Value, make_reported, make_targets
from tests.domain.proof import Proof
from tests.domain.random_projects import random_project
from tests.domain.rules import rulebook_2024, section
from tests.workbooks import sample
from tests.workbooks.test_regimes import project as project_of_cases

ROOT = Path(__file__).parents[2]
SHIPPED = ("central-2021", "examples/closed-bands", "examples/evidence", "examples/rounded-points", "examples/shidian")
ROWS = 5


def case_of(project: Project) -> Case:
    (case,) = cases(make_targets([project]), make_reported([project]))
    return case


def goals(total: Total) -> set[int]:
    """One close at hand, and one far away."""
    return {total.lowest + 40, (total.lowest + 10_000) // 2}


def proved(case: Case, rulebook: Rulebook, seed: int = 0) -> Counter[str]:
    counts: Counter[str] = Counter()
    for goal in sorted(goals(score_case(case, rulebook).total)):
        counts.update(Proof(case, rulebook, goal, Random(seed)).counts)
    return counts


@pytest.mark.parametrize("name", SHIPPED)
def test_values_named_under_shipped_rulebooks_are_enough_and_a_step_less_is_not(name: str) -> None:
    path = ROOT / "rules" / f"{name}.yaml"
    rules, _ = load(path, ROOT)
    written, _ = read_cases(cases_path(path), ROOT)
    assert rules is not None
    assert written is not None
    chosen = tuple(one for one in written.cases if one.target)
    made = project_of_cases(rules, tuple(Random(7).sample(chosen, min(ROWS, len(chosen)))), cancelled=False)
    (case,) = cases(sample.targets([made]), sample.reported([made]))
    counts = proved(case, rules)
    assert counts["alone"] + counts["not alone"] > 1


@pytest.mark.parametrize("seed", range(2))
def test_values_named_for_random_projects_are_enough_and_a_step_less_is_not(seed: int) -> None:
    case = case_of(random_project(Random(seed), "P1", 5).project)
    assert proved(case, rulebook_2024(), seed)["alone"] > 0


SHARES = st.fractions(0, 1, max_denominator=20)
TURNS = st.lists(st.fractions(0, 2, max_denominator=10), min_size=2, max_size=4, unique=True).map(sorted)


@st.composite
def curves(draw: st.DrawFn) -> Curve:
    """Any curve that can be written, also one that pays less for more."""
    turns = draw(TURNS)
    if draw(st.booleans()):
        return LineCurve(tuple((turn, draw(SHARES)) for turn in turns))
    kinds = st.sampled_from((Step, Above))
    return StepCurve(tuple(draw(kinds)(turn, draw(st.one_of(st.none(), SHARES))) for turn in turns))


@settings(max_examples=5)
@given(curves(), curves(), st.integers(0, 260), st.integers(1, 260), st.sampled_from(("none", "points")))
def test_values_named_under_invented_rulebooks_are_enough_and_a_step_less_is_not(
    one: Curve, other: Curve, more: int, less: int, cap: str
) -> None:
    base = rulebook_2024()
    kinds = {
        **base.kinds,
        "at_least": replace(base.kinds["at_least"], curve=one, cap=cap),  # type: ignore[arg-type]
        "at_most": replace(base.kinds["at_most"], curve=other),
        "exactly": replace(base.kinds["exactly"], curve=other, measure="symmetric"),
    }
    outside = (
        replace(section(7, "bonus", "加分项", 500, "加分项"), extra="bonus"),
        replace(section(8, "deduction", "扣分项", 1000, "扣分项"), extra="deduction"),
    )
    rules = replace(
        base, kinds=kinds, sections=(*base.sections, *outside), execution=replace(base.execution, curve=one)
    )
    rows = [
        Row("≥130件", float(more), reason="说明"),
        Row("≤130件", float(less), reason="说明"),
        Row("=130件", float(more), reason="说明"),
        Row("≥20篇", float(less) / 10, level1="加分项", reason="说明"),
        Row("≤20起", float(more) / 10, level1="扣分项", reason="说明"),
    ]
    proved(case_of(Project([*rows, MET, CONTENT], executed=73.25)), rules)


def found(rows: list[Row], goal: int, rules: Rulebook | None = None, executed: Value = 100.0) -> Lift:
    return lift(case_of(Project([*rows, MET, CONTENT], executed=executed)), rules or rulebook_2024(), Goal(goal))


def words(lifted: Lift) -> list[list[str]]:
    """What each loss alone would have to report, in words."""
    return [[value.words for value in alone.values] for alone in lifted.ends[0].alone]


@pytest.mark.parametrize(
    ("row", "goal", "said", "full"),
    [
        (Row("≥7000次", 6400.0), 10_000, "实际完成值至少7000次", "实际完成值至少7000次"),
        (Row("≥7000次", 3500.0), 9000, "实际完成值至少5600次", "实际完成值至少7000次"),
        (Row("≥95%", "47.5%"), 9000, "实际完成值至少76%", "实际完成值至少95%"),
        (Row("≥95%", "47.123%"), 9000, "实际完成值至少75.991%", "实际完成值至少95%"),
        (Row("≤20万元", 40.0), 9000, "实际完成值至多25万元", "实际完成值至多20万元"),
        (Row("≤7日", 14.0), 9000, "实际完成值至多8日", "实际完成值至多7日"),
        (Row("10套", 4.0), 9000, "实际完成值至少8套", "实际完成值至少10套"),
        (Row("10-20天", 40.0), 9000, "实际完成值8天至25天", "实际完成值10天至20天"),
        (Row("10-20天", 4.0), 9000, "实际完成值8天至25天", "实际完成值10天至20天"),
        (Row("11月30日前", date(2025, 3, 20)), 9000, "完成日期不晚于2024年12月30日", "完成日期不晚于2024年11月30日"),
        (Row("由评审打分", judged=20.0, kind="judged"), 9000, "评定得分至少40分", "评定得分至少50分"),
    ],
)
def test_the_value_needed_alone_is_exact(row: Row, goal: int, said: str, full: str) -> None:
    lifted = found([replace(row, reason="说明")], goal)
    assert words(lifted) == [[said]]
    assert lifted.losses[0].full is not None
    assert lifted.losses[0].full.words == full


def test_a_value_that_would_be_asked_about_gives_way_to_the_next() -> None:
    """0.76% beside ≥95% may be a share of 1, so that up to 1% no such number is scored."""
    row = Row("≥95%", Percent(0.0), reason="说明")
    assert words(found([row], 5040)) == [["实际完成值至少1.01%"]]


def test_of_a_level_the_least_share_and_the_level_itself_are_named() -> None:
    row = Row("持续提升", level="未达成年度指标且效果较差", percentage="50%", reason="说明")
    (values,) = words(found([row], 8800))
    assert values == [
        "完成档次选“部分达成年度指标并具有一定效果”，完成比例至少75.99%",
        "完成档次选“达成年度指标”（不填比例，按100%计）",
    ]


def test_the_execution_is_the_amount_executed_of_the_budget_as_it_is() -> None:
    lifted = found([Row("≥1次", 1.0)], 9555, executed=50.0)
    assert words(lifted) == [["全年执行数至少55.45万元"]]


def test_months_left_blank_are_filled_in_once_more_is_executed() -> None:
    rows = [Row("月度时序"), Row("≥1次", 1.0)]
    blank = (None, None)
    late = Project([*rows, MET, CONTENT], executed=60.0, payments=(*(5.0,) * 6, 10.0, 10.0, 10.0, 0.0, *blank))
    lifted = lift(case_of(late), rulebook_2024(), Goal(9000))
    assert words(lifted)[1] == ["全年执行数至少95.75万元（空着的月份要补填，没有支付的填0）"]
    for goal in range(8700, 10_000, 100):  # also together with earlier payments
        Proof(case_of(late), rulebook_2024(), goal, Random(1))


def test_payments_are_needed_earlier_and_rows_scored_by_them_go_together() -> None:
    rows = [Row("月度时序", level3="甲"), Row("月度时序", level3="乙"), Row("≥1次", 1.0)]
    late = Project([*rows, MET, CONTENT], payments=(0.0,) * 6 + (50.0, 0.0, 0.0, 40.0, 0.0, 10.0))
    lifted = lift(case_of(late), rulebook_2024(), Goal(9100))
    (loss,) = lifted.losses
    assert [row.level3 for row in loss.rows] == ["甲", "乙"]
    assert loss.full is not None
    assert loss.full.words == "累计支付达到计划：3月底25万元、6月底50万元"
    assert words(lifted) == [["3月底累计支付至少15.32万元", "6月底累计支付至少45.96万元"]]
    assert proved(case_of(late), rulebook_2024())["alone"] > 0


def test_several_together_are_as_few_as_are_enough_and_the_last_only_as_much_as_is_needed() -> None:
    rows = [Row(f"≥{target}件", 50.0, reason="说明") for target in (100, 200, 400)]
    end = found(rows, 9000).ends[0]
    assert [alone.values for alone in end.alone] == [(), (), ()]
    first, *_ = end.together
    assert [(at, value.words) for at, value in first.parts] == [
        (0, "实际完成值至少400件"),
        (1, "实际完成值至少180件"),
    ]


def test_what_cannot_be_reached_is_said_with_how_far_it_goes() -> None:
    rules = rulebook_2024()
    capped = replace(rules.kinds["at_least"], curve=StepCurve((Step(Fraction(0), Fraction(1, 2)),)))
    end = found(
        [Row("≥100件", 50.0, reason="说明")], 9000, replace(rules, kinds={**rules.kinds, "at_least": capped})
    ).ends[0]
    assert (end.total, end.most, end.together, end.alone[0].values) == (7500, 7500, (), ())


def test_an_open_project_is_told_from_and_to() -> None:
    lifted = found([Row("≥100件", 50.0, reason="说明"), Row("≥10次")], 8000)
    assert [(end.open, end.total) for end in lifted.ends] == [("all", 8750), ("none", 6250)]
    assert [row.target for row in lifted.open_rows] == ["≥10次"]
    lifted = found([Row("≥100件", 50.0, reason="说明"), Row("≥10次")], 9000)
    assert [[value.words for value in end.alone[0].values] for end in lifted.ends] == [["实际完成值至少60件"], []]
    assert lifted.ends[1].most == 7500


def test_a_satisfaction_above_the_whole_is_never_named() -> None:
    base = rulebook_2024()
    free = replace(base.kinds["at_least"], cap="none", curve=StepCurve((Step(Fraction(0), None),)))
    shipped, _ = load(ROOT / "rules/2024.yaml", ROOT)
    assert shipped is not None
    rules = replace(base, kinds={**base.kinds, "at_least": free}, plausible=shipped.plausible)
    row = Row("≥80%", "60%", level1="满意度指标", level2="服务对象满意度指标", level3="群众满意度", reason="说明")
    lifted = lift(case_of(Project([Row("≥1次", 1.0), MET, row])), rules, Goal(10_000))
    (loss,) = [loss for loss in lifted.losses if loss.lost]
    assert loss.most is not None
    assert loss.most.number is not None
    assert loss.most.number <= 100
    assert loss.most.score == 1250


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("优", 9000),
        ("良", 8000),
        ("90", 9000),
        ("85.5分", 8550),
        (" 88.25 ", 8825),
        ("极好", None),
        ("-1", None),
        ("90.123", None),
    ],
)
def test_a_goal_is_a_grade_of_the_rulebook_or_a_number_of_points(text: str, points: int | None) -> None:
    goal = read_goal(text, rulebook_2024())
    assert (None if goal is None else goal.points) == points
