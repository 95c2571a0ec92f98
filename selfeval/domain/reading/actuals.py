"""Reported values: what a cell holds to an exact number, day or level, or the code of what is wrong with it.

Nothing is guessed: a doubtful value gives a code, and the indicator is asked for again instead of being scored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from selfeval.domain.reading.days import read_days
from selfeval.domain.reading.levels import named_level
from selfeval.domain.reading.numerals import QUOTES, in_digits
from selfeval.domain.reading.period import excel_day, from_excel_day, in_chinese, read_reported_date
from selfeval.domain.reading.quantity import (
    RATE,
    SAYS_NOTHING,
    Quantity,
    normalise,
    plausible,
    read_quantity,
    show_number,
    without_noise,
)
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.reading.units import convert
from selfeval.domain.reading.vocabulary import Vocabulary
from selfeval.domain.reported import Cell
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Level

YEARS_AROUND = 3
"""A reported day farther than this many years from the budget year is taken for a slip (1905-07-17 is 2025)."""


@dataclass(frozen=True)
class Answer:
    """A reading: the value, or the problem code and its facts. ``shown`` is the value for people, with its unit.

    ``said`` are clauses on how it was read; ``look``: a reviewer should see them. ``between`` are the ends of what the
    value may be where it names no single one; ``verdict`` is 1 for 达标 beside it, -1 for 未达标.
    """

    value: float | None = None
    shown: str = ""
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    look: bool = False
    between: tuple[float, float] | None = None
    verdict: int = 0


UNREAD = {"error": "E407", "long": "E436", "unseen": "E437", "struck": "E438", "dropped": "E439", "raised": "E440"}
NUMBER_CODES = {"blank": "E401", "nothing": "E408", "date": "E406", "flag": "E402", "size": "E424", **UNREAD}
_AMOUNT = {**NUMBER_CODES, "nothing": "E402", "percent": "E402"}
_DAY = {"blank": "E401", "nothing": "E408", **UNREAD, **dict.fromkeys(("number", "percent", "flag"), "E409")}
_LEVEL = {"blank": "E413", "nothing": "E408", **UNREAD}
_PERCENTAGE = {**UNREAD, **dict.fromkeys(("date", "flag", "error", "size"), "E415")}
_JUDGEMENT = {"blank": "E417", **UNREAD, **dict.fromkeys(("percent", "date", "flag", "size"), "E402")}
"""The problem with a cell by what it holds: a data type, ``nothing`` for 无, / and the like, ``size`` for a slip."""

_YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d\.(?:0?[2-9]|1[12])")
_DAY_IN_DIGITS = re.compile(r"(?:19|20)\d{6}")
_DAY_NUMBER = re.compile(r"\d{5}")
UNREADABLE = {"blank": "E401", "approximate": "E403", "size": "E424"}


def _held(text: str, data_type: str, number: float) -> str:
    if data_type == "text":
        plain = normalise(text)
        return "blank" if not plain else "nothing" if plain in SAYS_NOTHING else data_type
    return "size" if data_type in {"number", "percent"} and not plausible(number) else data_type or "blank"


def refused_at_once(
    codes: dict[str, str], text: str, data_type: str, number: float = 0.0, hint: str = ""
) -> Answer | None:
    """What is wrong with a cell before its value is read; None when nothing is."""
    code = codes.get(data_type) or codes.get(_held(text, data_type, number))
    day = read_reported_date(text) if data_type == "date" else "no_date"
    found = text if isinstance(day, str) else in_chinese(day)
    return Answer(code=code, facts={"found": found, "hint": hint}) if code else None


def quantity_of(text: str, data_type: str, number: float, unit: str = "") -> Quantity | str:
    """The number of a cell that was not refused: what it shows, or what its text says (in ``unit``, usually)."""
    if data_type == "percent":
        return Quantity(without_noise(fraction(number) * 100), RATE)
    if data_type == "number":
        return Quantity(without_noise(fraction(number)), "")
    return read_quantity(in_digits(text, unit))


def _as_day(text: str, year: int, words: Vocabulary) -> str:
    """What day a worksheet keeps under such a number; blank when it cannot be meant as one."""
    if _DAY_NUMBER.fullmatch(text):
        day = from_excel_day(float(text))
    else:
        found = read_days(text, year, words)
        if isinstance(found, str) or found.first != found.last:
            return ""
        day = found.last
    return f"（如为日期，即{in_chinese(day)}）" if abs(day.year - year) <= YEARS_AROUND else ""


@lru_cache(maxsize=65536)
def read_date(
    text: str, data_type: str, year: int, words: Vocabulary, deadline: float = float("nan"), about: str = ""
) -> Answer:
    """A reported day, or the last day of a period, as an Excel day. ``year`` is the budget year.

    It stands for a year that is not written, and catches slips of the keyboard; ``deadline`` is an Excel day.
    ``about`` is what was to be done, in the words of the indicator.
    """
    if data_type == "number" and (year_and_month(text) or _DAY_IN_DIGITS.fullmatch(text)):
        data_type = "text"
    if refused := refused_at_once(_DAY, text, data_type, hint=_as_day(text, year, words)):
        return refused
    limit = from_excel_day(deadline) if deadline == deadline else None  # noqa: PLR0124 (NaN: there is none)
    days = read_days(text.strip().lstrip(QUOTES), year, words, limit, about)
    if isinstance(days, str):
        return Answer(code={"blank": "E401", "no_year": "E410", "no_date": "E411"}[days], facts={"found": text})
    if abs(days.last.year - year) > YEARS_AROUND:
        return Answer(code="E412", facts={"found": in_chinese(days.last), "year": str(year)})
    said = _of_days(normalise(text), days.first, days.last, year=days.assumed)
    if not said and str(days.last.year) not in text and data_type == "text":
        said = (f"实际完成值“{normalise(text)}”即{in_chinese(days.last)}",)  # 23年5月20日
    between = None if days.first == days.last else (float(excel_day(days.first)), float(excel_day(days.last)))
    return Answer(
        float(excel_day(days.last)),
        days.last.isoformat(),
        facts={"found": text},
        said=said,
        look=days.assumed,
        between=between,
    )


def year_and_month(text: str) -> bool:
    """Whether a number can only be a month: 2023.12, but not 2023.1, which may have been 2023.10."""
    return _YEAR_AND_MONTH.fullmatch(text) is not None


def _of_days(text: str, first: date, last: date, *, year: bool) -> tuple[str, ...]:
    """How a text came to its day; nothing where it is the day itself."""
    own = f"，没有写年份，按{last.year}年" if year else ""
    if first != last:
        return (f"实际完成值“{text}”按最后一天{in_chinese(last)}计{own}",)
    return (f"实际完成值“{text}”{own[1:]}，即{in_chinese(last)}",) if own else ()


def read_level(text: str, data_type: str, levels: tuple[Level, ...]) -> Level | Answer:
    """The level a department picked, by its label or one of its words."""
    if refused := refused_at_once(_LEVEL, text, data_type):
        return refused
    if (level := named_level(text, levels)) is not None:
        return level
    return Answer(code="E414", facts={"found": text, "known": "".join(f"“{level.label}”" for level in levels)})


@lru_cache(maxsize=65536)
def read_percentage(text: str, data_type: str, number: float, level: Level) -> Answer:
    """The share given with a level (0.85 for 85%); NaN when none was given, which is allowed."""
    if _held(text, data_type, number) == "blank":
        return Answer(float("nan"))
    if refused := refused_at_once(_PERCENTAGE, text, data_type, number):
        return refused
    found = quantity_of(text, data_type, number)
    if not isinstance(found, Quantity) or found.unit not in {"", RATE}:
        return Answer(code="E415", facts={"found": text})
    if found.unit == "" and 0 < found.value <= 1:
        return Answer(code="E405", facts={"found": text, "percent": show_number(found.value * 100)})
    share, shown = found.value / 100, f"{show_number(found.value)}%"
    if not level.allows(share):
        return Answer(code="E416", facts={"found": shown, "level": level.label, "band": level.band})
    return Answer(float(share), shown)


@lru_cache(maxsize=65536)
def read_amount(text: str, data_type: str, number: float) -> Answer:
    """An amount of money in 万元; a bare number is 万元 already. Its ``unit`` is a fact where one was written."""
    if refused := refused_at_once(_AMOUNT, text, data_type, number):
        return refused
    found = quantity_of(text, data_type, number, "万元")
    if not isinstance(found, Quantity):
        return Answer(code=UNREADABLE.get(found, "E402"), facts={"found": text})
    value = convert(found, "万元")
    if value is None:
        return Answer(code="E404", facts={"found": text, "unit": "万元"})
    return Answer(float(value), show_number(value), facts={"unit": found.unit} if found.unit else {})


def read_judgement(text: str, data_type: str, number: float) -> Answer:
    """A score given by a person, in points."""
    if refused := refused_at_once(_JUDGEMENT, text, data_type, number):
        return refused
    found = quantity_of(text, data_type, number, "分")
    if not isinstance(found, Quantity) or found.unit not in {"", "分"}:
        return Answer(code="E402", facts={"found": text})
    return Answer(float(found.value), f"{show_number(found.value)}分")


def show_value(value: float, unit: str) -> str:
    """A value with its unit for people: 95%, 7000次, 2024年12月31日."""
    return in_chinese(from_excel_day(value)) if unit == DAY_UNIT else f"{show_number(value)}{unit}"


def as_seen(cell: Cell) -> str:
    """What a cell shows, for people: 0.95 in a percent cell is 95%."""
    if cell.data_type == "percent":
        return f"{show_number(without_noise(fraction(cell.number) * 100))}%"
    return cell.text
