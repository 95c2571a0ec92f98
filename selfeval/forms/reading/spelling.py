"""Whether what stands beside an answer is what was promised there, however it is spelt.

Forms print the name and the target of each row, and reported tables may have columns of them: exported, cut, numbered
or typed by hand. What only is spelt otherwise is the same; a blank says nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.reading.quantity import Quantity
from selfeval.domain.reading.units import convert
from selfeval.sheets.text import clean

_WHITE = re.compile(r"\s+")
_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NO_PART = re.compile(r"(?<=\d)\.0+(?!\d)")
_SIGNS = {
    **dict.fromkeys((">=", "=>", "≧", "⩾", "大于或等于", "大于等于", "不少于", "不低于", "不小于"), "≥"),
    **dict.fromkeys(("<=", "=<", "≦", "⩽", "小于或等于", "小于等于", "不多于", "不高于", "不大于", "不超过"), "≤"),
    "百分比": "%",
}
"""Other spellings of a target that mean the same."""
_BEHIND = re.compile(r"(?P<number>\d[\d.]*[^\d.]*?)及?(?:(?P<up>以上)|以[下内]|之内)")
_ONE_NUMBER = re.compile(r"(?P<sign>[≥≤><=]?)(?P<number>\d+(?:\.\d+)?)(?P<unit>[^\d.].*|)")
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_MONTHS = {f"{numeral}月": f"{month}月" for month, numeral in enumerate(_NUMERALS, start=1)}
_MONTH = re.compile(
    r"(?:(?P<year>\d{4})[年-])?(?:0?(?P<month>[1-9]|1[0-2])月份?(?:(?:实际)?(?:支付|支出|付款)(?:数|额|金额)?)?"
    r"|(?P<of_day>0[1-9]|1[0-2])-01)"
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_DIGITS = re.compile(r"\d+")
_NUMBERED = re.compile(r"[(]?[\da-zA-Z一二三四五六七八九十]{1,3}[).、:]+|\d{1,2}(?=\D)")
_REMEMBERED = 300
"""Characters of a text whose spelling is remembered: a name or a target has no more."""
_CUT, _KEPT = ".", 4
"""What stands behind a name that was cut (… is ... here), and how much is left of it at least."""


def bare(text: str) -> str:
    """Without white space and quotes, and with full-width letters and digits as plain ones."""
    return _known_bare(text) if len(text) <= _REMEMBERED else _bare(text)


def _bare(text: str) -> str:
    return _WHITE.sub("", unicodedata.normalize("NFKC", clean(text))).translate(_QUOTES)


def usual_month(text: str, year: int) -> str:
    """The name of a month in its usual spelling: 1月 for 2024年1月份, 01月支出 and the day that 2024年1月 becomes."""
    plain = bare(text)
    found = _MONTH.fullmatch(_MONTHS.get(plain.removesuffix("份"), plain))
    if found is None or found["year"] not in {None, f"{year}"}:
        return text
    return f"{int(found['month'] or found['of_day'])}月"


def usual_target(target: str) -> str:
    """A target in its usual spelling: ≥7000次 for >= 7,000.00次。"""
    return _known_target(target) if len(target) <= _REMEMBERED else _usual_target(target)


def _usual_target(target: str) -> str:
    text = _NO_PART.sub("", _THOUSANDS.sub("", bare(target).rstrip("。;；,，")))
    for written, usual in _SIGNS.items():
        text = text.replace(written, usual)
    behind = _BEHIND.fullmatch(text)
    return text if behind is None else f"{'≥' if behind['up'] else '≤'}{behind['number']}"


def is_other_target(found: str, own: str) -> bool:
    """Whether a text cannot be a row's own target, nor a part of it: 7000 and 次 of ≥7000次 may stand in columns."""
    if found in {"", own}:
        return False
    said, promised = usual_target(found), usual_target(own)
    if not said or not promised or said == promised:
        return False
    if day := _DAY.fullmatch(said):  # a spreadsheet makes days of 2024年12月
        return not {int(one) for one in _DIGITS.findall(promised)} <= {int(one) for one in day.groups()}
    one, other = _ONE_NUMBER.fullmatch(said), _ONE_NUMBER.fullmatch(promised)
    if one and other:
        return _is_other_number(one, other)
    return not (_holds(promised, said) or _holds(said, promised))


def _is_other_number(found: re.Match[str], own: re.Match[str]) -> bool:
    if found["sign"] and own["sign"] and found["sign"] != own["sign"]:
        return True
    number, promised = Fraction(found["number"]), Fraction(own["number"])
    unit, own_unit = found["unit"], own["unit"]
    if number == promised and (unit.startswith(own_unit) or own_unit.startswith(unit)):  # one is left out, or noted on
        return False
    if not unit:
        return not (own_unit.startswith("%") and number * 100 == promised)
    return convert(Quantity(number, unit), own_unit) != promised


def _holds(text: str, part: str) -> bool:
    """Whether a text holds another, with none of its numbers cut."""
    before, behind = (r"(?<![\d.])" if part[0].isdigit() else ""), (r"(?![\d.])" if part[-1].isdigit() else "")
    return re.search(f"{before}{re.escape(part)}{behind}", text) is not None


def is_other_name(found: str, own: str, known: Container[str]) -> bool:
    """Whether a text cannot be a row's own name: whole or cut, with a number before it or a note around it.

    ``known``: the names that others have, bare.
    """
    if found in {"", own}:
        return False
    said, name = bare(found), bare(own)
    texts = [said, *([said[number.end() :]] if (number := _NUMBERED.match(said)) else [])]
    if not said or not name or name in texts:
        return False
    if any(text in known for text in texts):
        return True
    return not (name in said or any(_was_cut(text.rstrip(_CUT), name) for text in texts))


_known_bare, _known_target = lru_cache(maxsize=4096)(_bare), lru_cache(maxsize=4096)(_usual_target)
"""The texts that forms print are the same in many, and what is promised is compared with many rows."""


def _was_cut(text: str, name: str) -> bool:
    return name.startswith(text) and (len(text) >= _KEPT or len(text) * 2 >= len(name))


def is_other_code(found: str, own: str, known: Container[str] = ()) -> bool:
    """Whether a text is the code of another project; a number of the unit's own, or a note behind ours, is not."""
    said, code = bare(found).upper(), own.upper()
    return said != code and (len(said) == len(code) or said in known)
