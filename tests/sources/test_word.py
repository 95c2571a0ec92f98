"""Word documents: what a person sees in them as blocks; and files that are none, or made to hurt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from selfeval.domain.problems import Place
from selfeval.sources import documents
from selfeval.sources.blocks import Document, Grid, Paragraph, Spot
from selfeval.sources.word import body

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:a="urn:a" xmlns:v="urn:v" '
    'xmlns:r="urn:r"'
)
EMBEDDED = "word/embeddings/a.xlsx"
RELATIONS = (
    '<Relationships xmlns="urn:x"><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="{}"/></Relationships>'
)


def package(parts: Mapping[str, str | bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name in {"mimetype", EMBEDDED} else None)
    return written.getvalue()


def docx(inside: str, main: str = "word/document.xml", **parts: str) -> bytes:
    others = {f"word/{name}.xml": f"<w:{name} {SPACES}>{content}</w:{name}>" for name, content in parts.items()}
    document = f"<w:document {SPACES}><w:body>{inside}</w:body></w:document>"
    return package({"[Content_Types].xml": "<Types/>", "_rels/.rels": RELATIONS.format(main), main: document, **others})


def read(data: bytes, name: str = "某某.docx") -> Document:
    return documents.read(data, Place(file=name))


def run(text: str, how: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{how}</w:rPr>" if how else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, how: str = "") -> str:
    inside = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p>{f'<w:pPr>{how}</w:pPr>' if how else ''}{inside}</w:p>"


def tc(*inside: str, how: str = "") -> str:
    pieces = "".join(each if each.startswith(("<w:p>", "<w:tbl>")) else p(each) for each in inside)
    return f"<w:tc><w:tcPr>{how}</w:tcPr>{pieces or p()}</w:tc>"


def tr(*cells: str, how: str = "") -> str:
    return f"<w:tr>{f'<w:trPr>{how}</w:trPr>' if how else ''}{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{''.join(rows)}</w:tbl>"


SPAN2, BEGIN, BELOW = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def cells(document: Document) -> list[list[list[tuple[int, int, int, str]]]]:
    return [
        [[(cell.column, cell.columns, cell.rows, cell.text) for cell in row.cells] for row in block.rows]
        for block in document.blocks
        if isinstance(block, Grid)
    ]


def codes(document: Document) -> list[str]:
    return [one.code for one in document.problems]


def test_paragraphs_and_tables_stand_in_their_order_with_their_places() -> None:
    table = tbl(tr(tc("项目编码"), tc("ZZ", "0024P")))
    found = read(docx(p("标题") + p() + table + p("表外") + table)).blocks
    assert [type(block) for block in found] == [Paragraph, Paragraph, Grid, Paragraph, Grid]
    assert [block.spot for block in found] == [
        Spot(paragraph=1),
        Spot(paragraph=2),
        Spot(1, table=1),
        Spot(paragraph=3),
        Spot(1, table=2),
    ]
    assert isinstance(found[2], Grid)
    assert [cell.text for cell in found[2].rows[0].cells] == ["项目编码", "ZZ\n0024P"]


def test_a_merged_cell_stands_once_with_its_extent() -> None:
    table = tbl(
        tr(tc("一", how=BEGIN), tc("二", how=SPAN2), tc("三")),
        tr(tc("藏", how=BELOW), tc("四"), tc("五", how=SPAN2 + BEGIN)),
        tr(tc(how=BELOW), tc("六"), tc(how=SPAN2 + BELOW)),
        tr(tc("七"), how='<w:gridBefore w:val="3"/>'),
    )
    assert cells(read(docx(table))) == [
        [
            [(0, 1, 3, "一"), (1, 2, 1, "二"), (3, 1, 1, "三")],
            [(1, 1, 1, "四"), (2, 2, 2, "五")],
            [(1, 1, 1, "六")],
            [(3, 1, 1, "七")],
        ]
    ]


def test_cells_merged_across_in_the_old_way() -> None:
    row = tr(tc("一", how='<w:hMerge w:val="restart"/>'), tc("藏", how="<w:hMerge/>"), tc("二"))
    assert cells(read(docx(tbl(row)))) == [[[(0, 2, 1, "一"), (2, 1, 1, "二")]]]


def test_what_was_deleted_is_no_text_and_what_was_put_in_is() -> None:
    changed = p(
        "≥",
        f"<w:del>{run('90').replace('w:t', 'w:delText')}</w:del>",
        f"<w:ins>{run('95')}</w:ins>",
        f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('%')}</w:moveTo>",
    )
    joined = p("完成", how="<w:rPr><w:del/></w:rPr>") + p("率")
    rows = tbl(tr(tc("留")), tr(tc("删"), how="<w:del/>"))
    document = read(docx(changed + joined + rows))
    assert texts(document) == ["≥95%", "完成率"]
    assert cells(document) == [[[(0, 1, 1, "留")]]]


def test_what_a_person_does_not_see_is_no_text() -> None:
    hidden = p("见", run("不见", "<w:vanish/>"), run("得到", '<w:vanish w:val="0"/>'))
    field = "<w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>"
    guide = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('单击此处输入')}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('已填')}</w:sdtContent></w:sdt>"
    notes = p(
        "正文",
        "<w:r><w:footnoteReference/></w:r>",
        "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt></w:ruby></w:r>",
    )
    old = "<w:p><w:pPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:pPrChange></w:pPr></w:p>"
    document = read(docx(hidden + p(field, "3") + guide + filled + notes + old))
    assert texts(document) == ["见得到", "3", "", "已填", "正文", ""]


def test_signs_that_are_no_letters() -> None:
    sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
    unknown = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    maths = "<m:oMath><m:r><m:t>50</m:t></m:r></m:oMath>"
    line = p(sign, maths, "%", "<w:r><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/></w:r>", unknown)
    tabs = p("x", how="<w:tabs><w:tab/></w:tabs>")
    assert texts(read(docx(line + tabs))) == ["≥50%\ta", "b-\ufffd", "x"]


def test_what_is_struck_out_is_told_and_what_is_raised_stays_so() -> None:
    struck = p("≥", run("90", "<w:strike/>"), run("95", '<w:strike w:val="0"/>'))
    raised = p("10", run("3", '<w:vertAlign w:val="superscript"/>'), "立方米")
    document = read(docx(struck + raised))
    assert texts(document) == ["≥9095", "10³立方米"]
    assert codes(document) == ["W153"]
    assert "有1处文字划了删除线，仍按文字识别；第一处是“90”" in document.problems[0].message


def test_a_struck_cell_of_a_table_keeps_its_indicator_from_being_scored() -> None:
    struck = p("≥", run("90", "<w:strike/>"), "95")
    document = read(docx(tbl(tr(tc("出动次数"), tc("≥3次")), tr(tc("合格率"), tc(struck)))))
    assert [(one.code, one.place.cell) for one in document.problems] == [("E140", "第1个表第2行")]


def test_a_text_box_stands_once_after_its_paragraph() -> None:
    inside = f"<w:txbxContent>{p('324001 某局')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><a:box>{inside}</a:box></mc:Choice>"
        f"<mc:Fallback><v:box>{inside}</v:box></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(docx(p("标题", both, "（2024）")))) == ["标题（2024）", "324001 某局"]


def test_a_table_in_a_cell_stands_for_itself() -> None:
    inner = tbl(tr(tc("一级指标"), tc("二级指标")))
    document = read(docx(tbl(tr(tc("上")), tr(tc("绩效指标", inner, "注")), tr(tc("下")))))
    assert cells(document) == [
        [[(0, 1, 1, "上")]],
        [[(0, 1, 1, "一级指标"), (1, 1, 1, "二级指标")]],
        [[(0, 1, 1, "下")]],
    ]
    assert texts(document) == ["绩效指标", "注"]


def test_a_table_of_one_row_with_the_parts_of_a_number_is_the_text_of_its_cell() -> None:
    inner = tbl(tr(tc("≥"), tc("95"), tc("%")))
    assert cells(read(docx(tbl(tr(tc("数量指标"), tc(inner)), tr(tc("甲"), tc("乙")))))) == [
        [[(0, 1, 1, "数量指标"), (1, 1, 1, "≥95%")], [(0, 1, 1, "甲"), (1, 1, 1, "乙")]]
    ]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="l"/></w:lvl>'
    "</w:abstractNum>"
    + "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'
        for number, abstract, more in [
            (1, 7, ""),
            (2, 8, ""),
            (3, 9, ""),
            (4, 7, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
        ]
    )
)
STYLES = (
    '<w:style w:styleId="标题"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="小标题"><w:basedOn w:val="标题"/></w:style>'
    '<w:style w:styleId="圈"><w:basedOn w:val="圈"/></w:style>'
)


def test_numbers_that_word_counts_are_part_of_the_text() -> None:
    def of(number: int, level: int = 0) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def style(name: str) -> str:
        return f'<w:pStyle w:val="{name}"/>'

    lines = [
        p("普法经费绩效目标表", how=of(1)),
        p("子项", how=of(1, 1)),
        p("子项", how=of(1, 1)),
        p("仲裁经费绩效目标表", how=of(1)),
        p("子项", how=of(1, 1)),
        p("重来", how=of(4)),
        p("点", how=of(3)),
        p("总体", how=style("标题")),
        p("分项", how=style("小标题")),
        p("措施", how=style("小标题")),
        p("不编号", how=style("标题") + of(0)),
        p("转圈", how=style("圈")),
        p("没有这个编号", how=of(77)),
    ]
    assert texts(read(docx("".join(lines), numbering=NUMBERING, styles=STYLES))) == [
        "1.普法经费绩效目标表",
        "1.1子项",
        "1.2子项",
        "2.仲裁经费绩效目标表",
        "2.1子项",
        "1.重来",
        "点",
        "九、总体",
        "十、分项",
        "十一、措施",
        "不编号",
        "转圈",
        "没有这个编号",
    ]


def test_tables_that_are_text_with_tabs() -> None:
    lines = ["1.河道清淤经费绩效目标表", "项目编码\tZZ0024P00000000001A\t项目名称\t河道清淤经费"]
    lines += ["预算数\t12.50\t其中：财政资金\t12.50\t其他资金\t", "一级指标\t二级指标\t三级指标\t指标值"]
    lines += ["产出指标\t数量指标\t清淤长度\t≥3公里"]
    inside = "".join(p(line.replace("\t", "</w:t><w:tab/><w:t>")) for line in lines)
    (grid,) = (block for block in read(docx(inside)).blocks if isinstance(block, Grid))
    assert [cell.text for cell in grid.rows[-1].cells if cell.text] == ["产出指标", "数量指标", "清淤长度", "≥3公里"]
    assert grid.rows[-1].cells[0].spot == Spot(paragraph=5)


def test_the_main_part_is_found_wherever_it_stands_and_whatever_its_prefix() -> None:
    other = docx(p("标题"), main="word/document2.xml")
    assert texts(read(other)) == ["标题"]
    strict = docx(p("标题")).replace(b"w:", b"w:")
    assert texts(read(strict)) == ["标题"]
    document = f'<x:document xmlns:x="{W}"><x:body><x:p><x:r><x:t>标题</x:t></x:r></x:p></x:body></x:document>'
    assert texts(read(package({"_rels/.rels": "<none/>", "word/document.xml": document}))) == ["标题"]


def deep(depth: int) -> str:
    return "<w:tbl><w:tr><w:tc>" * depth + p("底") + "</w:tc></w:tr></w:tbl>" * depth


BOMB = '<!DOCTYPE w [<!ENTITY a "字"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (docx(p("字"))[:-30], "E153", "损坏"),
        (docx(p("字"))[:200], "E153", "损坏"),
        (b"PK\x03\x04", "E153", "损坏"),
        (package({"[Content_Types].xml": "字"}), "E153", "没有 Word 文档的正文"),
        (package({"word/document.xml": BOMB + f"<w:document {SPACES}/>"}), "E153", "DOCTYPE"),
        (package({"word/document.xml": b" " * (33 * 1024 * 1024)}), "E153", "32 MB"),
        (docx(deep(100)), "E153", "层次过深"),
        (docx("<w:p><w:r><w:t>字"), "E153", "损坏"),
        (docx(tbl(tr(tc("一", how='<w:gridSpan w:val="9999"/>')))), "E153", "1000列"),
        (docx(p()), "E103", "没有文字"),
        (docx(p('<w:r><a:blip r:embed="a"/></w:r>')), "E151", "只有图片"),
        (b"", "E103", "没有文字"),
        ("随便什么".encode(), "E153", "不符"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "E152", "密码"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_else(data: bytes, code: str, said: str) -> None:
    document = read(data)
    assert codes(document) == [code]
    assert said in document.problems[0].message
    assert document.blocks == ()


def test_more_cells_than_a_document_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    million = tbl("<w:tr>" + "<w:tc/>" * 500 + "</w:tr>" + ("<w:tr>" + "<w:tc/>" * 500 + "</w:tr>") * 2000)
    document = read(docx(million))
    assert codes(document) == ["E153"]
    assert "单元格超过10万个" in document.problems[0].message
    monkeypatch.setattr(body, "MAX_CHARACTERS", 20_000)
    assert "文字超过2万字" in read(docx(p("字" * 20_001))).problems[0].message
    monkeypatch.setattr(body, "MAX_PARAGRAPHS", 10_000)
    assert "段落超过1万个" in read(docx(p() * 10_001)).problems[0].message


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("name", "data", "said", "remedy"),
    [
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "旧版 Word", "另存为 .docx"),
        ("a.doc", OLE + bytes(600), "旧版 Word", "另存为 .docx"),
        ("a.wps", OLE + "WordDocument".encode("utf-16-le"), "WPS", "另存为 .docx"),
        ("a.doc", b"{\\rtf1\\ansi", "RTF", "另存为 .docx"),
        ("a.doc", b'<?xml version="1.0"?><w:wordDocument/>', "XML", "另存为 .docx"),
        ("a.doc", b"abc", "旧版 Word", "另存为 .docx"),
        ("a.odt", package({"mimetype": "application/vnd.oasis.opendocument.text"}), "开放文档格式", "另存为 .docx"),
        ("a.ofd", package({"OFD.xml": "<a/>"}), "OFD", "PDF"),
        ("a.docx", package({"甲/乙.docx": "<a/>"}), "压缩包", "解压"),
        ("a.docx", package({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "演示文稿", ".xlsx"),
        ("a.png", b"\x89PNG\r\n", "图片", "OCR"),
        ("a.pdf", b"\xff\xd8\xff\xe0", "图片", "OCR"),
    ],
)
def test_what_is_not_read_says_what_it_is_and_what_to_do(name: str, data: bytes, said: str, remedy: str) -> None:
    document = read(data, name)
    assert codes(document) == ["E150"]
    assert said in document.problems[0].message
    assert remedy in document.problems[0].remedy


def test_a_document_is_known_by_what_is_in_it() -> None:
    assert texts(read(docx(p("标题")), "标题.doc")) == ["标题"]
    document = f"<w:document {SPACES}><w:body>{p('标题')}</w:body></w:document>"
    whole = package({"word/document.xml": document, EMBEDDED: package({"xl/workbook.xml": "<a/>"})})
    assert texts(read(whole)) == ["标题"]


def test_what_is_hidden_or_deleted_is_told() -> None:
    hidden = p("≥50场", run("≥40场", "<w:vanish/>"))
    deleted = "<w:del><w:r><w:rPr/><w:delText>≥30</w:delText></w:r><w:r><w:t>场</w:t></w:r></w:del>"
    row = tbl(tr(tc("甲")), tr(tc("知晓率"), how="<w:del/>"))
    document = read(docx(hidden + p("≥60场", deleted) + row))
    assert texts(document)[:2] == ["≥50场", "≥60场"]
    assert codes(document) == ["W157", "W178"]
    assert "“≥40场”" in document.problems[0].message
    assert "有2处" in document.problems[1].message
    assert "“≥30场”" in document.problems[1].message


def test_fractions_and_powers_of_formulas_stay_so() -> None:
    def m(name: str, *inside: str) -> str:
        return f"<m:{name}>{''.join(inside)}</m:{name}>"

    def sign(text: str) -> str:
        return m("r", m("t", text))

    half = m("oMath", m("f", m("num", sign("2")), m("den", sign("3"))))
    square = m("oMath", m("sSup", m("e", sign("m")), m("sup", sign("2"))))
    assert texts(read(docx(p("≥", half) + p("50", square)))) == ["≥2/3", "50m²"]
