"""Exit codes, for scripts."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import TYPE_CHECKING

from selfeval.domain.catalogue.outputs import OWN_FAULT

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
    def unusable(cls, problems: Iterable[Problem]) -> Exit:
        """UNUSABLE, for whatever reason but a fault of ours, which is BUG."""
        return cls.BUG if cls.of(problems) is cls.BUG else cls.UNUSABLE

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> Exit:
        """BUG when a fault of ours is among them, CANNOT_WRITE when a form could not be put in place.

        PROBLEMS when anything else is an error, else DONE.
        """
        codes = {problem.code for problem in problems}
        if OWN_FAULT in codes:
            return cls.BUG
        if "E321" in codes:
            return cls.CANNOT_WRITE
        return cls.PROBLEMS if any(code.startswith("E") for code in codes) else cls.DONE
