"""Amounts of money as cells print them, in digits and in Chinese numerals."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.amount import amount_of
from selfeval.sources.read import read_file


@pytest.mark.parametrize(
    ("text", "unit", "wan"),
    [
        ("30", "万元", 30),
        ("300,000.50", "元", 30.00005),
        ("人民币叁拾万元整", "万元", 30),
        ("叁拾万元", "元", 30),
        ("三十万元整", "元", 30),
        ("大写：叁拾万圆正", "元", 30),
        ("叁佰万零伍仟元整", "元", 300.5),
        ("壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分", "万元", 123.456789),
        ("伍仟元零叁分", "元", 0.500003),
        ("三十点五万元", "元", 30.5),
        ("壹亿贰仟万元整", "元", 12000),
        ("30万", "元", 30),
        ("三十万", "元", 30),
        ("1.5千元", "万元", 0.15),
        ("30万元（大写：叁拾万元整）", "元", 30),
        ("叁拾万元整（¥300,000.00元）", "元", 30),
    ],
)
def test_an_amount_is_read_exactly(text: str, unit: str, wan: float) -> None:
    found = amount_of(text)
    assert found
    assert found.in_wan(unit) == wan


@pytest.mark.parametrize(
    "text",
    [
        "",
        "六十",
        "三",
        "一百五元",
        "三万五元",
        "1.5E+05元",
        "30万元（叁拾伍万元整）",
        "叁拾多万元",
        "30万元左右",
        "元",
        "万元",
    ],
)
def test_what_is_no_amount_or_may_be_two_is_none(text: str) -> None:
    assert amount_of(text) is None


@pytest.mark.parametrize("amount", ["叁拾万元整", "三十万元整", "30万元（叁拾万元整）"])
@pytest.mark.parametrize("column", ["预算数（万元）", "预算数（元）"])
def test_a_budget_in_numerals_is_read(amount: str, column: str, tmp_path: Path) -> None:
    head = ["单位名称", "项目名称", column, "一级指标", "二级指标", "三级指标", "指标值"]
    row = ["清源县文旅局", "送戏", amount, "产出指标", "数量指标", "演出场次", "≥50场"]
    path = tmp_path / "a.csv"
    path.write_text(f"{','.join(head)}\n{','.join(row)}\n", encoding="utf-8")
    found = read_file(path, 2025)
    assert found.targets.projects.frame["budget"].tolist() == [30]
    assert [one.code for one in found.problems] == []
