"""What a cell may hold, and the two kinds of numbers that expressions are calculated in."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_UP
from fractions import Fraction
from typing import Any, Protocol, TypeAlias, TypeGuard

from selfeval.domain.expression.tree import Name, Span
from selfeval.domain.expression.worksheet import GUARD
from selfeval.domain.rounding import fraction, half_up, sheet_round


@dataclass(frozen=True)
class ErrorValue:
    """An error value such as #DIV/0!."""

    text: str


DIVISION, MISMATCH, ABSENT = ErrorValue("#DIV/0!"), ErrorValue("#VALUE!"), ErrorValue("#N/A")
NO_NUMBER, NO_REFERENCE = ErrorValue("#NUM!"), ErrorValue("#REF!")

_DIGIT = 1e-13
"""Two numbers that share 15 digits lie closer together than this share of them."""

Number: TypeAlias = Fraction | float
Value: TypeAlias = Fraction | float | str | bool | ErrorValue | None
"""What a cell holds; None when it is blank."""

Given: TypeAlias = Value | Sequence[Value]
"""What a name stands for; a list where a list is meant."""


class Cells(Protocol):
    """Where the values of names come from; unless said otherwise, names have no row and nothing between them."""

    def value(self, key: Hashable) -> Given:
        """What a name holds."""

    def between(self, first: Hashable, last: Hashable) -> Sequence[Value]:
        """The cells from one name to another, their numbers of the arithmetic that is at work."""
        raise KeyError((first, last))

    def once(self, list_of: Hashable, make: Callable[[], Sequence[Value]]) -> Sequence[Value]:  # noqa: ARG002
        """A list that may be kept for those who ask for it next."""
        return make()

    def grouped(
        self,
        lists: Sequence[Sequence[Value]],  # noqa: ARG002
        tested: int,  # noqa: ARG002
        make: Callable[[], Mapping[tuple[Value, ...], Value]],
    ) -> Mapping[tuple[Value, ...], Value]:
        """What was made of lists, the first of them to be ``tested``; it may be kept as long as they are."""
        return make()

    def row(self, key: Hashable) -> int:
        """The number of the row of a cell, from 1."""
        raise KeyError(key)

    def number_format(self, key: Hashable) -> str:
        """The letter of the number format of a cell, as CELL has it."""
        raise KeyError(key)


class Loose(Cells):
    """Names with their values, for expressions that stand in no sheet. Raises KeyError for a name not given."""

    def __init__(self, values: Mapping[Hashable, Given]) -> None:
        self._values = values

    def value(self, key: Hashable) -> Given:
        """What was given."""
        return self._values[key]


class Renamed(Cells):
    """Cells of which some are known by other names. No list is kept: one expression names other cells elsewhere."""

    def __init__(self, cells: Cells, names: Mapping[Hashable, Name | Span]) -> None:
        self._cells = cells
        self._names = names

    def value(self, key: Hashable) -> Given:
        """What the cell behind the name holds; of a span, a list."""
        target = self._names.get(key)
        if type(target) is Span:
            return self._cells.between(target.first.key, target.last.key)
        return self._cells.value(key if target is None else target.key)  # type: ignore[union-attr]  # a name

    def between(self, first: Hashable, last: Hashable) -> Sequence[Value]:
        """The cells from one to another, under their own names."""
        return self._cells.between(first, last)

    def grouped(
        self, lists: Sequence[Sequence[Value]], tested: int, make: Callable[[], Mapping[tuple[Value, ...], Value]]
    ) -> Mapping[tuple[Value, ...], Value]:
        """What was made of lists, whatever they are called here."""
        return self._cells.grouped(lists, tested, make)

    def row(self, key: Hashable) -> int:
        """The number of the row of the cell behind the name."""
        target = self._names.get(key)
        return self._cells.row(target.key if isinstance(target, Name) else key)

    def number_format(self, key: Hashable) -> str:
        """The letter of the number format of the cell behind the name."""
        target = self._names.get(key)
        return self._cells.number_format(target.key if isinstance(target, Name) else key)


class ExactNumbers:
    """Fractions, without noise. A float counts as the decimal it shows."""

    kind: type[Number] = Fraction

    def number(self, value: Number | int) -> Number:
        """The number, exactly."""
        if isinstance(value, Fraction):
            return value
        return fraction(value) if isinstance(value, float) else Fraction(value)

    def agree(self, left: Number, right: Number) -> bool:
        """Equal is equal."""
        return left == right

    def compares(self, left: Any, right: Any) -> bool:  # noqa: ANN401, ARG002 (of ``kind``, both)
        """Whether Python compares them alike."""
        return True

    def steady(self, value: Number, places: int) -> Number:  # noqa: ARG002 (exact numbers have no noise)
        """The number itself."""
        return value

    def rounded(self, value: Number, places: int) -> Number:
        """Rounded once."""
        size = Fraction(half_up(abs(self.number(value)) * 10**places), 10**places)
        return -size if value < 0 else size

    def cut(self, value: Number, places: int, *, up: bool) -> Number:
        """Away from zero (``up``) or towards it."""
        scaled = abs(self.number(value)) * 10**places
        size = Fraction(math.ceil(scaled) if up else math.floor(scaled), 10**places)
        return -size if value < 0 else size

    def total(self, values: Sequence[Number]) -> Number:
        """The exact sum."""
        return sum(values, Fraction(0))


class SheetNumbers:
    """Floats, of which spreadsheets compare and round the first 15 digits."""

    kind: type[Number] = float

    def number(self, value: Number | int) -> Number:
        """The nearest float."""
        return float(value)

    def agree(self, left: Number, right: Number) -> bool:
        """Equal in 15 digits."""
        return left == right or (
            abs(float(left) - float(right)) <= abs(float(left)) * _DIGIT and f"{left:.15g}" == f"{right:.15g}"
        )

    def compares(self, left: Any, right: Any) -> bool:  # noqa: ANN401 (of ``kind``, both)
        """Whether Python compares them alike: equal, or so far apart that their 15 digits cannot be."""
        return bool(left == right or abs(left - right) > abs(left) * _DIGIT)

    def steady(self, value: Number, places: int) -> Number:
        """ROUND."""
        return sheet_round(float(value), places)

    def rounded(self, value: Number, places: int) -> Number:
        """ROUND of ROUND, as the formula has it."""
        return sheet_round(sheet_round(float(value), GUARD), places)

    def cut(self, value: Number, places: int, *, up: bool) -> Number:
        """ROUNDUP or ROUNDDOWN of ROUND."""
        return sheet_round(sheet_round(float(value), GUARD), places, ROUND_UP if up else ROUND_DOWN)

    def total(self, values: Sequence[Number]) -> Number:
        """The sum of floats."""
        return math.fsum(values)


EXACT, SHEET = ExactNumbers(), SheetNumbers()
Arithmetic: TypeAlias = ExactNumbers | SheetNumbers


def is_number(value: Given) -> TypeGuard[Number]:
    """Whether a cell holds a number (a truth value is none)."""
    # asked millions of times: whether something is a Fraction takes several times as long as what its type is
    return isinstance(value, float) or type(value) is Fraction


def as_text(value: Value) -> str:
    """A value joined to a text: a number with at most 15 digits and no needless point."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{float(value):.15g}" if is_number(value) else str(value or "")
