"""What a need is: the faces that all needs have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from selfeval.domain.case import Case
from selfeval.domain.expression.tree import Expression
from selfeval.domain.expression.values import Given
from selfeval.domain.funds import Funds
from selfeval.domain.needs.asked import Asked
from selfeval.domain.needs.selfcheck import FILLED, Said, left_blank, measured_number, typed
from selfeval.domain.reading.actuals import Answer, as_seen
from selfeval.domain.reported import NOTHING, Cell
from selfeval.domain.rulebook import Rounding
from selfeval.domain.sameness import blanks_alike
from selfeval.domain.scored import State

_NAN = float("nan")
InputKind = Literal["number", "money", "percent", "date", "choice", "text"]


@dataclass(frozen=True)
class Input:
    """What a department may put into a cell: the kind, the unit that messages name, and the choices of a list.

    ``small``: a rate usually below 1%, typed with its sign. ``title`` heads a list; ``free`` lets other texts pass.
    ``least`` and ``most`` are the bounds of a number in its unit (95 for 95%); None: none is known. ``example`` is
    what one may type.
    """

    kind: InputKind
    unit: str = ""
    choices: tuple[str, ...] = ()
    small: bool = False
    title: str = ""
    free: bool = False
    least: Fraction | None = None
    most: Fraction | None = None
    example: str = ""


@blanks_alike
@dataclass(frozen=True)
class Report:
    """What was reported for an indicator, and the money of its project."""

    case: Case
    indicator: str
    funds: Funds

    def cell(self, item: str) -> Cell:
        """The cell of an item of ACTUAL_ITEMS; an empty one when nothing was found."""
        return self.case.answer(self.indicator, item)


@blanks_alike
@dataclass(frozen=True)
class Outcome:
    """What became of a report.

    ``value`` is the number that is compared with the target, in its unit; ``shown`` the actual for people, ``cell``
    where it stands; ``inputs`` what the measure reads besides value and target, ``stated`` what the share reads besides
    the measure. ``forced`` is the share that a ``when`` rule gives instead of a measure, ``unproven`` what it costs
    that no evidence came. ``said`` is how a sentence names actual and target where not as ``shown`` and the points.
    ``code`` is what is wrong (blank: nothing), at the cell ``at``, which is that of ``item`` (ACTUAL_ITEMS).
    """

    state: State = State.SCORED
    value: float = _NAN
    shown: str = ""
    level: str = ""
    percentage: float = _NAN
    forced: int | None = None
    note: str = ""
    unproven: str = ""
    cell: Cell = NOTHING
    inputs: Mapping[Hashable, Given] = field(default_factory=dict)
    stated: Mapping[Hashable, Given] = field(default_factory=dict)
    said: tuple[str, str] | None = None
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    at: Cell = NOTHING
    item: str = "actual"
    told: tuple[str, ...] = ()
    look: bool = False
    between: tuple[float, float] | None = None
    verdict: int = 0


def one_cell(item: str, answer_of: Callable[[Asked, Cell], Answer]) -> Callable[[Asked, Report], Outcome]:
    """The reading of a need that is answered in one cell by a number (or day)."""

    def read(asked: Asked, report: Report) -> Outcome:
        cell = report.cell(item)
        return as_outcome(answer_of(asked, cell), cell, item)

    return read


def as_outcome(answer: Answer, cell: Cell, item: str) -> Outcome:
    """What became of the one cell that answers a need."""
    return Outcome(
        value=_NAN if answer.value is None else answer.value,
        shown=answer.shown or as_seen(cell),
        cell=cell,
        code=answer.code,
        facts=answer.facts,
        at=cell,
        item=item,
        told=answer.said,
        look=answer.look,
        between=answer.between,
        verdict=answer.verdict,
    )


@dataclass(frozen=True)
class SelfCheck:
    """How a form checks and scores a row while it is filled in, over the names of ``needs.selfcheck``.

    ``value`` is the number behind what was typed; ``measured`` holds the measure back while there is none; of ``said``,
    the first condition that holds gives the word, else ``fine``. ``level`` is the label of the level picked, where
    levels are.
    """

    value: Callable[[Asked], Expression]
    said: Callable[[Asked], Sequence[Said]]
    measured: Callable[[Expression], Expression] = measured_number
    fine: str = FILLED
    level: Callable[[Asked], Expression] | None = None


@dataclass(frozen=True, eq=False)  # each is the one of its kind
class Need:
    """One need; ``reported`` says what a department reports. Points are hundredths.

    ``item`` is the item that answers it (blank: none), ``stuck`` the cases of a rulebook's ``when`` that a form can
    tell, and when they hold (None: that nothing is written under ``item``).
    ``hint`` stands beside the cell, ``example`` in the guide (given the best level's label), ``entry`` says
    what may be typed for an item. ``settle`` gives the problem code (blank: none) of an outcome whose points and reason
    are known, ``doubt`` code and facts of what a reviewer should look at. ``reasoned``: a reason comes with every
    report; ``by_hand``: the points themselves are given. ``check`` makes a form check itself. ``how_scored`` tells how
    points are earned, where the kind does not.
    """

    id: str
    reported: str
    read: Callable[[Asked, Report], Outcome]
    hint: Callable[[Asked], str]
    example: Callable[[Asked, str], str]
    entry: Callable[[Asked, str], Input | None]
    item: str = "actual"
    stuck: Mapping[str, Expression] | None = None
    settle: Callable[[Outcome, int, str], str] | None = None
    doubt: Callable[[float, Asked], tuple[str, dict[str, str]] | None] = lambda _value, _asked: None
    reasoned: bool = False
    by_hand: bool = False
    check: SelfCheck | None = None
    how_scored: Callable[[Asked, int, Rounding], str] | None = None

    @property
    def cases(self) -> Mapping[str, Expression]:
        """The cases of ``when`` that a form can tell, over what is typed."""
        return {"actual_missing": left_blank(typed(self.item))} if self.stuck is None else self.stuck
