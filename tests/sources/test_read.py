"""A target document from a file: formats, encodings, limits."""

from __future__ import annotations

import csv
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from selfeval.sources import read as reading
from selfeval.sources.read import read_file
from selfeval.sources.targets_workbook import targets_workbook
from tests.sources.invented import document, read_text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_reads_the_same(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "某某绩效文本.txt"
    path.write_bytes(document().encode(encoding))
    found = read_file(path, 2024)
    expected = read_text(document()).targets
    pd.testing.assert_frame_equal(found.targets.indicators.frame, expected.indicators.frame)
    pd.testing.assert_frame_equal(found.targets.department.frame, expected.department.frame)
    assert found.problems == ()
    assert found.source == "某某绩效文本.txt"
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_text_that_a_spreadsheet_saved_reads_the_same(tmp_path: Path) -> None:
    """As E101 advises: copied into a spreadsheet, which puts what holds a comma, quote or break in quotes."""
    text = document().replace("≥8000 棵", "≥8,000棵")
    assert "≥8,000棵" in text
    path = tmp_path / "某某绩效文本.txt"
    lines = [line.split("\t") for line in text.split("\n")]
    with path.open("w", encoding="utf-16", newline="") as file:
        csv.writer(file, "excel-tab").writerows(lines)
    found, expected = read_file(path, 2024), read_text(text)
    pd.testing.assert_frame_equal(found.targets.indicators.frame, expected.targets.indicators.frame)
    assert "≥8,000棵" in found.targets.indicators.frame["target"].tolist()
    assert found.problems == expected.problems


def test_a_targets_workbook_passes_through(tmp_path: Path) -> None:
    imported = read_text(document())
    (tmp_path / "targets.xlsx").write_bytes(targets_workbook(imported))
    found = read_file(tmp_path / "targets.xlsx", 2024)
    pd.testing.assert_frame_equal(found.targets.indicators.frame, imported.targets.indicators.frame)
    assert found.problems == ()
    assert found.sha256


def test_a_targets_workbook_without_its_projects_says_which_sheet_is_missing(tmp_path: Path) -> None:
    path = tmp_path / "targets.xlsx"
    path.write_bytes(targets_workbook(read_text(document())))
    book = openpyxl.load_workbook(path)
    del book["项目"]
    book.save(path)
    assert "E121" in [one.code for one in read_file(path, 2024).problems]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pages", b"PK", "E101"),
        ("a.pdf", b"%PDF-1.4", "E153"),
        ("a.docx", b"PK", "E153"),
        ("a.doc", b"", "E150"),
        ("a.txt", b"\xff\x00\x81\x20\xff", "E102"),
        ("a.txt", b"abc\0def", "E102"),
        ("a.txt", b"", "E103"),
        ("a.txt", "\ufeff \n\t\u3000".encode(), "E103"),
        ("a.xlsx", b"PK", "E120"),
        ("a.txt", "只有一句话。".encode(), "E105"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_plain_problem(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = read_file(tmp_path / name, 2024)
    assert code in [one.code for one in found.problems]
    assert found.problems[0].place.file == name
    assert len(found.targets.projects) == 0


def test_a_file_that_is_not_there_is_a_plain_problem(tmp_path: Path) -> None:
    assert [one.code for one in read_file(tmp_path / "没有.txt", 2024).problems] == ["E114"]
    assert [one.code for one in read_file(tmp_path / "没有.xlsx", 2024).problems] == ["E120"]


def test_a_text_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(reading.READERS, ".txt", replace(reading.READERS[".txt"], limit=0))
    (tmp_path / "a.txt").write_text("字" * 1000, encoding="utf-8")
    assert [one.code for one in read_file(tmp_path / "a.txt", 2024).problems] == ["E104"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1.\n" * 20_001, "20002行，超过上限20000行"),
        ("a\tb\n" * 10 + "x\t" * 501, "一行有501个制表符"),
        (("x\t" * 100 + "\n") * 3001, "300100个制表符"),
    ],
)
def test_more_lines_or_cells_than_a_document_has_are_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    problems = read_file(tmp_path / "a.txt", 2024).problems
    assert [one.code for one in problems] == ["E115"]
    assert said in problems[0].message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_what_may_never_end_is_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").symlink_to("/dev/zero")
    for name in ("a.txt", "b.txt"):
        assert [one.code for one in read_file(tmp_path / name, 2024).problems] == ["E114"]
