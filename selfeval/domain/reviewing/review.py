"""The nouns of a review: what stands in a reviewed workbook, and what is made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import TypeVar

from selfeval.domain.case import is_whole
from selfeval.domain.expression.tree import Expression
from selfeval.domain.reading.quantity import normalise
from selfeval.domain.scored import State

_SHOWN = 16
Amount = TypeVar("Amount", Fraction, Expression)


class Verdict(StrEnum):
    """What a reviewer decides; the value is the word in the drop-down."""

    ACCEPTED = "认可"
    ADJUSTED = "调整"
    RETURNED = "退回"


_TRADITIONAL = str.maketrans("調認", "调认")
_STOPS = "。.,;!、"


def as_verdict(text: str) -> str:
    """The word of a verdict where a text is one in another spelling (认可。, 調整), else the text as it is."""
    word = normalise(text).rstrip(_STOPS).translate(_TRADITIONAL)
    return word if word in {verdict.value for verdict in Verdict} else text


@dataclass(frozen=True)
class TypedRow:
    """What a reviewer typed beside one scored row, as text; ``row`` is the row of the sheet (from 1).

    ``adjusted`` is 调整得分 in its shortest decimal form when it is a number, else the text as typed; ``own`` is the
    self-score that the sheet showed, ``printed`` the name before it (None: not known). ``indicator`` is blank where the
    row has lost its id.
    """

    indicator: str
    row: int
    verdict: str = ""
    adjusted: str = ""
    reason: str = ""
    reviewer: str = ""
    day: str = ""
    own: str = ""
    printed: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any((self.verdict, self.adjusted, self.reason, self.reviewer, self.day))


@dataclass(frozen=True)
class ReviewBook:
    """The sheet 复核意见 of one file. ``columns`` are the letters of its columns by id, for messages.

    ``verdict``, ``reviewer`` and ``day`` hold for the whole project; ``opinions`` are the texts of the three boxes.
    """

    file: str
    sheet: str
    year: int
    project: str
    fingerprint: str
    verdict: str
    reviewer: str
    day: str
    entries: tuple[TypedRow, ...]
    opinions: Mapping[str, str]
    columns: Mapping[str, str]
    verdict_cell: str = ""
    signed: bool = False

    @property
    def is_reviewed(self) -> bool:
        """Whether a reviewer has typed anything at all."""
        heads = (self.verdict, self.reviewer, self.day, *self.opinions.values(), self.signed)
        return any(heads) or not all(entry.is_blank for entry in self.entries)


@dataclass(frozen=True)
class PublishedRow:
    """One row of a project's results: points and score in hundredths (score None while open).

    ``most`` is what a row outside the 100 may add or take at most; ``printed`` is its name in the sheet (blank: not
    known).
    """

    indicator: str
    name: str
    target: str
    actual: str
    points: int
    score: int | None
    state: str
    level1: str = ""
    most: int = 0
    printed: str = ""


@dataclass(frozen=True)
class PublishedProject:
    """One project of the results that a review is about. ``total`` in hundredths, None while it is open."""

    project: str
    name: str
    unit_code: str
    unit_name: str
    total: int | None
    grade: str
    fingerprint: str
    rows: tuple[PublishedRow, ...]

    @property
    def is_whole(self) -> bool:
        """Whether it is no project, but a department's own part."""
        return is_whole(self.project)


@dataclass(frozen=True)
class Line:
    """One row after the review. ``refused``: what was typed could not be accepted."""

    row: PublishedRow
    verdict: str
    adjusted: int | None
    reason: str
    reviewer: str
    day: str
    refused: bool

    @property
    def final(self) -> int | None:
        """The score that now counts."""
        return self.row.score if self.adjusted is None else self.adjusted


@dataclass(frozen=True)
class Review:
    """One project after the review. ``total`` and ``grade`` are those of the review; ``file`` blank: not reviewed.

    ``unplaced`` counts the rows of which nobody knows to which indicator they belong.
    """

    scored: PublishedProject
    file: str = ""
    verdict: str = ""
    lines: tuple[Line, ...] = ()
    total: int | None = None
    grade: str = ""
    opinions: Mapping[str, str] = field(default_factory=dict)
    unplaced: int = 0

    @property
    def adjusted(self) -> int:
        """How many rows were adjusted."""
        return sum(line.adjusted is not None for line in self.lines)

    @property
    def returned(self) -> int:
        """How many rows were returned."""
        return sum(line.verdict == Verdict.RETURNED for line in self.lines)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(line.refused for line in self.lines)

    @property
    def deviation(self) -> Fraction | None:
        """自评复核偏差率 of the project; None where there is nothing to compare."""
        own, reviewed = self.scored.total, self.total
        return deviation(Fraction(own), Fraction(reviewed)) if own is not None and reviewed else None

    @property
    def state(self) -> str:
        """How far the review has come: done when the project has a verdict, or each of its rows has one."""
        if not self.file:
            return "未复核"
        if self.refused or self.unplaced:
            return "有误待改"
        if self.verdict == Verdict.RETURNED or self.returned:
            return "退回"
        done = self.verdict or all(line.verdict for line in self.lines if line.row.state != State.NOT_APPLICABLE)
        return "已复核" if done else "复核中"


def deviation(own: Amount, reviewed: Amount) -> Amount:
    """自评复核偏差率: (self-evaluation - review) / review; positive when the self-evaluation was the higher.

    A convention of this program, printed as such wherever it stands.
    """
    return (own - reviewed) / reviewed


def fingerprint(year: int, project: str, rows: Iterable[tuple[str, ...]]) -> str:
    """Sixteen hex digits that change whenever a row of the project does: by which run a workbook was made.

    ``rows`` are (指标编号, 指标值, 实际完成值, 分值, 得分, state id) as ``results.csv`` has them: points and scores
    with two places, a missing score blank.
    """
    text = "\x1e".join("\x1f".join(row) for row in rows)
    return hashlib.sha256(f"{year}\x1e{project}\x1e{text}".encode()).hexdigest()[:_SHOWN]
