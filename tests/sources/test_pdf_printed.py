"""PDF files as printers and offices leave them: watermarks, two pages on a sheet, lines between parts of a table."""

from __future__ import annotations

import math

from selfeval.domain.problems import Place
from selfeval.sources import documents
from selfeval.sources.blocks import Document, Grid
from selfeval.sources.form.document import read_document
from tests.sources.raw_pdf import line, pdf, text
from tests.sources.test_pdf import FIRST, HEAD, cells, page_of_table

UPPER = [["项目名称", "河道整治", "实施单位", "某某市水务局"], ["项目资金", "年度资金总额", "120万元", ""]]
WIDE = b"/MediaBox[0 0 1190 842]"


def read(data: bytes) -> Document:
    return documents.read(data, Place(file="某某.pdf"))


def indicators(document: Document) -> list[str]:
    return read_document(document, 2025).targets.indicators.frame["level3"].tolist()


def row(name: str) -> list[str]:
    return ["", "", name, "≥3次"]


def slanted(x: float, y: float, said: str) -> str:
    by = math.sqrt(0.5)
    return text(x, y, said, 12, f"{by} {by} {-by} {by}")


def test_a_watermark_aslant_is_not_in_the_cells_and_is_told() -> None:
    plain = page_of_table([*UPPER, HEAD, FIRST, row("甲"), row("乙")], 500)
    document = read(pdf([slanted(120, 380, "内部资料2024年11月") + plain]))
    assert [cells(grid) for grid in document.blocks if isinstance(grid, Grid)] == [
        cells(grid) for grid in read(pdf([plain])).blocks if isinstance(grid, Grid)
    ]
    assert [(one.code, "内部资料2024年11月" in one.message) for one in document.problems] == [("W154", True)]


def test_a_line_beside_a_table_does_not_part_it() -> None:
    pages = [
        page_of_table([*UPPER, HEAD, FIRST, row("甲")], 200) + text(420, 150, "密"),
        page_of_table([row("乙"), row("丙")], 800) + text(420, 780, "封"),
    ]
    assert indicators(read(pdf(pages))) == ["清淤长度", "甲", "乙", "丙"]


def test_rows_below_a_line_on_a_new_page_have_the_columns_of_those_before() -> None:
    def rest(y: float, name: str) -> str:
        drawn = "".join(line(x, y - 20, x, y) for x in (100, 210, 310, 360))
        drawn += line(100, y, 360, y) + line(100, y - 20, 360, y - 20)
        return drawn + text(215, y - 14, name, 9) + text(315, y - 14, "≥3次", 9)

    first = page_of_table([*UPPER, HEAD, FIRST, row("甲")], 200)
    second = text(250, 760, "续表甲") + rest(740, "乙") + rest(720, "丙")
    assert indicators(read(pdf([first, second]))) == ["清淤长度", "甲", "乙", "丙"]


def test_two_pages_on_a_sheet_are_read_one_after_the_other() -> None:
    left = page_of_table([*UPPER, HEAD, FIRST, row("甲")], 600)
    right = f"q 1 0 0 1 595 0 cm\n{page_of_table([row('乙'), row('丙')], 800)}Q\n"
    fold = line(595, 0, 595, 842)
    for drawn in (left + right, left + fold + right):
        assert indicators(read(pdf([drawn], page=WIDE))) == ["清淤长度", "甲", "乙", "丙"]


def test_a_table_over_the_middle_of_a_wide_sheet_is_one() -> None:
    wide = page_of_table([*UPPER, HEAD, FIRST], 600, widths=(200, 300, 300, 100))
    assert len([1 for block in read(pdf([wide], page=WIDE)).blocks if isinstance(block, Grid)]) == 1
