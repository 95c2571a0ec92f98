"""What a reported table says beside its ids, above its headings and in lines without an id, and contradicts them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.problems import Place
from selfeval.forms.reading.table import read_reported
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import codes, value
from tests.forms.test_read_table import Rows, Table, read

FIRST, FOURTH = f"{HOTLINE}-01", f"{HOTLINE}-04"


def beside(table: Table, sheet: str, heading: str, *cells: object) -> None:
    """A column behind the others."""
    for row, cell in zip(table.sheets[sheet], (heading, *cells), strict=False):
        row.append(cell)


@pytest.mark.parametrize(
    ("heading", "text", "own"),
    [
        ("三级指标", "律师到岗值班率", "解答12348来电次数"),
        ("指标名称", "律师到岗", "解答12348来电次数"),
        ("三级指标（必填）", "新增的培训场次", "解答12348来电次数"),
        ("指标值", "≥700次", "≥7000次"),
        ("目标值", "≤7000次", "≥7000次"),
        ("指标值", "7000人", "≥7000次"),
        ("指标值", "7000万次", "≥7000次"),
        ("指标值", "2024年12月底前", "≥7000次"),
        ("项目编码", CLOTHES, HOTLINE),
        ("项目编码", f"{HOTLINE[:-1]}E", HOTLINE),
        ("年度", "2023", "2024"),
        ("预算年度", "2023年度", "2024"),
        ("年度", "23年", "2024"),
        ("年份", "上年", "2024"),
        ("年度", "2021-2023", "2024"),
    ],
)
@pytest.mark.parametrize("as_csv", [True, False])
def test_a_row_that_says_something_else_than_its_id_is_told_and_not_taken(
    year: Year, tmp_path: Path, heading: str, text: str, own: str, *, as_csv: bool
) -> None:
    table = Table()
    beside(table, "指标", heading, text)
    reported = read(table.csv(tmp_path) if as_csv else table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    (told,) = reported.problems
    file, sheet = ("指标.csv", "") if as_csv else ("表.xlsx", "指标")
    assert (told.code, told.place) == ("E344", Place(HOTLINE, FIRST, file, sheet, "I2"))
    assert (
        f"（第2行）旁边的“{heading.replace('（', '(').replace('）', ')')}”是“{text}”，绩效目标表里是“{own}”"
        in told.message
    )
    assert value(reported, FIRST) == ("7321", "dropped")
    assert value(reported, FOURTH) == ("97.8%", "text")


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("三级指标", ""),
        ("三级指标", "1.解答12348来电次数"),
        ("三级指标", "（1）解答 12348 来电次数"),
        ("三级指标", "解答１２３４８来电次数"),
        ("三级指标", "解答“12348”来电次数"),
        ("三级指标", "解答12348来电…"),
        ("三级指标", "数量指标：解答12348来电次数（次）"),
        ("指标值", ">=7000次"),
        ("指标值", "≥ 7,000 次。"),
        ("指标值", "≥７０００次"),
        ("指标值", "≥7000.00次（全年）"),
        ("指标值", "不少于7000次"),
        ("指标值", "7000次以上"),
        ("指标值", "≥7000"),
        ("指标值", "7000"),
        ("指标值", "≥0.7万次"),
        ("指标值", "≥"),
        ("项目编码", HOTLINE.lower()),
        ("项目编码", "2024-001"),
        ("项目编码", f"{HOTLINE}（续建）"),
        ("年度", "2024"),
        ("年度", "2024年度"),
        ("年度", "２０２４年"),
        ("年度", "2022-2025年"),
        ("年度", "本年"),
        ("年度", "24"),
        ("备注", "2023年另有700次"),
    ],
)
def test_what_is_only_spelt_otherwise_is_the_same(year: Year, tmp_path: Path, heading: str, text: str) -> None:
    table = Table()
    beside(table, "指标", heading, text)
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, FIRST) == ("7321", "number")


def test_numbers_and_days_of_a_workbook_are_compared_as_they_are_seen(year: Year, tmp_path: Path) -> None:
    table = Table()
    beside(table, "指标", "指标值", 7000, 0.95, "")
    beside(table, "指标", "年度", 2024, dt.date(2024, 12, 31), "")
    assert read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path).problems == ()
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    book["指标"]["I3"].number_format = "0%"
    book.save(tmp_path / "表.xlsx")
    assert read(tmp_path / "表.xlsx", year, tmp_path).problems == ()


@pytest.mark.parametrize(("sheet", "item"), [("资金", "executed"), ("项目", "head")])
@pytest.mark.parametrize(("heading", "text"), [("年度", "2023"), ("项目名称", "另一个项目"), ("项目名称", "clothes")])
def test_a_row_of_a_project_that_says_another_is_not_taken(
    year: Year, tmp_path: Path, sheet: str, item: str, heading: str, text: str
) -> None:
    table = Table()
    beside(table, sheet, heading, str(year.row(CLOTHES)["name"]) if text == "clothes" else text)
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [(one.code, one.place.project, one.place.indicator) for one in reported.problems] == [("E344", HOTLINE, "")]
    assert value(reported, HOTLINE, item)[1] == ("dropped" if sheet == "资金" else "blank")


def test_the_name_of_the_project_may_stand_beside_it(year: Year, tmp_path: Path) -> None:
    table = Table()
    beside(table, "资金", "项目名称", f"1、{year.row(HOTLINE)['name']}（续）")
    assert read(table.csv(tmp_path), year, tmp_path).problems == ()


def test_the_row_of_this_year_counts_beside_that_of_another(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].append([HOTLINE, 1, 1, 1, *[0] * 12])
    beside(table, "资金", "年度", 2024, 2023)
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [(one.code, one.place.cell) for one in reported.problems] == [("E344", "Q3")]
    assert value(reported, HOTLINE, "executed") == ("20", "number")


def test_many_rows_that_say_something_else_are_counted(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] += [[FIRST, 1, *[""] * 6] for _ in range(130)]
    beside(table, "指标", "年度", 2024, 2024, 2024, *[2023] * 130)
    told = codes(read(table.csv(tmp_path), year, tmp_path))
    assert (told.count("E344"), told.count("E339"), len(told)) == (100, 1, 101)


def under(table: Table, sheet: str, *lines: str) -> Table:
    above: Rows = [[line] for line in lines]
    table.sheets[sheet] = [*above, *table.sheets[sheet]]
    return table


OTHERS = [
    *(
        "2023年度资金表",
        "2023年资金表",
        "资金表（2023年度）",
        "2023资金表",
        "2023 年度",
        "二〇二三年度资金表",
        "23年度资金表",
    ),
    *("２０２３年度资金表", "2022-2023年资金表", "2023年1-12月支付情况"),
    *(
        "上年数",
        "上年度执行数",
        "2024年计划数",
        "2024年度预计数",
        "资金表（计划）",
        "单位：万元　上年数",
        "2024年资金计划表",
        "去年同期数",
    ),
]
OURS = [
    *(
        "2024年度资金表",
        "资金表",
        "2024年1-12月支付情况",
        "填报日期：2025年1月10日",
        "2025-01-10",
        "2023、2024年度资金表",
    ),
    *(
        "承财预〔2023〕10号",
        "承财预(2023)10号",
        "2025年填报",
        "2024年计划完成情况",
        "根据2023年12月批复",
        "单位：2000元以下取整",
    ),
    *("上年结转资金支付情况", "2022-2024年项目", "预算数", "国家发展计划委员会"),
]


@pytest.mark.parametrize("above", OTHERS)
@pytest.mark.parametrize("sheet", ["资金", "指标"])
def test_a_title_of_another_year_or_of_planned_numbers_is_told_and_nothing_is_taken(
    year: Year, tmp_path: Path, above: str, sheet: str
) -> None:
    table = under(Table(), sheet, "某某局", above)
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [(one.code, one.place) for one in reported.problems] == [("E345", Place(file=f"{sheet}.csv", cell="A2"))]
    assert f"“{above}”" in reported.problems[0].message
    assert value(reported, *((HOTLINE, "executed") if sheet == "资金" else (FIRST, "actual")))[1] == "dropped"


@pytest.mark.parametrize("above", OURS)
def test_a_title_that_names_no_other_year_does_no_harm(year: Year, tmp_path: Path, above: str) -> None:
    reported = read(under(Table(), "指标", above).csv(tmp_path), year, tmp_path)
    assert "E345" not in codes(reported)
    assert value(reported, FIRST)[1] == "number"


def test_a_year_in_the_name_of_a_project_is_none_of_the_numbers(year: Year, tmp_path: Path) -> None:
    name = next(name for name in year.targets.names.values() if name.startswith("2023年"))
    code = next(code for code, known in year.targets.names.items() if known == name)
    both = year.targets.only([HOTLINE, code])
    above = read_reported(under(Table(), "资金", f"{name}资金表").csv(tmp_path), both, tmp_path)
    assert codes(above) == ["E320"]
    other = read_reported(under(Table(), "资金", f"2023年度{name}").csv(tmp_path), both, tmp_path)
    assert sorted(codes(other)) == ["E320", "E345"]


def test_words_just_above_the_headings_speak_of_what_is_below_them(year: Year, tmp_path: Path) -> None:
    table = Table()
    beside(table, "指标", "指标值", "≥7000次")
    table.sheets["指标"].insert(0, ["", "全年数", *[""] * 6, "计划数"])
    assert read(table.csv(tmp_path), year, tmp_path).problems == ()
    table.sheets["指标"][0] = ["", "计划数", *[""] * 6, "指标值"]
    assert codes(read(table.csv(tmp_path), year, tmp_path)) == ["E345"]


@pytest.mark.parametrize(
    ("sheet", "row", "cell"),
    [
        ("指标", ["", 9999, "", "", "", "", "", ""], "B5"),
        ("指标", ["", "", "达成年度指标", "", "", "", "", ""], "C5"),
        ("资金", ["", 22.59, 22.59, 10, *[1] * 12], "B3"),
        ("资金", ["　", "", "", "10万元"], "D3"),
        ("项目", ["", "完成", "赵一鸣", "", "", ""], "B3"),
    ],
)
def test_a_filled_row_without_an_id_is_told(
    year: Year, tmp_path: Path, sheet: str, row: list[object], cell: str
) -> None:
    table = Table()
    table.sheets[sheet].append(row)
    reported = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    assert [(one.code, one.place) for one in reported.problems] == [
        ("E346", Place(file="表.xlsx", sheet=sheet, cell=cell))
    ]
    assert f"第{cell[1:]}行填了" in reported.problems[0].message


NOTES: Rows = [
    ["", "合计", 22.59],
    ["合计", 22.59, 22.59, 10],
    ["小计（万元）", 22.59],
    ["", "小 计", 22.59],
    ["注：以上数据来自台账"],
    ["", "注：以上2项为全年数"],
    ["", "以上数据由办公室汇总统计，经局长办公会审定后上报"],
    ["填表人：赵一鸣", "", "负责人：钱立新"],
    ["", "填报人：赵一鸣", "", "日期：2025-01-10"],
    ["", "", "", "", "", "", "", ""],
]


@pytest.mark.parametrize("row", NOTES)
@pytest.mark.parametrize("sheet", ["资金", "指标"])
def test_sums_and_notes_below_a_table_are_let_be(year: Year, tmp_path: Path, sheet: str, row: list[object]) -> None:
    table = Table()
    table.sheets[sheet].append([*row, *[""] * (8 - len(row))])
    assert set(codes(read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path))) <= {"I302"}  # which tells of a sum


def test_the_numbers_of_the_columns_are_no_row(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].insert(1, ["", *range(1, 16)])
    assert read(table.csv(tmp_path), year, tmp_path).problems == ()


def test_many_rows_without_an_id_are_counted(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] += [["", 100 + number, *[""] * 6] for number in range(130)]
    told = codes(read(table.csv(tmp_path), year, tmp_path))
    assert (told.count("E346"), told.count("E339")) == (100, 1)
