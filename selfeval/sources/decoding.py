"""The text in a file that says nothing of its encoding."""

from __future__ import annotations

from contextlib import suppress

ENCODINGS = ("utf-8-sig", "gb18030")
"""Tried in this order: text in GB18030 is almost never valid UTF-8."""
UTF16 = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins."""


def decoded(data: bytes) -> str | None:
    """The text in bytes: UTF-8, UTF-16 with its mark, or GB18030; None where they are none of these."""
    for encoding in ("utf-16",) if data.startswith(UTF16) else ENCODINGS:
        with suppress(UnicodeDecodeError):
            text = data.decode(encoding)
            # A binary file may happen to be valid GB18030; a text holds no zero characters.
            return None if "\0" in text else text
    return None
