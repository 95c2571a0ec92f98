"""Rows of flat tables that were broken over two: joined where that is sure, else nothing of them counts unasked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources.any_file import FORMATS, read_as

HEAD = ["预算单位", "项目编码", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
UNIT = "412001 清源县文化馆"
every_format = pytest.mark.parametrize("suffix", FORMATS)


def row(
    *, code: str = "", name: str = "", budget: str = "", levels: Sequence[str] = ("", "", ""), target: str = ""
) -> list[str]:
    return [UNIT if code else "", code, name, budget, *levels, target]


FIRST = row(code="ZZ01", name="送戏", budget="50", levels=("产出指标", "数量指标", "演出场次"), target="≥20场")
LAST = row(levels=("", "质量指标", "合格率"), target="≥95%")


def rows(found: Imported) -> list[tuple[str, str]]:
    table = found.targets.indicators
    return [*zip(table.column("level3"), table.column("target"), strict=True)]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


@every_format
def test_a_row_broken_over_two_is_joined(suffix: str, tmp_path: Path) -> None:
    first = row(
        code="ZZ01", name="送戏下乡进", budget="50", levels=("产出指标", "数量指标", "农村公益性演"), target="≥20"
    )
    found = read_as(suffix, tmp_path, [HEAD, first, row(name="村演出", levels=("", "", "出场次"), target="场"), LAST])
    assert found.targets.names == {"ZZ01": "送戏下乡进村演出"}
    assert rows(found) == [("农村公益性演出场次", "≥20场"), ("合格率", "≥95%")]
    assert codes(found) == []
    assert [one.reading for one in found.readings if one.what == "ZZ01-01"] == ["这一行在表里断成两行，已拼接"]


@every_format
def test_a_bracket_that_the_next_row_closes_is_joined(suffix: str, tmp_path: Path) -> None:
    first = [*FIRST[:6], "演出场次（含公", "≥20场"]
    found = read_as(suffix, tmp_path, [HEAD, first, row(levels=("", "", "益演出）")), LAST])
    assert rows(found) == [("演出场次（含公益演出）", "≥20场"), ("合格率", "≥95%")]
    assert codes(found) == []


@every_format
@pytest.mark.parametrize("rest", ["工作要点确定的数量", "其中夜场≥5场"])
def test_a_row_of_a_target_alone_is_asked_about(rest: str, suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, [HEAD, [*FIRST[:7], "按照年度"], row(target=rest), LAST])
    assert rows(found) == [("演出场次", ""), ("合格率", "≥95%")]
    assert codes(found) == ["E148"]


def test_a_unit_alone_is_told(tmp_path: Path) -> None:
    heads = [*HEAD[:-1], "指标方向", "目标值", "计量单位"]
    first, rest = [*FIRST[:-1], "≥", "20", "万人"], [*row()[:-1], "", "", "次"]
    found = read_as(".xlsx", tmp_path, [heads, first, rest])
    assert (rows(found), codes(found)) == ([("演出场次", "≥20万人")], ["W105"])


def test_a_dash_alone_is_no_rest_of_a_target(tmp_path: Path) -> None:
    found = read_as(".xlsx", tmp_path, [HEAD, FIRST, row(target="—"), LAST])
    assert rows(found) == [("演出场次", "≥20场"), ("合格率", "≥95%")]


@every_format
def test_another_project_is_never_joined(suffix: str, tmp_path: Path) -> None:
    other = row(name="购书", levels=("", "", "册数"), target="≥300册")
    found = read_as(suffix, tmp_path, [HEAD, FIRST, other])
    assert [*found.targets.names.values()] == ["送戏", "购书"]
    assert "E107" in codes(found)
