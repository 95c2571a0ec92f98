"""定性: one of the rulebook's levels, optionally with a percentage inside the level's band."""

from __future__ import annotations

from selfeval.domain.curves import number
from selfeval.domain.kinds.kind import Cells, Inputs, Kind, Measure, Numbers, Told

ASK_TEXT = '"待补充"'


def _values(given: Inputs) -> Numbers:
    return given.actual


def _formula(at: Cells) -> str:
    text = ASK_TEXT
    for level in reversed(at.levels):
        below = "<=" if level.high_included else "<"
        inside = f"AND({at.percentage}>={number(level.low)},{at.percentage}{below}{number(level.high)})"
        chosen = f"IF(ISNUMBER({at.percentage}),IF({inside},{at.percentage},{ASK_TEXT}),{number(level.default)})"
        text = f'IF({at.actual}="{level.label}",{chosen},{text})'
    return text


def _sentence(told: Told) -> str:
    if told.given:
        return f"完成档次为「{told.actual}」，填报比例 {told.shown} 在该档 {told.target} 之内"
    return f"完成档次为「{told.actual}」（该档 {told.target}），未填比例，按规则默认的 {told.shown} 计"


QUALITATIVE = Kind(
    "qualitative",
    "定性",
    "level",
    {
        "level": Measure(
            "level",
            "填报的比例（须在所选档次之内）；未填比例的，按该档的默认比例",
            _values,
            _formula,
            _sentence,
        )
    },
)
