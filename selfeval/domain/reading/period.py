"""Days: reported dates to a day, and days to the numbers of a worksheet."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Literal

from selfeval.domain.reading.quantity import normalise

NoDate = Literal["blank", "no_year", "no_date"]
"""Why a text is not a reported date. ``no_year``: it names a month or day but no year."""

_EXCEL_ZERO = date(1899, 12, 30).toordinal()
_REPORTED = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月[底末份]?"),
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_TIME_OF_DAY = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")  # a day is a day, whatever the hour
# a date without its year is refused, because a late one would read as early
_NO_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|[底末份])?|\d{1,2}[-/.]\d{1,2}")


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=65536)
def read_reported_date(text: str) -> date | NoDate:
    """The day a department names: ``2024-12-20``, ``2024.12.5``, ``2024年12月5日``, ``20241205``, ``2024年12月``."""
    plain = normalise(_TIME_OF_DAY.sub("", text.strip()))
    if not plain:
        return "blank"
    for shape in _REPORTED:
        if match := shape.fullmatch(plain):
            found = match.groupdict()
            return _day(found["year"], found["month"], found.get("day")) or "no_date"
    return "no_year" if _NO_YEAR.match(plain) else "no_date"


def _day(year: str | int, month: str | int, day: str | None) -> date | None:
    """The day, without one the last of the month; None when there is no such day."""
    try:
        return date(int(year), int(month), int(day)) if day else last_day(int(year), int(month))
    except (ValueError, IndexError):  # calendar raises IllegalMonthError, a kind of both
        return None


def in_chinese(day: date) -> str:
    """A day as people write it: 2025年1月20日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_words(text: str) -> str:
    """A text as people write days: 2024-12-20 is 2024年12月20日; any other stays as it is."""
    found = _ISO.fullmatch(text.strip())
    day = _day(found["year"], found["month"], found["day"]) if found else None
    return in_chinese(day) if day else text


def excel_day(day: date) -> int:
    """The day number that a worksheet keeps for a date."""
    return day.toordinal() - _EXCEL_ZERO


def from_excel_day(number: float) -> date:
    """The date of a worksheet's day number."""
    return date.fromordinal(int(number) + _EXCEL_ZERO)
