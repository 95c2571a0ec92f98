"""Titles of tables of one project: what they name, and what goes on under one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.form.titles import Title, read_title
from selfeval.sources.imported import Imported
from tests.sources.any_file import FORMATS, read_as
from tests.sources.goal_tables import Cells, Over

WIDTH = 7
ROWS: Sequence[Cells] = [
    ["", "产出指标", "数量指标", "演出场次", Over("≥20场", 3)],
    ["", "效益指标", "社会效益指标", "知晓率", Over("≥90%", 3)],
]
NAME: Cells = ["项目名称", Over("送戏下乡", WIDTH - 1)]
HEADS: Cells = ["绩效指标", "一级指标", "二级指标", "三级指标", Over("指标值", 3)]
every_format = pytest.mark.parametrize("suffix", FORMATS)


def form(*titles: str, named: bool = True, below: Sequence[Cells] = ()) -> list[Cells]:
    return [
        *([Over(title, WIDTH)] for title in titles),
        *([NAME] if named else []),
        ["主管部门", Over("清源县文旅局", 3), "实施单位", Over("清源县文化馆", 2)],
        ["年度资金总额", Over("50", 6)],
        ["年度总体目标", Over("演出20场。", 6)],
        HEADS,
        *ROWS,
        *below,
    ]


def said(found: Imported, what: str) -> list[str]:
    return [one.reading for one in found.readings if one.what == what]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


@every_format
@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("清源县图书馆项目支出绩效目标表", "清源县图书馆"),
        ("购书项目绩效目标表", "购书"),
        ("项目支出绩效目标表", ""),
        ("清源县文旅局2025年项目支出绩效目标表", ""),
        ("文化馆项目支出绩效目标表", ""),
        ("送戏下乡项目支出绩效目标表", ""),
        ("文化馆送戏下乡项目绩效目标表", ""),
    ],
)
def test_a_title_that_names_another_project_or_unit_is_told(
    title: str, other: str, suffix: str, tmp_path: Path
) -> None:
    found = read_as(suffix, tmp_path, form(title, "（2025年度）"))
    row = found.targets.projects.records[0]
    assert (row["name"], row["unit_name"]) == ("送戏下乡", "清源县文化馆")
    assert said(found, "标题") == ([f"标题写的是“{other}”，与表内的不同，按表内的识别"] if other else [])


@every_format
@pytest.mark.parametrize(
    "rest", ["项目支出绩效目标表（续）", "送戏下乡项目绩效目标表（续表）", "项目支出绩效目标表（接上页）"]
)
def test_what_goes_on_under_the_title_of_a_continuation_is_of_the_table_before(
    rest: str, suffix: str, tmp_path: Path
) -> None:
    more: list[Cells] = [
        [Over(rest, WIDTH)],
        HEADS,
        ["", "满意度指标", "服务对象满意度", "观众满意度", Over("≥90%", 3)],
    ]
    for below in (more, [more[0], NAME, *more[1:]]):
        found = read_as(suffix, tmp_path, form("项目支出绩效目标表", "（2025年度）", below=below))
        assert found.targets.indicators.column("level3") == ["演出场次", "知晓率", "观众满意度"]
        assert codes(found) == []


@every_format
def test_the_continuation_of_another_project_is_not_joined(suffix: str, tmp_path: Path) -> None:
    more: list[Cells] = [
        [Over("购书项目绩效目标表（续）", WIDTH)],
        HEADS,
        ["", "产出指标", "数量指标", "册数", Over("≥3册", 3)],
    ]
    found = read_as(suffix, tmp_path, form("项目支出绩效目标表", below=more))
    first = found.targets.projects.records[0]["project"]
    assert "册数" not in [row["level3"] for row in found.targets.indicators.of(first)]


@every_format
@pytest.mark.parametrize("code", ["13080025P00001", "ZZ0100000001"])
def test_a_title_holds_the_code_and_the_next_line_the_unit_and_the_unit_of_money(
    code: str, suffix: str, tmp_path: Path
) -> None:
    rows = form(f"{code}-送戏下乡绩效目标表", "412001 清源县文化馆　单位：万元", named=False)
    found = read_as(suffix, tmp_path, [row for row in rows if row[0] != "主管部门"])
    row = found.targets.projects.records[0]
    assert [row[name] for name in ("project", "name", "unit_code", "unit_name", "budget")] == [
        *(code, "送戏下乡", "412001", "清源县文化馆", 50)
    ]
    assert codes(found) == []


def test_a_line_of_the_year_alone_names_no_project() -> None:
    assert read_title("（2025年度）") == Title(year=2025)


def test_a_table_that_lacks_a_column_is_called_by_its_project(tmp_path: Path) -> None:
    heads: Cells = ["绩效指标", "一级指标", "三级指标", "指标值"]
    table: list[Cells] = [["项目名称", Over("送戏下乡", 3)], ["预算单位", Over("某馆", 3)], heads]
    found = read_as(
        ".xlsx", tmp_path, [[Over("2025年度项目支出绩效目标表", 4)], *table, ["", "产出指标", "场次", "≥20场"]]
    )
    assert ["送戏下乡" in one.message for one in found.problems if one.code == "E106"] == [True]
