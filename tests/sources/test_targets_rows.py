"""``targets.xlsx`` as people make it: titles, sums and notes among the rows, units in headings and cells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.invented import document, read_text
from tests.sources.test_targets_workbook import HEADERS, change, found, read


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "targets.xlsx"
    target.write_bytes(targets_workbook(read_text(document(), "某某.txt")))
    return target


def insert(path: Path, sheet: str, at: int, *values: float | str | None) -> None:
    """Put a row into a sheet (at 0: below the last one), as a person would."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    row = at or page.max_row + 1
    if at:
        page.insert_rows(at)
    for column, value in enumerate(values, start=1):
        page.cell(row, column).value = value
    book.save(path)


@pytest.mark.parametrize(
    "values",
    [
        ("合计", None, None, None, None, 45.18, 45.18, 0),
        (None, None, None, None, "合 计", 45.18),
        (None, None, "总计：", None, None, "45.18万元", "—"),
        ("注：金额以万元为单位。",),
        ("备注：预算数含追加",),
        ("※ 项目按科目排列",),
        ("制表人：张三", None, None, "复核人：李四", None, "日期：2024年1月2日"),
        tuple(HEADERS["项目"].split()),
    ],
)
def test_a_row_that_surely_is_no_project_is_passed_over_and_told(
    path: Path, values: tuple[float | str | None, ...]
) -> None:
    before = read(path)[0].projects
    insert(path, "项目", 0, *values)
    targets, problems = read(path)
    assert targets.projects == before
    assert [(one.code, one.place.cell) for one in problems] == [("I101", f"A{len(before) + 2}")]
    assert f"第{len(before) + 2}行" in problems[0].message


def test_a_note_goes_on_below_itself(path: Path) -> None:
    insert(path, "指标", 0, "注：1. 指标值以批复为准")
    insert(path, "指标", 0, "2. 分值另定")
    assert [one.code for one in read(path)[1]] == ["I101", "I101"]


@pytest.mark.parametrize(
    "values",
    [
        ("合计", None, None, "X1", "某项目", 45.18),
        (None, None, None, None, "道路建设", 45.18),
        ("2. 道路建设",),
        ("合计", None, None, None, "道路建设合计工程", 45.18),
    ],
)
def test_a_row_that_may_be_a_project_is_not_passed_over(path: Path, values: tuple[float | str | None, ...]) -> None:
    insert(path, "项目", 0, *values)
    problems = read(path)[1]
    assert "I101" not in {one.code for one in problems}
    assert any(one.code[0] == "E" for one in problems)


def test_a_title_above_the_headings_is_passed_over_and_told(path: Path) -> None:
    before = read(path)[0]
    for sheet in HEADERS:
        insert(path, sheet, 1, "单位：万元")
        insert(path, sheet, 1, "2024年度项目绩效目标表")
    targets, problems = read(path)
    assert {one.code for one in problems} == {"I101"}
    assert len(problems) == 8
    pd.testing.assert_frame_equal(targets.projects.frame, before.projects.frame)
    pd.testing.assert_frame_equal(targets.plan.frame, before.plan.frame)
    assert targets.indicators.frame["cell"].iloc[0] == "指标!G4"
    change(path, "项目", F4="随便")
    assert [(one.code, one.place.cell) for one in read(path)[1] if one.code != "I101"] == [("E125", "F4")]
    change(path, "项目", F3="别的")
    told = next(one for one in read(path)[1] if one.code == "E122")
    assert "第3行" in told.message


@pytest.mark.parametrize(
    "unit", ["单位：元", "（千元）", "金额单位：人民币千元", "单位： 千　元", "2024年项目表（元）", "单位：美元"]
)
@pytest.mark.parametrize("above", [True, False])
def test_a_title_or_a_note_with_another_unit_is_refused(path: Path, unit: str, *, above: bool) -> None:
    insert(path, "项目", 1 if above else 0, unit if above else f"注：{unit}")
    problems = read(path)[1]
    assert [one.code for one in problems] == ["I101", "E133"]


@pytest.mark.parametrize(
    "title", ["编制单位：某局", "多元化解项目", "单位：万元", "（金额单位：万元）", "1. 元旦活动另列"]
)
def test_a_title_without_another_unit_is_none(path: Path, title: str) -> None:
    insert(path, "项目", 1, title)
    assert [one.code for one in read(path)[1]] == ["I101"]


def test_a_blank_behind_the_name_of_a_sheet_is_nothing(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for page in book.worksheets[:4]:
        page.title = f"{page.title}　" if page.title == "项目" else f"{page.title} "
    book.save(path)
    before, problems = read(path)
    assert problems == ()
    assert len(before.indicators)
    book.create_sheet("指标")
    book.save(path)
    told = read(path)[1]
    assert [one.code for one in told if one.place.sheet == "指标"] == ["E134"]


@pytest.mark.parametrize("heading", ["预算数（万元）", "预算数(万元)", "预算数/万元", "预算数 （万元）"])
def test_the_unit_may_stand_in_the_heading(path: Path, heading: str) -> None:
    before = read(path)[0].projects
    change(path, "项目", F1=heading, G1="财政资金（万元）", H1="其他资金（万元）")
    targets, problems = read(path)
    assert problems == ()
    assert targets.projects == before


@pytest.mark.parametrize("heading", ["预算数（元）", "预算数（千元）", "预算数（亿元）"])
def test_another_unit_in_the_heading_is_refused(path: Path, heading: str) -> None:
    change(path, "项目", F1=heading)
    assert "E122" in {one.code for one in read(path)[1]}


@pytest.mark.parametrize(
    ("typed", "number"),
    [("22.59万元", 22.59), ("22.59 万元", 22.59), (" 22.59 ", 22.59), ("２２.５９", 22.59), ("1,022.59万元", 1022.59)],
)
def test_an_amount_may_be_typed_with_its_unit(path: Path, typed: str, number: float) -> None:
    change(path, "项目", F2=typed, G2=number, H2=0)
    targets, problems = read(path)
    assert (problems, targets.projects.frame["budget"].iloc[0]) == ((), number)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *[(text, "E125") for text in ("2 2.59", "1e3", "22.59元", "22.59千元", "22 .59", "22.59亿", "2\n2.59", "nan")],
        *[(text, "E125") for text in ("1 000", "22.59万", "约22.59", "0x10", "1_0", "22。59", "20分", "25%")],
        *[(value, "E132") for value in (-22.59, "-22.59", "－22.59万元")],
    ],
)
def test_an_amount_that_is_none_is_refused_at_its_cell(path: Path, typed: float | str, code: str) -> None:
    change(path, "项目", F2=typed)
    problems = read(path)[1]
    assert [(one.code, one.place.cell) for one in problems] == [(code, "F2")]


@pytest.mark.parametrize(
    ("typed", "points", "code"),
    [
        ("20分", 20.0, ""),
        ("20 分", 20.0, ""),
        ("2 0", None, "E125"),
        (-5, None, "E132"),
        ("20%", None, "E125"),
        ("20万元", None, "E125"),
    ],
)
def test_points_may_be_typed_with_their_unit(path: Path, typed: str, points: float | None, code: str) -> None:
    change(path, "指标", J2=typed)
    targets, problems = read(path)
    assert [one.code for one in problems] == ([code] if code else [])
    assert points is None or targets.indicators.frame["points"].iloc[0] == points


@pytest.mark.parametrize(
    "heading", ["标准分", "赋分", "配分", "基准分", "基础分", "标准分（20分）", "比重", "分值权重"]
)
def test_points_under_another_name_are_asked_about(path: Path, heading: str) -> None:
    change(path, "指标", J1=heading, J2=20)
    assert [one.code for one in read(path)[1]] == ["E137"]


@pytest.mark.parametrize("stroke", ["-", "/", "—", "无"])
def test_a_stroke_for_the_other_money_is_none(path: Path, stroke: str) -> None:
    book = openpyxl.load_workbook(path)
    page = book["项目"]
    at = next(cell.column for cell in page[1] if cell.value == "其他资金")
    page.cell(2, at).value = None
    book.save(path)
    before, _ = read(path)
    page.cell(2, at).value = stroke
    book.save(path)
    targets, problems = read(path)
    pd.testing.assert_frame_equal(targets.projects.frame, before.projects.frame)
    assert problems == ()


def test_an_indicator_below_a_merged_code_belongs_to_the_project_of_its_number(path: Path) -> None:
    before, _ = read(path)
    book = openpyxl.load_workbook(path)
    page = book["指标"]
    at = next(cell.column for cell in page[1] if cell.value == "项目编码")
    for row in range(3, page.max_row + 1):
        page.cell(row, at).value = None
    book.save(path)
    targets, problems = read(path)
    pd.testing.assert_frame_equal(targets.indicators.frame, before.indicators.frame)
    assert problems == ()


def test_a_formula_without_a_result_is_told_as_what_it_is(path: Path) -> None:
    """A program took =1座 for a formula: the cell is not blank, as a reader of values alone has it."""
    change(path, "指标", G2="=1座", A3="=1座")
    targets, problems = read(path)
    assert found(problems) == [("E130", "指标", "G2"), ("E130", "指标", "A3")]
    assert "指标值的单元格里是出错或没有结果的公式：=1座" in problems[0].message
    assert "“文本”格式" in problems[0].remedy
    assert targets.indicators.frame["target"][0] == ""


def test_a_name_that_its_cell_breaks_in_two_is_one_line(path: Path) -> None:
    change(path, "项目", C2="某某市\n水务局本级", E2="河道\n清淤 2024\n经费", J2="一是清淤。\n二是管护。")
    change(path, "指标", E2="清淤\n长度")
    targets, problems = read(path)
    first = targets.projects.frame.iloc[0]
    assert (first["unit_name"], first["name"]) == ("某某市水务局本级", "河道清淤2024经费")
    assert first["goal"] == "一是清淤。\n二是管护。"
    assert targets.indicators.frame["level3"][0] == "清淤长度"
    assert problems == ()


def test_a_code_with_two_names_is_told(path: Path) -> None:
    before = read(path)[0].projects
    codes, names = before.column("unit_code"), before.column("unit_name")
    second = next(at for at in range(1, len(before)) if codes[at] == codes[0])
    change(path, "项目", **{f"C{second + 2}": names[0].replace("本级", "（本级）")})
    targets, problems = read(path)
    assert [(one.code, one.place.cell) for one in problems] == [("W149", f"C{second + 2}")]
    assert len({*targets.projects.column("unit_name")}) == len({*names}) + 1, "neither is changed"


def test_a_partial_goal_left_blank_is_that_above_though_its_rows_are_numbered(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    page = book["部门目标"]
    page.delete_rows(2, page.max_row)
    rows = ((1, "一项", "目标", "甲", "1期"), (2, None, None, "乙", "2期"), (3, "二项", None, "丙", "3期"))
    for row in (*rows, (4, None, None, "丁", "4期")):
        page.append(row)
    book.save(path)
    targets, problems = read(path)
    assert problems == ()
    assert targets.department.column("title") == ["一项", "一项", "二项", "二项"]
