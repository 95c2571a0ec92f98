"""汇总.xlsx: the projects of a year, where points were lost, every indicator and problem."""

from __future__ import annotations

from selfeval.workbooks.summary.book import summary_workbook

__all__ = ["summary_workbook"]
