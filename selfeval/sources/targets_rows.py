"""The rows of a sheet of ``targets.xlsx`` that hold no record: titles, sums, notes, headings once more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from selfeval.domain.reading.asides import NOTE, REACHED, SIGNED, SUM
from selfeval.domain.tables import Table
from selfeval.domain.targets import DEPARTMENT, PROJECTS
from selfeval.sources.layout import squeeze, unified
from selfeval.sources.targets_columns import OPTIONAL, is_heading_of

MOST_TITLES = 10
"""Rows among which the headings stand."""
EXAMPLE = "示例"
"""What stands in the key of a row that only shows how one is filled in."""
_KEYS = frozenset({PROJECTS["project"].header, DEPARTMENT["title"].header})
_SUM = re.compile(rf"{SUM}(?:数|金额)?(?:[（(].{{0,10}}[）)])?[:：]?")
_AMOUNT = re.compile(r"[+-]?[\d,.]+(?:万元|分|%)?|[/—-]+")
_NOTE = re.compile(rf"(?:{NOTE})\d{{0,2}}[:：.、]|[※*]|(?:{SIGNED})(?:[（(].{{0,10}}[）)])?[:：]|(?:{REACHED})[:：]")
_GOES_ON = re.compile(r"[（(]?\d{1,2}[）).、]")
_OTHER_UNIT = re.compile(
    r"(?:单位|[(（\[【,，;；:：为以按是]|^)(?:金额|人民币|[￥¥])?"
    r"((?:[百千十亿美港欧Kk]|百万|千万|万美|万港)*元|千|百万|亿)(?=$|[)）\]】,，;；。为计列反])"
)


def headings_at(lines: Sequence[Sequence[str]], table: Table) -> int:
    """The place of the headings (0: the first row): the first of the top rows with half of the columns needed."""
    needed = [column for column in table.published if column.name not in OPTIONAL]
    for at, line in enumerate(lines[:MOST_TITLES]):
        titles = plain_titles(line)
        if sum(any(is_heading_of(column, title) for title in titles) for column in needed) * 2 >= len(needed):
            return at
    return 0


def plain_titles(texts: Iterable[str]) -> list[str]:
    """Headings as they are compared."""
    return [squeeze(unified(text)) for text in texts]


def passed_over(line: Sequence[str], titles: Sequence[str], *, after_note: bool) -> str:
    """What a row is that surely holds no record, in a word; blank where it may hold one.

    ``after_note``: the row above is a note, which may go on.
    """
    if not after_note and not _may_be_passed(line, titles):
        return ""
    plain = plain_titles(line)
    filled = [text for text in plain if text]
    if not filled:
        return ""
    if any(title in _KEYS and text == EXAMPLE for title, text in zip(titles, plain, strict=False)):
        return EXAMPLE
    if any(map(_SUM.fullmatch, filled)) and all(_SUM.fullmatch(text) or _AMOUNT.fullmatch(text) for text in filled):
        return "合计"
    if all(map(_NOTE.match, filled)) or (after_note and len(filled) == 1 and _GOES_ON.match(filled[0])):
        return "注"
    return "列名" if len(filled) > 1 and plain == [*titles][: len(plain)] else ""


def _may_be_passed(line: Sequence[str], titles: Sequence[str]) -> bool:
    """Whether the first cells of a row are those of one that holds no record: of most rows it is known by these."""
    if any(title in _KEYS and EXAMPLE[0] in text for title, text in zip(titles, line, strict=False)):
        return True
    first = True
    for text in line:
        if not text or not (plain := squeeze(unified(text))):
            continue
        if first and (_NOTE.match(plain) or plain in titles):
            return True
        if not (_SUM.fullmatch(plain) or _AMOUNT.fullmatch(plain)):
            return False
        first = False
    return not first


def other_unit(texts: Iterable[str]) -> str:
    """The unit of money but 万元 that stands in titles and notes; blank for none."""
    found = (_OTHER_UNIT.search(squeeze(unified(text))) for text in texts)
    return next((hit[1] for hit in found if hit), "")
