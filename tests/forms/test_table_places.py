"""What is wrong with a reported table is told at its cell, with what was found; what can be read beside it is read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from selfeval.domain.problems import Place, Problem
from selfeval.domain.reported import Reported
from selfeval.forms.reading import grid, table_files
from selfeval.forms.reading.grid import SheetGrid, open_csv
from selfeval.forms.reading.table import read_reported
from selfeval.packages.columns import letters
from tests.forms.conftest import CLOTHES, HOTLINE, Year
from tests.forms.forms import found, value
from tests.forms.test_read_table import Table, read

FIRST = f"{HOTLINE}-01"


def only(reported: Reported) -> Problem:
    (problem,) = reported.problems
    return problem


def test_a_sheet_that_is_missing_is_told_with_those_there_and_its_columns(year: Year, tmp_path: Path) -> None:
    table = Table()
    del table.sheets["资金"]
    file = table.workbook(tmp_path / "表.xlsx")
    told = only(read(file, year, tmp_path))
    assert (told.code, told.place) == ("E316", Place(file="表.xlsx"))
    assert told.message.endswith("没有“资金”，现有：指标、项目")
    assert "名为“资金”的工作表，第一行是列名：项目编码、年初预算数、" in told.remedy
    folder = tmp_path / "表"
    folder.mkdir()
    told = only(read(table.csv(folder), year, tmp_path))
    assert (told.code, told.place) == ("E316", Place(file="表"))
    assert told.message.endswith("没有“资金”，现有：指标.csv、项目.csv")
    assert "名为“资金”的CSV 文件" in told.remedy


def test_a_workbook_with_none_of_the_sheets_says_what_it_has_and_asks_for_no_project(
    year: Year, tmp_path: Path
) -> None:
    openpyxl.Workbook().save(tmp_path / "别的.xlsx")
    problems = read(tmp_path / "别的.xlsx", year, tmp_path).problems
    assert [(one.code, "现有：Sheet" in one.message) for one in problems] == [("E316", True)] * 3
    (tmp_path / "空").mkdir()
    problems = read(tmp_path / "空", year, tmp_path).problems
    assert [(one.code, "现有：（空）" in one.message) for one in problems] == [("E316", True)] * 3


@pytest.mark.parametrize("what", ["指标编号", "实际完成值"])
def test_a_column_that_is_missing_is_told_with_those_there(year: Year, tmp_path: Path, what: str) -> None:
    table = Table()
    heading = table.sheets["指标"][0]
    heading[heading.index(what)] = "别的"
    told = only(read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path))
    assert (told.code, told.place) == ("E317", Place(file="表.xlsx", sheet="指标"))
    names = "、".join(str(name) for name in heading)
    assert told.message == f"“指标”里没有名为“{what}”的列，现有：{names}"


def test_an_empty_sheet_has_no_columns(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["项目"] = []
    told = only(read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path))
    assert (told.code, told.message) == ("E317", "“项目”里没有名为“项目编码”的列，现有：（空）")


def test_columns_that_may_be_missing_are_told_at_their_sheet(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] = [row[:6] for row in table.sheets["指标"]]
    told = only(read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path))
    assert (told.code, told.place) == ("W302", Place(file="表.xlsx", sheet="指标"))
    assert told.message.startswith("“指标”里没有名为“改进措施”“佐证材料”的列")


def test_an_id_that_nobody_knows_is_told_at_its_cell_with_the_nearest(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][2][0] = f"{HOTLINE}-4"
    table.sheets["资金"].append([f"{HOTLINE[:14]}XYZ", *table.sheets["资金"][1][1:]])
    first, second = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path).problems
    assert (first.code, first.place) == ("E318", Place(file="表.xlsx", sheet="指标", cell="A3"))
    assert first.message.startswith(f"填报数据表中的指标编号“{HOTLINE}-4”不在2024年度绩效目标表中")
    assert f"（最接近的是“{HOTLINE}-0" in first.message
    assert (second.code, second.place) == ("E318", Place(file="表.xlsx", sheet="资金", cell="A3"))
    assert second.message == f"填报数据表中的项目编码“{HOTLINE[:14]}XYZ”不在2024年度绩效目标表中，这一行未采用"


@pytest.mark.parametrize(
    ("sheet", "what", "indicator", "item"),
    [("指标", "指标编号", FIRST, "actual"), ("资金", "项目编码", "", "executed"), ("项目", "项目编码", "", "head")],
)
def test_rows_that_differ_are_told_at_the_first_with_their_numbers(
    year: Year, tmp_path: Path, sheet: str, what: str, indicator: str, item: str
) -> None:
    table = Table()
    rows = table.sheets[sheet]
    rows.append([*rows[1][:-1], "另外的"])
    reported = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    told = only(reported)
    assert (told.code, told.place) == ("E319", Place(HOTLINE, indicator, "表.xlsx", sheet, "A2"))
    assert f"{what}“{rows[1][0]}”出现在第2、{len(rows)}行，" in told.message
    assert value(reported, indicator or HOTLINE, item)[1] == ("blank" if item == "head" else "dropped")


def test_rows_of_one_text_that_are_held_differently_are_not_the_same(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"].append([FIRST, "7321", "", "", "", "", "", "统计表"])
    reported = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    assert only(reported).code == "E319"
    assert value(reported, FIRST) == ("7321", "dropped")


@pytest.mark.parametrize("as_csv", [True, False])
def test_rows_that_are_alike_count_once(year: Year, tmp_path: Path, *, as_csv: bool) -> None:
    table = Table()
    for rows in table.sheets.values():
        rows.append([*rows[1]])
    path = table.csv(tmp_path) if as_csv else table.workbook(tmp_path / "表.xlsx")
    reported = read(path, year, tmp_path)
    assert reported.problems == ()
    assert value(reported, FIRST) == ("7321", "number")


def test_rows_that_differ_only_beside_the_columns_count_once(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][0].append("备注")
    table.sheets["指标"][1].append("甲")
    table.sheets["指标"].append([*table.sheets["指标"][1][:-1], "乙"])
    assert read(table.csv(tmp_path), year, tmp_path).problems == ()


def test_a_hundred_rows_that_differ_are_listed_and_more_are_counted(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"] = [["指标编号", "实际完成值"], *([FIRST, number] for number in range(100))]
    alike = [one for one in read(table.csv(tmp_path), year, tmp_path).problems if one.code == "E319"]
    assert alike[0].message.split("行")[0].endswith("、100、101")
    table.sheets["指标"].append([FIRST, 100])
    more = [one for one in read(table.csv(tmp_path), year, tmp_path).problems if one.code == "E319"]
    assert "、100、101等101行" in more[0].message


def test_a_project_without_a_row_is_told_by_its_name(year: Year, tmp_path: Path) -> None:
    (tmp_path / "数据").mkdir()
    both = year.targets.only([HOTLINE, CLOTHES])
    told = only(read_reported(Table().csv(tmp_path / "数据"), both, tmp_path))
    assert (told.code, told.place) == ("E320", Place(CLOTHES, file="数据"))
    assert f"“{year.row(CLOTHES)['name']}”" in told.message


@pytest.mark.parametrize(("sheet", "id_"), [("指标", f"{CLOTHES}-01"), ("资金", CLOTHES), ("项目", CLOTHES)])
def test_a_project_with_a_row_in_any_sheet_is_mentioned(year: Year, tmp_path: Path, sheet: str, id_: str) -> None:
    table = Table()
    table.sheets[sheet].append([id_, 1])
    reported = read_reported(table.workbook(tmp_path / "表.xlsx"), year.targets.only([HOTLINE, CLOTHES]), tmp_path)
    assert reported.problems == ()
    assert list(reported.projects) == [HOTLINE, CLOTHES]
    values = found(reported)
    assert values[CLOTHES, "executed"].data_type == "blank"
    assert (f"{CLOTHES}-01", "actual") in values
    assert values[FIRST, "actual"].text == "7321"


def test_a_column_that_is_there_twice_is_told_at_its_sheet(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"][0][4] = "全年执行数"
    told = next(
        one for one in read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path).problems if one.code[0] == "E"
    )
    assert (told.code, told.place) == ("E322", Place(file="表.xlsx", sheet="资金"))
    assert told.message.startswith("“资金”里有2个名为“全年执行数”的列")


@pytest.mark.parametrize(("sheet", "key"), [("指标", "指标编号"), ("资金", "项目编码")])
def test_a_column_of_ids_that_is_there_twice_reads_nothing(year: Year, tmp_path: Path, sheet: str, key: str) -> None:
    table = Table()
    for number, row in enumerate(table.sheets[sheet]):
        row.append("X" if number else key)
    reported = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    told = only(reported)
    assert (told.code, f"2个名为“{key}”" in told.message) == ("E322", True)
    assert (
        found(reported)[HOTLINE if sheet == "资金" else FIRST, "executed" if sheet == "资金" else "actual"].text == ""
    )


def test_a_unit_that_nobody_knows_is_told_at_its_heading(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"][0][3] = "全年执行数（百元）"
    table.sheets["资金"].insert(0, ["某某局资金"])
    told = only(read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path))
    assert (told.code, told.place) == ("E337", Place(file="表.xlsx", sheet="资金", cell="D2"))
    assert told.message.startswith("“资金”的列“全年执行数（百元）”中，“百元”无法识别")


def test_a_row_longer_than_the_header_is_told_where_it_is_too_long(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["指标"][1] += ["", "", "多的"]
    reported = read(table.csv(tmp_path), year, tmp_path)
    told = only(reported)
    assert (told.code, told.place) == ("E330", Place(file="指标.csv", cell="K2"))
    assert told.message.startswith(f"第2行（{FIRST}）比表头多出“多的”")
    assert value(reported, FIRST) == ("", "blank")
    assert value(reported, f"{HOTLINE}-04") == ("97.8%", "text")


@pytest.mark.parametrize("as_text", [False, True])
def test_a_number_behind_the_last_heading_of_a_sheet_tells_of_cells_moved_aside(
    year: Year, tmp_path: Path, *, as_text: bool
) -> None:
    table = Table()
    table.sheets["资金"].append([CLOTHES, *table.sheets["资金"][1][1:]])
    row = table.sheets["资金"][1]
    row.insert(5, row[5])
    if as_text:  # as programs export them
        row[-1] = str(row[-1])
    reported = read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path)
    told = next(one for one in reported.problems if one.code == "E330")
    assert (told.place.sheet, told.place.cell.rstrip("0123456789")) == ("资金", letters(len(row) - 1))
    assert value(reported, HOTLINE, "full_year") == ("", "blank")


def test_words_and_whole_columns_beside_a_table_are_nobodys_business(year: Year, tmp_path: Path) -> None:
    table = Table()
    for row in table.sheets["资金"][1:]:
        row += ["", 12.5]
    table.sheets["指标"][1] += ["", "", "", "已核", 3]
    assert not read(table.workbook(tmp_path / "表.xlsx"), year, tmp_path).problems


def test_blanks_beyond_the_header_are_nothing_where_most_lines_have_them(year: Year, tmp_path: Path) -> None:
    table = Table()
    for line in table.sheets["指标"][1:]:
        line += ["", " "]
    reported = read(table.csv(tmp_path), year, tmp_path)
    assert reported.problems == ()
    assert value(reported, FIRST) == ("7321", "number")


def test_a_comma_at_the_end_of_every_line_does_no_harm(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.csv(tmp_path)
    path = tmp_path / "指标.csv"
    head, *lines = path.read_text(encoding="utf-8-sig").splitlines()
    path.write_text("\n".join([head, *(f"{line}," for line in lines)]) + "\n", encoding="utf-8")
    assert read(tmp_path, year, tmp_path).problems == ()


def test_two_sheets_of_one_name_are_told_with_their_number(year: Year, tmp_path: Path) -> None:
    path = Table().workbook(tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(path)
    for name in ("指标 ", " 指标"):
        book.copy_worksheet(book["指标"]).title = name
    book.save(path)
    told = only(read(path, year, tmp_path))
    assert (told.code, told.place) == ("E336", Place(file="表.xlsx"))
    assert told.message.startswith("“指标”有3张")


def test_a_file_without_an_end_of_its_last_line_is_told_with_its_last_cell(year: Year, tmp_path: Path) -> None:
    file = Table().csv(tmp_path) / "项目.csv"
    file.write_bytes(file.read_bytes().rstrip(b"\r\n"))
    told = only(read(tmp_path, year, tmp_path))
    assert (told.code, told.place) == ("W309", Place(file="项目.csv"))
    assert told.message.startswith("最后一个单元格（第2行）是“2025-01-10”")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_a_file_with_an_end_of_its_last_line_is_whole_though_that_is_short(
    year: Year, tmp_path: Path, end: str
) -> None:
    table = Table()
    table.sheets["项目"][1].pop()
    file = table.csv(tmp_path) / "项目.csv"
    file.write_bytes(file.read_bytes().replace(b"\r\n", end.encode()))
    assert read(tmp_path, year, tmp_path).problems == ()


def test_every_file_that_was_read_has_its_proof(year: Year, tmp_path: Path) -> None:
    files = read(Table().csv(tmp_path), year, tmp_path).files
    assert [name for name, _ in files] == ["指标.csv", "资金.csv", "项目.csv"]
    assert len({proof for _, proof in files}) == 3
    (tmp_path / "坏的.xlsx").write_bytes(b"PK\x03\x04")
    ((name, proof),) = read(tmp_path / "坏的.xlsx", year, tmp_path).files
    assert (name, len(proof)) == ("坏的.xlsx", 64)


def test_amounts_and_months_are_told_apart(year: Year, tmp_path: Path) -> None:
    table = Table()
    table.sheets["资金"][1][4:] = range(101, 113)
    reports = read(table.csv(tmp_path), year, tmp_path).projects[HOTLINE]
    assert {item: cell.number for item, cell in reports.funds.items() if cell.data_type != "blank"} == {
        "initial": 22.59,
        "full_year": 22.59,
        "executed": 20,
    }
    assert {month: cell.number for month, cell in reports.payments.items()} == {
        month: 100 + month for month in range(1, 13)
    }


@pytest.mark.parametrize(
    ("column", "held"), [("实际完成值", "number"), ("完成比例", "number"), ("人工得分", "number"), ("完成档次", "text")]
)
def test_numerals_of_a_csv_are_numbers_in_the_columns_that_hold_numbers(
    year: Year, tmp_path: Path, column: str, held: str
) -> None:
    table = Table()
    at = table.sheets["指标"][0].index(column)
    table.sheets["指标"][1][at] = "0.92"
    item = {"实际完成值": "actual", "完成比例": "percentage", "人工得分": "judged", "完成档次": "level"}[column]
    assert value(read(table.csv(tmp_path), year, tmp_path), FIRST, item) == ("0.92", held)


@pytest.mark.parametrize(("name", "file"), [("open_csv", "指标.csv"), ("any_workbook", "表.xlsx")])
def test_a_fault_of_our_own_in_a_file_is_told_with_its_name(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, file: str
) -> None:
    whole = getattr(table_files, name)

    def failing(data: bytes, *others: str) -> object:
        if others in {(), ("指标.csv", "指标编号")}:
            raise ZeroDivisionError("nobody foresaw this")
        return whole(data, *others)

    monkeypatch.setattr(table_files, name, failing)
    path = Table().csv(tmp_path) if file == "指标.csv" else Table().workbook(tmp_path / file)
    reported = read(path, year, tmp_path)
    assert [(one.code, one.place) for one in reported.problems] == [("E690", Place(file=file))]
    assert list(reported.projects) == ([HOTLINE] if file == "指标.csv" else [])


def test_a_field_that_is_too_long_is_told_apart_from_a_quote_that_has_no_end() -> None:
    assert (
        open_csv(b"a,b\n1," + b"x" * 200_000 + b"\n", "表.csv") == "表.csv不是规范的 CSV：第2行有一个单元格的文字太长"
    )
    quote = open_csv(b'a,b\n1,"x\n', "数据/表.csv")
    assert quote == "表.csv不是规范的 CSV：第2行或它前面有一个双引号没有成对"


def test_as_many_rows_and_cells_as_are_allowed_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grid, "MAX_ROWS", 4)
    monkeypatch.setattr(grid, "MAX_CELLS", 8)
    for text, read_whole in (
        (b"1,2\n" * 4, True),
        (b"1\n" * 5, False),
        (b"1,2,3\n" * 3, False),
        (b"1,2,3,4\n" * 2, True),
    ):
        assert isinstance(open_csv(text, "表.csv"), SheetGrid) is read_whole, text


def test_a_file_that_cannot_be_read_is_told_at_it(year: Year, tmp_path: Path) -> None:
    (Table().csv(tmp_path) / "资金.csv").write_bytes(b"")
    told = only(read(tmp_path, year, tmp_path))
    assert (told.code, told.place) == ("E315", Place(file="资金.csv"))
