"""The first of a ranking, live and the same for every calculator: by a column of whole numbers that are never equal."""

from __future__ import annotations

from selfeval.domain.expression.tree import (
    Expression,
    Name,
    Span,
    if_error,
    item_at,
    kth_largest,
    kth_smallest,
    position_of,
    when,
)

AT = Name("at")
"""Where one of the ranking stands in the table that is ranked, counted from 1; 0 for none."""


def place_of(keys: Span, rank: int, *, largest: bool) -> Expression:
    """Where the one of a rank stands; 0 when there are not so many."""
    found = (kth_largest if largest else kth_smallest)(keys, rank)
    return if_error(position_of(found, keys), 0)


def there(column: Span) -> Expression:
    """What stands in a column at the place ``AT``; blank for none."""
    return when(AT > 0, item_at(column, AT), "")


def shortened(text: str, most: int, *, name: bool = True) -> str:
    """A text of at most so many characters; of a ``name`` its beginning and its end, by which names differ."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    end = most // 4 if name else 0
    return f"{line[: most - end - 1]}…{line[len(line) - end :]}"
