"""What page layout and text extraction did to the characters of a document, undone."""

from __future__ import annotations

import re
import unicodedata

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

_BREAKS = re.compile("\r\n|[\r\x0b\x85\u2028\u2029]")
_WHITE = re.compile(r"[ \t\n\f]+")


def unified(text: str) -> str:
    """The text with one kind of line break and of space, and one width of digits, letters and signs.

    Zero-width characters go; radicals that only look like characters become these. The number of lines stays.
    """
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
        before = text[gap.start() - 1 : gap.start()] if gap.start() else ""
        after = text[gap.end() : gap.end() + 1]
        if not (before.isascii() and before.isalnum() and after.isascii() and after.isalnum()):
            return ""
        broken = "\n" in gap.group()
        return "" if broken and not (before.isalpha() and after.isalpha()) else " "

    return _WHITE.sub(keep, text)
