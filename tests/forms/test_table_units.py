"""Units around the headings of a reported table, lines that are too long, and columns that are in doubt."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.funds import MONTHS
from selfeval.forms.reading.amount_units import units_in
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import value
from tests.forms.test_read_table import Table, read


@pytest.mark.parametrize(
    ("above", "text"),
    [
        ("单位：万元", "20"),
        ("金额单位：元", "20元"),
        ("资金表（单位：人民币千元）", "20千元"),
        ("资金表（千元）", "20千元"),
        ("编制单位：承德市司法局　单位：千元　日期：2025年1月", "20千元"),
        ("单位：千元 制表人：张三", "20千元"),
        ("单位：千元。", "20千元"),
        ("【单位：千元】", "20千元"),
        ("资金表（千元，2024年）", "20千元"),
        ("以千元为单位", "20千元"),
        ("千元", "20千元"),
        ("单位：千圆", "20千元"),
        ("单位：千　元", "20千元"),
        ("单位：千 元", "20千元"),
        ("单位=千元", "20千元"),
        ("单位—千元", "20千元"),
        ("单位|千元", "20千元"),
        ("2024年资金表-千元", "20千元"),
        ("本表金额均为千元", "20千元"),
        ("金额均以人民币千元列示", "20千元"),
        ("单位：千元RMB", "20千元"),
        ("单位：万　元", "20"),
        ("小数位：角", "20"),
        ("单位：万元、%", "20"),
        ("单位：10000元", "20"),
        ("单位：RMB万元", "20"),
        ("制表单位：公元", "20"),
        ("单位：承德市司法局（单元）", "20"),
        ("（合计金额 22.59万元）", "20"),
        ("单位：承德市司法局", "20"),
        ("实施单位：承德市双元小学", "20"),
    ],
)
def test_a_unit_above_the_headings_counts(year: Year, tmp_path: Path, above: str, text: str) -> None:
    table = Table()
    table.sheets["资金"].insert(0, [above])
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed")[0] == text


@pytest.mark.parametrize(
    "above",
    [
        ["单位：百元"],
        ["单位：元", "资金（万元）"],
        *([f"单位：{unit}"] for unit in ("1000元", "1,000元", "角", "K元", "千", "百万", "美元", "千美元", "港元")),
        *([f"单位：{unit}"] for unit in ("￥1000", "¥千元", "thousand", "million")),
    ],
)
def test_units_above_the_headings_that_nobody_knows_or_that_differ_are_told(
    year: Year, tmp_path: Path, above: list[str]
) -> None:
    table = Table()
    table.sheets["资金"].insert(0, [*above])
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert {one.code for one in reported.problems} == {"E337"}
    assert value(reported, HOTLINE, "executed") == ("20", "dropped")


def test_the_unit_of_a_heading_comes_before_that_above(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].insert(0, ["单位：元"])
    table.sheets["资金"][1][3] = "全年执行数（万元）"
    assert value(read(table.csv(tmp_path), year, tmp_path), HOTLINE, "executed") == ("20", "number")


def test_a_comma_in_a_number_makes_a_line_longer_than_the_others(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.csv(tmp_path)
    path = tmp_path / "指标.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    at = next(at for at, line in enumerate(lines) if line.startswith(f"{HOTLINE}-04"))
    lines[at] = f"{HOTLINE}-04,97,8%,,,,,,"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reported = read(tmp_path, year, tmp_path)
    assert [one.code for one in reported.problems] == ["E330"]
    assert value(reported, f"{HOTLINE}-04") == ("", "blank")


def test_a_line_of_units_below_the_headings_counts(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].insert(1, ["", *["千元"] * 15])
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed")[0] == "20千元"


def test_a_column_of_units_is_not_passed_over(year: Year, tmp_path: Path) -> None:
    table = Table()
    for line, unit in zip(table.sheets["资金"], ("金额单位", "千元"), strict=True):
        line.append(unit)
    assert value(read(table.csv(tmp_path), year, tmp_path), HOTLINE, "executed")[0] == "20千元"


def test_a_percentage_in_a_column_that_is_in_doubt_is_asked_about(year: Year, tmp_path: Path) -> None:
    """A level without its percentage would score by the usual one."""
    table = Table()
    table.sheets["指标"][0][3] = "完成比例（小数）"
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert value(reported, f"{HOTLINE}-07", "percentage") == ("92%", "dropped")
    assert value(reported, f"{HOTLINE}-01", "percentage") == ("", "blank")
    table.sheets["指标"][0][3] = "完成比例（%）"
    assert value(read(table.csv(tmp_path), year, tmp_path), f"{HOTLINE}-07", "percentage") == ("92%", "text")


def test_lines_that_end_with_a_comma_here_and_there_do_no_harm(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.csv(tmp_path)
    path = tmp_path / "指标.csv"
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    ended = [f"{line}," if at % 2 else line for at, line in enumerate(lines)]
    path.write_text("\n".join(ended) + "\n", encoding="utf-8")
    assert read(tmp_path, year, tmp_path).problems == ()


def test_only_the_beginning_of_a_line_is_looked_through() -> None:
    assert units_in("（千元）" * 8000) == ["千元"]
    assert units_in("，" * 1000 + "（千元）") == []


@pytest.mark.parametrize(
    "heading", ["{}月份", "2024年{}月", "{:02d}月", "{}月支出", "2024-{:02d}-01", "2024 年 {} 月份"]
)
def test_months_are_known_in_other_words(year: Year, tmp_path: Path, heading: str) -> None:
    table = Table()
    head = table.sheets["资金"][0]
    before = read(table.csv(tmp_path), year, tmp_path)
    months = {f"{month}月": heading.format(month) for month in MONTHS}
    head[:] = [months.get(str(one), one) for one in head]
    after = read(table.csv(tmp_path), year, tmp_path)
    assert after.problems == before.problems == ()
    assert after.projects[HOTLINE].payments == before.projects[HOTLINE].payments


def test_months_of_another_year_are_no_months_of_this_one(year: Year, tmp_path: Path) -> None:
    table = Table()
    head = table.sheets["资金"][0]
    head[head.index("3月")] = "2023年3月"
    assert "W302" in {one.code for one in read(table.csv(tmp_path), year, tmp_path).problems}


def test_sheets_may_be_called_tables(year: Year, tmp_path: Path) -> None:
    path = Table().workbook(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(path)
    for sheet in book.worksheets:
        sheet.title = f"{sheet.title}表"
    book.save(path)
    reported = read(path, year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed") == ("20", "number")
