"""What a form prints around its amounts: labels, units, titles, and notes that are none of these."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import cell_at, codes, value
from tests.forms.test_printed import after


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


@pytest.mark.parametrize(
    "text",
    [
        "二、项目资金千元",
        "二、项目资金-千元",
        "二、项目资金《千元》",
        "二、项目资金（￥千元）",
        "二、项目资金（k元）",
        "二、项目资金（千）",
        "二、项目资金（美元）",
        "二、项目资金（万美元）",
        "二、项目资金（上年）",
        "二、下属单位项目资金（万元）",
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


@pytest.mark.parametrize(
    "text",
    [
        "二、项目资金",
        "二、项目资金（单位：万元）",
        "二、项目资金（人民币万元）",
        "二、 项目资金（万  元，必填）",
        "项目资金（合计22.59万元）",
        "（二）项目资金（单位：万元）",
        "（二）项目资金（万元）",
        "二、项目资金情况（万元）",
    ],
)
def test_a_title_that_says_the_same_is_no_change(year: Year, workspace: Path, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == "二、项目资金（万元）").value = text

    assert codes(after(year, workspace, change)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("当月支付", "当月支付（千元）", True),
        ("当月支付", "累计支付数", True),
        ("当月支付", "本月实际支付", False),
        ("当月支付", "当月支付金额（万元）", False),
        ("填数字\n单位：次", "填数字\n单位：千次", True),
        ("填数字\n单位：万元", "填数字\n单位：元", True),
        ("填数字\n单位：次", "只填数字", False),
        ("联系电话", "附：工资明细（单位：元）", False),
    ],
)
def test_headings_and_hints_that_say_another_unit_are_met(
    year: Year,
    workspace: Path,
    old: str,
    new: str,
    told: bool,  # noqa: FBT001
) -> None:
    def change(sheet: Worksheet) -> None:
        next(cell for row in sheet.iter_rows() for cell in row if cell.value == old).value = new

    assert bool(codes(after(year, workspace, change))) == told


@pytest.mark.parametrize("label", ["上年执行数", "全年执行数（上年）", "全年执行数（千元）"])
def test_an_amount_under_another_name_is_not_taken(year: Year, workspace: Path, label: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, "funds.executed", "level1").value = label

    reported = after(year, workspace, change)
    assert {"E340", "E341"} & {*codes(reported)}
    assert value(reported, HOTLINE, "executed")[1] == "dropped"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("payments.01", "1月份"),
        ("payments.01", "一月"),
        ("payments.01", "1月支付"),
        ("payments.01", "2024年1月"),
        ("payments.01", "1月（万元）"),
        ("funds.executed", "全年执行数（B）"),
    ],
)
def test_a_label_in_other_words_is_no_change(year: Year, workspace: Path, row: str, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, row, "level1").value = text

    assert codes(after(year, workspace, change)) == []


@pytest.mark.parametrize(
    ("row", "text"), [("payments.01", "2023年1月"), ("payments.01", "1-2月"), ("payments.01", "11月")]
)
def test_a_label_of_another_month_is_one(year: Year, workspace: Path, row: str, text: str) -> None:
    def change(sheet: Worksheet) -> None:
        cell_at(sheet, row, "level1").value = text

    assert codes(after(year, workspace, change)) == ["E340"]
