"""Expressions: a formula is written once, and read exactly, over columns, as a sheet calculates it, and as its text."""
