"""Exit codes, for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfeval.domain.problems import Problem


class Exit(IntEnum):
    """How a command ended."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    UNUSABLE = 3
    CANNOT_WRITE = 4
    BUG = 70

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Exit:
        """CANNOT_WRITE when a form could not be put in place, PROBLEMS when anything is an error, else DONE."""
        codes = {problem.code for problem in problems}
        if "E321" in codes:
            return cls.CANNOT_WRITE
        return cls.PROBLEMS if any(code.startswith("E") for code in codes) else cls.DONE
