"""What page layout and text extraction did to a document, undone: its characters, and the numbers of its pages."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_DROPPED = dict.fromkeys([*range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xAD, 0xFEFF, *range(0xFE00, 0xFE10)], "")
_SPACES = dict.fromkeys([0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
# Width variants only: Chinese punctuation （），：； is right as it stands.
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％＊＋－．／＜＝＞")]
_WIDTHS = {wide: chr(wide - 0xFEE0) for wide in _WIDE}
# Radicals that PDF fonts put in place of the characters that look the same. Those of U+2F00 have a compatibility
# decomposition; most of U+2E80 have none.
_KANGXI = {code: unicodedata.normalize("NFKC", chr(code)) for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFB00)]}
_RADICALS = str.maketrans(
    "⺁⺊⺌⺒⺓⺝⺟⺠⺩⺫⺬⺶⺹⺼⺽⻁⻃⻄⻅⻆⻉⻊⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂卜小巳幺月母民王罒示羊老肉臼虎西西见角贝足车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
_TABLE: dict[int, int | str] = {**_DROPPED, **_SPACES, **_WIDTHS, **_KANGXI, **_RADICALS}

RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Digits that stand above the line: 10³ is not 103."""

_BREAKS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_WHITE = re.compile(r"[ \t\n\f]+")
_FORM_FEED = re.compile("\f+")
_PAGE_NUMBER = re.compile(
    r"[-—–·]+(\d{1,4})[-—–·]+|第(\d{1,4})页(?:[,，/]?共\d{1,4}页)?|(\d{1,4})/\d{1,4}|([1-9]\d{0,2})"
)
_RUN = 4  # bare numbers in a row, each one more than the last, that are surely page numbers


def unified(text: str) -> str:
    """The text with one kind of line break and space, one width of signs, no zero-width characters, no radicals."""
    if text.isascii() and text.isprintable():
        return text
    return _BREAKS.sub("\n", text).translate(_TABLE)


def squeeze(text: str) -> str:
    """The text without any white space: for labels, codes and numbers."""
    return _WHITE.sub("", text)


def tidy(text: str) -> str:
    """A cell's text as printed, without the white space that page layout put in.

    A space stays (as one) only between two ASCII letters or digits. A line break stays, as a space, only between
    two letters: within a number or a code it is the page's.

    >>> tidy("法律顾问出 具法律意见 书")
    '法律顾问出具法律意见书'
    """

    def keep(gap: re.Match[str]) -> str:
        sides = text[max(0, gap.start() - 1) : gap.start()], text[gap.end() : gap.end() + 1]
        if not all(side.isascii() and side.isalnum() for side in sides):
            return ""
        return "" if "\n" in gap[0] and not all(map(str.isalpha, sides)) else " "

    return _WHITE.sub(keep, text)


def without_pages(text: str) -> str:
    """The text ``unified``, without form feeds, lines that hold only a page number blank; no line comes or goes."""
    lines = _FORM_FEED.sub("\f", unified(text)).split("\n")
    for i in _page_numbers(lines):
        lines[i] = ""
    return "\n".join(lines).replace("\f", "")


def _page_numbers(lines: list[str]) -> list[int]:
    """The lines that hold only a page number: a bare one at a page break, between blank lines, or in a run."""
    hits = [
        (i, hit)
        for i, line in enumerate(lines)
        if line.strip() and "\t" not in line.strip() and (hit := _PAGE_NUMBER.fullmatch(squeeze(line)))
    ]
    numbers = [int(hit[hit.lastindex or 0]) for _, hit in hits]
    found = []
    # Where a blank line follows nearly every row of the tables, one means nothing.
    below = [after for line, after in pairwise(lines) if "\t" in line]
    spaced = sum(not line.strip() for line in below) > len(below) / 2
    for place, (i, hit) in enumerate(hits):
        before, after = lines[i - 1] if i else "", lines[i + 1] if i + 1 < len(lines) else ""
        apart = not (spaced or before.strip() or after.strip())
        at_break = "\f" in lines[i] or after.startswith("\f")
        in_sequence = any(
            numbers[first : first + _RUN] == list(range(numbers[first], numbers[first] + _RUN))
            for first in range(max(0, place - _RUN + 1), place + 1)
        )
        if hit[4] is None or apart or at_break or in_sequence:
            found.append(i)
    return found
