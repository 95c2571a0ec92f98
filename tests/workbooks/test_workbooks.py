"""The workbooks as files: the official form to the letter, safe against any text, the same bytes every time."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.packages.printable import printable
from selfeval.rulebook.loading import load
from tests.workbooks.dump import dump
from tests.workbooks.sample import (
    BENEFIT,
    FULL,
    HOSTILE,
    MET,
    NARRATED,
    OPEN,
    OUTPUT,
    SILENT,
    Indicator,
    Project,
    Year,
    hostile_project,
    score_year,
)

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SUMMARY_SHEETS = ["概览", "汇总", "分析", "图表", "整改台账", "指标", "问题"]


@pytest.fixture(scope="module")
def year() -> Year:
    return score_year()


def book_of(year: Year, project: str) -> bytes:
    return year.workbook(project)


def summary_of(year: Year) -> bytes:
    links = {project: f"单位/{project}_自评表.xlsx" for project in year.scored.projects.frame["project"]}
    return year.summary(links, "示例数据")


def opened(data: bytes, *, values: bool = True) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def sheet_of(data: bytes, name: str, *, values: bool = True) -> Worksheet:
    sheet = opened(data, values=values)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def texts(sheet: Worksheet) -> Iterator[str]:
    return (cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))


def row_of(sheet: Worksheet, column: str, text: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if str(sheet[f"{column}{row}"].value).startswith(text))


def test_a_workbook_is_the_same_bytes_every_time(year: Year) -> None:
    assert book_of(year, FULL) == book_of(score_year(), FULL)
    assert summary_of(year) == summary_of(score_year())


@pytest.mark.parametrize("project", [FULL, OPEN])
def test_a_workbook_reads_as_agreed(year: Year, project: str) -> None:
    file = GOLDEN / f"workbook_{project}.txt"
    found = dump(book_of(year, project))
    if os.environ.get("SELFEVAL_WRITE_GOLDEN") == "1":
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_the_sheets_stand_in_the_order_of_a_reviewers_questions(year: Year) -> None:
    assert opened(book_of(year, FULL)).sheetnames == [
        "自评表",
        "评分依据",
        "计分规则",
        "资金支出进度",
        "问题",
        "复核意见",
    ]
    assert opened(summary_of(year)).sheetnames == SUMMARY_SHEETS


def test_the_form_has_the_official_labels_and_merged_cells(year: Year) -> None:
    sheet = sheet_of(book_of(year, FULL), "自评表")
    merged = {str(one) for one in sheet.merged_cells.ranges}
    assert {"A1:I1", "A2:I2", "B3:I3", "B4:D4", "F4:I4", "A5:A9", "A10:A11", "B10:E10", "F10:I10"} <= merged
    assert sheet["A1"].value == "项目支出绩效自评表"
    assert str(sheet["A2"].value).startswith("（2024年度）")
    assert [sheet.cell(5, col).value for col in range(4, 10)] == [
        "年初预算数", "全年预算数\n（A）", "全年执行数\n（B）", "分值", "执行率\n（B/A）", "得分",
    ]  # fmt: skip
    assert [str(sheet.cell(row, 2).value).strip("　") for row in range(6, 10)] == [
        "年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金",
    ]  # fmt: skip
    assert [[sheet.cell(row, col).value for col in (7, 9)] for row in range(7, 10)] == [["—", "—"]] * 3
    assert [sheet.cell(12, col).value for col in range(2, 10)] == [
        "一级指标", "二级指标", "三级指标", "年度指标值\n（A）",
        "实际完成值\n（B）", "分值", "得分", "偏差原因分析及改进措施",
    ]  # fmt: skip
    total = row_of(sheet, "A", "总")
    assert f"A{total}:F{total}" in merged
    assert [sheet.cell(total, col).value for col in (7, 8, 9)] == [100, 85.25, "自评等级：良"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.print_title_rows == "$12:$12"


def test_the_form_fills_in_only_money_that_is_known(year: Year) -> None:
    alone = sheet_of(book_of(year, FULL), "自评表")
    assert [[alone.cell(row, col).value for col in (4, 5, 6)] for row in range(6, 10)] == [
        [20, 22.59, 19.5], [20, None, None], [0, None, None], [0, None, None],
    ]  # fmt: skip
    split = sheet_of(book_of(year, OPEN), "自评表")
    assert [[split.cell(row, col).value for col in (4, 5, 6)] for row in (6, 7, 9)] == [
        [20, 22.59, None], [15, None, None], [5, None, None],
    ]  # fmt: skip


def test_made_up_figures_are_marked_on_the_form(year: Year) -> None:
    marked, real = (sheet_of(book_of(year, one), "自评表") for one in (FULL, OPEN))
    assert NARRATED["mark"] in str(marked["A2"].value)
    assert marked.oddHeader is not None
    assert NARRATED["mark"] in str(marked.oddHeader.right.text)
    assert real["A2"].value == "（2024年度）"


def test_a_project_without_a_form_shows_what_could_be_reached_not_zero(year: Year) -> None:
    sheet = sheet_of(book_of(year, SILENT), "自评表")
    total = row_of(sheet, "A", "总")
    assert [sheet.cell(total, col).value for col in (8, 9)] == ["0.00 – 100.00", "自评等级：待定"]
    assert sheet["F6"].value in {None, ""}


def test_every_row_of_grounds_names_its_rule_and_the_sheet_of_rules_its_file_and_source(year: Year) -> None:
    sheet, listed = (sheet_of(book_of(year, FULL), name) for name in ("评分依据", "计分规则"))
    headings = [str(cell.value) for cell in sheet[4]]
    rules, places = (
        [str(sheet.cell(row, headings.index(name) + 1).value) for row in range(5, 22)]
        for name in ("规则", "规则文件（行）")
    )
    assert len(rules) == 17
    assert all(re.search(r"计分 2024:\d+", place) for place in places)
    lines = [[str(cell.value) for cell in row if cell.value] for row in listed.iter_rows(min_row=4)]
    for number in set(rules):
        line = next(cells for cells in lines if cells and cells[0].startswith(f"{number}　"))
        assert "rules/2024.yaml:" in line[-1]
        assert "《" in line[-2]


def test_lost_points_are_told_in_figures_and_marked(year: Year) -> None:
    sheet = sheet_of(book_of(year, FULL), "评分依据")
    column = [cell.value for cell in sheet[4]].index("失分") + 1
    assert [sheet.cell(row, column).value for row in (6, 7)] == [0, 0.22]
    assert str(sheet.cell(7, column).number_format).startswith("0.00;")
    letter = get_column_letter(column)
    assert any(str(one.sqref).startswith(f"{letter}5:") for one in sheet.conditional_formatting)


def test_the_cell_of_the_form_stands_beside_each_score(year: Year) -> None:
    sheet = sheet_of(book_of(year, FULL), "评分依据")
    column = [cell.value for cell in sheet[4]].index("数据来源") + 1
    assert sheet.cell(6, column).value == "实际完成值：填报表!F31\n指标值：指标!G2"


def test_each_checkpoint_says_what_was_planned_and_how_much_is_missing(year: Year) -> None:
    sheet = sheet_of(book_of(year, FULL), "资金支出进度")
    headings = [str(cell.value).replace("\n", "") for cell in sheet[6]]
    assert headings[4:] == ["计划累计比例", "计划累计（万元）", "少于计划（万元）", "节点得分率", "计划节点结论"]
    march, december = ([sheet.cell(6 + month, col).value for col in (5, 6, 7, 9)] for month in (3, 12))
    assert march == [0.2, 4.518, 0.918, "未达计划"]
    assert december == [1, 22.59, 3.09, "未达计划"]
    assert [sheet.cell(7, col).value for col in range(5, 10)] == [None] * 5
    blank = sheet_of(book_of(year, OPEN), "资金支出进度")
    assert blank.cell(9, 9).value == "未设计划"


def test_hostile_text_stays_text_in_every_field() -> None:
    projects = [hostile_project(f"H{i:03}", evil) for i, evil in enumerate(HOSTILE)]
    year = score_year(projects)
    harmless = score_year([hostile_project(FULL, "平常的文字")])
    clean_count = _formulas(book_of(harmless, FULL))
    for i, evil in enumerate(HOSTILE):
        data = book_of(year, f"H{i:03}")
        assert _formulas(data) <= clean_count
        form = sheet_of(data, "自评表", values=False)
        assert form["B3"].data_type == "s"
        shown = printable(evil)
        expected = str(form["B3"].value)
        assert expected == shown if len(evil) < 100 else expected.endswith("以下从略）")
        assert all(len(text) <= 32_767 for sheet in opened(data).worksheets for text in texts(sheet))
        assert not _leads_out(data)
    assert opened(summary_of(year)).sheetnames == SUMMARY_SHEETS


def _formulas(data: bytes) -> int:
    return sum(
        cell.data_type == "f"
        for sheet in opened(data, values=False).worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


def _leads_out(data: bytes) -> bool:
    with ZipFile(BytesIO(data)) as parts:
        return any(b"/hyperlink" in parts.read(name) for name in parts.namelist() if name.endswith(".rels"))


@pytest.mark.parametrize(
    ("name", "target", "within", "said"),
    [
        ("服务对象满意度", "≥95%", ",$G6>=0,$G6<=IF($G6>=10,100,1)", "应在0%至100%之间；"),
        ("收入增长率", "≥5%", "", ""),
        ("资金利用率", "≥95%", ",$G6>=0", "不能小于0；"),
    ],
)
def test_a_rate_is_typed_within_what_the_scoring_takes(name: str, target: str, within: str, said: str) -> None:
    rows = [Indicator(OUTPUT, "质量指标", name, target, {"actual": ("percent", 0.96)})]
    rows.append(Indicator(BENEFIT, "社会效益指标", "提升", "有所提升", {"level": MET}))
    rules, _ = load(GOLDEN.parents[1] / "rules/national-2020.yaml", GOLDEN.parents[1])
    sheet = sheet_of(book_of(score_year([Project(FULL, "甲", rows)], rules), FULL), "评分依据")
    (entry,) = (one for one in sheet.data_validations.dataValidation if str(one.sqref) == "G6")
    # LibreOffice works out bounds before the cell has its new value: to it, 97 was beyond the 1 of a blank cell
    tested = f"AND(ISNUMBER($G6){within})"
    assert (entry.type, entry.formula1, entry.formula2) == ("custom", tested, None)
    assert entry.error == f"请填百分数，如95%；{said}不要写文字。"


def test_no_formula_holds_a_text_that_excel_refuses(year: Year) -> None:
    for project in year.scored.projects.frame["project"]:
        for sheet in opened(book_of(year, project), values=False).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        text = str(cell.value)
                        assert len(text) <= 8192
                        assert all(len(one) <= 255 for one in text.split('"')[1::2])


def test_rows_are_high_enough_for_their_text_and_no_higher_than_allowed() -> None:
    long = Indicator(
        OUTPUT, "数量指标", "长" * 60, "≥10次", {"actual": 9, "reason": "原因" * 200, "remedy": "措施" * 100}
    )
    rows = [replace(long, level3=f"{i}{'长' * 58}") for i in range(60)]
    rows.append(Indicator(BENEFIT, "社会效益指标", "提升", "有所提升", {"level": MET}))
    data = book_of(score_year([Project(FULL, "名" * 60, rows, narrative=NARRATED)]), FULL)
    for sheet in opened(data).worksheets:
        heights = [one.height for one in sheet.row_dimensions.values() if one.height]
        assert max(heights) <= 409.5
    form = sheet_of(data, "自评表")
    reason = next(one for one in form.merged_cells.ranges if one.coord.startswith("I13:"))
    assert sum(form.row_dimensions[row].height or 0 for row in range(reason.min_row, reason.max_row + 1)) > 409.5


def test_the_summary_links_to_each_workbook_beside_it(year: Year) -> None:
    sheet = sheet_of(summary_of(year), "汇总")
    links = {cell.hyperlink.target for cell in sheet["Q"] if cell.hyperlink}
    assert links == {f"单位/{project}_自评表.xlsx" for project in year.scored.projects.frame["project"]}


def test_a_link_keeps_signs_that_mean_something_in_addresses(year: Year) -> None:
    links = {FULL: "单位 甲/100%#1?.xlsx"}
    data = year.summary(links)
    assert [cell.hyperlink.target for cell in sheet_of(data, "汇总")["Q"] if cell.hyperlink] == [
        "单位%20甲/100%25%231%3F.xlsx"
    ]


def test_the_summary_lists_every_project_indicator_and_problem(year: Year) -> None:
    book = opened(summary_of(year))
    assert book["汇总"]["A8"].value == "合计4个项目"
    indicators, problems = book["指标"], book["问题"]
    assert indicators.max_row == 3 + len(year.scored.indicators)
    assert problems.max_row == 3 + len(year.scored.problems)
    assert indicators.auto_filter.ref is not None
    assert problems.freeze_panes == "B4"
