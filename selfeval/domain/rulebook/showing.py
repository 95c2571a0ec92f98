"""Numbers of the rules as they are printed."""

from __future__ import annotations

from fractions import Fraction


def show_plain(number: Fraction) -> str:
    """A number without needless zeros."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.12g}"


def show_percent(share: Fraction) -> str:
    """A share as a percentage without needless zeros: 4/5 is 80%."""
    percent = share * 100
    return f"{percent.numerator}%" if percent.denominator == 1 else f"{float(percent):.12g}%"
