"""The model of a flat table: one row an indicator, the project in a column, as platforms export it."""
