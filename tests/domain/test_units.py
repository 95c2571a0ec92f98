"""Units that are one thing, and units that only look alike."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.reading.quantity import Quantity
from selfeval.domain.reading.units import converted, size_of, taken_apart

SAME = (("台", "套"), ("人", "人次", "名"), ("场", "次"))


@pytest.mark.parametrize(
    ("value", "unit", "to", "found"),
    [
        ("12", "万人", "人", "120000"),
        ("12.05", "万", "人", "120500"),
        ("45000", "亩", "万亩", "4.5"),
        ("0.5", "千万元", "万元", "500"),
        ("2000", "米", "公里", "2"),
        ("5", "km", "公里", "5"),
        ("2000", "公斤", "吨", "2"),
        ("3", "斤", "kg", "1.5"),
        ("1", "平方公里", "平方米", "1000000"),
        ("1500", "亩", "公顷", "100"),
        ("90", "分钟", "小时", "1.5"),
        ("1000", "kW", "兆瓦", "1"),
        ("2", "里", "公里", "1"),
        ("3", "套", "册（套）", "3"),
        ("3", "人次", "人(次)", "3"),
        ("2", "MW", "千瓦", "2000"),
        ("0.09", "%", "‰", "0.9"),
        ("5", "天", "日", "5"),
        ("1000", "m²", "平方米", "1000"),
        ("583", "元/人·月", "元/人*月", "583"),
        ("583", "元/月/人", "元/人*月", "583"),
        ("0.04", "万元/人", "元/人", "400"),
        ("10", "套", "台", "10"),
        ("1.2", "万人", "万人次", "1.2"),
        ("12000", "名", "万人次", "1.2"),
        ("1", "亩", "平方米", None),
        ("24", "小时", "天", None),
        ("5", "工作日", "日", None),
        ("5", "元/人", "元/人·天", None),
        ("5", "套", "辆", None),
        ("5", "人次", "场", None),
        ("5", "人", "%", None),
        ("5", "万元", "次", None),
        ("5", "克", "米", None),
    ],
)
def test_what_is_exact_converts_and_nothing_else(value: str, unit: str, to: str, found: str | None) -> None:
    made = converted(Quantity(Fraction(value), unit), to, SAME)
    assert (None if made is None else made.value) == (None if found is None else Fraction(found))


@pytest.mark.parametrize(
    ("unit", "size", "base"),
    [
        *(("万亩", 10_000, "亩"), ("百万元", 1_000_000, "元"), ("千米", 1, "千米"), ("千克", 1, "千克")),
        *(("千人", 1000, "人"), ("亿元", 10**8, "元"), ("万", 10_000, ""), ("百货", 1, "百货"), ("", 1, "")),
    ],
)
def test_a_size_word_is_told_from_a_name(unit: str, size: int, base: str) -> None:
    assert (size_of(unit), taken_apart(unit).base) == (size, base)


def test_a_conversion_is_told() -> None:
    of_length = converted(Quantity(Fraction(2000), "米"), "公里")
    of_things = converted(Quantity(Fraction(10), "套"), "台", SAME)
    assert of_length is not None
    assert of_things is not None
    assert of_length.said == "2000米换算为2公里"
    assert "视为同一计量单位" in of_things.said


@given(st.fractions(0, 10**6), st.sampled_from(["米", "公里", "吨", "公斤", "万人", "‰", "元", "亿元", "亩", "公顷"]))
def test_there_and_back_is_the_same(value: Fraction, unit: str) -> None:
    for other in ("米", "公里", "吨", "人", "%", "万元", "公顷"):
        there = converted(Quantity(value, unit), other)
        if there is not None:
            back = converted(Quantity(there.value, other), unit)
            assert back is not None
            assert back.value == value


@given(st.text(alphabet="万千百亿元人/·*()台套米m²次天 ", max_size=12))
def test_any_text_is_taken_apart(text: str) -> None:
    assert taken_apart(text).size >= 1
