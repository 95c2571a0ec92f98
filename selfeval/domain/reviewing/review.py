"""The nouns of a review: what stands in a reviewed workbook, and what is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Verdict(StrEnum):
    """What a reviewer decides; the value is the word in the drop-down."""

    ACCEPTED = "认可"
    ADJUSTED = "调整"
    RETURNED = "退回"


@dataclass(frozen=True)
class Entry:
    """What a reviewer typed beside one scored row, as text; ``row`` is the row of the sheet (from 1).

    ``adjusted`` is 核定得分 in its shortest decimal form when it is a number, else the text as typed; ``own`` is the
    self-score that the sheet showed.
    """

    indicator: str
    row: int
    verdict: str = ""
    adjusted: str = ""
    reason: str = ""
    reviewer: str = ""
    day: str = ""
    own: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not (self.verdict or self.adjusted or self.reason or self.reviewer or self.day)


@dataclass(frozen=True)
class ReviewBook:
    """The sheet 审核意见 of one file. ``columns`` are the letters of its columns by id, for messages.

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
    entries: tuple[Entry, ...]
    opinions: Mapping[str, str]
    columns: Mapping[str, str]
    verdict_cell: str = ""

    @property
    def is_reviewed(self) -> bool:
        """Whether a reviewer has typed anything at all."""
        heads = (self.verdict, self.reviewer, self.day, *self.opinions.values())
        return any(heads) or any(not one.is_blank for one in self.entries)


@dataclass(frozen=True)
class ScoredRow:
    """One row of a project's results: points and score in hundredths (score None while open)."""

    indicator: str
    name: str
    target: str
    actual: str
    points: int
    score: int | None
    state: str


@dataclass(frozen=True)
class ScoredProject:
    """One project of the results that a review is about. ``total`` in hundredths, None while it is open."""

    project: str
    name: str
    unit_code: str
    unit_name: str
    total: int | None
    grade: str
    fingerprint: str
    rows: tuple[ScoredRow, ...]


@dataclass(frozen=True)
class Line:
    """One row after the review: ``final`` is what now counts. ``refused``: what was typed could not be accepted."""

    row: ScoredRow
    verdict: str
    adjusted: int | None
    final: int | None
    reason: str
    reviewer: str
    day: str
    refused: bool


@dataclass(frozen=True)
class Review:
    """One project after the review. ``total`` and ``grade`` are those of the review; ``file`` blank: not reviewed.

    ``finished``: the project has a verdict, or each of its rows has one.
    """

    scored: ScoredProject
    file: str
    verdict: str
    lines: tuple[Line, ...]
    total: int | None
    grade: str
    finished: bool
    opinions: Mapping[str, str]

    @property
    def adjusted(self) -> int:
        """How many rows were adjusted."""
        return sum(one.adjusted is not None for one in self.lines)

    @property
    def returned(self) -> int:
        """How many rows were returned."""
        return sum(one.verdict == Verdict.RETURNED for one in self.lines)

    @property
    def refused(self) -> int:
        """How many rows were refused."""
        return sum(one.refused for one in self.lines)

    @property
    def deviation(self) -> Fraction | None:
        """偏离度 of the project."""
        return deviation(self.scored.total, self.total)

    @property
    def state(self) -> str:
        """How far the review has come."""
        if not self.file:
            return "未复核"
        if self.refused:
            return "有误待改"
        if self.verdict == Verdict.RETURNED or self.returned:
            return "退回"
        return "已复核" if self.finished else "复核中"


def deviation(own: int | None, reviewed: int | None) -> Fraction | None:
    """偏离度: (self-evaluation - review) / review; positive when the self-evaluation was the higher.

    A convention of this program, printed as such wherever it stands; None where there is nothing to compare.
    """
    if own is None or not reviewed:
        return None
    return Fraction(own - reviewed, reviewed)
