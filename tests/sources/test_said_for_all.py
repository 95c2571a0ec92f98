"""What is said once for many cells: a unit or a sign in a heading, the unit of money of a table, 同上."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells, Over

_FILES = pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html"])
_HEAD = ["项目名称", "预算数", "一级指标", "二级指标", "三级指标"]
_SHOW = ["送戏", "300000", "产出指标", "数量指标", "演出场次"]
_UNIT = "预算单位：清源县文化馆"


def _column(found: Imported, name: str) -> list[object]:
    rows = found.targets.indicators if name in {"target", "level2"} else found.targets.projects
    return list(rows.column(name))


def _codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


def _form(*targets: str, head: str = "指标值", title: str = "", below: Sequence[Cells] = ()) -> list[Cells]:
    rows: list[Cells] = [["", "产出指标", "数量指标", f"指标{at}", Over(one, 3)] for at, one in enumerate(targets)]
    return [
        [Over(f"项目支出绩效目标表{title}", 7)],
        ["项目名称", Over("送戏", 6)],
        ["实施单位", Over("清源县文化馆", 6)],
        ["年度资金总额", Over("300000", 6)],
        ["年度目标", Over("演出", 6)],
        ["绩效指标", "一级指标", "二级指标", "三级指标", Over(head, 3)],
        *rows,
        *below,
    ]


@_FILES
@pytest.mark.parametrize(
    ("head", "targets", "read"),
    [
        ("指标值（%）", ["95", "≥95", "90-95", "95人", "12月底", "良好"], "95% ≥95% 90-95% 95人 12月底 良好"),
        ("指标值（≥）", ["50场", "≤50场", "50场以上", "12月底"], "≥50场 ≤50场 50场以上 12月底"),
        ("指标值（≥%）", ["95", "≤95"], "≥95% ≤95%"),
        ("指标值（单位：场）", ["50", "50次"], "50场 50次"),
        ("指标值（天）", ["50"], "50天"),
        ("指标值（年度）", ["50"], "50"),
        ("指标值（必填）", ["50"], "50"),
    ],
)
def test_a_heading_that_names_the_unit_or_the_sign(
    suffix: str, head: str, targets: list[str], read: str, tmp_path: Path
) -> None:
    flat = read_as(suffix, tmp_path, [[*_HEAD, head], *([*_SHOW[:4], f"指标{one}", one] for one in targets)], _UNIT)
    form = read_as(suffix, tmp_path, _form(*targets, head=head))
    assert _column(flat, "target") == _column(form, "target") == read.split()
    changed = sum(one != before for one, before in zip(read.split(), targets, strict=True))
    for found in (flat, form):
        assert sum("写在列名里" in one.reading for one in found.readings) == changed


@_FILES
def test_a_heading_below_that_of_the_target_names_the_unit(suffix: str, tmp_path: Path) -> None:
    heads: list[Cells] = [[*(Over(one, 1, 2) for one in _HEAD), Over("指标值", 2)], ["数值（%）", "符号"]]
    assert _column(read_as(suffix, tmp_path, [*heads, [*_SHOW, "95", "≥"]], _UNIT), "target") == ["≥95%"]


@_FILES
@pytest.mark.parametrize("line", ["金额：元", "计价：元", "本表以元为单位", "金额单位为元", "（元）", "金额单位 元"])
def test_a_line_that_names_the_unit_of_money(suffix: str, line: str, tmp_path: Path) -> None:
    flat = read_as(suffix, tmp_path, [[*_HEAD, "指标值"], [*_SHOW, "≥50场"]], line, _UNIT)
    form = read_as(suffix, tmp_path, _form("≥50场"), line)
    assert _column(flat, "budget") == _column(form, "budget") == [30]


@_FILES
def test_a_title_that_names_the_unit_of_money(suffix: str, tmp_path: Path) -> None:
    flat = read_as(suffix, tmp_path, [[*_HEAD, "指标值"], [*_SHOW, "≥50场"]], "项目绩效目标汇总表（元）", _UNIT)
    form = read_as(suffix, tmp_path, _form("≥50场", title="（元）（2025年度）"))
    assert _column(flat, "budget") == _column(form, "budget") == [30]


@_FILES
@pytest.mark.parametrize("note", ["注：金额单位：元", "说明：1.本表金额单位为元；2.目标为全年", "备注：以元为单位"])
def test_a_note_below_that_names_the_unit_of_money(suffix: str, note: str, tmp_path: Path) -> None:
    flat = read_as(suffix, tmp_path, [[*_HEAD, "指标值"], [*_SHOW, "≥50场"], [Over(note, 6)]], _UNIT)
    form = read_as(suffix, tmp_path, _form("≥50场", below=[[Over(note, 7)]]))
    assert _column(flat, "budget") == _column(form, "budget") == [30]


@_FILES
@pytest.mark.parametrize("head", ["预算数/元", "预算数：元", "预算数元", "预算数（元）"])
def test_a_heading_that_names_the_unit_of_money(suffix: str, head: str, tmp_path: Path) -> None:
    found = read_as(suffix, tmp_path, [["项目名称", head, *_HEAD[2:], "指标值"], [*_SHOW, "≥50场"]], _UNIT)
    assert (_column(found, "budget"), _codes(found)) == ([30], [])


@_FILES
def test_a_row_of_no_project_is_told(suffix: str, tmp_path: Path) -> None:
    rows: list[Cells] = [[*_HEAD, "指标值"], ["", "人民币", *[""] * 4], [*_SHOW, "≥50场"]]
    found = read_as(suffix, tmp_path, rows, _UNIT)
    assert "“人民币”" in next(one.message for one in found.problems if one.code == "W105")


@_FILES
@pytest.mark.parametrize("mark", ["同上", "〃", "同 上"])
def test_the_same_as_above(suffix: str, mark: str, tmp_path: Path) -> None:
    rows: list[Cells] = [
        ["预算单位", *_HEAD, "指标值"],
        ["文化馆", *_SHOW, "≥50场"],
        [mark, mark, mark, mark, mark, "观众场次", mark],
        [mark, "修缮", "200000", "产出指标", "质量指标", "合格率", "≥95%"],
    ]
    found = read_as(suffix, tmp_path, rows)
    assert (_column(found, "name"), _column(found, "unit_name")) == (["送戏", "修缮"], ["文化馆", "文化馆"])
    assert _column(found, "target") == ["≥50场", "≥50场", "≥95%"]
    assert _column(found, "level2") == ["数量指标", "数量指标", "质量指标"]
    assert {one.reading for one in found.readings if one.what == "同上"} == {"按上面一格的内容识别"}


@_FILES
def test_a_unit_of_money_alone_below_a_table_counts(suffix: str, tmp_path: Path) -> None:
    flat = [[*_HEAD, "指标值"], [*_SHOW, "≥5场"], ["单位：元", "", "", "", "", ""]]
    found = read_as(suffix, tmp_path, flat, _UNIT)
    assert _column(found, "budget") == [30.0]
    assert "W105" not in _codes(found)
    assert any("表下方的一行里写的" in one.reading for one in found.readings)
    form = read_as(suffix, tmp_path, _form("≥5场", below=[["金额单位：元", "", "", "", "", "", ""]]))
    assert _column(form, "budget") == [30.0]
    assert "W105" not in _codes(form)


@_FILES
def test_a_unit_below_that_contradicts_the_one_above_is_told(suffix: str, tmp_path: Path) -> None:
    flat = [[*_HEAD, "指标值"], [*_SHOW, "≥5场"], ["单位：元", "", "", "", "", ""]]
    found = read_as(suffix, tmp_path, flat, _UNIT, "金额单位：万元")
    assert _column(found, "budget") == [300000.0]
    assert "W176" in _codes(found)


@_FILES
def test_names_that_are_dashes_are_blank(suffix: str, tmp_path: Path) -> None:
    rows = [[mark, mark, "产出指标", "质量指标", f"指标{at}", "≥9%"] for at, mark in enumerate(["-", "—", "/", "无"])]
    found = read_as(suffix, tmp_path, [[*_HEAD, "指标值"], [*_SHOW, "≥5场"], *rows], _UNIT)
    assert _column(found, "name") == ["送戏"]
    assert len(found.targets.indicators) == 5


@_FILES
def test_a_dash_as_the_first_project_is_told(suffix: str, tmp_path: Path) -> None:
    rows = [["-", "30", "产出指标", "质量指标", "合格率", "≥9%"], [*_SHOW, "≥5场"]]
    found = read_as(suffix, tmp_path, [[*_HEAD, "指标值"], *rows], _UNIT)
    assert _column(found, "name") == ["送戏"]
    assert "E146" in _codes(found)
