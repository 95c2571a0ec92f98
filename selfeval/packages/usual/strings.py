"""The shared texts of a workbook, in a part where each is one plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from selfeval.packages.usual.text import DECLARATION, LONGEST_PART, is_text

_PART = re.compile(rb"(%b<sst(?: [^<>]*)?>)(.*)(</sst>\s*)" % DECLARATION, re.DOTALL)
_TEXT = re.compile(
    r'<si><t(?: xml:space="preserve")?(?:/>|>([^<]*+)</t>)(?:<phoneticPr fontId="\d+"(?: type="\w+")?/>)?</si>|(.+)',
    re.DOTALL | re.ASCII,
)


class UsualStrings(NamedTuple):
    """How many characters each text has, and the part without them."""

    lengths: list[int]
    around: bytes


def usual_strings(part: bytes) -> UsualStrings | None:
    """The shared texts of a part; None where they are not all of the usual shape, whatever the part holds."""
    found = _PART.fullmatch(part) if len(part) <= LONGEST_PART else None
    if found is None or not is_text(found[2]):
        return None
    texts = _TEXT.findall(found[2].decode())
    if texts and texts[-1][1]:
        return None
    lengths = [len(unescape(text) if "&" in text else text) for text, _ in texts]
    return UsualStrings(lengths, found[1] + found[3])
