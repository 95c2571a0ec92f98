"""How real units write targets, and what the shipped rules make of it; what they cannot know they leave alone."""

from __future__ import annotations

import pytest

from selfeval.domain.reading.recognise import recogniser
from selfeval.rulebook.loading import load
from tests.rulebook.workbench import ROOT, RULES

READ = [
    ("≥7000次", "at_least", 7000, "次"),
    ("≧735人次", "at_least", 735, "人次"),
    ("＞=95％", "at_least", 95, "%"),
    ("≥1,500件", "at_least", 1500, "件"),
    ("大于等于3次", "at_least", 3, "次"),
    ("不少于12种", "at_least", 12, "种"),
    ("达到95%", "at_least", 95, "%"),
    ("100人次以上", "at_least", 100, "人次"),
    ("≥95%以上", "at_least", 95, "%"),
    ("高于90%", "at_least", 90, "%"),
    ("≯5%", "at_most", 5, "%"),
    ("≦0%", "at_most", 0, "%"),
    ("不大于3次", "at_most", 3, "次"),
    ("小于等于3万元", "at_most", 3, "万元"),
    ("控制在5%以内", "at_most", 5, "%"),
    ("控制在20万元", "at_most", 20, "万元"),
    ("7日以内", "at_most", 7, "日"),
    ("低于0.5%", "at_most", 0.5, "%"),
    ("＝8个", "exactly", 8, "个"),
    ("═100%", "exactly", 100, "%"),
    ("等于4期", "exactly", 4, "期"),
    ("26次", "exactly", 26, "次"),
    ("11442", "exactly", 11442, ""),
    ("90%～95%", "range", 90, "%"),
    ("5-8天", "range", 5, "天"),
    ("2024年12月底前", "deadline", 45657, "日期"),
    ("6月底前完成", "deadline", 45473, "日期"),
    ("2024年底之前", "deadline", 45657, "日期"),
    ("全年", "deadline", 45657, "日期"),
    ("第三季度", "deadline", 45565, "日期"),
]


def read(text: str, level2: str = "数量指标") -> tuple[str, float, str]:
    rulebook, _ = load(RULES / "2024.yaml", ROOT)
    assert rulebook is not None
    reading = recogniser(rulebook, 2024).read("P-01", text, level2, "")
    return reading.kind, reading.numbers.value, reading.numbers.unit


@pytest.mark.parametrize(("text", "kind", "value", "unit"), READ)
def test_numbers_and_dates_are_read(text: str, kind: str, value: float, unit: str) -> None:
    assert read(text) == (kind, value, unit)


WORDS = [
    "效果明显",
    "农民增收",
    "能力持续提升",
    "符合相关规定",
    "严格执行相关制度规定",
    "在项目计划完成时间内完成",
    "专账核算",
    "及时",
    "合规",
    "高",
    "是",
    "社会认可的办学环境",
    "达到预期目标",
    "无重大安全事故，保障有力",
]


@pytest.mark.parametrize("text", WORDS)
def test_words_without_a_number_are_qualitative(text: str) -> None:
    assert read(text)[0] == "qualitative"


@pytest.mark.parametrize("text", ["月度时序", "按月支出", "按月度时序及时支付", "按序时进度支付"])
def test_payment_by_the_month_is_a_schedule(text: str) -> None:
    assert read(text)[0] == "monthly_schedule"


@pytest.mark.parametrize("text", ["不涉及", "不适用", "/", "／", "—", "－", "-", "*", "＊"])
def test_blanks_of_the_form_are_not_applicable(text: str) -> None:
    assert read(text)[0] == "not_applicable"


@pytest.mark.parametrize("text", ["约100人", "95%左右", "第O份", "无", "一", "M.8万元", "实际金额", "1212月31日前"])
def test_what_only_a_person_can_know_is_not_guessed(text: str) -> None:
    assert read(text)[0] == ""


@pytest.mark.parametrize("level2", ["成本指标", "经济成本指标"])
def test_a_bare_amount_is_a_ceiling_only_under_costs(level2: str) -> None:
    assert read("15万元", level2) == ("at_most", 15, "万元")
