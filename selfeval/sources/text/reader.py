"""The reader of text files."""

from __future__ import annotations

from selfeval.domain.problems import Place, problem
from selfeval.sources.blocks import Document
from selfeval.sources.text.tables import blocks

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read(data: bytes, place: Place) -> Document:
    """The document in a text, which is UTF-8, UTF-16 with its mark, or GB18030."""
    text = _decode(data)
    if text is None:
        return Document((), (problem("E102", place),))
    if not text.strip("\ufeff \t\r\n\f\u3000"):
        return Document((), (problem("E103", place),))
    return Document(blocks(text))


def _decode(data: bytes) -> str | None:
    """The text, in the first encoding that fits; None when none does."""
    for encoding in ("utf-16",) if data.startswith(_UTF16) else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # A binary file may happen to be valid GB18030; a text holds no zero characters.
        return None if "\0" in text else text
    return None
