"""A label that means nothing known, beside one that does: neither it nor its value is taken for the other's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells, Over

_FILES = pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".csv", ".html"])
_MONEY: Sequence[Cells] = [["年度资金总额", "50", Over("", 4)], ["其中：财政拨款", "50", Over("", 4)]]


def _read(suffix: str, folder: Path, *money: Cells, top: Sequence[Cells] = ()) -> Imported:
    labels = {row[0] for row in top}
    named: list[Cells] = [["项目名称", Over("送戏下乡", 5)], ["实施单位", Over("清源县文化馆", 5)]]
    shown = [row for row in named if row[0] not in labels and not (row[0] == "实施单位" and "项目单位" in labels)]
    below: list[Cells] = [
        ["年度绩效目标", Over("全年演出20场", 5)],
        ["绩效指标", "一级指标", "二级指标", "三级指标", Over("指标值", 2)],
        ["", "产出指标", "数量指标", "演出场次", Over("≥20场", 2)],
        ["", "效益指标", "社会效益指标", "知晓率", Over("≥90%", 2)],
    ]
    title: Cells = [Over("项目支出绩效目标表（2025年度）", 6)]
    rows = [title, *top, *shown, *(money or _MONEY), *below]
    return read_as(suffix, folder, rows)


def _money(found: Imported) -> list[object]:
    """The budget and its two parts; None where there is none."""
    values = [found.targets.projects.column(one)[0] for one in ("budget", "fiscal", "other")]
    return [None if value != value else value for value in values]  # noqa: PLR0124


def _unread(found: Imported) -> list[str]:
    """What the problems quote as not taken."""
    hits = (re.search("未采用：“(.+)”", one.message) for one in found.problems if one.code == "W105")
    return [hit[1] for hit in hits if hit]


@_FILES
@pytest.mark.parametrize(
    ("row", "money", "unread"),
    [
        (["年度资金总额", "50", "人员经费", "20", "公用经费", "30"], [50, None, None], "人员经费 20 公用经费 30"),
        (["年度资金总额", "50", "财政资金", "40", "债券资金", "10"], [50, 40, None], "债券资金 10"),
        (["年度资金总额", "50", "财政资金", "40", "自筹", "10"], [50, 40, 10], ""),
        (["年度资金总额", "50", Over("含上年结转5万元", 4)], [50, None, None], "含上年结转5万元"),
        (["资金来源", "财政资金", "45", "村集体投入", "5", ""], [None, 45, None], "村集体投入 5"),
        (["资金来源", "财政资金", "45", "其他资金", "5", ""], [50, 45, 5], ""),
    ],
)
def test_what_stands_behind_an_amount_is_no_part_of_it(
    suffix: str, row: Cells, money: list[object], unread: str, tmp_path: Path
) -> None:
    found = _read(suffix, tmp_path, row)
    assert _money(found) == money
    assert _unread(found) == unread.split()


@_FILES
def test_a_source_behind_the_label_of_all_sources_is_read(suffix: str, tmp_path: Path) -> None:
    found = _read(
        suffix,
        tmp_path,
        [Over("年度预算申请资金总额", 2), Over("50", 4)],
        [Over("资金来源：（1）一般公共预算拨款", 2), Over("30", 4)],
        [Over("（2）政府性基金", 2), Over("15", 4)],
        [Over("（3）单位自筹", 2), Over("5", 4)],
    )
    assert (_money(found), _unread(found)) == ([50, 45, 5], [])


@_FILES
@pytest.mark.parametrize(
    "row",
    [["年度资金总额", "500000", "元", "财政拨款", "500000", "元"], ["年度资金总额", "500000", "单位", "元", "", ""]],
)
def test_the_unit_of_an_amount_in_a_cell_of_its_own(suffix: str, row: Cells, tmp_path: Path) -> None:
    found = _read(suffix, tmp_path, row)
    assert found.targets.projects.column("budget") == [50]
    assert found.targets.projects.column("goal") == ["全年演出20场"]


@_FILES
@pytest.mark.parametrize(
    ("row", "field", "value", "unread"),
    [
        (["项目编码", "ZZ0001", "所属规划", "十四五", "", ""], "project", "ZZ0001", "所属规划 十四五"),
        (["项目编码", "130800", "25P00001", "", "", ""], "project", "13080025P00001", ""),
        (["项目名称", "送书", "项目简称", "书", "", ""], "name", "送书", "项目简称 书"),
        (["项目单位", "清源县文化馆", "法人", "李四", "", ""], "unit_name", "清源县文化馆", "法人 李四"),
        (["项目单位", "412001", "清源县文化馆", "", "", ""], "unit_name", "清源县文化馆", ""),
        (["主管部门", "文旅局", "主管处室", "艺术科", "", ""], "department", "文旅局", "主管处室 艺术科"),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(
    suffix: str, row: Cells, field: str, value: str, unread: str, tmp_path: Path
) -> None:
    found = _read(suffix, tmp_path, top=[row])
    assert found.targets.projects.column(field) == [value]
    assert _unread(found) == unread.split()


def test_a_goal_in_two_cells_is_said(tmp_path: Path) -> None:
    found = _read(".xlsx", tmp_path, *_MONEY, ["资金用途", "演出费", "支付方式", Over("直接支付", 3)])
    assert [one.original for one in found.readings if one.what == "资金用途"] == ["演出费 | 支付方式 | 直接支付"]
