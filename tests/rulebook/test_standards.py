"""Rows' own 评分标准 as rules to be approved: what is proposed, and that nothing is applied before."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from selfeval.domain.case import cases
from selfeval.domain.promise import Promise, promises
from selfeval.domain.reported import Cell, Reported, Reports
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.scoring.score import score_case
from selfeval.domain.targets import INDICATORS, PROJECTS, Targets
from selfeval.rulebook.loading import load
from selfeval.rulebook.text.nodes import Items, find, identity
from selfeval.rulebook.text.reading import parse
from selfeval.rulebook.writing.items import with_item
from selfeval.rulebook.writing.standards import Approval, propose


@pytest.fixture(scope="module")
def rulebook(project_root: Path) -> Rulebook:
    found, problems = load(project_root / "rules" / "national-2020.yaml", project_root)
    assert not problems
    assert found is not None
    return found


def targets(target: str, standard: str) -> Targets:
    row = {"indicator": "P-01", "project": "P", "level1": "产出指标", "target": target, "standard": standard}
    return Targets(2024, PROJECTS.rows([{"seq": 1, "project": "P"}]), INDICATORS.rows([row]))


def promise(target: str, standard: str, rulebook: Rulebook) -> Promise:
    (case,) = cases(targets(target, standard))
    (found,), _ = promises(case, rulebook)
    return found


def proposed(target: str, standard: str, rulebook: Rulebook, points: int = 1000) -> Approval:
    return propose(promise(target, standard, rulebook), points, rulebook)


def scored(target: str, standard: str, actual: Cell, rulebook: Rulebook) -> ScoredRow:
    reports = Reports({}, {}, {("P-01", "actual"): actual, ("P-01", "reason"): Cell("有原因", data_type="text")})
    (case,) = cases(targets(target, standard), Reported({"P": reports}))
    return score_case(case, rulebook).rows[1]


@pytest.mark.parametrize(
    ("target", "standard", "body"),
    [
        ("≥10场", "少一场扣1分", "deduct: {points: 1, every: 1}"),
        ("12场", "每少一场扣1分", "deduct: {points: 1, every: 1, below: 12}"),
        ("≥50场", "每降5%扣1分", "deduct: {points: 1, every: 2.5}"),
        ("≥95%", "90%以上得10分,每降5%扣1分", "deduct: {points: 1, every: 5, below: 90%}"),
        ("≤3起", "每发生一起扣2分", "deduct: {points: 2, every: 1, above: 0}"),
        ("0起", "发现一处扣2分，最多扣4分", "deduct: {points: 2, every: 1, most: 4}"),
        ("0起", "发现一起扣2分，最多扣4分", "deduct: {points: 2, every: 1, most: 4}"),
        ("0", "发现一处扣2分，最多扣4分", "deduct: {points: 2, every: 1, most: 4}"),
        ("≤30万元", "超过预算不得分", "curve: [{from: 100%, share: 100%}]"),
        ("12月底前", "逾期不得分", "curve: [{from: 0, share: 100%}, {from: 1, share: 0}]"),
        ("12月底前", "每晚一周扣1分", "deduct: {points: 1, every: 7}"),
        ("12月底前", "按时完成得满分，否则不得分", "curve: [{from: 0, share: 100%}, {from: 1, share: 0}]"),
        ("≥10场", "达到得满分，否则不得分", "curve: [{from: 100%, share: 100%}]"),
        ("≥50件", "完成率≥90%得10分，低于90%不得分", "curve: [{from: 0, share: 0%}, {from: 90%, share: 100%}]"),
    ],
)
def test_a_text_becomes_a_variant_for_its_row_alone(target: str, standard: str, body: str, rulebook: Rulebook) -> None:
    found = proposed(target, standard, rulebook)
    assert found.why == ""
    assert f"  {body}" in found.lines
    assert found.rule is not None
    assert found.rule.indicators == ("P-01",)
    assert standard in found.rule.note


@pytest.mark.parametrize(
    ("target", "standard", "why"),
    [
        ("≥10场", "每少一人扣1分", "单位“人”与指标值的单位“场”不同"),
        ("≤10万元", "每少1万元扣1分", "方向"),
        ("≥10场", "超过预算不得分", "方向"),
        ("0起", "发现一人扣2分", "单位“人”"),
        ("≤3起", "发现一处扣2分", "单位“处”"),
        ("≥90%", "≥90%计5分；低于90%计6分", "方向"),
        ("≥95%", "90%以上得8分,每降5%扣1分", "按8分写，本行分值是10分"),
        ("12月底前", "每推迟一个月扣1分", "换不成天数"),
        ("12月底前", "按比例得分", "没有完成比例"),
        ("有所提升", "每少一场扣1分", "没有可以比较的数"),
        ("≤10次", "≤5次得5分，>5次得3分", "不能按这样的数分档"),
        ("90%-95%", "每少1%扣1分", "不能按单位扣分"),
    ],
)
def test_what_its_row_cannot_take_says_why(target: str, standard: str, why: str, rulebook: Rulebook) -> None:
    found = proposed(target, standard, rulebook)
    assert why in found.why
    assert found.lines == ()


def test_nothing_is_applied_before_it_is_approved(rulebook: Rulebook) -> None:
    text = "少一场扣1分"
    before = scored("≥10场", text, Cell("8", 8.0, "number"), rulebook)
    plain = scored("≥10场", "", Cell("8", 8.0, "number"), rulebook)
    assert before.score == plain.score
    assert before.state is State.ATTENTION
    assert "规则文件尚未采用" in before.sentence
    approved = proposed("≥10场", text, rulebook).rulebook
    assert approved is not None
    after = scored("≥10场", text, Cell("8", 8.0, "number"), approved)
    assert after.state is State.SCORED
    assert after.share == pytest.approx(float(1 - Fraction(2) / (Fraction(after.points, 100))))
    # the text was changed after it had been approved
    changed = scored("≥10场", "少一场扣2分", Cell("8", 8.0, "number"), approved)
    assert changed.state is State.ATTENTION


def test_points_of_the_table_must_be_those_of_the_text(rulebook: Rulebook) -> None:
    one = promise("≥90%", "≥90%计5分；80%（含）-90%计4分；低于80%不得分", rulebook)
    with_points = replace(one, indicator=replace(one.indicator, points=8.0))
    assert "本行分值是8分" in propose(with_points, 800, rulebook).why
    assert propose(one, 834, rulebook).why == ""  # an even split: the best band is all of it


@pytest.mark.parametrize(
    "text",
    [
        "id: 1\n# 说明\nkinds:\n  # 先\n  at_most:\n    label: ≤\n",
        "id: 1\n",
        "id: 1\nkinds:\n  at_least:\n    # 注\n    label: ≥\n",
        "id: 1\nkinds:\n  at_least:\n    variants:\n      # 注\n      - id: a\n        level1: [甲]\nlevels: []\n",
        "id: 1\r\nkinds:\r\n  at_least:\r\n    variants:\r\n    - id: a\r\n      level1: [甲]\r\n",
    ],
)
def test_lines_are_put_in_their_place_and_others_stay(text: str) -> None:
    path = ("kinds", "at_least", "variants")
    found = with_item(text.encode(), path, ("id: new", "level1: [乙]"))
    assert found is not None
    left = [line for line in found.decode().splitlines() if line.strip()]
    for line in text.splitlines():
        assert line in left
    assert b"\r\n" in found or "\r" not in text
    again = with_item(found, path, ("id: newer", "level1: [丙]"))
    assert again is not None
    root = parse(again, "").root
    assert root is not None
    assert isinstance(variants := find(root, *path)[0], Items)
    assert [identity(item) for item in variants.items][-2:] == ["new", "newer"]


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("kinds: {at_least: {label: ≥}}  # 注\n", "kinds: {at_least: {label: ≥, variants: [{id: b, at: x}]}}  # 注\n"),
        ("{id: 1, sources: []}\n", "{id: 1, sources: [], kinds: {at_least: {variants: [{id: b, at: x}]}}}\n"),
    ],
)
def test_what_is_in_braces_is_added_to_in_braces(text: str, made: str) -> None:
    found = with_item(text.encode(), ("kinds", "at_least", "variants"), ("id: b", "at: x"))
    assert found is not None
    assert found.decode() == made


@pytest.mark.parametrize("text", ["kinds: 甲\n", "kinds: {at_least: [甲]}\n", "- 甲\n", "id: [\n", ""])
def test_what_leads_nowhere_is_left_alone(text: str) -> None:
    assert with_item(text.encode(), ("kinds", "at_least", "variants"), ("id: b",)) is None
