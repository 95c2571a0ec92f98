"""The indicator rows of any layout: heads in one row or two, in any order; rows of the template, of totals, below."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Any

import pytest

from selfeval.packages.columns import letters
from selfeval.sources.blocks import Block, Grid, GridRow, Spot
from selfeval.sources.imported import Imported
from tests.sources.goal_tables import Cells, Over, grid, lines, read

UPPER: list[Cells] = [
    ["项目名称", "文化下乡"],
    ["实施单位", "412001 清源县文化馆"],
    ["年度资金总额（万元）", "50"],
    ["绩效目标", "办好。"],
]
HEADS: Cells = ["一级指标", "二级指标", "三级指标", "指标值"]
SHOWN: Cells = ["产出指标", "数量指标", "演出场次", "≥20场"]
LIKED: Cells = ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"]


def table(*rows: Cells, below: tuple[Block, ...] = ()) -> Imported:
    return read(grid([*UPPER, *rows]), *below)


def records(imported: Imported, *fields: str) -> list[list[Any]]:
    return imported.targets.indicators.frame[list(fields)].to_numpy().tolist()


def codes(imported: Imported) -> list[str]:
    return [one.code for one in imported.problems]


def said(imported: Imported, what: str) -> list[str]:
    return [one.original for one in imported.readings if one.what == what]


PLAIN = [["产出指标", "数量指标", "演出场次", "≥20场"], ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"]]


@pytest.mark.parametrize(
    "heads",
    [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["一级指标名称", "二级指标名称", "三级指标名称", "年度指标值"],
        ["A.一级指标", "B.二级指标", "C.三级指标", "D.目标值"],
        ["一级\n指标", "二级\n指标", "三级\n指标", "指标值（包含数字及文字描述）"],
        ["一级指标", "二级指标", "指标名称", "年初目标值(A)"],
        ["一级指标", "二级指标", "指标内容", "预期指标值"],
        ["一级指标：", "二级指标：", "三级指标：", "年度指标值（A）"],
    ],
)
def test_the_heads_may_be_spelt_in_many_ways(heads: list[str]) -> None:
    found = table(heads, SHOWN, LIKED)
    assert records(found, "level1", "level2", "level3", "target") == PLAIN
    assert codes(found) == []


@pytest.mark.parametrize("label", ["绩效指标", "绩\n效\n指\n标", "年度绩效指标"])
def test_what_stands_merged_left_of_the_rows_is_no_indicator(label: str) -> None:
    merged = table([Over(label, rows=3), *HEADS], SHOWN, LIKED)
    again = table([label, *HEADS], ["", *SHOWN], [label, *LIKED])
    for found in (merged, again):
        assert records(found, "level1", "level2", "level3", "target") == PLAIN
        assert codes(found) == []


SIGNED: list[tuple[list[Cells], list[str]]] = [
    ([["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]], ["≥20场", "有所提升"]),
    ([["一级指标", "二级指标", "三级指标", "指标方向", "目标值", "计量单位"]], ["≥20场", "有所提升"]),
    (
        [
            [*(Over(head, rows=2) for head in ("一级指标", "二级指标", "三级指标")), Over("年度指标值", 3)],
            ["指标性质", "指标值", "单位"],
        ],
        ["≥20场", "有所提升"],
    ),
    ([[*HEADS[:3], "年度指标值", "", ""], ["", "", "", "指标性质", "指标值", "度量单位"]], ["≥20场", "有所提升"]),
    (
        [
            [*(Over(head, rows=2) for head in ("一级指标", "二级指标", "三级指标")), Over("目标值", 3)],
            ["符号", "数值", "计量单位"],
        ],
        ["≥20场", "有所提升"],
    ),
]


@pytest.mark.parametrize(("heads", "targets"), SIGNED)
def test_a_target_in_several_cells_is_joined(heads: list[Cells], targets: list[str]) -> None:
    rows: list[Cells] = [
        ["产出指标", "数量指标", "演出场次", "≥", "20", "场"],
        ["效益指标", "社会效益指标", "文化氛围", "定性", "有所提升", ""],
    ]
    found = table(*heads, *rows)
    assert records(found, "target") == [[text] for text in targets]
    assert codes(found) == []


def test_the_cells_may_stand_in_any_order_with_a_column_for_value_and_unit_alone() -> None:
    heads: Cells = ["一级指标", "二级指标", "度量单位", "三级指标", "指标值", "指标性质"]
    assert records(table(heads, ["产出指标", "数量指标", "场", "演出", "20", "="]), "target") == [["=20场"]]
    heads = ["一级指标", "二级指标", "三级指标", "指标值", "单位"]
    assert records(table(heads, ["产出指标", "数量指标", "演出", "≥20", "场"]), "target") == [["≥20场"]]


def test_cells_that_contradict_each_other_are_told_at_their_indicator() -> None:
    heads: Cells = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    found = table(heads, ["产出指标", "质量指标", "合格率", "≤", "≥95", "%"], ["", "", "覆盖率", "≥", "90", "%"])
    assert [(one.code, one.place.indicator[-2:]) for one in found.problems] == [("E170", "01")]
    assert records(found, "target") == [["≤≥95%"], ["≥90%"]]


def test_words_with_a_number_may_be_qualitative_by_the_table() -> None:
    heads: Cells = ["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位"]
    found = table(heads, ["效益指标", "社会效益指标", "影响", "定性", "形成1小时文化圈", ""])
    assert records(found, "target", "kind") == [["形成1小时文化圈", "定性"]]


def test_of_the_values_of_several_years_the_years_own_counts() -> None:
    found = table([*HEADS[:3], "实施期指标值", "年度指标值"], [*SHOWN[:3], "≥60场", "≥20场"])
    assert records(found, "target") == [["≥20场"]]
    assert said(found, "没有导入的栏目") == ["实施期指标值"]
    two: list[Cells] = [
        [
            *(Over(head, rows=2) for head in ("一级指标", "二级指标", "三级指标")),
            Over("实施期指标值", 2),
            Over("年度指标值", 2),
        ],
        ["指标值", "单位", "指标值", "单位"],
    ]
    found = table(*two, [*SHOWN[:3], "60", "场", "20", "场"])
    assert records(found, "target") == [["20场"]]
    assert codes(found) == []


def test_points_and_standard_are_kept_and_totals_passed_over() -> None:
    heads: Cells = [*HEADS, "分值", "评（扣）分标准", "指标解释"]
    rows: list[Cells] = [
        ["产出指标（50分）", "数量指标", "演出场次", "≥20场", "30分", "每少一场扣1分", "全年演出"],
        ["", "质量指标", "合格率", "≥95%", "20", "", ""],
        ["小计", "", "", "", "50", "", ""],
        ["满意度指标", "满意度指标", "群众满意度", "≥90%", "10%", "", ""],
        [Over("总分", 4), "100", "", ""],
    ]
    found = table(heads, *rows)
    assert records(found, "level1", "level2", "points", "standard", "description") == [
        ["产出指标（50分）", "数量指标", 30.0, "每少一场扣1分", "全年演出"],
        ["产出指标（50分）", "质量指标", 20.0, "", ""],
        ["满意度指标", "满意度指标", 10.0, "", ""],
    ]
    assert codes(found) == ["I140"]
    assert any("10%按10分识别" in one.reading for one in found.readings)


def test_points_that_are_none_are_told_and_blank() -> None:
    found = table([*HEADS, "权重"], [*SHOWN, "十"], [*LIKED, "—"])
    assert codes(found) == ["E171"]
    assert all(isnan(points) for (points,) in records(found, "points"))


def test_the_scored_half_is_not_imported_and_that_is_said() -> None:
    heads: Cells = [*HEADS, "实际完成值（B）", "得分", "偏差原因分析及改进措施", "备注"]
    found = table(heads, [*SHOWN, "18场", "9", "下雨", "无"])
    assert records(found, "level1", "level2", "level3", "target") == PLAIN[:1]
    assert said(found, "没有导入的栏目") == ["实际完成值（B）、得分、偏差原因分析及改进措施、备注"]
    assert codes(found) == []


def test_a_column_that_nobody_knows_is_told_when_there_is_anything_in_it() -> None:
    assert codes(table([*HEADS, "批注栏"], [*SHOWN, ""])) == []
    found = table([*HEADS, "批注栏"], [*SHOWN, "要核对"], [*LIKED, ""])
    assert codes(found) == ["W171"]
    assert "要核对" in found.problems[0].message
    assert records(found, "level1", "level2", "level3", "target") == PLAIN


def test_the_names_of_the_template_are_removed_and_its_blank_rows_passed_over() -> None:
    rows: list[Cells] = [
        ["产出指标", "数量指标", "指标1：演出场次", "≥20场"],
        ["", "", "指标2：", ""],
        ["", "", "……", ""],
        ["", "质量指标", "指标1：/", "/"],
        ["", "时效指标", "指标1：完成时间", "12月底前"],
        ["效益指标", "生态效益指标", "", ""],
        ["满意度指标", "服务对象满意度指标", "指标1：群众满意度", "≥90%"],
    ]
    found = table(HEADS, *rows)
    assert records(found, "level1", "level2", "level3") == [
        ["产出指标", "数量指标", "演出场次"],
        ["产出指标", "时效指标", "完成时间"],
        ["满意度指标", "服务对象满意度指标", "群众满意度"],
    ]
    assert [one[-2:] for (one,) in records(found, "indicator")] == ["01", "02", "03"]
    assert codes(found) == []


def test_letters_that_number_the_levels_are_removed() -> None:
    found = table(
        HEADS,
        ["A产出指标", "A1数量指标", "A11演出场次", "≥20场"],
        ["B满意度指标", "B1满意度指标", "A级景区游客满意度", "≥90%"],
    )
    assert records(found, "level1", "level2", "level3") == [
        ["产出指标", "数量指标", "演出场次"],
        ["满意度指标", "满意度指标", "A级景区游客满意度"],
    ]


def test_levels_that_are_repeated_blank_or_merged_read_the_same() -> None:
    merged: list[Cells] = [
        [Over("产出指标", rows=3), Over("数量指标", rows=2), "甲", "1场"],
        ["乙", "2场"],
        ["质量指标", "丙", "3场"],
    ]
    repeated: list[Cells] = [
        ["产出指标", "数量指标", "甲", "1场"],
        ["产出指标", "数量指标", "乙", "2场"],
        ["产出指标", "质量指标", "丙", "3场"],
    ]
    blank: list[Cells] = [["产出指标", "数量指标", "甲", "1场"], ["", "", "乙", "2场"], ["", "质量指标", "丙", "3场"]]
    half: list[Cells] = [
        ["产出指标", "数量指标", "甲", "1场"],
        ["产出指标", "", "乙", "2场"],
        ["产出指标", "质量指标", "丙", "3场"],
    ]
    expected = records(table(HEADS, *repeated), "level1", "level2", "level3", "target")
    for rows in (merged, blank, half):
        assert records(table(HEADS, *rows), "level1", "level2", "level3", "target") == expected


def test_the_rate_of_execution_is_no_indicator() -> None:
    found = table(HEADS, ["预算执行率（10分）", "预算执行率", "预算执行率", "100%"], SHOWN)
    assert records(found, "level3") == [["演出场次"]]
    assert said(found, "预算执行率")
    assert codes(found) == []


@pytest.mark.parametrize(
    "text", ["填表人：张三", "联系电话：0314-1", "注：本表一式两份", "其他需要说明的问题：无", "单位负责人（签字）："]
)
def test_what_stands_below_the_rows_is_passed_over(text: str) -> None:
    for found in (
        table(HEADS, SHOWN, [Over(text, 4)]),
        table(HEADS, SHOWN, [text]),
        table(HEADS, SHOWN, below=tuple(lines(text))),
    ):
        assert records(found, "level3") == [["演出场次"]]
        assert codes(found) == []


def test_any_other_text_below_is_told_with_its_place() -> None:
    for row in ([Over("以上指标已经批准", 4)], ["以上指标已经批准"]):
        found = table(HEADS, SHOWN, row)
        assert [(one.code, one.place.cell) for one in found.problems] == [("W105", "第7行")]
        assert records(found, "level3") == [["演出场次"]]


def test_a_wrong_row_stops_no_other() -> None:
    found = table(HEADS, ["产出指标", "数量指标", "演出场次", ""], LIKED)
    assert codes(found) == ["E107"]
    assert records(found, "level3", "target") == [["演出场次", ""], ["群众满意度", "≥90%"]]


def test_heads_that_lack_a_column_are_told_and_the_project_stays() -> None:
    found = table(["一级指标", "二级指标", "三级指标"], SHOWN[:3])
    assert codes(found) == ["E106"]
    assert "指标值" in found.problems[0].message
    assert len(found.targets.projects) == 1


def test_one_cell_over_both_levels_is_both() -> None:
    found = table(HEADS, SHOWN, [Over("满意度指标", 2), "群众满意度", "≥90%"])
    assert records(found, "level1", "level2") == [["产出指标", "数量指标"], ["满意度指标", "满意度指标"]]
    assert codes(found) == []


def test_where_a_longer_period_stands_on_the_left_the_years_half_counts() -> None:
    heads: Cells = ["一级指标", *["二级指标", "三级指标", "指标值"] * 2]
    rows: list[Cells] = [
        [Over("产出指标", rows=2), "数量指标", "三年演出", "≥60场", "数量指标", "演出场次", "≥20场"],
        ["质量指标", "三年合格率", "≥98%", "质量指标", "合格率", "≥95%"],
    ]
    found = table([Over("实施期目标", 3), Over("三年六十场", 4)], heads, *rows)
    assert records(found, "level1", "level2", "level3", "target") == [
        ["产出指标", "数量指标", "演出场次", "≥20场"],
        ["产出指标", "质量指标", "合格率", "≥95%"],
    ]
    assert codes(found) == []
    assert said(found, "没有导入的栏目") == ["二级指标、三级指标、指标值"]
    both = table(heads, *rows)  # nothing says that one half is of a longer period: they may be output and effect
    assert (records(both, "level3"), codes(both)) == ([], ["E178"])


def test_what_an_indicator_is_stands_for_the_sign_only_where_there_is_none() -> None:
    heads: Cells = ["一级指标", "二级指标", "三级指标", "指标属性", "指标性质", "指标值", "度量单位"]
    found = table(
        heads,
        ["产出指标", "数量指标", "演出", "定量指标", "≥", "20", "场"],
        ["", "", "影响", "定性指标", "定性", "扩大", ""],
    )
    assert records(found, "target") == [["≥20场"], ["扩大"]]
    found = table([*HEADS[:3], "指标类型", "指标值"], ["产出指标", "数量指标", "演出", "定量指标", "20场"])
    assert records(found, "target") == [["20场"]]
    assert codes(found) == []


def test_the_heads_again_without_what_stands_left_of_them_are_no_indicator() -> None:
    found = table(["绩效指标", *HEADS], ["", *SHOWN], ["", *HEADS], ["", *LIKED])
    assert records(found, "level1", "level2", "level3", "target") == PLAIN
    assert codes(found) == []


def test_indicators_of_a_longer_period_above_the_years_are_left_out_and_said() -> None:
    found = table(
        [Over("中期指标", rows=2), *HEADS],
        ["产出指标", "数量指标", "三年演出", "≥60场"],
        [Over("年度指标", rows=3), *HEADS],
        SHOWN,
        LIKED,
    )
    assert records(found, "level1", "level2", "level3", "target") == PLAIN
    assert said(found, "指标") == ["产出指标 | 数量指标 | 三年演出 | ≥60场"]


@pytest.mark.parametrize("left", ["中期指标值", "实施期指标值", "指标值"])
def test_indicators_of_a_longer_period_left_of_the_years_are_left_out_and_said(left: str) -> None:
    found = table(
        ["一级指标", "二级指标", "三级指标", left, "二级指标", "三级指标", "年度指标值"],
        ["产出指标", "质量指标", "三年演出", "≥60场", *SHOWN[1:]],
        ["满意度指标", *LIKED[1:], *LIKED[1:]],
    )
    assert records(found, "level1", "level2", "level3", "target") == PLAIN
    assert codes(found) == []
    (one,) = (reading for reading in found.readings if reading.what == "没有导入的栏目")
    assert one.original == f"二级指标、三级指标、{left}"


def addressed(made: Grid) -> Grid:
    """A grid as of a sheet, each cell with its address."""
    rows = (
        [replace(cell, spot=Spot(at, sheet="目标", cell=f"{letters(cell.column)}{at}")) for cell in row.cells]
        for at, row in enumerate(made.rows, start=1)
    )
    return replace(made, rows=tuple(GridRow(tuple(cells)) for cells in rows))


def test_what_is_not_imported_is_said_where_it_stands() -> None:
    heads: Cells = ["一级指标", "二级指标", "三级指标", "中期指标值", "指标值"]
    rows = [*UPPER, heads, [*SHOWN[:3], "≥60场", "≥20场"]]
    found = read(addressed(grid(rows)))
    assert [one.spot.cell for one in found.readings if one.what == "没有导入的栏目"] == ["D5"]


def test_a_unit_without_a_value_is_a_blank_value_told_at_its_cell() -> None:
    heads: Cells = [*HEADS[:3], "指标性质", "指标值", "度量单位"]
    found = read(addressed(grid([*UPPER, heads, [*SHOWN[:3], "≥", "", "场"], [*LIKED[:3], "≥", "90", "%"]])))
    assert records(found, "target") == [[""], ["≥90%"]]
    assert [(one.code, one.place.cell) for one in found.problems] == [("E107", "E6")]
    wide = table(
        [*HEADS[:3], Over("指标值", 3), "备注"], [*SHOWN[:3], "≥", "", "场", "无"], [*LIKED[:3], "≥", "90", "%"]
    )
    assert records(wide, "target") == [[""], ["≥90%"]]


def test_points_in_two_columns_are_never_one_number() -> None:
    found = table([*HEADS, Over("分值", 2)], [*SHOWN, "5", "5"], [*SHOWN[:2], "场地", "≥2个", "5", "6"])
    assert codes(found) == ["E171"]


def test_a_column_that_is_not_found_is_told_at_the_head_that_nobody_knows() -> None:
    found = read(addressed(grid([*UPPER, ["一级指标", "二级指标", "三级指标", "批注栏", "备注"], [*SHOWN, ""]])))
    (told,) = (one for one in found.problems if one.code == "E106")
    assert told.place.cell == "D5"
    assert "“批注栏”（D5）" in told.remedy
    assert "Tab" not in told.remedy


def test_points_of_several_indicators_in_one_cell_are_told_and_blank() -> None:
    found = table([*HEADS, "分值"], [*SHOWN, Over("60", rows=2)], LIKED)
    assert codes(found) == ["W175"]
    assert all(isnan(points) for (points,) in records(found, "points"))


def test_without_a_column_of_the_second_level_the_rows_are_still_read() -> None:
    found = table(["一级指标", "三级指标", "指标值"], ["产出指标", "演出场次", "≥20场"])
    assert codes(found) == ["E106"]
    assert records(found, "level1", "level2", "level3", "target") == [["产出指标", "", "演出场次", "≥20场"]]


def test_an_amount_of_hundreds_of_digits_is_none() -> None:
    found = read(grid([*UPPER[:2], ["年度资金总额（万元）", "9" * 400], *UPPER[3:], HEADS, SHOWN]))
    assert codes(found)[0] == "E109"
