"""Options: what a rule author may write, said once, in the annotation of the field that holds it.

An annotation says the type, how the value is written where the type alone does not tell (``Written``), and the Chinese
title and hint (``Option``). A field without a default must be written. The check of a file's shape, its reading, the
JSON Schema, the reference and the words of 评分细则 are all made from these declarations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction
from functools import cache
from inspect import Parameter, signature
from typing import Annotated, Any, get_type_hints


@dataclass(frozen=True, eq=False)
class Option:
    """The words of an option: its name for people, and what to write.

    ``sentence`` is that of 评分细则 when the value is not the default, with ``{}`` for the value; ``words`` say the
    values of a choice in Chinese. ``key`` stands in the file where it cannot be the name of a field (``from``).
    """

    title: str
    hint: str
    sentence: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    key: str = ""


Written = Enum(
    "Written",
    "SHARE MEASURED SHARE_OF_POINTS LIMIT MARK PROOF POINTS YEAR DAY PATTERN FOLDED KIND MEASURE CHECK KEY PLACES "
    "SCORE",
)
"""How a value is written, where its type does not tell."""

Share = Annotated[Fraction, Written.SHARE]  # an exact share, written 0.8 or 80%
Measured = Annotated[Fraction, Written.MEASURED]  # where a curve turns: a share (0.8 or 80%), or a number of days


@dataclass(frozen=True)
class Mark:
    """A fixed mark on the scale of a target: in its unit, or (``percent``) in percent, 90 for 90%."""

    number: Fraction
    percent: bool = False


@dataclass(frozen=True)
class Proof:
    """What becomes of a score that no evidence supports: so much of it is ``kept``; None: it is asked for."""

    kept: Fraction | None

    def __str__(self) -> str:
        if self.kept is None:
            return "待补充"
        percent = f"{float(self.kept * 100):g}%"
        return f"按应得分的{percent}计" if self.kept else "得0分"


Evidence = Annotated[Proof, Written.PROOF]  # ask, zero, or a share of the score, 50%
FixedMark = Annotated[Mark, Written.MARK]  # 90%, or a number in the unit of the target
ShareOfPoints = Annotated[Fraction | None, Written.SHARE_OF_POINTS]  # 0 to 1; None, written ``measure``: as measured
Limit = Annotated[Fraction, Written.LIMIT]  # the line of a check, in its own unit: 90%, or 30 of points
Points = Annotated[int, Written.POINTS]  # hundredths of a point, written as points
Places = Annotated[int, Written.PLACES]  # decimals, written as the smallest number with them: 0.01, 0.1 or 1
ScorePoints = Annotated[int, Written.SCORE]  # hundredths of a score or total, which may be negative or above 100
Day = Annotated[date | None, Written.DAY]  # a day, written 2025-01-20
Year = Annotated[int, Written.YEAR]  # a year of four digits
Pattern = Annotated[str, Written.PATTERN]  # a regular expression over a whole text
Folded = Annotated[str, Written.FOLDED]  # a text as targets are compared; a list of them holds each once
KindId = Annotated[str, Written.KIND]  # the id of a kind of indicator
MeasureId = Annotated[str, Written.MEASURE]  # the id of a measure; blank for none
CheckId = Annotated[str, Written.CHECK]  # the id of a check
Key = Annotated[str, Written.KEY]  # the key that the whole mapping stands under; not written in it


@dataclass(frozen=True)
class Declared:
    """A field of a part of the rules that is an option: its name, its type with all that it says, its default."""

    name: str
    type: Any
    required: bool
    default: object
    option: Option

    @property
    def key(self) -> str:
        """What it is called in a file."""
        return self.option.key or self.name


@cache
def declared(part: type) -> tuple[Declared, ...]:
    """The options of a part of the rules, in the order of their declaration."""
    fields = signature(part).parameters
    return tuple(
        Declared(name, hint, fields[name].default is Parameter.empty, fields[name].default, option)
        for name, hint in get_type_hints(part, include_extras=True).items()
        for option in getattr(hint, "__metadata__", ())
        if isinstance(option, Option)
    )
