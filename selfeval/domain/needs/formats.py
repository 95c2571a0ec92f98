"""How a cell shows its number, as a form sees it: pasting brings a number format along, and so does typing 5%.

CELL("format") says P… of a percentage and D… of a day; of the format that cells for rates and days are made with every
program says something else, so that a form holds a cell that nobody types into beside it. A program that knows no
formats gives an error, and the cell counts as it was made.
"""

from __future__ import annotations

from selfeval.domain.expression.tree import (
    ALWAYS,
    NEVER,
    Expression,
    Name,
    all_of,
    any_of,
    if_error,
    is_number,
    negated,
    number_format,
    position_in,
)

MADE_FOR_RATES, MADE_FOR_DAYS, MADE_PLAIN = Name(("made", "rate")), Name(("made", "date")), Name(("made", ""))
"""Cells of the form that keep the format which such cells are made with."""

_OTHER = "G"
"""In Excel and WPS the general format; in LibreOffice whatever it has no letter for, such as most days."""


def shows_percent(given: Name) -> Expression:
    """Whether a cell shows its number as a percentage; that of a cell made for rates, usually not."""
    return is_number(position_in("P", number_format(given)))


def shows_day(given: Name) -> Expression:
    """Whether it shows a day, or may show one."""
    other = all_of(number_format(given).equals(_OTHER), number_format(MADE_PLAIN).differs(_OTHER))
    return any_of(is_number(position_in("D", number_format(given))), if_error(other, NEVER))


def as_made(given: Name, made: Name) -> Expression:
    """Whether it still has the format that it was made with."""
    return if_error(number_format(given).equals(number_format(made)), ALWAYS)


def shows_number(given: Name) -> Expression:
    """Whether it shows its number as it stands."""
    return negated(any_of(shows_percent(given), shows_day(given)))
