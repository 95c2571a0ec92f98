"""A score given by a person, with a reason."""

from __future__ import annotations

from selfeval.domain.expression.tree import ALWAYS, Expression, all_of, any_of, is_error, is_number, negated, when
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.needs import selfcheck
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.need import Input, Need, Outcome, SelfCheck, one_cell
from selfeval.domain.needs.selfcheck import VALUE, Said, typed
from selfeval.domain.reading.actuals import read_judgement
from selfeval.domain.rounding import fraction, in_points

NO_REASON_GIVEN = "E419"
"""The code of a judgement without a reason; its place is the reason's."""


def _settle(outcome: Outcome, points: int, reason: str) -> str:
    """A score within the points, and a reason for it."""
    if not 0 <= fraction(outcome.value) <= in_points(points):
        return "E418"
    return "" if reason else NO_REASON_GIVEN


_WRITTEN, _JUDGED = typed("actual"), typed("judged")


def _measured(measure: Expression) -> Expression:
    usable = all_of(VALUE >= 0, VALUE <= POINTS, negated(selfcheck.no_reason(typed("reason"))))
    return selfcheck.measured_number(when(usable, measure, ""))


def _said(_asked: Asked) -> tuple[Said, ...]:
    """A department writes what was done; whoever scores it writes a number and a reason."""
    unwritten = when(is_error(_WRITTEN), ALWAYS, selfcheck.blank(_WRITTEN))
    outside = when(is_number(VALUE), any_of(VALUE < 0, VALUE > POINTS), ALWAYS)
    unjudged = when(unwritten, selfcheck.BLANK, selfcheck.TO_JUDGE)
    readable = selfcheck.holds_number(_JUDGED)
    return *selfcheck.no_number(_JUDGED, nothing=unjudged, readable=readable), (outside, selfcheck.DOUBTFUL)


JUDGEMENT = Need(
    "judgement",
    "人工得分和理由",
    one_cell("judged", lambda _asked, cell: read_judgement(cell.text, cell.data_type, cell.number)),
    hint=lambda _asked: "写实际情况，由评分人员打分",
    example=lambda _asked, _level: "写明实际情况；“人工得分”由评分人员填，并在“偏差原因”里写明理由",
    entry=lambda _asked, item: {"actual": Input("text"), "judged": Input("number", "分")}.get(item),
    item="judged",
    settle=_settle,
    reasoned=True,
    by_hand=True,
    check=SelfCheck(lambda _asked: selfcheck.number_or_blank(_JUDGED), _said, _measured),
    how_scored=lambda _asked, points, rounding: (
        f"由评分人员按实际情况评定，满分{rounding.show(points)}分；请写明实际情况。"
    ),
)
