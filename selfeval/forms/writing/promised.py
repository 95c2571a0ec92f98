"""The indicators of a form: what was promised, how it will be scored, and what is to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from selfeval.domain.case import Case
from selfeval.domain.expression.tree import Expression, is_number
from selfeval.domain.funds import counting_plan
from selfeval.domain.needs.need import Input, Need
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.needs.selfcheck import VALUE
from selfeval.domain.promise import Promise, earning_of, promises
from selfeval.domain.reported import CATEGORIES
from selfeval.domain.rounding import in_points
from selfeval.domain.rulebook import USUAL, Earning, Rounding, Rulebook, gives_away
from selfeval.domain.scoring.allocation import Share, allocate
from selfeval.domain.targets import Indicator

TEXT_COLUMNS = ("reason", "remedy", "evidence")


@dataclass(frozen=True)
class PromisedRow:
    """One indicator as the form needs it, with its ``given`` points and how scores are rounded.

    ``checkpoints`` is how many times of the spending plan count for a 月度时序.
    """

    promise: Promise
    given: Share
    checkpoints: int
    rounding: Rounding = USUAL
    taken: bool = False
    """Whether its value is taken over from another indicator unless one is typed."""

    @property
    def points(self) -> int:
        """Its points of the 100, in hundredths."""
        return self.given.points

    @property
    def worth(self) -> int:
        """The points that a share of 1 stands for, in hundredths: outside the 100, what it may add or take."""
        return self.given.worth

    @property
    def faulty(self) -> bool:
        """Whether its points could not be shared out."""
        return self.given.faulty

    @property
    def earning(self) -> Earning:
        """How its share becomes its score."""
        return earning_of(self.promise, self.given.extra)

    @property
    def id(self) -> str:
        """指标编号."""
        return self.indicator.indicator

    @property
    def indicator(self) -> Indicator:
        """The indicator as printed."""
        return self.promise.indicator

    @property
    def need(self) -> Need:
        """What is to be reported."""
        return self.promise.need

    @property
    def applies(self) -> bool:
        """Whether anything is asked of it at all: not of 不涉及."""
        return self.need is not NOTHING_ASKED

    @property
    def stuck(self) -> Sequence[tuple[Expression, str]]:
        """When it cannot be scored in the usual way although the rulebook says what to do, and what that is."""
        rule, found = self.promise.rule, dict(self.need.cases)
        if self.promise.asked.value == 0:
            found["target_zero"] = is_number(VALUE)
        actions = {} if rule is None else {case: rule.when.get(case, "ask") for case in found}
        return [(found[case], action) for case, action in actions.items() if action != "ask"]

    @property
    def closed(self) -> Sequence[Expression]:
        """When a rule makes it 不涉及."""
        return [found for found, action in self.stuck if gives_away(action)]

    @property
    def reason_from(self) -> Fraction | None:
        """The completion from which a reason is asked for, although the target is met; None: never."""
        rule, kind = self.promise.rule, self.promise.kind
        exceeds = kind is not None and kind.can_exceed and self.promise.asked.value != 0
        return rule.attention.reason_from if rule is not None and exceeds else None

    @property
    def name(self) -> str:
        """三级指标, with the description below it when that says more."""
        said = self.indicator.description.strip("。 ")
        if said in {"", self.indicator.level3.strip("。 ")} or not self.applies:
            return self.indicator.level3
        return f"{self.indicator.level3}\n（{said}）"

    def entry(self, column: str) -> Input | None:
        """What may be typed into a column; None: nothing."""
        if not self.applies:
            return None
        if column in TEXT_COLUMNS:
            return Input("text")
        if column == "category":
            return Input("choice", choices=CATEGORIES, title="偏差类别", free=True)
        entry = self.need.entry(self.promise.asked, column)
        if entry is not None and self.need.by_hand and column == self.need.item:
            return replace(entry, least=Fraction(0), most=in_points(self.worth))
        return entry


def asks_for_months(case: Case, rows: Sequence[PromisedRow]) -> bool:
    """Whether a form asks for what was paid in each month: that of a department only where an indicator needs it."""
    return not case.is_whole or any(row.need is PAYMENTS for row in rows)


def promised_rows(case: Case, rulebook: Rulebook) -> tuple[PromisedRow, ...]:
    """The rows of a project, as they will be scored when everything that applies is reported."""
    promised, _ = promises(case, rulebook)
    shares, _ = allocate(case, [promise.need is not NOTHING_ASKED for promise in promised], rulebook)
    checkpoints = len(counting_plan(case.plan))
    return tuple(
        PromisedRow(promise, share, checkpoints, rulebook.rounding, promise.indicator.indicator in case.taken)
        for promise, share in zip(promised, shares, strict=True)
    )
