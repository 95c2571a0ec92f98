"""A score given by a person, with a reason."""

from __future__ import annotations

from selfeval.domain.measures.measure import ACTUAL
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report
from selfeval.domain.reading.actuals import as_seen, read_judgement
from selfeval.domain.rounding import fraction


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
    if not 0 <= fraction(outcome.value) * 100 <= points:
        return "E418"
    return "" if reason else "E419"


def _entry(asked: Asked, item: str) -> Entry | None:
    del asked
    return {"actual": Entry("text"), "judged": Entry("number", "分")}.get(item)


JUDGEMENT = Need(
    "judgement",
    _read,
    hint=lambda _asked: "写实际情况，由评分人打分",
    example=lambda _asked, _level: "写明实际情况；“人工得分”由评分人填，并在“偏差原因”里写明理由",
    entry=_entry,
    item="judged",
    settle=_settle,
    reasoned=True,
)
