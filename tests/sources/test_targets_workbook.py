"""``targets.xlsx``: what is written is read again, and hand-made workbooks read too."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.problems import Problem
from selfeval.domain.targets import INDICATORS, PLAN, PROJECTS, Targets
from selfeval.sources.imported import Imported
from selfeval.sources.targets_reader import read_targets
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.invented import RIVER, document, read_text

HEADERS = {
    "项目": "序号 单位编码 单位名称 项目编码 项目名称 预算数 财政资金 其他资金 资金用途 绩效目标",
    "指标": "指标编号 项目编码 一级指标 二级指标 三级指标 绩效指标描述 指标值 指标值确定依据 类型 分值",
    "资金计划": "项目编码 3月底 6月底 10月底 12月底",
    "部门目标": "序号 分项名称 绩效目标 指标 指标值 对应指标编号",
}


@pytest.fixture(scope="module")
def imported() -> Imported:
    return read_text(document(), "某某.txt")


@pytest.fixture
def path(imported: Imported, tmp_path: Path) -> Path:
    target = tmp_path / "targets.xlsx"
    target.write_bytes(targets_workbook(imported))
    return target


def change(path: Path, sheet: str, **cells: float | str) -> None:
    """Set cells of a sheet, as a person would."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    assert isinstance(page, Worksheet)
    for cell, value in cells.items():
        page[cell] = value
    book.save(path)


def read(path: Path) -> tuple[Targets, tuple[Problem, ...]]:
    return read_targets(path, 2024, "inputs/2024/targets.xlsx")


def found(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    return [(one.code, one.place.sheet, one.place.cell) for one in problems]


def test_the_sheets_have_the_agreed_columns(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["项目", "指标", "资金计划", "部门目标", "导入记录"]
    for name, headers in HEADERS.items():
        assert [cell.value for cell in book[name][1]] == headers.split()


def test_what_was_written_is_read_again(imported: Imported, path: Path) -> None:
    targets, problems = read(path)
    assert problems == ()
    assert (targets.year, targets.file) == (2024, "inputs/2024/targets.xlsx")
    for name in ("projects", "indicators", "plan"):
        assert getattr(targets, name) == getattr(imported.targets, name), name
    goals, lines = targets.department, range(2, len(targets.department) + 2)
    assert goals.column("cell") == [f"部门目标!E{line}" for line in lines]  # which is known once it is written
    assert goals.with_columns(cell=[""] * len(goals)) == imported.targets.department


def test_a_row_may_say_how_it_is_scored(imported: Imported, tmp_path: Path) -> None:
    table = imported.targets.indicators.frame.assign(standard="")
    table.loc[0, "standard"] = "少一场扣1分"
    changed = Imported(Targets(2024, imported.targets.projects, INDICATORS.of_frame(table), imported.targets.plan))
    (tmp_path / "t.xlsx").write_bytes(targets_workbook(changed))
    headers = [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx")["指标"][1]]
    assert headers == [*HEADERS["指标"].split(), "评分标准"]
    assert read(tmp_path / "t.xlsx")[0].indicators.column("standard")[:2] == ["少一场扣1分", ""]


def test_the_same_import_gives_the_same_bytes(imported: Imported) -> None:
    assert targets_workbook(imported) == targets_workbook(imported)


def test_the_record_names_source_and_every_inferred_reading(imported: Imported, path: Path) -> None:
    page = openpyxl.load_workbook(path)["导入记录"]
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert [None, "来源文件", "某某.txt", None, None] in cells
    assert [None, "总体绩效目标", imported.overall_goal, None, None] in cells
    said = [row[3] for row in cells[5:]]
    assert said == [one.reading for one in imported.readings]


def test_text_is_never_a_formula(imported: Imported, tmp_path: Path) -> None:
    table = imported.targets.indicators.frame.assign(description="=1+1")
    changed = Imported(Targets(2024, imported.targets.projects, INDICATORS.of_frame(table), imported.targets.plan))
    (tmp_path / "t.xlsx").write_bytes(targets_workbook(changed))
    assert openpyxl.load_workbook(tmp_path / "t.xlsx")["指标"]["F2"].data_type == "s"
    assert read(tmp_path / "t.xlsx")[0].indicators.frame["description"][0] == "=1+1"


def hand_made(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    percents = book.add_format({"num_format": "0%"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    page.write_datetime(number, column, dt.datetime.combine(value, dt.time()), dates)
                elif isinstance(value, float) and value < 1:
                    page.write_number(number, column, value, percents)
                else:
                    page.write(number, column, value)
    book.close()
    return path


HAND_MADE: dict[str, list[list[object]]] = {
    "说明": [["给人看的"]],
    "项目": [
        [
            "项目名称",
            "项目编码",
            "备注",
            "单位编码",
            "单位名称",
            "预算数",
            "财政资金",
            "其他资金",
            "资金用途",
            "绩效目标",
            "序号",
        ],
        ["甲项目", "P1", "略", 324001.0, "某局", "1,000.5", 1000.5, None, "用途", "目标", 1],
        [],
        ["乙项目", 20240001, "", 324001, "某局", 3, 3, 0, "", "", 2],
    ],
    "指标": [
        ["指标编号", "项目编码", "一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"],
        ["P1-01", "P1", "产出指标", "数量指标", "件数", "", 15, "计划"],
        ["P1-02", "P1", "", "", "合格率", "", 0.95, "计划"],
        ["P1-03", "P1", "", "时效指标", "完成时间", "", dt.date(2024, 12, 31), "计划"],
        ["20240001-01", 20240001, "产出指标", "质量指标", "合格率", "", "≥95%", "计划"],
    ],
    "资金计划": [["12月底", "10月底", "6月底", "3月底", "项目编码"], [1, 0.75, "50%", None, "P1"]],
    "部门目标": [
        ["序号", "分项名称", "绩效目标", "指标", "指标值", "对应指标编号"],
        [1, "一项", "目标", "甲", "1期", ""],
        ["", "", "", "乙", "", "P1-02"],
    ],
}


def test_a_hand_made_workbook_reads(tmp_path: Path) -> None:
    targets, problems = read(hand_made(tmp_path / "t.xlsx", HAND_MADE))
    assert problems == ()
    assert targets.projects.frame["project"].tolist() == ["P1", "20240001"]
    assert targets.projects.frame["unit_code"].tolist() == ["324001", "324001"]
    assert targets.projects.frame["budget"].tolist() == [1000.5, 3.0]
    assert targets.indicators.frame["target"].tolist() == ["15", "95%", "2024年12月31日", "≥95%"]
    assert targets.indicators.frame["level1"].tolist() == ["产出指标"] * 4
    assert targets.indicators.frame["level2"].tolist() == ["数量指标", "数量指标", "时效指标", "质量指标"]
    assert targets.indicators.frame["cell"].tolist() == ["指标!G2", "指标!G3", "指标!G4", "指标!G5"]
    assert targets.plan.frame.iloc[0, 2:].tolist() == [0.5, 0.75, 1.0]
    assert targets.department.frame["title"].tolist() == ["一项", "一项"]


def test_row_numbers_stay_true_below_blank_rows(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["指标"].insert_rows(2, 3)
    book["指标"].insert_cols(1)
    book.save(path)
    targets, problems = read(path)
    assert problems == ()
    assert targets.indicators.frame["cell"][0] == "指标!H5"


def test_a_missing_sheet_and_a_missing_column_are_named(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["指标"]["G1"] = "目标"
    book.save(path)
    _, problems = read(path)
    assert found(problems) == [("E122", "指标", "A1"), ("W139", "指标", "A1")]
    assert "指标值" in problems[0].message


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("项目", "D3", RIVER.code, [("E123", "项目", "D3"), ("E124", "指标", "B6"), ("E124", "指标", "B7")]),
        ("指标", "A3", f"{RIVER.code}-01", [("E123", "指标", "A3")]),
        ("指标", "B3", "没有这个", [("E124", "指标", "B3")]),
        ("资金计划", "A2", "没有这个", [("E124", "资金计划", "A2")]),
        ("资金计划", "A3", RIVER.code, [("E123", "资金计划", "A3")]),
        ("项目", "F2", "十二万", [("E125", "项目", "F2")]),
        ("项目", "F2", "", [("E127", "项目", "F2")]),
        ("项目", "A2", 1.5, [("E125", "项目", "A2")]),
        ("指标", "J2", "五分", [("E125", "指标", "J2")]),
        ("资金计划", "B2", 25, [("E126", "资金计划", "B2")]),
        ("资金计划", "B2", "很快", [("E125", "资金计划", "B2")]),
        ("指标", "A2", "", [("E127", "指标", "A2")]),
        ("指标", "F2", "#REF!", [("E130", "指标", "F2")]),
        ("指标", "G2", "=1座", [("E130", "指标", "G2")]),
        ("项目", "D2", "=1座", [("E130", "项目", "D2")]),
        ("项目", "D2", 1308002400010310005, [("E129", "项目", "D2")]),
        ("指标", "G2", "≥" + "1" * 300, [("E131", "指标", "G2")]),
        ("指标", "E2", "长" * 301, [("E131", "指标", "E2")]),
        ("项目", "J2", "长" * 5001, [("E131", "项目", "J2")]),
        ("部门目标", "E2", "长" * 301, [("E131", "部门目标", "E2")]),
    ],
)
def test_a_faulty_cell_is_a_problem_with_its_place(
    path: Path, sheet: str, cell: str, value: float | str, expected: list[tuple[str, str, str]]
) -> None:
    change(path, sheet, **{cell: value})
    targets, problems = read(path)
    assert set(expected) <= set(found(problems))
    assert len(targets.projects) >= 2, "the rest still reads"
    assert all(one.place.file == "inputs/2024/targets.xlsx" for one in problems)


def test_every_text_of_the_workbook_has_a_longest() -> None:
    columns = [column for table in (PROJECTS, INDICATORS, PLAN) for column in table.columns if column.header]
    assert [column.header for column in columns if column.dtype == "text" and not column.longest] == []


def test_one_faulty_value_is_one_problem(path: Path) -> None:
    change(path, "资金计划", B2=25)
    targets, problems = read(path)
    assert found(problems) == [("E126", "资金计划", "B2")]
    assert targets.plan.frame["month_3"].isna()[0]
    assert targets.plan.frame["month_6"][0] == 0.5


def test_a_text_longer_than_any_is_told_once_and_not_read(path: Path) -> None:
    change(path, "指标", G2="≥" + "1" * 300, G3="≥" + "1" * 299)
    targets, problems = read(path)
    assert found(problems) == [("E131", "指标", "G2")]
    assert "301字，超过上限300字" in problems[0].message
    assert targets.indicators.frame["target"].tolist()[:2] == ["", "≥" + "1" * 299]


def test_a_project_with_more_indicators_than_two_digits_count_is_told(path: Path) -> None:
    rows = {f"{column}{20 + row}": text for row in range(99) for column, text in _indicator(row)}
    change(path, "指标", **rows)
    _, problems = read(path)
    assert ("E113", "指标", "B2") in found(problems)


def _indicator(row: int) -> list[tuple[str, str]]:
    texts = (f"{RIVER.code}-x{row}", RIVER.code, "产出指标", "数量指标", "清淤", "清淤", "≥1公里", "计划")
    return list(zip("ABCDEFGH", texts, strict=True))


def test_rows_are_not_limited(path: Path) -> None:
    before = read(path)[0].department.column("cell")
    change(path, "部门目标", D150000="x")
    targets, problems = read(path)
    assert (problems, targets.department.column("cell")) == ((), [*before, "部门目标!E150000"])


def test_a_file_that_is_no_workbook_is_one_problem(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"not a workbook")
    targets, problems = read(tmp_path / "t.xlsx")
    assert found(problems) == [("E120", "", "")]
    assert len(targets.projects) == 0


def test_a_column_that_is_there_twice_is_not_chosen_between(path: Path) -> None:
    change(path, "指标", Z1="指标值", Z2="≥50次")
    _, problems = read(path)
    assert found(problems) == [("E136", "指标", "A1")]


POINTS = ["分值（分）", "分值(100分)", "分值（满分100分）", " 分值 （分） "]


@pytest.mark.parametrize("heading", POINTS)
def test_points_under_a_heading_that_says_their_unit_are_read(path: Path, heading: str) -> None:
    change(path, "指标", J1=heading, J2=20)
    targets, problems = read(path)
    assert (found(problems), targets.indicators.frame["points"].iloc[0]) == ([], 20)
    change(path, "指标", Z1="分值", Z2=30)
    assert found(read(path)[1]) == [("E136", "指标", "A1")]


def test_the_kind_may_be_called_by_its_longer_name(path: Path) -> None:
    change(path, "指标", I1="指标类型", I2="人工")
    targets, problems = read(path)
    assert (found(problems), targets.indicators.frame["kind"].iloc[0]) == ([], "人工")


@pytest.mark.parametrize(
    ("column", "heading", "meant"),
    [
        ("J", "权重", "分值"),
        ("J", "权重（%）", "分值"),
        ("J", "分数", "分值"),
        ("I", "类别", "类型"),
        ("K", "评分细则", "评分标准"),
    ],
)
def test_a_column_that_may_be_one_that_is_missing_is_asked_about(
    path: Path, column: str, heading: str, meant: str
) -> None:
    change(path, "指标", **{f"{column}1": heading})
    assert read(path)[1] == (), "nothing stands in it"
    change(path, "指标", **{f"{column}2": 20})
    _, problems = read(path)
    assert found(problems) == [("E137", "指标", f"{column}1")]
    assert f"“{meant}”" in problems[0].message


def test_filled_columns_that_are_not_read_are_told_in_one_line_a_sheet(path: Path) -> None:
    change(path, "指标", Y1="权重", Y2=20, Z1="去年完成值", Z3="50次", AB4="见附件")
    change(path, "指标", X1="备注", X2="略", J1="分值", J2=5)
    change(path, "项目", Z1="负责人", Z2="张三")
    _, problems = read(path)
    assert found(problems) == [("W139", "项目", "A1"), ("W139", "指标", "A1")]
    assert problems[1].message.startswith("“权重”、“去年完成值”、AB列（没有列名）不是")


@pytest.mark.parametrize(("typed", "number"), [("1,234.5", 1234.5), ("12,345,678", 12345678.0), ("+1,000", 1000.0)])
def test_commas_between_thousands_are_read(path: Path, typed: str, number: float) -> None:
    change(path, "项目", G2=typed)
    targets, problems = read(path)
    assert (problems, targets.projects.frame["fiscal"].iloc[0]) == ((), number)


@pytest.mark.parametrize("typed", ["2,2.59", "22,59", "1,23", "1,2345", ",5", "5,", "1,,000", "1234,567", "1_000"])
def test_other_commas_make_no_number(path: Path, typed: str) -> None:
    change(path, "项目", G2=typed)
    assert ("E125", "项目", "G2") in found(read(path)[1])


@pytest.mark.parametrize(
    ("look", "value", "seen"),
    [
        ("0%", 0.95, "95%"),
        ('0"%"', 95, "95%"),
        ("0\\%", 1, "1%"),
        ("0_%", 0.95, "0.95"),
        ('"≥"0"次"', 50, "≥50次"),
        (';;;"≥"@', "7000次", "≥7000次"),
    ],
)
def test_a_target_is_what_is_seen(path: Path, look: str, value: float | str, seen: str) -> None:
    book = openpyxl.load_workbook(path)
    cell = book["指标"]["G2"]
    cell.value, cell.number_format = value, look
    book.save(path)
    targets, _ = read(path)
    assert targets.indicators.frame["target"].iloc[0] == seen


def test_a_hidden_sheet_is_told(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["指标"].sheet_state = "hidden"
    book.save(path)
    assert found(read(path)[1]) == [("W138", "指标", "")]


@pytest.mark.parametrize("look", ['#,##0.00"万元"', "0.00万元", "¥#,##0.00", "#,##0.00;-#,##0.00;"])
def test_the_unit_of_a_column_may_stand_in_its_format(path: Path, look: str) -> None:
    book = openpyxl.load_workbook(path)
    header = [cell.value for cell in book["项目"][1]]
    at = next(at for at, name in enumerate(header, 1) if str(name).startswith("预算数"))
    book["项目"].cell(2, at).number_format = look
    book.save(path)
    targets, problems = read(path)
    assert found(problems) == []
    assert targets.projects.frame["budget"].notna().all()


@pytest.mark.parametrize("way", ["partly", "whole", "raised", "scaled", "unseen"])
def test_what_is_struck_out_or_not_seen_is_no_target(path: Path, way: str) -> None:
    book = openpyxl.load_workbook(path)
    cell = book["指标"]["G2"]
    if way == "partly":
        cell.value = CellRichText("≥7", TextBlock(InlineFont(strike=True), "0"), "000次")
    elif way == "whole":
        cell.font = Font(strike=True)
    elif way == "raised":
        cell.value = CellRichText("≥10", TextBlock(InlineFont(vertAlign="superscript"), "4"), "次")
    else:
        cell.value, cell.number_format = 50, {"scaled": "0,", "unseen": ";;;"}[way]
    book.save(path)
    assert found(read(path)[1]) == [("E140", "指标", "G2")]
