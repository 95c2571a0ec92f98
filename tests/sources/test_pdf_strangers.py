"""Text over the cells of a PDF that is no part of them: watermarks, stamps, page numbers, and what nobody sees."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from selfeval.sources.blocks import Document
from selfeval.sources.read import read_file
from tests.sources.raw_pdf import pdf, stream, text
from tests.sources.test_pdf import FIRST, HEAD, cells, codes, grids, page_of_table, read

UPPER = [["项目名称", "河道整治", "实施单位", "某某市水务局"], ["项目资金", "年度资金总额", "120万元", ""]]
ROWS = [*UPPER, HEAD, FIRST, ["", "", "清淤次数", "≥3次"], ["", "", "清淤处数", "≥9处"]]
TABLE = page_of_table(ROWS, 500)
PICTURE = stream(b"\x00" * 3, b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")
SEEN = b"/ExtGState<</G 10 0 R>>"
FAINT = b"<</Type/ExtGState/ca 0.3/CA 0.3>>"
MULTIPLY = b"<</Type/ExtGState/BM/Multiply>>"
DRAWN = b"/XObject<</X 10 0 R>>"


def shown(data: bytes) -> list[list[tuple[int, int, int, str]]]:
    return [row for grid in grids(read(data)) for row in cells(grid)]


PLAIN = shown(pdf([TABLE]))


def look(drawn: str, colour: str) -> str:
    return f"q {colour} {drawn} Q\n"


def grey(drawn: str) -> str:
    return look(drawn, "0.75 g")


def marked(drawn: str) -> str:
    return f"/Artifact <</Subtype /Watermark /Type /Pagination>> BDC {drawn} EMC\n"


def said(document: Document, code: str) -> list[str]:
    return [one.message for one in document.problems if one.code == code]


ACROSS, INSIDE, OVER = text(140, 412, "内部资料注意保存", 12), text(270, 427, "密件", 9), text(218, 441, "密件密件", 9)


@pytest.mark.parametrize(
    ("drawn", "resources", "extra"),
    [
        (grey(ACROSS), b"", b"null"),
        (grey(OVER), b"", b"null"),
        (grey(INSIDE) + grey(ACROSS) + grey(text(140, 480, "密件", 9)), b"", b"null"),
        (marked(INSIDE), b"", b"null"),
        (
            marked("/X Do"),
            DRAWN + b"/P 1",
            stream(INSIDE.encode(), b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"),
        ),
        ("q /G gs " + ACROSS + "Q\n", SEEN, FAINT),
        (look(OVER, "1 0 0 rg"), b"", b"null"),
        (grey("".join(text(150, 520 - 60 * at, each, 70) for at, each in enumerate("内部资料"))), b"", b"null"),
    ],
    ids=[
        "across lines",
        "over other text",
        "the same elsewhere",
        "marked",
        "marked form",
        "transparent",
        "red over text",
        "large",
    ],
)
@pytest.mark.parametrize("is_below", ["below", ""])
def test_what_is_surely_a_watermark_is_left_out_and_told(
    drawn: str, resources: bytes, extra: bytes, is_below: str
) -> None:
    data = pdf([drawn + TABLE if is_below else TABLE + drawn], resources=resources, extra=[extra])
    assert shown(data) == PLAIN
    assert set(codes(read(data))) == {"W155"}


@pytest.mark.parametrize("colour", ["0.75 g", "1 0 0 rg"])
def test_what_may_be_a_watermark_is_kept_and_told_with_its_cell(colour: str) -> None:
    rows = [*UPPER, HEAD, ["产出指标", "数量指标", "清淤长度\n", "≥3公里"]]
    data = pdf([page_of_table(rows, 500) + look(text(215, 432, "已审核", 9), colour)])
    document = read(data)
    assert shown(data)[-1][2][3] == "清淤长度\n已审核"
    assert codes(document) == ["W156"]
    assert "第1页第1个表第4行的“已审核”" in said(document, "W156")[0]


def test_text_on_other_text_is_told() -> None:
    document = read(pdf([TABLE + text(218, 444, "密件密件", 9)]))
    assert codes(document) == ["W156"]
    assert "重叠" in said(document, "W156")[0]


@pytest.mark.parametrize(
    "drawn",
    [
        page_of_table([*UPPER, HEAD, FIRST], 500),
        look(page_of_table([HEAD, FIRST], 500), "0.6 g"),
        TABLE.replace(text(315, 442, "≥3公里", 9), look(text(315, 442, "≥3公里", 9), "1 0 0 rg")),
        look("100 468 260 16 re f", "0 0 0.5 rg")
        + TABLE.replace(text(105, 474, "项目资金", 9), look(text(105, 474, "项目资金", 9), "1 g")),
    ],
    ids=["black", "grey all over", "a red value", "white on blue"],
)
def test_text_that_is_only_coloured_is_read_without_a_word(drawn: str) -> None:
    assert codes(read(pdf([drawn]))) == []
    assert all(len(row) > 1 for row in shown(pdf([drawn])))


def test_a_red_value_that_a_line_below_only_touches_is_kept_and_told() -> None:
    red = TABLE.replace(text(315, 442, "≥3公里", 9), look(text(315, 442, "≥3公里", 9), "1 0 0 rg"))
    data = pdf([red + text(315, 437, "甲乙", 9)])
    assert "公里" in shown(data)[3][3][3]
    assert codes(read(data)) == ["W156"]


@pytest.mark.parametrize("lean", ["1 0 0.33 1", "1 0 0.21 1"])
def test_text_in_italics_is_read(lean: str) -> None:
    italic = TABLE.replace(text(315, 442, "≥3公里", 9), text(315, 442, "≥3公里", 9, lean))
    assert shown(pdf([italic])) == PLAIN
    assert codes(read(pdf([italic]))) == []


def test_text_drawn_twice_to_look_bold_stands_once() -> None:
    bold = TABLE + "q 1 0 0 1 0.4 0 cm " + TABLE + "Q "
    assert shown(pdf([bold])) == PLAIN
    assert codes(read(pdf([bold]))) == []


@pytest.mark.parametrize(
    "drawn",
    [
        look(INSIDE, "1 g"),
        INSIDE.replace(" Tf", " Tf 3 Tr").replace("ET", "0 Tr ET"),
        INSIDE + look("268 424 30 12 re f", "1 g"),
        INSIDE + look("268 424 30 12 re f", "0 g"),
        look("260 423 40 12 re f", "0.9 g") + look(INSIDE, "0.9 g"),
    ],
    ids=["white", "mode 3", "covered", "blacked out", "of the colour of the shade"],
)
def test_text_that_nobody_sees_is_left_out_and_told(drawn: str) -> None:
    data = pdf([drawn + TABLE])
    assert shown(data) == PLAIN
    assert codes(read(data)) == ["W157"]
    assert "第1页第1个表第5行有看不见的文字“密件”" in said(read(data), "W157")[0]


def test_signs_that_were_recognised_in_a_picture_are_read() -> None:
    unseen = "BT 3 Tr ET " + TABLE
    assert shown(pdf(["q 595 0 0 842 0 0 cm /X Do Q " + unseen], resources=DRAWN, extra=[PICTURE])) == PLAIN


def test_a_highlighter_hides_nothing() -> None:
    marker = "q /G gs 1 1 0 rg 100 400 260 100 re f Q "
    data = pdf([TABLE + marker], resources=SEEN, extra=[MULTIPLY])
    assert shown(data) == PLAIN
    assert codes(read(data)) == []


def test_text_outside_of_what_the_page_shows_is_not_read() -> None:
    data = pdf([TABLE + text(20, 490, "裁掉的字")], page=b"/CropBox[80 300 500 600]")
    assert shown(data) == PLAIN
    assert codes(read(data)) == []


@pytest.mark.parametrize("subtype", [b"Stamp", b"Watermark"])
def test_a_stamp_laid_on_a_page_is_left_out_and_told(subtype: bytes) -> None:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</F1 3 0 R>>>>"
    note = b"<</Type/Annot/Subtype/%s/F 4/Rect[210 425 310 445]/Contents(OK)/AP<</N 10 0 R>>>>" % subtype
    data = pdf([TABLE], page=b"/Annots[11 0 R]", extra=[stream(text(5, 5, "已审核").encode(), form), note])
    assert shown(data) == PLAIN
    assert codes(read(data)) == ["W155"]
    assert "“OK”是盖在页面上的图章" in said(read(data), "W155")[0]


@pytest.mark.parametrize("kind", [b"/Subtype/Widget/FT/Tx/T(a)/V(95)", b"/Subtype/FreeText/Contents(95)"])
def test_what_was_filled_in_and_is_not_shown_is_told(kind: bytes) -> None:
    note = b"<</Type/Annot%s/DA(/F1 9 Tf 0 g)/F 4/Rect[270 420 310 436]>>" % kind
    document = read(pdf([TABLE], page=b"/Annots[10 0 R]", extra=[note]))
    assert codes(document) == ["W157"]
    assert "第1页第1个表第5行有看不见的文字“95”" in said(document, "W157")[0]


def over_pages(words: Sequence[str]) -> bytes:
    heights = (1, 3, 2, 4)
    pages = []
    for number, (lines, word) in enumerate(zip(heights, words, strict=False)):
        rows = [[f"甲{number}{at}", "乙", "\n" * lines * (at + 1), f"≥{number}{at}"] for at in range(3)]
        pages.append(page_of_table(rows, 500) + text(225, 459, word, 9))
    return pdf(pages)


@pytest.mark.parametrize("words", [["内部资料"] * 4, ["第1页", "第2页", "第3页", "第4页"]])
def test_what_stands_on_all_pages_whatever_the_cells_is_left_out(words: Sequence[str]) -> None:
    data = over_pages(words)
    assert not [cell for row in shown(data) for cell in row if cell[3].startswith(("内部", "第"))]
    assert codes(read(data)) == ["W155"]
    assert codes(read(over_pages(["资料甲", "资料乙", "资料丙", "资料丁"]))) == []


def test_a_watermark_is_told_by_an_import(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([TABLE + grey(ACROSS)]))
    found = read_file(tmp_path / "a.pdf", 2025)
    assert found.targets.indicators.frame["level3"].tolist() == ["清淤长度", "清淤次数", "清淤处数"]
    assert "W155" in [one.code for one in found.problems]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (b"/Subtype/Text/Contents<feff5e944e3a53cc>", "应为双"),
        (b"/Subtype/Highlight/QuadPoints[270 436 310 436 270 420 310 420]/Contents<feff5e944e3a53cc>", "应为双"),
        (b"/Subtype/StrikeOut/QuadPoints[270 436 310 436 270 420 310 420]", "有文字划了删除线"),
    ],
)
def test_what_a_reader_noted_on_a_page_stands_beside_its_text(kind: bytes, words: str) -> None:
    note = b"<</Type/Annot%s/F 4/Rect[270 420 310 436]>>" % kind
    document = read(pdf([TABLE], page=b"/Annots[10 0 R]", extra=[note]))
    assert [(one.what, one.text, one.spot.page) for one in document.beside] == [("批注", words, 1)]
