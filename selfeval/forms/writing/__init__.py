"""From targets to the spreadsheets that departments fill in."""
