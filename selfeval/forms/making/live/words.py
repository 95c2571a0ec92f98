"""What the self-check says of a row, and the small formulas that every row uses.

Only functions of Excel 2010, WPS and LibreOffice; every number is rounded, so that all of them agree on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfeval.domain.expression.tree import lift
from selfeval.domain.expression.worksheet import quoted, text
from selfeval.domain.reading.quantity import LARGEST, SAYS_NOTHING

FILLED, BLANK = "已填", "未填"
NOT_NUMBER, NOT_DATE, NOT_CHOICE = "应为数字", "应为日期", "应从列表选"
DOUBTFUL, NO_REASON = "请核对", "需说明原因"
TO_JUDGE, AUTOMATIC, NOT_APPLICABLE, FOR_FINANCE = "待评分", "自动计算", "不涉及", "财务核对"
WRONG = (NOT_NUMBER, NOT_DATE, NOT_CHOICE, DOUBTFUL)
"""What must be changed before the form can be sent."""

PLACES = 12
"""A measure or share keeps so many places: far finer than a hundredth of a point, and alike in every program."""


def number(value: Fraction) -> str:
    """A number inside a formula."""
    return text(lift(value), str)


def chosen(cases: Sequence[tuple[str, str]], otherwise: str) -> str:
    """Nested IF: the value of the first condition that holds. Nothing behind it is calculated."""
    written = otherwise
    for condition, value in reversed(cases):
        written = f"IF({condition},{value},{written})"
    return written


def blank(cell: str) -> str:
    """Nothing in the cell but spaces. The cell must not be an error value."""
    return f'TRIM({cell})=""'


def plausible(cell: str) -> str:
    """A number of a size that can be meant, as ``domain.reading.quantity.plausible`` has it."""
    return f"OR({cell}=0,AND(ABS({cell})>=0.000000001,ABS({cell})<{LARGEST.numerator}))"


def first_word(cell: str, wrong: str) -> list[tuple[str, str]]:
    """The cases before a number: an error value, nothing at all, a text."""
    return [
        (f"ISERROR({cell})", quoted(wrong)),
        (blank(cell), quoted(BLANK)),
        (f"NOT(ISNUMBER({cell}))", quoted(wrong)),
    ]


def no_reason(cell: str) -> str:
    """Whether a reason says nothing: blank, 无, / and the like, as the scoring has it."""
    words = ",".join(f"TRIM({cell})={quoted(word)}" for word in ("", *sorted(SAYS_NOTHING)))
    return f"IF(ISERROR({cell}),1=0,OR({words}))"
