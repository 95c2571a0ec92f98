"""Text for cells: made safe for the file format."""

from __future__ import annotations

import re

LONGEST = 32_767
"""Characters that a cell can hold."""

_SUSPECT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text without characters that a workbook cannot hold, cut to ``longest`` with a note of what was cut."""
    if len(text) * 2 <= longest and _SUSPECT.search(text) is None:
        return text
    plain = _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _units(plain) <= longest:
        return plain
    note = f"……（原文共 {len(plain)} 字，以下从略）"
    kept = plain[: longest - _units(note)]
    while _units(kept) + _units(note) > longest:
        kept = kept[: -max(1, (_units(kept) + _units(note) - longest) // 2)]
    return kept + note


def _units(text: str) -> int:
    """The length as the file format counts it: a character beyond the basic plane (an emoji) counts twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)
