"""A long PDF: pages of ruled tables, and the memory that reading them takes."""

from __future__ import annotations

import sys
from itertools import pairwise

import pypdfium2 as pdfium

from selfeval.domain.problems import Place
from selfeval.sources.pdf.reader import read
from tests.sources.raw_pdf import line, pdf, text

ROWS, COLUMNS = 24, 6
_EDGES = [60 + 80 * at for at in range(COLUMNS + 1)]


def long_pdf(pages: int) -> bytes:
    """A file of so many pages, each with the heading and the table of a project."""
    return pdf([_page(number) for number in range(1, pages + 1)])


def _page(number: int) -> str:
    drawn = text(60, 790, f"{number}.河道清淤经费绩效目标表", 12) + text(290, 30, str(number))
    tops = [770 - 30 * at for at in range(ROWS + 1)]
    for top, low in pairwise(tops):
        drawn += "".join(line(x, low, x, top) for x in _EDGES)
        drawn += "".join(text(x + 3, top - 12, "绩效指标内容") + text(x + 3, top - 24, "≥95%") for x in _EDGES[:-1])
    return drawn + "".join(line(_EDGES[0], top, _EDGES[-1], top) for top in tops)


def read_blocks(data: bytes) -> int:
    """Every block of the file; how many, so that a file not read is seen."""
    document = read(data, Place(file="长.pdf"))
    if document.problems:
        raise SystemExit(document.problems[0].message)
    return len(document.blocks)


def read_text(data: bytes) -> int:
    """The text of every page by PDFium alone."""
    document = pdfium.PdfDocument(data)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def peaks() -> str:
    """The most memory that this process, and one that it started, has taken so far; blank on Windows."""
    if sys.platform == "win32":
        return ""
    import resource  # noqa: PLC0415 - not on Windows

    unit = 1024**2 if sys.platform == "darwin" else 1024
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, others = (resource.getrusage(each).ru_maxrss / unit for each in who)
    return f"内存最多：本进程 {own:.0f} MB，另起的进程 {others:.0f} MB"
