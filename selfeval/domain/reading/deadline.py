"""Deadlines: a target's text to the last day it allows, and how that day was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from selfeval.domain.reading.period import last_day
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.reading.spoken_days import days_in_digits

YEARS_BEFORE, YEARS_AFTER = 3, 10
"""How far from the year evaluated the year of a deadline may lie; farther is a slip."""

LONGEST = 60
"""Characters of a period; a longer text is a story."""


@dataclass(frozen=True)
class Deadline:
    """The last day that a text allows, and in short clauses what in it was not literal."""

    day: date
    said: tuple[str, ...] = ()


_Groups = Mapping[str, str | None]
_YEAR = r"(?:(?P<year>\d{4})年度?)"
_END = r"(?:之?内|以内|之前|以前|前|止|结束前)?"
_LEAD = (
    r"(?:[^\d]{0,12}?(?:时间|日期|期限|时限|时点|工期|服务期|竣工|完工|截止期)(?:为|是|:|在|于|定于)?"
    r"|(?:计划|预计|确保|力争|不晚于|不迟于|按期|应|每年)*(?:于|在|截至|截止|截止到|到|至)?)"
)
_REST = r"\D*"
_MONTH = r"(?P<month>\d{1,2})"
_DAY = r"月(?P<day>\d{1,2})(?:[日号](?:24[时点])?|(?=$|之?前|以前))"
_PART = (
    r"月份?(?P<part>底|末|上旬|中旬|下旬)?(?![初中])(?P<before>之前|以前|前)?"  # 9月初: its last day nobody can tell
)
_TURNS = {"上旬": 10, "中旬": 20}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_SPAN = (
    r"(?:从|自)?(?:(?P<from_year>\d{4})[年./-])?(?P<from_month>\d{1,2})(?:月(?:份)?(?:\d{1,2}[日号])?|[./-]\d{1,2})?(?:起)?"
    r"(?:-|~|—|–|至|到)(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})(?:(?P<mark>月)(?:份|底|末)?|(?=[./-]\d)|$)"
    r"(?:[./-]?(?P<day>\d{1,2})[日号]?)?"
)


def _by_day(found: _Groups, year: int) -> Deadline | None:
    return _made(_year(found, year), found["month"], found["day"])


def _by_month(found: _Groups, year: int) -> Deadline | None:
    part, before = found["part"] or "", found["before"]
    made = _made(_year(found, year), found["month"], None if part not in _TURNS else str(_TURNS[part]))
    if made is None:
        return None
    if part in {"上旬", "中旬", "下旬"}:
        return Deadline(made.day, (f"“{part}”按{made.day.day}日识别",))
    if before and not part:
        return Deadline(made.day, (f"“{found['month']}月{before}”按{found['month']}月底识别",))
    return made


def _by_quarter(found: _Groups, year: int) -> Deadline | None:
    return _made(_year(found, year), 3 * _QUARTERS[found["quarter"] or ""], None)


def _by_half(found: _Groups, year: int) -> Deadline | None:
    month = 6 if found["half"] == "上" else 12
    return _made(_year(found, year), month, None, f"“{found['half']}半年”按{month}月底识别")


def _by_year(found: _Groups, year: int) -> Deadline | None:
    return _made(_year(found, year), 12, None)


def _by_span(found: _Groups, year: int) -> Deadline | None:
    of = found["year"] or found["from_year"]
    first = _made(of or year, found["from_month"], None)
    if first is None or not (found["mark"] or found["day"] or found["year"]):
        return None
    made = _made(of or year, found["month"], found["day"])
    if made is None or (not found["year"] and made.day < first.day):
        return None
    return Deadline(made.day, ("按期间的最后一天识别",))


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[_Groups, int], Deadline | None]], ...] = (
    (re.compile(_LEAD + _YEAR + "?" + _MONTH + _DAY + _END + _REST), _by_day),
    (re.compile(_LEAD + r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _END + _REST), _by_day),
    (re.compile(_LEAD + _YEAR + "?" + _MONTH + _PART + _END + _REST), _by_month),
    (re.compile(_LEAD + _YEAR + r"?第?(?P<quarter>[一二三四1-4])季度?(?:底|末)?" + _END + _REST), _by_quarter),
    (re.compile(_LEAD + _YEAR + r"?(?P<half>[上下])半年(?:底|末)?" + _END + _REST), _by_half),
    (re.compile(_LEAD + r"(?:(?P<year>\d{4})年|本年|当年|年)?(?:年?度?[底末终]|岁末)" + _END + _REST), _by_year),
    (re.compile(_LEAD + r"(?:(?P<year>\d{4})年)?全年(?:内|完成)?"), _by_year),
    (re.compile(_LEAD + r"(?P<year>20\d\d)年(?:度|度?[内底末前]|度?内完成|完成)?(?:完成)?"), _by_year),
    (re.compile(r"(?P<year>\d{4})?(?:本|当)?年度?(?:以|之)?内(?:全部)?(?:完成|完工|竣工|办结)?"), _by_year),
    # 4.16-7.17天 are numbers of days: only a year or 月 makes days of them
    (re.compile(r"(?=.*(?:月|\d{4}[年./-]))" + _LEAD + _SPAN + _END + _REST), _by_span),
)
_YEAR_AND_MONTH = re.compile(_LEAD + r"(?P<year>20\d\d)[-/.](?P<month>0?[1-9]|1[0-2])" + _END)
_DAY_IN_DIGITS = re.compile(r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-2]\d|3[01])" + _END)
_MONTH_AND_DAY = re.compile(_LEAD + r"(?P<month>0?[1-9]|1[0-2])[./-](?P<day>1[3-9]|2\d|3[01])" + _END)
_WITH_YEAR = re.compile(r"\d{4}[年./-]|\d{8}")


def _year(found: _Groups, year: int) -> str | int:
    return found.get("year") or year


@lru_cache(maxsize=65536)
def read_deadline_text(text: str, year: int, *, of_time: bool = False) -> Deadline | None:
    """The last day of ``12月底``, ``2024年11月30日前竣工``, ``6月上旬``, ``上半年``, ``2024年1月-12月``, ``年底前``.

    ``year`` is the year evaluated, which stands for one that is not written. ``of_time``: heading or name speak of a
    time, so that 2024.12 is a month. None when the whole text is no period, or an impossible one (2月30日).
    """
    plain = normalise(text).rstrip("。.;,")
    if len(plain) > LONGEST:
        return None
    plain = days_in_digits(plain)
    shapes = [*_SHAPES, *(_OF_TIME if of_time else ())]
    for shape, make in shapes:
        match = shape.fullmatch(plain)
        if match and (made := make(match.groupdict(), year)) is not None:
            if not year - YEARS_BEFORE <= made.day.year <= year + YEARS_AFTER:
                return None
            if not _WITH_YEAR.search(plain):
                return Deadline(made.day, (f"没有写年份，按{year}年识别", *made.said))
            other = (f"期限在{made.day.year}年",) if made.day.year != year else ()
            return Deadline(made.day, (*other, *made.said))
        if match:
            return None
    return None


def _by_day_or_month(found: _Groups, year: int) -> Deadline | None:
    return _made(_year(found, year), found["month"], None, f"“{found['year']}.{found['month']}”按年月识别")


@lru_cache(maxsize=65536)
def read_period(text: str, year: int) -> date | None:
    """The day of ``read_deadline_text`` alone."""
    found = read_deadline_text(text, year)
    return None if found is None else found.day


def year_and_month(text: str) -> bool:
    """Whether a text may be a number or a month: ``2023.12``."""
    return _YEAR_AND_MONTH.fullmatch(normalise(text)) is not None


_OF_TIME = ((_YEAR_AND_MONTH, _by_day_or_month), (_MONTH_AND_DAY, _by_day), (_DAY_IN_DIGITS, _by_day))
"""What is a day only where heading or name speak of a time."""


def _made(year: str | int, month: str | int | None, day: str | None, *said: str) -> Deadline | None:
    """The day, without one the last of the month; None when there is no such day."""
    try:
        at = int(year), int(month or 0)
        return Deadline(date(*at, int(day)) if day else last_day(*at), said)
    except (ValueError, IndexError):  # calendar raises IllegalMonthError, a kind of both
        return None
