"""When two rows are the same whose numbers may not be known."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import TypeVar

T = TypeVar("T")


def blanks_alike(row: type[T]) -> type[T]:
    """A dataclass of which two with the same blanks are the same: a number that is not known (NaN) equals itself.

    Dataclasses compare so by themselves up to Python 3.12. From 3.13 on they look at each field alone, where NaN never
    is the same: no row with a blank would equal its copy, and what is kept for it would never be found again.
    """
    held = attrgetter(*(field.name for field in fields(row) if field.compare))  # type: ignore[arg-type]

    def same(one: object, other: object) -> bool:
        return held(one) == held(other) if type(one) is type(other) else NotImplemented

    row.__eq__ = same  # type: ignore[method-assign]
    return row
