"""Numbers as people write them: read when they can mean one thing, left alone when they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.reading.numerals import in_digits
from tests.domain.build import CONTENT, MET, Project, Row, evaluate, evaluate_row


@pytest.mark.parametrize(
    ("written", "unit", "read"),
    [
        ("一百五十", "", "150"),
        ("一百五十次", "次", "150次"),
        ("一百零五", "", "105"),
        ("两百", "", "200"),
        ("十", "", "10"),
        ("三千零五十", "", "3050"),
        ("一万零五", "", "1.0005万"),
        ("五万", "", "5万"),
        ("一百万", "", "100万"),
        ("五万元整", "", "50000元"),
        ("千分之五", "", "5‰"),
        ("三万零五百次", "次", "30500次"),
        ("五万次", "次", "50000次"),
        ("三万五千元", "", "35000元"),
        ("一亿二千万元", "", "120000000元"),
        ("壹佰伍拾", "", "150"),
        ("三点五", "", "3.5"),
        ("负三", "", "-3"),
        ("百分之九十五", "", "95%"),
        ("百分之九十五点五", "", "95.5%"),
        ("百分之百", "", "100%"),
        ("九成", "", "90%"),
        ("九成五", "", "95%"),
        ("9成", "", "90%"),
        ("二〇二四", "", "2024"),
        ("'95", "", "95"),
        ("‘95%", "", "95%"),
    ],
)
def test_what_can_mean_one_thing_is_put_into_digits(written: str, unit: str, read: str) -> None:
    assert in_digits(written, unit) == read


@pytest.mark.parametrize(
    "written",
    ["一百五", "三万五", "一千五", "一百十", "二三", "第一", "一直达标", "完成", "零零"],
)
def test_what_may_mean_two_things_is_left_alone(written: str) -> None:
    assert in_digits(written, "次") == written


def spoken(number: int) -> str:
    """The number as a book of arithmetic writes it in Chinese."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        return spoken(head) + "万" + (("零" if rest < 1000 else "") + spoken(rest) if rest else "")
    text, gap = "", False
    for size, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = bool(text)
    return text


@given(st.integers(1, 99_999_999))
def test_every_number_written_in_full_is_read_exactly(number: int) -> None:
    assert in_digits(spoken(number) + "次", "次") == f"{number}次"


@pytest.mark.parametrize(
    ("target", "written", "read"),
    [
        ("≥7000次", "'７０００", 7000),
        ("≥7000次", "七千次", 7000),
        ("≥95%", "百分之九十五", 95),
        ("≤22.59万元", "二十二万五千九百元", 22.59),
    ],
)
def test_an_indicator_is_scored_from_it(target: str, written: str, read: float) -> None:
    row, _ = evaluate_row(Row(target, written))
    assert row["actual_value"] == read
    assert row["state"] == "scored"


@pytest.mark.parametrize(("number", "told"), [(45646.0, "即2024年12月20日"), (77777.0, "“77777”")])
def test_a_number_in_the_place_of_a_date_is_asked_about_by_the_day_it_may_be(number: float, told: str) -> None:
    found = evaluate([Project([Row("12月底", number), MET, CONTENT])])
    problem = next(one for one in found.scored.problems if one.code == "E409")
    assert told in problem.message
