"""Chinese numerals and a leading apostrophe, to what ``read_quantity`` reads.

Only what can mean one thing is put into digits: 一百五十 is 150; 一百五 (150 or 105) stays, and is asked about.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from selfeval.domain.reading.quantity import normalise, unit_class
from selfeval.domain.reading.units import Synonyms, alike

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬億", "一二三四五六七八九十百千万亿")
_SECTIONS = {"亿": 100_000_000, "万": 10_000}
_NUMERAL = r"[零〇一二两三四五六七八九十百千万亿]+"
_WORDS = {"千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1000, "百": 100}
_MIXED = re.compile(
    r"(?P<whole>\d+)(?P<section>[万亿])(?P<digits>\d+)(?P<size>千万|百万|[万千百])?(?P<unit>[^\d万千百亿]{0,6})"
)
_RATES = {"百分之": "%", "千分之": "‰"}
_TENTHS = re.compile(r"(?P<tens>[一二两三四五六七八九]|\d)成(?P<ones>[一二三四五六七八九]|\d?)")
_SIZES = {"hundred": 100, "thousand": 1000, "tens": 10, "one": 1}
_NEGATIVE = re.compile(r"负\d")
_ROUND_SUM = re.compile(r"([元圆])整$")
QUOTES = "'‘’＇`"
"""What a department leaves before a number to make it text (Excel hides only its own)."""

_WRITTEN = re.compile(
    rf"(?P<percent>百分之|千分之)?(?P<sign>负)?(?P<whole>{_NUMERAL})(?:点(?P<part>[零〇一二三四五六七八九]+))?"
)
_SECTION = re.compile(
    r"(?:(?P<thousand>[一二两三四五六七八九])千)?(?:(?P<hundred>[一二两三四五六七八九])百)?"
    r"(?:(?P<tens>[一二三四五六七八九]?)(?P<ten>十))?(?P<one>[一二两三四五六七八九])?"
)


@lru_cache(maxsize=65536)
def in_digits(text: str, unit: str = "", same: Synonyms = ()) -> str:
    """The text with a numeral in digits (百分之九十五 is 95%), without a quote before it; else as it is.

    The numeral must be the whole text but for a unit that compares with ``unit``, or one of rate, money or time:
    一直达标 holds no number.
    """
    plain = normalise(text).lstrip(QUOTES).translate(_FORMAL)
    if mixed := _MIXED.fullmatch(plain):
        return _summed(mixed) or text
    if tenths := _TENTHS.fullmatch(plain):  # 九成五 is 95%
        return "".join(str(_DIGITS.get(digit, digit)) for digit in (tenths["tens"], tenths["ones"] or "0")) + "%"
    if _NEGATIVE.match(plain):
        return f"-{plain[1:]}"
    match = _WRITTEN.match(plain)
    after = "" if match is None else _ROUND_SUM.sub(r"\1", plain[match.end() :])
    own = any(alike(after, wanted, same) for wanted in (unit, unit.partition("/")[0]))
    if match is None or (after and unit_class(after) == "count" and not own):
        return text.strip().lstrip(QUOTES)
    whole = 100 if match[0] == "百分之百" else _value(match["whole"])
    if whole is None:
        return text
    if not after and not match["percent"] and not match["part"] and set(match["whole"]) & {*_SECTIONS}:
        # 五万 beside 万元 is 5万元, beside 人 50000人
        return f"{'-' if match['sign'] else ''}{Decimal(whole) / _SECTIONS['万']:f}万"
    digits = "".join(str(_DIGITS[digit]) for digit in match["part"] or "")
    number = f"{'-' if match['sign'] else ''}{whole}{'.' if digits else ''}{digits}"
    return f"{number}{_RATES.get(match['percent'], '')}{after}"


def _summed(match: re.Match[str]) -> str:
    """28万5千元 as 28.5万元; blank where the second number does not fit behind the first (3万5: 35 000 or 30 005?)."""
    section, digits = _SECTIONS[match["section"]], match["digits"]
    size = next((size for word, size in _WORDS.items() if word == match["size"]), 1)
    rest = int(digits) * size
    if rest >= section or (not match["size"] and len(digits) < len(str(section)) - 1):
        return ""
    return f"{Decimal(match['whole']) + Decimal(rest) / section:f}{match['section']}{match['unit']}"


def _value(numeral: str) -> int | None:
    """The number of a numeral; None when it may mean two things."""
    if all(sign in _DIGITS for sign in numeral):
        # a single digit, or a year-like row of digits (二〇二四); 二三 may be "two or three"
        year = len(numeral) == 4 and ("〇" in numeral or "零" in numeral)  # noqa: PLR2004
        return int("".join(str(_DIGITS[sign]) for sign in numeral)) if year or len(numeral) == 1 else None
    total, rest = 0, numeral
    for sign, size in _SECTIONS.items():
        head, found, tail = rest.partition(sign)
        if found:
            value = _section(head, first=not total)
            if value is None:
                return None
            total, rest = total + value * size, tail
    last = _section(rest, first=not total) if rest else 0
    # 三万五: 35 000 or 30 005
    doubtful = total and rest and not rest.startswith("零") and last is not None and last < _SIZES["thousand"]
    return None if last is None or doubtful else total + last


def _section(text: str, *, first: bool) -> int | None:
    """Below 10 000: 三千零五十 is 3050. None when a place is skipped without 零, or a digit has no place."""
    bare = text.replace("零", "").replace("〇", "")
    match = _SECTION.fullmatch(bare)
    if match is None or not bare or text.endswith(("零", "〇")):
        return None
    hundred, thousand, tens, one = (_DIGITS[match[name] or "零"] for name in _SIZES)
    if match["ten"] and not tens and not (first and bare.startswith("十")):
        return None  # 一百十: said, but better asked about
    tens = tens or int(bool(match["ten"]))
    # a place is passed over (一百五: 150 or 105?) unless a 零 says so
    gap = (one and not tens and (hundred or thousand)) or (thousand and not hundred and tens)
    if gap and not ("零" in text or "〇" in text):
        return None
    places = zip((hundred, thousand, tens, one), _SIZES.values(), strict=True)
    return sum(digit * size for digit, size in places)
