"""Workbooks that no spreadsheet would write, each made from a plain one: what must not stop a year or be misread."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import partial

import xlsxwriter

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain(*numbers: float) -> bytes:
    """A workbook with a text in A1 and numbers below it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("表")
        sheet.write_string("A1", "一格")
        for row, number in enumerate(numbers or (7321,), start=1):
            sheet.write_number(row, 0, number)
    return file.getvalue()


def parts_of(book: bytes) -> dict[str, bytes]:
    """The parts by name."""
    with zipfile.ZipFile(io.BytesIO(book)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A package of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def changed(book: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """The workbook with parts put in (bytes), taken out (None) or changed."""
    parts = parts_of(book)
    for name, change in changes.items():
        if change is None:
            del parts[name]
        else:
            parts[name] = change if isinstance(change, bytes) else change(parts[name])
    return packed(parts)


def sheet(rows: str) -> bytes:
    """A sheet part with these rows, as XML."""
    return f'<worksheet xmlns="{NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_rows(rows: str) -> bytes:
    """A workbook whose sheet has these rows, as XML."""
    return changed(plain(), {SHEET: sheet(rows)})


def renamed(old: str, new: str) -> bytes:
    """The workbook with a part under another name, to which its relation leads."""
    parts = parts_of(plain())
    relations = parts["xl/_rels/workbook.xml.rels"]
    parts["xl/_rels/workbook.xml.rels"] = relations.replace(
        old.removeprefix("xl/").encode(), new.removeprefix("xl/").encode()
    )
    return packed({new if name == old else name: content for name, content in parts.items()})


def twice() -> bytes:
    """Two parts of the same name: readers differ in which they take."""
    file = io.BytesIO(plain(1111))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr(SHEET.upper(), parts_of(plain())[SHEET])
    return file.getvalue()


def two_directories() -> bytes:
    """A plain end record that leads to one directory of parts, and one of 64 bits that leads to another."""
    first, second = plain(1111), plain(7321)
    at = second.rfind(b"PK\x05\x06")
    _, _, _, _, entries, size, offset, _ = struct.unpack("<4s4H2LH", second[at : at + 22])
    moved = io.BytesIO()
    shift = first.rfind(b"PK\x05\x06")  # the first workbook stands before, up to its own end record
    directory = bytearray(second[offset : offset + size])
    entry = 0
    while entry < len(directory):
        name, extra, comment = struct.unpack("<3H", directory[entry + 28 : entry + 34])
        header = struct.unpack("<L", directory[entry + 42 : entry + 46])[0]
        directory[entry + 42 : entry + 46] = struct.pack("<L", header + shift)
        entry += 46 + name + extra + comment
    moved.write(first[:shift] + second[:offset] + directory)
    end64 = moved.tell()
    moved.write(struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, entries, entries, size, shift + offset))
    moved.write(struct.pack("<4sLQL", b"PK\x06\x07", 0, end64, 1))
    moved.write(first[shift:])
    return moved.getvalue()


def digit_changed() -> bytes:
    """7321 became 1321 in place; its check sum no longer fits."""
    stored = packed(parts_of(plain(7321)), zipfile.ZIP_STORED)
    assert stored.count(b"<v>7321</v>") == 1
    return stored.replace(b"<v>7321</v>", b"<v>1321</v>")


def lying(book: bytes, part: str, size: int) -> bytes:
    """The workbook with a size declared for a part that is not its own, its check sum that of so many bytes."""
    content = parts_of(book)[part]
    true = struct.pack("<L", len(content))
    lie = book.replace(true, struct.pack("<L", size))
    return lie.replace(struct.pack("<L", zlib.crc32(content)), struct.pack("<L", zlib.crc32(content[:size])))


def rich(*runs: tuple[str, str], shared: bool = True, font: str = "") -> bytes:
    """A workbook with a text in A2 whose runs have such an alignment (blank: none), in a cell whose font has ``font``.

    A run that begins with ``=`` says nothing of its looks, and has those of its cell.
    """
    pieces = "".join(
        f"<r><t>{text[1:]}</t></r>"
        if text.startswith("=")
        else f"<r><rPr>{align and f'<vertAlign val={chr(34)}{align}{chr(34)}/>'}</rPr><t>{text}</t></r>"
        for text, align in runs
    )
    fonts = f'<fonts><font/><font><vertAlign val="{font}"/></font></fonts>' if font else "<fonts><font/></fonts>"
    formats = f'<cellXfs><xf fontId="0"/><xf fontId="{int(bool(font))}"/></cellXfs>'
    inside = '<c r="A2" s="1" t="s"><v>0</v></c>'
    if not shared:
        inside = f'<c r="A2" s="1" t="inlineStr"><is>{pieces}</is></c>'
    return changed(
        plain(),
        {
            SHEET: sheet(f'<row r="2">{inside}</row>'),
            STRINGS: f'<sst xmlns="{NAMESPACE}"><si>{pieces}</si></sst>'.encode(),
            "xl/styles.xml": f'<styleSheet xmlns="{NAMESPACE}">{fonts}{formats}</styleSheet>'.encode(),
        },
    )


def far(address: str) -> bytes:
    """A value at an address."""
    return with_rows(f'<row r="1"><c r="{address}"><v>1</v></c></row>')


def valued(value: str) -> bytes:
    """A workbook with a number of this spelling, as XML, in A2."""
    return with_rows(f'<row r="2"><c r="A2"><v>{value}</v></c></row>')


def _many(rows: int, cell: str) -> str:
    return "".join(f'<row r="{row}">{cell}</row>' for row in range(1, rows + 1))


_FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="V90000"><v>1</v></c></row>'


def _sheets(count: int, part: bytes = sheet(_FAR)) -> bytes:
    """Many sheets that are alike; by default each has two million cells."""
    parts = parts_of(plain())
    names, lines = [], []
    for number in range(count):
        parts[f"xl/worksheets/s{number}.xml"] = part
        names.append(f'<sheet name="s{number}" sheetId="{number + 1}" r:id="r{number}"/>')
        lines.append(
            f'<Relationship Id="r{number}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            f'worksheet" Target="worksheets/s{number}.xml"/>'
        )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts["xl/workbook.xml"] = (
        f'<workbook xmlns="{NAMESPACE}" xmlns:r="{relations}"><sheets>{"".join(names)}</sheets></workbook>'.encode()
    )
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{''.join(lines)}</Relationships>".encode()
    return packed(parts)


def _strings(text: str) -> bytes:
    return changed(plain(), {STRINGS: f'<sst xmlns="{NAMESPACE}" {text}</sst>'.encode()})


REFUSED: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "digit changed in place": (digit_changed, "损坏"),
    "two directories": (two_directories, "目录"),
    "a part twice": (twice, "同名"),
    "bytes behind": (lambda: plain() + b"PK", "损坏"),
    "bytes before": (lambda: b"PK\x03\x04" + plain(), "损坏"),
    "size that lies": (lambda: lying(plain(), SHEET, 40), "损坏"),
    "bomb": (lambda: changed(plain(), {"xl/media/a.bin": b" " * (40 * 1024 * 1024)}), "32 MB"),
    "spaces in a part": (lambda: changed(plain(), {SHEET: lambda part: part + b" " * (36 * 1024 * 1024)}), "32 MB"),
    "row of eleven digits": (lambda: far("A11111111111"), "地址"),
    "column of seven letters": (lambda: far("AAAAAAA1"), "地址"),
    "column in lower case": (lambda: far("xfd1"), "地址"),
    "far row": (lambda: far("A1048576"), "表格过大"),
    "far column": (lambda: far("XFD1"), "表格过大"),
    "far, with a blank before the sign": (
        lambda: with_rows('<row r="1"><c r ="XFD1048576"><v>1</v></c></row>'),
        "表格过大",
    ),
    "far, behind a sign in an attribute": (
        lambda: with_rows('<row r="1"><c a="&gt;" b=">" r="XFD1048576"><v>1</v></c></row>'),
        "表格过大",
    ),
    "far, under a prefix": (
        lambda: changed(
            plain(),
            {
                SHEET: (
                    f'<x-y:worksheet xmlns:x-y="{NAMESPACE}"><x-y:sheetData><x-y:row r="1"><x-y:c r="XFD1048576">'
                    "<x-y:v>1</x-y:v></x-y:c></x-y:row></x-y:sheetData></x-y:worksheet>"
                ).encode()
            },
        ),
        "表格过大",
    ),
    "far, by its row alone": (
        lambda: with_rows('<row r="1"><c><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>'),
        "表格过大",
    ),
    "row number of eleven digits": (lambda: with_rows('<row r="11111111111"><c><v>1</v></c></row>'), "行号"),
    "two million cells": (
        lambda: with_rows('<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="V90000"><v>1</v></c></row>'),
        "万个单元格",
    ),
    "many large sheets": (lambda: _sheets(120), "万个单元格"),
    "ten million cells on one": (
        lambda: with_rows('<row r="1">' + "<c/>" * 2_500_000 + "</row>"),
        "内容过多",
    ),
    "many tags, on sheets that have few": (
        lambda: _sheets(3, sheet('<row r="1">' + "<c/>" * 450_000 + "</row>")),
        "内容过多",
    ),
    "names without end": (lambda: with_rows("".join(f"<a{number}/>" for number in range(11_000))), "内容过多"),
    "a tag of a megabyte": (lambda: with_rows(f'<a b="{"x" * 1_200_000}"/>'), "内容过多"),
    "a comment of a megabyte": (lambda: with_rows(f"<!--{'x' * 1_200_000}-->"), "内容过多"),
    "one sheet under two names": (
        lambda: changed(
            _sheets(2, sheet("")), {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"s1.xml", b"S0.xml")}
        ),
        "同一个",
    ),
    "a long number format": (
        lambda: changed(
            plain(),
            {"xl/styles.xml": b'<a><numFmt numFmtId="9" formatCode="%s"/></a>' % (b"[" * 2000)},
        ),
        "数字格式",
    ),
    "cells in reverse": (
        lambda: with_rows('<row r="90000"><c r="A90000"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
        "次序",
    ),
    "a cell twice": (lambda: with_rows('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), "重复"),
    **{
        f"a value with {what} inside": (partial(valued, inside), "夹有")
        for what, inside in {
            "a comment": "73<!-- -->21",
            "an instruction": "73<?a b?>21",
            "a raw piece": "73<![CDATA[21]]>",
            "an element": "73<b>2</b>1",
            "a reference": "7&#51;21",
        }.items()
    },
    "the number of a text with a comment inside": (
        lambda: with_rows('<row r="1"><c r="A1" t="s"><v>0<!-- -->0</v></c></row>'),
        "夹有",
    ),
    "a raw piece in the text of a formula": (
        lambda: with_rows('<row r="1"><c r="A1" t="str"><f>A2</f><v>5<![CDATA[0]]></v></c></row>'),
        "夹有",
    ),
    "an element in a text of its own": (
        lambda: with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>7<b>3</b>21</t></is></c></row>'),
        "夹有",
    ),
    "an element in a shared text": (lambda: _strings('count="1"><si><t>一<b>百</b>格</t></si>'), "夹有"),
    "a text and a value": (
        lambda: with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>7321</t></is><v>5</v></c></row>'),
        "两个值",
    ),
    "a value twice": (lambda: with_rows('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>'), "两个值"),
    "texts that claim to be many": (lambda: _strings('count="4294967295" uniqueCount="4294967295">'), "文字"),
    "many texts": (lambda: _strings(f'count="1">{"<si/>" * 600_000}'), "文字"),
    "deep": (lambda: changed(plain(), {SHEET: b"<a>" * 100_000 + b"</a>" * 100_000}), "层次"),
    "deep and torn": (lambda: changed(plain(), {SHEET: b"<a>" * 100_000}), "层次"),
    "doctype": (lambda: changed(plain(), {SHEET: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "DOCTYPE"),
    "doctype behind a comment": (
        lambda: changed(plain(), {STRINGS: b"<!--" + b"x" * 100_000 + b"--><!DOCTYPE a><a/>"}),
        "DOCTYPE",
    ),
    "UTF-16": (lambda: changed(plain(), {SHEET: lambda part: part.decode().encode("utf-16")}), "UTF-8"),
    "another encoding": (
        lambda: changed(plain(), {SHEET: lambda part: part.replace(b'"UTF-8"', b'"GB2312"')}),
        "UTF-8",
    ),
    "bad UTF-8": (lambda: changed(plain(), {STRINGS: lambda part: part.replace("一".encode(), b"\xff\xfe")}), "损坏"),
    "no XML": (lambda: changed(plain(), {SHEET: b"no"}), "损坏"),
    "no sheet part": (lambda: changed(plain(), {SHEET: None}), "缺少"),
    "no relations": (lambda: changed(plain(), {"_rels/.rels": None}), "不是 .xlsx"),
    "a document": (lambda: packed({"word/document.xml": b"<document/>"}), "不是 .xlsx"),
}
"""Each kind, how it is made, and a word of the reason that it is refused for."""

READ: Mapping[str, Callable[[], bytes]] = {
    "as it is": plain,
    "stored": lambda: packed(parts_of(plain()), zipfile.ZIP_STORED),
    "sheet in another folder": lambda: renamed(SHEET, "xl/other/tab.xml"),
    "sheet of no known ending": lambda: renamed(SHEET, "xl/worksheets/sheet1.bin"),
    "sheet in another case": lambda: packed(
        {(name.upper() if name == SHEET else name): part for name, part in parts_of(plain()).items()}
    ),
    "a blank cell far away": lambda: changed(
        plain(),
        {SHEET: lambda part: part.replace(b"</sheetData>", b'<row r="9"><c r="XFD9" s="0"/></row></sheetData>')},
    ),
    "the word in a comment": lambda: changed(
        plain(), {SHEET: lambda part: part.replace(b"<sheetData>", b"<!-- <c <c <c r='XFD1'> --><sheetData>")}
    ),
    "texts of every kind": lambda: changed(
        plain(),
        {
            SHEET: sheet(
                '<row r="1"><c r="A1" t="str"><f>"一"&amp;"格"</f><v>&#19968;格</v></c>'
                '<c r="B1" t="inlineStr"><is><t>a&amp;b</t></is></c></row><!-- between -->'
                '<row r="2"><c r="A2"><f>7000+321</f><v>7321</v></c></row>'
            )
        },
    ),
    "a picture that is no XML": lambda: changed(plain(), {"xl/media/a.xml": b"\x89PNG <"}),
}
"""Odd, but plain: 7321 in A2."""
