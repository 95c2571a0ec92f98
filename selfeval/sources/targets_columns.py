"""The columns of a sheet of ``targets.xlsx`` by their headings, and what stands under headings that are not known."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from selfeval.domain.tables import Table, TableColumn
from selfeval.domain.targets import CHECKPOINTS
from selfeval.packages.columns import letters
from selfeval.packages.workbook import Raw
from selfeval.sources.imported import Account

_MONTHS = tuple(f"month_{month}" for month in CHECKPOINTS)
OPTIONAL = frozenset(
    {
        *("kind", "points", "standard", "seq", "fiscal", "other", "purpose", "goal", "description", "basis"),
        *("department", "indicators", *_MONTHS),
    }
)
"""Columns without which a sheet still reads."""

_ALSO: Mapping[str, re.Pattern[str]] = {
    "points": re.compile(r"分值[（(](?:满分)?\d{0,3}分[）)]"),
    "kind": re.compile("指标类型"),
    "budget": re.compile("预算数[（(/]?万元[）)]?"),
    "fiscal": re.compile("财政资金[（(/]?万元[）)]?"),
    "other": re.compile("其他资金[（(/]?万元[）)]?"),
}
"""What else a heading may be that plainly is that of the column."""
_MONTHS_ALSO = {3: "[一1]季", 6: "[二2]季|上半年", 10: "十月", 12: "[四4]季|全年|年[底末]"}
_ALIKE: Mapping[str, re.Pattern[str]] = {
    "points": re.compile(
        "分值|分数|满分|权重|权数|占比|比重|赋值|(?:标准|赋|配|基准|基础|总|额定|考核|规定|设定|指标|绩效|权)分"
    ),
    "kind": re.compile("类型|类别|种类"),
    "standard": re.compile("评分|计分|扣分|打分|评价标准|评价细则"),
    **{f"month_{month}": re.compile(rf"(?<!\d)0?{month}月|{words}") for month, words in _MONTHS_ALSO.items()},
}
"""Headings that may well be that of a column which is not there: a score may hang on it."""
_MONTH = re.compile(r"\d{1,2}月|季度|月[份底末]")
_OTHER = re.compile("上年|去年|原因|说明|意见|结果|得分|[人员者]$|^是否|^有无")
"""What a heading says that is another one."""
_NOTES = frozenset({"备注", "说明", "序号"})
"""Headings of what is nobody's business but the writer's."""


def is_heading_of(column: TableColumn, title: str) -> bool:
    """Whether a title is plainly that of a column."""
    also = _ALSO.get(column.name)
    return title == column.header or bool(also and also.fullmatch(title))


def column_places(titles: Sequence[str], table: Table, account: Account, row: int) -> dict[str, int]:
    """Where each column stands; a needed one that is missing is a problem, and so is one that is there twice.

    ``row`` is the number of the row of the titles.
    """
    places = {}
    here = account.about(cell=f"A{row}")
    for column in table.published:
        found = [at for at, title in enumerate(titles) if is_heading_of(column, title)]
        if len(found) > 1:
            here.report("E136", column=column.header, count=len(found), row=row)
        elif found:
            places[column.name] = found[0]
        elif column.name not in OPTIONAL:
            here.report("E122", column=column.header, row=row)
    return places


class UnreadColumns:
    """The filled columns of a sheet that are not read."""

    def __init__(self, titles: Sequence[str], places: Mapping[str, int], table: Table) -> None:
        self._titles, self._places, self._table = titles, places, table
        self._read = frozenset(places.values())
        self._width = 0
        self._open: list[int] = []
        self._filled: set[int] = set()

    def look(self, line: Sequence[Raw]) -> None:
        """Take note of what the next line holds."""
        if len(line) > self._width:
            self._open += (at for at in range(self._width, len(line)) if at not in self._read)
            self._width = len(line)
        found = [at for at in self._open if at < len(line) and line[at] != "" and str(line[at]).strip()]
        if found:
            self._filled.update(found)
            self._open = [at for at in self._open if at not in self._filled]

    def report(self, account: Account) -> None:
        """Report them: an error where one may be a column that is not there."""
        table, places = self._table, self._places
        headers = {column.header for column in table.published}
        rest = []
        plan = any(month in table.names for month in _MONTHS)
        for at in sorted(self._filled):
            title = self._titles[at] if at < len(self._titles) else ""
            if title in headers | _NOTES or any(also.fullmatch(title) for also in _ALSO.values()):  # there twice
                continue
            if column := next(_missing(title, places, table), ""):
                account.about(cell=f"{letters(at)}1").report("E137", found=title, column=column)
            elif plan and _MONTH.search(title):
                account.about(cell=f"{letters(at)}1").report("W160", found=title)
            else:
                rest.append(f"“{title}”" if title else f"{letters(at)}列（没有列名）")
        if rest:
            more = f"等{len(rest)}列" if len(rest) > _MOST_TOLD else ""
            account.about(cell="A1").report("W139", columns="、".join(rest[:_MOST_TOLD]) + more)


_MOST_TOLD = 10


def _missing(title: str, places: Collection[str], table: Table) -> Iterator[str]:
    """The headings of the optional columns that are not there, and that a heading may mean."""
    for name, alike in _ALIKE.items():
        if name in table.names and name not in places and alike.search(title) and not _OTHER.search(title):
            yield table[name].header
