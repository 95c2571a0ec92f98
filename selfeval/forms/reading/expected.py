"""The rows that a form must hold, and what of each is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from selfeval.domain.fund_layouts import SOURCE_ITEMS
from selfeval.domain.funds import MONTHS
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, SCORED_ITEMS
from selfeval.domain.targets import Indicator
from selfeval.forms.identity import (
    ACTUAL,
    OPTIONAL_ITEMS,
    fingerprint,
    fund_row,
    narrative_name,
    narrative_row,
    payment_row,
)


@dataclass(frozen=True)
class Expected:
    """One row of a form: its id, what people call it, and the columns to read.

    That of an indicator has a ``fingerprint``, and the ``level3`` and ``target`` it was made from. An ``optional`` row
    may be missing, as in forms made before it was thought of.
    """

    row: str
    name: str
    columns: tuple[str, ...] = (ACTUAL,)
    fingerprint: str = ""
    level3: str = ""
    target: str = ""
    optional: bool = False

    @property
    def indicator(self) -> str:
        """指标编号; blank for a row of no indicator."""
        return self.row if self.fingerprint else ""

    def scored(self, column: str) -> bool:
        """Whether a score is made of its cell in a column."""
        return column in SCORED_ITEMS if self.fingerprint else self.row in _AMOUNTS

    def called(self, column: str) -> str:
        """What people call its cell in a column."""
        return f"{self.name} {ACTUAL_ITEMS[column]}" if self.fingerprint else self.name


PAYMENT_ROWS = frozenset(map(payment_row, MONTHS))
"""The rows of months, which the form of a department's own part is without."""
_AMOUNTS = frozenset(map(fund_row, (*FUND_ITEMS, *SOURCE_ITEMS))) | PAYMENT_ROWS

COMMON_ROWS: tuple[Expected, ...] = (
    *(Expected(fund_row(item), name) for item, name in FUND_ITEMS.items()),
    *(Expected(fund_row(item), name, optional=True) for item, name in SOURCE_ITEMS.items()),
    *(Expected(payment_row(month), f"{month}月支付金额") for month in MONTHS),
    *(Expected(narrative_row(item), narrative_name(item), optional=item in OPTIONAL_ITEMS) for item in NARRATIVE_ITEMS),
)
"""The rows that every form has: funds, payments, narrative."""


def expected_rows(indicators: Sequence[Indicator]) -> tuple[Expected, ...]:
    """Every row that the form of a project holds, its indicators in document order."""
    return (*COMMON_ROWS, *(_indicator_row(indicator) for indicator in indicators))


def _indicator_row(indicator: Indicator) -> Expected:
    name, target = indicator.level3, indicator.target
    called = f"{indicator.indicator} {name}"
    return Expected(indicator.indicator, called, tuple(ACTUAL_ITEMS), fingerprint(name, target), name, target)
