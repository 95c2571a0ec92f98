"""A value beside an older target: a bare number means the unit that the department saw printed."""

from __future__ import annotations

from dataclasses import replace

from selfeval.domain.reading.numerals import in_digits
from selfeval.domain.reading.quantity import Quantity, read_quantity
from selfeval.domain.reading.targets import read_range
from selfeval.forms.reading.cells import Value, with_unit


def in_printed_unit(value: Value, printed: str, today: str) -> Value:
    """The value with the unit of the printed target where today's has another one: 20 beside ≤20万元 is 20万元.

    So it converts (200000元) or is asked about (E404); values that say their unit themselves stay as they are.
    """
    unit, now = _unit(printed), _unit(today)
    if not unit or now is None or unit == now:
        return value
    if value.form == "text":
        digits = in_digits(value.text, unit)
        quantity = read_quantity(digits)
        bare = isinstance(quantity, Quantity) and not quantity.unit
        return replace(value, text=f"{digits}{unit}") if bare else value
    return with_unit(value, unit)


def _unit(target: str) -> str | None:
    """The unit of a target with a number or a range; None for any other."""
    bounds = read_range(target)
    if bounds is not None:
        return bounds[2]
    quantity = read_quantity(target, label=True)
    return quantity.unit if isinstance(quantity, Quantity) else None
