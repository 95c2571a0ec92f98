"""Which year, and which kind of numbers, a column or the lines above a reported table name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from selfeval.forms.reading.spelling import bare

_IN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile("二[〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_MARKS = re.compile(r"[()\[\]【】〔〕《》<>:,、;。.|/*]+")
_NUMBER_OF_A_PAPER = re.compile(r"[(〔\[【]20\d\d[)〕\]】]第?\d+号")
_DATE = re.compile(
    r"20\d\d(?:年\d{1,2}月(?:\d{1,2}日?)?|[-./]\d{1,2}(?:[-./]\d{1,2})?)(?![\d\-—–~至到])"
    r"|20\d\d年(?=(?:填报|编制|制表|打印|导出|印发|批复|下达)(?!表))"
)
"""A day or month on which something was made, and the year of it: no year of the numbers."""
_YEARS = re.compile(r"(?<![\d.])(?P<first>20\d\d)(?:年?度?[-—–~至到](?P<last>20\d\d))?(?P<behind>年)?")
_YEAR_ALONE = re.compile(r"$|度|资金|指标|项目|绩效|自评|预算|支出|完成|全年")
"""What stands behind a year that has no 年."""
_SHORT_YEAR = re.compile(r"(?<![\d.])(?P<year>\d\d)年度")
_SHORT_COLUMN = re.compile(r"^(?P<year>\d\d)年?度?$")
_OTHER_YEAR = re.compile("(?:上|去|前|明|下|次)一?年度?|往年|上期|同期")
_OTHER_KIND = re.compile(
    rf"(?:{_OTHER_YEAR.pattern})(?:数据?|值|数额|金额|执行数?|完成数?|完成值|支出|情况|表)*"
    r"|(?:计划|预计|预测|测算|估算)(?:数据?|值|数额|金额|支出|执行数|完成数|完成值|表)*"
)
_OWN_YEAR = re.compile(r"^(?:20\d\d年?度?|本年度?|全年)+")
_KIND_BEHIND = re.compile(
    r"(?:(?:上|去)一?年度?|同期|计划|预计|预测)(?:数据?|值|执行数?|完成数|完成值|支出数|情况表|数据表|表)$"
)


def is_other_year(text: str, year: int) -> bool:
    """Whether the cell of a column of years names only others: 2023年度, 上年; 2022-2025 holds the year."""
    said = bare(text)
    found = list(_years(said, alone=True))
    return not _holds(found, year) if found else _OTHER_YEAR.fullmatch(said) is not None


def tells_of_others(text: str, year: int, names: Iterable[str]) -> bool:
    """Whether a line above a table says that its numbers are those of another year, or planned ones.

    ``names``: bare names of projects, which may hold years of their own.
    """
    said = bare(text)
    for name in names:
        said = said.replace(name, "")
    found = list(_years(said))
    if found and not _holds(found, year):
        return True
    pieces = [_OWN_YEAR.sub("", piece) for piece in _MARKS.split(said)]
    return any(_OTHER_KIND.fullmatch(piece) or _KIND_BEHIND.search(piece) for piece in pieces)


def _holds(found: Iterable[tuple[int, int]], year: int) -> bool:
    return any(first <= year <= last for first, last in found)


def _years(said: str, *, alone: bool = False) -> Iterator[tuple[int, int]]:
    """The first and last year of every year or span that a text names; ``alone``: dates and bare years count, too."""
    text = _CHINESE_YEAR.sub(lambda year: year[0].translate(_IN_DIGITS), said)
    if not alone:
        text = _DATE.sub("|", _NUMBER_OF_A_PAPER.sub("|", text))
    for piece in _MARKS.split(text):
        for one in _YEARS.finditer(piece):
            if alone or one["behind"] or _YEAR_ALONE.match(piece, one.end()):
                yield int(one["first"]), int(one["last"] or one["first"])
        for short in (_SHORT_COLUMN if alone else _SHORT_YEAR).finditer(piece):
            yield 2000 + int(short["year"]), 2000 + int(short["year"])
