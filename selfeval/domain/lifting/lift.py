"""Lift: what a project lacks for a goal, and what each of its lost points alone, or together with others, would do.

Every value named was put into the report and scored again by ``score_case``; one that then does not do what it was
named for, because a report of it would be asked about, is not named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from selfeval.domain.case import Case
from selfeval.domain.lifting.goal import Goal
from selfeval.domain.lifting.of_payments import EVERY_CHECKPOINT
from selfeval.domain.lifting.of_row import is_paid, ways_of
from selfeval.domain.lifting.subject import extra_kind
from selfeval.domain.lifting.ways import Turn, Value, Way
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored import State
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.scoring.score import counted, score_case
from selfeval.domain.totals import ends_of

MOST_COMBINATIONS = 3
_MOST_TRIED = 2_000
"""Combinations of so many rows that are told, and that are tried."""

_OPEN = {State.ASK, State.ERROR}
_LEAST, _MOST = 0, 1


@dataclass(frozen=True)
class Loss:
    """A row that could earn more: what it ``lost`` of its points, in hundredths.

    ``rows`` are several where one report, that of the payments, scores them all; their points and scores are added up.
    ``full`` is what would have to be reported for all of them (or as many as there are), ``most`` for the most that the
    row can earn, which is more where its score has no cap; None where nothing reported would change its score.
    """

    rows: tuple[ScoredRow, ...]
    lost: int
    full: Value | None
    most: Value | None

    @property
    def row(self) -> ScoredRow:
        """The row, or the first of several."""
        return self.rows[0]

    @property
    def score(self) -> int:
        """What it earned, in hundredths."""
        return score_of(self.rows)

    @property
    def worth(self) -> int:
        """The points that a share of 1 stands for, in hundredths."""
        return sum(row.worth for row in self.rows)

    @property
    def gain(self) -> int:
        """How much more it could earn, in hundredths."""
        return 0 if self.most is None else self.most.score - self.score


@dataclass(frozen=True)
class Alone:
    """One row at one end: ``values`` are what would have to be reported for the goal, the least first.

    None of them: the row alone is not enough; ``total`` is then what its ``most`` leads to, else what the first value
    does, in hundredths.
    """

    values: tuple[Value, ...]
    total: int


@dataclass(frozen=True)
class Together:
    """Rows that reach the goal together, by their positions among the losses, with what each would have to report.

    All are at their most but the last, which has the least that is needed then.
    """

    parts: tuple[tuple[int, Value], ...]
    total: int


@dataclass(frozen=True)
class End:
    """How things stand at one end: ``total`` as reported, and ``most`` with every loss made good (hundredths).

    ``open`` is blank for a project with a final total; of an open one, whether its open rows earn ``none`` of their
    points or ``all``. ``alone`` is beside the losses; ``together`` is blank where one row is enough or all are not.
    """

    open: str
    total: int
    most: int
    alone: tuple[Alone, ...]
    together: tuple[Together, ...]


@dataclass(frozen=True)
class Lift:
    """What would lift a project to a goal. ``losses`` are by what they lost, the most first."""

    goal: Goal
    scored: ScoredCase
    losses: tuple[Loss, ...]
    ends: tuple[End, ...]

    @property
    def open_rows(self) -> tuple[ScoredRow, ...]:
        """The rows without a score that have points."""
        return tuple(row for row in self.scored.rows if row.state in _OPEN)


def lift(case: Case, rulebook: Rulebook, goal: Goal) -> Lift:
    """What would lift a project to a goal; of one that has reached it, only what it lost."""
    return _Lifting(case, rulebook, goal).found()


def score_of(rows: Sequence[ScoredRow]) -> int:
    """The scores of some rows together, in hundredths."""
    return sum(row.score or 0 for row in rows)


def _scores(rows: Sequence[ScoredRow], but: Collection[str]) -> list[int | None]:
    """The score of every row but some."""
    return [row.score for row in rows if row.indicator not in but]


def lost_of(row: ScoredRow, rulebook: Rulebook) -> int:
    """The points (hundredths) that a scored row lost; of a section outside the 100, what it did not add, or took."""
    score = row.score or 0
    return max(0, -score if extra_kind(row, rulebook) == "deduction" else row.worth - score)


class _Lifting:
    """The work of ``lift``."""

    def __init__(self, case: Case, rulebook: Rulebook, goal: Goal) -> None:
        self._case, self._rulebook, self._goal = case, rulebook, goal
        self._scored = score_case(case, rulebook)
        self._groups = [*self._grouped()]
        # of rows that are scored together the first stands for all: inside the 100 only their sum counts
        first = {rows[0].indicator: score_of(rows) for rows in self._groups}
        self._rows = [
            part if row.score is None else replace(part, score=first.get(row.indicator, 0))
            for part, row in ((counted(row), row) for row in self._scored.rows)
        ]
        self._ways: list[list[Way]] = []

    def _grouped(self) -> Iterator[tuple[ScoredRow, ...]]:
        """The scored rows, each alone but those that the same payments score."""
        rows = [row for row in self._scored.rows if row.score is not None]
        together = [row for row in rows if is_paid(row) and not row.most]
        linked = {row.indicator for row in together}
        yield from ((row,) for row in rows if row.indicator not in linked)
        if together:
            yield tuple(together)

    def found(self) -> Lift:
        scored, losses = self._scored, list[Loss]()
        place = {row.indicator: at for at, row in enumerate(scored.rows)}
        lost = [(sum(lost_of(row, self._rulebook) for row in rows), rows) for rows in self._groups]
        for lost_points, rows in sorted(lost, key=lambda pair: (-pair[0], place[pair[1][0].indicator])):
            row = rows[0]
            uncapped = row.uncapped or (row.is_execution and self._rulebook.execution.uncapped)
            if not lost_points and not uncapped:
                continue
            ways = ways_of(scored, rows, self._rulebook)
            most = self._most(rows, ways)
            full = self._full(rows, ways) if lost_points else None
            if lost_points or most is not None:
                losses.append(Loss(rows, lost_points, full, most))
                self._ways.append(ways)
        open_ = scored.total.total is None
        ends = [("all", _MOST), ("none", _LEAST)] if open_ else [("", _LEAST)]
        return Lift(self._goal, scored, tuple(losses), tuple(self._end(name, end, losses) for name, end in ends))

    def _most(self, rows: Sequence[ScoredRow], ways: Sequence[Way]) -> Value | None:
        """What would have to be reported for the most that a row can earn, as the engine has it."""
        score = score_of(rows)
        for way in sorted(ways, key=lambda way: (-way.best, isinstance(way, Turn))):
            value = way.reach(way.best) if way.best > score else None
            if value is not None and self._proven(rows, value):
                return value
        return None

    def _full(self, rows: Sequence[ScoredRow], ways: Sequence[Way]) -> Value | None:
        """What would have to be reported for all points of a row, or as many as there are."""
        score = score_of(rows)
        found = [value for way in ways if (value := way.met()) is not None and value.score > score]
        ordered = sorted(found, key=lambda value: (-value.score, value.side != "choice"))
        return next((value for value in ordered if self._proven(rows, value)), None)

    def _proven(self, rows: Sequence[ScoredRow], value: Value) -> bool:
        """Whether the engine gives rows the score for which a value is named, and all others what they have."""
        again = score_case(value.change(self._case), self._rulebook)
        same = {row.indicator for row in rows}
        if score_of([row for row in again.rows if row.indicator in same]) != value.score:
            return False
        return _scores(again.rows, same) == _scores(self._scored.rows, same)

    def _total(self, end: int, changes: Mapping[str, int]) -> int:
        """An end of the total once some rows, by their indicator, have other scores."""
        pairs = zip(self._rows, self._scored.rows, strict=True)
        rows = [replace(part, score=changes.get(row.indicator, part.score)) for part, row in pairs]
        return ends_of(rows, self._scored.way)[end]

    def _end(self, name: str, end: int, losses: Sequence[Loss]) -> End:
        now = self._total(end, {})
        most = max(now, self._total(end, _at_most(range(len(losses)), losses)))
        if now >= self._goal.points:
            return End(name, now, most, tuple(Alone((), now) for _ in losses), ())
        alone = tuple(self._alone(end, at, losses) for at in range(len(losses)))
        together = () if any(one.values for one in alone) else tuple(self._together(end, losses))
        return End(name, now, most, alone, together)

    def _alone(self, end: int, at: int, losses: Sequence[Loss]) -> Alone:
        loss = losses[at]
        wanted = self._wanted(end, loss, {})
        if wanted is None:
            return Alone((), self._total(end, {loss.row.indicator: loss.score + loss.gain}))
        values = self._values(at, loss, wanted)
        first = values[0].score if values else loss.score
        return Alone(values, self._total(end, {loss.row.indicator: first}))

    def _wanted(self, end: int, loss: Loss, others: Mapping[str, int]) -> int | None:
        """The least score of a row with which the goal is reached beside the ``others``; None where none is."""
        if loss.most is None:
            return None
        low, high = loss.score, loss.most.score
        if self._total(end, {**others, loss.row.indicator: high}) < self._goal.points:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            if self._total(end, {**others, loss.row.indicator: middle}) >= self._goal.points:
                high = middle
            else:
                low = middle
        return high

    def _accepted(self, way: Way, rows: Sequence[ScoredRow], wanted: int, most: Value) -> Value | None:
        """What of a way is enough; a value that would be asked about gives way to the next that is not."""
        value = way.reach(wanted)
        if value is None or self._proven(rows, value):
            return value
        return way.beyond(value, most, lambda other: self._proven(rows, other)) if isinstance(way, Turn) else None

    def _values(self, at: int, loss: Loss, wanted: int) -> tuple[Value, ...]:
        """What would have to be reported for a score of a row: of each thing to report, the least that is enough."""
        rows, most = loss.rows, loss.most
        assert most is not None
        found = [value for way in self._ways[at] if (value := self._accepted(way, rows, wanted, most)) is not None]
        least: dict[str, Value] = {}
        for value in sorted(found, key=lambda value: value.score):
            least.setdefault(value.group, value)
        if len(least) > 1:  # one checkpoint is enough
            least.pop(EVERY_CHECKPOINT, None)
        return tuple(least.values())

    def _together(self, end: int, losses: Sequence[Loss]) -> Iterator[Together]:
        """Combinations of as few rows as are enough, those that gain the most first; a few of them."""
        able = sorted((at for at, loss in enumerate(losses) if loss.gain), key=lambda at: -losses[at].gain)
        tried, told = 0, 0
        for count in range(2, len(able) + 1):
            if not self._scored.way.extras and not self._enough(end, able[:count], losses):
                continue  # without caps nothing gains more than the rows that gain the most
            for chosen in combinations(able, count):
                tried += 1
                if tried > _MOST_TRIED or told == MOST_COMBINATIONS:
                    return
                if self._enough(end, chosen, losses) and (found := self._made(end, chosen, losses)) is not None:
                    told += 1
                    yield found
            if told:
                return

    def _enough(self, end: int, chosen: Sequence[int], losses: Sequence[Loss]) -> bool:
        return self._total(end, _at_most(chosen, losses)) >= self._goal.points

    def _made(self, end: int, chosen: Sequence[int], losses: Sequence[Loss]) -> Together | None:
        """A combination with what each row has to report; None where the engine does not reach the goal by it."""
        *first, last = chosen
        others = _at_most(first, losses)
        wanted = self._wanted(end, losses[last], others)
        values = self._values(last, losses[last], wanted) if wanted is not None else ()
        if not values:
            return None
        parts = [(at, _told(losses[at])) for at in first] + [(last, values[0])]
        case = self._case
        for _, value in parts:
            case = value.change(case)
        again = score_case(case, self._rulebook).total
        reached = (again.lowest, again.highest)[end]
        return Together(tuple(parts), reached) if reached >= self._goal.points else None


def _at_most(chosen: Sequence[int], losses: Sequence[Loss]) -> dict[str, int]:
    """The scores of some losses made good, by their indicators."""
    return {losses[at].row.indicator: most.score for at in chosen if (most := losses[at].most) is not None}


def _told(loss: Loss) -> Value:
    """What is named for a loss made good: the target itself rather than a value that is rounded up to its points."""
    assert loss.most is not None
    return loss.full if loss.full is not None and loss.full.score == loss.most.score else loss.most
