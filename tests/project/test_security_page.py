"""docs/security.md says the limits that hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from selfeval.forms.reading import grid
from selfeval.packages import archive, cells, container, elements, files, looks, merged, strings, workbook, xls
from selfeval.packages.columns import letters
from selfeval.packages.opendocument import formats, texts
from selfeval.rulebook.text import reading
from selfeval.sources import blocks, read, targets_fields
from selfeval.sources.pdf import pages
from selfeval.sources.pdf import reader as pdf
from selfeval.sources.tables import web_page
from selfeval.sources.word import body

MB = 1024 * 1024
LIMITS = {
    "file": f"{files.MAX_FILE // MB} MB",
    "xls": f"{xls.MAX_FILE // MB} MB",
    "unpacked": f"{container.MAX_UNPACKED // MB} MB",
    "parts": f"{container.MAX_PARTS:,}",
    "tags": f"{workbook.MAX_TAGS:,}",
    "depth": f"{elements.MAX_DEPTH}",
    "cells": f"{workbook.MAX_CELLS:,}",
    "row": f"{cells.FARTHEST_ROW:,}",
    "column": letters(cells.FARTHEST_COLUMN - 1),
    "strings": f"{strings.MAX_STRINGS:,}",
    "characters": f"{workbook.MAX_TEXT:,}",
    "in a cell": f"{texts.MAX_IN_CELL:,}",
    "ods formats": f"{formats.MAX_FORMATS_OF_PART:,}",
    "formats": f"{looks.MAX_FORMATS:,}",
    "covered": f"{merged.MAX_COVERED:,}",
    "lines": f"{grid.MAX_ROWS:,}",
    "text": f"{read.READERS['.txt'].limit} MB",
    "page": f"{web_page.MAX_CELLS:,}",
    "pieces": f"{web_page.MAX_PIECES:,}",
    "documents": f"{blocks.MAX_ROWS:,}",
    "large": f"{workbook.LARGE_FILE // MB} MB",
    "large rows": f"{workbook.LARGE_ROW:,}",
    "line": f"{targets_fields.MAX_LINE:,}",
    "members": f"{archive.MAX_MEMBERS:,}",
    "archives": f"{archive.MAX_DEPTH}",
    "rules": f"{reading.MAX_BYTES / 1_000_000:.0f} MB",
    "levels": f"{reading.MAX_DEPTH}",
    "docx": f"{read.READERS['.docx'].limit} MB",
    "docx cells": f"{body.MAX_CELLS:,}",
    "pdf": f"{read.READERS['.pdf'].limit} MB",
    "pages": f"{pages.MAX_PAGES:,}",
    "pdf cells": f"{pdf.MAX_CELLS:,}",
}
ROWS = (
    ("单个文件", "a file", "file"),
    ("旧版 .xls", "an old .xls", "xls"),
    ("工作簿、压缩包解压后的大小", "a workbook or an archive, unpacked", "unpacked"),
    ("工作簿内含的部分、.ods 的工作表", "parts of a workbook, sheets of an .ods", "parts"),
    ("工作簿的 XML 标签数", "XML tags of a workbook", "tags"),
    ("XML 的嵌套层数", "XML elements inside each other", "depth"),
    ("各工作表行数 × 列数的合计", "rows × columns, all sheets together", "cells"),
    ("工作表中有内容的最大行号", "rows with content", "row"),
    ("工作表中有内容的最后一列", "the last column with content", "column"),
    ("工作簿的共用文字（条）", "shared texts of a workbook", "strings"),
    ("全部单元格的字数合计", "characters in all cells together", "characters"),
    (".ods 单个单元格的字数", "characters in one cell of an .ods", "in a cell"),
    ("自定义数字格式的字数合计", "characters of a workbook's own number formats", "formats"),
    (".ods 的数字格式（每个部分）", "number formats of an .ods (each part)", "ods formats"),
    ("一张工作表中合并单元格覆盖的单元格", "cells of a sheet below merged ones", "covered"),
    ("CSV 的行数", "lines of a CSV file", "lines"),
    ("绩效文本", "a text of targets", "text"),
    ("网页的单元格数", "cells of a web page", "page"),
    ("网页的标签和文字（个）", "tags and texts of a web page", "pieces"),
    ("导入的明细表的行数", "rows of a table that is imported", "documents"),
    ("绩效目标表（.xlsx）", "a workbook of targets", "large"),
    ("绩效目标表（.xlsx）每张工作表的行数", "rows of a sheet of targets", "large rows"),
    ("绩效目标表（.csv）一行的字数", "characters of a line of targets in a CSV file", "line"),
    ("压缩包内的文件数", "files in an archive", "members"),
    ("压缩包嵌套的层数", "archives inside each other", "archives"),
    ("规则文件", "a rule file", "rules"),
    ("规则文件的嵌套层数", "levels of a rule file", "levels"),
    ("Word 文档", "a Word document", "docx"),
    ("Word 文档的单元格", "cells of a Word document", "docx cells"),
    ("PDF 文件", "a PDF file", "pdf"),
    ("PDF 的页数", "pages of a PDF", "pages"),
    ("PDF 的单元格", "cells of a PDF", "pdf cells"),
)


@pytest.mark.parametrize("language", [0, 1], ids=["zh", "en"])
def test_the_limits_of_the_page_are_those_of_the_program(project_root: Path, language: int) -> None:
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    table = "\n".join(f"| {row[language]} | {LIMITS[row[2]]} |" for row in ROWS)
    assert table in page, f"the page should hold:\n{table}"


def test_the_page_says_what_reading_a_pdf_may_take(project_root: Path) -> None:
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    for said in ("PDF 不超过 {} MB、{}秒", "a PDF no more than {} MB and {} seconds"):
        assert said.format(pages.MAX_MEMORY // MB, pdf.MAX_SECONDS) in page


def test_every_test_that_the_page_names_is_there(project_root: Path) -> None:
    page = (project_root / "docs" / "security.md").read_text(encoding="utf-8")
    named = {part for part in page.split("`") if part.startswith("tests/")}
    assert len(named) > 5
    assert {name for name in named if not (project_root / name).exists()} == set()
