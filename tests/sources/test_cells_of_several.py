"""What stands in one cell or one row and belongs to several indicators or projects."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from tests.sources import test_flat as flat
from tests.sources.goal_tables import Cells, Over, grid, lines, read

UPPER: list[Cells] = [
    ["项目名称", "文化下乡", "", "实施单位", "412001 清源县文化馆"],
    ["年度资金总额（万元）", "50"],
    ["总体目标", "办好。"],
]
HEADS: list[Cells] = [["一级指标", "二级指标", "三级指标", "指标值", "分值"]]
LAST: Cells = ["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "10"]


def form(*rows: Cells) -> Imported:
    return read(*lines("项目支出绩效目标表"), grid([*UPPER, *HEADS, *rows, LAST]))


def platform(*rows: Cells, tmp_path: Path) -> Imported:
    head = f"{flat.HEAD}|分值"
    mine = [["412001 清源县文旅局", "ZZ01", "文化下乡", "5", *row] for row in (*rows, LAST)]
    return flat.table(tmp_path, head, *("|".join(map(str, row)) for row in mine))


def rows(found: Imported) -> list[tuple[str, str, str]]:
    read_rows = found.targets.indicators.frame[["level3", "target", "points"]].itertuples(index=False, name=None)
    return [(name, target, f"{points:g}") for name, target, points in read_rows][:-1]


def codes(found: Imported) -> list[str]:
    return [one.code for one in found.problems if one.code != "W147"]


CELLS = [
    ("指标1：演出\n指标2：培训", "指标1：≥20场\n指标2：≥5期", "10\n5", ["10", "5"]),
    ("1.演出；2.培训", "1.≥20场；2.≥5期", "10\n5", ["10", "5"]),
    ("1、演出\n2、培训", "≥20场\n≥5期", "10\n5", ["10", "5"]),
    ("演出\n培训", "≥20场\n≥5期", "15", ["nan", "nan"]),
]


@pytest.mark.parametrize(("name", "target", "points", "each"), CELLS)
def test_several_indicators_in_a_row_are_parted_and_that_is_said(
    name: str, target: str, points: str, each: list[str], tmp_path: Path
) -> None:
    row: Cells = ["产出指标", "数量指标", name, target, points]
    for found in (form(row), platform(row, tmp_path=tmp_path)):
        assert rows(found) == [("演出", "≥20场", each[0]), ("培训", "≥5期", each[1])]
        assert sum("一个单元格里有2个指标" in one.reading for one in found.readings) == 2
        assert codes(found) == ([] if points.count("\n") else ["W175"]), "points of all cannot be shared out"


def test_several_names_with_one_target_are_asked_for(tmp_path: Path) -> None:
    row: Cells = ["产出指标", "质量指标", "指标1：甲率 指标2：乙率", "≥95%", "10"]
    for found in (form(row), platform(row, tmp_path=tmp_path)):
        assert codes(found) == ["E173"]
        assert [one.place.indicator[-2:] for one in found.problems if one.code == "E173"] == ["01"]


@pytest.mark.parametrize(
    ("name", "target"),
    [("群众对演出、培训\n的满意度", "≥90\n%"), ("1.5米以上\n树木", "≥2万\n棵"), ("演出和\n培训", "有所\n提升")],
)
def test_a_text_wrapped_by_its_page_is_one_indicator(name: str, target: str, tmp_path: Path) -> None:
    row: Cells = ["产出指标", "数量指标", name, target, "10"]
    whole = [(name.replace("\n", ""), target.replace("\n", ""), "10")]
    assert (rows(form(row)), rows(platform(row, tmp_path=tmp_path))) == (whole, whole)


def test_points_behind_a_name_count(tmp_path: Path) -> None:
    row: Cells = ["产出指标", "数量指标", "演出（15分）", "≥20场", ""]
    for found in (form(row), platform(row, tmp_path=tmp_path)):
        assert rows(found) == [("演出（15分）", "≥20场", "15")]
        assert any("写在三级指标后面" in one.reading for one in found.readings)


def test_sums_in_the_middle_are_no_indicators() -> None:
    row: Cells = ["产出指标", "数量指标", "演出", "≥20场", "10"]
    found = form(row, [Over("产出指标小计", 3), "", "10"], ["", "质量指标合计", "", "", "10"])
    assert (rows(found), codes(found)) == ([("演出", "≥20场", "10")], ["I140"])


def test_a_total_left_of_the_levels_is_no_indicator() -> None:
    heads: Cells = [Over("绩效指标", rows=3), *HEADS[0]]
    row: Cells = ["产出指标", "数量指标", "演出", "≥20场", "10"]
    table: list[Cells] = [*UPPER, heads, row, LAST, [Over("总分", 5), "20"]]
    found = read(*lines("项目支出绩效目标表"), grid(table))
    assert (rows(found), codes(found)) == ([("演出", "≥20场", "10")], [])


def test_a_target_in_three_cells_under_one_head() -> None:
    heads: Cells = ["一级指标", "二级指标", "三级指标", Over("指标值", 3), "分值"]
    body: list[Cells] = [
        ["产出指标", "数量指标", "演出", "≥", "20", "场", "10"],
        ["", "", "评价", "定性", "优", "", "10"],
        ["", "", "完成", "=", "3", "月底前", "10"],
        ["", "", "验收", Over("合格", 3), "10"],
    ]
    found = read(*lines("项目支出绩效目标表"), grid([*UPPER, heads, *body]))
    assert found.targets.indicators.frame["target"].tolist() == ["≥20场", "优", "3月底前", "合格"]
    assert codes(found) == []


def test_projects_side_by_side_are_read_each() -> None:
    def both(*cells: str) -> Cells:
        return [*cells, *([""] * (5 - len(cells))), *(cell.replace("甲", "乙").replace("20", "30") for cell in cells)]

    table = [
        both("项目名称", "甲项目"),
        both("实施单位", "412001 清源县文化馆"),
        both("年度资金总额（万元）", "20"),
        both("总体目标", "办好甲。"),
        both("一级指标", "二级指标", "三级指标", "指标值"),
        both("产出指标", "数量指标", "甲场次", "≥20场"),
    ]
    found = read(*lines("项目支出绩效目标表"), grid(table))
    assert found.targets.projects.frame[["name", "budget", "goal"]].to_numpy().tolist() == [
        ["甲项目", 20.0, "办好甲。"],
        ["乙项目", 30.0, "办好乙。"],
    ]
    assert found.targets.indicators.frame[["level3", "target"]].to_numpy().tolist() == [
        ["甲场次", "≥20场"],
        ["乙场次", "≥30场"],
    ]
    assert codes(found) == []


def test_rows_with_targets_before_the_first_table_are_told() -> None:
    stray = grid([["增效", "", "", "≥5%", ""]], table=1)
    found = read(stray, *lines("项目支出绩效目标表"), grid([*UPPER, *HEADS, LAST], table=2))
    assert [(one.code, one.place.cell) for one in found.problems] == [("W141", "第1个表第1行")]
    contents = grid([["1", "文化下乡", "3"], ["2", "图书购置", "5"]], table=1)
    assert codes(read(contents, *lines("项目支出绩效目标表"), grid([*UPPER, *HEADS, LAST], table=2))) == []
