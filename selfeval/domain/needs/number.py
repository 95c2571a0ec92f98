"""A number in the unit of the target."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression, steady, when
from selfeval.domain.needs.need import Asked, Input, Need, SelfCheck, one_cell
from selfeval.domain.needs.selfcheck import DOUBTFUL, UNSCORED, no_number, number_or_blank, typed
from selfeval.domain.reading.actuals import read_number
from selfeval.domain.reading.quantity import RATE, RATE_FROM, show_number
from selfeval.domain.rounding import SHARE_PLACES


def _hint(asked: Asked) -> str:
    if asked.small:
        return "填百分数，带百分号，如 0.3%"
    unit = f"\n单位：{asked.unit}" if asked.unit else ""
    return "填百分数，如 95%" if asked.unit == RATE else f"填数字{unit}"


def _example(asked: Asked, _level: str) -> str:
    if asked.small:
        return "0.3%，百分号要一起输入"
    unit = f"，单位是“{asked.unit}”，不写单位" if asked.unit else ""
    return f"95{RATE}（也可只输入 95）" if asked.unit == RATE else f"只填数字{unit}"


def _entry(asked: Asked, item: str) -> Input | None:
    if item != "actual":
        return None
    return Input("percent", RATE, small=asked.small) if asked.unit == RATE else Input("number", asked.unit)


def _doubt(value: float, _asked: Asked) -> tuple[str, dict[str, str]] | None:
    return ("W401", {"what": "实际完成值", "found": show_number(value)}) if value < 0 else None


_TYPED = typed("actual")


def _value(asked: Asked) -> Expression:
    """A rate in percent, whether it was typed as 95% or as 95."""
    in_percent = when(_TYPED >= RATE_FROM, _TYPED, steady(_TYPED * 100, SHARE_PLACES - 2))
    return number_or_blank(_TYPED, in_percent if asked.unit == RATE else _TYPED)


NUMBER = Need(
    "number",
    "实际完成值（数）",
    one_cell(
        "actual", lambda asked, cell: read_number(cell.text, cell.data_type, cell.number, asked.unit, asked.value)
    ),
    hint=_hint,
    example=_example,
    entry=_entry,
    doubt=_doubt,
    check=SelfCheck(_value, lambda _asked: (*no_number(_TYPED), (UNSCORED, DOUBTFUL))),
)
