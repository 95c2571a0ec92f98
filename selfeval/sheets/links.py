"""Links of cells, as XlsxWriter takes them."""

from __future__ import annotations

from urllib.parse import quote

from xlsxwriter.url import Url

from selfeval.sheets.layout import Layout
from selfeval.sheets.model import CellLink, FileLink
from selfeval.sheets.text import clean


class _Beside(Url):  # type: ignore[misc]  # XlsxWriter ships no types
    """A link to a file beside the workbook, as Excel itself writes it: relative, with forward slashes.

    XlsxWriter writes backslashes, which only Windows follows, and takes what follows a # for a place in the file.
    """

    def __init__(self, path: str, text: str) -> None:
        super().__init__("external:beside")
        self.text = text
        self._path = "".join(quote(letter) if letter.isascii() else letter for letter in path)

    def _target(self) -> str:
        return self._path


def target(link: FileLink | CellLink, layout: Layout) -> Url:
    """Where a link goes, with the text that is shown."""
    if isinstance(link, FileLink):
        return _Beside(clean(link.path), link.text)
    found = Url(f"internal:{layout.address(link.target.key, '')}")
    found.text = clean(link.text)
    return found
