"""What a number format shows beside a number: a sign, a unit, a %, or something else than the number that is stored."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|\\(?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)
    |(?P<digits>[0#?@.,/]|E[+-])|(?P<end>;)|(?P<literal>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|[<>=])\s*([+-]?\d+(?:\.\d+)?)")
_Holds = Callable[[float], bool]
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_USUAL: dict[int, Sequence[_Holds]] = {
    1: (),
    2: (lambda number: number >= 0,),
    3: (lambda number: number > 0, lambda number: number < 0),
}
"""To which numbers the sections of a format apply that do not say so themselves; the last to all others."""

_DIGITS, _HUNDREDFOLD = "\0", "\1"
_SEEN = re.compile(r"([^\0\x01]*)\0+(\x01?)([^\0\x01]*)")
"""Digits, with what is before and behind them, a % first."""
_NO_MORE = re.compile("[-−—/零]*")
_OF_NUMBERS = 3
_SCALED = re.compile(r",(?![0#?])")
"""0, shows thousands."""
_SAYS_NOTHING = str.maketrans("", "", "¥￥+ \u00a0\u3000\t")
"""The sign of our money stands beside 万元 too."""
_OF_NO_MORE = str.maketrans("", "", "-−—()（）")
"""How what is zero or less may be written."""


_LETTERS_OF_DATES = frozenset("ymdhsegbap")
_WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]")
_OF_DATES = str.maketrans("", "", "年月日号时分秒点上下午周星期/-－.．,，:： \u00a0\u3000")
"""Marks and words between the parts of a date."""


class Shown(NamedTuple):
    """What stands before and behind a number; ``percent``: its hundredfold is shown, with a % before ``after``."""

    before: str = ""
    after: str = ""
    percent: bool = False


class _Section(NamedTuple):
    """``shown``: beside a number or a text, None where it does not show; ``alone``: what stands there then."""

    holds: _Holds | None
    shown: Shown | None
    alone: str
    of_texts: bool


def shown_by(code: str, number: float) -> Shown | None:
    """What a number format shows of a number; None where it shows another number, or none.

    0"千元" shows a unit, -0 a sign and 0_% nothing more; 0, shows thousands, ;;; nothing: nobody sees what is stored.
    A zero may be shown as a dash, as 零, or not at all.
    """
    sections = _sections(code or "General")[:_OF_NUMBERS]
    usual = _USUAL[len(sections)]
    holding = (
        section
        for at, section in enumerate(sections[:-1])
        if (section.holds or (usual[at] if at < len(usual) else _never))(number)
    )
    section = next(holding, sections[-1])
    if number > 0 or section.shown is None:
        return Shown() if number == 0 and _NO_MORE.fullmatch(section.alone) else section.shown
    before, after, percent = section.shown
    return Shown(before.translate(_OF_NO_MORE), after.translate(_OF_NO_MORE), percent)


def beside_text(code: str) -> Shown | None:
    """What a number format shows beside a text; None where it does not show the text."""
    sections = _sections(code or "General")
    section = sections[-1] if len(sections) > _OF_NUMBERS or sections[-1].of_texts else None
    return Shown() if section is None else section.shown


def beside_day(code: str) -> Shown | None:
    """What a number format shows beside a day; None where it does not show which day it is.

    "计划"yyyy-m-d shows a word, yyyy only a year, h:mm only a time; the marks and words of dates are nothing.
    """
    if not code:
        return Shown()
    first = list[re.Match[str]]()
    for found in _TOKEN.finditer(code):
        if found["end"]:
            break
        first.append(found)
    parts = {letter for found in first for letter in (found["literal"] or found["general"] or "").lower()}
    if not {"m"} < parts & set("ymd"):
        return None
    pieces = "".join(_DIGITS if _is_of_date(found) else _word(found) for found in first)
    before, after = pieces[: pieces.index(_DIGITS)], pieces[pieces.rindex(_DIGITS) :]
    between = pieces[len(before) : len(pieces) - len(after)]
    return Shown(before, (between + after).replace(_DIGITS, ""))


def _is_of_date(found: re.Match[str]) -> bool:
    return (found["literal"] or "").lower() in _LETTERS_OF_DATES


def _word(found: re.Match[str]) -> str:
    word = (found["quoted"] or "").strip('"') or found["escaped"] or found["literal"] or ""
    return _WEEKDAY.sub("", word).translate(_OF_DATES)


def _never(_number: float) -> bool:
    return False


@cache
def _sections(code: str) -> tuple[_Section, ...]:
    """The sections of a format: up to three for numbers, and one for texts."""
    parts: list[list[re.Match[str]]] = [[]]
    for found in _TOKEN.finditer(code):
        if found["end"]:
            parts.append([])
        else:
            parts[-1].append(found)
    return tuple(_section(part) for part in parts[: _OF_NUMBERS + 1])


def _section(part: Sequence[re.Match[str]]) -> _Section:
    digits = "".join("0" if found["general"] else found["digits"] or "" for found in part)
    pieces = "".join(map(_piece, part))
    seen = _SEEN.fullmatch(pieces) if set("0#?@") & set(digits) and not _SCALED.search(digits) else None
    shown = None if seen is None else Shown(seen[1], seen[3], bool(seen[2]))
    return _Section(_condition(part), shown, pieces, "@" in digits)


def _condition(part: Sequence[re.Match[str]]) -> _Holds | None:
    for found in part:
        if said := _CONDITION.fullmatch((found["bracket"] or "").strip()):
            compared, bound = _COMPARED[said[1]], float(said[2])
            return lambda number: compared(number, bound)
    return None


def _piece(found: re.Match[str]) -> str:
    if found["general"] or found["digits"]:
        return _DIGITS
    if found["literal"] == "%":
        return _HUNDREDFOLD
    currency = (found["bracket"] or "").partition("-")[0]
    text = found["escaped"] or found["literal"] or (currency[1:] if currency.startswith("$") else "")
    return (text or (found["quoted"] or "").strip('"')).translate(_SAYS_NOTHING)
