"""Reviewers' workbooks: one a project, and the summary of the year."""

from selfeval.workbooks.books import project_workbook as project_workbook
from selfeval.workbooks.books import summary_workbook as summary_workbook
