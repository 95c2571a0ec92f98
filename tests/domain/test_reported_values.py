"""Reported cells, through ``score``: what is read, what is asked for, and that nothing doubtful gets a score."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.problems import Problem
from selfeval.domain.rulebook import When, WhenAction
from selfeval.rulebook.loading import load
from tests.domain.build import CONTENT, MET, Percent, Project, Row, Unread, Value, evaluate, evaluate_row
from tests.domain.rules import kind_rule, rulebook_2024


@pytest.mark.parametrize(
    ("target", "actual", "read"),
    [
        ("≥7000次", 6500.0, 6500),
        ("≥7000次", "6500次", 6500),
        ("≥7000次", "６５００", 6500),
        ("≥7000次", "6,500 次", 6500),
        ("≥7000次", "7000次以上", 7000),
        ("≥7000次", "≥7000次", 7000),
        ("≥7000次", "7000余次", 7000),
        ("≥95%", 95.0, 95),
        ("≥95%", "95", 95),
        ("≥95%", "95%", 95),
        ("≥95%", "95百分比", 95),
        ("≥90百分比", "90％", 90),
        ("≥95%", Percent(0.95), 95),
        ("≥95%", Percent(0.285), 28.5),
        ("≥95%", "0.95%", 0.95),
        ("≥95%", 0.0, 0),
        ("≤0.5%", "0.3%", 0.3),
        ("≤0.5%", Percent(0.003), 0.3),
        ("≤22.59万元", 22.59, 22.59),
        ("≤22.59万元", "225900元", 22.59),
        ("≤22.59万元", "0.002259亿元", 22.59),
        ("≤7日", "7天", 7),
        ("90%-95%", 92.0, 92),
        ("5～8天", "6日", 6),
        ("≥400平方米", "420㎡", 420),
        ("≤3500次", "1000余次", 1000),
        ("≥1.2万人次", 119.0, 119),
        ("≥400元/人·天", "450元", 450),
        ("≥100次", 0.0, 0),
        ("≤1%", 1.0, 1),
        ("≥5%", 1.01, 1.01),
        ("≥49%", 2.0, 2),
        ("≥50%", 2.01, 2.01),
        ("≥90分", 10.01, 10.01),
        ("≤5‰", 0.051, 0.051),
        ("≤5%", Percent(1.0), 100),
        ("≤5%", Percent(0.5), 50),
        ("≥20%", Percent(1.99), 199),
        ("≤1%", Percent(0.099), 9.9),
        ("≤0.5%", Percent(0.049), 4.9),
        ("≤1.1%", Percent(0.2), 20),
        ("≥49%", Percent(0.005), 0.5),
        ("≥95%", Percent(0.0101), 1.01),
        ("≥95%", Percent(0.0), 0),
    ],
)
def test_a_number_is_read_in_the_unit_of_its_target(target: str, actual: Value, read: float) -> None:
    row, _ = evaluate_row(Row(target, actual, reason="有原因"))
    assert row["actual_value"] == read
    assert row["state"] in {"scored", "attention"}


def test_a_fall_stored_a_hundredfold_is_asked_for(project_root: Path) -> None:
    """-31 in a cell that shows percentages is -3100%."""
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    row, codes = evaluate_row(Row("≥5%", Percent(-31.0), level3="收入增长率"), rulebook)
    assert row["state"] == "ask"
    assert "E425" in codes


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        ("≥7000次", None, "E401"),
        ("≥7000次", "", "E401"),
        ("≥7000次", " \n\u3000", "E401"),
        ("≥7000次", "已完成", "E402"),
        ("≥7000次", "😀", "E402"),
        ("≥7000次", "≤7000次", "E403"),
        ("≥7000次", "不超出7000次", "E403"),
        ("≥7000次", "7000次（未完成）", "E431"),
        ("≤10000次", "3000次以上", "E403"),
        ("≤10万元", "9万元/年", "E404"),
        ("≥7000次", "≥6000次", "E403"),
        ("≥7000次", -3.0, "E426"),
        ("≤22.59万元", -22.59, "E426"),
        ("≤22.59万元", 225900.0, "E428"),
        ("≤5000元", 0.5, "E428"),
        ("≥1.2万人次", 120.0, "E428"),
        ("≤0.5%", 0.3, "E405"),
        ("≤9‰", 0.009, "E429"),
        ("≥90分", 0.92, "E429"),
        ("≥4.5分", 95.0, "E435"),
        ("≥90分", 4.6, "E429"),
        ("≥7000次", "12348来电7000次", "E402"),
        ("≥7000次", "70 00", "E402"),
        ("≥7000次", True, "E402"),
        ("≥7000次", "约7000次", "E403"),
        ("≥7000次", "6900余次", "E403"),
        ("≥7000次", "7000次左右", "E403"),
        ("≤10000元", "5000元以上", "E403"),
        ("≤10次", "大于0次", "E403"),
        ("≤2200次", "1000余次", "E403"),
        ("≥7000次", "7000人", "E404"),
        ("≥7000次", "70%", "E404"),
        ("≥7000次", Percent(0.7), "E404"),
        ("≤22.59万元", "22.59平方米", "E404"),
        ("≥95%", "95次", "E404"),
        ("≥95%", 0.95, "E405"),
        ("≥95%", "0.95", "E405"),
        ("≥95%", 1.0, "E405"),
        ("≥7000次", date(2024, 12, 20), "E406"),
        ("≥7000次", Unread("error", "#DIV/0!"), "E407"),
        ("≥7000次", Unread("long", "其中…"), "E436"),
        ("≥7000次", Unread("unseen", "7321"), "E437"),
        ("≥7000次", Unread("struck", "17321"), "E438"),
        ("≥7000次", Unread("raised", "151"), "E440"),
        ("≥7000次", "不涉及", "E408"),
        ("≥7000次", "/", "E408"),
        ("≥7000次", "无", "E408"),
        ("≥7000次", "9" * 5000, "E424"),
        ("≥7000次", 1e300, "E424"),
        ("≥7000次", 1e-300, "E424"),
        ("12月底", None, "E401"),
        ("12月底", 45646.0, "E409"),
        ("12月底", Percent(1.0), "E409"),
        ("12月底", True, "E409"),
        ("12月底", "2月20日", "E410"),
        ("11月15日", "2024年11月", "E430"),
        ("12月底", "已完成", "E411"),
        ("12月底", "按时", "E411"),
        ("≥95%", 1.05, "E405"),
        ("≤100%", 2.0, "E405"),
        ("≤0.5%", 0.006, "E405"),
        ("≥95%", Percent(95.0), "E425"),
        ("≤5%", Percent(3.0), "E425"),
        ("≥95%", Percent(0.0095), "E425"),
        ("≥95%", Percent(0.01), "E425"),
        ("≥50%", Percent(0.01), "E425"),
        ("≥20%", Percent(2.0), "E425"),
        ("≤1%", Percent(0.1), "E425"),
        ("≤0.5%", Percent(0.05), "E425"),
        ("≤1%", Percent(1.0), "E425"),
        ("≤1%", 0.99, "E405"),
        ("≥5%", 1.0, "E405"),
        ("≥50%", 2.0, "E405"),
        ("≤5‰", 0.05, "E429"),
        ("≥90分", 10.0, "E429"),
        ("≥95%", Percent(1e300), "E424"),
        ("12月底", date(1905, 7, 17), "E412"),
        ("12月底", date(2042, 12, 20), "E412"),
        ("12月底", date(2028, 1, 1), "E412"),
        ("12月底", date(2020, 12, 31), "E412"),
        ("12月底", Unread("error", "#N/A"), "E407"),
        ("12月底", Unread("long", "其中…"), "E436"),
        ("12月底", Unread("unseen", "7321"), "E437"),
        ("12月底", Unread("struck", "17321"), "E438"),
        ("12月底", Unread("raised", "151"), "E440"),
        ("12月底", "不涉及", "E408"),
    ],
)
def test_a_doubtful_value_is_asked_for_and_never_scored(target: str, actual: Value, code: str) -> None:
    row, codes = evaluate_row(Row(target, actual))
    assert codes == {code}
    assert row["state"] == "ask"
    assert row["score"] != row["score"] or row["score"] is None


@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2027, 12, 31)])
def test_a_day_three_years_off_is_no_slip(day: date) -> None:
    row, _ = evaluate_row(Row("12月底", day, reason="有原因"))
    assert row["actual"] == day.isoformat()
    assert row["state"] in {"scored", "attention"}


@pytest.mark.parametrize(
    ("behind", "codes"), [("", set()), ("开工", set()), ("完工", {"E411"}), ("开工，完工", {"E411"})]
)
def test_an_end_is_no_beginning(project_root: Path, behind: str, codes: set[str]) -> None:
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    _, told = evaluate_row(Row("9月底", f"2024年9月20日{behind}", level3="项目开工时间"), rulebook)
    assert told - {"W530"} == codes


@pytest.mark.parametrize(
    ("number", "hint"), [(2024.1, ""), (44196.0, ""), (44197.0, "2021年1月1日"), (46752.0, "2027年12月31日")]
)
def test_a_number_that_may_be_a_day_near_the_year_says_which(number: float, hint: str) -> None:
    message = evaluate([Project([Row("12月底", number), MET, CONTENT])]).problem("E409").message
    assert ("如为日期" in message, hint in message) == (bool(hint), True)


@pytest.mark.parametrize(
    ("level", "percentage", "code"),
    [
        (None, None, "E413"),
        (" ", None, "E413"),
        (None, "85%", "E413"),
        ("很好", None, "E414"),
        (1.0, None, "E414"),
        (date(2024, 1, 1), None, "E414"),
        ("不涉及", None, "E408"),
        (Unread("error", "#N/A"), None, "E407"),
        (Unread("long", "其中…"), None, "E436"),
        (Unread("unseen", "7321"), None, "E437"),
        (Unread("struck", "17321"), None, "E438"),
        (Unread("raised", "151"), None, "E440"),
        ("达成", "很多", "E415"),
        ("达成", "约90%", "E415"),
        ("达成", "90次", "E415"),
        ("达成", date(2024, 1, 1), "E415"),
        ("达成", True, "E415"),
        ("达成", 0.85, "E405"),
        ("达成", 1.0, "E405"),
        ("达成", "79.9%", "E416"),
        ("达成", "100.1%", "E416"),
        ("部分达成", "80%", "E416"),
        ("部分达成", Percent(0.599), "E416"),
        ("未达成", 60.0, "E416"),
        ("未达成", "-1%", "E416"),
    ],
)
def test_a_doubtful_level_is_asked_for(level: Value, percentage: Value, code: str) -> None:
    row, codes = evaluate_row(Row("持续提升", level=level, percentage=percentage))
    assert (codes, row["state"]) == ({code}, "ask")


@pytest.mark.parametrize(
    ("level", "percentage", "score"),
    [
        ("达成年度指标", None, "50.00"),
        ("达成", "80%", "40.00"),
        ("达 成", Percent(0.9), "45.00"),
        ("部分达成", None, "35.00"),
        ("部分达成", "79.99%", "40.00"),
        ("部分达成", 60.0, "30.00"),
        ("未达成", None, "15.00"),
        ("未达成", 0.0, "0.00"),
        ("未达成", "59.99%", "30.00"),
    ],
)
def test_a_level_scores_its_percentage_or_its_default(level: str, percentage: Value, score: str) -> None:
    row, _ = evaluate_row(Row("持续提升", level=level, percentage=percentage, reason="有原因"))
    assert Decimal(row["score"]) / 100 == Decimal(score)
    assert ("默认" in row["sentence"]) == (percentage is None)


@pytest.mark.parametrize(
    ("judged", "reason", "code"),
    [
        (None, "按评审意见", "E417"),
        ("很好", "按评审意见", "E402"),
        ("40次", "按评审意见", "E402"),
        (Unread("error", "#N/A"), "按评审意见", "E407"),
        (Unread("long", "其中…"), "按评审意见", "E436"),
        (Unread("unseen", "7321"), "按评审意见", "E437"),
        (Unread("struck", "17321"), "按评审意见", "E438"),
        (Unread("raised", "151"), "按评审意见", "E440"),
        (50.01, "按评审意见", "E418"),
        (-0.01, "按评审意见", "E418"),
        (1e308, "按评审意见", "E402"),
        (40.0, None, "E419"),
        (40.0, "  ", "E419"),
        (40.0, "无", "E419"),
    ],
)
def test_a_doubtful_judgement_is_asked_for(judged: Value, reason: Value, code: str) -> None:
    row, codes = evaluate_row(Row("由评审打分", judged=judged, reason=reason, kind="judged"))
    assert (codes, row["state"]) == ({code}, "ask")


@settings(max_examples=40)
@given(st.integers(1, 4999))
def test_a_judgement_of_full_points_is_full_points(hundredths: int) -> None:
    full = hundredths / 100
    rows = [
        Row("由评审打分", judged=full, reason="按评审意见", kind="judged", points=full),
        Row("≥1次", 1.0, points=float(Decimal(5000 - hundredths) / 100)),
    ]
    row = evaluate([Project([*rows, MET, CONTENT])]).rows["P1-01"]
    assert (row["state"], row["score"]) == ("scored", hundredths)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "E401"),
        ("已拨付", "E402"),
        ("约20", "E403"),
        ("20平方米", "E404"),
        (Percent(0.2), "E402"),
        (date(2024, 1, 1), "E406"),
        (Unread("error", "#REF!"), "E407"),
        (Unread("long", "其中…"), "E436"),
        (Unread("unseen", "7321"), "E437"),
        (Unread("struck", "17321"), "E438"),
        (Unread("raised", "151"), "E440"),
        (0.0, "E421"),
        (-20.0, "E422"),
        (1e300, "E424"),
    ],
)
def test_a_budget_that_cannot_be_used_leaves_the_execution_open(value: Value, code: str) -> None:
    result = evaluate([Project([Row("月度时序"), MET, CONTENT], full_year=value)])
    row = result.rows["P1 预算执行率"]
    assert (row["state"], result.rows["P1-01"]["state"], result.codes) == ("ask", "ask", {code})
    assert row["score"] != row["score"] or row["score"] is None


@pytest.mark.parametrize("value", ["1000000元", "100万元", "0.01亿元", "100", 100.0])
def test_an_amount_may_be_written_in_any_money(value: Value) -> None:
    project = evaluate([Project([MET, CONTENT], full_year=value)]).projects["P1"]
    assert (project["full_year"], project["execution_score"]) == (100, 1000)


def test_a_problem_names_the_cell_what_was_found_and_how_to_mend_it() -> None:
    result = evaluate([Project([Row("≥95%", 0.95), MET, CONTENT])])
    found: Problem = result.problem("E405")
    assert (found.place.project, found.place.indicator) == ("P1", "P1-01")
    assert (found.place.file, found.place.sheet, found.place.cell) == (
        "inputs/2024/forms/单位/项目.xlsx",
        "填报",
        "actual10",
    )
    assert found.message == "“实际完成值”填报为0.95，不能确定是0.95%还是95%"
    assert "“95%”" in found.remedy


def test_a_level_with_a_wrong_percentage_points_at_the_percentage() -> None:
    result = evaluate([Project([Row("持续提升", level="达成", percentage="50%"), MET, CONTENT])])
    assert result.problem("E416").place.cell == "percentage10"


@pytest.mark.parametrize(
    ("action", "state", "score"),
    [("full", "attention", 5000), ("zero", "attention", 0), ("not_applicable", "not_applicable", None)],
)
def test_a_rulebook_may_say_what_a_missing_value_counts_as(action: WhenAction, state: str, score: int | None) -> None:
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "ratio", when=When(actual_missing=action))})
    row, codes = evaluate_row(Row("≥7000次"), rulebook)
    assert row["state"] == state
    assert "W505" in codes
    assert score is None or row["score"] == score


def test_a_rulebook_may_ask_about_a_target_of_zero() -> None:
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "ratio", when=When(target_zero="ask"))})
    row, codes = evaluate_row(Row("≥0次", 5.0), rulebook)
    assert (row["state"], codes) == ("ask", {"E514"})


def test_a_target_below_zero_is_no_target_of_zero() -> None:
    rulebook = rulebook_2024(kinds={"at_least": kind_rule("at_least", "rate", when=When(target_zero="ask"))})
    row, codes = evaluate_row(Row("≥-5%", "-2%", level3="收入增长率", reason="有原因", category="其他"), rulebook)
    assert (row["target_value"], row["actual_value"], codes) == (-5, -2, set())


@pytest.mark.parametrize(
    ("reason", "missing"), [(None, True), (" ", True), ("无", True), ("/", True), ("天气原因", False)]
)
def test_a_lost_point_needs_a_reason_but_keeps_its_score(reason: Value, *, missing: bool) -> None:
    row, codes = evaluate_row(Row("≥100次", 90.0, reason=reason))
    assert row["score"] == 4500
    assert codes == ({"E510"} if missing else {"W509"})


@pytest.mark.parametrize(
    ("actual", "reason", "told"),
    [
        (119.9, None, set()),
        (120.0, None, {"I501"}),
        (129.9, None, {"I501"}),
        (130.0, None, {"E511"}),
        (130.0, "需求增加", {"I501"}),
    ],
)
def test_more_than_was_promised_is_flagged_once(actual: float, reason: Value, told: set[str]) -> None:
    """From 120% on a reviewer looks at it, from 130% on the department is to say why."""
    _, codes = evaluate_row(Row("≥100次", actual, reason=reason))
    assert codes == told
