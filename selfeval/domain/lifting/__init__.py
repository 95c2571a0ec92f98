"""Lifting: which values would have earned the points that a project lacks, found by turning its own curves round."""
