"""What text in an XML part may hold where a regular expression, and no parser, has found it."""

from __future__ import annotations

import re

LONGEST_PART = 1_000_000
"""Bytes of a part that is looked at: fewer than any limit of a single tag."""
NAMES = 100
"""No fewer names of elements and attributes than usual parts have where they are usual."""
DECLARATION = rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0" encoding="(?:UTF|utf)-8"[^<>?]*\?>\s*)?'
"""How a part begins that is written in UTF-8."""

_NO_TEXT = bytes((*range(9), *range(11, 32)))
"""Control characters, and line ends that the parser changes."""
_NO_CHARACTERS = ("\ufffe", "\uffff")
_OTHER_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")


def is_text(data: bytes) -> bool:
    """Whether bytes are UTF-8 without what no XML holds, and all references in them are those that all XML knows."""
    if len(data.translate(None, _NO_TEXT)) < len(data) or _OTHER_REFERENCE.search(data):
        return False
    if b"]" in data and b"]]>" in data:
        return False
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return not any(character in text for character in _NO_CHARACTERS)
