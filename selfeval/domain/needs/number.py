"""A number in the unit of the target."""

from __future__ import annotations

from selfeval.domain.expression.tree import ALWAYS, NEVER, Expression, all_of, any_of, negated, steady, when
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.doubts import doubted, highest, in_steady_percent, lowest
from selfeval.domain.needs.formats import MADE_FOR_RATES, as_made, shows_day, shows_number, shows_percent
from selfeval.domain.needs.need import Input, InputKind, Need, Outcome, Report, SelfCheck, as_outcome
from selfeval.domain.needs.reported_number import read_number
from selfeval.domain.needs.selfcheck import (
    DOUBTFUL,
    TO_READ,
    UNSCORED,
    Said,
    holds_number,
    no_number,
    number_or_blank,
    typed,
)
from selfeval.domain.reading.quantity import RATE, RATE_FROM, RATES, show_number
from selfeval.domain.rounding import MONEY_PLACES


def _hint(asked: Asked) -> str:
    if asked.small:
        return "填百分数，带百分号，如0.3%"
    unit = f"\n单位：{asked.unit}" if asked.unit else ""
    return f"填百分数，如{_usual_rate(asked)}%" if asked.unit == RATE else f"填数字{unit}"


def _usual_rate(asked: Asked) -> str:
    """A rate near the target, for an example: the target itself."""
    return show_number(asked.value) if asked.value > 0 else "95"


def _example(asked: Asked, _level: str) -> str:
    if asked.small:
        return "0.3%，百分号要一起输入"
    unit = f"，单位是“{asked.unit}”，不写单位" if asked.unit else ""
    if asked.unit == RATE:
        rate = _usual_rate(asked)
        return f"{rate}{RATE}（也可只输入{rate}）" if float(rate) >= RATE_FROM else f"{rate}{RATE}，百分号要一起输入"
    return f"只填数字{unit}"


def _entry(asked: Asked, item: str) -> Input | None:
    if item != "actual":
        return None
    kind: InputKind = "percent" if asked.unit == RATE else "number"
    return Input(kind, asked.unit, small=asked.small, least=lowest(asked), most=highest(asked))


def _doubt(value: float, _asked: Asked) -> tuple[str, dict[str, str]] | None:
    return ("W401", {"what": "实际完成值", "found": show_number(value)}) if value < 0 else None


def _read(asked: Asked, report: Report) -> Outcome:
    cell = report.cell("actual")
    explained = bool(report.case.reason(report.indicator))
    answer = read_number(cell.text, cell.data_type, cell.number, asked, explained=explained)
    return as_outcome(answer, cell, "actual")


_TYPED = typed("actual")


def _value(asked: Asked) -> Expression:
    """The number in the unit of the target, unless it is in doubt; a rate in percent, typed as 95% or as 95."""
    meant = steady(_TYPED, MONEY_PLACES)
    bare = when(doubted(meant, asked, "bare"), "", meant)
    if asked.unit != RATE:
        # 0.2% in a cell for ‰ is 0.002 to a form, which the scoring tells from a bare 0.002
        typed_as_share = shows_percent(_TYPED) if asked.unit in RATES else NEVER
        nothing = _TYPED.equals(0) if asked.value == 0 and not asked.unit else NEVER  # 0% of nothing is nothing
        return number_or_blank(_TYPED, when(typed_as_share, "", bare), any_of(shows_number(_TYPED), nothing))
    made = as_made(_TYPED, MADE_FOR_RATES)
    rate = when(all_of(made, _TYPED >= RATE_FROM), _TYPED, in_steady_percent(_TYPED))
    percent = when(doubted(rate, asked, "percent"), "", rate)
    shared = any_of(made, shows_percent(_TYPED))
    return number_or_blank(_TYPED, when(shared, percent, bare), any_of(shared, negated(shows_day(_TYPED))))


def _said(asked: Asked) -> tuple[Said, ...]:
    share = shows_percent(_TYPED) if asked.unit in RATES - {RATE} else NEVER
    readable = ALWAYS if asked.value == 0 else holds_number(_TYPED)
    return (*no_number(_TYPED, readable=readable), (UNSCORED, when(share, TO_READ, DOUBTFUL)))


NUMBER = Need(
    "number",
    "实际完成值（数）",
    _read,
    hint=_hint,
    example=_example,
    entry=_entry,
    doubt=_doubt,
    check=SelfCheck(_value, _said),
)
