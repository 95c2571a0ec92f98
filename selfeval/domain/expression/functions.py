"""The functions of spreadsheets that expressions use, over values in either arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import eq, ge, gt, le, lt, ne
from typing import Any, TypeAlias

from selfeval.domain.expression.values import (
    ABSENT,
    DIVISION,
    MISMATCH,
    NO_NUMBER,
    NO_REFERENCE,
    Arithmetic,
    ErrorValue,
    Number,
    Value,
    as_text,
    is_number,
)
from selfeval.domain.reading.period import from_excel_day, in_chinese
from selfeval.domain.rounding import sheet_round

Lists: TypeAlias = Sequence[Sequence[Value]]

COMPARISON: dict[str, Callable[[Any, Any], Any]] = {"=": eq, "<>": ne, "<": lt, "<=": le, ">": gt, ">=": ge}

DAY_PATTERN = 'yyyy"年"m"月"d"日"'
"""How days are shown, in cells and by TEXT, as ``in_chinese`` writes them."""


def as_shown(number: Number, pattern: str) -> str:
    """TEXT with a day, or with so many zeros after the point: the patterns in use."""
    if pattern == DAY_PATTERN:
        return in_chinese(from_excel_day(float(number)))
    places = len(pattern.partition(".")[2])
    return f"{sheet_round(float(number), places):.{places}f}"


def _numbers(groups: Lists) -> list[Number] | ErrorValue:
    """The numbers of lists, in order; an error among them is the result."""
    numbers: list[Number] = []
    for group in groups:
        for value in group:
            if is_number(value):
                numbers.append(value)
            elif isinstance(value, ErrorValue):
                return value
    return numbers


def _of_numbers(reduce: Callable[[Arithmetic, list[Number]], Value]) -> Callable[[Arithmetic, Lists], Value]:
    def of(how: Arithmetic, groups: Lists) -> Value:
        numbers = _numbers(groups)
        return numbers if isinstance(numbers, ErrorValue) else reduce(how, numbers)

    return of


def _total_where(how: Arithmetic, groups: Lists) -> Value:
    tested, (wanted,), summed = groups
    pairs = zip(tested, summed, strict=True)
    return how.total([number for value, number in pairs if value == wanted and is_number(number)])


def _sum_product(how: Arithmetic, groups: Lists) -> Value:
    for group in groups:
        for value in group:
            if isinstance(value, ErrorValue):
                return value
    zero = how.number(0)
    columns = [[value if is_number(value) else zero for value in group] for group in groups]
    first, *others = columns
    for column in others:
        first = [product * value for product, value in zip(first, column, strict=True)]
    return how.total(first)


def _position(how: Arithmetic, groups: Lists) -> Value:
    (wanted,), values, _ = groups
    return how.number(list(values).index(wanted) + 1) if wanted in values else ABSENT


def _kth(*, largest: bool) -> Callable[[Arithmetic, Lists], Value]:
    def of(how: Arithmetic, groups: Lists) -> Value:  # noqa: ARG001 (numbers as they are)
        numbers, (place,) = _numbers(groups[:1]), groups[1]
        if isinstance(numbers, ErrorValue):
            return numbers
        at = int(place) if is_number(place) else 0
        return sorted(numbers, reverse=largest)[at - 1] if 0 < at <= len(numbers) else NO_NUMBER

    return of


def _item(how: Arithmetic, groups: Lists) -> Value:  # noqa: ARG001
    values, (place,) = groups
    at = int(place) if is_number(place) else 0
    return values[at - 1] if 0 < at <= len(values) else NO_REFERENCE


def bounds(word: Value) -> tuple[Callable[[Any, Any], Any], float] | None:
    """What COUNTIFS reads a word such as >=60 as: how to compare, and with what; None for a word that must stand."""
    if not isinstance(word, str):
        return None
    sign = word.rstrip("-.0123456789")
    return (COMPARISON[sign], float(word[len(sign) :])) if sign in COMPARISON and sign != word else None


def alike(value: Value) -> Value:
    """A value as COUNTIFS compares it: small and capital letters are the same."""
    return value.lower() if isinstance(value, str) else value


OF_LISTS: dict[str, Callable[[Arithmetic, Lists], Value]] = {
    "SUM": _of_numbers(lambda how, numbers: how.total(numbers)),
    "COUNT": lambda how, groups: how.number(sum(is_number(value) for group in groups for value in group)),
    "COUNTIF": lambda how, groups: how.number(list(groups[0]).count(groups[1][0])),
    "SUMIF": _total_where,
    "AVERAGE": _of_numbers(lambda how, numbers: how.total(numbers) / how.number(len(numbers)) if numbers else DIVISION),
    "MAX": _of_numbers(lambda how, numbers: max(numbers) if numbers else how.number(0)),
    "MIN": _of_numbers(lambda how, numbers: min(numbers) if numbers else how.number(0)),
    "MATCH": _position,
    "SMALL": _kth(largest=False),
    "LARGE": _kth(largest=True),
    "INDEX": _item,
    "ROWS": lambda how, groups: how.number(len(groups[0])),
    "SUMPRODUCT": _sum_product,
}
"""Functions of lists."""

OF_CALCULATED_LISTS = {"SUMPRODUCT"}
"""Those that take a calculation with lists, cell by cell; for the others, a calculation gives one value."""

OF_WORDS = {"COUNTIFS": 0, "SUMIFS": 1}
"""Functions of lists and the words that must stand in them, and how many lists come before these."""

OF_ANYTHING: dict[str, Callable[..., Value]] = {
    "ISNUMBER": is_number,
    "ISERROR": lambda value: isinstance(value, ErrorValue),
    "IF": lambda test, value, otherwise: test if isinstance(test, ErrorValue) else value if test else otherwise,
    "IFERROR": lambda value, otherwise: otherwise if isinstance(value, ErrorValue) else value,
    "NA": lambda: ABSENT,
}
"""Functions that take an error for a value like any other; of IF, where both branches are at hand."""

OF_VALUES: dict[str, Callable[..., Value]] = {
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "NOT": lambda value: not value,
    "FIND": lambda part, text: float(as_text(text).find(as_text(part)) + 1) or MISMATCH,
    "SUBSTITUTE": lambda text, old, new: as_text(text).replace(as_text(old), as_text(new)),
    "HYPERLINK": lambda _place, text: text,
    "TRIM": lambda value: " ".join(part for part in as_text(value).split(" ") if part),
}
"""Functions of values of which none may be an error."""
