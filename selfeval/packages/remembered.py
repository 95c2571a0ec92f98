"""What was made of bytes and texts that the files of a year have alike, such as styles: it is made of each once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")


def remembered(most: int, longest: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a function of bytes and texts alone, whose result nobody changes: the last ``most`` results are kept.

    Where its arguments are longer than ``longest`` together, it is called each time: what is kept stays small.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        known = lru_cache(maxsize=most)(make)

        @wraps(make)
        def call(*given: P.args, **named: P.kwargs) -> T:
            size = sum(len(cast("bytes | str", one)) for one in (*given, *named.values()))
            return make(*given, **named) if size > longest else known(*given, **cast("dict[str, Hashable]", named))

        return call

    return decorate
