"""Proof by scoring again: whatever ``lift`` says of a project is put into its report, and the engine is asked."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from selfeval.domain.case import Case
from selfeval.domain.lifting.goal import Goal
from selfeval.domain.lifting.lift import End, Lift, lift
from selfeval.domain.lifting.of_row import ways_of
from selfeval.domain.lifting.ways import Change, Turn, Value
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredRow
from selfeval.domain.scoring.score import score_case

TRIED = 4
"""Values anywhere, for a row that is said not to be enough, beside those next to where its measure turns."""


class Proof:
    """One answer, held against the engine; ``counts`` says how much of it there was to hold."""

    def __init__(self, case: Case, rulebook: Rulebook, goal: int, rng: Random) -> None:
        self.case, self.rulebook, self.rng = case, rulebook, rng
        self.goal = goal
        self.lift: Lift = lift(case, rulebook, Goal(goal))
        self.counts = {"alone": 0, "not alone": 0, "together": 0, "never": 0}
        for end in self.lift.ends:
            if end.total < goal:
                self._end(end)

    def _reached(self, end: End, *changes: Change) -> bool:
        return self._total(end, *changes) >= self.goal

    def _total(self, end: End, *changes: Change) -> int:
        case = self.case
        for change in changes:
            case = change(case)
        total = score_case(case, self.rulebook).total
        return total.highest if end.open == "all" else total.lowest

    def _end(self, end: End) -> None:
        assert self._total(end) == end.total
        for loss, alone in zip(self.lift.losses, end.alone, strict=True):
            for value in alone.values:
                self.counts["alone"] += 1
                self._enough(end, value)
            if alone.values:
                assert self._total(end, alone.values[0].change) == alone.total
            else:
                self.counts["not alone"] += 1
                if loss.most is not None:
                    assert self._total(end, loss.most.change) == alone.total < self.goal
                for change in self._anything(loss.rows):
                    assert not self._reached(end, change), (loss.row.indicator, loss.row.target)
        for one in end.together:
            self.counts["together"] += 1
            *others, (_, last) = one.parts
            changes = [value.change for _, value in others]
            assert self._total(end, *changes, last.change) == one.total >= self.goal
            if last.less is not None:
                assert not self._reached(end, *changes, last.less)
            assert not self._reached(end, *changes)  # as few as are enough
        if end.most < self.goal:
            self.counts["never"] += 1
            assert not end.together
            made_good = [loss.most.change for loss in self.lift.losses if loss.most is not None]
            assert self._total(end, *made_good) == end.most
        else:
            assert end.together or any(alone.values for alone in end.alone)

    def _enough(self, end: End, value: Value) -> None:
        """The value named is enough, a step less is not, nor is anything between that and what was reported."""
        assert self._reached(end, value.change), value
        if value.less is not None:
            assert not self._reached(end, value.less), value

    def _anything(self, rows: Sequence[ScoredRow]) -> list[Change]:
        """Reports of any kind for a row."""
        found: list[Change] = []
        for way in ways_of(self.lift.scored, rows, self.rulebook):
            if isinstance(way, Turn):
                dial = way.dial
                near = [self.rng.randint(dial.low, dial.high) for _ in range(TRIED)]
                turns = [int(mark / dial.step) + self.rng.randint(-1, 1) for mark in dial.marks]
                places = {min(max(place, dial.low), dial.high) for place in (*near, *turns)}
                chosen = self.rng.sample(sorted(places), min(TRIED, len(places)))
                found += [way.report(dial.at(place)) for place in chosen]
            else:
                value = way.met()
                assert value is not None
                found.append(value.change)
        return found
