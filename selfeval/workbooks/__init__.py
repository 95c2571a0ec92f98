"""Reviewers' workbooks: one a project, and the summary of the year."""

from __future__ import annotations

from selfeval.workbooks.project import project_workbook
from selfeval.workbooks.summary.book import summary_workbook

__all__ = ["project_workbook", "summary_workbook"]
