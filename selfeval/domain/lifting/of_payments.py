"""The ways of an indicator that is scored from the payments: more paid by a checkpoint, taken from later months.

What is paid by the end of a checkpoint is raised; the months after it pay less until the sum is what it was. Only where
that is not enough is more paid in the year.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from selfeval.domain.funds import MONTHS, Funds, counting_plan
from selfeval.domain.lifting.dial import Dial
from selfeval.domain.lifting.subject import Subject
from selfeval.domain.lifting.ways import Pick, Turn, Way, paid
from selfeval.domain.reading.quantity import show_number
from selfeval.domain.rounding import fraction

_STEP = Fraction(1, 100)
"""万元; payments that were reported with more decimals are moved in such steps too."""


EVERY_CHECKPOINT = "every checkpoint"
"""The group of the way in which all checkpoints are as planned."""

_MORE_SPENT = "（支付合计随之增加，预算执行率另计）"


def payment_ways(subjects: Sequence[Subject]) -> Iterator[Way]:
    """Each checkpoint that is behind its plan alone, then all of them; the payments are those of all ``subjects``."""
    funds = subjects[0].scored.funds
    if not funds.schedule_known:
        return
    budget, sums = fraction(funds.full_year), _sums(funds)
    planned = {month: share * budget for month, share in counting_plan(funds.plan).items()}
    behind = {month: _up(amount) for month, amount in planned.items() if sums[month] < amount}
    for month, amount in behind.items():
        yield _one(subjects, month, amount)
    if len(behind) > 1:
        shown = "、".join(f"{month}月底{show_number(amount)}万元" for month, amount in behind.items())
        words = f"累计支付达到计划：{shown}"
        payments = _paid(sums, behind)
        yield Pick(EVERY_CHECKPOINT, words, _score(subjects, _with(funds, payments)), paid(payments))


def _one(subjects: Sequence[Subject], month: int, most: Fraction) -> Way:
    funds = subjects[0].scored.funds
    sums = _sums(funds)

    def changed(amount: Fraction) -> Funds:
        return _with(funds, _paid(sums, {month: amount}))

    dial = Dial(
        _STEP,
        math.floor(sums[month] / _STEP),
        int(most / _STEP),
        sums[month],
        (),
        tuple(sorted({turn for subject in subjects for turn in subject.turns})),
        # the payments of a project are measured in one way
        lambda amount: subjects[0].measure(subjects[0].keeping(changed(amount).kept())),
        lambda amount: _score(subjects, changed(amount)),
        lambda amount: min(subject.share(subject.keeping(changed(amount).kept())) for subject in subjects),
    )
    last = month == MONTHS[-1]
    return Turn(
        f"{month}",
        f"{month}月底累计支付",
        dial,
        lambda amount: f"{show_number(amount)}万元{_MORE_SPENT if last else ''}",
        lambda amount: paid(_paid(sums, {month: amount})),
    )


def _score(subjects: Sequence[Subject], funds: Funds) -> int:
    return sum(subject.score(subject.keeping(funds.kept())) for subject in subjects)


def _sums(funds: Funds) -> Mapping[int, Fraction]:
    """万元 paid up to the end of each month, all known."""
    return {month: so_far for month, so_far in zip(MONTHS, funds.cumulative(), strict=True) if so_far is not None}


def _paid(sums: Mapping[int, Fraction], least: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """The payments of the months once by the end of some months at least so much is paid."""
    raised, before, payments = Fraction(0), Fraction(0), dict[int, Fraction]()
    for month, so_far in sums.items():
        raised = max(raised, least.get(month, Fraction(0)))
        now = max(so_far, raised)
        payments[month] = now - before
        before = now
    return payments


def _with(funds: Funds, payments: Mapping[int, Fraction]) -> Funds:
    return replace(funds, paid=tuple(float(payments[month]) for month in MONTHS))


def _up(amount: Fraction) -> Fraction:
    """An amount that is enough, in whole steps."""
    return math.ceil(amount / _STEP) * _STEP
