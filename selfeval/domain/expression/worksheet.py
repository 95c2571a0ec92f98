"""An expression as the text of a worksheet formula. Nobody else writes one, and ROUND is written only here."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal
from fractions import Fraction

from selfeval.domain.expression.tree import (
    Bound,
    Call,
    Expression,
    Literal,
    Name,
    Operation,
    Rounded,
    Span,
    Steady,
    Union,
    Whole,
)

GUARD = 9
"""Places to which a sheet first rounds what it then rounds or cuts for good: floats are noise beyond the 15th digit."""

_TIGHTNESS = {"=": 1, "<>": 1, "<": 1, "<=": 1, ">": 1, ">=": 1, "&": 2, "+": 3, "-": 3, "*": 4, "/": 4}
_ATOM = 5
_GAP = "\0"

Places = Callable[[Hashable], str]
"""Where the cell of a name's key stands: B7, or '评分依据'!B7."""


def formula(expression: Expression, places: Places) -> str:
    """The formula of a cell, with its leading =."""
    return "=" + text(expression, places)


def text(expression: Expression, places: Places) -> str:
    """The expression without a leading =. A span is written with absolute references, a single cell relative."""
    return _written(expression, places)[0]


def _written(node: Expression, places: Places) -> tuple[str, int]:
    """The text of a node and how tightly it holds together."""
    if isinstance(node, Operation):
        level = _TIGHTNESS[node.sign]
        # a - (b + c) keeps its brackets, (a - b) + c does not need them
        return f"{_held(node.left, places, level)}{node.sign}{_held(node.right, places, level + 1)}", level
    if isinstance(node, Literal) and isinstance(node.value, Fraction):
        return _number(node.value)
    if isinstance(node, Bound):
        return _bound(node, places)
    if isinstance(node, Call) and (counted := _one_by_one(node)):
        return "+".join(_function(call, places) for call in counted), _TIGHTNESS["+"]
    return _atom(node, places), _ATOM


def _bound(node: Bound, places: Places) -> tuple[str, int]:
    """The text of the inner expression is made once, with gaps for its names."""
    kept = node.inner.ready
    if "text" not in kept:
        keys: list[Hashable] = []

        def gap(key: Hashable) -> str:
            keys.append(key)
            return _GAP

        written, tightness = _written(node.inner, gap)
        if f"${_GAP}" in written:
            raise TypeError(f"a span of its own in an expression for many rows: {node.inner}")
        kept["text"] = written.split(_GAP), keys, tightness
    (first, *others), names, held = kept["text"]
    cells = (node.cells.get(key, Name(key)) for key in names)
    return first + "".join(_atom(cell, places) + part for cell, part in zip(cells, others, strict=True)), held


def _atom(node: Expression, places: Places) -> str:
    match node:
        case Literal(value):
            return quoted(str(value))
        case Name(key):
            return places(key)
        case Span(first, last):
            return _span(places(first.key), places(last.key))
        case Union(parts):
            return ",".join(text(part, places) for part in parts)
        case Call():
            return _function(node, places)
        case Steady(number, digits):
            return f"ROUND({text(number, places)},{digits})"
        case Rounded(number, digits):
            return f"ROUND(ROUND({text(number, places)},{GUARD}),{digits})"
        case Whole(number, up):
            return f"{'ROUNDUP' if up else 'ROUNDDOWN'}(ROUND({text(number, places)},{GUARD}),0)"
    raise TypeError(node)


def _one_by_one(node: Call) -> list[Call]:
    """COUNTIF and SUMIF take one range: over several, the sum of one call each."""
    if node.function not in {"COUNTIF", "SUMIF"} or not isinstance(node.arguments[0], Union):
        return []
    tested, word, *summed = node.arguments
    assert isinstance(tested, Union)
    beside = [part.parts for part in summed if isinstance(part, Union)]
    return [Call(node.function, (one, word, *others)) for one, *others in zip(tested.parts, *beside, strict=True)]


def _held(node: Expression, places: Places, level: int) -> str:
    written, tightness = _written(node, places)
    return written if tightness >= level else f"({written})"


def _function(node: Call, places: Places) -> str:
    return f"{node.function}({','.join(text(argument, places) for argument in node.arguments)})"


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
    if value.denominator == 1:
        return str(value.numerator), _ATOM if value >= 0 else _TIGHTNESS["-"]
    plain = f"{float(value):.15g}"
    if Fraction(plain) == value:
        return f"{Decimal(plain):f}", _ATOM if value >= 0 else _TIGHTNESS["-"]
    return f"({value.numerator}/{value.denominator})", _ATOM
