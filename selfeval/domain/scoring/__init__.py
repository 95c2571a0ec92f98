"""Scoring: what was promised against what was reported, by the rulebook."""
