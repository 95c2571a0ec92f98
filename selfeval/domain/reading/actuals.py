"""Reported values: what a cell holds to an exact number, day or level, or the code of what is wrong with it.

Nothing is guessed: a doubtful value gives a code, and the indicator is asked for again instead of being scored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.reading.numerals import QUOTES, in_digits
from selfeval.domain.reading.period import excel_day, from_excel_day, read_reported_date
from selfeval.domain.reading.quantity import (
    RATE,
    SAYS_NOTHING,
    Quantity,
    convert,
    normalise,
    plausible,
    read_quantity,
    show_number,
)
from selfeval.domain.reading.targets import DAY_UNIT
from selfeval.domain.reported import Cell
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Level

YEARS_AROUND = 3
"""A reported day farther than this many years from the budget year is taken for a slip (1905-07-17 is 2025)."""


@dataclass(frozen=True)
class Answer:
    """A reading: the value, or the problem code and its facts. ``shown`` is the value for people, with its unit."""

    value: float | None = None
    shown: str = ""
    code: str = ""
    facts: dict[str, str] = field(default_factory=dict)


_NUMBER = {"blank": "E401", "nothing": "E408", "date": "E406", "flag": "E402", "error": "E407", "size": "E424"}
_AMOUNT = {**_NUMBER, "nothing": "E402", "percent": "E402"}
_DAY = {"blank": "E401", "nothing": "E408", "error": "E407", **dict.fromkeys(("number", "percent", "flag"), "E409")}
_LEVEL = {"blank": "E413", "nothing": "E408", "error": "E407"}
_PERCENTAGE = dict.fromkeys(("date", "flag", "error", "size"), "E415")
_JUDGEMENT = {"blank": "E417", "error": "E407", **dict.fromkeys(("percent", "date", "flag", "size"), "E402")}
"""The problem with a cell by what it holds: a data type, ``nothing`` for 无, / and the like, ``size`` for a slip."""

_TWICE, _MOST_OF_ALL = 2, 50
"""Up to 200% may be written as a share (2) where the target is at least 50%: 2 is doubtful on 95%, not on 5%."""
_WHOLE, _FAR = 100, 10
"""More than 100%, and ten times the target or more: a percentage taken twice (95 pasted into a percent cell)."""
_DAY_NUMBER = re.compile(r"\d{5}")
_UNREADABLE = {"blank": "E401", "approximate": "E403", "size": "E424"}


def _held(text: str, data_type: str, number: float) -> str:
    if data_type == "text":
        plain = normalise(text)
        return "blank" if not plain else "nothing" if plain in SAYS_NOTHING else data_type
    return "size" if data_type in {"number", "percent"} and not plausible(number) else data_type or "blank"


def _refused(codes: dict[str, str], text: str, data_type: str, number: float = 0.0, hint: str = "") -> Answer | None:
    """What is wrong with a cell before its value is read; None when nothing is."""
    code = codes.get(data_type) or codes.get(_held(text, data_type, number))
    return Answer(code=code, facts={"found": text, "hint": hint}) if code else None


def _quantity(text: str, data_type: str, number: float, unit: str = "") -> Quantity | str:
    """The number of a cell that was not refused: what it shows, or what its text says (in ``unit``, usually)."""
    if data_type == "percent":
        return Quantity(fraction(number) * 100, RATE)
    return Quantity(fraction(number), "") if data_type == "number" else read_quantity(in_digits(text, unit))


@lru_cache(maxsize=65536)
def read_number(text: str, data_type: str, number: float, unit: str, target: float) -> Answer:
    """A reported number in the unit of the target. ``target`` decides whether 0.95 may be a share of 95%."""
    if refused := _refused(_NUMBER, text, data_type, number):
        return refused
    found = _quantity(text, data_type, number, unit)
    if not isinstance(found, Quantity):
        return Answer(code=_UNREADABLE.get(found, "E402"), facts={"found": text})
    if data_type == "percent" and unit == RATE and (meant := _hundredfold(found.value, target)) is not None:
        return Answer(code="E425", facts={"found": f"{show_number(found.value)}%", "percent": show_number(meant)})
    if unit == RATE and found.unit == "" and _may_be_share(found.value, target):
        return Answer(code="E405", facts={"found": text, "percent": show_number(found.value * 100)})
    value = convert(found, unit)
    if value is None:
        return Answer(code="E404", facts={"found": text or show_number(found.value), "unit": unit or "（无单位）"})
    return Answer(float(value), f"{show_number(value)}{unit}")


def _may_be_share(value: Fraction, target: float) -> bool:
    """Whether a bare number beside a % target may be a share: 0.95 or 1.05 on 95%, 0.006 on 0.5%, not 0.3 on 0.5%."""
    if target > 1:
        return 0 < value <= 1 or (0 < value <= _TWICE and target >= _MOST_OF_ALL)
    return 0 < value * 10 <= fraction(target) <= value * 1000


def _hundredfold(percent: Fraction, target: float) -> Fraction | None:
    """What a percent cell was probably meant to show: 9500% beside 95% is 95%, 0.95% beside 95% is 95%; else None."""
    if target > 0 and percent > _WHOLE and percent >= _FAR * fraction(target):
        return percent / 100
    return percent * 100 if target >= _MOST_OF_ALL and 0 < percent <= 1 else None


def _as_day(text: str, year: int) -> str:
    """What day a worksheet keeps under such a number; blank when it cannot be meant as one."""
    day = from_excel_day(float(text)) if _DAY_NUMBER.fullmatch(text) else read_reported_date(text)
    near = not isinstance(day, str) and abs(day.year - year) <= YEARS_AROUND
    return f"（如果指的是日期，就是 {day}）" if near else ""


@lru_cache(maxsize=65536)
def read_date(text: str, data_type: str, year: int) -> Answer:
    """A reported day as an Excel day. ``year`` is the budget year, to catch slips of the keyboard."""
    if refused := _refused(_DAY, text, data_type, hint=_as_day(text, year)):
        return refused
    day = read_reported_date(text.strip().lstrip(QUOTES))
    if isinstance(day, str):
        return Answer(code={"blank": "E401", "no_year": "E410", "no_date": "E411"}[day], facts={"found": text})
    if abs(day.year - year) > YEARS_AROUND:
        return Answer(code="E412", facts={"found": day.isoformat(), "year": str(year)})
    return Answer(float(excel_day(day)), day.isoformat())


def read_level(text: str, data_type: str, levels: tuple[Level, ...]) -> Level | Answer:
    """The level a department picked, by its label or one of its words."""
    if refused := _refused(_LEVEL, text, data_type):
        return refused
    for level in levels:
        if normalise(text) in {normalise(word) for word in (level.label, *level.words)}:
            return level
    return Answer(code="E414", facts={"found": text, "known": "、".join(f"「{level.label}」" for level in levels)})


@lru_cache(maxsize=65536)
def read_percentage(text: str, data_type: str, number: float, level: Level) -> Answer:
    """The share given with a level (0.85 for 85%); NaN when none was given, which is allowed."""
    if _held(text, data_type, number) == "blank":
        return Answer(float("nan"))
    if refused := _refused(_PERCENTAGE, text, data_type, number):
        return refused
    found = _quantity(text, data_type, number)
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
    """An amount of money in 万元; a bare number is 万元 already."""
    if refused := _refused(_AMOUNT, text, data_type, number):
        return refused
    found = _quantity(text, data_type, number, "万元")
    if not isinstance(found, Quantity):
        return Answer(code=_UNREADABLE.get(found, "E402"), facts={"found": text})
    value = convert(found, "万元")
    if value is None:
        return Answer(code="E404", facts={"found": text, "unit": "万元"})
    return Answer(float(value), show_number(value))


def read_judgement(text: str, data_type: str, number: float) -> Answer:
    """A score given by a person, in points."""
    if refused := _refused(_JUDGEMENT, text, data_type, number):
        return refused
    found = _quantity(text, data_type, number, "分")
    if not isinstance(found, Quantity) or found.unit not in {"", "分"}:
        return Answer(code="E402", facts={"found": text})
    return Answer(float(found.value), f"{show_number(found.value)} 分")


def show_value(value: float, unit: str) -> str:
    """A value with its unit for people: 95%, 7000次, 2024-12-31."""
    return from_excel_day(value).isoformat() if unit == DAY_UNIT else f"{show_number(value)}{unit}"


def as_seen(cell: Cell) -> str:
    """What a cell shows, for people: 0.95 in a percent cell is 95%."""
    if cell.data_type == "percent":
        return read_number(cell.text, "percent", cell.number, RATE, 100.0).shown
    return cell.text
