"""Files under the wrong name: each is read, or refused, as what is in it, and said to be that."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import xlsxwriter

from selfeval.sources.imported import Imported
from selfeval.sources.read import read_file
from tests.sources.raw_pdf import pdf
from tests.sources.test_pdf import page_of_table

HEAD = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值"]
ROW = ["河道整治", "产出指标", "数量指标", "清淤长度", "≥3公里"]


def word() -> bytes:
    made, document = io.BytesIO(), docx.Document()
    table = document.add_table(rows=2, cols=len(HEAD))
    for row, texts in zip(table.rows, (HEAD, ROW), strict=True):
        for cell, said in zip(row.cells, texts, strict=True):
            cell.text = said
    document.save(made)
    return made.getvalue()


def book() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
    return made.getvalue()


def page() -> bytes:
    return f"<html><table><tr><td>{'<td>'.join(HEAD)}<tr><td>{'<td>'.join(ROW)}</table>".encode()


def table() -> bytes:
    return "\n".join(",".join(row) for row in (HEAD, ROW)).encode()


def printed() -> bytes:
    return pdf([page_of_table([HEAD, ROW], 500, widths=(60, 60, 60, 60, 60))])


def packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("目标表.xlsx", book())
        package.writestr("说明.txt", "说明")
    return made.getvalue()


def read(tmp_path: Path, name: str, data: bytes) -> Imported:
    (tmp_path / name).write_bytes(data)
    return read_file(tmp_path / name, 2025)


@pytest.mark.parametrize(
    ("make", "suffixes", "said"),
    [
        (word, ".xlsx .xls .csv .html .txt .pdf .doc .ods", "Word 文档"),
        (printed, ".xlsx .xls .csv .html .txt .docx .doc", "PDF 文件"),
        (book, ".docx .pdf .doc .txt .wps", "Excel 工作簿"),
        (page, ".docx .pdf .doc .txt", "网页"),
        (table, ".docx .pdf .doc .wps", "文本文件"),
    ],
)
def test_a_file_under_a_wrong_name_is_read_as_what_it_is_and_told(
    tmp_path: Path, make: Callable[[], bytes], suffixes: str, said: str
) -> None:
    for suffix in suffixes.split():
        found = read(tmp_path, f"a{suffix}", make())
        assert found.targets.indicators.frame["target"].tolist() == ["≥3公里"], suffix
        told = [one.message for one in found.problems if one.code == "W159"]
        assert [f"扩展名是 {suffix}，内容却是{said}" in one for one in told] == [True], suffix


@pytest.mark.parametrize(
    ("make", "suffixes"),
    [
        (word, ".docx .docm"),
        (book, ".xlsx .xls .et .csv .html"),
        (page, ".html .htm .xls .xlsx .csv"),
        (table, ".csv .txt .xls .xlsx .html"),
        (printed, ".pdf"),
    ],
)
def test_a_name_that_is_right_or_usual_is_not_spoken_of(
    tmp_path: Path, make: Callable[[], bytes], suffixes: str
) -> None:
    for suffix in suffixes.split():
        found = read(tmp_path, f"a{suffix}", make())
        assert found.targets.indicators.frame["target"].tolist() == ["≥3公里"], suffix
        assert "W159" not in [one.code for one in found.problems], suffix


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".docx", ".pdf", ".csv", ".txt"])
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (packed(), "压缩包"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "压缩包"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"{\\rtf1\\ansi abc}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50) + "WordDocument".encode("utf-16-le"), "旧版 Word"),
    ],
    ids=["zip", "rar", "png", "rtf", "doc"],
)
def test_what_no_reader_takes_is_named_for_what_it_is(tmp_path: Path, suffix: str, data: bytes, said: str) -> None:
    found = read(tmp_path, f"a{suffix}", data)
    assert [one.code for one in found.problems] == ["E150"]
    assert said in found.problems[0].message
