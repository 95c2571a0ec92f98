"""What is read at once of a usual part is what the parser of elements reads of it, whatever becomes of the part."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence

import pytest
import xlsxwriter

from selfeval.packages import workbook
from selfeval.packages.cells import SheetCells, sheet_cells
from selfeval.packages.container import RefusedError
from selfeval.packages.looks import Look
from selfeval.packages.strings import SharedStrings, shared_strings
from selfeval.packages.usual.rows import usual_rows
from selfeval.packages.usual.strings import usual_strings
from selfeval.packages.workbook import workbook_of
from tests.packages.evil import NAMESPACE, SHEET, STRINGS, parts_of, plain
from tests.packages.evil import changed as with_parts

DECLARED = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
STYLES = (Look(), Look("0%"), Look(struck=True), Look('0"千元"', raised_font=True))

_ROWS = """
<row r="1" spans="1:4" ht="12" hidden="1" customHeight="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1"/>
<c r="C1" s="2"><v>3.5</v></c>
<c r="D1" s="3" t="str"><f>IF(A1&lt;&gt;"",A1&amp;"千元","")</f><v>x&amp;y</v></c></row>
<row r="2" x14ac:dyDescent="0.25"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>
<c r="B2" s="1"><f aca="false">A1</f><v/></c><c r="C2"><f t="shared" ref="C2:C4" ca="1" si="0">B2</f><v></v></c>
<c r="D2" s="9" t="b"><v>1</v></c><c r="E2" s="1"/></row>
<row r="3" hidden="true"/>
<row r="5" customFormat="false" collapsed="false"><c r="ZZ5" t="n"><f t="shared" si="0"/></c></row>
""".replace("\n", "")
_BEHIND = """
<sheetProtection sheet="1"/><mergeCells count="2"><mergeCell ref="A1:B2"/><mergeCell ref="C1:D1"/></mergeCells>
<dataValidations count="1"><dataValidation type="list" sqref="A1"><formula1>"一,二"</formula1></dataValidation>
</dataValidations><pageMargins left="0.7"/>
""".replace("\n", "")
_BEFORE = '<sheetPr/><cols><col min="2" max="3" hidden="1"/><col min="4" max="4" width="9"/></cols>'
WHOLE = f'<worksheet xmlns="{NAMESPACE}" xmlns:x14ac="x">{_BEFORE}<sheetData>{_ROWS}</sheetData>{_BEHIND}</worksheet>'
_TEXTS = (
    "<si><t>一格</t></si>",
    "<si><t/></si>",
    '<si><t xml:space="preserve"> a&lt;b&gt;&amp;&quot;c&apos; </t></si>',
    '<si><t>二</t><phoneticPr fontId="1" type="noConversion"/></si>',
)
TEXTS = f'<sst xmlns="{NAMESPACE}" count="9" uniqueCount="4">{"".join(_TEXTS)}</sst>'

PIECES = """
<|>|&|&amp;|&#65;|&lt;|]]>|<!-- x -->|<?x y?>|<![CDATA[x]]>|<!DOCTYPE a>|\0|\x01|\r| |"|'|/|=|:|0|7|A|\ufffe|\uffff|𠮷
 s="99"| s="0"| s="007"| t="s"| t="e"| t="str"| t="inlineStr"| t="n"| hidden="1"| r="3"| a="1" a="1"
 count="999999999"| xml:space="preserve"
<v>1</v>|<v/>|<v></v>|<v>7&amp;1</v>|<f>A1</f>|<f/>|<f a="1">|</c>|<c>|<c/>|<c r="A9">|<c r="A9"><v>1</v></c>
<is><t>x</t></is>|<c r="ZZZ9"><v>1</v></c>|<c r="B9999999"><v>1</v></c>
<row r="3">|<row r="0"/>|<row>|</row>|<row a:b="1" r="1"/>|<x:row/>|<sheetData>|</sheetData>|<sheetData/>
<mergeCell ref="A1:B2"/>|<mergeCell ref="A1"/>|<mergeCell ref="1"/>|<mergeCells>|</mergeCells>
<col min="1" max="3" hidden="1"/>|<strike/>|<vertAlign val="superscript"/>|<r>|<r><t>1</t></r>|<rPr>|<t>|</t>
<si>|</si>|<rPh>|<si><t>y</t></si>|<si/>|<si><r><rPr><strike/></rPr><t>1</t></r></si>|<phoneticPr/>|<sst>|</sst>
"""
LARGE = (b"<a>" * 70, b"</a>" * 70, b"x" * 9000)
RAW = (
    *PIECES.strip("\n").replace("\n", "|").encode().split(b"|"),
    b"\n",
    b"\xff",
    b"\xed\xa0\x80",
    b"\xc0\x80",
    *LARGE,
)


def told(cells: SheetCells) -> object:
    sizes = cells.rows, cells.columns, cells.characters
    return sizes, cells.looks, cells.merged, cells.unseen_rows, cells.unseen_columns


def of_sheet(read: object, part: bytes, strings: SharedStrings | None, styles: Sequence[Look] = STYLES) -> object:
    assert callable(read)
    try:
        return told(read(part, styles, strings))
    except RefusedError as refused:
        return str(refused)


def of_strings(read: object, part: bytes) -> object:
    assert callable(read)
    try:
        found = read(part)
    except RefusedError as refused:
        return str(refused)
    return [*found.lengths], found.struck, found.raised


def changed(part: bytes, chance: random.Random) -> bytes:
    """A part with one to three changes, most of them where a tag begins or ends."""
    found = bytearray(part)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        at = chance.randrange(len(found) + 1)
        edge = chance.choice(
            (b"<", b">", b"</", b'"', b" ", b"<c ", b"</c>", b"<row", b"<v", b"<f", b"<si>", b"<t", b"Data")
        )
        near = found.find(edge, at)
        at = near + chance.choice((0, len(edge))) if near >= 0 and chance.random() < 0.7 else at
        match chance.randrange(5):
            case 0 | 1:
                found[at:at] = chance.choice(RAW)
            case 2:
                del found[at : at + chance.choice((1, 1, 2, 5, 13, 40))]
            case 3:
                piece = chance.choice(RAW)
                found[at : at + len(piece)] = piece
            case _:  # a piece from tag to tag stands elsewhere too
                first = found.find(b"<", at)
                last = found.find(b"<", first + 1)
                to = found.find(b"<", chance.randrange(len(found)))
                found[to:to] = found[first:last] if 0 <= first < last and to >= 0 else b""
    return bytes(found)


def strings_of(count: int) -> SharedStrings:
    return SharedStrings(f"<sst>{'<si><t>ab</t></si>' * count}</sst>".encode())


@pytest.mark.parametrize("declared", [DECLARED, b"", b"\xef\xbb\xbf"])
def test_usual_rows_are_as_the_parser_reads_them(declared: bytes) -> None:
    part = declared + WHOLE.encode()
    assert usual_rows(part) is not None
    assert of_sheet(sheet_cells, part, strings_of(1)) == of_sheet(SheetCells, part, strings_of(1))


def test_usual_texts_are_as_the_parser_reads_them() -> None:
    part = DECLARED + TEXTS.encode()
    assert usual_strings(part) is not None
    assert (
        of_strings(shared_strings, part)
        == of_strings(SharedStrings, part)
        == ([2, 0, 10, 1], set(), {True: set(), False: set()})
    )


@pytest.mark.parametrize("seed", range(8))
def test_changed_sheets_are_judged_as_the_parser_judges_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(400):
        part = changed(DECLARED + WHOLE.encode(), chance)
        strings = chance.choice((None, strings_of(1)))
        assert of_sheet(sheet_cells, part, strings) == of_sheet(SheetCells, part, strings), part


@pytest.mark.parametrize("seed", range(4))
def test_changed_texts_are_judged_as_the_parser_judges_them(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(400):
        part = changed(DECLARED + TEXTS.encode(), chance)
        assert of_strings(shared_strings, part) == of_strings(SharedStrings, part), part


@pytest.mark.parametrize("seed", range(2))
def test_changed_workbooks_hold_the_values_that_the_whole_parts_hold(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    rows = '<row r="7"><c r="B7" t="str"><v></v></c><c r="D7"><v></v></c><c r="F7" t="str"><f>A1</f></c></row>'
    whole = WHOLE.replace("</sheetData>", chance.choice(("", rows)) + "</sheetData>").encode()
    for _ in range(150):
        book = with_part(changed(DECLARED + whole, chance) if chance.random() < 0.9 else whole)
        read = workbook_of(book)
        with monkeypatch.context() as patched:
            patched.setattr(workbook, "sheet_cells", SheetCells)
            assert read == workbook_of(book)


def with_part(part: bytes) -> bytes:
    return with_parts(plain(), {SHEET: part})


def test_what_is_hidden_before_the_rows_is_not_taken_for_them() -> None:
    rows = "<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>".replace("'", '"')
    for before in (
        f"<!--{rows}-->",
        f"<![CDATA[{rows}]]>",
        f"<?x {rows}?>",
        f"<c r='B9'>{rows}",
        rows.replace("A1", "C7"),
    ):
        part = f"<worksheet>{before}{rows}</worksheet>".encode()
        assert of_sheet(sheet_cells, part, None) == of_sheet(SheetCells, part, None), before


@pytest.mark.parametrize("levels", [*range(57, 66)])
def test_levels_above_the_rows_count(levels: int) -> None:
    part = f"{'<a>' * levels}{WHOLE}{'</a>' * levels}".encode()
    assert of_sheet(sheet_cells, part, strings_of(1)) == of_sheet(SheetCells, part, strings_of(1))


def test_a_long_formula_without_a_result_is_kept_whole() -> None:
    formula = "A1&amp;" * 1300
    for before in range(64_000, 66_000, 499):  # wherever the parser is given the next piece
        rows = f'<row r="1"><c r="A1" t="str"><v>{"x" * before}</v></c><c r="B1"><f>{formula}</f><v></v></c></row>'
        part = f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()
        assert of_sheet(sheet_cells, part, None) == of_sheet(SheetCells, part, None)
        assert sheet_cells(part, (), None).looks[0, 1].fault == "=" + "A1&" * 1300


def test_what_is_written_with_xlsxwriter_is_usual() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.set_row(2, 20, None, {"hidden": True})
        sheet.merge_range("A1:B1", "标题 <x>")
        sheet.write_formula("A2", '=IF(A1="","",1)', None, "")
        sheet.write_blank("B2", None, book.add_format({"bold": True}))
        sheet.write_number("C2", 0.5, book.add_format({"num_format": "0%"}))
    parts = parts_of(file.getvalue())
    rows, texts = usual_rows(parts[SHEET]), usual_strings(parts[STRINGS])
    assert rows is not None
    assert rows.places == [(0, 0), (1, 0), (1, 2)]
    assert (rows.unseen, rows.merged) == ({2}, [(0, 0, 0, 1)])
    assert texts is not None
    assert texts.lengths == [6]
