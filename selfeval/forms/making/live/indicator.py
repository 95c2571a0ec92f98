"""The live cells of an indicator: what it says of the input, and the score, by the kind's own measure and curve.

Five cells a row: ``value`` (the number in the target's unit), ``measure``, ``share`` (all three hidden), ``score``
and ``status``. They give what the scoring gives, for whatever a cell holds; a text that the scoring could still read
(７０００) is asked for as a number.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from selfeval.domain.curves import COMPARED, MEASURE
from selfeval.domain.expression.tree import Expression, Name, lift
from selfeval.domain.expression.worksheet import quoted, text
from selfeval.domain.formulas import SCORE, SHARE
from selfeval.domain.measures.measure import ACTUAL, LEVEL, PENDING, PERCENTAGE, POINTS, TARGET, UPPER
from selfeval.domain.measures.schedule import KEPT
from selfeval.domain.needs.day import DAY
from selfeval.domain.needs.judgement import JUDGEMENT
from selfeval.domain.needs.level import LEVEL_PICKED
from selfeval.domain.needs.nothing import NOTHING_ASKED
from selfeval.domain.needs.number import NUMBER
from selfeval.domain.needs.payments import PAYMENTS
from selfeval.domain.reading.actuals import YEARS_AROUND
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reading.quantity import RATE
from selfeval.domain.rounding import fraction, in_points
from selfeval.domain.rulebook import KindRule
from selfeval.forms.identity import payment_row
from selfeval.forms.making.content.rows import Row
from selfeval.forms.making.live.words import (
    AUTOMATIC,
    DOUBTFUL,
    FILLED,
    FOR_FINANCE,
    NO_REASON,
    NOT_APPLICABLE,
    NOT_CHOICE,
    NOT_DATE,
    NOT_NUMBER,
    PLACES,
    TO_JUDGE,
    blank,
    chosen,
    first_word,
    no_reason,
    number,
    plausible,
)
from selfeval.sheets.styles import RATE_FROM


def live_cells(row: Row) -> dict[str, str]:
    """The formulas of a row, by column; a word without = where nothing is calculated."""
    rule = row.promise.rule
    if row.need is NOTHING_ASKED:
        return {"status": NOT_APPLICABLE, "score": "—"}
    if rule is None or row.faulty or not _scoreable(row, rule):
        return {"status": FOR_FINANCE, "score": PENDING}
    measure, share = _at(row, "measure"), _at(row, "share")
    curve = _written(rule.curve.share.bind({MEASURE: Name(measure)}))
    scored = f'IF(ISNUMBER({measure}),ROUND({curve},{PLACES}),"")'
    forced = {"full": "1", "zero": "0"}.get(rule.when.get(row.need.missing, "ask"))
    score = _written(SCORE.bind({SHARE: Name(share), POINTS: lift(in_points(row.points))}))
    return {
        "value": f"={_value(row)}",
        "measure": f"={_measure(row)}",
        "share": "=" + (scored if forced is None else f"IF({_missing(row)},{forced},{scored})"),
        "score": f'=IF(ISNUMBER({share}),{score},"{PENDING}")',
        "status": f"={_status(row, rule)}",
    }


def _written(expression: Expression) -> str:
    return text(expression, str)


def _at(row: Row, column: str) -> str:
    return f"[{row.id}@{column}]"


def _full(row: Row) -> str:
    """The points as a worksheet number."""
    return number(in_points(row.points))


def _scoreable(row: Row, rule: KindRule) -> bool:
    """Whether a sheet can score it: not a target of 0 that the rulebook sets aside, nor a unit its measure refuses."""
    return not (row.promise.unfit or (row.promise.asked.value == 0 and "target_zero" in rule.when))


def _main(row: Row) -> str:
    return _at(row, row.need.item or "actual")


def _missing(row: Row) -> str:
    cell = _main(row)
    return f"IF(ISERROR({cell}),1=0,{blank(cell)})"


def _value(row: Row) -> str:
    """The number behind the input, in the unit of the target; a blank text where there is none."""
    cell = _main(row)
    if row.need is PAYMENTS:
        return '""'
    if row.need is LEVEL_PICKED:
        given = _at(row, "percentage")
        return f'IF(ISNUMBER({given}),IF({given}>={RATE_FROM},ROUND({given}/100,{PLACES}),{given}),"")'
    known = plausible(cell)
    read = cell
    if row.need is DAY:
        year = row.promise.asked.year
        known = f"AND({cell}>={_day(year, -1)},{cell}<{_day(year, 1)},INT({cell})={cell})"
    elif row.need is NUMBER and row.promise.asked.unit == RATE:
        read = f"IF({cell}>={RATE_FROM},{cell},ROUND({cell}*100,{PLACES - 2}))"
    return f'IF(ISNUMBER({cell}),IF({known},{read},""),"")'


def _day(year: int, side: int) -> int:
    """The first day that is near enough to the year, or the first that is no more."""
    if side < 0:
        return excel_day(dt.date(year - YEARS_AROUND, 1, 1))
    return excel_day(dt.date(year + YEARS_AROUND + 1, 1, 1))


def _measure(row: Row) -> str:
    value, level = _at(row, "value"), _at(row, "level")
    months = f"[{payment_row(1)}@value]:[{payment_row(12)}@value]"
    numbers = row.promise.reading.numbers
    bound = row.promise.expression.bind(
        {
            ACTUAL: Name(value),
            LEVEL: Name(level),
            PERCENTAGE: Name(value),
            POINTS: lift(in_points(row.points)),
            KEPT: Name(months),
            **{name: _literal(one) for name, one in ((TARGET, numbers.value), (UPPER, numbers.upper))},
        }
    )
    reckoned = f"ROUND({_written(bound)},{PLACES})"
    if row.need is PAYMENTS:
        return f'IF(COUNT({months})={row.checkpoints},{reckoned},"")'
    if row.need is LEVEL_PICKED:
        return f'IF(ISERROR({level}),"",IF({_stray_percentage(row)},"",IFERROR({reckoned},"")))'
    if row.need is JUDGEMENT:
        inside = f"AND({value}>=0,{value}<={_full(row)},NOT({no_reason(_at(row, 'reason'))}))"
        return f'IF(ISNUMBER({value}),IF({inside},{reckoned},""),"")'
    return f'IF(ISNUMBER({value}),{reckoned},"")'


def _literal(value: float) -> Expression:
    return lift(Fraction(0) if value != value else fraction(value))  # noqa: PLR0124 - NaN


def _stray_percentage(row: Row) -> str:
    """Something stands where a percentage belongs, and it is no number."""
    given = _at(row, "percentage")
    return f"IF(ISERROR({given}),1=1,AND(NOT(ISNUMBER({given})),NOT({blank(given)})))"


def _status(row: Row, rule: KindRule) -> str:
    cell, score = _main(row), _at(row, "score")
    short = (f"{score}<{_full(row)}", quoted(NO_REASON))
    unknown = (f"NOT(ISNUMBER({score}))", quoted(DOUBTFUL))
    filled = quoted(AUTOMATIC if row.need is PAYMENTS else FILLED)
    said = chosen([(no_reason(_at(row, "reason")), chosen([short, *_far_over(row, rule)], filled))], filled)
    if row.need is PAYMENTS:
        return chosen([(f"NOT(ISNUMBER({score}))", quoted(AUTOMATIC))], said)
    if row.need is LEVEL_PICKED:
        labels = ",".join(f"{cell}={quoted(one.label)}" for one in row.promise.asked.levels)
        unpicked = [*first_word(cell, NOT_CHOICE)[:2], (f"NOT(OR({labels}))", quoted(NOT_CHOICE))]
        return chosen([*unpicked, unknown], said)
    if row.need is JUDGEMENT:
        return _judged_status(row)
    return chosen([*first_word(cell, NOT_DATE if row.need is DAY else NOT_NUMBER), unknown], said)


def _far_over(row: Row, rule: KindRule) -> list[tuple[str, str]]:
    threshold, kind, target = rule.attention.reason_from, row.promise.kind, row.promise.asked.value
    if threshold is None or kind is None or not kind.can_exceed or target == 0:
        return []
    completion = f"{_at(row, 'value')}/{_written(_literal(target))}"
    return [(f"ROUND({completion},{COMPARED})>={number(threshold)}", quoted(NO_REASON))]


def _judged_status(row: Row) -> str:
    """A department writes what was done; whoever scores it writes a number and a reason."""
    written, judged, value = (_at(row, column) for column in ("actual", "judged", "value"))
    unwritten = f"IF(ISERROR({written}),1=1,{blank(written)})"
    out = chosen([(f"ISNUMBER({value})", f"OR({value}<0,{value}>{_full(row)})")], "1=1")
    return chosen(
        [
            (f"ISERROR({judged})", quoted(NOT_NUMBER)),
            (blank(judged), f"IF({unwritten},{quoted('未填')},{quoted(TO_JUDGE)})"),
            (f"NOT(ISNUMBER({judged}))", quoted(NOT_NUMBER)),
            (out, quoted(DOUBTFUL)),
            (no_reason(_at(row, "reason")), quoted(NO_REASON)),
        ],
        quoted(FILLED),
    )
