"""A day: when something was done."""

from __future__ import annotations

import datetime as dt

from selfeval.domain.expression.tree import Expression, all_of, any_of, floor, is_number, negated, when
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.formats import MADE_FOR_DAYS, as_made, shows_day
from selfeval.domain.needs.need import Input, Need, SelfCheck, one_cell
from selfeval.domain.needs.selfcheck import (
    DOUBTFUL,
    NOT_DATE,
    TO_READ,
    UNSCORED,
    Said,
    holds_any,
    holds_number,
    no_number,
    typed,
)
from selfeval.domain.reading.actuals import YEARS_AROUND, Answer, read_date
from selfeval.domain.reading.period import excel_day, from_excel_day, in_chinese
from selfeval.domain.reported import Cell


def _doubt(value: float, asked: Asked) -> tuple[str, dict[str, str]] | None:
    day = from_excel_day(value)
    return ("W403", {"found": in_chinese(day), "year": str(asked.year)}) if day.year < asked.year else None


_TYPED = typed("actual")


def _value(asked: Asked) -> Expression:
    """A whole day near enough to the year."""
    first, after = dt.date(asked.year - YEARS_AROUND, 1, 1), dt.date(asked.year + YEARS_AROUND + 1, 1, 1)
    day = _TYPED
    near = all_of(day >= excel_day(first), day < excel_day(after), floor(day).equals(day))
    near = all_of(near, any_of(as_made(day, MADE_FOR_DAYS), shows_day(day)))
    return when(is_number(day), when(near, day, ""), "")


def _read(asked: Asked, cell: Cell) -> Answer:
    return read_date(cell.text, cell.data_type, asked.year, asked.words, asked.value, f"{asked.name}{asked.target}")


_FIRST_DAY, _LAST_DAY = 19_000_101, 21_000_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_OF_DAYS = "年月日底末旬季"


def _said(_asked: Asked) -> tuple[Said, ...]:
    readable = any_of(holds_number(_TYPED), holds_any(_TYPED, _OF_DAYS))
    # 20231020 and 2023.12 are days that only the scoring reads
    digits = all_of(_TYPED >= _FIRST_DAY, _TYPED < _LAST_DAY, floor(_TYPED).equals(_TYPED))
    month = all_of(_TYPED > _FIRST_YEAR, _TYPED < _LAST_YEAR, negated(floor(_TYPED).equals(_TYPED)))
    return (
        *no_number(_TYPED, NOT_DATE, readable=readable),
        (UNSCORED, when(any_of(digits, month), TO_READ, DOUBTFUL)),
    )


def _example(asked: Asked) -> str:
    return f"{asked.year}-12-20"


DAY = Need(
    "date",
    "实际完成日期",
    one_cell("actual", _read),
    hint=lambda asked: f"填日期\n如{_example(asked)}",
    example=lambda asked, _level: _example(asked),
    entry=lambda asked, item: Input("date", example=_example(asked)) if item == "actual" else None,
    doubt=_doubt,
    check=SelfCheck(_value, _said),
)
