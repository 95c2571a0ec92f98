"""What a form prints around what is typed: moved rows, changed units and titles, hidden sheets, struck-out text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

import openpyxl
import pytest
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


def test_white_space_changes_no_question(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell = cell_at(sheet, f"{HOTLINE}-01", "target")
        cell.value = f" {cell.value}\n"

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

    assert sorted(codes(after(year, workspace, older_and_moved))) == ["E340", "W303"]


def test_amounts_that_changed_places_are_not_taken(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        one, other = cell_at(sheet, "payments.01", "level1"), cell_at(sheet, "payments.02", "level1")
        one.value, other.value = other.value, one.value

    reported = after(year, workspace, change)
    assert codes(reported).count("E340") == 2


@pytest.mark.parametrize("where", ["beside", "above"])
@pytest.mark.parametrize("unit", ["千元", "元", "亿元"])
def test_amounts_in_another_unit_than_ours_are_not_taken(year: Year, workspace: Path, where: str, unit: str) -> None:
    def change(sheet: Worksheet) -> None:
        if where == "beside":
            cell_at(sheet, "funds.executed", "points").value = unit
        else:
            title = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "二、项目资金（万元）")
            title.value = f"二、项目资金（{unit}）"

    reported = after(year, workspace, change)
    assert "E341" in codes(reported)
    assert value(reported, HOTLINE, "executed")[1] == "dropped"


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


@pytest.mark.parametrize(
    "text",
    [
        "二、项目资金 千元",
        "二、项目资金【千元】",
        "二、项目资金（千圆）",
        "二、项目资金：千元",
        "二、项目资金（以千元计）",
    ],
)
def test_a_unit_above_the_amounts_is_met_however_it_is_written(year: Year, workspace: Path, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == "二、项目资金（万元）").value = text

    assert "E341" in codes(after(year, workspace, change))


@pytest.mark.parametrize("label", ["上年执行数", "全年执行数（上年）", "全年执行数（千元）"])
def test_an_amount_under_another_name_is_not_taken(year: Year, workspace: Path, label: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, "funds.executed", "level1").value = label

    reported = after(year, workspace, change)
    assert {"E340", "E341"} & {*codes(reported)}
    assert value(reported, HOTLINE, "executed")[1] == "dropped"


def test_what_means_the_same_is_no_change(year: Year, workspace: Path) -> None:
    def change(sheet: Worksheet) -> None:
        for old, new in (("二、项目资金（万元）", "二、项目资金（单位：万元）"), ("实际完成值", "实际完成值（次）")):
            next(cell for row in sheet.iter_rows() for cell in row if cell.value == old).value = new
        cell_at(sheet, f"{HOTLINE}-01", "target").value = ">= 7,000次"
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
