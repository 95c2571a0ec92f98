"""A dial: one reported number that can stand at whole steps between two ends, and the score that it earns at each.

A measure rises or falls steadily between a few marks (0, the target, the ends of a range), and a curve between its
turns. On every such stretch the score therefore only rises or only falls, so that its ends tell whether it is ever high
enough, and halving finds where: exactly, whatever the kind.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

Stretch = tuple[int, int]
"""The first and the last step of a stretch; they may be one."""


@dataclass(frozen=True)
class Dial:
    """A number from ``low`` to ``high`` in steps of ``step`` (in the unit of the number).

    ``now`` is where it stands (None: nowhere yet). ``marks`` are the numbers at which the measure may turn or jump,
    ``turns`` the measures at which the curve may. ``score`` is in hundredths, ``share`` what it is rounded from: higher
    where it is better.
    """

    step: Fraction
    low: int
    high: int
    now: Fraction | None
    marks: tuple[Fraction, ...]
    turns: tuple[Fraction, ...]
    measure: Callable[[Fraction], Fraction]
    score: Callable[[Fraction], int]
    share: Callable[[Fraction], Fraction]

    def at(self, place: int) -> Fraction:
        """The number at a step."""
        return place * self.step

    @cached_property
    def start(self) -> Fraction:
        """Where the search begins, in steps: where the number stands, else the end that earns less."""
        if self.now is not None:
            return self.now / self.step
        return Fraction(self.low if self._earned(self.low) <= self._earned(self.high) else self.high)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Stretches, in rising order, on each of which the score only rises or only falls."""
        places = (place / self.step for place in (*self.marks, self.start * self.step))
        edges = {self.low, self.high, *(round_(place) for place in places for round_ in (math.floor, math.ceil))}
        inside = sorted(edge for edge in edges if self.low <= edge <= self.high)
        pieces = [(edge, edge) for edge in inside]
        pieces += [(before + 1, after - 1) for before, after in pairwise(inside) if after - before > 1]
        return tuple(part for piece in sorted(pieces) for part in self._parts(*piece))

    @cached_property
    def best(self) -> int:
        """The highest score that it can earn."""
        return max(map(self._earned, self._ends))

    def reach(self, wanted: int) -> Stretch | None:
        """The step nearest to where it stands that earns ``wanted``, and the last one beyond that still does.

        None where no step does, and where it stands at such a number already.
        """
        return self._nearest(lambda number: self.score(number) >= wanted)

    def met(self, most: Fraction) -> Stretch | None:
        """The same for a share of ``most``, or the highest that there is below: no score that is rounded up to it."""
        least = min(most, max(self.share(self.at(place)) for place in self._ends))
        return self._nearest(lambda number: self.share(number) >= least)

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(end for stretch in self.stretches for end in stretch)

    def _nearest(self, is_enough: Callable[[Fraction], bool]) -> Stretch | None:
        if self.now is not None and is_enough(self.now):
            return None

        def enough(place: int) -> bool:
            return is_enough(self.at(place))

        ways = [found for up in (True, False) if (found := self._towards(enough, up=up)) is not None]
        return min(ways, key=lambda way: abs(way[0] - self.start), default=None)

    def _towards(self, enough: Callable[[int], bool], *, up: bool) -> Stretch | None:
        """The nearest that is enough on one side, and the last of those that follow it."""
        first: int | None = None
        last = 0
        for near, far in self._ahead(up=up):
            begins, ends = enough(near), enough(far)
            if first is None:
                if not (begins or ends):
                    continue
                first = near if begins else edge(near, far, enough)
            elif not begins:
                return first, last
            last = far if ends else edge(far, near, enough)
            if not ends:
                return first, last
        return None if first is None else (first, last)

    def _ahead(self, *, up: bool) -> Iterator[Stretch]:
        """The stretches beyond the start on one side, the nearest first, each from its nearer end."""
        if up:
            yield from (stretch for stretch in self.stretches if stretch[0] > self.start or self._unset(stretch[0]))
        else:
            ahead = (stretch for stretch in self.stretches if stretch[1] < self.start or self._unset(stretch[1]))
            yield from ((far, near) for near, far in reversed([*ahead]))

    def _unset(self, place: int) -> bool:
        """Whether a step is where the search begins, and yet nothing stands there so far."""
        return self.now is None and place == self.start

    def _earned(self, place: int) -> int:
        return self.score(self.at(place))

    def _parts(self, first: int, last: int) -> Iterator[Stretch]:
        """A stretch on which the measure only rises or falls, cut where it passes a turn of the curve."""
        begin, end = self.measure(self.at(first)), self.measure(self.at(last))
        rises = begin <= end
        cuts = {first}
        for turn in self.turns:
            if min(begin, end) <= turn <= max(begin, end):
                cuts |= {self._passes(first, last, turn, rises=rises, at=at) for at in (True, False)}
        starts = sorted(cut for cut in cuts if cut <= last)
        yield from ((start, after - 1) for start, after in pairwise([*starts, last + 1]))

    def _passes(self, first: int, last: int, turn: Fraction, *, rises: bool, at: bool) -> int:
        """The first step whose measure is at a turn (``at``) or beyond it; the one after the last where none is."""

        def beyond(place: int) -> bool:
            measure = self.measure(self.at(place))
            return (at and measure == turn) or (measure > turn if rises else measure < turn)

        low, high = first, last + 1
        while low < high:
            middle = (low + high) // 2
            if beyond(middle):
                high = middle
            else:
                low = middle + 1
        return low


def edge(outside: int, inside: int, enough: Callable[[int], bool]) -> int:
    """The step nearest to ``outside`` that is enough, as ``inside`` is and ``outside`` is not."""
    while abs(inside - outside) > 1:
        middle = (outside + inside) // 2
        if enough(middle):
            inside = middle
        else:
            outside = middle
    return inside
