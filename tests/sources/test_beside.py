"""What a file says beside its tables: in comments and text boxes, above and below its pages. Nothing of it is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
import xlsxwriter
from docx.table import Table

from selfeval.packages.beside_cells import Text, texts_beside
from selfeval.packages.opendocument.beside import beside
from selfeval.packages.xls_margins import margins
from selfeval.sources.imported import Imported
from selfeval.sources.merging import merged
from selfeval.sources.read import read_file
from tests.recalculation.engine import Calculator
from tests.sources.raw_pdf import box, pdf, text

HEAD = ["预算单位", "项目编码", "项目名称", "预算数", "一级指标", "二级指标", "三级指标", "指标值"]
SHOW = ["412001 清源县文化馆", "ZZ01", "送戏", "500000", "产出指标", "数量指标", "演出场次", "≥20场"]
FORM = [
    ["项目支出绩效目标表"],
    ["项目名称", "送戏"],
    ["项目编码", "412000251234567890AB"],
    ["实施单位", "清源县文化馆"],
    ["年度资金总额", "500000"],
    ["年度目标", "送戏下乡"],
    ["一级指标", "二级指标", "三级指标", "指标值"],
    ["产出指标", "数量指标", "演出场次", "≥20场"],
]


def told(path: Path, year: int = 2025) -> tuple[Imported, list[tuple[str, str, str]]]:
    found = merged([read_file(path, year)], year)
    return found, [(one.code, one.place.cell, one.message) for one in found.problems if one.code in {"W105", "I140"}]


def budgets(found: Imported) -> list[object]:
    return [*found.targets.projects.column("budget")]


def workbook(path: Path, *, head: str = "", foot: str = "", rows: Sequence[Sequence[str]] = (HEAD, SHOW)) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("绩效目标")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        sheet.set_header(head)
        sheet.set_footer(foot)
    return path


def test_comments_and_text_boxes_of_a_workbook_are_told_with_their_cells(tmp_path: Path) -> None:
    path = tmp_path / "绩效目标.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("绩效目标")
        sheet.write_row(0, 0, [*HEAD[:3], "预算数（元）", *HEAD[4:]])
        sheet.write_row(1, 0, SHOW)
        sheet.write_comment("H2", "其中夜场≥5场", {"author": "某人"})
        sheet.write_comment("C2", "明年终止")
        sheet.insert_textbox(5, 1, "预算调增至60万元\n已批复")
    found, said = told(path)
    assert budgets(found) == [50]
    assert [(code, cell) for code, cell, _ in said] == [("W105", "C2"), ("W105", "B6")]
    assert "批注C2：明年终止；批注H2：其中夜场≥5场" in said[0][2]
    assert "文本框B6：预算调增至60万元" in said[1][2]
    assert "已批复" in said[1][2]


def test_a_text_box_on_a_sheet_without_cells_is_told(tmp_path: Path) -> None:
    path = tmp_path / "绩效目标.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("绩效目标")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, SHOW)
        book.add_worksheet("说明").insert_textbox(2, 0, "送戏项目取消")
    assert ["文本框A3：送戏项目取消" in message for *_, message in told(path)[1]] == [True]


def test_a_unit_of_money_around_a_page_counts_as_one_above_the_table(tmp_path: Path) -> None:
    for rows in ((HEAD, SHOW), FORM):
        found, said = told(workbook(tmp_path / "绩效目标.xlsx", foot="&L金额单位：元&R第&P页", rows=rows))
        assert (budgets(found), said) == ([50], [])
        assert any(one.what == "金额单位" and "页脚" in one.reading for one in found.readings)
    above = [["单位：万元"], HEAD, [*SHOW[:3], "50", *SHOW[4:]]]
    found, _ = told(workbook(tmp_path / "绩效目标.xlsx", head="单位：元", rows=above))
    assert budgets(found) == [50]
    assert ["页眉写的是元" in one.message for one in found.problems if one.code == "W176"] == [True]


def test_heads_and_feet_that_say_something_are_told_once_and_numbers_and_dates_are_not(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "目标.xlsx", head='&C&"宋体,常规"&10内部资料&R&D', foot="&L2025-01-03&C&P/&N&R&F目标.xlsx"
    )
    assert [(code, message.split("（")[1].split("）")[0]) for code, _, message in told(path)[1]] == [
        ("I140", "内部资料")
    ]
    assert told(workbook(tmp_path / "目标.xlsx", head="&C清源县文化馆2025年度绩效目标表&R412001 清源县文化馆"))[1] == [
        ("I140", "", "这里是页眉（清源县文化馆2025年度绩效目标表），没有作为一条数据")
    ]
    other = told(workbook(tmp_path / "目标.xlsx", head="&C2024年度绩效目标表"))[1]
    assert [code for code, *_ in other] == ["W105"]


@pytest.mark.xdist_group("libreoffice")
@pytest.mark.parametrize("kind", ["xls", "ods", "xlsx"])
def test_what_other_programs_save_is_told_too(kind: str, calculator: Calculator, tmp_path: Path) -> None:
    path = tmp_path / "绩效目标.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("封面").write("A1", "封面")
        sheet = book.add_worksheet("绩效目标")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, SHOW)
        sheet.write_comment("H2", "其中夜场≥5场")
        sheet.insert_textbox("J2", "各单位请于12月底前完成")
        sheet.set_header("&C2024年度绩效目标表")
        sheet.set_footer("&L单位：元&R第 &P 页")
    (made,) = calculator.saved_as(kind, [path], tmp_path / "另存")
    found, said = told(made)
    assert budgets(found) == [50]
    words = ("其中夜场≥5场", "文本框", "各单位请于12月底前完成", "页眉：2024年度绩效目标表")
    assert {one for one in words for *_, message in said if one in message} == {
        "其中夜场≥5场",
        "文本框",
        "各单位请于12月底前完成",
        "页眉：2024年度绩效目标表",
    }


def _word(rows: Sequence[Sequence[str]]) -> tuple[docx.document.Document, Table]:
    made = docx.Document()
    table = made.add_table(len(rows), max(map(len, rows)))
    for at, row in enumerate(rows):
        for column, one in enumerate(row):
            table.cell(at, column).text = one
    return made, table


@pytest.mark.parametrize("rows", [(HEAD, SHOW), FORM])
def test_heads_feet_and_comments_of_a_document_are_told(rows: Sequence[Sequence[str]], tmp_path: Path) -> None:
    path = tmp_path / "绩效目标.docx"
    made, table = _word(rows)
    made.sections[0].header.paragraphs[0].text = "2024年度"
    made.sections[0].footer.paragraphs[0].text = "金额单位：元"
    made.add_comment(table.cell(1, 1).paragraphs[0].runs, text="应为≥25场", author="某人")
    made.save(str(path))
    found, said = told(path)
    assert budgets(found) == [50]
    assert [code for code, *_ in said] == ["W105", "W105"]
    assert {one for one in ("页眉：2024年度", "批注：应为≥25场") for *_, message in said if one in message} == {
        "页眉：2024年度",
        "批注：应为≥25场",
    }


def test_a_head_over_the_pages_of_a_pdf_is_told_and_its_unit_of_money_counts(tmp_path: Path) -> None:
    def page(rows: Sequence[Sequence[str]]) -> str:
        drawn = text(40, 815, "单位：元　文化馆内部资料", 8)
        for at, row in enumerate(rows):
            for column, one in enumerate(row):
                x, y = 20 + column * 70, 740 - at * 20
                drawn += box(x, y, x + 70, y + 20) + text(x + 2, y + 6, one, 5)
        return drawn

    path = tmp_path / "绩效目标.pdf"
    more = [*SHOW[:1], "ZZ02", "购书", "300000", *SHOW[4:6], "册数", "≥300册"]
    path.write_bytes(pdf([page([HEAD, SHOW]), page([HEAD, more])]))
    found, said = told(path)
    assert budgets(found) == [50, 30]
    assert [message for *_, message in said] == ["这里是页眉（文化馆内部资料），没有作为一条数据"]


def test_an_opendocument_workbook_says_where_its_comments_and_boxes_are() -> None:
    names = 'xmlns:o="o" xmlns:t="t" xmlns:x="x" xmlns:d="d" xmlns:s="s"'
    content = (
        f'<o:content {names}><s:style s:name="ta1" s:family="table" s:master-page-name="P1"/>'
        '<t:table t:name="目标" t:style-name="ta1">'
        '<t:table-row t:number-rows-repeated="2"><t:table-cell/></t:table-row>'
        '<t:table-row><t:table-cell t:number-columns-repeated="3"/><t:table-cell><x:p>≥20场</x:p>'
        "<o:annotation><d:creator>某人</d:creator><x:p>应为<x:span>25</x:span></x:p></o:annotation>"
        "<d:custom-shape><x:p>调增</x:p><x:p>已批复</x:p></d:custom-shape></t:table-cell></t:table-row></t:table>"
        "</o:content>"
    )
    styles = (
        f'<o:styles {names}><s:master-page s:name="P1"><s:header><x:p>单位：元</x:p></s:header>'
        "<s:footer><x:p>第<x:page-number>1</x:page-number>页</x:p></s:footer></s:master-page>"
        '<s:master-page s:name="P2"><s:header><x:p>别的</x:p></s:header></s:master-page></o:styles>'
    )
    assert beside(content.encode(), styles.encode()) == {
        "目标": [
            Text("批注", "D3", "应为25"),
            Text("文本框", "D3", "调增\n已批复"),
            Text("页眉", "", "单位：元"),
            Text("页脚", "", "第1页"),
        ]
    }
    assert beside(b"<damaged", b"") == {}


def test_damaged_parts_beside_the_cells_hide_nothing_of_them() -> None:
    sheet = b"<worksheet><sheetData/><headerFooter><oddFooter>&amp;La&amp;&amp;b</oddFooter></headerFooter></worksheet>"
    said = "[线程批注]\n\n此版本可读取。\n\n注释:\n    应为25"
    thread = f'<comments><comment ref="$B$2"><text><t>{said}</t></text></comment></comments>'
    parts = {"comments": thread.encode(), "drawing": b"<wsDr><sp>"}
    assert margins(b"\xd0\xcf") == {}
    assert texts_beside(sheet, parts) == [Text("页脚", "", "a&b"), Text("批注", "B2", "应为25")]


def test_a_head_that_repeats_the_title_is_not_told(tmp_path: Path) -> None:
    rows = [["清源县文化馆2025年度项目绩效目标表"], HEAD, SHOW]
    path = workbook(tmp_path / "目标.xlsx", head="&C清源县文化馆2025年度&R第 &P 页 共 &N 页", foot="&C第 页", rows=rows)
    assert told(path)[1] == []
