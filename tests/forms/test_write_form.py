from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.reported import CATEGORIES, Cell, Reported
from selfeval.domain.targets import PLAN, PROJECTS
from selfeval.forms.writing.cover import Cover
from selfeval.sheets.styles import number_format
from tests.forms.conftest import CENTRE, CLOTHES, HOTLINE, WORKS, Year
from tests.forms.forms import cell_at, with_cells

MARK = "示例数据（虚构，仅供演示）"


def sheet_of(data: bytes, name: str = "自评填报") -> Worksheet:
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def texts(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet for cell in row if cell.value is not None]


def test_the_same_inputs_give_the_same_bytes(year: Year) -> None:
    assert year.form(HOTLINE) == year.form(HOTLINE)


def test_only_the_cells_to_fill_in_are_unlocked_and_they_are_yellow(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    for row in sheet:
        for cell in row:
            if isinstance(cell, MergedCell):
                continue
            yellow = cell.fill.fgColor.rgb == "FFFFF8D6"
            if cell.value != "请填写":  # what the colour means
                assert cell.protection.locked is not yellow, cell.coordinate


def test_by_tab_alone_one_goes_through_the_form_with_its_heads_in_sight(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    # a locked cell can be gone to, read aloud and copied; Tab goes from the goal's result on, row by row
    assert (sheet.protection.selectLockedCells, sheet.protection.selectUnlockedCells) == (False, False)
    first = next(cell for row in sheet for cell in row if not cell.protection.locked)
    assert [one.activeCell for one in sheet.sheet_view.selection if one.pane == "bottomRight"] == [first.coordinate]
    top_left = str(sheet.freeze_panes)
    heads, names = sheet[top_left].row - 1, sheet[top_left].column - 1
    assert (sheet.cell(heads, names).value, sheet.cell(1, names).value) == ("三级指标", "level3")
    kept = [area.coord for area in sheet.merged_cells.ranges if area.min_row <= heads and area.min_col <= names]
    assert all(sheet[area][-1][-1].column <= names for area in kept), kept  # or what it says is cut as one moves right


def test_the_form_prints_large_enough_to_be_read_and_tears_no_block(year: Year) -> None:
    data = year.form(HOTLINE, filled=False)
    sheet = sheet_of(data)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:  # columns are measured in digits of the first font: 7 pixels
        fonts = parts.read("xl/styles.xml").decode().partition("<fonts")[2].partition("</font>")[0]
    assert '<name val="Arial"/>' in fonts
    shown = [one for one in sheet.column_dimensions.values() if one.width and not one.hidden]
    pixels = sum(round(one.width * 7) * ((one.max or 0) - (one.min or 0) + 1) for one in shown)
    margins = sheet.page_margins.left + sheet.page_margins.right
    scale = (11.69 - margins) * 72 / (pixels * 0.75)
    assert 10 * scale >= 7.5
    titles = {one.row for row in sheet for one in row if str(one.value)[:2] in {"一、", "二、", "三、", "四、", "五、"}}
    assert {one.id + 1 for one in sheet.row_breaks.brk} <= titles
    assert len(sheet.row_breaks.brk) == 1  # the goal and the funds, then who filled in, the months and the indicators


def test_each_kind_opens_what_it_needs_and_greys_out_the_rest(year: Year) -> None:
    hotline, clothes = sheet_of(year.form(HOTLINE, filled=False)), sheet_of(year.form(CLOTHES, filled=False))
    centre, works = sheet_of(year.form(CENTRE, filled=False)), sheet_of(year.form(WORKS, filled=False))
    texts = {"category", "reason", "remedy", "evidence"}
    opened = {
        "number": (hotline, f"{HOTLINE}-01", {"actual", *texts}),
        "level": (hotline, f"{HOTLINE}-07", {"level", "percentage", *texts}),
        "date": (clothes, f"{CLOTHES}-03", {"actual", *texts}),
        "payments": (centre, f"{CENTRE}-03", texts),
        "judgement": (works, f"{WORKS}-04", {"actual", "judged", *texts}),
        "nothing": (works, f"{WORKS}-06", set[str]()),
    }
    columns = ("actual", "level", "percentage", "judged", "category", "reason", "remedy", "evidence")
    for kind, (sheet, row, expected) in opened.items():
        found = {column for column in columns if not cell_at(sheet, row, column).protection.locked}
        assert found == expected, kind


def test_a_rate_is_a_percent_cell_and_a_deadline_a_date_cell(year: Year) -> None:
    hotline, clothes = sheet_of(year.form(HOTLINE, filled=False)), sheet_of(year.form(CLOTHES, filled=False))
    assert cell_at(hotline, f"{HOTLINE}-04").number_format == number_format("rate")
    assert cell_at(hotline, f"{HOTLINE}-08", "percentage").number_format == number_format("rate")
    assert cell_at(clothes, f"{CLOTHES}-03").number_format == 'yyyy"年"m"月"d"日"'
    assert cell_at(hotline, f"{HOTLINE}-01").number_format == "General"


def test_rates_are_filled_in_as_shares_that_show_as_percent(year: Year) -> None:
    cell = cell_at(sheet_of(year.form(HOTLINE)), f"{HOTLINE}-04")
    assert (cell.value, cell.number_format) == (0.978, number_format("rate"))
    assert "[<0]-0.00%" in cell.number_format  # under a condition LibreOffice leaves the minus to the format


def test_a_number_that_may_be_a_share_is_not_decided_on(year: Year) -> None:
    cells = {(f"{HOTLINE}-04", "actual"): Cell("0.95", 0.95, "number")}
    changed = replace(year, reported=with_cells(year.reported, cells))
    cell = cell_at(sheet_of(changed.form(HOTLINE)), f"{HOTLINE}-04")
    assert (cell.value, cell.number_format) == (0.95, "General")


def test_the_levels_of_the_rulebook_are_a_drop_down(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    cell = cell_at(sheet, f"{HOTLINE}-07", "level").coordinate
    rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    assert rule.formula1 == '"' + ",".join(level.label for level in year.rulebook.levels) + '"'


def test_a_number_cell_refuses_words_and_names_its_unit(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    cell = cell_at(sheet, f"{HOTLINE}-01").coordinate
    rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    assert (rule.type, rule.errorTitle) == ("decimal", "应为数字")
    assert "单位：次" in str(rule.error)


def test_what_is_not_to_be_filled_in_says_why(year: Year) -> None:
    assert "按上面的各月支付金额计算，不用填" in texts(sheet_of(year.form(CENTRE, filled=False)))
    assert "不涉及，不用填" in texts(sheet_of(year.form(WORKS, filled=False)))


@pytest.mark.parametrize("sheet", ["自评填报", "填写说明"])
def test_the_mark_is_on_both_sheets(year: Year, sheet: str) -> None:
    assert MARK in texts(sheet_of(year.form(HOTLINE, mark=MARK, filled=False), sheet))
    assert MARK in texts(sheet_of(year.form(HOTLINE), sheet))
    assert MARK not in texts(sheet_of(year.form(HOTLINE, filled=False), sheet))


def test_text_that_looks_like_a_formula_stays_text(year: Year) -> None:
    cells = {(f"{HOTLINE}-01", "reason"): Cell('=HYPERLINK("http://x")', data_type="text")}
    changed = replace(year, reported=with_cells(year.reported, cells))
    cell = cell_at(sheet_of(changed.form(HOTLINE)), f"{HOTLINE}-01", "reason")
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")


def test_it_prints_on_a4_landscape_one_page_wide(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE))
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert str(sheet.page_setup.fitToHeight) == "0"


def test_the_guide_has_an_example_for_each_kind_in_the_form(year: Year) -> None:
    shown = texts(sheet_of(year.form(CENTRE, filled=False), "填写说明"))
    assert any("只填数字，单位是“小时”" in text for text in shown)
    assert any("填好“四、各月支付金额”" in text for text in shown)
    assert not any("2024-12-20" in text for text in shown), "this form has no deadline"


def test_the_payments_add_up_in_the_sheet(year: Year) -> None:
    data = year.form(HOTLINE)
    stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["自评填报"]
    assert isinstance(stored, Worksheet)
    december = cell_at(stored, "payments.12", "level").value
    executed = year.reported.projects[HOTLINE].funds["executed"].number
    assert december == executed == 22.59
    assert cell_at(stored, "payments.12", "percentage").value == 1.0
    assert "与全年执行数一致" in texts(stored)


def test_an_indicator_that_could_not_be_recognised_can_be_filled_in_any_way(year: Year) -> None:
    unread = replace(year, rulebook=replace(year.rulebook, recognise=(), overrides={}))
    sheet = sheet_of(unread.form(HOTLINE, filled=False))
    for column in ("actual", "level", "percentage", "judged", "reason", "remedy", "evidence"):
        assert not cell_at(sheet, f"{HOTLINE}-01", column).protection.locked, column


def test_a_project_without_a_budget_or_a_plan_still_gets_its_form(year: Year) -> None:
    projects = year.targets.projects.frame.copy()
    projects["budget"] = float("nan")
    bare = replace(year, targets=replace(year.targets, projects=PROJECTS.of_frame(projects), plan=PLAN.rows()))
    assert "年初预算数" in texts(sheet_of(bare.form(HOTLINE)))


def test_a_form_without_values_reports_nothing(year: Year) -> None:
    assert year.form(HOTLINE, filled=False) == replace(year, reported=Reported()).form(HOTLINE)


def test_a_small_rate_asks_for_the_percent_sign(year: Year) -> None:
    """Excel takes 0.3 typed into a percentage cell for 30%."""
    project = "13080024P00009210007A"
    sheet = sheet_of(year.form(project, filled=False))
    cell = cell_at(sheet, f"{project}-02").coordinate
    rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)
    assert "连百分号一起输入" in str(rule.prompt)
    assert cell_at(sheet, f"{project}-02", "hint").value == "填百分数，带百分号，如0.3%"


def test_the_comment_on_a_cell_says_how_it_is_scored_with_its_real_points(year: Year) -> None:
    hotline, clothes = sheet_of(year.form(HOTLINE, filled=False)), sheet_of(year.form(CLOTHES, filled=False))
    told = {
        (
            hotline,
            f"{HOTLINE}-01",
            "actual",
        ): "达到7000次，得满分8.34分；未达到的，按完成率",
        (hotline, f"{HOTLINE}-06", "actual"): "不超过22.59万元，得满分8.33分；超过的，按指标值 ÷ 实际完成值计分",
        (
            hotline,
            f"{HOTLINE}-07",
            "level",
        ): "满分15.00分。选“达成年度指标”得12.00分（含）—15.00分（含）",
        (
            clothes,
            f"{CLOTHES}-03",
            "actual",
        ): "完成，得满分12.50分；逾期1至30天得80%",
    }
    for (sheet, row, column), text in told.items():
        comment = cell_at(sheet, row, column).comment
        assert comment is not None
        assert text in comment.text, row


def test_points_are_those_that_the_scoring_shares_out(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    points = [cell_at(sheet, f"{HOTLINE}-{number:02d}", "points").value for number in range(1, 10)]
    assert points == [8.34, 8.34, 8.33, 8.33, 8.33, 8.33, 15, 15, 10]


def test_reasons_have_categories_and_the_adjusted_budget_yes_or_no_to_pick_from(year: Year) -> None:
    sheet = sheet_of(year.form(HOTLINE, filled=False))
    lists = {
        cell_at(sheet, f"{HOTLINE}-01", "category").coordinate: CATEGORIES,
        cell_at(sheet, "narrative.adjusted").coordinate: ("是", "否"),
    }
    for cell, choices in lists.items():
        rule = next(one for one in sheet.data_validations.dataValidation if cell in one.sqref)
        assert rule.formula1 == f'"{",".join(choices)}"'


def test_who_sends_it_out_says_until_when_and_whom_to_ask(year: Year) -> None:
    cover = Cover(dt.date(2025, 1, 20), "财务科 王某 0314-0000000")
    data = year.form(HOTLINE, filled=False, cover=cover)
    assert {"2025年1月20日", "财务科 王某 0314-0000000"} <= set(texts(sheet_of(data)))
    assert any("2025年1月20日" in text and "王某" in text for text in texts(sheet_of(data, "填写说明")))


def test_payments_have_a_chart_beside_them(year: Year) -> None:
    with zipfile.ZipFile(io.BytesIO(year.form(HOTLINE))) as package:
        chart = package.read("xl/charts/chart1.xml").decode()
    assert "<c:lineChart>" in chart
    assert "资金支出计划" in chart


def test_the_foot_of_the_page_names_the_whole_code_and_the_rules(year: Year) -> None:
    data = year.form(HOTLINE, filled=False)
    footer = sheet_of(data).oddFooter
    assert footer is not None
    assert str(footer.left.text).strip() == f"{HOTLINE}　评分规则：{year.rulebook.title}"
    assert f"评分规则：{year.rulebook.title}。" in texts(sheet_of(data, "填写说明"))


def test_a_published_budget_goes_to_its_source_but_where_it_may_be_carried_over(year: Year) -> None:
    carried = "13080023P00033510157D"  # 2023年中央一批转移支付资金—办案业务费
    for project, total, granted in ((HOTLINE, 22.59, 22.59), (carried, 2.69, None)):
        data = year.form(project, filled=False)
        stored = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["自评填报"]
        assert isinstance(stored, Worksheet)
        assert (cell_at(stored, "funds.initial").value, cell_at(stored, "funds.initial.granted").value) == (
            total,
            granted,
        )
