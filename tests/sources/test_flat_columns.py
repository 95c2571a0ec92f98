"""Columns of flat tables under heads over several of them, and numbers that are never put together."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from selfeval.sources.read import read_file
from tests.sources.test_flat import HEAD, ROW, indicators, projects, table, told

BELOW = {
    "元": "小计|财政拨款|其他资金",
    "总": "总额|拨款|自有",
    "合": "合计|财政资金|单位资金",
    "初": "年初预算|财政拨款|自有资金",
    "本": "本年预算|财政拨款|其他资金",
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
@pytest.mark.parametrize("over", ["年度预算（元）", "预算（元）", "项目资金（元）", "资金（元）", "预算数（元）"])
def test_sums_under_a_head_over_several_columns_are_told_apart(tmp_path: Path, over: str, below: str) -> None:
    found = table(
        tmp_path,
        f"序号|项目名称|{over}|||指标类别||指标名称|指标性质|2024年度|2025年度||指标权重",
        f"||{below}|一级|二级|||指标值|指标值|度量单位|",
        "1|管护|2100000|1850000|250000|产出指标|数量指标|面积|≥|5|2.4|万亩|10",
    )
    assert indicators(found) == [f"{found.targets.projects.frame['project'][0]}-01|产出指标|数量指标|面积|≥2.4万亩"]
    assert found.targets.projects.frame[["budget", "fiscal", "other"]].to_numpy().tolist() == [[210.0, 185.0, 25.0]]
    assert {one.code for one in found.problems} == {"W147"}


@pytest.mark.parametrize("below", ["", "甲类|乙类|丙类"])
def test_numbers_of_several_columns_are_never_put_together(tmp_path: Path, below: str) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["项目名称", "年度预算（元）", None, None, "一级指标", "二级指标", "三级指标", "指标值", "分值", None])
    sheet.merge_cells("B1:D1")
    sheet.merge_cells("I1:J1")
    if below:
        sheet.append([None, *below.split("|")])
    sheet.append(["管护", 2100000, 1850000, 250000, "产出指标", "数量指标", "面积", "≥2.4万亩", 10, 20])
    book.save(tmp_path / "表.xlsx")
    found = read_file(tmp_path / "表.xlsx", 2025)
    assert found.targets.projects.frame["budget"].isna().tolist() == [True]
    assert found.targets.indicators.frame["points"].isna().tolist() == [True]
    said = {(one.place.cell, one.message) for one in found.problems if one.code == "E178"}
    assert {cell for cell, _ in said} == {"B1", "I1"}
    assert any("B列、C列、D列" in message for _, message in said)


@pytest.mark.parametrize("head", ["本年预算（万元）", "年初预算（万元）", "资金（万元）"])
def test_short_heads_of_money_and_levels(tmp_path: Path, head: str) -> None:
    found = table(
        tmp_path,
        f"单位|项目编码|项目名称|{head}|一级|二级|三级|指标值",
        "412001 清源县文旅局|ZZ01|送戏|5|产出指标|数量指标|场次|≥50场",
    )
    assert projects(found) == [("412001", "清源县文旅局", "ZZ01", "送戏", 5.0)]
    assert indicators(found) == ["ZZ01-01|产出指标|数量指标|场次|≥50场"]
    assert found.problems == ()


@pytest.mark.parametrize(
    ("heads", "cells"),
    [("指标性质|指标值|度量单位", "≥||个"), ("指标值|||分值", "≥||个|10"), ("指标值|度量单位", "|个")],
)
def test_a_unit_without_a_value_is_a_blank_value(tmp_path: Path, heads: str, cells: str) -> None:
    found = table(
        tmp_path,
        f"项目编码|项目名称|一级指标|二级指标|三级指标|{heads}|备注",
        f"ZZ01|戏|产出指标|数量指标|采样数|{cells}|无",
    )
    assert found.targets.indicators.frame["target"].tolist() == [""]
    at = "FG"["指标性质" in heads]
    assert [place for code, place in told(found) if code == "E107"] == [f"{at}2"]


def test_indicators_of_no_named_project_beside_a_flat_table_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet, other = book.active, book.create_sheet("另一张")
    assert sheet is not None
    for line in (HEAD, ROW):
        sheet.append(line.split("|"))
    for line in ("实施单位|图书馆", "一级指标|二级指标|三级指标|指标值", "产出指标|数量指标|册数|≥50册"):
        other.append(line.split("|"))
    book.save(tmp_path / "表.xlsx")
    found = read_file(tmp_path / "表.xlsx", 2025)
    assert [(one.code, one.place.sheet) for one in found.problems] == [("E179", "另一张")]
    book.remove(sheet)
    book.save(tmp_path / "表.xlsx")
    assert [one.code for one in read_file(tmp_path / "表.xlsx", 2025).problems] == ["E179"]
