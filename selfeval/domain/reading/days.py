"""Reported days: a text to the day, or the days, on which something may have been done.

A month stands for all its days: it is on time when its last day is, and asked about when the day would tell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from selfeval.domain.reading.period import last_day
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.reading.spoken_days import days_in_digits
from selfeval.domain.reading.vocabulary import Vocabulary

NoDate = Literal["blank", "no_year", "no_date"]
"""Why a text is no reported day. ``no_year``: it names a month or day, but the year cannot be told."""

_SHORT_YEAR = re.compile(r"(?<!\d)\d{2}(?=年\d{1,2}月)")  # 23年5月
_NEUTRAL = frozenset({"完成", "落实", "实施", "执行"})
"""What is said of a beginning too: 5月20日完成."""
_TIME_OF_DAY = re.compile(r"[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")  # a day is a day, whatever the hour
_YEAR = r"(?:(?P<year>\d{4})年度?|(?P<this>本年度?|当年|今年)的?)?"
_DAY = re.compile(_YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]?")
_DATE = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})日?")
_DIGITS = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})")
_MONTH = re.compile(_YEAR + r"(?P<month>\d{1,2})月(?:份|(?P<part>[上中下]旬|[初中底末]))?")
_SLASHED = re.compile(r"(?P<month>\d{1,2})/(?P<day>1[3-9]|2\d|3[01])")  # 3/4 may be the third of April
_MONTH_OF = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})")
_QUARTER = re.compile(_YEAR + r"第?(?P<quarter>[一二三四1-4])季度?(?P<end>[底末])?")
_HALF = re.compile(_YEAR + r"(?P<half>[上下])半年(?P<end>[底末])?")
_YEAR_END = re.compile(r"(?:(?P<year>\d{4})年?|(?P<this>本|当|今|全)?年?)(?:年?[底末]|年终|岁末)")
_WHOLE = re.compile(r"(?:(?P<year>\d{4})年?|(?P<this>本|当))?(?:全年|年内|年度)|(?P<alone>20\d\d)年(?:度|内)?")
_SHAPES = (_DAY, _DATE, _SLASHED, _DIGITS, _MONTH, _MONTH_OF, _QUARTER, _HALF, _YEAR_END, _WHOLE)
_NO_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}")

_DONE = r"(?:全部|已|已经|均|均已|按期|按时|如期|提前|正式|顺利)*"
_LEAD = (
    rf"(?:(?:项目|工程|工作|任务|资金)?(?:实际)?{_DONE}(?:【done】|【dated】|实际)(?:时间|日期|期限)?(?:为|是|于|在|:)?|"
    r"(?:时间|日期)(?:为|是|:)?|(?:已|均)?(?:于|在|截至|截止到?|到|至)|(?:按[时期]|如期|提前|及时|已?完成)(?=[,;]))"
)
_TAIL = (
    rf"(?P<before>(?:之|以)?前)?(?:已)?(?P<done>(?:{_DONE}(?:【done】|【dated】)+(?:了|完毕|合格|完成)?)?"
    r"(?:全部|所有)?(?:工作|任务|建设|施工|工程|项目)?)"
)
_ON_TIME = re.compile("按[时期]|如期|提前|及时")
_NOT_DONE = re.compile("[未不没无拟欲非]|计划|预计|部分|暂停|中止|取消")
_MARKS = "。.!！,，;；"
_SPAN = re.compile(r"-|~|—|–|至|到")
_PARTS = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20), "下旬": (21, 31)}
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_EARLY, _LATE = 3, 11
"""2月 beside a deadline in December may be the next year's: months up to the third, beside one from November on."""


@dataclass(frozen=True)
class Days:
    """The first and the last day meant, and how they were told: ``assumed`` without a year of their own."""

    first: date
    last: date
    assumed: bool = False
    worded: bool = False


@lru_cache(maxsize=65536)
def read_days(text: str, year: int, words: Vocabulary, deadline: date | None = None, about: str = "") -> Days | NoDate:
    """The days a department names: 2024-12-20, 2024年12月, 7月, 年底, 上半年, 2024年12月完成.

    ``year`` stands for one that is not written, unless the ``deadline`` leaves two years to choose from. ``about`` is
    what was to be done, the indicator's name and target: 3月15日签订 is the day of 合同签订时间, and of no 验收时间.
    """
    plain = days_in_digits(normalise(_TIME_OF_DAY.sub("", text.strip())))
    plain = _SHORT_YEAR.sub(lambda short: f"{year // 100}{short[0]}", plain)
    if not plain:
        return "blank"
    bare, before = _bare(plain, words, normalise(about))
    days = _one(bare, year) or _span(bare, year)
    if days is None:
        return "no_year" if _NO_YEAR.fullmatch(bare) else "no_date"
    if days.assumed and deadline is not None and _next_year(days.last, deadline):
        return "no_year"
    first = date(days.last.year, 1, 1) if before else days.first
    return Days(first, days.last, days.assumed, worded=bare != plain)


def _next_year(day: date, deadline: date) -> bool:
    return day.month <= _EARLY and day.year == deadline.year and deadline.month >= _LATE


def _bare(plain: str, words: Vocabulary, about: str) -> tuple[str, bool]:
    """The text without the words around the day, and whether it says 前."""
    plain = plain.strip(_MARKS)
    if match := words.pattern(_LEAD).match(plain):
        if _ended(match[0], words, about):
            return plain, False
        plain = plain[match.end() :].lstrip(_MARKS)
    for at in range(len(plain), 0, -1):
        if plain[at - 1] in "前之以已" or not any(shape.fullmatch(plain[:at]) for shape in _SHAPES):
            continue
        before = _behind(plain[at:].lstrip(_MARKS), words, about)
        if before is not None:
            return plain[:at], before
    return plain, False


def _behind(tail: str, words: Vocabulary, about: str) -> bool | None:
    """Whether the words behind a day say 前; None when they may tell of anything else than what was to be done."""
    tail = tail.removeprefix("(").removesuffix(")")
    begun = words.pattern("【begun】").search(tail)
    if begun is not None and begun[0] not in about:
        return None
    if _ended(tail, words, about):
        return None
    match = words.pattern(_TAIL).match(tail)
    assert match is not None
    rest = tail[match.end() :]
    told = not rest or _ON_TIME.fullmatch(rest) or (rest in about and not _NOT_DONE.search(rest))
    return bool(match["before"]) if told else None


def _ended(said: str, words: Vocabulary, about: str) -> bool:
    """Whether words beside a day tell of an end where a beginning was to be: 9月30日完工, of 开工时间."""
    if not words.pattern("【begun】").search(about):
        return False
    known = words.pattern("【done】|【dated】").findall(said)
    return any(
        word not in about and word not in _NEUTRAL and not words.pattern("【begun】").fullmatch(word) for word in known
    )


def _one(text: str, year: int) -> Days | None:
    """One day or one period."""
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is None:
            continue
        found = match.groupdict()
        own = found.get("year") or found.get("alone")
        ends = _ends(found, int(own or year))
        return None if ends is None else Days(*ends, assumed=own is None)
    return None


def _ends(found: dict[str, str | None], year: int) -> tuple[date, date] | None:
    try:
        if quarter := found.get("quarter"):
            number = _QUARTERS.get(quarter) or int(quarter)
            last = last_day(year, 3 * number)
            return (last if found.get("end") else date(year, 3 * number - 2, 1)), last
        if half := found.get("half"):
            last = last_day(year, 6 if half == "上" else 12)
            return (last if found.get("end") else date(year, last.month - 5, 1)), last
        if "month" not in found:
            ended = "alone" not in found
            return (date(year, 12, 1) if ended else date(year, 1, 1)), date(year, 12, 31)
        month = int(str(found["month"]))
        last = last_day(year, month)
        if day := found.get("day"):
            return (date(year, month, int(day)),) * 2
        start, stop = _PARTS.get(found.get("part") or "", (1, 31))
        return date(year, month, start), min(last, date(year, month, 1) + timedelta(days=stop - 1))
    except (ValueError, IndexError):  # calendar raises IllegalMonthError, a kind of both
        return None


def _span(text: str, year: int) -> Days | None:
    """From one day or period to another: 2024年1月-12月, 3月至6月."""
    for match in _SPAN.finditer(text):
        head, tail = text[: match.start()], text[match.end() :]
        last = _one(tail, year)
        if last is None:
            continue
        own = re.match(r"\d{4}(?=年)", head)
        if own and last.assumed:
            last = _one(tail, int(own[0]))
        first = _one(head, year) or _one(f"{head}月", year)
        if first is not None and last is not None and first.first <= last.last:
            return Days(first.first, last.last, last.assumed and not own)
    return None
