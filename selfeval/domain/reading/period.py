"""Periods: text to the last day it allows, and reported dates to a day."""

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
_YEAR = r"(?:(?P<year>\d{4})年)?"
_END = r"(?:底|末|份|之?内|以内|中旬|下旬)?(?:之?前|以前|止)?"
_LEAD = r"(?:于|在|截至|截止|截止到|到|至)?"
_DAY = re.compile(_LEAD + _YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]" + _END + r"(?P<rest>\D*)")
_MONTH = re.compile(_LEAD + _YEAR + r"(?P<month>\d{1,2})月" + _END + r"(?P<rest>\D*)")
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _END + r"(?P<rest>\D*)")
_YEAR_END = re.compile(_LEAD + r"(?:(?P<year>\d{4})年|本年|当年|年)?年?[底末]" + _END + r"(?P<rest>\D*)")
_WHOLE_YEAR = re.compile(r"(?:(?P<year>\d{4})年)?(?:全年|1-12月)|(?P<year_alone>20\d\d)年(?:度|度?[内底末前])?")
_QUARTER = re.compile(_LEAD + _YEAR + r"第?(?P<quarter>[一二三四1-4])季度" + _END + r"(?P<rest>\D*)")

_REPORTED = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月[底末份]?"),
)
_TIME_OF_DAY = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")  # a day is a day, whatever the hour
# a date without its year is refused, because a late one would read as early
_NO_YEAR = re.compile(r"\d{1,2}月(?:\d{1,2}[日号]|[底末份])?|\d{1,2}[-/.]\d{1,2}")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


@lru_cache(maxsize=65536)
def read_period(text: str, year: int) -> date | None:
    """The last day that a deadline allows (``12月底``, ``2024年11月30日前竣工``, ``年底前``, ``三季度末``).

    ``year`` stands in when the text names none. None when the whole text is no period, or impossible (``1212月31日``).
    """
    plain = normalise(text)
    for shape in (_DAY, _ISO, _MONTH, _QUARTER, _YEAR_END, _WHOLE_YEAR):
        if match := shape.fullmatch(plain):
            found = match.groupdict()
            quarter = found.get("quarter", "4")
            month = found.get("month") or 3 * int(_QUARTERS.get(quarter, quarter))
            return _day(found.get("year") or found.get("year_alone") or year, month, found.get("day"))
    return None


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


def excel_day(day: date) -> int:
    """The day number that a worksheet keeps for a date."""
    return day.toordinal() - _EXCEL_ZERO


def from_excel_day(number: float) -> date:
    """The date of a worksheet's day number."""
    return date.fromordinal(int(number) + _EXCEL_ZERO)
