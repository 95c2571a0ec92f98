"""The last day a target allows, and what is said of how it was found; a doubt or an impossible day is none."""

from __future__ import annotations

from datetime import date

import pytest

from selfeval.domain.reading.deadline import read_deadline_text, year_and_month
from tests.domain.rules import WORDS


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6月上旬", "2023-06-10"),
        ("6月中旬前", "2023-06-20"),
        ("6月下旬", "2023-06-30"),
        ("2月下旬", "2023-02-28"),
        ("上半年", "2023-06-30"),
        ("2024年上半年", "2024-06-30"),
        ("下半年", "2023-12-31"),
        ("第一季度", "2023-03-31"),
        ("二季度末", "2023-06-30"),
        ("3季度前", "2023-09-30"),
        ("第四季度", "2023-12-31"),
        ("2023年1月-12月", "2023-12-31"),
        ("2023年1-6月", "2023-06-30"),
        ("1月至11月", "2023-11-30"),
        ("2023年1月1日-2023年12月20日", "2023-12-20"),
        ("2023.1-2023.10", "2023-10-31"),
        ("2023年12月完成", "2023-12-31"),
        ("完成时间为2023年11月30日", "2023-11-30"),
        ("竣工时间：2023年11月底", "2023-11-30"),
        ("9月前", "2023-09-30"),
        ("十二月底", "2023-12-31"),
        ("2022年底之前", "2022-12-31"),
        ("每年12月底", "2023-12-31"),
        ("年内完成", "2023-12-31"),
    ],
)
def test_the_last_day(text: str, day: str) -> None:
    found = read_deadline_text(text, 2023)
    assert found is not None
    assert found.day == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "2月30日",
        "6月31日前",
        "13月",
        "6月底、12月底",
        "6月底前招标，12月底前完工",
        "12月1次",
        "3-5个工作日",
        "2203年12月",
        "年中",
    ],
)
def test_what_is_no_day_or_two(text: str) -> None:
    assert read_deadline_text(text, 2023) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12月底", "没有写年份，按2023年识别"),
        ("2023年6月上旬", "“上旬”按10日识别"),
        ("2023年9月前", "“9月前”按9月底识别"),
        ("2024年12月", "期限在2024年"),
        ("2023年1月-12月", "按期间的最后一天识别"),
    ],
)
def test_what_is_not_literal_is_said(text: str, said: str) -> None:
    found = read_deadline_text(text, 2023)
    assert found is not None
    assert found.said == (said,)


def test_a_literal_day_says_nothing() -> None:
    found = read_deadline_text("2023年11月30日前", 2023)
    assert found is not None
    assert found.said == ()


def test_a_year_and_a_month_only_where_a_time_is_spoken_of() -> None:
    assert read_deadline_text("2023.12", 2023) is None
    found = read_deadline_text("2023.12", 2023, of_time=True)
    assert found is not None
    assert found.day == date(2023, 12, 31)
    assert year_and_month("2023-12")
    assert WORDS.holds("time", "时效指标")
    assert not WORDS.holds("time", "课时数")
