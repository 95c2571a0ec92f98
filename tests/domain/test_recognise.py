"""Targets as printed to kind and numbers, by a named entry of the rulebook; never by a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfeval.domain.case import cases
from selfeval.domain.problems import Problem
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reading.rewording import reword
from selfeval.domain.reading.vocabulary import Vocabulary
from selfeval.domain.rulebook import Override, Plausible, Rulebook
from selfeval.rulebook.loading import load
from tests.domain.build import Project, Row, make_targets
from tests.domain.rules import AT, RECOGNISE, WORDS, entry, rulebook_2024


def read_all(rows: list[Row], rulebook: Rulebook | None = None) -> tuple[list[Promise], list[Problem]]:
    (case,) = cases(make_targets([Project(rows)]))
    return promises(case, rulebook or rulebook_2024())


def read(row: Row, rulebook: Rulebook | None = None) -> tuple[dict[str, object], list[str]]:
    (promise,), problems = read_all([row], rulebook)
    reading, numbers = promise.reading, promise.reading.numbers
    found = {"kind": reading.kind, "rule": reading.rule, "because": reading.because, "strict": reading.strict}
    found |= {"target_value": numbers.value, "target_upper": numbers.upper, "target_unit": numbers.unit}
    return found, [problem.code for problem in problems]


@pytest.mark.parametrize("target", ["不得比标准低于95%", "不能出现低于95%", "未发生超过3次"])
def test_a_direction_that_words_stand_before_is_asked_for(target: str) -> None:
    _, codes = read(Row(target))
    assert codes == ["E503"]


@pytest.mark.parametrize(
    ("target", "kind", "value", "unit"),
    [
        ("≥7000次", "at_least", 7000, "次"),
        ("≥7000 次", "at_least", 7000, "次"),
        ("≧98百分比", "at_least", 98, "%"),
        (">=50个", "at_least", 50, "个"),
        ("＞=50个", "at_least", 50, "个"),
        ("＞50个", "at_least", 50, "个"),
        ("不低于95%", "at_least", 95, "%"),
        ("不得低于95%", "at_least", 95, "%"),
        ("群众满意度不能少于95%", "at_least", 95, "%"),
        ("没有低于95%", "at_least", 95, "%"),
        ("不应超过5次", "at_most", 5, "次"),
        ("95%（不得超过）", "at_most", 95, "%"),
        ("30万元（不得低于）", "at_least", 30, "万元"),
        ("30次（不少于）", "at_least", 30, "次"),
        ("≥95%（不低于）", "at_least", 95, "%"),
        ("未超过5次", "at_most", 5, "次"),
        ("不应当低于95%", "at_least", 95, "%"),
        ("不要低于95%", "at_least", 95, "%"),
        ("不得再低于95%", "at_least", 95, "%"),
        ("无一低于95%", "at_least", 95, "%"),
        ("不再超过5次", "at_most", 5, "次"),
        ("避免超过5次", "at_most", 5, "次"),
        ("严禁超过30万元", "at_most", 30, "万元"),
        ("不少于３次", "at_least", 3, "次"),
        ("2500人次以上", "at_least", 2500, "人次"),
        ("大于等于5次", "at_least", 5, "次"),
        ("≤0.5%", "at_most", 0.5, "%"),
        ("≦0%", "at_most", 0, "%"),
        ("<=10次", "at_most", 10, "次"),
        ("低于0.5%", "at_most", 0.5, "%"),
        ("不高于5%", "at_most", 5, "%"),
        ("≤22.59万元", "at_most", 22.59, "万元"),
        ("7日以内", "at_most", 7, "日"),
        ("总成本小于等于30万元", "at_most", 30, "万元"),
        ("=100%", "exactly", 100, "%"),
        ("15套", "exactly", 15, "套"),
        ("1期", "exactly", 1, "期"),
        ("100%", "at_least", 100, "%"),
        ("100百分比", "at_least", 100, "%"),
        ("90%-95%", "range", 90, "%"),
        ("90-95%", "range", 90, "%"),
        ("5～8天", "range", 5, "天"),
        ("5至8天", "range", 5, "天"),
        ("1,000-2,000人", "range", 1000, "人"),
    ],
)
def test_a_number_target(target: str, kind: str, value: float, unit: str) -> None:
    row, codes = read(Row(target))
    assert (row["kind"], row["target_value"], row["target_unit"], codes) == (kind, value, unit, [])


@pytest.mark.parametrize(("target", "upper"), [("90%-95%", 95), ("5～8天", 8), ("0.5%—1%", 1)])
def test_a_range_has_two_ends(target: str, upper: float) -> None:
    assert read(Row(target))[0]["target_upper"] == upper


@pytest.mark.parametrize(
    ("target", "day"),
    [
        ("12月底", date(2024, 12, 31)),
        ("2024年12月底前", date(2024, 12, 31)),
        ("12月31日前完成全部工作", date(2024, 12, 31)),
        ("2024年11月30日前竣工", date(2024, 11, 30)),
    ],
)
def test_a_deadline_is_its_last_day(target: str, day: date) -> None:
    row, codes = read(Row(target))
    assert (row["kind"], row["target_value"], codes) == ("deadline", excel_day(day), [])


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("月度时序", "monthly_schedule"),
        ("按月 支出", "monthly_schedule"),
        ("有所提升", "qualitative"),
        ("持续维护", "qualitative"),
        ("保证各项工作顺利开展", "qualitative"),
        ("不涉及", "not_applicable"),
        ("/", "not_applicable"),
        ("—", "not_applicable"),
    ],
)
def test_a_target_without_a_number(target: str, kind: str) -> None:
    row, codes = read(Row(target))
    assert (row["kind"], codes) == (kind, [])
    assert row["target_value"] != row["target_value"]


def test_a_bare_amount_is_a_ceiling_only_under_cost() -> None:
    assert read(Row("20万元", level2="成本指标"))[0]["kind"] == "at_most"
    assert read(Row("20万元", level2="成 本指标"))[0]["kind"] == "at_most"
    assert read(Row("20万元", level2="数量指标"))[1] == ["E501"]


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("", "E505"),
        (" \n", "E505"),
        ("实际金额", "E501"),
        ("1212月31日前完成全部工作", "E501"),
        ("建筑面积2360.46平方米", "E501"),
        ("8-5天", "E501"),
        ("≤5900人/年/元", "E503"),
        ("≥12348来电7000次", "E503"),
        ("≥约300人", "E503"),
        ("≥9" + "9" * 5000, "E503"),
        ("≥-5%", "E504"),
        ("≤−5%", "E504"),
    ],
)
def test_what_no_rule_can_read_is_said(target: str, code: str) -> None:
    row, codes = read(Row(target))
    assert (row["kind"], codes) == ("", [code])


@pytest.mark.parametrize("name", ["12348法律服务热线", "2023年中央一批转移支付资金", "高龄补贴、40%精简"])
def test_a_number_inside_a_name_is_never_a_target(name: str) -> None:
    row, codes = read(Row(name))
    assert (row["kind"], codes) == ("", ["E501"])


def test_the_longest_match_wins() -> None:
    assert read(Row("不低于5次"))[0]["rule"] == "at_least_sign"  # though 低于 is inside
    assert read(Row("不超过5次"))[0]["rule"] == "at_most_sign"


def test_two_equally_good_matches_are_an_error() -> None:
    twice = (*RECOGNISE, entry("other", "at_most", symbols=("≥",)))
    row, codes = read(Row("≥5次"), rulebook_2024(recognise=twice))
    assert (row["kind"], codes) == ("", ["E502"])


@pytest.mark.parametrize(
    ("target", "strict"), [("＞5次", True), ("低于5次", True), ("≥5次", False), ("5次以上", False)]
)
def test_a_strict_sign_is_remembered(target: str, *, strict: bool) -> None:
    assert read(Row(target))[0]["strict"] == strict


def override(kind: str, target: str, because: str) -> Override:
    return Override(indicator="P1-01", kind=kind, target=target, because=because, origin=AT)


def test_an_override_reads_what_no_rule_can() -> None:
    forced = override("exactly", "2360.46平方米", "数在句子里")
    row, codes = read(Row("建筑面积2360.46平方米"), rulebook_2024(overrides=(forced,)))
    assert (row["kind"], row["target_value"], row["because"]) == ("exactly", 2360.46, "数在句子里")
    assert (row["rule"], codes) == ("override:P1-01", [])


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        ("at_most", "≤5900元", 5900),
        ("deadline", "2024年12月31日", excel_day(date(2024, 12, 31))),
        ("range", "90%-95%", 90),
    ],
)
def test_an_override_is_read_like_a_target(kind: str, target: str, value: float) -> None:
    rulebook = rulebook_2024(overrides=(override(kind, target, "原文有误"),))
    assert read(Row("无法识别"), rulebook)[0]["target_value"] == value
    (promise,), _ = read_all([Row("无法识别")], rulebook)
    assert f"按“{target}”识别" in promise.reading.said


@pytest.mark.parametrize("kind", ["judged", "人工", " 人 工 "])
def test_an_explicit_kind_comes_first(kind: str) -> None:
    forced = override("at_least", "≥5次", "不会用到")
    row, codes = read(Row("≥7000次", kind=kind), rulebook_2024(overrides=(forced,)))
    assert (row["kind"], row["rule"], codes) == ("judged", "类型", [])


@pytest.mark.parametrize(
    ("kind", "target", "value"), [("≤", "≥20万元", 20), ("at_most", "20万元", 20), ("≥", "5次以上", 5)]
)
def test_an_explicit_kind_takes_the_number_without_its_sign(kind: str, target: str, value: float) -> None:
    row, codes = read(Row(target, kind=kind))
    assert (row["target_value"], codes) == (value, [])


def test_an_unknown_explicit_kind_is_an_error() -> None:
    row, codes = read(Row("≥5次", kind="大于"))
    assert (row["kind"], codes) == ("", ["E506"])


def test_a_problem_points_at_the_target_cell() -> None:
    _, problems = read_all([Row("无法识别")])
    place = problems[0].place
    assert (place.file, place.sheet, place.cell) == ("inputs/2024/targets.xlsx", "指标", "G2")


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["≥5次", "≤5次", "5-8天", "12月底", "持续", "无法识别", ""]), min_size=1, max_size=20))
def test_readings_keep_the_order_of_the_targets(texts: list[str]) -> None:
    found, _ = read_all([Row(text) for text in texts])
    assert [promise.reading.kind for promise in found] == [read(Row(text))[0]["kind"] for text in texts]


def test_a_name_is_that_of_a_rate_by_its_end_but_for_some() -> None:
    words = rulebook_2024().vocabulary
    assert words.rate("产品合格率")
    assert not words.rate("巡查频率")
    assert not words.rate("合格率公示")


@pytest.mark.parametrize(("written", "standard"), [("", ""), ("无", ""), (" / ", ""), ("每少1个扣1分", "每少1个扣1分")])
def test_a_standard_that_says_nothing_is_none(written: str, standard: str) -> None:
    (promise,), _ = read_all([Row("≥10个", standard=written)])
    assert promise.standard == standard


@pytest.mark.parametrize("target", ["≥90%", "90%", "尽快"])
def test_one_number_is_no_range(target: str) -> None:
    assert read(Row(target, kind="range"))[1] == ["E503"]


@pytest.mark.parametrize(
    ("target", "value", "unit"),
    [
        ("十二次", 12, "次"),
        ("十次以上", 10, "次"),
        ("百分之九十五", 95, "%"),
        ("三万人", 30000, "人"),
        ("四十%", 40, "%"),
    ],
)
def test_a_target_in_chinese_numerals(project_root: Path, target: str, value: float, unit: str) -> None:
    rulebook, _ = load(project_root / "rules" / "national-2020.yaml", project_root)
    row, _ = read(Row(target), rulebook)
    assert (row["target_value"], row["target_unit"]) == (value, unit)


def test_a_label_before_a_number_tells_its_unit() -> None:
    assert reword("合格率≥95", "质量", WORDS).text == "≥95%"
    assert reword("合格率≥95", "质量", WORDS).label == "合格率"


def test_the_longest_of_the_words_that_fit_is_meant() -> None:
    found = Vocabulary({"counter": ("个", "个月", "月")}).pattern("【counter】").match("个月")
    assert found is not None
    assert found[0] == "个月"


def test_what_can_be_reported_goes_by_a_word_of_the_name_unless_by_another() -> None:
    rates = Plausible(id="rates", names=("率",), unless=("增长",), highest=Fraction(1), sources=(), origin=AT)
    assert [rates.holds(name) for name in ("合格率", "收入增长率", "次数")] == [True, False, False]


@pytest.mark.parametrize("target", ["≥7000 000次", "≥7 000次", "≥7000\u3000000次", "≤2 2.59万元", "9 0%", "90%-9 5%"])
@pytest.mark.parametrize("kind", ["", "不低于", "正向"])
def test_a_number_with_white_space_inside_is_asked_about(target: str, kind: str) -> None:
    (promise,), problems = read_all([Row(target, kind="at_least" if kind == "不低于" else kind)])
    assert promise.kind is None
    assert [one.code for one in problems] == ["E503"]
    made = override("at_least", "≥7 000次", "批复")
    assert read(Row("随便"), replace(rulebook_2024(), overrides={"P1-01": made}))[1] == ["E503"]


@pytest.mark.parametrize("target", ["≥ 7000 次", "2024 年 12 月 31 日前", "  ≥95 %  "])
def test_other_white_space_is_nothing(target: str) -> None:
    assert read_all([Row(target)])[1] == []


@pytest.mark.parametrize(
    ("target", "direction", "code"),
    [
        ("≥95%", "正向", ""),
        ("≥95%", " 正向指标", ""),
        ("≤30万元", "反向", ""),
        ("≤30万元", "逆向指标", ""),
        ("12月底", "反向", ""),
        ("持续提升", "正向", ""),
        ("≥95%", "定量指标", ""),
        ("26次", "定量", ""),
        ("≥95%", "反向", "E518"),
        ("≤30万元", "正向", "E518"),
        ("26次", "正向", "E518"),
        ("90%-95%", "正向", "E518"),
        ("持续提升", "定量", "E518"),
        ("无法识别", "正向", "E501"),
    ],
)
def test_a_direction_is_borne_out_by_the_target_or_asked_about(target: str, direction: str, code: str) -> None:
    (promise,), problems = read_all([Row(target, kind=direction)])
    (plain,), _ = read_all([Row(target)])
    assert [one.code for one in problems] == [code] * bool(code)
    assert (promise.kind is plain.kind) or code
    assert (promise.kind is None) == bool(code)
