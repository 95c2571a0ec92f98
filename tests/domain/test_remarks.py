"""Remarks around a number, days in words, and that nothing happened: read when they mean one thing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfeval.domain.reading.days import Days, read_days
from selfeval.domain.reading.nothing_happened import nothing_happened
from selfeval.domain.reading.remarks import without_remarks
from tests.domain.build import Row, evaluate_row
from tests.domain.rules import WORDS


@pytest.mark.parametrize(
    ("text", "rest", "bound", "verdict"),
    [
        ("≥90%", "90%", 1, 0),
        ("不超过30万元", "30万元", -1, 0),
        ("90%以上", "90%", 1, 0),
        ("200余人", "200人", 1, 0),
        ("3万多人", "3万人", 1, 0),
        ("近200人", "200人", -1, 0),
        ("100%完成", "100%", 0, 0),
        ("98%，达标", "98%", 0, 1),
        ("50场，未达标", "50场", 0, -1),
        ("合格率98%", "98%", 0, 0),
        ("已完成95%（已验收）", "95%", 0, 0),
    ],
)
def test_what_stands_beside_a_number_is_told_apart(text: str, rest: str, bound: int, verdict: int) -> None:
    found = without_remarks(text, WORDS, "合格率")
    assert (found.rest, found.bound, found.verdict, found.about) == (rest, bound, verdict, False)


@pytest.mark.parametrize("text", ["约200人", "200人左右", "200±5", "预计200人", "≥80%且≤90%以上", "达标98%未达标"])
def test_what_is_not_certain_is_not_read(text: str) -> None:
    found = without_remarks(text, WORDS)
    assert found.about or found.rest not in {"200人", "98%", "90%"}


@pytest.mark.parametrize(
    "text", ["未发生", "没有发生", "无", "零投诉", "无投诉", "未发生安全事故", "未出现泄密事件", "零事故"]
)
def test_nothing_happened(text: str) -> None:
    assert nothing_happened(text, WORDS, "系统")


@pytest.mark.parametrize(
    "text", ["未完成", "未统计", "无数据", "无法统计", "没有达到", "零星发生", "无锡投诉3起", "有"]
)
def test_that_is_not_nothing(text: str) -> None:
    assert not nothing_happened(text, WORDS, "投诉")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-12-20", "2023-12-20", "2023-12-20"),
        ("2023年12月20日", "2023-12-20", "2023-12-20"),
        ("20231220", "2023-12-20", "2023-12-20"),
        ("2023-12-20 00:00:00", "2023-12-20", "2023-12-20"),
        ("7月", "2023-07-01", "2023-07-31"),
        ("2023年12月完成", "2023-12-01", "2023-12-31"),
        ("完成时间为2023年11月30日", "2023-11-30", "2023-11-30"),
        ("2023年底", "2023-12-01", "2023-12-31"),
        ("年底", "2023-12-01", "2023-12-31"),
        ("上半年", "2023-01-01", "2023-06-30"),
        ("6月上旬", "2023-06-01", "2023-06-10"),
        ("6月中旬", "2023-06-11", "2023-06-20"),
        ("2月下旬", "2023-02-21", "2023-02-28"),
        ("三季度", "2023-07-01", "2023-09-30"),
        ("2023.12", "2023-12-01", "2023-12-31"),
        ("2023年1月-12月", "2023-01-01", "2023-12-31"),
        ("2023年1月至2023年6月", "2023-01-01", "2023-06-30"),
        ("2023年", "2023-01-01", "2023-12-31"),
        ("12月20日前完成", "2023-01-01", "2023-12-20"),
        ("十二月", "2023-12-01", "2023-12-31"),
        ("3月至6月", "2023-03-01", "2023-06-30"),
        ("2022年3月至6月", "2022-03-01", "2022-06-30"),
        ("2022年", "2022-01-01", "2022-12-31"),
    ],
)
def test_days_in_words(text: str, first: str, last: str) -> None:
    days = read_days(text, 2023, WORDS)
    assert isinstance(days, Days)
    assert (days.first, days.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *(("", "blank"), ("12-20", "no_year"), ("12.20", "no_year"), ("已完成", "no_date"), ("2023-02-30", "no_date")),
        *(("13月", "no_date"), ("约2023年12月", "no_date"), ("45646", "no_date"), ("未完成", "no_date")),
    ],
)
def test_what_names_no_day(text: str, why: str) -> None:
    assert read_days(text, 2023, WORDS) == why


def test_a_month_that_may_be_the_next_years_is_asked_about() -> None:
    deadline = date(2023, 12, 31)
    assert read_days("2月", 2023, WORDS, deadline) == "no_year"
    assert isinstance(read_days("7月", 2023, WORDS, deadline), Days)
    assert isinstance(read_days("2月", 2023, WORDS, date(2023, 3, 31)), Days)


@given(st.text(alphabet="0123456789年月日号底末前季度上下半旬完成于至-/. :T约一二十", max_size=20))
def test_reading_days_never_raises(text: str) -> None:
    assert isinstance(read_days(text, 2024, WORDS), Days | str)


@given(st.text(alphabet="0123456789%≥≤约余多近以上内万人次达标未完成（）()，。:", max_size=20))
def test_taking_remarks_away_ends_and_never_raises(text: str) -> None:
    assert len(without_remarks(text, WORDS, "达标率").rest) <= len(text) + 4


@pytest.mark.parametrize(
    ("actual", "name", "read"),
    [
        ("增长6%", "收入增长率", True),
        ("下降6%", "收入增长率", False),
        ("下降6%", "能耗下降率", True),
        ("增长6%", "能耗下降率", False),
    ],
)
def test_a_change_the_other_way_is_not_read_as_one_this_way(actual: str, name: str, *, read: bool) -> None:
    row, codes = evaluate_row(Row("≥5%", actual, level3=name, reason="有原因"))
    assert (row["actual_value"] == 6, "E402" in codes) == (read, not read)


@pytest.mark.parametrize("answer", ["未发生重大事故", "没有发生重大事故"])
def test_what_was_not_to_happen_did_not(answer: str) -> None:
    row, _ = evaluate_row(Row("不发生重大事故", level=answer, kind="qualitative"))
    assert (row["state"], row["actual_level"]) == ("attention", "达成年度指标")


def test_what_is_said_both_ways_is_not_settled_by_what_follows() -> None:
    assert without_remarks("未达标，达标，≥7000次", WORDS, "次数").about
    assert not without_remarks("达标，≥7000次", WORDS, "次数").about
