"""The live cells of 复核意见 over names: what counts after the review, what is still missing, and the deviation."""

from __future__ import annotations

from functools import cache

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Operand,
    all_of,
    any_of,
    cases,
    is_number,
    joined,
    negated,
    steady,
    trimmed,
    when,
)
from selfeval.domain.measures.measure import POINTS
from selfeval.domain.needs.selfcheck import no_reason
from selfeval.domain.reviewing.review import Verdict, deviation
from selfeval.domain.rounding import PLACES
from selfeval.domain.rulebook import USUAL, Rounding
from selfeval.workbooks.conventions import DASH

VERDICT, ADJUSTED, REASON, OWN_SCORE = Name("verdict"), Name("adjusted"), Name("reason"), Name("own_score")
NAMES = {VERDICT: "verdict", ADJUSTED: "adjusted", REASON: "reason", POINTS: "points", OWN_SCORE: "score"}
"""The columns of what a reviewer typed in a row, of its points and its self-score."""

OWN, REVIEWED = Name("own"), Name("reviewed")
"""自评总分 and 复核总分."""

DEVIATION_PLACES = 6

_TOLD = negated(no_reason(REASON))
_IS_ADJUSTED = VERDICT.equals(Verdict.ADJUSTED.value)
_NO_REASON = when(no_reason(REASON), "请写理由", "")
_STRAY = when(trimmed(ADJUSTED).differs(""), "改分请选调整", "")
_BLANK = all_of(VERDICT.equals(""), joined(trimmed(ADJUSTED), trimmed(REASON)).equals(""))


def _fine(rounding: Rounding) -> Expression:
    return steady(ADJUSTED, rounding.places).equals(ADJUSTED)


@cache
def final_score(least: Operand = 0, most: Operand = POINTS, rounding: Rounding = USUAL) -> Expression:
    """The score that counts: the adjusted one where ``selfeval review`` would accept it, else the self-score."""
    usable = all_of(ADJUSTED >= least, ADJUSTED <= most, _fine(rounding), _TOLD)  # noqa: SIM300
    return when(_IS_ADJUSTED, when(is_number(ADJUSTED), when(usable, ADJUSTED, OWN_SCORE), OWN_SCORE), OWN_SCORE)


@cache
def hint(least: Operand = 0, most: Operand = POINTS, rounding: Rounding = USUAL) -> Expression:
    """What is missing in a row that was begun, for which the self-score still counts; blank when nothing is."""
    outside = any_of(ADJUSTED < least, ADJUSTED > most)  # noqa: SIM300
    number = when(
        is_number(ADJUSTED), when(outside, "超出分值", when(_fine(rounding), "", rounding.finest)), "请填调整得分"
    )
    return cases(
        (_BLANK, ""),
        (VERDICT.equals(""), "请选复核意见"),
        (_IS_ADJUSTED, when(number.differs(""), number, _NO_REASON)),
        (VERDICT.equals(Verdict.RETURNED.value), when(_STRAY.differs(""), _STRAY, _NO_REASON)),
        otherwise=_STRAY,
    )


_BOTH = all_of(is_number(OWN), is_number(REVIEWED))

DIFFERENCE = when(_BOTH, steady(OWN - REVIEWED, PLACES), DASH)
"""自评总分 less 复核总分."""

DEVIATION = when(_BOTH, when(REVIEWED > 0, steady(deviation(OWN, REVIEWED), DEVIATION_PLACES), DASH), DASH)
"""自评复核偏差率 of a project; a dash where there is nothing to compare."""
