"""Text for cells: made safe for the file format."""

from __future__ import annotations

import re
from html import escape

from selfeval.packages.printable import printable

_WIDE_BLANK = "\u3000"

LONGEST = 32_767
"""Characters that a cell can hold."""

TO_ESCAPE = re.compile(r"[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")
"""In a text: what XML or the file format takes for something else."""
SPACE = ' xml:space="preserve"'
"""The attribute of an element that keeps the white space of its text."""

_ENDS = re.compile(r"^\s|\s$")
_LITERAL = re.compile("_(x[0-9a-fA-F]{4}_)")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")

_FORBIDDEN = re.compile("[\ufffe\uffff]")


def clean(text: str, longest: int = LONGEST) -> str:
    """The text with what a workbook cannot hold shown instead, cut to ``longest`` with a note of what was cut."""
    if len(text) * 2 <= longest and text.replace("\n", "").replace(_WIDE_BLANK, "").isprintable():
        return text  # as most are: nothing in it is a control character, or no character at all
    lines = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    plain = _FORBIDDEN.sub("", printable(lines))
    if len(plain) * 2 <= longest or _units(plain) <= longest:
        return plain
    note = f"……（原文共{len(plain)}字，以下从略）"
    kept = plain[: longest - _units(note)]
    while _units(kept) + _units(note) > longest:
        kept = kept[: -max(1, (_units(kept) + _units(note) - longest) // 2)]
    return kept + note


def in_element(text: str) -> str:
    """The text as it stands in an element of a file."""
    return escape(escaped(text), quote=False) if TO_ESCAPE.search(text) else text


def escaped(text: str) -> str:
    """The text with what is no character of XML written as _x0001_, and what reads so by chance as _x005F_x0001_."""
    return _CONTROLS.sub(lambda found: f"_x{ord(found[0]):04X}_", _LITERAL.sub(r"_x005F_\1", text))


def has_outer_space(text: str) -> bool:
    """Whether a text begins or ends with white space, which is lost without ``SPACE``."""
    return _ENDS.search(text) is not None


def _units(text: str) -> int:
    """The length as the file format counts it: a character beyond the basic plane (an emoji) counts twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)
