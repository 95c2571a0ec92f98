"""Scoring: what was promised against what was reported, by the rulebook."""

from selfeval.domain.scoring.score import score

__all__ = ["score"]
