"""Measures: what of a target was reached, each written once as an expression."""
