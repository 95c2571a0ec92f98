"""A target in two to four cells is one text again."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.domain.reading.recognise import recogniser
from selfeval.rulebook.loading import load
from selfeval.sources.form.split_target import join, joined_target

JOINED = [
    ("≥", "95", "%", "≥95%"),
    ("≧", "735", "人次", "≥735人次"),
    ("═", "100", "%", "=100%"),
    (">=", "98", "%(百分比)", "≥98%"),
    ("＝", "１００", "％", "=100%"),
    ("大于等于", "98", "百分比", "≥98百分比"),
    ("正向", "5", "次", "≥5次"),
    ("反向指标", "0.5", "‰", "≤0.5‰"),
    ("小于", "3", "起", "<3起"),
    ("≤", "30万", "元", "≤30万元"),
    ("", "12", "场", "12场"),
    ("定量", "5", "次", "5次"),
    ("/", "5", "-", "5"),
    ("≥", "≥95%", "%", "≥95%"),
    ("≥", "95%", "百分比", "≥95%"),
    ("≥", "90-95", "%", "≥90-95%"),
    ("≥", "一", "次", "≥一次"),
    ("定性", "有所提升", "", "有所提升"),
    ("区间", "80-90", "%", "80-90%"),
    ("≤", "0.5", "%", "≤0.5%"),
    ("", "≤0.5", "%", "≤0.5%"),
    ("≥", "0.5", "万元", "≥0.5万元"),
    ("", "", "%", ""),
]
SAID = [
    ("=", "及时", "", "及时", "指标值是文字，未采用“=”"),
    ("正向", "显著提升", "", "显著提升", "指标值是文字，未采用“正向”"),
    ("≤", "12月底", "时间", "12月底", "指标值是日期，未采用“≤”"),
    ("=", "3", "月底前", "3月底前", "指标值是日期，未采用“=”"),
    ("≤", "6", "月末", "6月末", "指标值是日期，未采用“≤”"),
    ("≤", "2025-12-31", "日期", "2025-12-31", "指标值是日期，未采用“≤”"),
    ("≤", "2025/12/31", "", "2025/12/31", "指标值是日期，未采用“≤”"),
    ("=", "12", "月", "=12月", "“12月”按月数识别；指月份的，请改为“12月底前”"),
    ("", "优良", "%", "优良", "指标值是文字，未采用单位“%”"),
    ("≥", "0.95", "%", "≥0.95%", "“0.95”与“%”按0.95%识别；应为95%的，请改正"),
    ("", "≥0.9", "百分比", "≥0.9百分比", "“0.9”与“百分比”按0.9%识别；应为90%的，请改正"),
    ("定量", "0.955", "%", "0.955%", "“0.955”与“%”按0.955%识别；应为95.5%的，请改正"),
]
CLASHES = [
    ("≤", "≥95", "%", "≤≥95%", "一格是“≤”，指标值自己写着“≥”"),
    ("定性", "95", "%", "95%", "一格是“定性”，指标值是数“95%”"),
    ("≥", "100元", "万元", "≥100元", "指标值“100元”里的单位与单位一格“万元”不同"),
    ("≥", "12月底", "", "12月底", "一格是“≥”，指标值是日期“12月底”"),
    ("约", "5", "次", "5次", "“约”不是能识别的符号"),
]


@pytest.mark.parametrize(("sign", "value", "unit", "text"), JOINED)
def test_the_cells_are_joined_without_a_word(sign: str, value: str, unit: str, text: str) -> None:
    joined = join(sign, value, unit)
    assert (joined.text, joined.said, joined.clash) == (text, "", "")
    assert joined_target(sign, value, unit) == text


@pytest.mark.parametrize(("sign", "value", "unit", "text", "said"), SAID)
def test_what_a_text_has_no_use_for_is_left_out_and_said(
    sign: str, value: str, unit: str, text: str, said: str
) -> None:
    joined = join(sign, value, unit)
    assert (joined.text, joined.said, joined.clash) == (text, said, "")


@pytest.mark.parametrize(("sign", "value", "unit", "text", "clash"), CLASHES)
def test_cells_that_contradict_each_other_are_told(sign: str, value: str, unit: str, text: str, clash: str) -> None:
    joined = join(sign, value, unit)
    assert (joined.text, joined.clash) == (text, clash)


@pytest.mark.parametrize(
    ("sign", "value", "unit", "text"),
    [("≥", "95%以下", "", "≥95%以下"), ("≤", "3天以上", "", "≤3天以上"), ("正向", "3以内", "天", "≥3天以内")],
)
def test_a_sign_and_an_ending_that_want_opposite_things_are_told(sign: str, value: str, unit: str, text: str) -> None:
    joined = join(sign, value, unit)
    assert (joined.text, joined.clash) == (text, f"一格是“{sign}”，指标值自己写着“{text[-2:]}”")


def test_an_ending_says_what_an_equals_sign_does_not() -> None:
    joined = join("=", "95以上", "%")
    assert (joined.text, joined.said, joined.clash) == ("95%以上", "未采用“=”，按“以上”识别", "")
    assert join("≥", "95以上", "%").text == "≥95%以上"
    assert join("反向", "3天以内", "").text == "≤3天以内"


def test_two_signs_that_differ_are_asked_for_when_scored() -> None:
    rules = Path(__file__).parents[2] / "rules"
    rulebook, _ = load(rules / "2024.yaml", rules.parent)
    assert rulebook
    reading = recogniser(rulebook, 2024).read("P-01", joined_target("≤", "≥95", "%"), "质量指标", "", "合格率")
    assert reading.code == "E502"


def test_words_with_a_number_that_the_table_calls_qualitative_are_so() -> None:
    assert join("定性", "较上年提升20%以上", "").qualitative
    assert not join("定性", "有所提升", "").qualitative
