"""A number in the unit of the target."""

from __future__ import annotations

from selfeval.domain.expression.tree import Expression, steady, when
from selfeval.domain.measures.measure import ACTUAL
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.need import Asked, Need, Outcome, Read, Report, SelfCheck
from selfeval.domain.needs.selfcheck import DOUBTFUL, PLACES, UNSCORED, no_number, number_or_blank, typed
from selfeval.domain.reading.actuals import as_seen, read_number
from selfeval.domain.reading.quantity import RATE, RATE_FROM, show_number
from selfeval.domain.rounding import fraction


def _read(asked: Asked, report: Report) -> Read:
    cell = report.cell("actual")
    answer = read_number(cell.text, cell.form, cell.number, asked.unit, asked.value)
    shown = answer.shown or as_seen(cell)
    if answer.value is None:
        return Read(Outcome(shown=shown, cell=cell), answer.code, answer.facts, cell)
    inputs = {ACTUAL.key: fraction(answer.value)}
    return Read(Outcome(value=answer.value, shown=shown, cell=cell, inputs=inputs), at=cell)


def _hint(asked: Asked) -> str:
    if asked.small:
        return "填百分数，带百分号，如 0.3%"
    unit = f"\n单位：{asked.unit}" if asked.unit else ""
    return "填百分数，如 95%" if asked.unit == RATE else f"填数字{unit}"


def _example(asked: Asked, level: str) -> str:
    del level
    if asked.small:
        return "0.3%，百分号要一起输入"
    unit = f"，单位是“{asked.unit}”，不写单位" if asked.unit else ""
    return f"95{RATE}（也可只输入 95）" if asked.unit == RATE else f"只填数字{unit}"


def _entry(asked: Asked, item: str) -> Entry | None:
    if item != "actual":
        return None
    return Entry("percent", RATE, small=asked.small) if asked.unit == RATE else Entry("number", asked.unit)


def _doubt(value: float, asked: Asked) -> tuple[str, dict[str, str]] | None:
    del asked
    return ("W401", {"what": "实际完成值", "found": show_number(value)}) if value < 0 else None


_TYPED = typed("actual")


def _value(asked: Asked) -> Expression:
    """A rate in percent, whether it was typed as 95% or as 95."""
    in_percent = when(_TYPED >= RATE_FROM, _TYPED, steady(_TYPED * 100, PLACES - 2))
    return number_or_blank(_TYPED, in_percent if asked.unit == RATE else _TYPED)


_CHECK = SelfCheck(_value, lambda _asked: (*no_number(_TYPED), (UNSCORED, DOUBTFUL)))

NUMBER = Need("number", _read, _hint, _example, _entry, doubt=_doubt, check=_CHECK)
