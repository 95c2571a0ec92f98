"""The sheet 复核意见 of a project's workbook, written and read back, and the summary of a year's reviews."""
