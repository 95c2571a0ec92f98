"""How the sheet 审核意见 is known again: hidden ids of rows and columns, never positions or names.

The hidden first row holds the ids of columns, with the marker above the ids of rows in the hidden first column.
"""

from __future__ import annotations

from selfeval.sheets.model import Column

MARKER = "selfeval.review.v1"
"""Stands where the row of column ids and the column of row ids meet; finds the sheet and says its version."""

REVIEW = "审核意见"

COLUMNS: tuple[Column, ...] = (
    Column("name", "指标", 21, frozen=True),
    Column("points", "分值", 7),
    Column("score", "自评\n得分", 8),
    Column("state", "状态", 8),
    Column("doubts", "失分与疑点", 44),
    Column("verdict", "审核意见", 9),
    Column("adjusted", "核定得分", 9),
    Column("reason", "理由（调整、退回必填）", 28),
    Column("reviewer", "审核人", 9),
    Column("day", "日期", 11),
    Column("final", "复核\n得分", 8),
    Column("hint", "提示", 12),
)
"""The columns beside the hidden one of the ids."""

TYPED = ("verdict", "adjusted", "reason", "reviewer", "day")
"""Columns that a reviewer fills in."""

META_YEAR, META_PROJECT, META_FINGERPRINT = "meta.year", "meta.project", "meta.fingerprint"
META = (META_YEAR, META_PROJECT, META_FINGERPRINT)
WHOLE = "whole"
"""The row with the verdict, reviewer and day of the project as a whole."""

OPINION = "opinion"
OPINIONS: dict[str, str] = {"name": "单位意见", "doubts": "主管部门审核意见", "reason": "财政部门审核意见"}
"""The boxes to be signed, by the column in which each begins."""

VALUE = "name"
"""The column that holds the value of a row of META."""
