"""An expression as the text of a worksheet formula. Nobody else writes one, and ROUND is written only here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from selfeval.domain.expression.tree import Bound, Call, Expression, Literal, Name, Operation, Rounded, Span, Union

GUARD = 9
"""Places to which a sheet first rounds what it then rounds or cuts for good: floats are noise beyond the 15th digit."""

_TIGHTNESS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
_ATOM = 5
_OF_ONE_RANGE = ("COUNTIF", "SUMIF")
_ROUND = {"half": "ROUND", "steady": "ROUND", "up": "ROUNDUP", "down": "ROUNDDOWN"}
_GAP = "\0"

Address = Callable[[Hashable], str]
"""Where the cell of a name's key stands: B7, or '评分依据'!B7."""


def formula(expression: Expression, address: Address) -> str:
    """The formula of a cell, with its leading =. A span is written with absolute references, a single cell relative."""
    return "=" + text(expression, address)


def text(expression: Expression, address: Address) -> str:
    """The expression without a leading =."""
    return _written(expression, address)[0]


def _written(node: Expression, address: Address) -> tuple[str, int]:
    """The text of a node and how tightly it holds together."""
    if isinstance(node, Operation):
        level = _TIGHTNESS[node.sign]
        # a - (b + c) keeps its brackets, (a - b) + c does not need them
        return f"{_held(node.left, address, level)}{node.sign}{_held(node.right, address, level + 1)}", level
    if isinstance(node, Literal) and isinstance(node.value, Fraction):
        return _number(node.value)
    if isinstance(node, Bound):
        return _bound(node, address)
    if isinstance(node, Call) and node.function in _OF_ONE_RANGE and isinstance(node.arguments[0], Union):
        return "+".join(_atom(call, address) for call in _one_by_one(node)), _TIGHTNESS["+"]
    return _atom(node, address), _ATOM


class Gaps(NamedTuple):
    """The text of an expression with gaps for its names: what stands around them, and their keys one after the other.

    ``held`` says how tightly the text holds together.
    """

    parts: tuple[str, ...]
    keys: tuple[Hashable, ...]
    held: int


def gaps(expression: Expression) -> Gaps:
    """The text of an expression whose names stand for other names; made once, and kept with it. It has no spans."""
    kept = expression.ready
    if "gaps" not in kept:
        keys: list[Hashable] = []

        def gap(key: Hashable) -> str:
            keys.append(key)
            return _GAP

        written, held = _written(expression, gap)
        if f"${_GAP}" in written:
            raise TypeError(f"a span of its own in an expression for many rows: {expression}")
        kept["gaps"] = Gaps(tuple(written.split(_GAP)), tuple(keys), held)
    return kept["gaps"]  # type: ignore[no-any-return]  # the tree does not know what is kept with it


def _bound(node: Bound, address: Address) -> tuple[str, int]:
    (first, *others), names, held = gaps(node.inner)
    cells = (node.cells.get(key, Name(key)) for key in names)
    return first + "".join(_atom(cell, address) + part for cell, part in zip(cells, others, strict=True)), held


def _atom(node: Expression, address: Address) -> str:
    match node:
        case Literal(value):
            return quoted(str(value))
        case Name(key):
            return address(key)
        case Span(first, last):
            return _span(address(first.key), address(last.key))
        case Union(parts):
            return ",".join(text(part, address) for part in parts)
        case Call():
            return f"{node.function}({','.join([_written(argument, address)[0] for argument in node.arguments])})"
        case Rounded(number, digits, way):
            inner = text(number, address)
            return f"{_ROUND[way]}({inner if way == 'steady' else f'ROUND({inner},{GUARD})'},{digits})"
    raise TypeError(node)


def _one_by_one(node: Call) -> list[Call]:
    """Over several ranges, the sum of one call each; one cell is a range too, or not all programs count it."""
    tested, word, *summed = node.arguments
    ranges = [
        [Span(one, one) if isinstance(one, Name) else one for one in part.parts]
        for part in (tested, *summed)
        if isinstance(part, Union)
    ]
    return [Call(node.function, (part, word, *others)) for part, *others in zip(*ranges, strict=True)]


def _held(node: Expression, address: Address, level: int) -> str:
    written, tightness = _written(node, address)
    return written if tightness >= level else f"({written})"


def _span(first: str, last: str) -> str:
    """'评分依据'!$P$5:$P$13 from the two cells; the sheet is named once."""
    sheet, _, start = first.rpartition("!")
    return f"{sheet}{'!' if sheet else ''}{_absolute(start)}:{_absolute(last.rpartition('!')[2])}"


def _absolute(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def quoted(value: str) -> str:
    """A text inside a formula. Only for short texts: a formula holds at most 255 characters in one."""
    return '"' + value.replace('"', '""') + '"'


def _number(value: Fraction) -> tuple[str, int]:
    """A number: a plain decimal when it has one, else a division."""
    plain = str(value.numerator) if value.denominator == 1 else f"{Decimal(f'{float(value):.15g}'):f}"
    if value.denominator == 1 or Fraction(plain) == value:
        return plain, _ATOM if value >= 0 else _TIGHTNESS["-"]
    return f"({value.numerator}/{value.denominator})", _ATOM
