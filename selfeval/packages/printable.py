"""Text from files as it may be shown: what would steer a terminal or a spreadsheet is seen instead of obeyed."""

from __future__ import annotations

import re
import unicodedata

_HALVES = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no file can hold."""
# control characters but line ends and tabs; what turns the direction of writing around, or ends a line unseen
_STEERING = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]"
    f"|{_HALVES.pattern}"
    r"|\r(?!\n)"
)
_PICTURES = 0x2400  # ␀, the picture of the first control character
_DELETE, _CONTROLS = 0x7F, 0x20
_STRANGE = range(0xDC80, 0xDD00)
"""What stands for the bytes of a file name that is not UTF-8 (GBK out of an old .zip)."""

BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
"""White space that people leave in a cell without seeing it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NO_INK = "\u115f\u1160\u2800\u3164\uffa0"
_SIGNED_NUMBER = re.compile(r"[+-][\d.,]+[%‰\u4e00-\u9fff]*")


def printable(text: str) -> str:
    """The text with ``␛`` for the escape character, ``<202E>`` for one that turns the direction, and so on."""
    return _STEERING.sub(_picture, text)


def readable(name: str) -> str:
    r"""A name that is not UTF-8, with each strange byte as ``\xbc``: two names stay two."""
    return _HALVES.sub(_picture, name)


def in_json(document: str) -> str:
    """A JSON document with such characters written as escapes, which mean the same; no half of a character is left."""
    shown = _HALVES.sub(lambda found: _picture(found).replace("\\", "\\\\"), document)
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", shown)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < _CONTROLS:
        return chr(_PICTURES + code)
    if code in _STRANGE:
        return f"\\x{code - _STRANGE.start + 0x80:02x}"
    return "␡" if code == _DELETE else f"<{code:04X}>"


def in_spreadsheet(text: str) -> str:
    """The text as a field of a CSV file: an apostrophe before what a spreadsheet would take for a formula.

    Signs count behind white space, marks without width and in their wide forms too; a signed number with its unit is
    no formula.
    """
    shown = printable(text)
    return f"'{shown}" if _is_formula(text) else shown


def as_written(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    return text[1:] if text.startswith("'") and _is_formula(text[1:]) else text


def _is_formula(text: str) -> bool:
    start = next((at for at, letter in enumerate(text) if not _is_unseen(letter)), len(text))
    seen = unicodedata.normalize("NFKC", text[start : start + 1]) + text[start + 1 :]
    return (text.startswith(_FORMULA) and not _SIGNED_NUMBER.fullmatch(text)) or (
        seen.startswith(_FORMULA) and not _SIGNED_NUMBER.fullmatch(seen)
    )


def _is_unseen(letter: str) -> bool:
    """Whether nothing is seen of a character: white space, marks, what controls, and letters without ink."""
    return letter in _NO_INK or unicodedata.category(letter) in {"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"}
