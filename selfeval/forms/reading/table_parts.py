"""The three sheets of a reported table, each with its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from selfeval.domain.fund_layouts import SOURCE_ITEMS
from selfeval.domain.funds import MONTHS
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, SCORED_ITEMS


@dataclass(frozen=True, eq=False)
class TablePart:
    """One of the three sheets: its name, the column of ids, and the other columns by item.

    ``needed`` are the columns without which nothing can be scored; ``numeric`` those that hold numbers; ``answers``
    those that a score is made of.
    """

    name: str
    key: str
    items: Mapping[str, str]
    needed: frozenset[str] = frozenset()
    numeric: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()


FUND_COLUMNS = {**FUND_ITEMS, **SOURCE_ITEMS, **{f"{month:02d}": f"{month}月" for month in MONTHS}}
ANSWERS = TablePart(
    "指标", "指标编号", ACTUAL_ITEMS, frozenset({"actual"}), frozenset({"actual", "percentage", "judged"}), SCORED_ITEMS
)
_AMOUNTS = frozenset(FUND_COLUMNS)
FUNDS = TablePart("资金", "项目编码", FUND_COLUMNS, frozenset(FUND_ITEMS), _AMOUNTS, _AMOUNTS)
NARRATIVE = TablePart("项目", "项目编码", NARRATIVE_ITEMS)
PARTS = (ANSWERS, FUNDS, NARRATIVE)
