"""Text for cells: made safe for the file format."""

from __future__ import annotations

import re

from selfeval.packages.printable import printable

LONGEST = 32_767
"""Characters that a cell can hold."""

_FORBIDDEN = re.compile("[\ufffe\uffff]")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text with what a workbook cannot hold shown instead, cut to ``longest`` with a note of what was cut."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    plain = _FORBIDDEN.sub("", printable(lines))
    if len(plain) * 2 <= longest or _units(plain) <= longest:
        return plain
    note = f"……（原文共{len(plain)}字，以下从略）"
    kept = plain[: longest - _units(note)]
    while _units(kept) + _units(note) > longest:
        kept = kept[: -max(1, (_units(kept) + _units(note) - longest) // 2)]
    return kept + note


def _units(text: str) -> int:
    """The length as the file format counts it: a character beyond the basic plane (an emoji) counts twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)
