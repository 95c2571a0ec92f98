"""What a need is: the faces that all needs have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from selfeval.domain.case import Case
from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.values import Given
from selfeval.domain.funds import Funds
from selfeval.domain.needs.entry import Entry
from selfeval.domain.needs.selfcheck import FILLED, Said, measured_number
from selfeval.domain.reading.actuals import Answer, as_seen
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.reported import NOTHING, Cell
from selfeval.domain.rulebook import Level
from selfeval.domain.scored import State

_NAN = float("nan")


@dataclass(frozen=True)
class Asked:
    """What stands on the other side of a report: target text, its number and unit, the levels to pick, the year."""

    target: str
    value: float
    unit: str
    levels: tuple[Level, ...]
    year: int

    @property
    def small(self) -> bool:
        """Whether it is a rate of at most 1%, such as an accident rate."""
        return self.unit == RATE and self.value <= 1


@dataclass(frozen=True)
class Report:
    """What was reported for an indicator, and the money of its project."""

    case: Case
    indicator: str
    funds: Funds

    def cell(self, item: str) -> Cell:
        """The cell of an item of ACTUAL_ITEMS; an empty one when nothing was found."""
        return self.case.answer(self.indicator, item)


@dataclass(frozen=True)
class Outcome:
    """What became of a report.

    ``value`` is the number that is compared with the target, in its unit; ``shown`` the actual for people; ``inputs``
    what the measure reads besides the two. ``forced`` is the share that a ``when`` rule gives instead of a measure.
    ``said`` is how a sentence names actual and target where it is not ``shown`` and the points. ``cell`` is where it
    all stands.
    """

    state: State = State.SCORED
    value: float = _NAN
    shown: str = ""
    level: str = ""
    percentage: float = _NAN
    forced: int | None = None
    note: str = ""
    cell: Cell = NOTHING
    inputs: Mapping[Hashable, Given] = field(default_factory=dict)
    said: tuple[str, str] | None = None


@dataclass(frozen=True)
class Read:
    """A report as far as it could be read, and what is wrong with it: a problem code (blank: nothing) and its facts.

    ``at`` is the cell at fault, ``item`` what people call it (ACTUAL_ITEMS).
    """

    outcome: Outcome
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    at: Cell = NOTHING
    item: str = "actual"


def one_cell(item: str, answer_of: Callable[[Asked, Cell], Answer]) -> Callable[[Asked, Report], Read]:
    """The reading of a need that is answered in one cell by a number (or day)."""

    def read(asked: Asked, report: Report) -> Read:
        cell = report.cell(item)
        answer = answer_of(asked, cell)
        value = _NAN if answer.value is None else answer.value
        outcome = Outcome(value=value, shown=answer.shown or as_seen(cell), cell=cell)
        return Read(outcome, answer.code, answer.facts, cell, item)

    return read


@dataclass(frozen=True)
class SelfCheck:
    """How a form checks and scores a row while it is filled in, over the names of ``needs.selfcheck``.

    ``value`` is the number behind what was typed; ``measured`` holds the measure back while there is nothing to
    measure; ``said`` are the conditions under which something must be said, the first that holds counts; ``fine`` is
    the word when nothing must.
    """

    value: Callable[[Asked], Expression]
    said: Callable[[Asked], Sequence[Said]]
    measured: Callable[[Expression], Expression] = measured_number
    fine: str = FILLED


@dataclass(frozen=True)
class Need:
    """One need.

    ``item`` is the item that answers it (blank: nothing is typed for it), ``missing`` the case of a rulebook's ``when``
    for its absence. ``hint`` stands beside the cell, ``example`` in the guide (the second argument is the best level's
    label), ``entry`` says what may be typed for an item (None: nothing). ``settle`` looks at an outcome again once its
    points (in hundredths) and reason are known: a problem code, blank when all is well. ``doubt`` finds what a reviewer
    should look at in a value: a code and its facts. ``reasoned``: a reason comes with every report, lost points or not.
    ``check`` makes a form check itself (None: there is nothing to check). ``how_scored`` tells a department how so many
    points (in hundredths) are earned; None where that follows from kind and measure.
    """

    id: str
    read: Callable[[Asked, Report], Read]
    hint: Callable[[Asked], str]
    example: Callable[[Asked, str], str]
    entry: Callable[[Asked, str], Entry | None]
    item: str = "actual"
    missing: str = "actual_missing"
    settle: Callable[[Outcome, int, str], str] | None = None
    doubt: Callable[[float, Asked], tuple[str, dict[str, str]] | None] = lambda _value, _asked: None
    reasoned: bool = False
    check: SelfCheck | None = None
    how_scored: Callable[[Asked, int], str] | None = None
