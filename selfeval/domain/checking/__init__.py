"""The checks that a finance bureau makes of a self-evaluation: they point at doubts and never change a score.

Each is one function from the scored year to problems; ``registry`` lists them, the rulebook turns them on and draws
their lines (``checks:``), and ``docs/checks.md`` says where each comes from.
"""

from selfeval.domain.checking.registry import CHECKS, run_checks

__all__ = ["CHECKS", "run_checks"]
