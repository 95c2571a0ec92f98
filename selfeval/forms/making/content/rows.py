"""The indicators of a form: what was promised, how it will be scored, and what is to be reported."""

from __future__ import annotations

from dataclasses import dataclass

from selfeval.domain.case import Case
from selfeval.domain.funds import counting_plan
from selfeval.domain.needs.need import Need
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.promise import Promise, promises
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scoring.allocation import allocate


@dataclass(frozen=True)
class Row:
    """One indicator as the form needs it. ``points`` are hundredths; ``faulty``: they could not be shared out.

    ``checkpoints`` is how many times of the spending plan count for a 月度时序.
    """

    promise: Promise
    points: int
    faulty: bool
    checkpoints: int

    @property
    def id(self) -> str:
        """指标编号."""
        return self.promise.indicator.indicator

    @property
    def need(self) -> Need:
        """What is to be reported."""
        return self.promise.need

    @property
    def name(self) -> str:
        """三级指标, with the description below it when that says more."""
        indicator = self.promise.indicator
        said = indicator.description.strip("。 ")
        if said in {"", indicator.level3.strip("。 ")} or self.need is NOTHING_ASKED:
            return indicator.level3
        return f"{indicator.level3}\n（{said}）"


def rows_of(case: Case, rulebook: Rulebook) -> tuple[Row, ...]:
    """The rows of a project, as they will be scored when everything that applies is reported."""
    promised, _ = promises(case, rulebook)
    shares, _ = allocate(case, [promise.need is not NOTHING_ASKED for promise in promised], rulebook)
    checkpoints = len(counting_plan(case.plan))
    return tuple(
        Row(promise, share.points, share.faulty, checkpoints) for promise, share in zip(promised, shares, strict=True)
    )
