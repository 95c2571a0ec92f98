"""The ways of a row: what of its report can be turned or picked, by what is reported for it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import isnan

from selfeval.domain.expression.evaluate import exactly
from selfeval.domain.funds import unpaid_months
from selfeval.domain.lifting.dial import Dial
from selfeval.domain.lifting.of_level import level_ways
from selfeval.domain.lifting.of_payments import payment_ways
from selfeval.domain.lifting.subject import Subject
from selfeval.domain.lifting.ways import Change, Pick, Turn, Way, answered, both, funded, plain, text, unpaid_as_zero
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.doubts import scale_of
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.actuals import YEARS_AROUND
from selfeval.domain.reading.period import excel_day, from_excel_day, in_chinese
from selfeval.domain.reading.quantity import RATE, RATES, show_number, unit_class
from selfeval.domain.reported import ACTUAL_ITEMS, FUND_ITEMS
from selfeval.domain.rounding import fraction, in_points
from selfeval.domain.rulebook import Rulebook
from selfeval.domain.scored_case import ScoredCase, ScoredRow
from selfeval.domain.scoring.execution import earned_by
from selfeval.domain.shares import EVIDENCE, UNPROVEN

_FINE = 2
"""Decimals of percentages and amounts of money; counts have none, unless target or report has some."""

_FINEST = 4
"""Decimals of a report that still say how fine such values are reported; more come from a formula in a cell."""

_KEPT = 15
"""Digits that a cell keeps of a number."""

_TIMES = 10
"""How far a number may be turned: so many times the largest of target and report. What is beyond is asked about."""

_MONTHS_TOO = "（空着的月份要补填，没有支付的填0）"

_PROOF, _PROVE = ACTUAL_ITEMS["evidence"], f"补充{ACTUAL_ITEMS['evidence']}"


def is_paid(row: ScoredRow) -> bool:
    """Whether a row is scored from the payments of its project, as others may be too."""
    return row.promise is not None and row.promise.need is PAYMENTS


def ways_of(scored: ScoredCase, rows: Sequence[ScoredRow], rulebook: Rulebook) -> list[Way]:
    """The ways of a scored row, or of several that the same payments score; none where nothing reported counts."""
    row = rows[0]
    if row.promise is None:
        return [*_executed(scored, row, rulebook)]
    if is_paid(row):
        return [*payment_ways([Subject.of(scored, row, rulebook) for row in rows])]
    subject = Subject.of(scored, row, rulebook)
    found = [*_values(subject)]
    rule = row.promise.rule
    assert rule is not None
    proof = rule.when.evidence_missing
    if proof is None or proof.kept is None or exactly(UNPROVEN, subject.stated) is not True:
        return found
    proven = replace(subject, stated={**subject.stated, EVIDENCE.key: _PROOF})
    given = answered(row.indicator, [("evidence", text(_PROOF))])
    alone = proven.as_reported()
    found += [] if alone is None else [Pick("proof", _PROVE, alone, given)]
    return [*found, *(_after(way, given) for way in _values(proven))]


def _after(way: Way, given: Change) -> Way:
    """A way for which evidence must come too."""
    if isinstance(way, Turn):
        report = way.report
        what, group = f"{_PROVE}，{way.what}", f"proof {way.group}"
        return replace(way, group=group, what=what, report=lambda number: both(report(number), given))
    assert isinstance(way, Pick)
    return replace(way, group=f"proof {way.group}", words=f"{_PROVE}，{way.words}", change=both(way.change, given))


def _values(subject: Subject) -> Iterator[Way]:
    """The ways of what is reported for an indicator."""
    need = subject.promise.need
    if need is NUMBER:
        yield from _number(subject)
    elif need is DAY:
        yield from _day(subject)
    elif need is JUDGEMENT:
        yield from _judgement(subject)
    elif need is LEVEL_PICKED:
        yield from level_ways(subject)


def _number(subject: Subject) -> Iterator[Way]:
    asked, now = subject.promise.asked, subject.now
    unit, rule = asked.unit, subject.promise.rule
    assert rule is not None
    ends = [fraction(number) for number in (asked.value, asked.upper) if not isnan(number)]
    known = [*ends, *([] if now is None else [now])]
    most = max(map(abs, known), default=Fraction(0)) * _TIMES or Fraction(_TIMES)
    step = _step(_places(unit, ends, now), most)
    least = -most if asked.signed or min(known, default=Fraction(0)) < 0 else Fraction(0)
    if asked.highest is not None and unit in RATES:
        most = min(most, asked.highest * scale_of(asked))
    mark = [] if rule.deduct is None or rule.deduct.mark is None else [rule.deduct.mark.number]
    dial = subject.dial(step, (least, most), (Fraction(0), *ends, *mark))
    yield Turn(
        "actual",
        ACTUAL_ITEMS["actual"],
        dial,
        lambda number: f"{show_number(number)}{unit}",
        lambda number: answered(subject.indicator, [("actual", plain(number, percent=unit == RATE))]),
    )


def _places(unit: str, ends: list[Fraction], now: Fraction | None) -> int:
    """The decimals in which a number is reported."""
    usual = _FINE if unit_class(unit.partition("/")[0]) in {"rate", "money"} else 0
    own = 0 if now is None else min(decimals(now), _FINEST)
    return max(usual, own, *(decimals(end) for end in ends), 0)


def _step(places: int, most: Fraction) -> Fraction:
    """One of the last of so many decimals, or of as many as a cell keeps of numbers up to the largest."""
    whole = len(str(int(most)))
    return Fraction(1, 10 ** max(0, min(places, _KEPT - whole)))


def decimals(number: Fraction) -> int:
    """The decimals of a number that has an end."""
    _, _, behind = show_number(number).partition(".")
    return len(behind)


def _day(subject: Subject) -> Iterator[Way]:
    asked = subject.promise.asked
    first, last = dt.date(asked.year - YEARS_AROUND, 1, 1), dt.date(asked.year + YEARS_AROUND, 12, 31)
    span = Fraction(excel_day(first)), Fraction(excel_day(last))
    dial = subject.dial(Fraction(1), span, (fraction(asked.value),))

    def written(number: Fraction) -> Change:
        return answered(
            subject.indicator, [("actual", replace(text(from_excel_day(int(number)).isoformat()), data_type="date"))]
        )

    def shown(number: Fraction) -> str:
        return in_chinese(from_excel_day(int(number)))

    yield Turn("actual", "完成日期", dial, shown, written, ("不早于", "不晚于"))


def _judgement(subject: Subject) -> Iterator[Way]:
    worth, item = in_points(subject.row.worth), subject.promise.need.item
    dial = subject.dial(in_points(subject.rulebook.rounding.step), (Fraction(0), worth), (Fraction(0), worth))
    yield Turn(
        item,
        "评定得分",
        dial,
        lambda number: f"{show_number(number)}分",
        lambda number: answered(subject.indicator, [(item, plain(number))]),
    )


def _executed(scored: ScoredCase, row: ScoredRow, rulebook: Rulebook) -> Iterator[Way]:
    """The amount executed of a budget that stays as it is."""
    budget, spent = scored.funds.full_year, scored.funds.executed
    if isnan(budget) or budget <= 0:
        return
    amounts = [fraction(amount) for amount in (budget, spent) if not isnan(amount)]
    limit = amounts[0] * (_TIMES if rulebook.execution.uncapped else 1)
    step = _step(max(_FINE, *(decimals(amount) for amount in amounts)), limit)
    dial = Dial(
        step,
        0,
        math.floor(limit / step),
        None if isnan(spent) else amounts[-1],
        (Fraction(0), amounts[0]),
        rulebook.execution.curve.turns,
        lambda amount: earned_by(amount, budget, row.points, rulebook).measure,
        lambda amount: earned_by(amount, budget, row.points, rulebook).score,
        lambda amount: earned_by(amount, budget, row.points, rulebook).share,
    )
    unpaid = unpaid_months(scored.case.reports)
    yield Turn(
        "executed",
        FUND_ITEMS["executed"],
        dial,
        lambda amount: f"{show_number(amount)}万元{_MONTHS_TOO if unpaid else ''}",
        lambda amount: both(unpaid_as_zero, funded("executed", amount)),
    )
