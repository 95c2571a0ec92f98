"""What a form says at once of what is typed into it: the words, and expressions that Excel 2010 and WPS agree on."""

from __future__ import annotations

from functools import cache
from typing import TypeAlias

from selfeval.domain.expression.tree import (
    NEVER,
    Expression,
    Name,
    absolute,
    all_of,
    any_of,
    is_error,
    is_number,
    negated,
    position_in,
    substituted,
    trimmed,
    when,
)
from selfeval.domain.needs.formats import shows_number
from selfeval.domain.reading.quantity import LARGEST, SAYS_NOTHING, SMALLEST

FILLED, BLANK = "√已填", "○未填"
NOT_NUMBER, NOT_DATE, NOT_CHOICE = "！应为数字", "！应为日期", "！应从列表选"
DOUBTFUL, NO_REASON, NO_CATEGORY = "！请核对", "！需说明原因", "！需选偏差类别"
TO_READ = "收集填报表时识别"
"""A text that the form cannot calculate with, while the scoring may read it."""

AS_ZERO = "√按0计"
"""A month left blank while the others make up what was executed in the year."""

NO_EVIDENCE, UNPROVEN = "！需佐证材料", "！缺佐证材料"
TO_JUDGE, AUTOMATIC, NOT_APPLICABLE, FOR_FINANCE = "待评分", "自动计算", "不涉及", "财务核对"
WRONG = (NOT_NUMBER, NOT_DATE, NOT_CHOICE, DOUBTFUL)
"""What must be changed before the form can be sent. (Without NO_EVIDENCE nothing is scored; UNPROVEN costs points.)"""

VALUE, EARNED, COUNTED = Name("value"), Name("earned"), Name("counted")
"""The number typed, in the unit of the target (a blank text: none); the score or a word; how many checkpoints count."""

_GIVEN = Name("given")
"""A cell of any row, in what is the same for all rows and so is made once."""

_NUMERALS = "0123456789０１２３４５６７８９零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"

Said: TypeAlias = tuple[Expression, Expression | str]
"""A condition, and the word for it."""


def typed(item: str) -> Name:
    """What stands in the row under an item of ACTUAL_ITEMS."""
    return Name(("typed", item))


UNSCORED = negated(is_number(EARNED))


def number_or_blank(given: Name, meant: Expression | None = None, shown: Expression | None = None) -> Expression:
    """A number of a size that can be meant, or what it means; nothing for whatever else is typed.

    ``shown`` is how it may be shown: usually as it stands.
    """
    fine = all_of(plausible(given), shows_number(given) if shown is None else shown)
    return when(is_number(given), when(fine, given if meant is None else meant, ""), "")


def blank(given: Expression) -> Expression:
    """Nothing but spaces. It must not be an error value."""
    return trimmed(given).equals("")


def left_blank(given: Expression) -> Expression:
    """The same for whatever may stand there."""
    return when(is_error(given), NEVER, blank(given))


def plausible(number: Expression) -> Expression:
    """A number of a size that can be meant, as ``domain.reading.quantity.plausible`` has it."""
    return any_of(number.equals(0), all_of(absolute(number) >= SMALLEST, absolute(number) < LARGEST))


def no_number(
    given: Expression,
    wrong: str = NOT_NUMBER,
    nothing: Expression | str = BLANK,
    readable: Expression = NEVER,
) -> tuple[Said, ...]:
    """What is said before a number can be looked at: of an error value, of nothing at all, of a text.

    A text that is ``readable`` is left to the scoring.
    """
    of_text = when(readable, TO_READ, wrong)
    return (is_error(given), wrong), (blank(given), nothing), (negated(is_number(given)), of_text)


def holds_any(given: Name, signs: str) -> Expression:
    """Whether a text holds any of some characters."""
    return _holding(signs).of({_GIVEN: given})


@cache
def _holding(signs: str) -> Expression:
    return any_of(*(is_number(position_in(sign, _GIVEN)) for sign in signs))


def holds_number(given: Name) -> Expression:
    """Whether a text holds a digit or a Chinese numeral, so that the scoring may read a number in it."""
    return holds_any(given, _NUMERALS)


def squeezed(given: Expression) -> Expression:
    """A text without white space and a full stop, as texts are compared."""
    for sign in (" ", "\u3000", "。"):
        given = substituted(given, sign, "")
    return given


def no_reason(given: Name) -> Expression:
    """Whether a reason says nothing: blank, 无, / and the like, as the scoring has it."""
    return _SILENT.of({_GIVEN: given})


_SILENT = when(is_error(_GIVEN), NEVER, any_of(*(trimmed(_GIVEN).equals(word) for word in ("", *sorted(SAYS_NOTHING)))))


def measured_number(measure: Expression) -> Expression:
    """The measure once there is a number to measure."""
    return when(is_number(VALUE), measure, "")
