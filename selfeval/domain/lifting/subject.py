"""A scored indicator of which another report is tried: what it would measure and earn, by the engine's own steps."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isnan

from selfeval.domain.expression.values import Given
from selfeval.domain.formulas import score_of
from selfeval.domain.lifting.dial import Dial
from selfeval.domain.measures.measure import KEPT, LEVEL, PERCENTAGE
from selfeval.domain.needs.need import Outcome
from selfeval.domain.promise import Promise, earning_of
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import Earning, ExtraKind, Rulebook
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.scoring.earned import measure_of
from selfeval.domain.scoring.outcomes import stated_of


def extra_kind(row: ScoredRow, rulebook: Rulebook) -> ExtraKind:
    """Which kind of section outside the 100 a row stands in; blank for one inside."""
    return next((part.extra for part in rulebook.sections if part.id == row.section), "")


@dataclass(frozen=True)
class Subject:
    """A row with what its score depends on; ``stated`` is what its share reads besides the measure."""

    scored: ScoredCase
    row: ScoredRow
    promise: Promise
    rulebook: Rulebook
    stated: Mapping[Hashable, Given]

    @classmethod
    def of(cls, scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Subject:
        """A row of a scored project, as it was reported. It must have a promise."""
        assert row.promise is not None
        return cls(scored, row, row.promise, rulebook, stated_of(scored.case, row.indicator))

    @property
    def indicator(self) -> str:
        """指标编号."""
        return self.row.indicator

    @property
    def now(self) -> Fraction | None:
        """The number that was reported, in the unit of the target; None where none was."""
        return None if isnan(self.row.actual_value) else fraction(self.row.actual_value)

    @cached_property
    def turns(self) -> tuple[Fraction, ...]:
        """The measures at which any of its curves may turn or jump."""
        rule = self.promise.rule
        assert rule is not None
        curves = (rule.curve, *(other.curve for other in rule.when_category))
        return tuple(sorted({turn for curve in curves for turn in curve.turns}))

    def measure(self, outcome: Outcome) -> Fraction:
        """What an outcome measures."""
        return measure_of(self.promise, outcome, self.row.worth)[0]

    def score(self, outcome: Outcome) -> int:
        """What an outcome earns, in hundredths."""
        share = measure_of(self.promise, outcome, self.row.worth)[1]
        return score_of(share, self.row.worth, self.rulebook.rounding, self._earning)

    def share(self, outcome: Outcome) -> Fraction:
        """What its score is rounded from: the share of the points that it keeps, higher where it is better."""
        share = measure_of(self.promise, outcome, self.row.worth)[1]
        return 1 - share if self._earning == "given" else share

    def valued(self, number: Fraction) -> Outcome:
        """The outcome of a number."""
        return Outcome(value=float(number), stated=self.stated)

    def at_level(self, label: str, share: Fraction | None) -> Outcome:
        """The outcome of a level, with a share given with it or without one."""
        return Outcome(inputs={LEVEL.key: label, PERCENTAGE.key: share}, stated=self.stated)

    def keeping(self, kept: list[Fraction]) -> Outcome:
        """The outcome of checkpoints kept to such shares."""
        return Outcome(inputs={KEPT.key: kept}, stated=self.stated)

    def as_reported(self) -> int | None:
        """The score of what was reported, with what is ``stated`` here; None where nothing usable was."""
        row, funds = self.row, self.scored.funds
        if row.actual_level:
            share = None if isnan(row.actual_percentage) else fraction(row.actual_percentage)
            return self.score(self.at_level(row.actual_level, share))
        if self.now is not None:
            return self.score(self.valued(self.now))
        return self.score(self.keeping(funds.kept())) if not self.promise.need.item and funds.schedule_known else None

    def dial(self, step: Fraction, span: tuple[Fraction, Fraction], marks: tuple[Fraction, ...]) -> Dial:
        """The dial of its reported number, between two ends."""
        return Dial(
            step,
            math.ceil(span[0] / step),
            math.floor(span[1] / step),
            self.now,
            marks,
            self.turns,
            lambda number: self.measure(self.valued(number)),
            lambda number: self.score(self.valued(number)),
            lambda number: self.share(self.valued(number)),
        )

    @property
    def _earning(self) -> Earning:
        return earning_of(self.promise, extra_kind(self.row, self.rulebook))
