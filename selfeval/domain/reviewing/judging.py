"""Judging a review: which of what a reviewer typed can be accepted, and the scores that follow from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.formulas import grade_of, settled, sums_of
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.problems import Place, Problem, Severity, problem
from selfeval.domain.reviewing.review import Entry, Line, Review, ReviewBook, ScoredProject, ScoredRow, Verdict
from selfeval.domain.rounding import UNIT, in_points, show_points, to_hundredths
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import EXECUTION, PENDING_GRADE, State

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,20})?")
_VERDICTS = {one.value for one in Verdict}


def not_reviewed(scored: ScoredProject) -> Review:
    """A project that nobody has reviewed yet."""
    return Review(scored, "", "", (), None, "", finished=False, opinions={})


def judge(book: ReviewBook, scored: ScoredProject, rulebook: Rulebook) -> tuple[Review, list[Problem]]:
    """The project after the review, and what is wrong with it. A row that is refused keeps its own score."""
    bench = _Bench(book)
    entries = {one.indicator: one for one in book.entries}
    lines = tuple(bench.line(row, entries.get(row.indicator, Entry(row.indicator, 0))) for row in scored.rows)
    bench.check_whole(scored, lines)
    total = _total(lines, rulebook)
    grade = PENDING_GRADE if total is None else grade_of(total, rulebook)
    judged = all(one.verdict for one in lines if one.row.state != State.NOT_APPLICABLE)
    return (
        Review(
            scored,
            book.file,
            book.verdict if book.verdict in _VERDICTS else "",
            lines,
            total,
            grade,
            finished=book.verdict in _VERDICTS or judged,
            opinions=book.opinions,
        ),
        bench.problems,
    )


def _total(lines: tuple[Line, ...], rulebook: Rulebook) -> int | None:
    """The total of the reviewed scores; None while a row has none."""
    counted = [line for line in lines if line.row.state != State.NOT_APPLICABLE]
    scores = [PENDING if line.final is None else in_points(line.final) for line in counted]
    own = any(line.row.points for line in counted if line.row.indicator != EXECUTION)
    known = sums_of(scores, [line.row.points for line in counted])
    found = exactly(settled(converted=rulebook.not_applicable == "whole_form" and own), known)
    return to_hundredths(found) if isinstance(found, Fraction) else None


def _changed(shown: str, score: int) -> bool:
    """Whether the self-score that the sheet shows is another than the published one; an unknown one is not."""
    return bool(_NUMBER.fullmatch(shown)) and Decimal(shown) * UNIT != score


@dataclass(frozen=True)
class _Typed:
    """A row as typed, read as far as it can be: ``hundredths`` of 核定得分."""

    verdict: str
    hundredths: int | None


class _Bench:
    """Judges the rows of one book and gathers the problems."""

    def __init__(self, book: ReviewBook) -> None:
        self._book = book
        self.problems: list[Problem] = []

    def line(self, row: ScoredRow, entry: Entry) -> Line:
        before = len(self.problems)
        typed = self._read(row, entry)
        refused = any(one.severity is Severity.ERROR for one in self.problems[before:])
        adjusted = typed.hundredths if typed.verdict == Verdict.ADJUSTED and not refused else None
        return Line(
            row,
            typed.verdict,
            adjusted,
            row.score if adjusted is None else adjusted,
            entry.reason,
            entry.reviewer or (self._book.reviewer if not entry.is_blank else ""),
            entry.day or (self._book.day if not entry.is_blank else ""),
            refused,
        )

    def _read(self, row: ScoredRow, entry: Entry) -> _Typed:
        verdict = entry.verdict
        if row.state == State.NOT_APPLICABLE:
            if verdict or entry.adjusted:
                self._say("E616", entry, "verdict")
            return _Typed("", None)
        if verdict and verdict not in _VERDICTS:
            self._say("E611", entry, "verdict", found=verdict)
            return _Typed("", None)
        if entry.adjusted and verdict != Verdict.ADJUSTED:
            self._say("E612", entry, "adjusted", found=entry.adjusted, verdict=verdict or "空的")
        if verdict in {Verdict.ADJUSTED, Verdict.RETURNED} and not entry.reason:
            self._say("E613", entry, "reason", verdict=verdict)
        if verdict != Verdict.ADJUSTED:
            return _Typed(verdict, None)
        return _Typed(verdict, self._adjusted(row, entry))

    def _adjusted(self, row: ScoredRow, entry: Entry) -> int | None:
        if not entry.adjusted:
            self._say("E614", entry, "adjusted")
            return None
        facts = {"found": entry.adjusted, "points": show_points(row.points)}
        if not _NUMBER.fullmatch(entry.adjusted):
            self._say("E615", entry, "adjusted", **facts)
            return None
        hundredths = Decimal(entry.adjusted) * UNIT
        if hundredths != hundredths.to_integral_value() or not 0 <= hundredths <= row.points:
            self._say("E615", entry, "adjusted", **facts)
            return None
        if int(hundredths) == row.score:
            self._say("I611", entry, "adjusted", found=entry.adjusted)
        return int(hundredths)

    def check_whole(self, scored: ScoredProject, lines: tuple[Line, ...]) -> None:
        """What concerns the project as a whole."""
        book = self._book
        place = Place(book.project, "", book.file, book.sheet, book.verdict_cell)
        if book.verdict and book.verdict not in _VERDICTS:
            self.problems.append(problem("E611", place, found=book.verdict))
        changed = sum(one.verdict in {Verdict.ADJUSTED, Verdict.RETURNED} for one in lines)
        if book.verdict == Verdict.ACCEPTED and changed:
            self.problems.append(problem("W611", place, count=changed))
        if book.fingerprint != scored.fingerprint:
            self.problems.append(problem("W612", place.at(cell="")))
            return
        owns = {one.indicator: one for one in book.entries}
        for row in scored.rows:
            entry = owns.get(row.indicator)
            if entry is not None and row.score is not None and _changed(entry.own, row.score):
                facts = {"found": entry.own, "score": show_points(row.score)}
                self.problems.append(problem("W614", self._place(entry, "score"), **facts))

    def _say(self, code: str, entry: Entry, column: str, **facts: object) -> None:
        self.problems.append(problem(code, self._place(entry, column), **facts))

    def _place(self, entry: Entry, column: str) -> Place:
        letters: Mapping[str, str] = self._book.columns
        cell = f"{letters[column]}{entry.row}" if column in letters and entry.row else ""
        return Place(self._book.project, entry.indicator, self._book.file, self._book.sheet, cell)
