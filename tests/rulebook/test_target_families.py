"""Targets as units write them, read by the national rulebook: the right kind and number, or asked; never in silence."""

from __future__ import annotations

import json
from dataclasses import replace
from math import isnan, nan
from typing import Any

import pytest

from selfeval.domain.case import Case
from selfeval.domain.promise import promises
from selfeval.domain.reading.recognise import Reading
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.targets import Indicator, Project
from selfeval.rulebook.loading import load
from tests.rulebook.workbench import ROOT, RULES

PUBLISHED = ROOT.parent / "shared" / "published" / "tables.jsonl"
TRIED = ROOT.parent / "shared" / "trials" / "readings.jsonl"
YEAR = 2023
PROJECT = Project(1, "324001", "某局", "X", "项目", 50.0, 50.0, 0.0, "", "")


@pytest.fixture(scope="module")
def national() -> Rulebook:
    rulebook, problems = load(RULES / "national-2020.yaml", ROOT)
    assert rulebook is not None, problems
    return rulebook


def read(
    rulebook: Rulebook, target: str, name: str = "指标名称", level2: str = "质量指标", year: int = YEAR
) -> Reading:
    """The reading that a score would rest on, or the code of the problem with it."""
    indicator = Indicator("X-01", "X", "产出指标", level2, name, "", target, "", "", nan, "")
    (promise,), problems = promises(Case(year, PROJECT, (indicator,)), rulebook)
    codes = [found.code for found in problems]
    return replace(promise.reading, kind="", code=codes[0]) if codes else promise.reading


@pytest.mark.parametrize(
    "target", ["0起", "0次", "0件", "=0起", "等于0", "0%", "0", "零投诉", "零事故", "确保零差错", "零"]
)
def test_a_zero_is_at_most(national: Rulebook, target: str) -> None:
    reading = read(national, target)
    assert (reading.kind, reading.numbers.value, reading.said) == ("at_most", 0, ("零按“不超过0”处理",))


def test_a_zero_with_a_sign_is_its_sign(national: Rulebook) -> None:
    assert read(national, "≥0起").kind == "at_least"
    assert (read(national, "≤0起").kind, read(national, "≤0起").said) == ("at_most", ())


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("森林火灾受害率", "0.9%"),
        ("重新犯罪率", "2%"),
        ("脱管率", "0.5%"),
        ("群众投诉率", "1%"),
        ("办案差错", "1件"),
        ("产品不合格率", "3%"),
        ("未完成率", "2%"),
        ("人才流失率", "5%"),
        ("设备故障次数", "2次"),
        ("三公经费变动率", "3%"),
        ("结转结余率", "2%"),
    ],
)
def test_a_name_tells_that_less_is_better(national: Rulebook, name: str, target: str) -> None:
    reading = read(national, target, name)
    assert (reading.kind, reading.look) == ("at_most", True)
    assert "由指标名称判断，按“不超过”处理" in reading.said


@pytest.mark.parametrize(
    ("name", "target", "kind"),
    [
        ("安全事故处理率", "100%", "at_least"),
        ("投诉办结率", "95%", "at_least"),
        ("投诉处理满意度", "90%", "at_least"),
        ("违规整改率", "100%", "at_least"),
        ("事故下降率", "5%", "at_least"),
        ("无差错率", "100%", "at_least"),
        ("处理投诉件数", "100件", "exactly"),
        ("投诉热线数量", "1条", "exactly"),
        ("事故应急演练", "2次", "exactly"),
        ("挽回经济损失", "500万元", "at_least"),
        ("设备完好率", "98%", "at_least"),
    ],
)
def test_a_name_of_a_good_deed_is_not_turned(national: Rulebook, name: str, target: str, kind: str) -> None:
    assert (read(national, target, name).kind, read(national, target, name).look) == (kind, False)


@pytest.mark.parametrize(
    ("target", "name", "kind", "value", "unit"),
    [
        ("≥≥90%", "", "at_least", 90, "%"),
        ("≥=90%", "", "at_least", 90, "%"),
        ("≥不低于90%", "", "at_least", 90, "%"),
        ("≥90%以上", "", "at_least", 90, "%"),
        ("═100%", "", "exactly", 100, "%"),
        ("﹥90%", "", "at_least", 90, "%"),
        ("≥95%（含）", "", "at_least", 95, "%"),
        ("95%（含95%）以上", "", "at_least", 95, "%"),
        ("≥95%（抽样）", "", "at_least", 95, "%"),
        (">= 98 %(百分比)", "", "at_least", 98, "%"),
        ("完成率100%", "完成率", "at_least", 100, "%"),
        ("合格率≥95%", "工程", "at_least", 95, "%"),
        ("满意度达到95%以上", "群众满意度", "at_least", 95, "%"),
        ("群众满意度达95%", "满意度", "at_least", 95, "%"),
        ("投诉率不高于1%", "投诉率", "at_most", 1, "%"),
        ("投诉率1%", "质量", "at_most", 1, "%"),
        ("建筑面积2360.46平方米", "建筑面积", "exactly", 2360.46, "平方米"),
        ("11442", "带动贫困户(人)", "exactly", 11442, "人"),
        ("90", "满意度(%)", "at_least", 90, "%"),
        ("≥95", "合格率", "at_least", 95, "%"),
        ("十二次", "", "exactly", 12, "次"),
        ("不少于十二次", "", "at_least", 12, "次"),
        ("百分之九十五以上", "", "at_least", 95, "%"),
        ("举办12次", "", "exactly", 12, "次"),
        ("增长5%", "", "at_least", 5, "%"),
        ("提高3个百分点", "", "at_least", 3, "%"),
        ("降至5%", "", "at_most", 5, "%"),
        ("下降到5%", "", "at_most", 5, "%"),
        ("控制在10万元", "", "at_most", 10, "万元"),
        ("下降5%", "", "at_least", 5, "%"),
        ("100%完成", "", "at_least", 100, "%"),
        ("每月1次", "检查次数", "exactly", 1, "次/月"),
        ("每季度不少于1次", "检查次数", "at_least", 1, "次/季度"),
        ("80+户", "", "at_least", 80, "户"),
        ("≥120余万人", "", "at_least", 120, "万人"),
        ("最高15元/斤", "", "at_most", 15, "元/斤"),
        ("3册（套）", "", "exactly", 3, "册(套)"),
        ("180天", "施工工期", "at_most", 180, "天"),
        ("180天", "质保期", "exactly", 180, "天"),
    ],
)
def test_plain_writings_are_read(
    national: Rulebook, target: str, name: str, kind: str, value: float, unit: str
) -> None:
    reading = read(national, target, name)
    assert reading.code == "", reading.facts
    assert (reading.kind, reading.numbers.value, reading.numbers.unit) == (kind, value, unit)


@pytest.mark.parametrize(
    ("target", "name", "said"),
    [
        ("≥≥90%", "", "“≥≥”按一个“≥”识别"),
        ("≥95%（抽样）", "", "括号中的“抽样”未计"),
        ("建筑面积2360.46平方米", "建筑面积", "“建筑面积”是指标名称"),
        ("11442", "带动贫困户(人)", "单位“人”取自指标名称"),
        ("90", "满意度", "没有写单位，按百分比识别"),
        ("十二次", "", "“十二次”识别为12次"),
        ("￥5000", "", "按人民币元识别"),
        ("下降5%", "", "所写为下降的幅度，按“下降不低于”处理，实际完成值也是下降的幅度"),
        ("专款专用", "", "没有数字，按“定性”处理"),
    ],
)
def test_what_is_not_literal_is_said(national: Rulebook, target: str, name: str, said: str) -> None:
    assert said in read(national, target, name).said


@pytest.mark.parametrize("target", ["≥95%", "=15套", "90%-95%", "2023年11月30日前", "不超过7日", "≥95%（含）"])
def test_a_literal_reading_says_nothing(national: Rulebook, target: str) -> None:
    assert read(national, target).said == ()


@pytest.mark.parametrize(
    ("target", "name", "code"),
    [
        ("290%", "群众满意度", "E503"),
        ("120%", "合格率", "E503"),
        ("0.95", "合格率", "E503"),
        ("每月检查1次", "检查次数", "E503"),
        ("12次（每月一次）", "检查次数", "E503"),
        ("不低于上年的80%", "产量", "E503"),
        ("2023.12", "课时", "E503"),
        ("≤90%以上", "满意度", "E502"),
        ("控制在5%以上", "占比", "E502"),
        ("完成1部宣传片,2套方案", "成果", "E501"),
        ("待定", "人数", "E501"),
        ("见附件", "人数", "E501"),
        ("实际金额", "金额", "E501"),
        ("按实际发生数", "金额", "E501"),
        ("第O份", "份数", "E501"),
        ("M.8万元", "成本", "E501"),
        ("到0次", "次数", "E501"),
        ("13月", "时间", "E501"),
        ("2月30日", "时间", "E501"),
    ],
)
def test_a_doubt_is_asked(national: Rulebook, target: str, name: str, code: str) -> None:
    assert (read(national, target, name).kind, read(national, target, name).code) == ("", code)


@pytest.mark.parametrize(
    ("target", "name", "level2"),
    [("5%", "女性占比", "质量指标"), ("2%", "未覆盖率", "质量指标"), ("3毫米", "裂缝宽度", "质量指标")],
)
def test_where_nothing_says_which_side_is_better_any_other_number_is_asked(
    national: Rulebook, target: str, name: str, level2: str
) -> None:
    assert read(national, target, name, level2).unclear


@pytest.mark.parametrize(
    ("target", "name", "level2"),
    [("5%", "增长率", "质量指标"), ("95%", "女性占比", "质量指标"), ("3项", "管理制度健全性", "")],
)
def test_a_name_that_says_what_is_better_is_clear(national: Rulebook, target: str, name: str, level2: str) -> None:
    assert not read(national, target, name, level2).unclear


@pytest.mark.parametrize("level2", ["成本指标", "成本指标（10分）", "成本", "一、经济成本指标"])
@pytest.mark.parametrize("target", ["30万元", "400元/人·天", "30", "每人每天400元"])
def test_a_cost_is_at_most_under_any_spelling_of_its_heading(national: Rulebook, level2: str, target: str) -> None:
    assert read(national, target, "培训费", level2).kind == "at_most"


def test_money_elsewhere_is_exact(national: Rulebook) -> None:
    assert read(national, "800万元", "补助资金", "数量指标").kind == "exactly"


def test_a_remark_that_leaves_the_number_out_is_strict(national: Rulebook) -> None:
    assert read(national, "≥95%（不含95%）").strict


@pytest.mark.skipif(not TRIED.is_file(), reason="../shared/trials is not here")
def test_the_targets_that_were_tried() -> None:
    rulebook, _ = load(RULES / "national-2020.yaml", ROOT)
    assert rulebook is not None
    wrong: list[tuple[str, str]] = []
    for line in TRIED.read_text(encoding="utf-8").splitlines():
        tried: dict[str, Any] = json.loads(line)
        reading = read(rulebook, tried["target"], tried["level3"], tried["level2"])
        value = None if isnan(reading.numbers.value) else reading.numbers.value
        right = reading.kind in tried["kinds"] and (tried["value"] is None or float(tried["value"]) == value)
        wrong += [] if right else [(tried["target"], reading.kind)]
    assert wrong == []


UNREADABLE = {"", "一", "M.8万元", "到0次", "第O份", "8000"}
"""What no person could read of the published tables: blanks, a dash, damage, and 8000 under 产值(%)."""


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="../shared/published is not here")
def test_every_published_target_that_a_person_can_read_is_read(national: Rulebook) -> None:
    unread: set[str] = set()
    for line in PUBLISHED.read_text(encoding="utf-8").splitlines():
        table: dict[str, Any] = json.loads(line)
        for row in table["indicators"]:
            target = (row["target"] or "").replace(" | ", "")
            reading = read(national, target, row["l3"] or "", row["l2"] or "", int(table["year"]))
            unread |= {target} if reading.code else set()
    assert unread <= UNREADABLE


@pytest.mark.parametrize(
    ("target", "same"),
    [
        ("=95%以上", "95%以上"),
        ("=95%及以上", "95%及以上"),
        ("等于3天以内", "3天以内"),
        ("＝5次以上", "5次以上"),
        ("=0起以下", "0起以下"),
        ("=95%（以上）", "95%以上"),
    ],
)
def test_an_equals_sign_before_a_bound_says_no_more_than_the_bound(national: Rulebook, target: str, same: str) -> None:
    found, plain = read(national, target, "合格率"), read(national, same, "合格率")
    assert (found.kind, found.rule, found.numbers) == (plain.kind, plain.rule, plain.numbers)
    assert any("连用" in one for one in found.said)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("≥95%以下", "“≥”和“以下”"),
        ("≤3天以上", "“≤”和“以上”"),
        ("不少于3天以内", "“不少于”和“以内”"),
        ("95%以上以下", "“以上”和“以下”"),
        ("<95%以上", "“<”和“以上”"),
    ],
)
def test_two_directions_are_told_as_such(national: Rulebook, target: str, words: str) -> None:
    found = read(national, target, "合格率")
    assert (found.code, found.facts["clash"]) == ("E502", f"里的{words}方向相反")
    assert "改正指标值，只留一个方向" in found.facts["cure"]
