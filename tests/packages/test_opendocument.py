"""Workbooks of LibreOffice's own kind: what a cell holds and shows, and what such a file may not be."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from selfeval.forms.reading.grid import SheetGrid, open_workbook
from selfeval.packages.any_workbook import any_workbook
from selfeval.packages.files import Unreadable
from selfeval.packages.opendocument.book import MIMETYPE, is_ods
from selfeval.packages.opendocument.formats import UNSEEN, NumberFormats
from selfeval.packages.opendocument.styles import Styles
from selfeval.sources.tables.as_shown import as_shown

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{name}="{_BASE}{kind}:1.0"'
    for name, kind in {
        **{name: name for name in ("office", "table", "text", "style")},
        "number": "datastyle",
        "calcext": "x",
    }.items()
)
_ABOVE_10 = "<style:map style:condition='value()&gt;=10' style:apply-style-name='Q'/>"
_FORMATS = {
    "P": ("percentage", "<number:number number:decimal-places='2'/><number:text>%</number:text>"),
    "Q": ("number", "<number:number/><number:text>%</number:text>"),
    "K": ("number", "<number:number number:decimal-places='1' number:display-factor='1000'/>"),
    "U": ("number", "<number:number/><number:text>千元</number:text>"),
    **{
        name: ("number", f"<number:number {said}/>")
        for name, said in {
            "G": "number:min-integer-digits='1'",
            "2": "number:decimal-places='2' number:min-decimal-places='2' number:min-integer-digits='1'",
            "6": "number:decimal-places='6' number:min-decimal-places='2' number:grouping='true'",
            "0": "number:decimal-places='0' number:min-decimal-places='0' number:min-integer-digits='6'",
            "odd": "number:decimal-places='²' number:min-integer-digits='999999999'",
        }.items()
    },
    "M": ("percentage", f"<number:number/><number:text>%</number:text>{_ABOVE_10}"),
    "Y": ("date", "<number:year number:style='long'/>"),
    "D": (
        "date",
        "<number:year/><number:text>年</number:text><number:month/><number:text>月</number:text><number:day/>",
    ),
    "B": ("boolean", "<number:boolean/>"),
}
_THROUGH = "<style:text-properties style:text-line-through-style='{}'/>"
_OTHERS = (
    ("table-cell", "old", _THROUGH.format("solid")),
    ("table-cell", "struck' style:parent-style-name='old", ""),
    ("table-cell", "plain' style:parent-style-name='old", _THROUGH.format("none")),
    ("text", "up", "<style:text-properties style:text-position='super 58%'/>"),
    ("text", "gone", "<style:text-properties style:text-line-through-type='single'/>"),
    ("table", "unseen", "<style:table-properties table:display='false'/>"),
    *(("table-cell", f"c{name}' style:data-style-name='{name}", "") for name in _FORMATS),
)
STYLES = "".join(
    (
        *(
            f"<number:{of}-style style:name='{name}'>{said}</number:{of}-style>"
            for name, (of, said) in _FORMATS.items()
        ),
        *(f"<style:style style:family='{of}' style:name='{name}'>{said}</style:style>" for of, name, said in _OTHERS),
    )
)


def ods(
    sheets: str, *, styles: str = STYLES, names: str = _NAMES, head: str = "", manifest: str = "", common: str = ""
) -> bytes:
    """A file with these sheets."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {names}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("mimetype", MIMETYPE)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("styles.xml", f"<office:document-styles {names}>{common}</office:document-styles>")
    return file.getvalue()


def sheet(cells: str, name: str = "表", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}><table:table-row>{cells}</table:table-row></table:table>'


def grid(data: bytes) -> SheetGrid:
    assert is_ods(data)
    book = any_workbook(data)
    assert not isinstance(book, Unreadable), book
    return open_workbook(book, "表.ods")[0]


def cell(said: str = "", inside: str = "") -> str:
    """A cell; ``said``: its attributes, those of values in short."""
    for short in ("value-type", "value", "date-value", "time-value", "boolean-value", "string-value"):
        said = re.sub(rf"(?<![\w:-]){short}=", f"office:{short}=", said)
    for short in ("style-name", "formula", "number-"):
        said = re.sub(rf"(?<![\w:-]){short}", f"table:{short}", said)
    return f"<table:table-cell {said}>{inside}</table:table-cell>"


def number(value: object, style: str = "", kind: str = "float", text: str = "") -> str:
    named = f" style-name='c{style}'" if style else ""
    return cell(f"value-type='{kind}' value='{value}'{named}", f"<text:p>{text}</text:p>")


def text(*paragraphs: str, beside: str = "") -> str:
    return cell("value-type='string'", beside + "".join(f"<text:p>{one}</text:p>" for one in paragraphs))


def span(style: str, said: str) -> str:
    return f"<text:span text:style-name='{style}'>{said}</text:span>"


@pytest.mark.parametrize(
    ("written", "shown", "kind"),
    [
        (number(95), "95", "number"),
        (number("9.5e1"), "95", "number"),
        (number(0.95, "P", "percentage", "95.00%"), "95%", "percent"),
        (number(0.95, "", "percentage"), "95%", "percent"),
        (number(95, "Q"), "95%", "percent"),
        (number(0.95, "M"), "95%", "percent"),
        (number(95, "M"), "95%", "percent"),
        (number(15, "U"), "15千元", "text"),
        (number(15000, "K"), "15000", "unseen"),
        (number(0.95, "P"), "0.95", "unseen"),
        (number(0.95, "Q", "percentage"), "0.95", "unseen"),
        (number(45000, "Y"), "45000", "unseen"),
        (number(1, "B", "float", "TRUE"), "是", "flag"),
        (number(0, "", "float", "FALSE"), "否", "flag"),
        (number(7, "B"), "7", "unseen"),
        (number("1e999"), "1e999", "unseen"),
        (number("NaN"), "NaN", "unseen"),
        (cell("value-type='boolean' boolean-value='true'"), "是", "flag"),
        (cell("value-type='date' date-value='2025-01-20'"), "2025-01-20", "date"),
        (cell("style-name='cD' value-type='date' date-value='2025-01-20T10:30:00'"), "2025-01-20 10:30:00", "date"),
        (cell("style-name='cY' value-type='date' date-value='2025-01-20'"), "2025-01-20", "unseen"),
        (cell("value-type='date' date-value='30000-01-20'"), "30000-01-20", "unseen"),
        (cell("value-type='time' time-value='PT08H30M00S'"), "8:30:00", "date"),
        (text(" 第一  行<text:s text:c='2'/>完", "二"), "第一 行  完\n二", "text"),
        (text("95", beside="<office:annotation><text:p>99</text:p></office:annotation>"), "95", "text"),
        (
            cell("", "<text:list><text:list-item><text:p>9</text:p><text:p>5</text:p></text:list-item></text:list>"),
            "9\n5",
            "text",
        ),
        (cell("calcext:value-type='error'", f"<text:p>{'#' * 2000}</text:p>"), "#" * 1000, "error"),
        (text("95<text:note><text:p>88</text:p></text:note>"), "95", "text"),
        (cell("value-type='string' string-value='96'", "<text:p>95</text:p>"), "95", "unseen"),
        (cell("style-name='struck' value-type='float' value='5'"), "5", "struck"),
        (cell("style-name='plain' value-type='float' value='5'"), "5", "number"),
        (text(f"9{span('gone', '5')}"), "95", "struck"),
        (text(f"9{span('up', '5')}"), "95", "raised"),
        (text(f"m{span('up', '2')}"), "m2", "text"),
        (
            cell("formula='of:=1/0' value-type='string' calcext:value-type='error'", "<text:p>#DIV/0!</text:p>"),
            "#DIV/0!",
            "error",
        ),
        (cell("formula='of:=A1'"), "=A1", "error"),
        (cell("formula='of:=A1'", "<text:p/>"), "", "blank"),
        (cell(), "", "blank"),
    ],
)
def test_a_cell_says_what_a_person_sees(written: str, shown: str, kind: str) -> None:
    found = grid(ods(sheet(written))).cell(0, 0)
    assert (found.text, found.data_type) == (shown, kind)


@pytest.mark.parametrize(
    ("style", "value", "shown", "doubt"),
    [
        ("G", 45.325, "45.325", ""),
        ("2", 86.55, "86.55", ""),
        ("2", 45.325, "45.33", "W140"),
        ("6", 45.325, "45.325", ""),
        ("0", 501, "000501", ""),
        ("odd", 5, "5".zfill(30), ""),
    ],
)
def test_a_number_has_the_decimals_of_its_format(style: str, value: float, shown: str, doubt: str) -> None:
    book = any_workbook(ods(sheet(number(value, style))))
    assert not isinstance(book, Unreadable)
    seen = as_shown(value, book.sheets["表"].looks.get((0, 0)))
    assert (seen.text, seen.doubt) == (shown, doubt)


def rows(*lines: tuple[str, str]) -> str:
    """A sheet of rows: what each says of itself, and its cells."""
    made = "".join(f"<table:table-row {said}>{cells}</table:table-row>" for said, cells in lines)
    return f"<table:table table:name='表'>{made}</table:table>"


def repeated(count: int, what: str = "columns") -> str:
    return f"table:number-{what}-repeated='{count}'"


def test_styles_of_rows_and_columns_hold_for_cells_without_their_own() -> None:
    half = cell("value-type='percentage' value='0.5'")
    columns = f"<table:table-column {repeated(2)}/><table:table-column table:default-cell-style-name='struck'/>"
    body = rows(("", half * 3), ("table:default-cell-style-name='cQ'", half))
    found = grid(ods(body.replace("<table:table-row", f"{columns}<table:table-row", 1)))
    assert [found.cell(0, at).data_type for at in range(3)] == ["percent", "percent", "struck"]
    assert found.cell(1, 0).data_type == "unseen"


def test_formats_of_one_name_are_told_apart_by_their_parts() -> None:
    common = "<number:percentage-style style:name='U'><number:number/><number:text>%</number:text>"
    common += "</number:percentage-style><style:style style:family='table-cell' style:name='all' "
    common += "style:data-style-name='U'/>"
    cells = cell("style-name='all' value-type='percentage' value='0.5'") + number(15, "U")
    found = grid(ods(sheet(cells), common=common))
    assert [found.cell(0, at).text for at in range(2)] == ["50%", "15千元"]


def test_cells_stand_where_repeated_ones_put_them_and_below_merged_ones_nothing_is_seen() -> None:
    one, two, three = (f"value-type='float' value='{value}'" for value in (1, 2, 3))
    below = cell(two).replace("table:table-cell", "table:covered-table-cell")
    cells = cell(repeated(2)) + cell(f"{one} table:number-columns-spanned='2'") + below + cell(f"{three} {repeated(2)}")
    body = rows((repeated(2, "rows"), cells), (repeated(1048000, "rows"), cell(repeated(16384))))
    body = body.replace("<table:table-row", "<table:table-row-group><table:table-row", 1)
    found = grid(ods(body.replace("</table:table-row>", "</table:table-row></table:table-row-group>", 1)))
    assert (found.rows, found.width(0)) == (2, 6)
    assert [found.cell(1, at).text for at in range(6)] == ["", "", "1", "2", "3", "3"]
    assert found.cell(0, 3).data_type == "unseen"


def test_tables_inside_cells_and_links_are_no_sheets_and_hidden_ones_are_known() -> None:
    inner = cell("", sheet(number(9), "内")) + number(5)
    link = f"<table:dde-links><table:dde-link>{sheet(number(8), '链')}</table:dde-link></table:dde-links>"
    book = any_workbook(ods(sheet(inner) + sheet(number(1), "隐", " table:style-name='unseen'") + link))
    assert not isinstance(book, Unreadable)
    assert [(name, one.hidden) for name, one in book.sheets.items()] == [("表", False), ("隐", True)]
    assert [*book.sheets["表"].rows] == [["", 5.0]]


def test_a_format_keeps_no_more_cases_than_are_looked_at() -> None:
    formats = NumberFormats()
    for name in ("boolean", "number"):
        formats.start(f"number:{name}-style", {"style:name": name})
    for case in (*["number"] * 4, "boolean"):
        formats.start("style:map", {"style:condition": "value()>0", "style:apply-style-name": case})
    assert formats.kinds("number") == {"number"}
    assert formats.code("number") == UNSEEN


def test_cells_with_styles_that_are_not_there_take_no_room() -> None:
    styles = Styles(f"<office:document-content {_NAMES}/>".encode())
    assert len({id(styles.of("table-cell", f"没有{at}")) for at in range(100)}) == 1


_FAR = cell("value-type='float' value='1' " + repeated(9_999_999))
_LONG = text("长<text:s text:c='900000'/>文")
_SPACES = "<text:p><text:s text:c='900000'/></text:p>"
_FAULTS = cell("calcext:value-type='error'", _SPACES) * 20
_UNSEEN_TEXTS = cell("value-type='float' value='1'", _SPACES) * 20
_MANY_FORMATS = "".join(f"<number:number-style style:name='{at}'/>" for at in range(10_001))
_NO_FORMAT = f"<number:number-style style:name='a'><number:text>{'长' * 2000}</number:text></number:number-style>"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (ods(sheet(number(1)), head='<!DOCTYPE x [<!ENTITY a "b">]>'), "DOCTYPE"),
        (ods("<table:table>" * 80 + "</table:table>" * 80), "层次过深"),
        (ods(sheet(_FAR)), "表格过大"),
        (ods(rows((repeated(90_000, "rows"), number(1) * 600))), "100万个单元格"),
        (ods(rows((repeated(9_999, "rows"), cell()), ("", cell(repeated(698)) + number(2)))), "100万个单元格"),
        (ods(sheet(_LONG * 20)), "文字合计"),
        (ods(rows((repeated(20, "rows"), _LONG))), "文字合计"),
        (ods(sheet(_FAULTS)), "文字合计"),
        (ods(sheet(_UNSEEN_TEXTS)), "文字合计"),
        (ods("".join(sheet("", f"{at}") for at in range(2001))), "内容过多"),
        (ods(sheet(number(1)), styles=_MANY_FORMATS), "数字格式过长或过多"),
        (ods(sheet(cell(repeated(-1)))), "重复次数"),
        (ods(sheet(number(1)) * 2), "同名"),
        (ods(""), "没有工作表"),
        (ods(sheet(number(1)), names=_NAMES.replace("xmlns:table=", "xmlns:t=")), "命名空间"),
        (ods(sheet(number(1)), manifest="<manifest:encryption-data/>"), "打开密码"),
        (ods(sheet(number(1)), styles=_NO_FORMAT), "数字格式过长"),
        (ods(sheet(number(1)))[:-60], "损坏"),
        (ods(sheet("<table:table-cell>")), "损坏"),
    ],
)
def test_what_no_spreadsheet_writes_is_refused_with_its_reason(data: bytes, why: str) -> None:
    book = any_workbook(data)
    assert isinstance(book, Unreadable)
    assert why in book.reason
