"""How a form is known again: the hidden ids of its rows and columns (``sheets.ids``)."""

from __future__ import annotations

import hashlib
from typing import TypeAlias

from selfeval.domain.fund_layouts import SOURCE_ITEMS
from selfeval.domain.reported import NARRATIVE_ITEMS, Cell, Reports

CellPlace: TypeAlias = tuple[str, str]
"""A cell by the ids of its row and column."""

MARKER_FAMILY = "selfeval.form."
MARKER = f"{MARKER_FAMILY}v1"
"""Stands where the row of column ids and the column of row ids meet; finds the sheet and says the layout's version."""

FORM_SHEET = "自评填报"

ACTUAL = "actual"
"""The column that holds the value of every row that is not an indicator."""

OPTIONAL_ITEMS = frozenset({"category", "adjusted", "mark", *SOURCE_ITEMS})
"""Items that a form or a table may do without, and that nobody is asked for."""

YES_NO = ("是", "否")

FUNDS_TITLE, PAYMENTS_TITLE = "项目资金", "各月支付金额"
MONTH_TITLE, PAID_TITLE = "月份", "当月支付"
"""What is printed above the amounts: over each of the two blocks, over the months and over what was paid in each."""

TARGET, FINGERPRINT = "target", "fingerprint"
RESULT = "narrative.result"
META_YEAR, META_PROJECT, META_MARK = "meta.year", "meta.project", "meta.mark"
META = (META_YEAR, META_PROJECT, "meta.unit", META_MARK)


def fund_row(item: str) -> str:
    """The row id of an item of FUND_ITEMS: ``funds.executed``."""
    return f"funds.{item}"


def payment_row(month: int) -> str:
    """The row id of a month's payments: ``payments.01``."""
    return f"payments.{month:02d}"


def narrative_row(item: str) -> str:
    """The row id of an item of NARRATIVE_ITEMS; the mark stands among the hidden rows."""
    return META_MARK if item == "mark" else f"narrative.{item}"


def narrative_name(item: str) -> str:
    """What the cell of an item of NARRATIVE_ITEMS is called in a form."""
    return "年度总体目标实际完成情况" if item == "result" else NARRATIVE_ITEMS[item]


def fingerprint(level3: str, target: str) -> str:
    """Twelve hex digits that change whenever an indicator's name or target does."""
    return hashlib.sha256(f"{level3}\n{target}".encode()).hexdigest()[:12]


def answered_cells(reports: Reports) -> dict[CellPlace, Cell]:
    """What a department filled in: nothing where a form holds only what all are sent out with."""
    return filled_cells(reports) if reports.filled else {}


def filled_cells(reports: Reports) -> dict[CellPlace, Cell]:
    """What is filled in, by the cells of the form; blanks and the mark are left out."""
    found = {
        **{(fund_row(item), ACTUAL): cell for item, cell in reports.funds.items()},
        **{(payment_row(month), ACTUAL): cell for month, cell in reports.payments.items()},
        **{(narrative_row(item), ACTUAL): cell for item, cell in reports.narrative.items() if item != "mark"},
        **reports.answers,
    }
    return {place: cell for place, cell in found.items() if cell.data_type not in {"", "blank"}}
