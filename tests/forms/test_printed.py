"""What a form prints around what is typed: moved rows, changed units and titles, hidden sheets, struck-out text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from selfeval.domain.reported import Reported
from selfeval.forms.identity import fingerprint
from selfeval.forms.reading.table import read_reported
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, codes, open_form, put, read, saved, value
from tests.forms.test_read_table import Table

FIRST, SECOND = f"{HOTLINE}-04", f"{HOTLINE}-05"
VISIBLE = ("level3", "target", "points", "hint", "status", "actual", "level", "percentage", "reason", "evidence")


def after(year: Year, workspace: Path, change: Callable[[Worksheet], None]) -> Reported:
    """What is read of a filled form that was changed."""
    path = put(workspace, year, HOTLINE, year.form(HOTLINE))
    book, sheet = open_form(path)
    change(sheet)
    path.write_bytes(saved(book))
    return read(workspace, year, HOTLINE)


def exchanged(sheet: Worksheet) -> None:
    """The visible cells of two rows exchange their places, as sorting does it; the hidden ones stay."""
    for column in VISIBLE:
        one, other = cell_at(sheet, FIRST, column), cell_at(sheet, SECOND, column)
        one.value, other.value = other.value, one.value


def test_rows_that_were_sorted_are_not_taken_for_one_another(year: Year, workspace: Path) -> None:
    reported = after(year, workspace, exchanged)
    assert codes(reported) == ["E340", "E340"]
    assert value(reported, FIRST)[1] == value(reported, SECOND)[1] == "dropped"
    assert value(reported, f"{HOTLINE}-01")[1] == "number"


@pytest.mark.parametrize(("column", "text"), [("target", "≥700次"), ("level3", "另一个指标"), ("target", None)])
def test_a_question_that_was_changed_has_no_answer(year: Year, workspace: Path, column: str, text: str | None) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01", column).value = text

    reported = after(year, workspace, change)
    assert codes(reported) == ["E340"]
    assert value(reported, f"{HOTLINE}-01") == ("7321", "dropped")


def test_a_stop_at_the_end_of_a_name_changes_no_question(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell = cell_at(sheet, f"{HOTLINE}-05", "level3")
        assert "。" in str(cell.value)
        cell.value = str(cell.value).replace("。", "")

    assert codes(after(year, workspace, change)) == []


def test_white_space_changes_no_question(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell = cell_at(sheet, f"{HOTLINE}-01", "target")
        cell.value = f" {cell.value}\n"

    assert codes(after(year, workspace, change)) == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        *(
            ("target", text)
            for text in ("≥7,000次", "≥７０００次。", "不少于7000次", "7000次以上", "大于等于7000.00次")
        ),
        *(("level3", f"解答{name}来电次数") for name in ("“12348”", "１２３４８", " 12348 ")),
    ],
)
def test_another_spelling_changes_no_question(year: Year, workspace: Path, column: str, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01", column).value = text

    assert codes(after(year, workspace, change)) == []


def test_an_older_question_is_told_as_such_and_a_moved_one_as_moved(year: Year, workspace: Path) -> None:
    """A form made from an older target prints that one, and its fingerprint agrees."""

    def older(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01", "target").value = "≥6000次"
        name = str(cell_at(sheet, f"{HOTLINE}-01", "level3").value).rpartition("\n（")[0]
        own = name or str(cell_at(sheet, f"{HOTLINE}-01", "level3").value)
        cell_at(sheet, f"{HOTLINE}-01", "fingerprint").value = fingerprint(own, "≥6000次")

    assert codes(after(year, workspace, older)) == ["W303"]

    def older_and_moved(sheet: Worksheet) -> None:
        older(sheet)
        cell_at(sheet, f"{HOTLINE}-01", "target").value = "≥60次"

    assert codes(after(year, workspace, older_and_moved)) == ["E340"]


def test_an_answer_counts_for_no_other_indicator_that_now_has_its_number(year: Year, workspace: Path) -> None:
    """The form prints what it was made from, and its fingerprint agrees; the targets have another name there now."""

    def of_another(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01", "level3").value = "新增的培训场次"
        cell_at(sheet, f"{HOTLINE}-01", "fingerprint").value = fingerprint("新增的培训场次", "≥7000次")

    reported = after(year, workspace, of_another)
    assert codes(reported) == ["E340"]
    assert value(reported, f"{HOTLINE}-01")[1] == "dropped"
    assert "列示的却是“新增的培训场次 ≥7000次”" in reported.problems[0].message


def test_a_column_under_another_title_is_not_taken(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        title = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "实际完成值")
        title.value = "计划值"

    reported = after(year, workspace, change)
    assert "E341" in codes(reported)
    assert value(reported, f"{HOTLINE}-01") == ("7321", "dropped")


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_form_is_not_taken(year: Year, workspace: Path, state: Literal["hidden", "veryHidden"]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.sheet_state = state

    assert codes(after(year, workspace, change)) == ["E342"]


def test_what_is_struck_out_is_no_answer(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01").font = Font(strike=True)
        cell_at(sheet, f"{HOTLINE}-04").value = CellRichText(TextBlock(InlineFont(strike=True), "1"), "97.8%")
        cell_at(sheet, f"{HOTLINE}-05", "evidence").font = Font(strike=True)

    reported = after(year, workspace, change)
    assert codes(reported) == []
    assert value(reported, f"{HOTLINE}-01")[1] == value(reported, f"{HOTLINE}-04")[1] == "struck"
    assert value(reported, f"{HOTLINE}-05", "evidence")[1] == "text"


def test_digits_above_the_line_are_none_of_an_answer(year: Year, workspace: Path) -> None:
    up = InlineFont(vertAlign="superscript")

    def change(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01").value = CellRichText("732", TextBlock(up, "1"))
        cell_at(sheet, "funds.executed").value = CellRichText("15", TextBlock(up, "1"))
        cell_at(sheet, f"{HOTLINE}-05", "evidence").value = CellRichText("统计表2024", TextBlock(up, "1"))
        cell_at(sheet, f"{HOTLINE}-04").font = Font(vertAlign="superscript")

    reported = after(year, workspace, change)
    assert codes(reported) == []
    assert value(reported, f"{HOTLINE}-01") == ("7321", "raised")
    assert value(reported, HOTLINE, "executed") == ("151", "raised")
    assert value(reported, f"{HOTLINE}-05", "evidence") == ("统计表20241", "text")
    assert value(reported, f"{HOTLINE}-04")[1] not in {"raised", "blank"}


def test_a_font_without_a_line_is_none(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, f"{HOTLINE}-01").font = Font(strike=False, bold=True)

    assert value(after(year, workspace, change), f"{HOTLINE}-01")[1] == "number"


def test_a_hidden_sheet_of_a_table_is_told(year: Year, tmp_path: Path) -> None:
    path = Table().workbook(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    book["指标"].sheet_state = "hidden"
    book.save(path)
    assert codes(read_reported(path, year.targets.only([HOTLINE]), tmp_path)) == ["W316"]


def test_what_means_the_same_is_no_change(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        means_the_same = {
            "二、项目资金（万元）": "二、项目资金（单位：万元）",
            "实际完成值": "※2024年实际完成值（次）",
            "完成档次": "完成档次（下拉选择）",
        }
        for old, new in means_the_same.items():
            next(cell for row in sheet.iter_rows() for cell in row if cell.value == old).value = new
        cell_at(sheet, f"{HOTLINE}-01", "target").value = ">= ７,000.00次。"
        name = cell_at(sheet, f"{HOTLINE}-01", "level3")
        name.value = f"1.{name.value}"
        cell_at(sheet, "funds.executed", "points").value = "人民币万元"

    assert codes(after(year, workspace, change)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [(HOTLINE, "13080024P000105100047"), ("项目支出绩效自评填报表（2024年度）", "项目支出绩效自评填报表（2023年度）")],
)
def test_a_head_that_names_another_project_or_year_is_met(year: Year, workspace: Path, old: str, new: str) -> None:
    def change(sheet: Worksheet) -> None:
        at = next(cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.value == old)
        at.value = new

    assert codes(after(year, workspace, change)) == ["E343"]


@pytest.mark.parametrize("code", [HOTLINE.lower(), f"{HOTLINE}（续建）", "2024-001", ""])
def test_the_code_in_the_head_may_be_written_otherwise(year: Year, workspace: Path, code: str) -> None:
    def change(sheet: Worksheet) -> None:
        next(cell for row in sheet.iter_rows(min_row=6) for cell in row if cell.value == HOTLINE).value = code or None

    assert codes(after(year, workspace, change)) == []


def test_a_heading_in_other_words_is_shown(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == "完成比例").value = "完成比例（小数）"

    assert "列的标题是“完成比例(小数)”，应为“完成比例”" in after(year, workspace, change).problems[0].message


@pytest.mark.parametrize(
    ("shown", "data_type"),
    [
        ("yyyy-m-d", "date"),
        ('yyyy"年"m"月"d"日"', "date"),
        ('"2024年"m"月"d"日"', "date"),
        ('"计划"yyyy-m-d', "text"),
        ('yyyy-m-d"（未完成）"', "text"),
        ('"2023-"m-d', "text"),
        ("yyyy", "unseen"),
        ("h:mm", "unseen"),
    ],
)
def test_a_day_counts_as_its_cell_shows_it(year: Year, workspace: Path, shown: str, data_type: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell = cell_at(sheet, f"{HOTLINE}-01")
        cell.value, cell.number_format = dt.datetime(2024, 12, 20), shown  # noqa: DTZ001

    assert value(after(year, workspace, change), f"{HOTLINE}-01")[1] == data_type


def test_an_answer_below_a_merged_cell_is_none(year: Year, workspace: Path) -> None:
    """As the format painter leaves it: one cell is seen, the value of the other stays in it."""

    def change(sheet: Worksheet) -> None:
        first, second = (cell_at(sheet, f"{HOTLINE}-0{number}").coordinate for number in (1, 2))
        sheet.merged_cells.add(f"{first}:{second}")

    reported = after(year, workspace, change)
    assert value(reported, f"{HOTLINE}-01")[1] == "number"
    assert value(reported, f"{HOTLINE}-02")[1] == "unseen"


@pytest.mark.parametrize("filled", [True, False])
def test_a_backup_in_other_looks_or_still_blank_is_let_be(
    year: Year,
    workspace: Path,
    filled: bool,  # noqa: FBT001
) -> None:
    path = put(workspace, year, HOTLINE, year.form(HOTLINE))
    book, sheet = open_form(path)
    copy = book.copy_worksheet(sheet)
    cell_at(copy, f"{HOTLINE}-01").number_format = "#,##0"
    cell_at(copy, f"{HOTLINE}-01", "status").number_format = "0.00%"
    for name in (
        () if filled else ("actual", "level", "percentage", "judged", "category", "reason", "remedy", "evidence")
    ):
        at = cell_at(copy, f"{HOTLINE}-01", name).column
        for cell in (one[0] for one in copy.iter_rows(min_col=at, max_col=at, min_row=16)):
            if not isinstance(cell, MergedCell):
                cell.value = None
    path.write_bytes(saved(book))
    reported = read(workspace, year, HOTLINE)
    assert codes(reported) == []
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")
