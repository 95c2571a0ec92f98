"""The text in a file that says nothing of its encoding."""

from __future__ import annotations

from contextlib import suppress

_ENCODINGS = ("utf-8-sig", "gb18030")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> str | None:
    """The text in bytes: UTF-8, UTF-16 with its mark, or GB18030; None where they are none of these."""
    for encoding in ("utf-16",) if data.startswith(_UTF16) else _ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            # A binary file may happen to be valid GB18030; a text holds no zero characters.
            return None if "\0" in text else text
    return None
