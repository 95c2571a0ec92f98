"""A PDF that does not hold the shapes of its signs, on a machine that has no Chinese font."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest

from selfeval.domain.problems import Place
from selfeval.sources.pdf import fonts, pages, reader
from tests.sources.raw_pdf import pdf, text

LATIN = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
DRAWN = b"BT /F 12 Tf 20 20 Td <%s> Tj ET" % "绩效目标".encode("utf-16-be").hex().encode()
BORROWED = fonts._PAGE % (len(DRAWN), DRAWN)


@pytest.fixture(params=[True, False])
def there(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the machine has such a font."""
    monkeypatch.setattr(fonts, "is_there", lambda: request.param)
    return bool(request.param)


def _read(data: bytes) -> list[str]:
    """The codes of what a reading in this very process tells."""
    found = reader._Pages()
    document = pdfium.PdfDocument(data)
    for number in range(len(document)):
        found.add(pages._page(document, number))
    return [one.code for one in reader._document(found, Place(file="a.pdf"), damaged=False).problems]


def test_that_signs_may_be_gone_is_told(*, there: bool) -> None:
    assert _read(BORROWED).count("W178") == (not there)


def test_a_file_that_holds_its_signs_asks_for_none(*, there: bool) -> None:
    assert "W178" not in _read(pdf([text(60, 700, "绩效目标")])), there


def test_latin_signs_are_always_there(*, there: bool) -> None:
    drawn = "BT /L 10 Tf 60 700 Td (Page 1) Tj ET\n"
    assert "W178" not in _read(pdf([drawn], extra=[LATIN], fonts=b"/L 10 0 R")), there


def test_the_machine_is_asked_by_a_page_of_its_own() -> None:
    page = pdfium.PdfDocument(BORROWED)[0].get_textpage()
    (_, bottom, _, top) = page.get_charbox(1)
    assert fonts.is_there() == (top - bottom > 0.1)
