"""Units that stand around the answers of a reported table, in lines and columns: read as if typed in the cells."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.domain.reported import Cell
from selfeval.forms.reading.cells import with_unit
from tests.domain.build import Row, evaluate_row
from tests.forms.conftest import HOTLINE, Year
from tests.forms.forms import value
from tests.forms.test_read_table import Table, read


def answers(table: Table, year: Year, folder: Path) -> list[str]:
    """The answers beside ≥7000次, ≥95% and ≥400人, which are 7321, 97.8% and 5 where nothing is said."""
    reported = read(table.csv(folder), year, folder)
    assert reported.problems == ()
    return [value(reported, f"{HOTLINE}-0{number}")[0] for number in (1, 4, 2)]


@pytest.fixture
def table() -> Table:
    made = Table()
    made.sheets["指标"].insert(2, [f"{HOTLINE}-02", 5, "", "", "", "", "", ""])
    return made


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        *(
            (line, "7321万次", "5")
            for line in ("单位：万次", "以万次为单位", "（万次）", "万次", "单位 万次", "单位为万次")
        ),
        *(
            (line, "7321万次", "5")
            for line in ("计量单位：万次。", "单位：万元、万次", "单位：1万次", "【单位：萬次】")
        ),
        *(
            (line, "7321万次", "5")
            for line in ("实施单位：某局　单位：万次", "以万次计", "指标表(万次/%)", "按万次填报")
        ),
        ("指标完成情况（单位：千次）", "7321千次", "5"),
        ("单位：万次 日期：2025年1月", "7321万次", "5"),
        ("单位：千次制表：张三", "7321千次", "5"),
        ("单位：万", "7321万", "5万"),
        ("单位：万人", "7321", "5万人"),
        ("单位：万次/年", "7321万次/年", "5"),
        ("单位：万件", "7321万件", "5万件"),  # nobody counts so here: who is meant?
        ("单位：10000次", "7321×10000次", "5"),
        ("单位：次、万次", "7321次、万次", "5"),
    ],
)
def test_a_unit_above_the_answers_is_put_behind_those_that_it_concerns(
    year: Year, tmp_path: Path, table: Table, line: str, first: str, last: str
) -> None:
    table.sheets["指标"].insert(0, [line])
    assert answers(table, year, tmp_path) == [first, "97.8%", last]


@pytest.mark.parametrize(
    "line",
    [
        *("单位：次", "单位：万元", "单位：承德市司法局", "金额单位：万元", "单位：%", "单位：个、次、%", "单位：小时"),
        *(
            "制表单位：万达公司",
            "2024年指标完成情况",
            "百强县绩效表",
            "（全年）",
            "千佛镇指标表",
            "单位：1次",
            "来电（1万次）",
        ),
    ],
)
def test_other_lines_above_the_answers_say_nothing(year: Year, tmp_path: Path, table: Table, line: str) -> None:
    table.sheets["指标"].insert(0, [line])
    assert answers(table, year, tmp_path) == ["7321", "97.8%", "5"]


@pytest.mark.parametrize("lines", [(0, ["单位：", "万次"]), (1, ["", "（万次）"]), (9, ["", "注：以上单位均为万次"])])
def test_units_stand_in_two_cells_below_the_headings_or_below_the_table(
    year: Year, tmp_path: Path, table: Table, lines: tuple[int, list[object]]
) -> None:
    table.sheets["指标"].insert(*lines)
    assert answers(table, year, tmp_path)[0] == "7321万次"


def with_column(table: Table, *texts: str) -> Table:
    for row, text in zip(table.sheets["指标"], texts, strict=False):
        row.append(text)
    return table


@pytest.mark.parametrize("heading", ["单位", "计量单位", "单 位", "指标单位", "计量单位（必填）", "数量单位"])
def test_a_column_of_units_counts_row_by_row(year: Year, tmp_path: Path, table: Table, heading: str) -> None:
    assert answers(with_column(table, heading, "万次", "人", "%"), year, tmp_path) == ["7321万次", "97.8%", "5"]


@pytest.mark.parametrize(
    ("texts", "first", "last"),
    [
        (["单位", "次", "人", "%"], "7321", "5"),
        (["单位", "件", "%", "%"], "7321件", "5%"),
        (["单位", "万元", "万元", "万元"], "7321万元", "5万元"),
        (["计量单位", "（次）", "-", "/"], "7321", "5"),
        (["计量单位", "场地", "", ""], "7321场地", "5"),
        (["计量单位", "1000次", "", ""], "7321×1000次", "5"),
        (["单位", "承德市司法局", "承德市司法局", "承德市司法局"], "7321", "5"),
        (["单位", "承德", "承德", "承德"], "7321", "5"),
        (["实施单位", "万次", "", ""], "7321", "5"),
    ],
)
def test_a_column_of_units_says_the_same_or_another(
    year: Year, tmp_path: Path, table: Table, texts: list[str], first: str, last: str
) -> None:
    assert answers(with_column(table, *texts), year, tmp_path) == [first, "97.8%", last]


def test_a_unit_that_may_be_that_of_the_rows_below_is_asked_about(year: Year, tmp_path: Path, table: Table) -> None:
    table.sheets["指标"][2], table.sheets["指标"][1] = table.sheets["指标"][1], table.sheets["指标"][2]
    with_column(table, "单位", "万", "", "")
    assert answers(table, year, tmp_path) == ["7321万？", "97.8%", "5万"]


def test_a_unit_in_a_remark_on_a_row_counts_there(year: Year, tmp_path: Path, table: Table) -> None:
    with_column(table, "备注", "单位：万次", "万元以上采购")
    assert answers(table, year, tmp_path) == ["7321万次", "97.8%", "5"]


def test_the_column_of_units_comes_before_the_line_above(year: Year, tmp_path: Path, table: Table) -> None:
    with_column(table, "单位", "次")
    table.sheets["指标"].insert(0, ["单位：万次"])
    assert answers(table, year, tmp_path)[0] == "7321"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("≥7321", "≥7321万次"),
        ("7321以上", "7321万次以上"),
        ("7321余", "7321余万次"),
        ("7321，达标", "7321万次，达标"),
        ("7321（已验收）", "7321万次（已验收）"),
        ("7,321", "7,321万次"),
        ("7321.5", "7321.5万次"),
        ("7000-7321", "7000万次-7321万次"),
        *((same, same) for same in ("7321次", "7321 次", "7321%", "2024-12-20", "达标")),
    ],
)
def test_a_unit_is_put_behind_numbers_that_have_none(text: str, seen: str) -> None:
    assert with_unit(Cell(text, data_type="text"), "万次").text == seen


@pytest.mark.parametrize("unit", ["件", "×10000次", "次、万次", "万元", "%"])
def test_what_is_read_so_is_asked_about_as_if_typed_in_the_cell(unit: str) -> None:
    row, codes = evaluate_row(Row("≥7000次", with_unit(Cell("7321", 7321, "number"), unit).text))
    assert row["state"] == "ask"
    assert codes & {"E402", "E404"}
    assert (
        evaluate_row(Row("≥7000次", with_unit(Cell("0.7321", 0.7321, "number"), "万次").text))[0]["actual_value"]
        == 7321
    )


def test_an_amount_that_is_a_text_is_in_the_unit_of_its_column(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].insert(0, ["单位：千元"])
    table.sheets["资金"][2][3] = "1,020.5"
    for reported in (
        read(table.csv(tmp_path), year, tmp_path),
        read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path),
    ):
        assert value(reported, HOTLINE, "executed")[0] == "1,020.5千元"


def test_a_unit_below_the_amounts_counts(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"].append(["", "注：以上单位均为千元"])
    assert value(read(table.csv(tmp_path), year, tmp_path), HOTLINE, "executed")[0] == "20千元"
