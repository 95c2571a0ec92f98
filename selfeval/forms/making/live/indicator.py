"""The live cells of an indicator: what it says of the input, and the score, by the kind's own measure and curve.

Five cells a row: ``value`` (the number in the target's unit), ``measure``, ``share`` (all three hidden), ``score``
and ``status``. They give what the scoring gives, for whatever a cell holds; a text that the scoring could still read
(７０００) is asked for as a number.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from fractions import Fraction

from selfeval.domain.curves import number
from selfeval.domain.kinds import KINDS
from selfeval.domain.kinds.kind import Cells
from selfeval.domain.reading.actuals import YEARS_AROUND
from selfeval.domain.reading.period import excel_day
from selfeval.domain.reading.quantity import RATE, unit_class
from selfeval.domain.rounding import fraction
from selfeval.domain.rulebook import KindRule, Level
from selfeval.forms.identity import payment_row
from selfeval.forms.making.live.words import (
    AUTOMATIC,
    COMPARED,
    DOUBTFUL,
    FILLED,
    FOR_FINANCE,
    NO_REASON,
    NOT_APPLICABLE,
    NOT_CHOICE,
    NOT_DATE,
    NOT_NUMBER,
    PENDING,
    PLACES,
    TO_JUDGE,
    blank,
    chosen,
    first_word,
    no_reason,
    plausible,
    quoted,
)
from selfeval.sheets.styles import RATE_FROM

_WHEN_MISSING = {
    "number": "actual_missing",
    "date": "actual_missing",
    "level": "no_level",
    "judgement": "actual_missing",
}
_OVER = frozenset({"at_least", "exactly"})
"""Kinds for which a far exceeded target demands a reason."""


@dataclass(frozen=True)
class Scoring:
    """How one indicator scores. ``points`` are hundredths; ``rule`` is None where no kind was recognised.

    ``target`` and ``upper`` are in ``unit``, a day number for deadlines, NaN where there is none. ``faulty``: its
    points could not be shared out.
    """

    kind: str
    rule: KindRule | None
    points: int
    target: float
    upper: float
    unit: str
    levels: tuple[Level, ...]
    year: int
    checkpoints: int
    faulty: bool = False

    @property
    def full(self) -> str:
        """The points as a worksheet number."""
        return number(Fraction(self.points, 100))

    @property
    def needs(self) -> str:
        """What is reported for it; blank for an unrecognised kind."""
        return KINDS[self.kind].needs if self.rule is not None else ""


def live_cells(row: str, how: Scoring) -> dict[str, str]:
    """The formulas of a row, by column; a word without = where nothing is calculated."""
    if how.needs == "nothing":
        return {"status": NOT_APPLICABLE, "score": "—"}
    if how.rule is None or how.faulty or not _scoreable(how, how.rule):
        return {"status": FOR_FINANCE, "score": PENDING}
    measure, share = f"[{row}@measure]", f"[{row}@share]"
    curve = how.rule.curve.formula(measure, COMPARED)
    scored = f'IF(ISNUMBER({measure}),ROUND({curve},{PLACES}),"")'
    forced = _forced_when_missing(row, how, how.rule)
    return {
        "value": f"={_value(row, how)}",
        "measure": f"={_measure(row, how, how.rule)}",
        "share": "=" + (scored if forced is None else f"IF({_missing(row, how)},{forced},{scored})"),
        "score": f'=IF(ISNUMBER({share}),ROUND(ROUND({share}*{how.full},9),2),"{PENDING}")',
        "status": f"={_status(row, how, how.rule)}",
    }


def _scoreable(how: Scoring, rule: KindRule) -> bool:
    """Whether a sheet can score it: not a target of 0 that the rulebook sets aside, nor a unit its measure refuses."""
    wanted = KINDS[rule.kind].measures[rule.measure].unit
    if wanted and unit_class(how.unit) != wanted:
        return False
    return not (how.needs == "number" and how.target == 0 and "target_zero" in rule.when)


def _main(row: str, how: Scoring) -> str:
    column = {"level": "level", "judgement": "judged"}.get(how.needs, "actual")
    return f"[{row}@{column}]"


def _missing(row: str, how: Scoring) -> str:
    cell = _main(row, how)
    return f"IF(ISERROR({cell}),1=0,{blank(cell)})"


def _forced_when_missing(row: str, how: Scoring, rule: KindRule) -> str | None:
    """The share that the rulebook gives to a missing value; None when it asks for it."""
    del row
    action = rule.when.get(_WHEN_MISSING.get(how.needs, ""), "ask")
    return {"full": "1", "zero": "0"}.get(action)


def _value(row: str, how: Scoring) -> str:
    """The number behind the input, in the unit of the target; a blank text where there is none."""
    cell = _main(row, how)
    if how.needs == "payments":
        return '""'
    if how.needs == "level":
        given = f"[{row}@percentage]"
        return f'IF(ISNUMBER({given}),IF({given}>={RATE_FROM},ROUND({given}/100,{PLACES}),{given}),"")'
    known = plausible(cell)
    read = cell
    if how.needs == "date":
        known = f"AND({cell}>={_day(how, -1)},{cell}<{_day(how, 1)},INT({cell})={cell})"
    elif how.needs == "number" and how.unit == RATE:
        read = f"IF({cell}>={RATE_FROM},{cell},ROUND({cell}*100,{PLACES - 2}))"
    return f'IF(ISNUMBER({cell}),IF({known},{read},""),"")'


def _day(how: Scoring, side: int) -> int:
    """The first day that is near enough to the year, or the first that is no more."""
    if side < 0:
        return excel_day(dt.date(how.year - YEARS_AROUND, 1, 1))
    return excel_day(dt.date(how.year + YEARS_AROUND + 1, 1, 1))


def _measure(row: str, how: Scoring, rule: KindRule) -> str:
    value, level = f"[{row}@value]", f"[{row}@level]"
    months = f"[{payment_row(1)}@value]:[{payment_row(12)}@value]"
    cells = Cells(
        actual=level if how.needs == "level" else value,
        target=_literal(how.target),
        upper=_literal(how.upper),
        percentage=value,
        points=how.full,
        schedule=months,
        levels=how.levels,
        deduct=rule.deduct,
    )
    text = f"ROUND({KINDS[rule.kind].measures[rule.measure].formula(cells)},{PLACES})"
    if how.needs == "payments":
        return f'IF(COUNT({months})={how.checkpoints},{text},"")'
    if how.needs == "level":
        return f'IF(ISERROR({level}),"",IF({_stray_percentage(row)},"",IFERROR({text},"")))'
    if how.needs == "judgement":
        inside = f"AND({value}>=0,{value}<={how.full},NOT({no_reason(f'[{row}@reason]')}))"
        text = text if how.points else "0"
        return f'IF(ISNUMBER({value}),IF({inside},{text},""),"")'
    return f'IF(ISNUMBER({value}),{text},"")'


def _literal(value: float) -> str:
    return "0" if math.isnan(value) else number(fraction(value))


def _stray_percentage(row: str) -> str:
    """Something stands where a percentage belongs, and it is no number."""
    given = f"[{row}@percentage]"
    return f"IF(ISERROR({given}),1=1,AND(NOT(ISNUMBER({given})),NOT({blank(given)})))"


def _status(row: str, how: Scoring, rule: KindRule) -> str:
    cell, score = _main(row, how), f"[{row}@score]"
    short = (f"{score}<{how.full}", quoted(NO_REASON))
    unknown = (f"NOT(ISNUMBER({score}))", quoted(DOUBTFUL))
    filled = quoted(AUTOMATIC if how.needs == "payments" else FILLED)
    said = chosen([(no_reason(f"[{row}@reason]"), chosen([short, *_far_over(row, how, rule)], filled))], filled)
    if how.needs == "payments":
        return chosen([(f"NOT(ISNUMBER({score}))", quoted(AUTOMATIC))], said)
    if how.needs == "level":
        labels = ",".join(f"{cell}={quoted(one.label)}" for one in how.levels)
        unpicked = [*first_word(cell, NOT_CHOICE)[:2], (f"NOT(OR({labels}))", quoted(NOT_CHOICE))]
        return chosen([*unpicked, unknown], said)
    if how.needs == "judgement":
        return _judged_status(row, how)
    return chosen([*first_word(cell, NOT_DATE if how.needs == "date" else NOT_NUMBER), unknown], said)


def _far_over(row: str, how: Scoring, rule: KindRule) -> list[tuple[str, str]]:
    threshold = rule.attention.reason_from
    if how.kind not in _OVER or threshold is None or how.target == 0:
        return []
    return [(f"ROUND([{row}@value]/{_literal(how.target)},{COMPARED})>={number(threshold)}", quoted(NO_REASON))]


def _judged_status(row: str, how: Scoring) -> str:
    """A department writes what was done; whoever scores it writes a number and a reason."""
    written, judged, value = f"[{row}@actual]", f"[{row}@judged]", f"[{row}@value]"
    unwritten = f"IF(ISERROR({written}),1=1,{blank(written)})"
    out = chosen([(f"ISNUMBER({value})", f"OR({value}<0,{value}>{how.full})")], "1=1")
    return chosen(
        [
            (f"ISERROR({judged})", quoted(NOT_NUMBER)),
            (blank(judged), f"IF({unwritten},{quoted('未填')},{quoted(TO_JUDGE)})"),
            (f"NOT(ISNUMBER({judged}))", quoted(NOT_NUMBER)),
            (out, quoted(DOUBTFUL)),
            (no_reason(f"[{row}@reason]"), quoted(NO_REASON)),
        ],
        quoted(FILLED),
    )
