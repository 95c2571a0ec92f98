"""What the sheet 审核意见 says beside each row: points lost and why, and what looks wrong."""

from __future__ import annotations

from selfeval.domain.problems import Problem
from selfeval.domain.reading.quantity import SAYS_NOTHING
from selfeval.domain.rounding import show_points
from selfeval.domain.scored_case import ScoredCase, ScoredRow

LONGEST = 160
"""Characters shown of one reason or message: the whole stands in 评分依据 and 问题."""

_MOST = 6
"""Problems shown of one row."""


def doubts_of(scored: ScoredCase, row: ScoredRow) -> str:
    """The lines about one row; blank when there is nothing to say."""
    lost = 0 if row.score is None else row.points - row.score
    lines = [f"失 {show_points(lost)} 分：{_why(row)}"] if lost > 0 else []
    lines += _listed([one for one in scored.problems if one.place.indicator == row.indicator])
    return "\n".join(lines)


def general_doubts(scored: ScoredCase) -> str:
    """The lines about the project as a whole."""
    rows = {row.indicator for row in scored.rows}
    return "\n".join(_listed([one for one in scored.problems if one.place.indicator not in rows]))


def _why(row: ScoredRow) -> str:
    if row.is_execution:
        return _short(row.sentence)
    reason = row.reason.strip()
    return _short(reason) if reason and reason not in SAYS_NOTHING else "没有填写偏差原因"


def _listed(problems: list[Problem]) -> list[str]:
    lines = [f"{one.severity.value} {one.code}：{_short(one.message)}" for one in problems[:_MOST]]
    return [*lines, f"……另有 {len(problems) - _MOST} 条，见「问题」"] if len(problems) > _MOST else lines


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST]}……"
