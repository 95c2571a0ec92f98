"""The functions of spreadsheets that expressions use, over values in either arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from selfeval.domain.expression.values import (
    ABSENT,
    DIVISION,
    Arithmetic,
    ErrorValue,
    Number,
    Value,
    as_text,
    is_number,
)
from selfeval.domain.reading.period import from_excel_day
from selfeval.domain.rounding import sheet_round

Lists: TypeAlias = Sequence[Sequence[Value]]

DAY_PATTERN = "yyyy-mm-dd"


def as_shown(number: Number, pattern: str) -> str:
    """TEXT with a day, or with so many zeros after the point: the patterns in use."""
    if pattern == DAY_PATTERN:
        return from_excel_day(float(number)).isoformat()
    places = len(pattern.partition(".")[2])
    return f"{sheet_round(float(number), places):.{places}f}"


def _numbers(groups: Lists) -> list[Number]:
    return [value for group in groups for value in group if is_number(value)]


def _fault(groups: Lists) -> ErrorValue | None:
    return next((value for group in groups for value in group if isinstance(value, ErrorValue)), None)


def _total(how: Arithmetic, groups: Lists) -> Value:
    return _fault(groups) or how.total(_numbers(groups))


def _mean(how: Arithmetic, groups: Lists) -> Value:
    numbers = _numbers(groups)
    fault = _fault(groups) if numbers else DIVISION
    return fault or how.total(numbers) / how.number(len(numbers))


def _largest(how: Arithmetic, groups: Lists) -> Value:
    return _fault(groups) or max(_numbers(groups), default=how.number(0))


def _smallest(how: Arithmetic, groups: Lists) -> Value:
    return _fault(groups) or min(_numbers(groups), default=how.number(0))


def _total_where(how: Arithmetic, groups: Lists) -> Value:
    tested, (wanted,), summed = groups
    pairs = zip(tested, summed, strict=True)
    return how.total(_numbers([[number for value, number in pairs if value == wanted]]))


def _sum_product(how: Arithmetic, groups: Lists) -> Value:
    products: list[Number] = []
    for row in zip(*groups, strict=True):
        product = how.number(1)
        for value in row:
            product = product * (value if is_number(value) else how.number(0))
        products.append(product)
    return _fault(groups) or how.total(products)


def _position(how: Arithmetic, groups: Lists) -> Value:
    (wanted,), values, _ = groups
    return how.number(list(values).index(wanted) + 1) if wanted in values else ABSENT


OF_LISTS: dict[str, Callable[[Arithmetic, Lists], Value]] = {
    "SUM": _total,
    "COUNT": lambda how, groups: how.number(len(_numbers(groups))),
    "COUNTIF": lambda how, groups: how.number(list(groups[0]).count(groups[1][0])),
    "SUMIF": _total_where,
    "AVERAGE": _mean,
    "MAX": _largest,
    "MIN": _smallest,
    "MATCH": _position,
    "ROWS": lambda how, groups: how.number(len(groups[0])),
    "SUMPRODUCT": _sum_product,
}
"""Functions of lists."""

OF_ANYTHING: dict[str, Callable[[list[Value]], Value]] = {
    "ISNUMBER": lambda values: is_number(values[0]),
    "ISERROR": lambda values: isinstance(values[0], ErrorValue),
    "IFERROR": lambda values: values[1] if isinstance(values[0], ErrorValue) else values[0],
    "NA": lambda _: ABSENT,
    "EXACT": lambda values: as_text(values[0]) == as_text(values[1]),
}
"""Functions that take an error for a value like any other."""

OF_TRUTH: dict[str, Callable[[list[Value]], Value]] = {
    "AND": all,
    "OR": any,
    "NOT": lambda values: not values[0],
}
"""Functions of truth values."""
