"""Rows among those of a table that hold no record of it: the numbers of its columns, the head of another table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from selfeval.sources.form.labels import CODE, NAME, column_of, is_label, plain_label
from selfeval.sources.form.labels_above import above_of
from selfeval.sources.layout import squeeze, unified

_NUMBER = re.compile(r"[（(]?(\d{1,2})[)）]?(?:=[\d+\-×÷*/=]+)?")
_STEM = re.compile("栏次|[甲乙丙丁戊己庚辛壬癸]|[A-Z]")
_LEAST = 3
_SURE = ("序号", *CODE, *NAME)
"""Texts that head a column, or stand before a value, and are none themselves."""


def is_numbering(texts: Iterable[str]) -> bool:
    """Whether the texts of a row only number the columns: 甲 乙 1 2 3.

    >>> is_numbering(["甲", "乙", "1", "2", "3=1+2"]), is_numbering(["1", "2", "5"])
    (True, False)
    """
    plain = [squeeze(unified(text)) for text in texts if text.strip()]
    numbers = [int(hit[1]) for text in plain if (hit := _NUMBER.fullmatch(text))]
    stems = sum(map(bool, map(_STEM.fullmatch, plain)))
    in_order = all(other == one + 1 for one, other in pairwise(numbers))
    return len(plain) >= _LEAST and len(numbers) + stems == len(plain) and in_order and bool(numbers)


def is_other_head(texts: Iterable[str], titles: frozenset[str]) -> bool:
    """Whether a row heads another table, such as 序号 支出内容 金额; ``titles``: those of the table it stands in."""
    plain = [squeeze(unified(text)) for text in texts if text.strip()]
    if len(plain) < _LEAST or titles.issuperset(plain):
        return False
    known = len({plain_label(text) for text in plain if column_of(text) or above_of(text)})
    sure = any(is_label(text, _SURE) for text in plain)
    return sure or (known >= _LEAST and known * 2 >= len(plain))
