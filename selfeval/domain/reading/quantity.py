"""Quantities: text to an exact number with its unit, and units into each other."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

UnitClass = Literal["rate", "money", "time", "count"]
Unreadable = Literal["blank", "no_number", "approximate", "several_numbers", "unit", "size"]
"""Why a text is not a quantity. ``unit``: what stands beside the number cannot be a unit; ``size``: not plausible."""

SMALLEST, LARGEST = Fraction(1, 10**9), Fraction(10**15)
"""What a spreadsheet keeps exactly, and far beyond any budget: other sizes are slips, and would overflow a float."""

RATE = "%"
RATES = frozenset({RATE, "‰", "‱"})
MONEY = "元"
RATE_FROM = 10
"""A cell for rates shows a number from here on as it stands, 95 as 95%, and a smaller one as a share, 0.95 as 95%."""
_RATE_WORDS = {"%", "百分比", "百分点", "个百分点", "%百分比", "百分比%", "%百分点"}
_PER_MILLE = {"‰", "千分比", "千分点", "个千分点"}
_SAME_MONEY = re.compile(r"(?P<size>[百千]?万|[千亿])?(?:元整|圆整?|元?人民币|人民币元)")
_MONEY = re.compile(r"(?:千|十万|百万|千万|万|亿)?元|万|亿")
_CURRENCY = re.compile(r"(?:人民币|RMB|CNY)?[¥]?(?:人民币)?", re.IGNORECASE)
_TIME = {
    *("秒", "分钟", "小时", "个小时", "日", "天", "个工作日", "工作日", "周", "星期", "个星期"),
    *("月", "个月", "季度", "个季度", "年", "年度"),
}

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_RAISED = re.compile(r"(?<=[\d万千百亿ckhCK/]m)(?P<power>[23])(?!\d)|(?<=[\d万千百亿]M)(?P<capital>[23])(?!\d)")
_APPROXIMATE = re.compile(r"(?<![节公制预契签合条特])约|大概|左右|上下|余|近\d|几|±|~$|\d多|[十百千万亿]多")
_NOTE = re.compile(r"(?<=[\u4e00-\u9fff%‰)])(?<![十百千万亿])[①-⑳⑴-⒇¹⁰⁴-⁹]+$")  # 7321次①
_UNIT = re.compile(r"[^\d\s,.;:!?()<>=≥≤，。；：、+-]{0,12}")
_MISREAD = re.compile(r"[OoIlQ]+(?=[\u4e00-\u9fff%])|[OIQ]$")  # 2OO人 is 200人 to the eye, and 2 to a machine
_REMARK = re.compile(
    r"以上|以下|[以之]内|内$|不|未|没|超|达|完成|合格|已"  # 300以上, 50未达标: a remark, not a unit
    r"|[年月]度?[初底末终]|月中|旬"  # 9月初: a time
)
_TWO_COUNTERS = re.compile(r"[\u4e00-\u9fff]{1,3}\((?!含)[\u4e00-\u9fff]{1,2}\)")  # 台(套), 人(次)
_EACH_OF_TWO = re.compile(rf"(?P<head>[^/()]{{1,6}})/(?P<each>{_TWO_COUNTERS.pattern})")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_DOT_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")  # 元/人.天
_SIMPLIFIED = str.maketrans(
    "萬億個場戶畝噸圓臺輛條項處間張冊歲時鐘頃種門類隻週篇傢員",
    "万亿个场户亩吨圆台辆条项处间张册岁时钟顷种门类只周篇家员",
)
"""Counters as they are written with traditional characters."""
_SPLIT = re.compile(r"\d\s+\d")
_NO_NOISE = 12  # digits of a number that a sum of floats was meant to be
_LONGEST_NUMBER = 40  # characters; Python refuses to read thousands of digits


@dataclass(frozen=True)
class Quantity:
    """An exact number in a unit. A rate has the unit ``%`` and its value in percent (95 for 95%)."""

    value: Fraction
    unit: str


SAYS_NOTHING = frozenset({"不涉及", "不适用", "/", "无", "-", "—", "--", "——"})
"""What stands in a cell when there is nothing to say."""

_MINUS = "−"
"""U+2212, the minus sign of mathematics, which NFKC leaves alone."""


def says_nothing(text: str) -> bool:
    """Whether a text is blank, or says only that there is nothing to say: 无。"""
    return normalise(text).rstrip("。.") in {"", *SAYS_NOTHING}


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """The text with width variants folded (NFKC) and all white space and invisible characters removed."""
    if text.isprintable() and not {" ", _MINUS} & {*text} and unicodedata.is_normalized("NFKC", text):
        return text  # as most are
    folded = "".join(_fold(c) for c in text)
    kept = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    return unicodedata.normalize("NFC", kept)


def _fold(character: str) -> str:
    if character == _MINUS:
        return "-"
    # raised and circled digits stay as they are: folding would make 10② to 102, m² to m2, and 2㏠ to 21日
    kept = character == "㎡" or _is_odd_digit(character)
    return character if kept else unicodedata.normalize("NFKC", character)


def _is_odd_digit(character: str) -> bool:
    """Whether a character is no digit of a number and yet says one: ⁴, ①, ½, ㏠ (1日)."""
    if unicodedata.category(character) == "No":
        return True
    return not character.isdigit() and unicodedata.normalize("NFKC", character)[:1].isdigit()


def plausible(value: Fraction | float) -> bool:
    """Whether a number is of a size that can be meant: 0, or between SMALLEST and LARGEST, with either sign."""
    return value == 0 or SMALLEST <= value < LARGEST or -LARGEST < value <= -SMALLEST


def unit_class(unit: str) -> UnitClass:
    """The class of a unit as printed; whatever is not a rate, money or time is a count. 20万 is money."""
    if unit in RATES:
        return "rate"
    if _MONEY.fullmatch(unit.partition("/")[0]):  # a cost for each head, 元/人·天, is money too
        return "money"
    return "time" if unit in _TIME else "count"


@lru_cache(maxsize=65536)
def read_quantity(text: str, *, label: bool = False) -> Quantity | Unreadable:
    """One number with an optional unit behind it, exactly.

    ``label``: words without a digit may stand before the number (``达到95%``). A number inside a longer text, two
    numbers, an approximate number, or a jumbled unit (``人/年/元``) is refused with the reason.
    """
    plain = _RAISED.sub(_raised, normalise(text)).translate(_SIMPLIFIED)
    if not plain:
        return "blank"
    found = list(_NUMBER.finditer(plain))
    if not found:
        return "no_number"
    if _APPROXIMATE.search(plain):
        return "approximate"
    if len(found) > 1 or _SPLIT.search(text):  # white space is gone from plain: 90 95 must not read as 9095
        return "several_numbers"
    before, after = plain[: found[0].start()], plain[found[0].end() :]
    currency = bool(before) and _CURRENCY.fullmatch(before) is not None
    if before and not label and not currency:
        return "no_number"
    unit = _printed(after)
    if unit is None:
        return "unit"
    if currency and unit_class(f"{unit}{MONEY}") == "money":
        unit += MONEY
    digits = found[0].group().replace(",", "")
    if len(digits) > _LONGEST_NUMBER or not plausible(Fraction(digits)):
        return "size"
    return Quantity(without_noise(Fraction(digits)), unit)


def _raised(match: re.Match[str]) -> str:
    """1000m2 is 1000m²: its 2 is no second number."""
    return {"2": "²", "3": "³"}[match["power"] or match["capital"]]


def without_noise(value: Fraction) -> Fraction:
    """A number without the noise of a sum of floats: 22.590000000000003 is 22.59. Others keep all their digits."""
    if value.denominator == 1:
        return value
    shown = f"{float(value):.15g}"
    return Fraction(shown) if len(shown.lstrip("-0.").replace(".", "")) <= _NO_NOISE else value


def _printed(text: str) -> str | None:
    """The unit as printed, in one spelling of rates and money; None when the text cannot be a unit."""
    text = _NOTE.sub("", text)
    bare = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    plain = bare.replace("(", "").replace(")", "")
    if plain in _RATE_WORDS:
        return RATE
    if plain in _PER_MILLE:
        return "‰"
    if match := _SAME_MONEY.fullmatch(bare):
        return f"{match['size'] or ''}{MONEY}"
    if _TWO_COUNTERS.fullmatch(bare):
        return bare
    if (each := _EACH_OF_TWO.fullmatch(bare)) and (head := _printed(each["head"])):  # 元/台(套)
        return f"{head}/{each['each']}"
    bare = _DOT_BETWEEN.sub("·", bare) if "/" in bare or bare.endswith(".次") else bare
    # 100%到位: words behind a sign of a rate are none of a unit
    if (
        not _UNIT.fullmatch(bare)
        or _is_odd_digit(bare[:1] or MONEY)  # 10⁴, 15¹, 3½
        or _REMARK.search(bare)
        or _MISREAD.match(bare)
        or (bare[:1] in RATES and _WORD.match(bare[1:]))
    ):
        return None
    head, *rest = re.split("[/*]", bare)
    # what stands behind a slash is "each" (元/人·天); money there is a jumble that nobody can compare
    if any(_MONEY.fullmatch(part) or not part for part in rest) or (rest and not head):
        return None
    return bare


def show_number(value: Fraction | float) -> str:
    """A number without needless zeros: 22.59, 7000, 0.5; a fraction that has no end is cut to 12 digits."""
    exact = value if isinstance(value, Fraction) else Fraction(repr(float(value)))
    if exact.denominator == 1:
        return str(exact.numerator)
    text = f"{float(exact):.15g}"
    if "e" not in text and Fraction(text) == exact:
        return text
    short = f"{float(exact):.12f}".rstrip("0").rstrip(".")
    return short or "0"


def show_share(share: float, places: int = 4, *, beside: Fraction | None = None) -> str:
    """A share as a percentage with at most so many places: 0.98 is 98%, 860/900 is 95.5556%.

    With more where it would look the same as another share ``beside`` it and is not: 89.9999% beside 90%.
    """
    while beside is not None and share != float(beside) and round(share * 100, places) == float(beside * 100):
        places += 1
    return f"{show_number(round(share * 100, places))}%"
