"""Flat tables with several columns of one name, or units named twice: joined, chosen or asked, never run together."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.imported import LEFT_ASIDE, Imported
from tests.sources.any_file import read_as
from tests.sources.goal_tables import Cells

HEAD = ["项目编码", "项目名称", "预算数（万元）", "一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["ZZ01", "送戏", "50", "产出指标", "数量指标", "演出场次", "≥20场"]
UNIT = ("预算单位", "412001 清源县文化馆")


def flat(folder: Path, columns: list[tuple[str, str]], *above: str) -> Imported:
    rows: list[Cells] = [[*(title for title, _ in columns), *HEAD], [*(text for _, text in columns), *ROW]]
    return read_as(".xlsx", folder, rows, *above)


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems]


@pytest.mark.parametrize(
    ("titles", "table", "field"),
    [
        (("评分标准", "评分细则"), "indicators", "standard"),
        (("指标解释", "指标说明"), "indicators", "description"),
        (("指标值确定依据", "取值依据"), "indicators", "basis"),
        (("资金用途", "项目用途"), "projects", "purpose"),
        (("绩效目标", "总体目标"), "projects", "goal"),
    ],
)
def test_texts_are_joined_and_that_is_said(titles: tuple[str, str], table: str, field: str, tmp_path: Path) -> None:
    found = flat(tmp_path, [UNIT, (titles[0], "甲"), (titles[1], "乙")])
    assert (getattr(found.targets, table).column(field), codes(found)) == (["甲；乙"], [])
    assert [(one.original, "B列、C列" in one.reading) for one in found.readings] == [(titles[0], True)]
    same = flat(tmp_path, [UNIT, (titles[0], "甲"), (titles[1], "甲")])
    assert (getattr(same.targets, table).column(field), same.readings) == (["甲"], ())


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UNIT, ("单位名称", "清源县图书馆")),
        (("项目编码", "ZZ02"), UNIT),
        (("项目名称", "送书"), UNIT),
        (("三级指标", "观众"), UNIT),
        (("分值", "10"), ("权重分", "5")),
        (("主管部门", "甲局"), ("一级预算单位", "乙局")),
        (("年度", "2025"), ("预算年度", "2024")),
    ],
)
def test_of_what_can_be_one_only_the_columns_are_asked_about(
    first: tuple[str, str], second: tuple[str, str], tmp_path: Path
) -> None:
    found = flat(tmp_path, [first, second])
    assert codes(found)[0] == "E178"
    texts = found.targets.projects.frame.astype(str).to_numpy().ravel().tolist()
    texts += found.targets.indicators.frame.astype(str).to_numpy().ravel().tolist()
    assert not {"ZZ02ZZ01", "送书送戏", "观众演出场次", "甲局乙局", "清源县文化馆清源县图书馆", "105"} & {*texts}


def test_who_carries_a_project_out_stands_behind_who_fills_it_in(tmp_path: Path) -> None:
    both = flat(tmp_path, [("实施单位", "清源县剧团"), UNIT])
    assert (both.targets.projects.frame["unit_name"].tolist(), codes(both)) == (["清源县文化馆"], [])
    assert [one.original for one in both.readings if one.what == LEFT_ASIDE] == ["“实施单位”"]
    alone = flat(tmp_path, [("实施单位", "清源县剧团")])
    assert alone.targets.projects.frame["unit_name"].tolist() == ["清源县剧团"]
    same = flat(tmp_path, [("项目单位", UNIT[1]), UNIT])
    assert same.readings == ()


@pytest.mark.parametrize(
    ("above", "columns", "unit", "department", "said"),
    [
        (["主管部门：清源县文旅局"], [UNIT], "清源县文化馆", "清源县文旅局", []),
        (["主管部门：清源县文旅局　单位：万元"], [UNIT], "清源县文化馆", "清源县文旅局", []),
        (["填报单位：清源县文旅局"], [UNIT], "清源县文化馆", "", ["清源县文旅局"]),
        (["主管部门：甲局", "预算单位：乙馆"], [], "乙馆", "甲局", []),
        (["预算单位：乙馆", "主管部门：甲局"], [], "乙馆", "甲局", []),
        (["主管部门：甲局　预算单位：乙馆"], [], "乙馆", "甲局", []),
        (["主管部门：甲局　填报单位：乙馆　填报日期：2025-01-03"], [], "乙馆", "甲局", []),
        (["主管部门：甲局"], [], "甲局", "甲局", []),
        (["市级主管部门：甲局"], [UNIT, ("主管部门", "乙局")], "清源县文化馆", "乙局", []),
    ],
)
def test_a_department_above_a_table_is_kept_whatever_else_names_units(
    above: list[str], columns: list[tuple[str, str]], unit: str, department: str, said: list[str], tmp_path: Path
) -> None:
    found = flat(tmp_path, columns, *above)
    projects = found.targets.projects
    assert (projects.column("unit_name"), projects.column("department")) == ([unit], [department])
    assert [one.original for one in found.readings if one.what == "表上方的单位"] == said
    assert codes(found) == []


def test_a_column_of_the_year_that_means_nothing_known_is_told(tmp_path: Path) -> None:
    asked = flat(tmp_path, [UNIT, ("2025年1月预算数", "4")])
    assert (codes(asked), asked.targets.projects.frame["budget"].tolist()) == (["W139"], [50.0])
    other = flat(tmp_path, [UNIT, ("2024年绩效等级", "优")])
    assert (codes(other), [one.what for one in other.readings]) == ([], [LEFT_ASIDE])


def test_a_department_on_the_first_row_alone_is_that_of_the_rows_below(tmp_path: Path) -> None:
    head = ["主管部门", UNIT[0], *HEAD]
    rows: list[Cells] = [
        head,
        ["清源县教育局", "412001 一小", *ROW],
        ["", "412002 二小", "ZZ02", "校车", *ROW[2:]],
        ["清源县卫生局", "413001 医院", "ZZ03", "药品", *ROW[2:]],
        ["", "", "ZZ04", "设备", *ROW[2:]],
    ]
    found = read_as(".csv", tmp_path, rows)
    assert found.targets.projects.column("department") == ["清源县教育局"] * 2 + ["清源县卫生局"] * 2
    assert [one.project for one in found.readings if one.what == "主管部门"] == ["ZZ02", "ZZ04"]


def test_a_line_between_rows_may_name_another_department(tmp_path: Path) -> None:
    rows: list[Cells] = [
        [UNIT[0], *HEAD],
        [UNIT[1], *ROW],
        ["主管部门：清源县教育局", *[""] * len(HEAD)],
        ["412002 二小", "ZZ02", "校车", *ROW[2:]],
    ]
    found = read_as(".xlsx", tmp_path, rows, "主管部门：清源县文旅局")
    assert found.targets.projects.column("department") == ["清源县文旅局", "清源县教育局"]
    assert codes(found) == []


def test_a_column_may_say_the_unit_of_each_amount(tmp_path: Path) -> None:
    rows: list[Cells] = [
        [UNIT[0], *[title.replace("（万元）", "") for title in HEAD], "金额单位"],
        [UNIT[1], *ROW, "万元"],
        ["", "ZZ02", "校车", "300000", *ROW[3:], "元"],
    ]
    found = read_as(".xlsx", tmp_path, rows)
    assert found.targets.projects.column("budget") == [50.0, 30.0]
    assert codes(found) == []


def test_what_stands_in_notes_of_rows_is_told(tmp_path: Path) -> None:
    found = flat(tmp_path, [("序号", "1"), UNIT, ("备注", "以批复为准")])
    assert [one.original for one in found.readings if one.what == LEFT_ASIDE] == ["“备注”"]


def test_a_blank_second_level_of_satisfaction_is_said(tmp_path: Path) -> None:
    rows: list[Cells] = [[UNIT[0], *HEAD], [UNIT[1], *ROW[:3], "满意度指标", "", "观众满意度", "≥90%"]]
    found = read_as(".csv", tmp_path, rows)
    assert found.targets.indicators.column("level2") == ["满意度指标"]
    assert [one.reading for one in found.readings] == ["二级指标空白，按“满意度指标”识别"]
