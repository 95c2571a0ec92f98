"""Measures that several kinds share."""
