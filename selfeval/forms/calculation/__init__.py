"""What the formulas of a form give: their stored results, without a spreadsheet program."""
