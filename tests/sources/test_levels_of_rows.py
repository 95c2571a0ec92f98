"""Levels that a flat table says over several columns or in rows of their own, and tables that follow it on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over

HEAD = ["预算单位", "项目编码", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
SHOW = ["412001 清源县文化馆", "ZZ01", "送戏", "50"]
every_format = pytest.mark.parametrize("suffix", FORMATS)


def levels(found: Imported) -> list[tuple[str, str, str]]:
    columns = (found.targets.indicators.column(name) for name in ("level1", "level2", "level3"))
    return [*zip(*columns, strict=True)]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


@every_format
def test_a_first_level_over_both_columns_is_the_second_too(suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, [HEAD, [*SHOW, Over("满意度指标", 2), "观众满意度", "≥90%"]])
    assert levels(found) == [("满意度指标", "满意度指标", "观众满意度")]
    assert codes(found) == []


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".html", ".pdf"])
def test_a_name_over_the_column_of_its_level_is_read(suffix: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, [HEAD, [*SHOW, "产出指标", Over("演出场次", 2), "≥20场"]])
    assert levels(found) == [("产出指标", "演出场次", "演出场次")]
    assert codes(found) == []


@every_format
def test_wide_rows_of_levels_are_of_the_rows_below_them(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [
        HEAD,
        [Over("产出指标", 8)],
        [*SHOW, "", "数量指标", "演出场次", "≥20场"],
        ["", "", "", "", "", "质量指标", "合格率", "≥95%"],
        [Over("效益指标", 8)],
        ["", "", "", "", "", "社会效益", "知晓率", "≥90%"],
    ]
    found = read_as(suffix, tmp_path, rows)
    assert [level for level, *_ in levels(found)] == ["产出指标", "产出指标", "效益指标"]
    assert codes(found) == []


@every_format
def test_a_table_of_another_kind_below_a_flat_one_is_told_by_what_it_says(suffix: str, tmp_path: Path) -> None:
    rows: list[Sequence[str]] = [
        HEAD,
        [*SHOW, "产出指标", "数量指标", "演出场次", "≥20场"],
        [""] * 8,
        ["资金明细表", *[""] * 7],
        ["项目名称", "支出内容", "金额", "测算依据", *[""] * 4],
        ["送戏", "演出费", "40", "按场次", *[""] * 4],
    ]
    found = read_as(suffix, tmp_path, rows)
    assert "W174" not in codes(found)
    assert any("支出内容" in one.message for one in found.problems if one.code == "W141")
