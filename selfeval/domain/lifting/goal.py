"""What is to be reached: a grade of the rulebook, or a number of points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.rounding import PLACES, UNIT
from selfeval.domain.rulebook import Rulebook

_POINTS = re.compile(rf"\d{{1,3}}(?:\.\d{{1,{PLACES}}})?")
_WORD = "分"


@dataclass(frozen=True)
class Goal:
    """A total in hundredths, and the grade that was named (blank: a number of points was)."""

    points: int
    grade: str = ""


def read_goal(text: str, rulebook: Rulebook) -> Goal | None:
    """The goal that a text names: 优, 90, 90分, 85.5; None for anything else."""
    plain = text.strip()
    for grade in rulebook.grades:
        if grade.label == plain:
            return Goal(grade.lowest, grade.label)
    number = plain.removesuffix(_WORD)
    return Goal(int(Fraction(number) * UNIT)) if _POINTS.fullmatch(number) else None
