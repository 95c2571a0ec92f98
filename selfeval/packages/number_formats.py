"""What a number format shows beside a number: a sign, a unit, a %, or something else than the number that is stored."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<quoted>"[^"]*"?)|[\\!](?P<escaped>.)|[_*].?|\[(?P<bracket>[^\]]*)\]?|(?P<general>General|G/通用格式)
    |(?P<digits>[0#?@.,/]|E[+-])|(?P<end>;)|(?P<literal>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|[<>=])\s*([+-]?\d+(?:\.\d+)?)")
_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_Condition = tuple[str, float]
_BELOW, _OTHERS = ("<", 0.0), ("", 0.0)
_NOT_BELOW = {(">", 0.0), (">=", 0.0)}
_UNKNOWN = ("?", 0.0)
_USUAL: dict[int, Sequence[_Condition]] = {
    1: (_OTHERS,),
    2: ((">=", 0.0), _OTHERS),
    3: ((">", 0.0), _BELOW, _OTHERS),
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
_MINUS = re.compile("[-−—]([^-−—()（）]*)|[(（]([^-−—()（）]*)[)）]")
"""A sign of less, or brackets, with what stands behind the digits."""


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

    condition: _Condition | None
    shown: Shown | None
    alone: str
    digits: str
    of_texts: bool


def shown_by(code: str, number: float) -> Shown | None:
    """What a number format shows of a number; None where it shows another number, or none, or it is not certain.

    0"千元" shows a unit, -0 a sign and 0_% nothing more; 0, shows thousands, ;;; nothing: nobody sees what is stored.
    A zero may be shown as a dash, as 零, or not at all. A section for what is below zero shows no sign of its own:
    0;0 shows -3 as 3, and 0;"下降"0 as 下降3.
    """
    section, signed = _section_of(code, number)
    if section is None:
        return None
    if number > 0 or section.shown is None:
        return Shown() if number == 0 and _NO_MORE.fullmatch(section.alone) else section.shown
    before, after, percent = section.shown
    if number == 0:
        return Shown(before.translate(_OF_NO_MORE), after.translate(_OF_NO_MORE), percent)
    if signed is None:
        return None
    if signed:
        return None if before else section.shown  # -下降3, --3
    minus = _MINUS.fullmatch(before + after)
    return None if minus is None or len(before) != 1 else Shown("", minus[1] or minus[2] or "", percent)


def digits_by(code: str, number: float) -> tuple[int, int | None]:
    """How many digits a format shows of a number at least before the point, and behind it (None: it does not say)."""
    section, _ = _section_of(code, number)
    digits = "" if section is None else section.digits
    if not digits or "E" in digits.upper() or "/" in digits:
        return 1, None
    whole, _, behind = digits.partition(".")
    return whole.count("0"), len(behind)


def _section_of(code: str, number: float) -> tuple[_Section | None, bool | None]:
    """The section of a format that shows a number, and whether a minus is put before what it shows of one below zero.

    None: there is none, or programs differ.
    """
    sections = _sections(code or "General")[:_OF_NUMBERS]
    if sections[-1].of_texts:
        sections = sections[:-1] or _sections("General")
    conditions = [own.condition or usual for own, usual in zip(sections, _USUAL[len(sections)], strict=True)]
    at = next((at for at, one in enumerate(conditions) if one == _OTHERS or _holds(one, number)), None)
    if at is None or _UNKNOWN in conditions:
        return None, None
    if conditions[at] == _BELOW or (at == 1 and conditions[at] == _OTHERS and conditions[0] in _NOT_BELOW):
        return sections[at], False
    sign, bound = conditions[at]
    of_both = at == 0 and (sign in {"", ">", ">=", "<>"} or bound > 0)
    return sections[at], True if of_both else None


def _holds(condition: _Condition, number: float) -> bool:
    compared, bound = condition
    return compared in _COMPARED and _COMPARED[compared](number, bound)


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
    digits = "".join(found["digits"] or "" for found in part)
    general = any(found["general"] for found in part)
    pieces = "".join(map(_piece, part))
    is_one = general or set("0#?@") & set(digits)
    seen = _SEEN.fullmatch(pieces) if is_one and not _SCALED.search(digits) else None
    shown = None if seen is None else Shown(seen[1], seen[3], bool(seen[2]))
    return _Section(_condition(part), shown, pieces, "" if general else digits, "@" in digits)


def _condition(part: Sequence[re.Match[str]]) -> _Condition | None:
    for found in part:
        bracket = (found["bracket"] or "").strip()
        if said := _CONDITION.fullmatch(bracket):
            return said[1], float(said[2])
        if bracket.startswith(("<", ">", "=")):
            return _UNKNOWN
    return None


def _piece(found: re.Match[str]) -> str:
    if found["general"] or found["digits"]:
        return _DIGITS
    if found["literal"] == "%":
        return _HUNDREDFOLD
    currency = (found["bracket"] or "").partition("-")[0]
    text = found["escaped"] or found["literal"] or (currency[1:] if currency.startswith("$") else "")
    return (text or (found["quoted"] or "").strip('"')).translate(_SAYS_NOTHING)
