"""PDF files that cannot be read, or only in part, and what is said of them; and files that are made to hurt."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from selfeval.sources.merging import merged
from selfeval.sources.pdf import reader
from selfeval.sources.read import read_file
from tests.sources.invented import RIVER, document, read_text
from tests.sources.raw_pdf import line, pdf, stream, text
from tests.sources.test_pdf import WORDS, cells, codes, grids, read, rules, texts

LOCKED = b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O(%s)/U(%s)>>" % (b"x" * 32, b"y" * 32)
IMAGE = stream(b"\x00" * 3, b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")
SCAN = {"resources": b"/XObject<</X 10 0 R>>", "extra": [IMAGE]}
MESH = "".join(line(0, 1.2 * y, 590, 1.2 * y) + line(y, 0, y, 800) for y in range(0, 590, 4))
MESH += "".join(line(0, y, 590, y) + line(0.7 * y, 0, 0.7 * y, 800) for y in range(0, 800, 4))
WHOLE = pdf([rules(line) + WORDS] * 3)


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (pdf(["q 595 0 0 842 0 0 cm /X Do Q"] * 2, **SCAN), "E151", "只有图片"),  # type: ignore[arg-type]
        (pdf([text(60, 700, "项目")], trailer=LOCKED), "E152", "密码"),
        (WHOLE[: len(WHOLE) // 2], "E153", "没有结尾"),
        (b"%PDF-1.7\n%%EOF", "E153", "打不开"),
        (pdf([""]).replace(b"/Kids[100 0 R]", b"/Kids[  2 0 R]"), "E153", "打不开"),
        (pdf([""]), "E103", "没有文字"),
        (pdf([""] * 1001), "E154", "共有1001页"),
        (pdf(["0 0 m 10 0 l S\n" * 100_001]), "E154", "第1页"),
        (pdf(["".join(text(5, 5 * y, "字" * 250, 2) for y in range(1, 150))]), "E154", "第1页"),
        (pdf([MESH + text(9, 9, "字")]), "E154", "表格线"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_nothing_else(data: bytes, code: str, said: str) -> None:
    document = read(data)
    assert codes(document) == [code]
    assert said in document.problems[0].message
    assert document.blocks == ()


@pytest.mark.parametrize(
    "data",
    [
        pdf([b" " * (1 << 30)]),
        pdf(
            ["/X Do"],
            resources=b"/XObject<</X 10 0 R>>",
            extra=[
                stream(
                    b"/X Do /X Do",
                    b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 10 0 R>>>>",
                )
            ],
        ),
    ],
    ids=["a page of a gigabyte", "a form that draws itself twice"],
)
def test_a_file_made_to_take_all_memory_ends_with_the_process_that_reads_it(data: bytes) -> None:
    assert codes(read(data)) == ["E154"]


def test_a_file_made_to_take_all_time_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_SECONDS", 0.01)
    assert codes(read(WHOLE)) in (["E153"], ["E154"])


def test_pages_without_text_among_others_are_told() -> None:
    scan = "q 595 0 0 842 0 0 cm /X Do Q"
    document = read(pdf([text(60, 700, "项目绩效目标"), scan, "", scan], **SCAN))  # type: ignore[arg-type]
    assert codes(document) == ["W150"]
    assert "第2、4页" in document.problems[0].message
    assert texts(document) == ["项目绩效目标"]


def test_text_without_a_ruled_table_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf([WORDS]))
    assert codes(read(pdf([WORDS]))) == ["W152"]
    found = read_file(tmp_path / "a.pdf", 2024)
    assert [one.code for one in found.problems][:2] == ["W152", "E105"]
    other = read_text(document((RIVER,)), "甲.txt")
    for parts in ([found], [other, found]):  # that it has no lines is why nothing was read
        assert "W152" in [one.code for one in merged(parts, 2024).problems]


def test_nothing_of_the_folder_that_somebody_works_in_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [cells(grid) for grid in grids(read(WHOLE))]


def test_damage_inside_a_page_is_told() -> None:
    data = pdf([rules(line) + WORDS + "".join(text(60, y, "项目预算资金") for y in range(100, 500, 7))])
    at = data.index(b"stream\n", data.index(b"101 0 obj")) + 300
    assert "W151" in codes(read(data[:at] + b"\x00\xff\x00\xff" + data[at + 4 :]))
    assert codes(read(data)) == []


def test_whatever_is_done_to_a_file_nothing_is_raised() -> None:
    draw = random.Random(12)
    for _ in range(12):
        data = bytearray(WHOLE)
        for _ in range(draw.choice((1, 5, 50))):
            data[draw.randrange(8, len(data) - 8)] = draw.randrange(256)
        document = read(bytes(data))
        assert document.blocks or document.problems


def test_without_the_component_that_reads_pdf_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "find_spec", lambda _name: None)
    assert codes(read(WHOLE)) == ["E155"]
