"""Reviewers' workbooks: one a project, and the summary of the year."""
