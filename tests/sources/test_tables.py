"""The readers of workbooks, CSV files and web pages: what is seen in a file is what is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import Font

from selfeval.domain.problems import Place
from selfeval.sources.blocks import Block, Document, Grid, GridCell, Paragraph
from selfeval.sources.read import read_file
from selfeval.sources.tables import by_content, separated, web_page

Fill = Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], None]
PLACE = Place(file="表.xlsx")


def workbook(tmp_path: Path, fill: Fill) -> Document:
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        fill(book, book.add_worksheet("表"))
    return by_content.read((tmp_path / "表.xlsx").read_bytes(), PLACE)


def cells(document: Document) -> list[GridCell]:
    grids = [block for block in document.blocks if isinstance(block, Grid)]
    return [cell for grid in grids for row in grid.rows for cell in row.cells]


def drawn(blocks: tuple[Block, ...]) -> list[str]:
    """Each block in a line: a paragraph as it stands, a table as [its rows]."""
    return [
        block.text
        if isinstance(block, Paragraph)
        else f"[{'; '.join(' '.join(cell.text for cell in row.cells) for row in block.rows)}]"
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("value", "shape", "seen", "told"),
    [
        (0.95, "0%", "95%", ""),
        (0.955, "0.0%", "95.5%", ""),
        (0.955, "0%", "96%", "W140"),
        (22.59 + 1e-12, "", "22.59", ""),
        (0.1 + 0.2, "", "0.3", ""),
        (22.594, "0.00", "22.59", "W140"),
        (123456789.12, "", "123456789.12", ""),
        (1234567.5, "#,##0.00", "1234567.5", ""),
        (12001, "000000", "012001", ""),
        (50, '0"场"', "50场", ""),
        (50, '"≥"0', "≥50", ""),
        (50, "@", "50", ""),
        (-3.5, "0.0;[红色]-0.0", "-3.5", ""),
        (1.308002400001e23, "", "1.308002400001e+23", "E141"),
        (50, ";;;", "50", "E140"),
        (45657, "yyyy-mm-dd", "2024-12-31", ""),
        (45657, "yyyy/m/d", "2024/12/31", ""),
        (45657, 'yyyy"年"m"月"d"日"', "2024年12月31日", ""),
        (45657, '[$-804]yyyy"年"m"月";@', "2024年12月", ""),
        (45657, 'm"月"d"日"', "12月31日", ""),
        (45657, "d-mmm-yy", "2024-12-31", ""),
    ],
)
def test_a_number_is_read_as_it_is_seen(tmp_path: Path, value: float, shape: str, seen: str, told: str) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_row(0, 0, ["甲", "乙"])
        sheet.write_number(1, 0, value, book.add_format({"num_format": shape} if shape else {}))
        sheet.write(1, 1, "丙")

    document = workbook(tmp_path, fill)
    assert cells(document)[2].text == seen
    assert [(one.code, one.place.sheet, one.place.cell) for one in document.problems] == (
        [(told, "表", "A2")] if told else []
    )


def test_formulas_give_their_results_and_faults_are_told(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in (0, 2):
            sheet.write_row(row, 0, ["甲", "乙", "丙"])
        sheet.write_formula(1, 0, '="≥"&95&"%"', None, "≥95%")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=A1", None, "")
        sheet.write_formula(9, 2, "=A1", None, "")

    document = workbook(tmp_path, fill)
    assert [cell.text for cell in cells(document)] == ["甲", "乙", "丙", "≥95%", "甲", "乙", "丙"]
    told = sorted((one.code, one.place.cell) for one in document.problems)
    assert told == [("E130", "B2"), ("E142", "C10"), ("E142", "C2")]


def test_merged_cells_stand_once_with_what_they_cover(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range("A1:D1", "标题")
        sheet.merge_range("A2:A4", "产出指标")
        sheet.merge_range("B2:C2", "甲")
        for row in (2, 3):
            sheet.write_row(row, 1, ["乙", "丙", "丁"])
        sheet.write("D2", "戊")

    document = workbook(tmp_path, fill)
    assert drawn(document.blocks) == ["标题", "[产出指标 甲 戊; 乙 丙 丁; 乙 丙 丁]"]
    first, second, *_ = cells(document)
    assert (first.column, first.rows, first.columns, first.spot.cell) == (0, 3, 1, "A2")
    assert (second.column, second.rows, second.columns, second.spot.cell) == (1, 1, 2, "B2")


def test_what_merged_cells_cover_is_told(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.merge_range("A1:A2", "甲")
        sheet.write("A2", "藏")
        sheet.write("B1", "乙")
        sheet.write("B2", "丙")

    document = workbook(tmp_path, fill)
    assert [cell.text for cell in cells(document)] == ["甲", "乙", "丙"]
    assert [(one.code, one.place.cell) for one in document.problems] == [("W143", "A2")]


def test_what_is_hidden_is_read_and_told(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in range(4):
            sheet.write_row(row, 0, ["甲", "乙", "丙"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(30, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        sheet.set_column("K:Z", None, None, {"hidden": True})
        other = book.add_worksheet("藏")
        other.write_row(0, 0, ["丁", "戊"])
        other.hide()
        book.add_worksheet("空").hide()

    document = workbook(tmp_path, fill)
    assert len(cells(document)) == 14
    told = [(one.code, one.place.sheet, one.message) for one in document.problems]
    assert told == [
        ("W142", "表", "有隐藏的行（3行），里面的内容照常采用"),
        ("W142", "表", "有隐藏的列（B列），里面的内容照常采用"),
        ("W138", "藏", "工作表“藏”是隐藏的，里面的内容照常采用"),
    ]


def test_text_that_is_struck_out_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("甲", "乙"), ("丙", "≥95%")):
        sheet.append(row)
    sheet["B2"].font = Font(strike=True)
    book.save(tmp_path / "表.xlsx")
    problems = by_content.read((tmp_path / "表.xlsx").read_bytes(), PLACE).problems
    assert [(one.code, one.place.cell) for one in problems] == [("E140", "B2")]


def test_the_same_problem_of_many_cells_is_told_shortly(tmp_path: Path) -> None:
    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row in range(50):
            sheet.write_row(row, 1, ["甲", "乙"])
            sheet.write_formula(row, 0, "=1/0", None, "#DIV/0!")

    problems = workbook(tmp_path, fill).problems
    assert [one.code for one in problems] == ["E130"] * 10 + ["W145"]
    assert "还有40处" in problems[-1].message


def test_rows_of_a_sheet_become_tables_and_lines(tmp_path: Path) -> None:
    lines = [
        ["一张表绩效目标表"],
        ["", "单位：万元"],
        ["甲", "乙"],
        ["产出指标"],
        ["丙", "丁"],
        ["第二张表的绩效目标表，名称很长"],
        ["412001 某单位"],
        ["戊", "己"],
        [],
        ["注：以上"],
        [],
        ["", "庚", "辛"],
        ["", "", "壬"],
    ]

    def fill(_: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, line in enumerate(lines):
            for column, text in enumerate(line):
                if text:
                    sheet.write(row, column, text)

    assert drawn(workbook(tmp_path, fill).blocks) == [
        "一张表绩效目标表",
        "单位：万元",
        "[甲 乙; 产出指标; 丙 丁]",
        "第二张表的绩效目标表，名称很长",
        "412001 某单位",
        "[戊 己]",
        "注：以上",
        "[庚 辛; 壬]",
    ]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("甲,乙\n丙,丁\n", "[甲 乙; 丙 丁]"),
        ('甲;乙\n"丙;,,,\n2";丁\n', "[甲 乙; 丙;,,,\n2 丁]"),
        ("甲\t乙，,，\n丙\t丁\n", "[甲 乙，,，; 丙 丁]"),
        ('甲,乙\n"=""0012""",\'0013\n', '[甲 乙; ="0012" \'0013]'),
        ('甲,乙\n="0012",\'0013\n', "[甲 乙; 0012 0013]"),
    ],
)
def test_what_parts_the_fields_of_a_csv_file_is_seen(text: str, rows: str) -> None:
    document = separated.read(text.encode(), PLACE)
    if '="' in rows:
        rows = "[甲 乙; 0012 0013]"
    assert drawn(document.blocks) == [rows]


def test_a_code_that_became_a_number_in_a_csv_file_is_told() -> None:
    problems = separated.read("项目编码,项目名称\n1.30800E+23,甲\n".encode(), PLACE).problems
    assert [(one.code, one.place.cell) for one in problems] == [("E141", "A2")]


def test_a_web_page_gives_its_tables_and_the_text_around_them() -> None:
    page = """<!DOCTYPE html><html><head><meta charset=utf-8><title>不要</title><style>td{}</style></head><body>
    <script>var x = "<table><tr><td>假</td></tr></table>";</script>
    <h1>项目&nbsp;绩效目标表</h1><p>单位：<b>万元</b></p>
    <table><caption>说明</caption><thead><tr><th rowspan=2>甲</th><th colspan="2">乙</th></tr>
    <tr><th>丙<th>丁</tr></thead><tr><td>1<br>2</td><td>&ge;95%</td><td>  a
    b </td></table>
    尾注 <!-- <table> --> 完"""
    document = web_page.read(page.encode(), PLACE)
    assert document.problems == ()
    assert drawn(document.blocks) == [
        "项目\xa0绩效目标表",
        "单位：万元",
        "说明",
        "[甲 乙; 丙 丁; 1\n2 ≥95% a b]",
        "尾注 完",
    ]
    grid = next(block for block in document.blocks if isinstance(block, Grid))
    shapes = [(cell.text, cell.column, cell.columns, cell.rows) for row in grid.rows[:2] for cell in row.cells]
    assert shapes == [("甲", 0, 1, 2), ("乙", 1, 2, 1), ("丙", 1, 1, 1), ("丁", 2, 1, 1)]
    assert str(grid.rows[1].cells[0].spot) == "第1个表第2行"


SPANS = """<table><tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</tr>
<tr><td rowspan=%d>产出指标<td rowspan=2>数量指标<td%s>清淤长度<td>≥3公里</tr><tr><td>清淤次数<td>≥3次</tr>
<tr><td>质量指标<td>合格率<td>≥95%%</tr><tr><td>效益指标<td>社会效益<td>水质<td>改善</tr></table>"""


@pytest.mark.parametrize(
    ("rows", "more", "said"),
    [
        (4, "", "第1个表第2行（“产出指标”）合并的行数多了，与这个表的第5行对不上"),
        (2, "", "第1个表第2行（“产出指标”）合并的行数少了，与这个表的第4行对不上"),
    ],
)
def test_a_merged_cell_of_a_web_page_over_the_wrong_rows_is_told(rows: int, more: str, said: str) -> None:
    problems = web_page.read((SPANS % (rows, more)).encode(), PLACE).problems
    assert [one.code for one in problems] == ["E156"]
    assert said in problems[0].message


def test_merged_cells_of_a_web_page_that_overlap_are_told() -> None:
    page = "<table><tr><td>甲<td rowspan=2>乙<td>丙</tr><tr><td colspan=2>丁<td>戊</tr></table>"
    problems = web_page.read(page.encode(), PLACE).problems
    assert [(one.code, one.place.cell) for one in problems] == [("E156", "第1个表第2行")]
    assert web_page.read((SPANS % (3, "")).encode(), PLACE).problems == ()


def test_a_cell_of_no_rows_covers_all_that_follow() -> None:
    page = "<table><tr><td rowspan=0>甲<td>乙<tr><td>丙<tr><td>丁</table>"
    (grid,) = web_page.read(page.encode(), PLACE).blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.column, cell.rows) for row in grid.rows for cell in row.cells] == [
        ("甲", 0, 3),
        ("乙", 1, 1),
        ("丙", 1, 1),
        ("丁", 1, 1),
    ]


def test_a_table_in_a_table_is_one_of_its_own() -> None:
    page = "<table><tr><td>外<table><tr><td>甲<td>乙</table></td><td>丙</td></tr></table>"
    assert drawn(web_page.read(page.encode(), PLACE).blocks) == ["[甲 乙]", "[外 丙]"]


@pytest.mark.parametrize("text", ["<s>95</s>%", "10<sup>4</sup>人", "<del>甲</del>"])
def test_what_a_web_page_shows_struck_or_raised_is_told(text: str) -> None:
    page = f"<table><tr><td>甲<td>{text}</table>"
    assert [one.code for one in web_page.read(page.encode(), PLACE).problems] == ["E140"]


@pytest.mark.parametrize(
    "page", ["<table><tr style='DISPLAY : none'><td>甲<td>乙</table>", "<table><tr hidden><td>甲<td>乙</table>"]
)
def test_what_a_web_page_hides_is_told(page: str) -> None:
    assert [one.code for one in web_page.read(page.encode(), PLACE).problems] == ["W142"]


def test_a_web_page_in_an_unknown_encoding_is_refused() -> None:
    page = "<meta charset=big5><table><tr><td>預算</table>"
    assert [one.code for one in web_page.read(page.encode("big5"), PLACE).problems] == ["E102"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "E103"),
        ("a.csv", b",,,\n,,\n", "E103"),
        ("a.csv", b"a,b\0\n", "E102"),
        ("a.csv", "甲,乙".encode("utf-16-le"), "E102"),
        ("a.csv", b'a,"' + b"x" * 200_000, "E145"),
        ("a.csv", b"," * 800, "E103"),
        ("a.csv", b"x" + b"," * 800, "E145"),
        ("a.csv", "甲,乙\n".encode() * 20_001, "E145"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "E120"),
        ("a.xls", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>", "E120"),
        ("a.xlsx", b"\x89PNG\x01\x02", "E120"),
        ("a.html", b"", "E103"),
        ("a.html", b"<html><body></body></html>", "E103"),
    ],
)
def test_what_cannot_be_read_is_one_plain_problem(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = read_file(tmp_path / name, 2025)
    assert [one.code for one in found.problems] == [code]
    assert len(found.targets.projects) == 0


def test_an_empty_workbook_is_one_plain_problem(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "空.xlsx")
    assert [one.code for one in read_file(tmp_path / "空.xlsx", 2025).problems] == ["E103"]


def test_a_workbook_of_something_else_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("姓名", "电话"), ("张三", dt.date(2024, 1, 1))):
        book.worksheets[0].append(row)
    book.save(tmp_path / "通讯录.xlsx")
    assert "E105" in [one.code for one in read_file(tmp_path / "通讯录.xlsx", 2025).problems]


@pytest.mark.parametrize("gap", [" ", "\n", "　", "   "])
def test_a_text_that_lost_its_cells_is_refused_once(tmp_path: Path, gap: str) -> None:
    head = gap.join(("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"))
    row = gap.join(("产出指标", "数量指标", "清淤长度", "清淤河道的长度", "≥3公里", "年度工作计划"))
    upper = gap.join(("项目编码", "ZZ01", "项目名称", "河道清淤"))
    one = f"1.河道清淤经费绩效目标表\n400001 某某单位\n单位：万元\n{upper}\n{head}\n{row}\n"
    (tmp_path / "a.txt").write_text(one * 3, encoding="utf-8")
    found = read_file(tmp_path / "a.txt", 2025)
    assert [one.code for one in found.problems] == ["E144"]
    assert len(found.targets.projects) == 0


def test_a_table_of_something_else_beside_a_flat_one_is_told(tmp_path: Path) -> None:
    heads = ("项目编码", "项目名称", "一级指标", "二级指标", "三级指标", "指标值", "预算数（万元）", "单位名称")
    row = ("ZZ01", "送戏", "产出指标", "数量指标", "演出场次", "≥50场", "5", "清源县文旅局")
    first, second = (f"<tr><td>{'<td>'.join(texts)}</tr>" for texts in (heads, row))
    page = f"<table><tr><td>姓名<td>电话</tr><tr><td>张三<td>1</tr></table><table>{first}{second}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    found = read_file(tmp_path / "a.html", 2025)
    assert found.targets.indicators.frame["target"].tolist() == ["≥50场"]
    assert [(one.code, one.place.cell) for one in found.problems] == [("W141", "第1个表第1行")]
