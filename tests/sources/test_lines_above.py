"""What the lines above a flat table say: its year, its unit, and what stands beside the unit of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells, Over

_HEAD = ["项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
_SHOW = ["送戏", "30", "产出指标", "数量指标", "演出场次", "≥50场"]
_WORK = ["修缮", "12", "产出指标", "数量指标", "修缮面积", "≥500平方米"]
_FILES = pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html"])
_UNIT = "预算单位：清源县文化馆"


def _read(suffix: str, folder: Path, *above: str) -> Imported:
    return read_as(suffix, folder, [_HEAD, _SHOW], *above)


def _names(found: Imported, column: str = "name") -> list[object]:
    return list(found.targets.projects.column(column))


def _told(found: Imported) -> list[tuple[str, str]]:
    """The codes of the problems, and what they quote first."""
    return [(one.code, "".join(_QUOTED.findall(one.message)[:1])) for one in found.problems]


_QUOTED = re.compile("[“（](.+?)(?:”是|），)")


@_FILES
@pytest.mark.parametrize(
    "line",
    ["2024年", "2024年度", "（2024年度）", "年度：2024", "申报年度：2024年", "二〇二四年", "2024年度 单位：万元"],
)
def test_a_table_below_another_year_is_of_that_year(suffix: str, line: str, tmp_path: Path) -> None:
    for above in ([line, _UNIT], ["项目支出绩效目标汇总表", line, _UNIT]):
        found = _read(suffix, tmp_path, *above)
        assert _names(found) == []
        assert [code for code, _ in _told(found)] == ["E172"]


@_FILES
@pytest.mark.parametrize("line", ["2025年", "（2025年度）", "二〇二五年度"])
def test_the_year_asked_for_above_a_table_is_no_stray_line(suffix: str, line: str, tmp_path: Path) -> None:
    found = _read(suffix, tmp_path, "项目支出绩效目标汇总表", line, _UNIT)
    assert _names(found) == ["送戏"]
    assert _told(found) == []


def test_a_year_that_contradicts_the_title_is_told(tmp_path: Path) -> None:
    found = _read(".xlsx", tmp_path, "2025年度项目绩效目标汇总表", "（2024年度）", _UNIT)
    assert _names(found) == ["送戏"]
    assert _told(found) == [("I140", "（2024年度）")]


@_FILES
def test_of_two_tables_side_by_side_each_is_of_its_year(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [[Over("2025年", 6), "", Over("2024年", 6)], [*_HEAD, "", *_HEAD], [*_SHOW, "", *_WORK]]
    found = read_as(suffix, tmp_path, rows, _UNIT)
    assert _names(found) == ["送戏"]
    assert _told(found) == [("E172", "2024年")]


@_FILES
@pytest.mark.parametrize(
    ("above", "unit", "department", "told"),
    [
        (["部门：清源县文旅局  单位：清源县文化馆"], "清源县文化馆", "清源县文旅局", []),
        (["单位：清源县文化馆", "部门：清源县文旅局"], "清源县文化馆", "清源县文旅局", []),
        (["部门：清源县文旅局"], "清源县文旅局", "", []),
        (["填报单位：清源县文化馆", "填报单位：清源县图书馆"], "清源县文化馆", "", ["填报单位：清源县图书馆"]),
        ([_UNIT, "本表含上年结转项目  单位：万元"], "清源县文化馆", "", ["本表含上年结转项目"]),
        ([_UNIT, "计量单位：万元"], "清源县文化馆", "", []),
        (["清源县文化馆项目支出绩效目标表"], "清源县文化馆", "", []),
    ],
)
def test_units_above_a_table(
    suffix: str, above: Sequence[str], unit: str, department: str, told: list[str], tmp_path: Path
) -> None:
    found = read_as(suffix, tmp_path, [_HEAD, _SHOW], "绩效目标", *above) if told else _read(suffix, tmp_path, *above)
    assert (_names(found, "unit_name"), _names(found, "department")) == ([unit], [department])
    assert [text for _, text in _told(found)] == told


@pytest.mark.parametrize(
    ("above", "said"),
    [
        (["清源县图书馆项目支出绩效目标表", _UNIT], "标题写的是“清源县图书馆”，与表上方的单位不同，按表上方的识别"),
        (["清源县文化馆项目支出绩效目标表", _UNIT], ""),
        (["清源县图书馆项目支出绩效目标表"], "按标题识别"),
    ],
)
def test_a_title_that_names_another_unit(above: Sequence[str], said: str, tmp_path: Path) -> None:
    found = _read(".xlsx", tmp_path, *above)
    readings = [one.reading for one in found.readings if one.what in {"标题", "单位名称"}]
    assert readings == ([said] if said else [])
