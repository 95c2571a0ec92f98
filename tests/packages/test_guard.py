"""Which files must not be opened as workbooks."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path

import pytest
import xlsxwriter

from selfeval.packages import guard
from selfeval.packages.guard import read_package

SHEET = '<?xml version="1.0"?><worksheet><sheetData><row r="1">{}</row></sheetData></worksheet>'


def refusal(path: Path) -> str:
    read = read_package(path)
    assert isinstance(read, str), "it was let in"
    return read


def package(path: Path, **parts: str | bytes) -> Path:
    """A ZIP package with a workbook part and whatever else, names written with _ for /."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in {"xl_workbook.xml": "<workbook/>", **parts}.items():
            file.writestr(name.replace("_", "/"), data)
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet().write("A1", "一格")
    return path


def test_an_ordinary_workbook_is_let_in(book: Path) -> None:
    assert read_package(book) == book.read_bytes()


def test_a_truncated_workbook_is_refused(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:-200])
    assert "损坏" in refusal(book)


def test_a_workbook_with_a_changed_byte_is_refused(book: Path) -> None:
    with zipfile.ZipFile(book) as file:
        part = file.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(book.read_bytes())
    start = part.header_offset + 30 + len(part.filename)
    data[start : start + 8] = b"\xff" * 8
    book.write_bytes(data)
    assert "损坏" in refusal(book)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"name,value\n", "不是 .xlsx"),
        (b"PK\x03\x04 and nothing", "损坏"),
    ],
)
def test_other_contents_are_refused_with_their_reason(tmp_path: Path, data: bytes, reason: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    assert reason in refusal(path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "none.xlsx")
    assert "找不到" in refusal(tmp_path)


def test_another_kind_of_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", "<document/>")
    assert "不是 .xlsx" in refusal(path)


@pytest.mark.parametrize(
    "part",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<?xml version="1.0"?>\n<!-- hidden -->\n<!DOCTYPE a><a/>',
        "<!--" + "x" * 100_000 + "--><!DOCTYPE a><a/>",
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"),
    ],
)
def test_a_doctype_is_refused_wherever_it_hides(tmp_path: Path, part: str | bytes) -> None:
    assert "DOCTYPE" in refusal(package(tmp_path / "t.xlsx", xl_sharedStrings=b"", **{"xl_s.xml": part}))


def test_the_word_doctype_in_a_text_is_no_doctype(tmp_path: Path) -> None:
    path = package(tmp_path / "t.xlsx", **{"xl_s.xml": "<si><t>&lt;!DOCTYPE a&gt;</t></si>"})
    assert read_package(path) == path.read_bytes()


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_UNPACKED", 1_000_000)
    assert "解压后超过" in refusal(package(tmp_path / "t.xlsx", **{"xl_s.xml": b" " * 2_000_000}))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "t.xlsx", **{"xl_s.xml": b"<a/>" + b" " * 2_000_000})
    data = path.read_bytes()
    honest = struct.pack("<L", 2_000_004)
    assert data.count(honest) == 2
    lie = data.replace(honest, struct.pack("<L", 4))
    path.write_bytes(
        lie.replace(struct.pack("<L", zlib.crc32(b"<a/>" + b" " * 2_000_000)), struct.pack("<L", zlib.crc32(b"<a/>")))
    )
    assert "损坏" in refusal(path)


def test_a_file_over_the_limit_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MAX_FILE", 100)
    assert "超过" in refusal(book)


@pytest.mark.parametrize("cell", ['<c r="XFD1"><v>1</v></c>', '<c s="1" r="A1048576"><v>1</v></c>'])
def test_a_value_far_away_is_refused(tmp_path: Path, cell: str) -> None:
    path = package(tmp_path / "t.xlsx", **{"xl_worksheets_sheet1.xml": SHEET.format(cell)})
    assert "很远" in refusal(path)


@pytest.mark.parametrize("cell", ['<c r="XFD1" s="1"/>', '<c r="ZZ2849"><v>1</v></c>'])
def test_an_empty_styled_cell_far_away_or_a_near_value_is_let_in(tmp_path: Path, cell: str) -> None:
    path = package(tmp_path / "t.xlsx", **{"xl_worksheets_sheet1.xml": SHEET.format(cell)})
    assert read_package(path) == path.read_bytes()


def test_a_sheet_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "t.xlsx", **{"xl_worksheets_sheet1.xml": SHEET.format('<c r="ZZ2850"><v>1</v></c>')})
    assert "200 万个单元格" in refusal(path)
