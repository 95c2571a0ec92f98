"""Results of a form's formulas, as Excel, WPS and LibreOffice calculate them: floats, blanks, texts, errors."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from selfeval.domain.rounding import sheet_round
from selfeval.forms.calculation.formulas import Call, Literal, Node, Operation, Range, Reference, parse


@dataclass(frozen=True)
class ErrorValue:
    """An error value such as #DIV/0!."""

    text: str


Result = float | str | bool | ErrorValue | None
"""What a cell holds; None when it is blank."""

Place = tuple[str, str]
"""A cell by the ids of its row and column."""

_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_COMPARISON: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    ">": lambda order: order > 0,
    "<=": lambda order: order <= 0,
    ">=": lambda order: order >= 0,
}


class Calculator:
    """The cells of one form: constants and formulas by place. ``rows`` names every row of the sheet, from the first."""

    def __init__(self, rows: Sequence[str], constants: Mapping[Place, Result], formulas: Mapping[Place, str]) -> None:
        self._order = {row: at for at, row in enumerate(rows)}
        self._rows = tuple(rows)
        self._constants = constants
        self._formulas = formulas
        self._known: dict[Place, Result] = {}

    def result(self, place: Place) -> Result:
        """What the cell shows."""
        if place not in self._known:
            formula = self._formulas.get(place)
            self._known[place] = self._constants.get(place) if formula is None else self._value(parse(formula))
        return self._known[place]

    def _value(self, node: Node) -> Result:
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Reference):
            return self.result((node.row, node.column))
        if isinstance(node, Range):
            raise TypeError(f"a range where one value is wanted: {node}")
        if isinstance(node, Call):
            return self._call(node)
        return self._operation(node)

    def _operation(self, node: Operation) -> Result:
        left, right = self._value(node.left), self._value(node.right)
        for one in (left, right):
            if isinstance(one, ErrorValue):
                return one
        if node.sign in _COMPARISON:
            return _COMPARISON[node.sign](_order(left, right))
        if node.sign == "&":
            return as_text(left) + as_text(right)
        a, b = _number(left), _number(right)
        if isinstance(a, ErrorValue) or isinstance(b, ErrorValue):
            return ErrorValue("#VALUE!")
        return ErrorValue("#DIV/0!") if node.sign == "/" and b == 0 else _ARITHMETIC[node.sign](a, b)

    def _call(self, node: Call) -> Result:
        if node.name == "IF":
            test = self._value(node.arguments[0])
            if isinstance(test, ErrorValue):
                return test
            return self._value(node.arguments[1 if test else 2])
        if node.name == "ROW" and isinstance(node.arguments[0], Reference):
            return float(self._order[node.arguments[0].row] + 1)
        if node.name in _OF_RANGES:
            return _OF_RANGES[node.name]([self._values(one) for one in node.arguments])
        values = [self._value(one) for one in node.arguments]
        if node.name in _OF_ANYTHING:
            return _OF_ANYTHING[node.name](values)
        fault = next((one for one in values if isinstance(one, ErrorValue)), None)
        return fault or _OF_VALUES[node.name](values)

    def _values(self, node: Node) -> list[Result]:
        if not isinstance(node, Range):
            return [self._value(node)]
        first, last = self._order[node.first.row], self._order[node.last.row]
        return [self.result((row, node.first.column)) for row in self._rows[first : last + 1]]


def as_text(value: Result) -> str:
    """A value joined to a text: whole numbers without a point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else str(value or "")


def _number(value: Result) -> float | ErrorValue:
    if isinstance(value, str | ErrorValue):
        return ErrorValue("#VALUE!")
    return 0.0 if value is None else float(value)


def _order(left: Result, right: Result) -> int:
    """Numbers come before texts, texts before truth values; a blank is 0 or no text, as its partner wants."""
    left, right = _filled(left, right), _filled(right, left)
    ranks = [2 if isinstance(one, bool) else 1 if isinstance(one, str) else 0 for one in (left, right)]
    if ranks[0] != ranks[1]:
        return ranks[0] - ranks[1]
    if isinstance(left, str):
        left, right = left.lower(), str(right).lower()
    # a spreadsheet takes numbers that agree in 15 digits for equal
    if isinstance(left, float) and isinstance(right, float) and f"{left:.15g}" == f"{right:.15g}":
        return 0
    return (left > right) - (left < right)  # type: ignore[operator]  # both are of one kind here


def _filled(value: Result, partner: Result) -> Result:
    if value is not None:
        return value
    return "" if isinstance(partner, str) else False if isinstance(partner, bool) else 0.0


def _numbers(groups: list[list[Result]]) -> list[float]:
    return [float(one) for group in groups for one in group if _is_number(one) and isinstance(one, float)]


def _is_number(value: Result) -> bool:
    return isinstance(value, float) and not isinstance(value, bool)


def _rounded(values: list[Result]) -> Result:
    number, places = (_number(one) for one in values)
    if isinstance(number, ErrorValue) or isinstance(places, ErrorValue):
        return ErrorValue("#VALUE!")
    return sheet_round(number, int(places))


def _whole(values: list[Result], how: Callable[[float], int]) -> Result:
    """ROUNDUP and ROUNDDOWN to a whole number."""
    number = _number(values[0])
    return number if isinstance(number, ErrorValue) else float(how(abs(number))) * (-1 if number < 0 else 1)


def _mean(groups: list[list[Result]]) -> Result:
    numbers = _numbers(groups)
    return math.fsum(numbers) / len(numbers) if numbers else ErrorValue("#DIV/0!")


def _sum_if(groups: list[list[Result]]) -> Result:
    tested, (wanted,), summed = groups
    pairs = zip(tested, summed, strict=True)
    return math.fsum(float(two) for one, two in pairs if one == wanted and isinstance(two, float))


def _match(groups: list[list[Result]]) -> Result:
    (wanted,), values, _ = groups
    return float(values.index(wanted) + 1) if wanted in values else ErrorValue("#N/A")


def _simple(how: Callable[[float], float]) -> Callable[[list[Result]], Result]:
    def apply(values: list[Result]) -> Result:
        number = _number(values[0])
        return number if isinstance(number, ErrorValue) else float(how(number))

    return apply


_OF_RANGES: dict[str, Callable[[list[list[Result]]], Result]] = {
    "SUM": lambda groups: math.fsum(_numbers(groups)),
    "COUNT": lambda groups: float(len(_numbers(groups))),
    "COUNTIF": lambda groups: float(groups[0].count(groups[1][0])),
    "SUMIF": _sum_if,
    "AVERAGE": _mean,
    "MAX": lambda groups: max(_numbers(groups), default=0.0),
    "MIN": lambda groups: min(_numbers(groups), default=0.0),
    "MATCH": _match,
}
_OF_ANYTHING: dict[str, Callable[[list[Result]], Result]] = {
    "ISNUMBER": lambda values: _is_number(values[0]),
    "ISERROR": lambda values: isinstance(values[0], ErrorValue),
    "IFERROR": lambda values: values[1] if isinstance(values[0], ErrorValue) else values[0],
    "NA": lambda _: ErrorValue("#N/A"),
}
_OF_VALUES: dict[str, Callable[[list[Result]], Result]] = {
    "AND": all,
    "OR": any,
    "NOT": lambda values: not values[0],
    "ABS": _simple(abs),
    "INT": _simple(math.floor),
    "ROUND": _rounded,
    "ROUNDUP": lambda values: _whole(values, math.ceil),
    "ROUNDDOWN": lambda values: _whole(values, math.floor),
    "TRIM": lambda values: " ".join(part for part in as_text(values[0]).split(" ") if part),
    "TEXT": lambda values: f"{sheet_round(float(values[0] or 0), 2):.2f}",  # type: ignore[arg-type]  # only "0.00"
}
