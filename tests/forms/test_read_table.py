from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.reported import Reported
from selfeval.forms.reading.table import read_reported
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import codes, found, value

Rows = list[list[object]]


@dataclass
class Table:
    """The three sheets of one project, ready to be spoilt."""

    sheets: dict[str, Rows] = field(
        default_factory=lambda: {
            "指标": [
                ["指标编号", "实际完成值", "完成档次", "完成比例", "人工得分", "偏差原因", "改进措施", "佐证材料"],
                [f"{HOTLINE}-01", 7321, "", "", "", "", "", "统计表"],
                [f"{HOTLINE}-04", "97.8%", "", "", "", "", "", ""],
                [f"{HOTLINE}-07", "", "达成年度指标", "92%", "", "", "", ""],
            ],
            "资金": [
                ["项目编码", "年初预算数", "全年预算数", "全年执行数", *(f"{month}月" for month in range(1, 13))],
                [HOTLINE, 22.59, 22.59, 20, *[1] * 12],
            ],
            "项目": [
                ["项目编码", "年度目标完成情况", "填报人", "联系电话", "负责人", "填报日期"],
                [HOTLINE, "完成", "赵一鸣", "03140000000", "钱立新", "2025-01-10"],
            ],
        }
    )

    def csv(self, folder: Path, encoding: str = "utf-8-sig") -> Path:
        for name, rows in self.sheets.items():
            buffer = io.StringIO(newline="")
            csv.writer(buffer).writerows(rows)
            (folder / f"{name}.csv").write_bytes(buffer.getvalue().encode(encoding))
        return folder

    def workbook(self, path: Path) -> Path:
        book = openpyxl.Workbook()
        del book["Sheet"]
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append([one if one != "" else None for one in row])
        book.save(path)
        return path


def read(path: Path, year: Year, root: Path) -> Reported:
    return read_reported(path, year.targets.only([HOTLINE]), root)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030"])
def test_csv_reads_in_the_encodings_that_excel_and_others_write(year: Year, tmp_path: Path, encoding: str) -> None:
    reported = read(Table().csv(tmp_path, encoding), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, f"{HOTLINE}-01", "evidence") == ("统计表", "text")


def test_numerals_in_csv_are_numbers_only_where_numbers_belong(year: Year, tmp_path: Path) -> None:
    reported = read(Table().csv(tmp_path), year, tmp_path)
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")
    assert value(reported, f"{HOTLINE}-04") == ("97.8%", "text")
    assert value(reported, HOTLINE, "phone") == ("03140000000", "text")
    assert found(reported)[HOTLINE, "initial"].number == 22.59


def test_a_numeral_too_long_for_a_float_stays_exact_text(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][1][1] = "0.12345678901234567890123"
    assert value(read(table.csv(tmp_path), year, tmp_path), f"{HOTLINE}-01") == ("0.12345678901234567890123", "text")


def test_a_workbook_reads_like_the_csv(year: Year, tmp_path: Path) -> None:
    (tmp_path / "csv").mkdir()
    table = Table()
    first = read(table.csv(tmp_path / "csv"), year, tmp_path)
    second = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    assert second.problems == ()
    one, other = ({key: replace(cell, file="", sheet="") for key, cell in found(x).items()} for x in (first, second))
    assert repr(one) == repr(other)


def test_every_value_says_where_it_stands(year: Year, tmp_path: Path) -> None:
    (tmp_path / "数据").mkdir()
    cell = found(read(Table().csv(tmp_path / "数据"), year, tmp_path))[f"{HOTLINE}-07", "level"]
    assert (cell.file, cell.sheet, cell.cell) == ("数据/指标.csv", "", "C4")


def test_what_the_table_leaves_out_is_a_blank_value(year: Year, tmp_path: Path) -> None:
    reported = read(Table().csv(tmp_path), year, tmp_path)
    assert len(reported.projects[HOTLINE].answers) == 9 * 8
    assert value(reported, f"{HOTLINE}-02") == ("", "blank")
    assert value(reported, HOTLINE, "mark") == ("", "blank")


def test_columns_are_found_by_name_below_a_title_and_in_any_order(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] = [
        ["某某局指标完成情况"],
        [],
        *([row[0], "备注", *row[:0:-1]] for row in table.sheets["指标"]),
    ]
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")


def test_a_header_in_yuan_makes_amounts_in_yuan(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"][0][3] = "全年执行数（元）"
    table.sheets["资金"][0][2] = "全年预算数（万元）"
    table.sheets["资金"][1][3] = 200000
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed") == ("200000元", "text")
    assert value(reported, HOTLINE, "full_year")[1] == "number"


def test_columns_that_are_left_out_are_said_once_a_sheet(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][0][7] = "附件"
    table.sheets["指标"][0][6] = "措施"
    told = [one for one in read(table.csv(tmp_path), year, tmp_path).problems if one.code == "W302"]
    assert ["“改进措施”“佐证材料”" in one.message for one in told] == [True]


def spoil(name: str, table: Table) -> None:
    sheets = table.sheets
    if name == "no sheet":
        del sheets["资金"]
    elif name == "no needed column":
        sheets["指标"][0][1] = "完成值"
    elif name == "no optional column":
        sheets["指标"][0][7] = "附件"
    elif name == "no ids":
        sheets["指标"][0][0] = "编号"
    elif name == "unknown indicator":
        sheets["指标"][1][0] = f"{HOTLINE}-10"
    elif name == "unknown project":
        sheets["资金"].append([CLOTHES, *sheets["资金"][1][1:]])
    elif name == "two rows":
        sheets["指标"].append([f"{HOTLINE}-01", 9, "", "", "", "", "", ""])
    elif name == "two columns":
        sheets["资金"][0][4] = "全年执行数"


@pytest.mark.parametrize(
    ("name", "code", "word"),
    [
        ("no sheet", "E316", "资金"),
        ("no needed column", "E317", "实际完成值"),
        ("no optional column", "W302", "佐证材料"),
        ("no ids", "E317", "指标编号"),
        ("unknown indicator", "E318", f"{HOTLINE}-10"),
        ("unknown project", "E318", CLOTHES),
        ("two rows", "E319", "第2、5行"),
        ("two columns", "E322", "全年执行数"),
    ],
)
def test_what_is_wrong_with_a_table_is_told(year: Year, tmp_path: Path, name: str, code: str, word: str) -> None:
    table = Table()
    spoil(name, table)
    told = read(table.csv(tmp_path), year, tmp_path).problems
    assert word in next(one for one in told if one.code == code).message


def test_a_row_that_comes_twice_differently_is_not_used(year: Year, tmp_path: Path) -> None:
    table = Table()
    spoil("two rows", table)
    assert value(read(table.csv(tmp_path), year, tmp_path), f"{HOTLINE}-01") == ("7321", "dropped")


def test_a_project_that_the_table_does_not_mention_has_no_rows(year: Year, tmp_path: Path) -> None:
    reported = read_reported(Table().csv(tmp_path), year.targets.only([HOTLINE, CLOTHES]), tmp_path)
    assert [(one.code, one.place.project) for one in reported.problems] == [("E320", CLOTHES)]
    assert list(reported.projects) == [HOTLINE]


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00\xd8",
        b"\xff\xfe\x00",
        b"\x81\x30",
        b"",
        b"\n \n",
        "指标编号,实际完成值\nx-01,5\0\n".encode(),
        '指标编号,实际完成值\n"x-01,5\n'.encode(),
    ],
)
def test_a_csv_that_cannot_be_read_whole_is_told(year: Year, tmp_path: Path, data: bytes) -> None:
    Table().csv(tmp_path)
    (tmp_path / "指标.csv").write_bytes(data)
    assert "E315" in codes(read(tmp_path, year, tmp_path))


def cut(year: Year, tmp_path: Path, name: str, behind: str) -> Reported:
    """A table whose file breaks off behind a text."""
    path = Table().csv(tmp_path) / f"{name}.csv"
    text = path.read_bytes().decode("utf-8-sig")
    path.write_bytes(text[: text.index(behind) + len(behind)].encode("utf-8-sig"))
    return read(tmp_path, year, tmp_path)


def test_a_csv_that_breaks_off_within_a_row_is_not_scored(year: Year, tmp_path: Path) -> None:
    reported = cut(year, tmp_path, "指标", f"{HOTLINE}-04,9")
    assert "没有传完" in next(one for one in reported.problems if one.code == "E315").message
    assert value(reported, f"{HOTLINE}-04") == ("", "blank")


def test_a_csv_that_may_break_off_within_its_last_cell_is_told(year: Year, tmp_path: Path) -> None:
    assert "W309" in codes(cut(year, tmp_path, "资金", "1,1,1,1,1,1,1,1,1,1,1,1"))


def test_a_row_of_a_csv_that_is_longer_than_the_header_is_not_used(year: Year, tmp_path: Path) -> None:
    path = Table().csv(tmp_path) / "指标.csv"
    path.write_bytes(path.read_bytes().replace(b",7321,", b",7,321,"))
    reported = read(tmp_path, year, tmp_path)
    assert "E330" in codes(reported)
    assert value(reported, f"{HOTLINE}-01") == ("", "blank")


@pytest.mark.parametrize("name", ["没有.xlsx", "坏的.xlsx"])
def test_a_table_that_cannot_be_opened_is_told(year: Year, tmp_path: Path, name: str) -> None:
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\x03\x04")
    assert codes(read(tmp_path / name, year, tmp_path)) == ["E315"]


def test_rows_of_other_projects_are_told_a_hundred_times_and_then_counted(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] += [[f"X-{number}", 1] for number in range(130)]
    table.sheets["资金"] += [[HOTLINE, *range(1, 17)] for _ in range(130)]
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [codes(reported).count(code) for code in ("E318", "E330", "E339")] == [100, 100, 2]
    assert {one.message for one in reported.problems if one.code == "E339"} == {
        "指标.csv 里另有30行有同样的问题（填报数据表的编号不在绩效目标表里），没有逐行列出，均未采用",
        "资金.csv 里另有30行有同样的问题（一行比表头长），没有逐行列出，均未采用",
    }
    assert value(reported, f"{HOTLINE}-01") == ("7321", "number")


def test_an_answer_as_long_as_a_book_is_not_read_and_a_reason_is_not(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][1][1], table.sheets["指标"][1][5] = "9" * 501, "因" * 501
    table.sheets["资金"][1][3] = "9" * 501
    reported = read(table.csv(tmp_path), year, tmp_path)
    shown = f"{'9' * 30}…（共501字）"
    assert value(reported, f"{HOTLINE}-01") == (shown, "long")
    assert value(reported, HOTLINE, "executed") == (shown, "long")
    assert value(reported, f"{HOTLINE}-01", "reason") == ("因" * 501, "text")


def test_a_line_of_more_fields_than_a_table_has_is_refused_before_it_is_taken_apart(year: Year, tmp_path: Path) -> None:
    (Table().csv(tmp_path) / "指标.csv").write_text("," * 1_300_000, encoding="utf-8")
    reported = read(tmp_path, year, tmp_path)
    assert "超过20万行或100万个单元格" in next(one.message for one in reported.problems if one.code == "E315")


@pytest.mark.parametrize("twin", ["指标 ", "指标\u3000", "\u200b指标"])
def test_two_sheets_of_one_name_are_not_chosen_between(year: Year, tmp_path: Path, twin: str) -> None:
    path = Table().workbook(tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["指标"])
    copy.title, copy.sheet_state = twin, "hidden"
    copy["B2"] = 1
    book.save(path)
    reported = read(path, year, tmp_path)
    assert [one.code for one in reported.problems] == ["E336"]
    assert value(reported, f"{HOTLINE}-01") == ("", "blank")


@pytest.mark.parametrize("heading", ["全年执行数", "全年执行数（元）"])
def test_a_column_that_is_there_twice_is_not_read(year: Year, tmp_path: Path, heading: str) -> None:
    table = Table()
    table.sheets["资金"][0].append(heading)
    table.sheets["资金"][1].append(3)
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [one.code for one in reported.problems] == ["E322"]
    assert value(reported, HOTLINE, "executed") == ("20", "dropped")


@pytest.mark.parametrize(
    ("said", "text"), [("单位：元", "20元"), ("单位:千元", "20千元"), ("人民币元", "20元"), ("万元", "20")]
)
def test_a_heading_says_its_unit_in_several_ways(year: Year, tmp_path: Path, said: str, text: str) -> None:
    table = Table()
    table.sheets["资金"][0][3] = f"全年执行数（{said}）"
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed")[0] == text


@pytest.mark.parametrize(
    "said",
    [
        *("百元", "角", "单位：万", "美元", "%", "‰", "元，含税", "元/年", "￥"),
        *("上年", "计划", "占比", "k", "×1000", "本级部分"),
    ],
)
def test_a_heading_in_a_unit_that_nobody_knows_is_not_read(year: Year, tmp_path: Path, said: str) -> None:
    table = Table()
    table.sheets["资金"][0][3] = f"全年执行数（{said}）"
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [(one.code, one.place.cell) for one in reported.problems] == [("E337", "D1")]
    assert said in reported.problems[0].message
    assert value(reported, HOTLINE, "executed") == ("20", "dropped")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        *((said, True) for said in ("千次", "万次", "元", "上年", "目标", "小数", "×100", "完成率", "打")),
        *((said, False) for said in ("全年", "必填", "B", "次", "数")),
    ],
)
def test_a_heading_of_answers_has_no_unit_but_may_have_a_remark(
    year: Year,
    tmp_path: Path,
    said: str,
    told: bool,  # noqa: FBT001
) -> None:
    table = Table()
    table.sheets["指标"][0][1] = f"实际完成值（{said}）"
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert [one.code for one in reported.problems] == (["E337"] if told else [])
    assert value(reported, f"{HOTLINE}-01") == ("7321", "dropped" if told else "number")


@pytest.mark.parametrize("said", ["全年", "调整后", "A", "必填项", "2024年", "1-12月", "3", "请填写", "万元，必填"])
def test_a_heading_of_money_may_have_a_remark(year: Year, tmp_path: Path, said: str) -> None:
    table = Table()
    table.sheets["资金"][0][3] = f"全年执行数（{said}）"
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, HOTLINE, "executed") == ("20", "number")
