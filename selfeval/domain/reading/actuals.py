"""Reported values: what a cell holds to an exact number, day or level, or the code of what is wrong with it.

Nothing is guessed: a doubtful value gives a code, and the indicator is asked for again instead of being scored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from selfeval.domain.reading.numerals import in_digits
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


@lru_cache(maxsize=65536)
def read_number(text: str, form: str, number: float, unit: str, target: float) -> Answer:
    """A reported number in the unit of the target. ``target`` decides whether 0.95 may be a share of 95%."""
    if form in {"", "blank"}:
        return Answer(code="E401")
    if form in {"number", "percent"} and not plausible(number):
        return Answer(code="E424", facts={"found": text})
    if form == "percent":
        return _percent(fraction(number) * 100, text, unit, target)
    if form == "number":
        return _checked(Quantity(fraction(number), ""), text, unit, target)
    if form != "text":
        return Answer(code=_WRONG_FORM[form], facts={"found": text})
    if normalise(text) in SAYS_NOTHING:
        return Answer(code="E408", facts={"found": text})
    quantity = read_quantity(in_digits(text, unit))
    if not isinstance(quantity, Quantity):
        return Answer(code=_UNREADABLE.get(quantity, "E402"), facts={"found": text})
    return _checked(quantity, text, unit, target)


_WRONG_FORM = {"date": "E406", "flag": "E402", "error": "E407"}
_UNREADABLE = {"blank": "E401", "approximate": "E403", "size": "E424"}


def _checked(quantity: Quantity, text: str, unit: str, target: float) -> Answer:
    if unit == RATE and quantity.unit == "" and _may_be_share(quantity.value, target):
        share = show_number(quantity.value)
        return Answer(code="E405", facts={"found": text, "percent": show_number(quantity.value * 100), "share": share})
    value = convert(quantity, unit)
    if value is None:
        return Answer(code="E404", facts={"found": text or show_number(quantity.value), "unit": unit or "（无单位）"})
    return Answer(float(value), f"{show_number(value)}{unit}")


def _may_be_share(value: Fraction, target: float) -> bool:
    """Whether a bare number beside a % target may be a share: 0.95 or 1.05 on 95%, 0.006 on 0.5%, not 0.3 on 0.5%."""
    if target > 1:
        return 0 < value <= 1 or (0 < value <= _TWICE and target >= _MOST_OF_ALL)
    return 0 < value * 10 <= fraction(target) <= value * 1000


_TWICE, _MOST_OF_ALL = 2, 50
"""Up to 200% may be written as a share (2) where the target is at least 50%: 2 is doubtful on 95%, not on 5%."""


def _percent(percent: Fraction, text: str, unit: str, target: float) -> Answer:
    """What a percent cell shows, in the unit of the target."""
    meant = _hundredfold(percent, target) if unit == RATE else None
    if meant is None:
        return _checked(Quantity(percent, RATE), text, unit, target)
    return Answer(code="E425", facts={"found": f"{show_number(percent)}%", "percent": show_number(meant)})


def _hundredfold(percent: Fraction, target: float) -> Fraction | None:
    """What a percent cell was probably meant to show: 9500% beside 95% is 95%, 0.95% beside 95% is 95%; else None."""
    if target > 0 and percent > _WHOLE and percent >= _FAR * fraction(target):
        return percent / 100
    if target >= _MOST_OF_ALL and 0 < percent <= 1:
        return percent * 100
    return None


_WHOLE, _FAR = 100, 10
"""More than 100%, and ten times the target or more: a percentage taken twice (95 pasted into a percent cell)."""

_DAY_NUMBER = re.compile(r"\d{5}")


def _as_day(text: str, year: int) -> str:
    """What day a worksheet keeps under such a number; blank when it cannot be meant as one."""
    day = from_excel_day(float(text)) if _DAY_NUMBER.fullmatch(text) else read_reported_date(text)
    near = not isinstance(day, str) and abs(day.year - year) <= YEARS_AROUND
    return f"（如果指的是日期，就是 {day}）" if near else ""


@lru_cache(maxsize=65536)
def read_date(text: str, form: str, year: int) -> Answer:
    """A reported day as an Excel day. ``year`` is the budget year, to catch slips of the keyboard."""
    if form in {"", "blank"}:
        return Answer(code="E401")
    if form in {"number", "percent", "flag"}:
        return Answer(code="E409", facts={"found": text, "hint": _as_day(text, year)})
    if form == "error":
        return Answer(code="E407", facts={"found": text})
    if normalise(text) in SAYS_NOTHING:
        return Answer(code="E408", facts={"found": text})
    day = read_reported_date(text.strip().lstrip("'‘’＇`"))
    if isinstance(day, str):
        return Answer(code={"blank": "E401", "no_year": "E410", "no_date": "E411"}[day], facts={"found": text})
    if abs(day.year - year) > YEARS_AROUND:
        return Answer(code="E412", facts={"found": day.isoformat(), "year": str(year)})
    return Answer(float(excel_day(day)), day.isoformat())


def read_level(text: str, form: str, levels: tuple[Level, ...]) -> Level | Answer:
    """The level a department picked, by its label or one of its words."""
    if form in {"", "blank"} or not normalise(text):
        return Answer(code="E413")
    if form == "error":
        return Answer(code="E407", facts={"found": text})
    if normalise(text) in SAYS_NOTHING:
        return Answer(code="E408", facts={"found": text})
    for level in levels:
        if normalise(text) in {normalise(word) for word in (level.label, *level.words)}:
            return level
    return Answer(code="E414", facts={"found": text, "known": "、".join(f"「{one.label}」" for one in levels)})


@lru_cache(maxsize=65536)
def read_percentage(text: str, form: str, number: float, level: Level) -> Answer:
    """The share given with a level (0.85 for 85%); NaN when none was given, which is allowed."""
    if form in {"", "blank"} or (form == "text" and not normalise(text)):
        return Answer(float("nan"))
    if form in {"number", "percent"} and not plausible(number):
        return Answer(code="E415", facts={"found": text})
    if form == "percent":
        share = fraction(number)
    elif form == "number" or (form == "text" and isinstance(read_quantity(in_digits(text)), Quantity)):
        quantity = Quantity(fraction(number), "") if form == "number" else read_quantity(in_digits(text))
        assert isinstance(quantity, Quantity)
        if quantity.unit not in {"", RATE}:
            return Answer(code="E415", facts={"found": text})
        if quantity.unit == "" and 0 < quantity.value <= 1:
            return Answer(code="E405", facts={"found": text, "percent": show_number(quantity.value * 100)})
        share = quantity.value / 100
    else:
        return Answer(code="E415", facts={"found": text})
    if not level.allows(share):
        facts = {"found": f"{show_number(share * 100)}%", "level": level.label, "band": level.band}
        return Answer(code="E416", facts=facts)
    return Answer(float(share), f"{show_number(share * 100)}%")


@lru_cache(maxsize=65536)
def read_amount(text: str, form: str, number: float) -> Answer:
    """An amount of money in 万元; a bare number is 万元 already."""
    if form in {"", "blank"}:
        return Answer(code="E401")
    if form == "number":
        if not plausible(number):
            return Answer(code="E424", facts={"found": text})
        return Answer(float(number), show_number(number))
    if form == "text":
        quantity = read_quantity(in_digits(text, "万元"))
        if isinstance(quantity, Quantity):
            value = convert(quantity, "万元")
            if value is not None:
                return Answer(float(value), show_number(value))
            return Answer(code="E404", facts={"found": text, "unit": "万元"})
        return Answer(code=_UNREADABLE.get(quantity, "E402"), facts={"found": text})
    return Answer(code={"percent": "E402", **_WRONG_FORM}[form], facts={"found": text})


def read_judgement(text: str, form: str, number: float) -> Answer:
    """A score given by a person, in points."""
    if form in {"", "blank"} or (form == "text" and not normalise(text)):
        return Answer(code="E417")
    if form == "error":
        return Answer(code="E407", facts={"found": text})
    if form == "number" and plausible(number):
        return Answer(float(number), f"{show_number(number)} 分")
    quantity = read_quantity(in_digits(text, "分")) if form == "text" else "no_number"
    if isinstance(quantity, Quantity) and quantity.unit in {"", "分"}:
        return Answer(float(quantity.value), f"{show_number(quantity.value)} 分")
    return Answer(code="E402", facts={"found": text})


def show_value(value: float, unit: str) -> str:
    """A value with its unit for people: 95%, 7000次, 2024-12-31."""
    if unit == "日期":
        return from_excel_day(value).isoformat()
    return f"{show_number(Fraction(repr(value)))}{unit}"


def as_seen(cell: Cell) -> str:
    """What a cell shows, for people: 0.95 in a percent cell is 95%."""
    if cell.form == "percent":
        return read_number(cell.text, "percent", cell.number, RATE, 100.0).shown
    return cell.text
