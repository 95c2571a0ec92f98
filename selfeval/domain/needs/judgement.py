"""A score given by a person, with a reason."""

from __future__ import annotations

from selfeval.domain.expression.tree import (
    ALWAYS,
    Expression,
    all_of,
    any_of,
    is_error,
    is_number,
    negated,
    when,
)
from selfeval.domain.measures.measure import ACTUAL, POINTS
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report, SelfCheck
from selfeval.domain.needs.selfcheck import (
    BLANK,
    DOUBTFUL,
    NOT_NUMBER,
    TO_JUDGE,
    VALUE,
    Said,
    blank,
    measured_number,
    no_reason,
    number_or_blank,
    typed,
)
from selfeval.domain.reading.actuals import as_seen, read_judgement
from selfeval.domain.rounding import fraction, in_points, show_points


def _read(asked: Asked, report: Report) -> Read:
    del asked
    cell = report.cell("judged")
    answer = read_judgement(cell.text, cell.form, cell.number)
    shown = answer.shown or as_seen(cell)
    if answer.value is None:
        return Read(Outcome(shown=shown, cell=cell), answer.code, answer.facts, cell, "judged")
    inputs = {ACTUAL.key: fraction(answer.value)}
    return Read(Outcome(value=answer.value, shown=shown, cell=cell, inputs=inputs, said=(shown, "")), at=cell)


def _settle(outcome: Outcome, points: int, reason: str) -> str:
    """A score within the points, and a reason for it."""
    if not 0 <= fraction(outcome.value) <= in_points(points):
        return "E418"
    return "" if reason else "E419"


def _entry(asked: Asked, item: str) -> Entry | None:
    del asked
    return {"actual": Entry("text"), "judged": Entry("number", "分")}.get(item)


_WRITTEN, _JUDGED = typed("actual"), typed("judged")


def _measured(measure: Expression) -> Expression:
    usable = all_of(VALUE >= 0, VALUE <= POINTS, negated(no_reason(typed("reason"))))
    return measured_number(when(usable, measure, ""))


def _said(asked: Asked) -> tuple[Said, ...]:
    """A department writes what was done; whoever scores it writes a number and a reason."""
    del asked
    unwritten = when(is_error(_WRITTEN), ALWAYS, blank(_WRITTEN))
    outside = when(is_number(VALUE), any_of(VALUE < 0, VALUE > POINTS), ALWAYS)
    return (
        (is_error(_JUDGED), NOT_NUMBER),
        (blank(_JUDGED), when(unwritten, BLANK, TO_JUDGE)),
        (negated(is_number(_JUDGED)), NOT_NUMBER),
        (outside, DOUBTFUL),
    )


JUDGEMENT = Need(
    "judgement",
    _read,
    hint=lambda _asked: "写实际情况，由评分人打分",
    example=lambda _asked, _level: "写明实际情况；“人工得分”由评分人填，并在“偏差原因”里写明理由",
    entry=_entry,
    item="judged",
    settle=_settle,
    reasoned=True,
    check=SelfCheck(lambda _asked: number_or_blank(_JUDGED), _said, _measured),
    how_scored=lambda _asked, points: f"由评分人按实际情况评定，满分 {show_points(points)} 分；请写明实际情况。",
)
