"""Difference: what changed from one run to another, data and rules kept apart."""
