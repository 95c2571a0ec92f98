"""A PDF that does not hold the shapes of its signs, on a machine that has no Chinese font."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from selfeval.domain.problems import Place
from selfeval.sources.blocks import Document
from selfeval.sources.pdf import fonts, pages, reader
from tests.sources.raw_pdf import pdf, text

LATIN = b"<</Type/Font/Subtype/Type1/BaseFont/%s>>"
DRAWN = b"BT /F 12 Tf 20 20 Td <%s> Tj ET" % "绩效目标".encode("utf-16-be").hex().encode()
BORROWED = fonts._PAGE % (len(DRAWN), DRAWN)


@pytest.fixture(params=[True, False])
def there(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the machine has such a font."""
    monkeypatch.setattr(fonts, "is_there", lambda: request.param)
    return bool(request.param)


def _read(data: bytes) -> list[str]:
    """The codes of what a reading tells."""
    return [one.code for one in _document(data).problems]


def _document(data: bytes) -> Document:
    """A reading in this very process."""
    found = reader._Pages()
    document = pdfium.PdfDocument(data)
    for number in range(len(document)):
        found.add(pages._page(document, number))
    return reader._document(found, Place(file="a.pdf"), damaged=False)


def test_a_file_whose_signs_may_be_gone_is_not_read(*, there: bool) -> None:
    found = _document(BORROWED)
    assert [one.code for one in found.problems] == (["W152"] if there else ["E158"])
    assert bool(found.blocks) == there


def test_a_file_that_holds_its_signs_asks_for_none(*, there: bool) -> None:
    assert "E158" not in _read(pdf([text(60, 700, "绩效目标")])), there


@pytest.mark.parametrize("name", ["Helvetica", "Calibri", "ABCDEF+Garamond-Bold"])
def test_latin_signs_are_always_there(name: str, *, there: bool) -> None:
    drawn = "BT /L 10 Tf 60 700 Td (Page 1) Tj ( ) Tj ET\n"
    assert _read(pdf([drawn], extra=[LATIN % name.encode()], fonts=b"/L 10 0 R")) == ["W152"], there


def test_the_machine_is_asked_by_a_page_of_its_own() -> None:
    page = pdfium.PdfDocument(BORROWED)[0].get_textpage()
    (_, bottom, _, top) = page.get_charbox(1)
    assert fonts.is_there() == (top - bottom > 0.1)
