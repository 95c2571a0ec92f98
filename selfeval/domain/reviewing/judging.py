"""Judging a review: which of what a reviewer typed can be accepted, and the scores that follow from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.measures.measure import PENDING
from selfeval.domain.problems import MOST_TOLD, Place, Problem, more_of_the_same, problem
from selfeval.domain.reading.quantity import normalise, says_nothing
from selfeval.domain.reviewing.review import Line, PublishedProject, PublishedRow, Review, ReviewBook, TypedRow, Verdict
from selfeval.domain.rounding import UNIT, in_points, to_hundredths
from selfeval.domain.rulebook import Rounding, Rulebook, Section
from selfeval.domain.scored import EXECUTION, PENDING_GRADE, State
from selfeval.domain.totals import Counted, grade_of, settled, sums_of, way_of

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,20})?")
_QUOTED = 60
"""Characters shown of what was typed or printed."""
_VERDICTS = {verdict.value for verdict in Verdict}
_DISAGREES = {Verdict.ADJUSTED, Verdict.RETURNED}

Fault = tuple[str, str, dict[str, object]]
"""What is wrong with an entry: the code, the column, and the facts of the message."""


def judge(book: ReviewBook, scored: PublishedProject, rulebook: Rulebook) -> tuple[Review, list[Problem]]:
    """The project after the review, and what is wrong with it. A row that is refused keeps its own score."""
    typed = {entry.indicator: entry for entry in book.entries}
    known = {row.indicator for row in scored.rows}
    lines: list[Line] = []
    problems: list[Problem] = []
    rounding = rulebook.rounding.for_all(row.points for row in scored.rows)
    for row in scored.rows:
        entry = typed.get(row.indicator, TypedRow(row.indicator, 0))
        faults = [*_displaced(row, entry), *_faults(row, entry, _bounds(row, rulebook), rounding)]
        problems += (problem(code, _place(book, entry, column), **facts) for code, column, facts in faults)
        lines.append(_line(row, entry, book, refused=any(code.startswith("E") for code, _, _ in faults)))
    strays = [entry for entry in book.entries if not entry.is_blank and entry.indicator not in known]
    problems += _strays(book, strays)
    problems += _on_the_whole(book, scored, lines, rounding)
    total = _total(lines, rulebook)
    grade = PENDING_GRADE if total is None else grade_of(total, rulebook)
    verdict = book.verdict if book.verdict in _VERDICTS else ""
    return Review(scored, book.file, verdict, tuple(lines), total, grade, book.opinions, len(strays)), problems


def _strays(book: ReviewBook, strays: Sequence[TypedRow]) -> Iterator[Problem]:
    """What was typed in rows that have lost their id, or bear one that was not scored."""
    for entry in strays[:MOST_TOLD]:
        typed = " ".join(filter(None, (entry.verdict, entry.adjusted, entry.reason)))
        known = f"是“{entry.indicator}”，评分结果中没有" if entry.indicator else "不在了"
        yield problem("E623", _place(book, entry, "verdict"), row=entry.row, found=typed[:_QUOTED], known=known)
    yield from more_of_the_same(Place(book.project, "", book.file, book.sheet), len(strays), "E623")


def _total(lines: list[Line], rulebook: Rulebook) -> int | None:
    """The total of the reviewed scores; None while a row has none."""
    counted = [line for line in lines if line.row.state != State.NOT_APPLICABLE]
    own = [line.row.points for line in counted if line.row.indicator != EXECUTION]
    scores = [PENDING if line.final is None else line.final for line in counted]
    sections = [_section(line.row, rulebook) for line in counted]
    rows = [
        Counted(line.row.points, score, "" if section is None else section.id)
        for line, score, section in zip(counted, scores, sections, strict=True)
    ]
    way = way_of(rulebook, (row.section for row in rows), own)
    found = exactly(settled(way), sums_of(rows, way))
    return to_hundredths(found) if isinstance(found, Fraction) else None


def _section(row: PublishedRow, rulebook: Rulebook) -> Section | None:
    return None if row.indicator == EXECUTION else rulebook.section_for(row.level1)


def _bounds(row: PublishedRow, rulebook: Rulebook) -> tuple[int, int]:
    """Between which scores (hundredths) a reviewer may adjust a row: never above what it may earn or has earned."""
    section = _section(row, rulebook)
    if section is None or not section.extra:
        return 0, max(row.points, row.score or 0)
    return (0, section.points) if section.extra == "bonus" else (-section.points, 0)


def _line(row: PublishedRow, entry: TypedRow, book: ReviewBook, *, refused: bool) -> Line:
    verdict = entry.verdict if entry.verdict in _VERDICTS and row.state != State.NOT_APPLICABLE else ""
    adjusted = int(Decimal(entry.adjusted) * UNIT) if verdict == Verdict.ADJUSTED and not refused else None
    reviewer, day = ("", "") if entry.is_blank else (book.reviewer, book.day)
    return Line(row, verdict, adjusted, entry.reason, entry.reviewer or reviewer, entry.day or day, refused)


def _displaced(row: PublishedRow, entry: TypedRow) -> Iterator[Fault]:
    """An opinion beside the name of another row: hidden ids stay when visible cells are sorted or pasted."""
    if entry.is_blank or not row.printed or entry.printed is None:
        return
    found, own = normalise(entry.printed), normalise(row.printed)
    if not found or (found not in own and own not in found):  # a note behind it does no harm
        yield "E624", "name", {"row": entry.row, "found": entry.printed[:_QUOTED], "own": row.printed[:_QUOTED]}


def _faults(row: PublishedRow, entry: TypedRow, bounds: tuple[int, int], rounding: Rounding) -> Iterator[Fault]:
    (least, most), verdict, adjusted = bounds, entry.verdict, entry.adjusted
    if row.state == State.NOT_APPLICABLE:
        if verdict or adjusted:
            yield "E616", "verdict", {}
        return
    if verdict and verdict not in _VERDICTS:
        yield "E611", "verdict", {"found": verdict}
        return
    if adjusted and verdict != Verdict.ADJUSTED:
        yield "E612", "adjusted", {"found": adjusted, "verdict": verdict or "空的"}
    if verdict in _DISAGREES and says_nothing(entry.reason):
        yield "E613", "reason", {"verdict": verdict}
    if verdict == Verdict.ADJUSTED:
        hundredths = Decimal(adjusted) * UNIT if _NUMBER.fullmatch(adjusted) else None
        if not adjusted:
            yield "E614", "adjusted", {}
        elif hundredths is None or hundredths % rounding.step or not least <= hundredths <= most:
            ends = {"least": f"{in_points(least)}", "points": rounding.show(most)}
            yield "E615", "adjusted", {"found": adjusted, **ends, "finest": rounding.finest}
        elif hundredths == row.score:
            yield "I611", "adjusted", {"found": adjusted}


def _on_the_whole(
    book: ReviewBook, scored: PublishedProject, lines: list[Line], rounding: Rounding
) -> Iterator[Problem]:
    """What concerns the project as a whole, and self-scores that the sheet shows otherwise than they are published."""
    place = Place(book.project, "", book.file, book.sheet, book.verdict_cell)
    if book.verdict and book.verdict not in _VERDICTS:
        yield problem("E611", place, found=book.verdict)
    changed = sum(line.verdict in _DISAGREES for line in lines)
    if book.verdict == Verdict.ACCEPTED and changed:
        yield problem("W611", place, count=changed)
    if book.fingerprint != scored.fingerprint:
        yield problem("W612", place.at(cell=""))
        return
    published = {row.indicator: row.score for row in scored.rows if row.score is not None}
    for entry in book.entries:
        score = published.get(entry.indicator)
        if score is not None and _NUMBER.fullmatch(entry.own) and Decimal(entry.own) * UNIT != score:
            yield problem("W614", _place(book, entry, "score"), found=entry.own, score=rounding.show(score))


def _place(book: ReviewBook, entry: TypedRow, column: str) -> Place:
    cell = f"{book.columns[column]}{entry.row}" if column in book.columns and entry.row else ""
    return Place(book.project, entry.indicator, book.file, book.sheet, cell)
