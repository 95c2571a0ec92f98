"""Deadlines to their last day, and reported dates to a day; nothing without its year, nothing impossible."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.reading.deadline import read_period
from selfeval.domain.reading.period import excel_day, from_excel_day, last_day, read_reported_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月底", "2024-12-31"),
        ("12月", "2024-12-31"),
        ("12 月 底", "2024-12-31"),
        ("１２月底", "2024-12-31"),
        ("12月末", "2024-12-31"),
        ("2月底", "2024-02-29"),
        ("2023年2月底", "2023-02-28"),
        ("2024年12月底前", "2024-12-31"),
        ("2024年11月30日前竣工", "2024-11-30"),
        ("12月31日前完成全部工作", "2024-12-31"),
        ("于12月31日之前", "2024-12-31"),
        ("2024年10月", "2024-10-31"),
        ("2024-11-30", "2024-11-30"),
        ("2024/11/30前", "2024-11-30"),
        ("年底前", "2024-12-31"),
        ("年末", "2024-12-31"),
        ("本年底", "2024-12-31"),
        ("2025年底", "2025-12-31"),
        ("2023年", "2023-12-31"),
        ("全年", "2024-12-31"),
        ("1-12月", "2024-12-31"),
        ("三季度末", "2024-09-30"),
        ("第2季度", "2024-06-30"),
        ("6月份", "2024-06-30"),
    ],
)
def test_the_last_day_of_a_period(text: str, day: str) -> None:
    assert read_period(text, 2024) == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "及时",
        "1212月31日前完成全部工作",
        "13月底",
        "2月30日",
        "12月0日",
        "0月底",
        "0000年12月底",
        "0000年底",
        "0000年三季度",
        "99999年12月",
        "7日内受理",
        "5个月",
        "12",
        "3月至6月支付100万元",
        "五季度",
    ],
)
def test_what_is_no_possible_period_is_none(text: str) -> None:
    assert read_period(text, 2024) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-20", "2024-12-20"),
        ("2024-12-5", "2024-12-05"),
        ("2024.12.5", "2024-12-05"),
        ("2024/12/05", "2024-12-05"),
        ("2024年12月5日", "2024-12-05"),
        ("2024 年 12 月 5 日", "2024-12-05"),
        ("２０２４年１２月５日", "2024-12-05"),
        ("2024年12月5号", "2024-12-05"),
        ("20241205", "2024-12-05"),
        ("2024年12月", "2024-12-31"),
        ("2024年12月底", "2024-12-31"),
        ("2024-12-20 00:00:00", "2024-12-20"),
        ("2024-12-20 13:05", "2024-12-20"),
        ("2024-12-20T00:00:00", "2024-12-20"),
        ("2024/12/2 0:00", "2024-12-02"),
    ],
)
def test_a_reported_day(text: str, day: str) -> None:
    assert read_reported_date(text) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "blank"),
        (" \u3000", "blank"),
        ("12月20日", "no_year"),
        ("12月", "no_year"),
        ("12月底", "no_year"),
        ("12-20", "no_year"),
        ("12.20", "no_year"),
        ("已完成", "no_date"),
        ("按时", "no_date"),
        ("2024年", "no_date"),
        ("2024年底", "no_date"),
        ("2024-13-01", "no_date"),
        ("2024-02-30", "no_date"),
        ("20240230", "no_date"),
        ("45646", "no_date"),
        ("约2024年12月20日", "no_date"),
        ("2024年12月20日前", "no_date"),
        ("2024-12-20至2024-12-25", "no_date"),
        ("0000-00-00", "no_date"),
    ],
)
def test_what_is_no_whole_date_is_refused_with_the_reason(text: str, why: str) -> None:
    assert read_reported_date(text) == why


@given(st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_every_way_to_write_a_date_means_that_day(day: date) -> None:
    year, month, at = day.year, day.month, day.day
    midnight = datetime.combine(day, time())
    texts = (
        day.isoformat(),
        f"{year}/{month}/{at}",
        f"{year}.{month}.{at}",
        f"{year}年{month}月{at}日",
        day.strftime("%Y%m%d"),
        midnight.isoformat(),
        midnight.isoformat(" "),
        f"{year}-{month}-{at} 00:00:00",
        f"{year}/{month}/{at} 0:00",
    )
    assert {read_reported_date(one) for one in texts} == {day}


@given(st.dates(date(1900, 3, 1)))
def test_a_worksheet_day_is_the_date(day: date) -> None:
    assert from_excel_day(excel_day(day)) == day
    assert excel_day(day) == (day - date(1899, 12, 30)).days


@given(st.integers(1, 9998), st.integers(1, 12))
def test_the_last_day_is_followed_by_a_first(year: int, month: int) -> None:
    end = last_day(year, month)
    assert end.month == month
    assert (end + timedelta(days=1)).day == 1


@given(st.text(alphabet="0123456789年月日号底末前季度一二三四本当全于至-/. :T约", max_size=20))
def test_a_reading_of_dates_never_raises(text: str) -> None:
    assert isinstance(read_period(text, 2024), date | None)
    assert isinstance(read_reported_date(text), date | str)
