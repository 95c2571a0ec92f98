"""Flat tables as people and platforms make them: which rows are indicators, whose they are, what is told."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file

HEAD = "预算单位|项目编码|项目名称|预算数（万元）|一级指标|二级指标|三级指标|指标值"
ROW = "412001 清源县文旅局|ZZ01|送戏下乡|5|产出指标|数量指标|演出场次|≥50场"
ROW2 = "||||满意度指标|服务对象满意度指标|观众满意度|≥90%"
OTHER = "412002 清源县图书馆|ZZ02|免费开放|6|产出指标|数量指标|开放天数|≥300天"


def table(tmp_path: Path, *lines: str, year: int = 2025) -> Imported:
    """A file whose rows are these, each cell parted by an upright stroke."""
    with (tmp_path / "表.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([cell.strip() for cell in line.split("|")] for line in lines)
    return read_file(tmp_path / "表.csv", year)


def projects(found: Imported) -> list[tuple[object, ...]]:
    fields = ["unit_code", "unit_name", "project", "name", "budget"]
    return [*found.targets.projects.frame[fields].itertuples(index=False, name=None)]


def indicators(found: Imported) -> list[str]:
    fields = ["indicator", "level1", "level2", "level3", "target"]
    return ["|".join(row) for row in found.targets.indicators.frame[fields].itertuples(index=False, name=None)]


def told(found: Imported) -> list[tuple[str, str]]:
    return [(one.code, one.place.cell) for one in found.problems]


def test_what_is_blank_is_as_above(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW, "||||||演出人次|≥2万人次", ROW2, OTHER)
    assert projects(found) == [
        ("412001", "清源县文旅局", "ZZ01", "送戏下乡", 5.0),
        ("412002", "清源县图书馆", "ZZ02", "免费开放", 6.0),
    ]
    assert indicators(found) == [
        "ZZ01-01|产出指标|数量指标|演出场次|≥50场",
        "ZZ01-02|产出指标|数量指标|演出人次|≥2万人次",
        "ZZ01-03|满意度指标|服务对象满意度指标|观众满意度|≥90%",
        "ZZ02-01|产出指标|数量指标|开放天数|≥300天",
    ]
    assert (found.problems, found.readings) == ((), ())


def test_the_department_above_a_unit_is_kept(tmp_path: Path) -> None:
    found = table(tmp_path, f"主管部门|{HEAD}", f"412-清源县文旅局|{ROW}", f"|{ROW2}", f"|{OTHER}")
    assert found.targets.projects.column("department") == ["清源县文旅局"] * 2
    assert (found.problems, [one.reading for one in found.readings]) == ((), ["主管部门空白，按上面一行识别"])


def test_two_departments_of_a_project_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, f"主管部门|{HEAD}", f"清源县文旅局|{ROW}", f"清源县教育局|412001 清源县文旅局{ROW2}")
    assert found.targets.projects.frame["department"].tolist() == ["清源县文旅局"]
    assert told(found) == [("W144", "A3")]


def test_a_column_that_may_be_of_an_office_is_no_department_above(tmp_path: Path) -> None:
    found = table(tmp_path, f"部门|{HEAD}", f"艺术科|{ROW}", f"|{ROW2}")
    assert (projects(found)[0][1], found.targets.projects.frame["department"].tolist()) == ("清源县文旅局", [""])


def test_levels_are_not_carried_from_another_project(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW, "|ZZ02|免费开放|6|||开放天数|≥300天", "|ZZ01|送戏下乡||||演出人次|≥2万人次")
    assert told(found) == [("E107", "E4"), ("E107", "F4"), ("E107", "E3"), ("E107", "F3")]
    assert indicators(found)[1:] == ["ZZ01-02|||演出人次|≥2万人次", "ZZ02-01|||开放天数|≥300天"]


def test_one_project_in_two_runs_of_rows_is_one_and_said(tmp_path: Path) -> None:
    again = "412001 清源县文旅局|ZZ01|送戏下乡|5|效益指标|社会效益指标|文化生活|有所丰富"
    found = table(tmp_path, HEAD, ROW, OTHER, again)
    assert [line.split("|")[0] for line in indicators(found)] == ["ZZ01-01", "ZZ01-02", "ZZ02-01"]
    assert [(one.project, one.what, one.reading) for one in found.readings] == [
        ("ZZ01", "项目", "各行分在2处，按同一个项目识别")
    ]


def test_one_code_with_two_names_is_told_and_the_second_left_out(tmp_path: Path) -> None:
    found = table(
        tmp_path, HEAD, ROW, "|ZZ01|免费开放|6|产出指标|数量指标|开放天数|≥300天", "|||||质量指标|完好率|≥95%"
    )
    assert indicators(found) == ["ZZ01-01|产出指标|数量指标|演出场次|≥50场"]
    (one,) = found.problems
    assert (one.code, one.place.cell) == ("E143", "C3")
    assert "在B2的名称是“送戏下乡”，这里是“免费开放”，这里的2行没有导入" in one.message


def test_units_and_projects_without_codes_get_their_own_for_good(tmp_path: Path) -> None:
    head = "单位|项目|一级指标|二级指标|指标名称|目标值"
    lines = [
        "清源县文旅局|送戏下乡|产出指标|数量指标|演出场次|≥50场",
        "清源县图书馆|送戏下乡|产出指标|数量指标|演出场次|≥5场",
    ]
    found, again = (table(tmp_path, head, *some) for some in (lines, reversed(lines)))
    codes = [row[2] for row in projects(found)]
    assert len({*codes}) == 2
    assert {*codes} == {row[2] for row in projects(again)}
    assert all(str(row[0]).startswith("自编") for row in projects(found))
    assert [one.what for one in found.readings] == ["项目编码", "项目编码", "单位编码", "单位编码"]


def test_a_code_and_a_name_may_share_a_cell(tmp_path: Path) -> None:
    head = "预算单位|项目|一级指标|二级指标|三级指标|指标值|预算数(万元)"
    code = "13080024P00010310005F"
    found = table(tmp_path, head, f"[412001]清源县文旅局|{code}-12348热线|产出指标|数量指标|来电|≥7000次|5")
    assert projects(found) == [("412001", "清源县文旅局", code, "12348热线", 5.0)]


def test_a_name_that_begins_with_digits_is_no_code(tmp_path: Path) -> None:
    found = table(tmp_path, "项目名称|一级指标|三级指标|指标值", "12348热线服务|产出指标|来电|≥7000次")
    assert found.targets.projects.frame["name"].tolist() == ["12348热线服务"]


def test_rows_that_are_no_indicators_are_told(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "2025年项目绩效目标表",
        "单位：万元",
        HEAD,
        "一、部门预算项目",
        ROW,
        "小计|||5",
        HEAD,
        "二、转移支付项目",
        OTHER,
        "合计|||11",
        "注：1.数据来自系统",
        "2.金额为批复数",
        "填表人：张三",
        "打印日期：2025-01-01",
        "第1页 共2页",
        "这一段不知道是什么",
    )
    assert len(indicators(found)) == 2
    assert [name for _, _, _, name, _ in projects(found)] == ["送戏下乡", "免费开放"]
    assert sorted(told(found)) == [
        *(("I140", f"A{row}") for row in (10, 11, 12, 13, 14, 15, 6, 7)),
        *(("W105", f"A{row}") for row in (16, 4, 8)),
    ]
    assert found.title == "2025年项目绩效目标表"


def test_a_project_may_stand_in_a_row_of_its_own(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, "412001 清源县文旅局|ZZ01|送戏下乡|5", "||||产出指标|数量指标|演出场次|≥50场")
    assert indicators(found) == ["ZZ01-01|产出指标|数量指标|演出场次|≥50场"]
    assert found.problems == ()


def test_a_project_without_indicators_and_a_row_without_project_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, "||||产出指标|数量指标|演出场次|≥50场", "|ZZ01|送戏下乡|5")
    assert told(found)[:2] == [("E146", "E2"), ("E111", "B3")]


@pytest.mark.parametrize(
    ("above", "head", "value"),
    [
        ("单位：元", "预算数", "50000"),
        ("", "项目金额（元）", "50,000.00"),
        ("单位：元", "预算数(万元)", "5"),
        ("金额单位：万元", "预算金额", "5"),
        ("单位：万元", "预算数", "50000元"),
    ],
)
def test_money_is_in_the_unit_that_heading_title_or_cell_says(
    tmp_path: Path, above: str, head: str, value: str
) -> None:
    titles = ["项目绩效目标表", above] if above else []
    found = table(tmp_path, *titles, HEAD.replace("预算数（万元）", head), ROW.replace("|5|", f"|{value}|"))
    assert [row[-1] for row in projects(found)] == [5.0]
    two_units = [("W176", "D3")] if (above, head) == ("单位：元", "预算数(万元)") else []
    assert told(found) == two_units


@pytest.mark.parametrize(
    ("budget", "said", "codes"),
    [("30", "已计入预算数，不计入财政资金和其他资金", []), ("24", "预算数里有没有这一项不能确定，", ["W103"])],
)
def test_what_is_carried_over_is_in_the_budget_alone(tmp_path: Path, budget: str, said: str, codes: list[str]) -> None:
    found = table(
        tmp_path,
        "单位名称|项目编码|项目名称|年度资金总额(万元)|其中：财政拨款(万元)|上年结转(万元)|其他资金(万元)|三级指标|指标值",
        f"文化馆|ZZ01|送戏|{budget}|20|6.5|3.5|演出|≥50场",
        f"文化馆|ZZ01|送戏|{budget}|20|6.5|3.5|观众|≥500人",
    )
    assert [one.code for one in found.problems if one.code != "E106"] == codes
    (carried,) = (one for one in found.readings if one.what == "上年结转资金")
    assert (carried.original, str(carried.spot)) == ("6.5", "F2")
    assert carried.reading.startswith(said)
    assert found.targets.projects.frame[["budget", "fiscal", "other"]].to_numpy().tolist() == [[float(budget), 20, 3.5]]


def test_what_is_carried_over_may_have_a_unit_of_its_own(tmp_path: Path) -> None:
    head = HEAD.replace("预算数（万元）", "预算数（元）|上年结转资金（元）")
    found = table(tmp_path, head, "412001 清源县文旅局|ZZ01|送戏下乡|60000|10000|产出指标|数量指标|开放天数|≥300天")
    assert (projects(found)[0][-1], found.problems) == (6.0, ())


def test_the_adjusted_budget_stands_in_where_there_is_no_other(tmp_path: Path) -> None:
    """As for what is carried over; and only there."""
    head = HEAD.replace("预算数（万元）", "年初预算数（万元）|全年预算数（元）")
    end = "产出指标|数量指标|开放天数|≥300天"
    rows = (f"412001 清源县文旅局|ZZ01|结转项目||60000|{end}", f"412001 清源县文旅局|ZZ02|免费开放|5|80000|{end}")
    found = table(tmp_path, head, *rows)
    assert [one[-1] for one in projects(found)] == [6.0, 5.0]
    said = [(one.project, one.what, one.reading) for one in found.readings if one.what == "预算数"]
    assert said == [("ZZ01", "预算数", "没有年初预算数，按全年预算数识别")]
    assert found.problems == ()
    alone = table(tmp_path, HEAD.replace("预算数（万元）", "全年预算数（万元）"), ROW)
    assert (projects(alone)[0][-1], alone.problems) == (5.0, ())


def test_money_without_a_unit_is_said(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD.replace("（万元）", ""), ROW)
    assert [one.what for one in found.readings] == ["金额单位"]


def test_a_large_amount_without_a_unit_is_doubted(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD.replace("（万元）", ""), ROW.replace("|5|", "|500000|"))
    assert told(found) == [("W170", "D2")]


def test_a_repeated_budget_is_no_sum_and_another_one_is_told(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW, ROW.replace("场次", "人次"), ROW.replace("|5|", "|7|").replace("场次", "地点"))
    assert [row[-1] for row in projects(found)] == [5.0]
    assert told(found) == [("W144", "D4")]


@pytest.mark.parametrize(
    ("heads", "cells", "target"),
    [
        ("指标值", "≥50场", "≥50场"),
        ("目标值|计量单位", "50|场", "50场"),
        ("计算符号|指标值|度量单位", ">=|50|场", "≥50场"),
        ("运算符|目标值|单位", "大于等于|50|场", "≥50场"),
        ("指标性质|指标值|度量单位", "定性|有所提升|", "有所提升"),
        ("指标性质|指标方向|指标值|度量单位", "定量|≥|50|场", "≥50场"),
        ("指标性质|指标方向|指标值|度量单位", "定性|/|有所提升|无", "有所提升"),
        ("计算符号|指标值|度量单位", "≥|≥95%|%", "≥95%"),
        ("指标值|度量单位", "≥95%|百分比", "≥95%"),
        ("指标值|计量单位", "12月底前|月", "12月底前"),
        ("计算符号|指标值|计量单位|年度指标值", "≥|95|%|≥95%", "≥95%"),
        ("指标值|||分值", "≥|50|场|10", "≥50场"),
    ],
)
def test_a_target_stands_in_one_to_four_cells(tmp_path: Path, heads: str, cells: str, target: str) -> None:
    found = table(
        tmp_path,
        f"项目编码|项目名称|一级指标|二级指标|三级指标|{heads}|备注",
        f"ZZ01|戏|产出指标|数量指标|演出|{cells}|无",
    )
    assert found.targets.indicators.frame["target"].tolist() == [target]
    assert {one.code for one in found.problems} == {"W147"}


def test_levels_and_names_under_heads_over_several_columns(tmp_path: Path) -> None:
    found = table(
        tmp_path,
        "预算单位|项目||资金（万元）||绩效指标|||指标值",
        "|编码|名称|合计|其中：财政拨款|一级|二级|三级|符号|数值|单位",
        "412001 清源县文旅局|ZZ01|戏|12.5|10|产出指标|数量指标|演出|≥|50|场",
    )
    assert projects(found) == [("412001", "清源县文旅局", "ZZ01", "戏", 12.5)]
    assert indicators(found) == ["ZZ01-01|产出指标|数量指标|演出|≥50场"]


def test_two_targets_that_differ_are_not_guessed(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}|年度指标值", f"{ROW}|≥40场")
    assert found.targets.indicators.frame["target"].tolist() == [""]
    assert told(found) == [("E148", "H2")]


def test_cells_that_contradict_each_other_are_told(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}|计算符号", f"{ROW}|≤")
    assert told(found) == [("E170", "H2")]


def test_lines_between_the_rows_name_the_unit_of_those_below(tmp_path: Path) -> None:
    head, row = "项目名称|一级指标|二级指标|三级指标|指标值|预算数（万元）", "办公|产出指标|数量指标|甲|≥1次|5"
    found = table(tmp_path, head, "单位：甲局", row, "单位：乙局", row, "单位：甲局", row.replace("办公", "会议"))
    assert [(name, project) for _, name, _, project, _ in projects(found)] == [
        ("甲局", "办公"),
        ("乙局", "办公"),
        ("甲局", "会议"),
    ]
    found = table(tmp_path, head, "单位：412001 清源县文旅局", row, "单位：412002 清源县图书馆", row)
    assert [(code, name) for code, name, *_ in projects(found)] == [
        ("412001", "清源县文旅局"),
        ("412002", "清源县图书馆"),
    ]
    assert found.problems == ()


def test_a_sign_and_a_direction_that_are_opposite_are_told(tmp_path: Path) -> None:
    heads, row = f"{HEAD}|计算符号|指标方向", ROW.replace("≥50场", "50场")
    assert told(table(tmp_path, heads, f"{row}|≤|正向")) == [("E170", "H2")]
    for agreed in ("≤|反向", "≥|正向", "=|正向", "=|反向"):
        assert told(table(tmp_path, heads, f"{row}|{agreed}")) == []


def test_a_direction_in_words_is_an_inferred_reading(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}|指标方向|计量单位", f"{ROW.replace('≥50场', '50')}|正向|场")
    assert found.targets.indicators.frame["target"].tolist() == ["≥50场"]
    assert [(one.what, one.reading) for one in found.readings] == [("ZZ01-01", "≥50场")]


def test_unknown_columns_and_missing_ones_are_told(tmp_path: Path) -> None:
    found = table(
        tmp_path, "项目编码|项目名称|三级指标|指标值|责任人|备注|预算数(万元)", "ZZ01|送戏|演出|≥50场|张三|略|5"
    )
    assert [(one.code, "责任人" in one.message) for one in found.problems] == [
        ("E106", False),
        ("W139", True),
        ("W147", False),
    ]
    assert "财政资金" in found.problems[1].remedy
    assert "表的上方" in found.problems[2].remedy
    found = table(tmp_path, "单位名称|项目编码|项目名称|三级指标|指标值", "文化馆|ZZ01|送戏|演出|≥50场")
    (blank,) = (one for one in found.problems if one.code == "W147")
    assert ("预算数" in blank.message, "表的上方" in blank.remedy) == (True, False)


def test_an_incomplete_indicator_stops_no_other(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW.replace("≥50场", ""), ROW2, OTHER)
    assert len(indicators(found)) == 3
    assert told(found) == [("E107", "H2")]


def test_rows_of_another_year_are_left_out_and_told(tmp_path: Path) -> None:
    found = table(tmp_path, f"年度|{HEAD}", f"2025|{ROW}", f"2024年|{OTHER}", f"2024年|{OTHER}")
    assert len(indicators(found)) == 1
    assert [(one.code, "有2行的年度是“2024”" in one.message) for one in found.problems] == [("E147", True)]


def test_a_title_of_another_year_is_told(tmp_path: Path) -> None:
    found = table(tmp_path, "2024年项目绩效目标表", HEAD, ROW)
    assert told(found)[0] == ("E172", "A2")
    assert indicators(found) == []
    assert found.title == "2024年项目绩效目标表"  # by which an import knows what to say of the whole file


def test_no_more_than_99_indicators(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW, *(f"||||||第{number}项|{number}次" for number in range(2, 102)))
    assert len(indicators(found)) == 99
    assert told(found) == [("E113", "G101")]


def test_points_and_how_they_are_given_are_kept(tmp_path: Path) -> None:
    head, row = f"{HEAD}|权重（分值）|评(扣)分标准", f"{ROW}|10分|每少一场扣1分"
    found = table(tmp_path, head, row, f"{ROW2}|十分|")
    assert found.targets.indicators.frame["points"].tolist()[0] == 10
    assert found.targets.indicators.frame["standard"].tolist() == ["每少一场扣1分", ""]
    assert told(found) == [("E125", "I3")]


def test_the_row_above_the_indicators_of_a_form_is_no_row_of_headings(tmp_path: Path) -> None:
    """In a CSV file nothing says which cells were merged."""
    found = table(
        tmp_path,
        "项目名称|送戏下乡|项目编码|ZZ01||",
        "一级指标|二级指标||三级指标|指标值",
        "产出指标|数量指标||演出场次|≥50场",
    )
    assert indicators(found) == ["ZZ01-01|产出指标|数量指标|演出场次|≥50场"]


def test_several_tables_on_a_sheet_each_have_their_head(tmp_path: Path) -> None:
    second = "项目名称|项目编码|三级指标|二级指标|一级指标|目标值|金额（万元）"
    found = table(
        tmp_path,
        HEAD,
        ROW,
        "",
        "预算单位：412002 清源县图书馆",
        second,
        "免费开放|ZZ02|天数|数量指标|产出指标|≥300天|6",
    )
    assert projects(found)[1] == ("412002", "清源县图书馆", "ZZ02", "免费开放", 6.0)
    assert found.problems == ()


def test_a_blank_row_does_not_end_a_table(tmp_path: Path) -> None:
    found = table(tmp_path, HEAD, ROW, "", ROW2, "", "", OTHER)
    assert len(indicators(found)) == 3
    assert found.problems == ()


def test_a_unit_may_stand_above_the_table(tmp_path: Path) -> None:
    head, row = (text.partition("|")[2] for text in (HEAD, ROW))
    found = table(tmp_path, "预算单位：|412001 清源县文旅局|||填报日期：2025-03-01", head, row)
    assert projects(found)[0][:2] == ("412001", "清源县文旅局")
    assert told(found) == [("I140", "E1")]
