"""Texts to exact numbers with their units, and what is refused rather than guessed."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.reading.quantity import Quantity, normalise, read_quantity, show_number, show_share, unit_class
from selfeval.domain.reading.units import convert


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("7000次", "7000", "次"),
        ("7000 次", "7000", "次"),
        ("７０００次", "7000", "次"),
        ("7,000次", "7000", "次"),
        ("1,234,567.89元", "1234567.89", "元"),
        ("95%", "95", "%"),
        ("９５％", "95", "%"),
        ("90百分比", "90", "%"),
        ("90个百分点", "90", "%"),
        ("0.5%", "0.5", "%"),
        ("22.59万元", "22.59", "万元"),
        ("22.59万", "22.59", "万"),
        ("1.2亿", "1.2", "亿"),
        ("￥5000", "5000", "元"),
        ("人民币5万元", "5", "万元"),
        ("¥5万", "5", "万元"),
        ("5000元整", "5000", "元"),
        ("98%(百分比)", "98", "%"),
        ("0.9‰", "0.9", "‰"),
        ("4.5万亩", "4.5", "万亩"),
        ("583元/人*月", "583", "元/人*月"),
        ("400元/人·天", "400", "元/人·天"),
        ("1000m2", "1000", "m²"),
        ("10台（套）", "10", "台(套)"),
        ("22.590000000000003万元", "22.59", "万元"),
        ("5(万元)", "5", "万元"),
        ("5（万元）", "5", "万元"),
        ("5天", "5", "天"),
        ("5个工作日", "5", "个工作日"),
        ("3个月", "3", "个月"),
        ("2500人次", "2500", "人次"),
        ("10元/人", "10", "元/人"),
        ("420㎡", "420", "㎡"),
        ("420m²", "420", "m²"),
        ("420平米", "420", "平米"),
        ("-3%", "-3", "%"),
        ("−3%", "-3", "%"),
        ("－3%", "-3", "%"),
        ("+3%", "3", "%"),
        ("7000\u200b次", "7000", "次"),
        ("0", "0", ""),
        ("007", "7", ""),
        ("0.1000", "0.1", ""),
    ],
)
def test_a_number_with_its_unit(text: str, value: str, unit: str) -> None:
    assert read_quantity(text) == Quantity(Fraction(value), unit)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "blank"),
        ("  \n", "blank"),
        ("\u200b", "blank"),
        ("完成", "no_number"),
        ("三十件", "no_number"),
        ("共7000次", "no_number"),
        ("≥7000次", "no_number"),
        ("😀5次", "no_number"),
        ("约300人", "approximate"),
        ("300余人", "approximate"),
        ("300人左右", "approximate"),
        ("近300人", "approximate"),
        ("300多人", "approximate"),
        ("3万多人", "approximate"),
        ("几十人", "no_number"),
        ("300±5", "approximate"),
        ("12348来电7000次", "several_numbers"),
        ("90%-95%", "several_numbers"),
        ("90 95%", "several_numbers"),
        ("9\n5", "several_numbers"),
        ("12,34", "several_numbers"),
        ("1.2.3", "several_numbers"),
        ("1e5", "several_numbers"),
        ("5.", "unit"),
        ("5900人/年/元", "unit"),
        ("5900人/元", "unit"),
        ("300以上", "unit"),
        ("300次以上", "unit"),
        ("50未达标", "unit"),
        ("5次（已验收）", "unit"),
        ("5" + "很" * 13, "unit"),
        ("1" + "0" * 15, "size"),
        ("0.0000000001", "size"),
        ("9" * 400, "size"),
        ("9" * 5000, "size"),
    ],
)
def test_what_is_no_single_exact_number_is_refused_with_the_reason(text: str, why: str) -> None:
    assert read_quantity(text) == why


def test_stray_signs_do_not_pass_for_a_unit() -> None:
    quantity = read_quantity("10%%")
    assert isinstance(quantity, Quantity)
    assert quantity.value == 10
    assert convert(quantity, "次") is convert(quantity, "%") is None


@pytest.mark.parametrize(
    "text", ["10②次", "10²", "10½", "10⑩%", "10⁴", "10⁴次", "15¹", "95①%", "7321₁", "15㋀", "7321㏠"]
)
def test_odd_digits_beside_a_number_are_neither_a_part_of_it_nor_its_unit(text: str) -> None:
    assert read_quantity(text) == "unit"


@pytest.mark.parametrize(
    ("text", "unit"), [("7321次①", "次"), ("7321次¹", "次"), ("95%②", "%"), ("7321次⑴", "次"), ("1000m²", "m²")]
)
def test_the_mark_of_a_note_behind_a_unit_is_none_of_it(text: str, unit: str) -> None:
    quantity = read_quantity(text)
    assert isinstance(quantity, Quantity)
    assert quantity.unit == unit


@pytest.mark.parametrize(
    ("text", "value"), [("建筑面积2360.46平方米", "2360.46"), ("达到95%", "95"), ("节约20万元", "20")]
)
def test_a_label_may_stand_before_the_number_of_a_target(text: str, value: str) -> None:
    quantity = read_quantity(text, label=True)
    assert isinstance(quantity, Quantity)
    assert quantity.value == Fraction(value)


@pytest.mark.parametrize("text", ["公约5条", "预约300人", "节约5度", "签约20户", "合约3份", "特约5人"])
def test_words_that_merely_contain_about_are_not_approximate(text: str) -> None:
    assert isinstance(read_quantity(text, label=True), Quantity)


@pytest.mark.parametrize(
    ("value", "unit", "to", "found"),
    [
        ("225900", "元", "万元", "22.59"),
        ("22.59", "万元", "元", "225900"),
        ("0.5", "亿元", "万元", "5000"),
        ("3", "千元", "元", "3000"),
        ("3", "百万元", "万元", "300"),
        ("95", "", "%", "95"),
        ("95", "%", "%", "95"),
        ("5", "日", "日", "5"),
        ("5", "次", "", "5"),
        ("95", "%", "次", None),
        ("5", "次", "%", None),
        ("5", "次", "人", None),
        ("5", "万元", "次", None),
        ("5", "工作日", "日", None),
        ("95", "%", "", None),
        ("5", "万元", "", None),
    ],
)
def test_units_convert_exactly_or_not_at_all(value: str, unit: str, to: str, found: str | None) -> None:
    converted = convert(Quantity(Fraction(value), unit), to)
    assert converted == (None if found is None else Fraction(found))


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("%", "rate"),
        ("‰", "rate"),
        ("万元", "money"),
        ("20万", "count"),
        ("万", "money"),
        ("日", "time"),
        ("次", "count"),
        ("", "count"),
        ("元/人", "money"),
    ],
)
def test_classes_of_units(unit: str, name: str) -> None:
    assert unit_class(unit) == name


@given(st.decimals(-(10**9), 10**9, places=4), st.sampled_from(["", "次", "%", "万元", "平方米"]))
def test_every_plain_decimal_is_read_exactly(number: Decimal, unit: str) -> None:
    assert read_quantity(f"{number:f}{unit}") == Quantity(Fraction(number), unit)


@given(st.integers(0, 10**14), st.integers(0, 5))
def test_thousands_commas_change_nothing(number: int, places: int) -> None:
    assert read_quantity(f"{Decimal(number).scaleb(-places):,f}") == Quantity(Fraction(number, 10**places), "")


@given(st.decimals(-(10**9), 10**9, places=5))
def test_a_shown_number_reads_as_itself(number: Decimal) -> None:
    shown = show_number(Fraction(number))
    assert Fraction(shown) == Fraction(number)
    assert "e" not in shown.lower()
    assert not (shown.endswith("0") and "." in shown)


@pytest.mark.parametrize(("number", "shown"), [("2/3", "0.666666666667"), ("1/8", "0.125")])
def test_a_fraction_without_an_end_is_shown_to_twelve_digits(number: str, shown: str) -> None:
    assert show_number(Fraction(number)) == shown


@given(st.text(max_size=60))
def test_any_text_normalises_once(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any(one.isspace() for one in once)


@given(st.text(alphabet="0123456789.,+-eE%％万元次 ①²½㎡約约余/()（）~～:：年月日\n\t\u3000\u200b٣", max_size=30))
def test_a_reading_never_raises(text: str) -> None:
    for label in (False, True):
        found = read_quantity(text, label=label)
        assert isinstance(found, Quantity | str)


@pytest.mark.parametrize(
    ("share", "beside", "shown"),
    [
        (0.899999, None, "90%"),
        (0.899999, Fraction(9, 10), "89.9999%"),
        (0.9, Fraction(9, 10), "90%"),
        (0.88, Fraction(1), "88%"),
    ],
)
def test_a_share_does_not_look_the_same_as_the_line_that_it_misses(
    share: float, beside: Fraction | None, shown: str
) -> None:
    assert show_share(share, 2, beside=beside) == shown
