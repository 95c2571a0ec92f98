"""定性: one of the rulebook's levels, optionally with a percentage inside the level's band."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression, all_of, cases, is_number, lift, when
from selfeval.domain.kind import Example, Kind
from selfeval.domain.measures.measure import LEVEL, PENDING, PERCENTAGE, Measure, RowTexts, Terms, by_id
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.rulebook import Level


def _share(terms: Terms) -> Expression:
    pairs = [(LEVEL.equals(level.label), _of_level(level)) for level in terms.levels]
    return cases(*pairs, otherwise=PENDING)


def _of_level(level: Level) -> Expression:
    below = level.high >= PERCENTAGE if level.high_included else level.high > PERCENTAGE
    given = when(all_of(level.low <= PERCENTAGE, below), PERCENTAGE, PENDING)
    return when(is_number(PERCENTAGE), given, lift(level.default))


def _sentence(row: RowTexts) -> str:
    if row.given:
        return f"完成档次为“{row.actual}”，填报比例{row.shown}在该档{row.target}之内"
    return f"完成档次为“{row.actual}”（该档{row.target}），未填比例，按该档默认比例{row.shown}计"


_LEVEL = Measure(
    "level",
    "填报的比例（须在所选档次之内）；未填比例的，按该档的默认比例",
    _share,
    _sentence,
    at_most_one=True,
    never_negative=True,
)

KIND = Kind(
    id="qualitative",
    label="定性",
    rank=7,
    need=LEVEL_PICKED,
    measures=by_id(_LEVEL),
    example=Example("效益指标", "社会效益指标", "公共服务水平", "有所提升"),
)
