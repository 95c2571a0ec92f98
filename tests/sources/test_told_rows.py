"""What a table says twice, against itself, or in a row that is no indicator: read as it is, and told."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells, Over

_FILES = pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html"])
_HEAD = ["项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
_SHOW = ["送戏", "30", "产出指标", "数量指标", "演出场次", "≥50场"]
_UNIT = "预算单位：清源县文化馆"


def _codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def _form(*rows: Cells, upper: Cells | None = None, unit: Cells | None = None) -> list[Cells]:
    return [
        [Over("项目支出绩效目标表", 6)],
        upper or ["项目名称", Over("送戏", 5)],
        unit or ["实施单位", Over("清源县文化馆", 5)],
        ["年度资金总额（万元）", Over("30", 5)],
        ["年度目标", Over("演出", 5)],
        ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值"],
        ["", "产出指标", "数量指标", "演出场次", "≥50场", "20"],
        *rows,
    ]


@_FILES
def test_an_indicator_that_stands_twice_in_a_project_is_told(suffix: str, tmp_path: Path) -> None:
    other = ["购书", *_SHOW[1:]]
    flat = read_as(suffix, tmp_path, [_HEAD, _SHOW, [*_SHOW[:5], "≤50场"], other, ["", "", *other[2:]]], _UNIT)
    form = read_as(suffix, tmp_path, _form(["", "产出指标", "数量指标", "演出场次", "≥50场", "10"]))
    for found, count in ((flat, 4), (form, 2)):
        assert len(found.targets.indicators) == count
        (told,) = (one for one in found.problems if one.code == "W179")
        assert "“演出场次”（≥50场）" in told.message
        assert told.place.indicator == found.targets.indicators.records[-1]["indicator"]


@_FILES
def test_subtotals_of_points_in_a_form_are_told(suffix: str, tmp_path: Path) -> None:
    more = ["", "效益指标", "社会效益指标", "知晓率", "≥90%", "30"]
    found = read_as(suffix, tmp_path, _form(["", Over("小计", 4), "20"], more, ["", Over("合计", 4), "50"]))
    assert [one["points"] for one in found.targets.indicators.records] == [20.0, 30.0]
    assert [one.message for one in found.problems if one.code == "I140"] == ["这里是合计（小计 20），没有作为一条数据"]


@_FILES
def test_a_name_and_its_code_in_two_cells(suffix: str, tmp_path: Path) -> None:
    upper: Cells = ["项目名称及编码", Over("送戏", 3), Over("ZZ01", 2)]
    unit: Cells = ["主管部门及代码", Over("清源县文化馆", 3), Over("412001", 2)]
    found = read_as(suffix, tmp_path, _form(upper=upper, unit=unit))
    (project,) = found.targets.projects.records
    assert [project[name] for name in ("project", "name")] == ["ZZ01", "送戏"]
    assert [project[name] for name in ("unit_code", "unit_name")] == ["412001", "清源县文化馆"]


@pytest.mark.parametrize(
    ("sheet", "units", "told"),
    [
        ("文化馆", ["图书馆", ""], True),
        ("文化馆", ["清源县文化馆", ""], False),
        ("文旅局", ["文化馆", "图书馆"], False),
        ("Sheet1", ["图书馆", ""], False),
    ],
)
def test_a_sheet_named_after_another_unit_is_told(sheet: str, units: list[str], told: bool, tmp_path: Path) -> None:  # noqa: FBT001
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["预算单位", *_HEAD])
        for at, (unit, name) in enumerate(zip(units, ("送戏", "购书"), strict=True), start=1):
            page.write_row(at, 0, [unit, name, *_SHOW[1:]])
    found = read_file(path, 2025)
    assert any(one.what == "工作表的名称" for one in found.readings) is told
