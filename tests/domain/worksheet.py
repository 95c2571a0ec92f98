"""A tiny calculator for the worksheet expressions that kinds and curves write: floats, as in a spreadsheet.

It knows the few functions of the house form, comparisons, the four operations, numbers, texts, and names of cells.
A name may hold a number, a text, None (a blank cell), or a list of these (a range).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

Scalar = float | str | bool | None
Cell = Scalar | list[Scalar]

_TOKEN = re.compile(
    r'\s*(?:(?P<number>\d+(?:\.\d+)?)|"(?P<text>[^"]*)"|(?P<name>[A-Z][A-Z0-9_]*)|(?P<sign><=|>=|<>|.))'
)


def calculate(formula: str, cells: Mapping[str, Cell]) -> Cell:
    """The value of an expression (without the leading =) over named cells."""
    reader = _Reader(formula, cells)
    value = reader.comparison()
    if reader.peek():
        raise ValueError(f"left over: {reader.peek()} in {formula}")
    return value


def _number(value: Cell) -> float:
    if isinstance(value, str | list):
        raise TypeError(f"#VALUE!: {value!r}")
    return 0.0 if value is None else float(value)


def _numbers(values: list[Cell]) -> list[float]:
    """What MAX, MIN and AVERAGE look at: in a range, texts and blanks are passed over."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found += [float(one) for one in value if isinstance(one, float | int) and not isinstance(one, bool)]
        else:
            found.append(_number(value))
    return found


def _round(number: float, places: int) -> float:
    shown = Decimal(repr(number))
    return float(shown.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class _Reader:
    """Recursive descent; every branch of IF is computed lazily, as a spreadsheet does."""

    def __init__(self, formula: str, cells: Mapping[str, Cell]) -> None:
        self._tokens = [(str(match.lastgroup), match[match.lastgroup or ""]) for match in _TOKEN.finditer(formula)]
        self._at = 0
        self._cells = cells
        self._live = True

    def peek(self) -> str:
        """The next token's text; blank at the end."""
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _next(self) -> tuple[str, str]:
        self._at += 1
        return self._tokens[self._at - 1]

    def _take(self, sign: str) -> None:
        _, found = self._next()
        if found != sign:
            raise ValueError(f"{found} instead of {sign}")

    def comparison(self) -> Cell:
        """sum [operator sum]."""
        left = self._sum()
        compare = {
            "<=": lambda a, b: a <= b,
            ">=": lambda a, b: a >= b,
            "<": lambda a, b: a < b,
            ">": lambda a, b: a > b,
            "=": lambda a, b: a == b,
        }
        if self.peek() not in compare:
            return left
        _, sign = self._next()
        right = self._sum()
        if not self._live:
            return False
        if isinstance(left, str) or isinstance(right, str):
            return bool(compare[sign](str(left or ""), str(right or "")))
        return bool(compare[sign](_number(left), _number(right)))

    def _sum(self) -> Cell:
        value = self._product()
        while self.peek() in {"+", "-"}:
            _, sign = self._next()
            other = self._product()
            if self._live:
                value = _number(value) + (_number(other) if sign == "+" else -_number(other))
        return value

    def _product(self) -> Cell:
        value = self._atom()
        while self.peek() in {"*", "/"}:
            _, sign = self._next()
            other = self._atom()
            if self._live:
                value = _number(value) * _number(other) if sign == "*" else _number(value) / _number(other)
        return value

    def _atom(self) -> Cell:
        what, found = self._next()
        if what == "number":
            return float(found)
        if what == "text":
            return found
        if what == "name" and self.peek() == "(":
            return self._call(found)
        if what == "name":
            return self._cells[found]
        if found == "-":
            value = self._atom()
            return -_number(value) if self._live else 0.0
        if found != "(":
            raise ValueError(f"unexpected {found}")
        value = self.comparison()
        self._take(")")
        return value

    def _call(self, name: str) -> Cell:
        self._take("(")
        if name == "IF":
            return self._if()
        values = [self.comparison()]
        while self.peek() == ",":
            self._take(",")
            values.append(self.comparison())
        self._take(")")
        functions: dict[str, Callable[[], Cell]] = {
            "MAX": lambda: max(_numbers(values)),
            "MIN": lambda: min(_numbers(values)),
            "AND": lambda: all(bool(one) for one in values),
            "ROUND": lambda: _round(_number(values[0]), int(_number(values[1]))),
            "ROUNDUP": lambda: float(math.ceil(_number(values[0]))),
            "ROUNDDOWN": lambda: float(math.floor(_number(values[0]))),
            "ABS": lambda: abs(_number(values[0])),
            "ISNUMBER": lambda: isinstance(values[0], float | int) and not isinstance(values[0], bool),
            "AVERAGE": lambda: sum(_numbers(values)) / len(_numbers(values)),
        }
        return functions[name]() if self._live else 0.0

    def _if(self) -> Cell:
        test = bool(self.comparison())
        self._take(",")
        yes = self._branch(live=test)
        self._take(",")
        no = self._branch(live=not test)
        self._take(")")
        return yes if test else no

    def _branch(self, *, live: bool) -> Cell:
        outer = self._live
        self._live = outer and live
        value = self.comparison()
        self._live = outer
        return value
