"""Days in Chinese numerals: 二〇二三年十二月三十一日 in the digits that the shapes of a day are written in."""

from __future__ import annotations

import re

_YEAR = re.compile(r"[一二][〇零○Oo0一二三四五六七八九]{3}(?=年)")
_PART = re.compile(
    r"(?<![第一二三四五六七八九十])(?P<number>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号])"
)
_DIGITS = {"○": "0", "O": "0", "o": "0", "0": "0", "〇": "0"} | {
    sign: str(at) for at, sign in enumerate("零一二三四五六七八九")
}


def days_in_digits(text: str) -> str:
    """The text with the numerals of a year, month or day in digits; all else as it is."""
    return _PART.sub(_number, _YEAR.sub(lambda match: "".join(_DIGITS[sign] for sign in match[0]), text))


def _number(match: re.Match[str]) -> str:
    tens, ten, ones = match["number"].partition("十")
    return str(int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))) if ten else _DIGITS[tens]
