"""The upper part of a table in layouts other than the published form: who, how much, what for."""

from __future__ import annotations

from math import isnan
from typing import Any

import pytest

from selfeval.sources.blocks import Block
from selfeval.sources.imported import Imported, printed_years
from tests.sources.goal_tables import Cells, Over, grid, lines, read

NAME: list[Cells] = [["项目名称", "2025年文化下乡20万元"], ["实施单位", "412001 清源县文化馆"]]
MONEY: list[Cells] = [["年度资金总额（万元）", "50"]]
GOAL: list[Cells] = [["总体目标", "目标1：办好。\n目标2：办多。"]]
ROWS: list[Cells] = [
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "演出场次", "≥20场"],
    ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"],
]


def table(
    *, above: tuple[str, ...] = (), name: list[Cells] = NAME, money: list[Cells] = MONEY, goal: list[Cells] = GOAL
) -> Imported:
    blocks: list[Block] = [*lines(*above), grid([*name, *money, *goal, *ROWS])]
    return read(*blocks)


def project(imported: Imported) -> dict[str, Any]:
    (found,) = imported.targets.projects.frame.to_dict("records")
    return {str(name): value for name, value in found.items()}


def codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


def said(imported: Imported, what: str) -> list[str]:
    return [f"{one.original}｜{one.reading}" for one in imported.readings if one.what == what]


def test_a_plain_table_has_no_problems() -> None:
    found = table()
    assert codes(found) == []
    assert project(found)["name"] == "2025年文化下乡20万元"
    assert project(found)["budget"] == 50.0, "never a number from a name"
    assert project(found)["goal"] == "目标1：办好。目标2：办多。"
    assert found.targets.indicators.frame["target"].tolist() == ["≥20场", "≥90%"]


UNITS: list[tuple[tuple[str, ...], list[Cells], tuple[str, str]]] = [
    ((), [["主管部门及代码", "412-清源县文旅局"]], ("412", "清源县文旅局")),
    ((), [["主管部门及代码", "[124]司法部"]], ("124", "司法部")),
    ((), [["主管部门及代码", "324001 承德市司法局本级"]], ("324001", "承德市司法局本级")),
    ((), [["主管部门", "清源县文旅局（412）"], ["实施单位", "/"]], ("412", "清源县文旅局")),
    ((), [["主管部门及代码", "412-清源县文旅局", "实施单位", "清源县文旅局"]], ("412", "清源县文旅局")),
    ((), [["主管部门", "412-清源县文旅局", "实施单位", "412001-清源县文化馆"]], ("412001", "清源县文化馆")),
    ((), [["预算单位编码", "412001", "预算单位", "清源县文化馆"]], ("412001", "清源县文化馆")),
    ((), [["实施单位", "412001-清源县文化馆（公章）"]], ("412001", "清源县文化馆")),
    (("填报单位：412001清源县文化馆",), [], ("412001", "清源县文化馆")),
    (("412001 清源县文化馆 单位：万元",), [], ("412001", "清源县文化馆")),
    (
        ("填报单位（盖章）：412001清源县文化馆  填报日期：2025年1月3日  金额单位：人民币万元",),
        [],
        ("412001", "清源县文化馆"),
    ),
    (("附件2", "项目支出绩效目标表", "（2025年度）", "部门：412-清源县文旅局"), [], ("412", "清源县文旅局")),
    (("2025年清源县社会保险局部门预算项目绩效目标表",), [["单位编码", "415"]], ("415", "清源县社会保险局")),
    (("清源县文旅局2025年项目支出绩效目标表",), [["单位编码", "412"]], ("412", "清源县文旅局")),
]


@pytest.mark.parametrize(("above", "cells", "unit"), UNITS)
def test_the_unit_is_found_wherever_it_stands(
    above: tuple[str, ...], cells: list[Cells], unit: tuple[str, str]
) -> None:
    found = table(above=above, name=[NAME[0], *cells])
    assert (project(found)["unit_code"], project(found)["unit_name"]) == unit
    assert codes(found) == []


@pytest.mark.parametrize(
    ("above", "cells", "department"),
    [
        ((), [["主管部门及代码", "412-清源县文旅局", "实施单位", "清源县文化馆"]], "清源县文旅局"),
        ((), [["主管部门", "清源县文旅局（412）"], ["实施单位", "/"]], "清源县文旅局"),
        (("主管部门：412清源县文旅局",), [["实施单位", "412001-清源县文化馆"]], "清源县文旅局"),
        ((), [["主管部门", "/", "实施单位", "412001-清源县文化馆"]], ""),
        (("填报单位：412001清源县文化馆",), [], ""),
    ],
)
def test_the_department_above_the_unit_is_kept(above: tuple[str, ...], cells: list[Cells], department: str) -> None:
    found = table(above=above, name=[NAME[0], *cells])
    assert project(found)["department"] == department
    assert codes(found) == []


@pytest.mark.parametrize(
    ("above", "cells"),
    [
        (("填报单位：清源县文化馆",), []),
        (("清源县文化馆", "项目支出绩效目标表"), []),
        (("清源县文化馆项目支出绩效目标表",), []),
        ((), [["主管部门", "清源县文旅局", "实施单位", "清源县文化馆"]]),
    ],
)
def test_a_unit_without_code_gets_one_and_it_is_said(above: tuple[str, ...], cells: list[Cells]) -> None:
    found = table(above=above, name=[NAME[0], *cells])
    assert project(found)["unit_name"] == "清源县文化馆"
    assert project(found)["unit_code"].startswith("自编")
    assert said(found, "单位编码")
    assert codes(found) == []


def test_no_unit_at_all_is_told_and_the_project_still_has_a_code() -> None:
    found = table(name=[NAME[0]])
    assert codes(found) == ["W106"]
    assert project(found)["project"].startswith("自编")


@pytest.mark.parametrize(
    ("cells", "code", "name"),
    [
        ([["项目编码", "41200125T000001", "项目名称", "送戏"]], "41200125T000001", "送戏"),
        ([["项目名称：送戏", "项目编码：41200125T000001"]], "41200125T000001", "送戏"),
        ([["项目名称", "13080025P00010310005F-12348热线"]], "13080025P00010310005F", "12348热线"),
    ],
)
def test_the_code_of_a_project_is_read_where_it_is_printed(cells: list[Cells], code: str, name: str) -> None:
    found = project(table(name=[*cells, NAME[1]]))
    assert (found["project"], found["name"]) == (code, name)


def test_the_name_may_be_that_of_the_title() -> None:
    found = table(above=("3.送戏下乡绩效目标表",), name=[NAME[1]])
    assert project(found)["name"] == "送戏下乡"
    assert project(found)["seq"] == 3
    assert said(found, "项目名称") == ["3.送戏下乡绩效目标表｜表内没有项目名称，按标题识别"]


def test_without_name_and_code_a_table_is_left_out_and_told() -> None:
    found = table(above=("项目支出绩效目标表",), name=[NAME[1]])
    assert codes(found) == ["E108"]
    assert found.targets.projects.frame.empty


def lines_of_money(*rows: Cells, head: str = "项目资金（万元）") -> list[Cells]:
    first, *rest = rows
    return [[Over(head, rows=len(rows)), *first], *rest]


AMOUNTS: list[tuple[list[Cells], tuple[float | None, float | None, float | None]]] = [
    (lines_of_money(["年度资金总额：", "50"], ["其中：财政拨款", "40"], ["其他资金", "10"]), (50.0, 40.0, 10.0)),
    (lines_of_money(["年度资金总额", "500000"], ["财政拨款", "—"], head="资金金额（元）"), (50.0, None, None)),
    ([["年度资金总额：50万元", "其中：财政拨款：40万元", "其他资金 10万元"]], (50.0, 40.0, 10.0)),
    ([["年度资金总额", "0.5亿元"]], (5000.0, None, None)),
    ([["预算规模", "预算数", "1,200.50", "其中：财政资金", "1，200.50", "其他资金", "—"]], (1200.5, 1200.5, None)),
    (
        lines_of_money(
            ["年度资金总额", "50"], ["财政资金", "45"], ["本级安排", "40"], ["其中：上级补助", "5"], ["其他", "5"]
        ),
        (50.0, 45.0, 5.0),
    ),
    (lines_of_money(["资金总额", "50"], ["本级安排", "40"], ["上级补助", "5"], ["单位资金", "5"]), (50.0, 45.0, 5.0)),
    (lines_of_money(["资金总额", "9"], ["一般公共预算", "8"], ["政府性基金预算", "1"]), (9.0, 9.0, None)),
    (
        lines_of_money(["年度资金总额", "60"], ["当年财政拨款", "50"], ["上年结转资金", "10"], ["其他资金", "0"]),
        (60.0, 50.0, 0.0),
    ),
    ([["资金总额", "财政拨款", "其他资金"], ["60", "50", "10"]], (60.0, 50.0, 10.0)),
    (
        lines_of_money(
            ["", "年初预算数", "全年预算数", "全年执行数", "分值"],
            ["年度资金总额", "50", "60", "55", "10"],
            ["其中：财政拨款", "50", "60", "55", "—"],
        ),
        (50.0, 50.0, None),
    ),
    (
        lines_of_money(
            ["实施期资金总额：", "300", "年度资金总额：", "100"],
            ["其中：财政拨款", "200", "其中：财政拨款", "90"],
            ["其他资金", "100", "其他资金", "10"],
        ),
        (100.0, 90.0, 10.0),
    ),
    (
        lines_of_money(
            ["实施期资金总额：", "300"],
            ["其中：财政拨款", "200"],
            ["其他资金", "100"],
            ["年度资金总额：", "100"],
            ["其中：财政拨款", "90"],
            ["其他资金", "10"],
        ),
        (100.0, 90.0, 10.0),
    ),
    ([["财政拨款（万元）", "40"], ["其他资金（万元）", "10"]], (50.0, 40.0, 10.0)),
    ([["项目资金（万元）", "50"]], (50.0, None, None)),
    (
        lines_of_money(
            ["年度资金总额：", "50", Over("执行率\n分值\n（10）", rows=3)], ["其中：财政拨款", "50"], ["上年结转", "-"]
        ),
        (50.0, 50.0, None),
    ),
]


@pytest.mark.parametrize(("cells", "amounts"), AMOUNTS)
def test_the_money_of_a_year_is_read(cells: list[Cells], amounts: tuple[float | None, ...]) -> None:
    found = project(table(money=cells))
    read = tuple(None if isnan(found[name]) else found[name] for name in ("budget", "fiscal", "other"))
    assert read == amounts


def test_a_unit_of_money_above_the_table_counts_and_a_conversion_is_said() -> None:
    for above in (("单位：元",), ("填报单位：清源县文化馆 单位：元",)):
        found = table(above=above, money=[["年度资金总额", "225,900.10"]])
        assert project(found)["budget"] == 22.59001
        assert said(found, "年度资金总额") == ["225,900.10｜单位是元，换算为22.59001万元"]


def test_two_units_of_money_are_told() -> None:
    found = table(above=("单位：元",))
    assert (codes(found), project(found)["budget"]) == (["W176"], 50.0)


def test_without_a_unit_of_money_it_is_wan_and_said_and_a_large_amount_is_doubted() -> None:
    found = table(money=[["年度资金总额", "50"]])
    assert said(found, "金额单位") == ["｜表上没有写金额单位，按万元识别"]
    assert codes(found) == []
    assert codes(table(money=[["年度资金总额", "387664.62"]])) == ["W170"]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([["年度资金总额（万元）", "约五十"]], "E109"),
        ([["年度资金总额（万元）", ""]], "W107"),
        (lines_of_money(["年度资金总额", "0"], ["财政拨款", "90"]), "W103"),
    ],
)
def test_money_that_cannot_be_read_or_does_not_add_up_is_told(cells: list[Cells], code: str) -> None:
    found = table(money=cells)
    assert codes(found) == [code]
    assert len(found.targets.indicators) == 2


def test_a_total_that_cannot_be_read_is_blank_and_not_the_sum_of_its_sources() -> None:
    found = table(money=lines_of_money(["年度资金总额", "六十"], ["财政拨款", "50"]))
    assert codes(found) == ["E109"]
    assert said(found, "预算数") == []
    assert isnan(found.targets.projects.frame["budget"].item())


def test_what_is_carried_over_is_in_the_budget_alone_and_said() -> None:
    found = table(money=lines_of_money(["年度资金总额", "60"], ["财政拨款", "50"], ["上年结转资金", "10"]))
    assert codes(found) == []
    assert said(found, "上年结转资金") == ["10万元｜已计入预算数，不计入财政资金和其他资金"]
    found = table(money=lines_of_money(["年度资金总额", "50"], ["财政拨款", "50"], ["上年结转资金", "10"]))
    assert codes(found) == ["W103"]
    assert said(found, "上年结转资金") == ["10万元｜预算数里有没有这一项不能确定，不计入财政资金和其他资金"]


GOALS: list[list[Cells]] = [
    [["年度总体目标", "今年的"]],
    [["年度绩效目标：今年的"]],
    [[Over("总体目标", rows=2), "实施期目标（2024年—2026年）", "年度目标（2025年度）"], ["三年的", "今年的"]],
    [["总体目标", "实施期目标", "年度目标"], ["", "三年的", "今年的"]],
    [["中期目标（2024年-2026年）", "年度目标"], ["三年的", "今年的"]],
    [["中期目标", "三年的"], ["年度目标", "今年的"]],
    [[Over("年度总体目标", rows=2), "预期目标", "实际完成情况"], ["今年的", "已经完成"]],
    [[Over("绩效目标", rows=2), "今年"], ["的"]],
]


@pytest.mark.parametrize("cells", GOALS)
def test_the_goal_of_the_year_is_read(cells: list[Cells]) -> None:
    found = table(goal=cells)
    assert project(found)["goal"] == "今年的"
    assert codes(found) == []
    if len(cells) > 1 and cells[-1][-1] != "的":
        assert said(found, "绩效目标"), "a goal that is not the year's is said"


def test_a_table_without_a_goal_is_told() -> None:
    assert codes(table(goal=[])) == ["W107"]


def test_what_targets_have_no_place_for_is_said_and_what_is_unknown_is_a_problem() -> None:
    name = [*NAME, ["项目属性", "延续项目", "项目期", "3年"], ["审批文号", "某字12号"]]
    found = table(name=name)
    assert said(found, "没有导入的栏目") == ["项目属性：延续项目；项目期：3年｜绩效目标表工作簿没有这些栏目，没有导入"]
    assert [str(one.spot) for one in found.readings if one.what == "没有导入的栏目"] == ["第3行"]
    assert [(one.code, one.place.cell) for one in found.problems] == [("W105", "第4行"), ("W105", "第4行")]


def test_words_that_only_join_what_stands_around_them_are_no_text() -> None:
    money: list[Cells] = [["年度资金总额（万元）", "50"], ["其中："], ["财政拨款", "50"]]
    found = read(grid([*NAME, *money, *GOAL, *ROWS]), *lines("（续表）"))
    assert (codes(found), project(found)["fiscal"]) == ([], 50.0)


def test_a_head_with_more_cells_than_any_is_cut_off_and_told() -> None:
    found = table(name=[*NAME, *[["甲", "乙", "丙", "丁"]] * 200])
    assert "E115" in codes(found)


def test_the_use_of_money_is_read_by_its_label_or_under_the_money() -> None:
    labelled = table(money=[*MONEY, ["资金用途", "场租"]])
    below = table(money=[[Over("预算规模及资金用途", rows=2), "预算数（万元）", "50"], [Over("场租", 2)]])
    assert [project(one)["purpose"] for one in (labelled, below)] == ["场租", "场租"]


def test_a_year_in_the_title_that_differs_is_a_problem() -> None:
    for above in (
        ("项目支出绩效目标表（2024年度）",),
        ("项目支出绩效目标表", "（2024年度）"),
        ("2024年度项目支出绩效目标表",),
        ("项目支出绩效目标表", "预算年度：2024"),
        ("（2024年度）",),
    ):
        found = table(above=above)
        assert (printed_years(found.title), codes(found)) in [(frozenset({2024}), []), (frozenset(), ["E172"])]
    for above in (("项目支出绩效目标表（2025年度）",), ("2024年中央补助资金绩效目标表",)):
        assert codes(table(above=above)) == []
    assert table(above=("2024年中央补助资金绩效目标表",)).title == "", "its year is that of the money"
