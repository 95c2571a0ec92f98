"""What a form must hold: every expected row, and the values to take from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS, NARRATIVE_ITEMS, Cell, Reports
from selfeval.domain.targets import Indicator
from selfeval.forms.identity import (
    ACTUAL,
    INPUT_COLUMNS,
    OPTIONAL_ITEMS,
    fingerprint,
    fund_row,
    narrative_row,
    payment_row,
)

NUMERIC_COLUMNS = frozenset({"actual", "percentage", "judged"})
"""The items of ACTUALS that are numbers where everything is text."""


@dataclass(frozen=True)
class Expected:
    """One row of a form: its id, what people call it, and the columns to read.

    ``part`` and ``item`` name it in ``Reports``; a row with an ``indicator`` has an answer in each column. An
    ``optional`` row may be missing, as in forms made before it was thought of.
    """

    row: str
    name: str
    part: Literal["funds", "payments", "answers", "narrative"]
    item: str = ""
    columns: tuple[str, ...] = (ACTUAL,)
    indicator: str = ""
    fingerprint: str = ""
    target: str = ""
    optional: bool = False

    def put(self, column: str, cell: Cell, reports: Reports) -> None:
        """Lay what was read from a column where it belongs."""
        if self.part == "answers":
            reports.answers[self.indicator, column] = cell
        elif self.part == "payments":
            reports.payments[int(self.item)] = cell
        else:
            (reports.funds if self.part == "funds" else reports.narrative)[self.item] = cell


COMMON_ROWS: tuple[Expected, ...] = (
    *(Expected(fund_row(item), name, "funds", item) for item, name in FUND_ITEMS.items()),
    *(Expected(payment_row(month), f"{month}月支付金额", "payments", str(month)) for month in range(1, 13)),
    *(
        Expected(narrative_row(item), name, "narrative", item, optional=item in OPTIONAL_ITEMS)
        for item, name in NARRATIVE_ITEMS.items()
    ),
)
"""The rows that every form has: funds, payments, narrative."""


def expected_rows(indicators: Sequence[Indicator]) -> tuple[Expected, ...]:
    """Every row that the form of a project holds, its indicators in document order."""
    return (*COMMON_ROWS, *(_indicator_row(indicator) for indicator in indicators))


def _indicator_row(indicator: Indicator) -> Expected:
    return Expected(
        indicator.indicator,
        f"{indicator.indicator} {indicator.level3}",
        "answers",
        columns=INPUT_COLUMNS,
        indicator=indicator.indicator,
        fingerprint=fingerprint(indicator.level3, indicator.target),
        target=indicator.target,
    )


def column_name(column: str) -> str:
    """What people call a column of inputs."""
    return ACTUAL_ITEMS[column]
